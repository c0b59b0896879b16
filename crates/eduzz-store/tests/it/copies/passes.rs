//! Windows, passes over them, and their proof.

use eduzz_store::mirror::{Cause, CrossCheck, MirrorStore, Unreadable};
use eduzz_sync::Moment;
use eduzz_sync::mirror::{Doubt, PASS_LEASE, Pass, Source, Span, Verdict, day_of};

use super::{Again, DAY, OLD, SECOND, Setup, pass_of, sale, sale_of, sales};
use crate::mirror::Database;

/// Makes a pass odd.
type Change = fn(&mut Pass);

impl<S: MirrorStore> Setup<S> {
    /// A pass that began then and showed this number of rows.
    fn pass_of(&self, began: Moment, rows: u64) -> Pass {
        pass_of(began, self.hands.now(), rows)
    }

    /// Reads a window as a whole; returns the doubt, the rows that are missing and those that
    /// drifted.
    async fn read(&self, span: Span, cause: Cause, ids: &[&str]) -> (Option<Doubt>, Vec<String>, u64) {
        let reading = self.begin(&sales(), span).await;
        let rows = ids.iter().map(|id| sale(id, "paid", 60)).collect();
        self.page(&reading, cause, rows).await;
        let pass = self.pass_of(reading.began, ids.len() as u64);
        let ended = self.store.end(&reading, pass).await.unwrap().unwrap();
        (ended.doubt, ended.missing, ended.drifted)
    }

    async fn is_as_proven(&self) -> Option<bool> {
        self.store.examine(&sales(), OLD).await.unwrap().is_as_proven
    }
}

pub(super) async fn rows_and_their_cursor_are_one<S: MirrorStore>(setup: Setup<S>) {
    let list = sales();
    let reading = setup.begin(&list, OLD).await;
    assert_eq!(reading.cursor, None);
    let fail = match setup.database {
        Database::Sqlite(_) => {
            "create trigger fail before insert on eduzz_change begin select raise(abort, 'invented'); end"
        }
        Database::Postgres(_) => "alter table eduzz_change add constraint fail check (false) not valid",
    };
    setup.database.run(fail).await;
    let batch = setup.batch(list.clone(), Cause::BackFill, vec![sale("1", "paid", 60)]);
    let batch = batch.page(reading.clone(), "behind 1".to_owned());
    let batch = batch.unreadable(vec![Unreadable::new("{}", "id: missing")]);
    setup.store.merge(batch.clone()).await.unwrap_err();
    let stored = "select (select count(*) from eduzz_sale) + (select count(cursor) from eduzz_window)
                         + (select count(*) from eduzz_unreadable)";
    assert_eq!(setup.cell(stored).await, "0");
    let mend = match setup.database {
        Database::Sqlite(_) => "drop trigger fail",
        Database::Postgres(_) => "alter table eduzz_change drop constraint fail",
    };
    setup.database.run(mend).await;
    assert_eq!(setup.store.merge(batch).await.unwrap().new, 1);
    assert_eq!(setup.last_change().await, 1, "no number was lost");
    assert_eq!(setup.cell(stored).await, "3");
    setup.hands.pass(PASS_LEASE);
    let again = setup.begin(&list, OLD).await;
    assert_eq!(again.cursor.as_deref(), Some("behind 1"));
    assert_eq!((again.number, again.began), (reading.number + 1, reading.began));
}

pub(super) async fn a_lost_reading_stores_nothing<S: Again>(setup: Setup<S>) {
    let (list, other) = (sales(), S::again(&setup).await);
    let lost = setup.begin(&list, OLD).await;
    assert_eq!(other.begin(&list, OLD).await.unwrap(), None, "it is held");
    assert!(setup.store.windows(&list).await.unwrap()[0].is_held);
    setup.hands.pass(PASS_LEASE);
    assert!(!setup.store.windows(&list).await.unwrap()[0].is_held);
    let late = setup
        .page(&lost, Cause::BackFill, vec![sale("1", "paid", 60)])
        .await;
    assert!(late.is_lost && late.new == 0, "too late");
    let theirs = other.begin(&list, OLD).await.unwrap().unwrap();
    let late = setup
        .page(&lost, Cause::BackFill, vec![sale("1", "paid", 60)])
        .await;
    assert!(late.is_lost, "another program has it");
    let pass = setup.pass_of(lost.began, 0);
    assert_eq!(setup.store.end(&lost, pass).await.unwrap(), None);
    assert_eq!(
        setup.store.cut(lost, Span::new(20_004, 20_004)).await.unwrap(),
        None
    );
    let rows = setup.cell("select count(*) from eduzz_sale").await;
    assert_eq!((rows.as_str(), setup.last_change().await), ("0", 0));
    assert_eq!(
        setup
            .page(&theirs, Cause::BackFill, vec![sale("1", "paid", 60)])
            .await
            .new,
        1
    );
    // Each page renews the hold.
    setup.hands.pass(PASS_LEASE - 2 * SECOND);
    setup.page(&theirs, Cause::BackFill, Vec::new()).await;
    setup.hands.pass(PASS_LEASE - SECOND);
    let pass = setup.pass_of(theirs.began, 1);
    assert!(other.end(&theirs, pass).await.unwrap().is_some());
}

pub(super) async fn windows_do_not_overlap<S: MirrorStore>(setup: Setup<S>) {
    let list = sales();
    setup.begin(&list, OLD).await;
    setup.hands.pass(PASS_LEASE);
    for (first, last) in [
        (19_990, 20_000),
        (20_004, 20_004),
        (20_001, 20_002),
        (19_999, 20_009),
        (20_000, 20_003),
    ] {
        let begun = setup.store.begin(&list, Span::new(first, last)).await.unwrap();
        assert_eq!(begun, None, "{first} to {last}");
    }
    setup.begin(&list, Span::new(19_990, 19_999)).await;
    setup.begin(&list, Span::new(20_005, 20_005)).await;
    let firsts = setup.store.windows(&list).await.unwrap();
    let firsts: Vec<i32> = firsts.iter().map(|window| window.span.first).collect();
    assert_eq!(firsts, [20_005, 20_000, 19_990], "the newest first");
    assert!(setup.store.windows(&list).await.unwrap().iter().all(|window| {
        window.doubt == Some(Doubt::NotRead) && window.rows.is_none() && window.sealed_at.is_none()
    }));
}

pub(super) async fn a_window_can_be_cut_before_it_has_rows<S: MirrorStore>(setup: Setup<S>) {
    let list = sales();
    let reading = setup.begin(&list, OLD).await;
    setup.hands.pass(SECOND);
    let newest = Span::new(20_003, 20_004);
    let cut = setup.store.cut(reading, newest).await.unwrap().unwrap();
    assert_eq!((cut.span, cut.began), (newest, setup.hands.now()));
    assert_eq!(setup.store.windows(&list).await.unwrap()[0].span, newest);
    setup.begin(&list, Span::new(20_000, 20_002)).await;
    setup
        .page(&cut, Cause::BackFill, vec![sale("1", "paid", 60)])
        .await;
    let last = Span::new(20_004, 20_004);
    assert_eq!(
        setup.store.cut(cut.clone(), last).await.unwrap(),
        None,
        "it has rows"
    );
    let pass = setup.pass_of(cut.began, 1);
    setup.store.end(&cut, pass).await.unwrap().unwrap();
    let again = setup.begin(&list, newest).await;
    assert_eq!(
        setup.store.cut(again, last).await.unwrap(),
        None,
        "it has rows of an earlier pass"
    );
}

pub(super) async fn an_end_says_why_it_is_not_proven<S: MirrorStore>(setup: Setup<S>) {
    let list = sales();
    let today = Span::new(day_of(setup.hands.now()), day_of(setup.hands.now()));
    assert_eq!(
        setup.read(today, Cause::BackFill, &["1"]).await.0,
        Some(Doubt::NotOver)
    );
    let odd: [(Doubt, Change); 4] = [
        (Doubt::TotalMoved, |pass| pass.first_total += 1),
        (Doubt::RowsMoved, |pass| pass.lost_rows = true),
        (Doubt::TotalDiffers, |pass| pass.rows -= 1),
        (Doubt::RowsDiffer, |pass| {
            pass.rows -= 1;
            pass.unreadable += 1;
        }),
    ];
    for (doubt, change) in odd {
        let reading = setup.begin(&list, OLD).await;
        let rows = vec![sale("2", "paid", 60), sale("3", "paid", 60)];
        setup.page(&reading, Cause::BackFill, rows).await;
        let mut pass = setup.pass_of(reading.began, 2);
        change(&mut pass);
        let ended = setup.store.end(&reading, pass).await.unwrap().unwrap();
        assert_eq!(ended.doubt, Some(doubt));
        let window = &setup.store.windows(&list).await.unwrap()[1];
        assert_eq!((window.doubt, window.sealed_at), (Some(doubt), None));
        assert_eq!((window.rows, window.is_held), (Some(pass.rows), false));
    }
    setup.tell("3", "refunded", 90).await;
    let reading = setup.begin(&list, OLD).await;
    setup
        .page(
            &reading,
            Cause::BackFill,
            vec![sale("2", "paid", 60), sale("3", "paid", 60)],
        )
        .await;
    let ended = setup
        .store
        .end(&reading, setup.pass_of(reading.began, 2))
        .await
        .unwrap();
    assert_eq!(ended.unwrap().doubt, Some(Doubt::Unsettled));
    setup.merge(Cause::Refetch, vec![sale("3", "refunded", 90)]).await;
    // Now all fits, and it is checked again after a day, two, four.
    let mut sealed = None;
    for days in [1, 2, 4] {
        let reading = setup.begin(&list, OLD).await;
        let rows = vec![sale("2", "paid", 60), sale("3", "refunded", 90)];
        setup.page(&reading, Cause::Check, rows).await;
        let ended = setup
            .store
            .end(&reading, setup.pass_of(reading.began, 2))
            .await
            .unwrap();
        assert_eq!(ended.unwrap().doubt, None);
        let window = setup.store.windows(&list).await.unwrap().remove(1);
        let now = setup.hands.now();
        assert_eq!((window.doubt, window.read_at), (None, Some(now)));
        assert_eq!(window.check, Some(now.after(days * DAY)));
        assert_eq!(
            window.sealed_at,
            *sealed.get_or_insert(Some(now)),
            "the first proof"
        );
        let statuses = setup
            .cell("select sealed_statuses from eduzz_window where first_day = 20000")
            .await;
        assert_eq!(statuses, r#"{"paid":1,"refunded":1}"#);
        let sums = setup
            .cell("select sealed_sums from eduzz_window where first_day = 20000")
            .await;
        assert_eq!(sums, r#"{"BRL":"20"}"#);
        assert_eq!(setup.is_as_proven().await, Some(true));
        setup.hands.pass(DAY);
    }
}

pub(super) async fn checks_find_drift<S: MirrorStore>(setup: Setup<S>) {
    assert_eq!(
        setup.read(OLD, Cause::BackFill, &["1", "2"]).await,
        (None, vec![], 0)
    );
    setup.hands.pass(SECOND);
    let reading = setup.begin(&sales(), OLD).await;
    let rows = vec![sale("1", "refunded", 90), sale("2", "paid", 60)];
    assert_eq!(setup.page(&reading, Cause::Check, rows).await.changed, 1);
    let ended = setup
        .store
        .end(&reading, setup.pass_of(reading.began, 2))
        .await
        .unwrap()
        .unwrap();
    assert_eq!((ended.doubt, ended.drifted), (None, 1));
    let holding = &setup.store.holdings("escola").await.unwrap()[0];
    assert_eq!(holding.drifted, 1);
    let window = &setup.store.windows(&sales()).await.unwrap()[0];
    assert_eq!(
        window.check,
        Some(setup.hands.now().after(DAY)),
        "it did not agree"
    );
}

pub(super) async fn rows_that_are_not_shown_are_missing<S: MirrorStore>(setup: Setup<S>) {
    assert_eq!(setup.read(OLD, Cause::BackFill, &["1", "2", "3"]).await.0, None);
    setup.hands.pass(SECOND);
    let (doubt, missing, _) = setup.read(OLD, Cause::Check, &["2"]).await;
    assert_eq!(doubt, Some(Doubt::RowsDiffer));
    assert_eq!(missing, ["1", "3"]);
    let window = &setup.store.windows(&sales()).await.unwrap()[0];
    assert_eq!(window.sealed_at, None, "the proof is lost");
    // One is gone, the other one was asked for by its id.
    let asked = setup.hands.now();
    setup.hands.pass(SECOND);
    setup
        .store
        .not_found(&sales(), "1", asked, setup.hands.now())
        .await
        .unwrap();
    setup.merge(Cause::Refetch, vec![sale("3", "paid", 60)]).await;
    setup.hands.pass(DAY);
    setup
        .store
        .not_found(&sales(), "1", setup.hands.now(), setup.hands.now())
        .await
        .unwrap();
    assert_eq!(setup.cell("select count(m_gone) from eduzz_sale").await, "1");
    assert_eq!(setup.read(OLD, Cause::Check, &["2", "3"]).await.0, None);
}

pub(super) async fn unreadable_rows_are_kept_once<S: MirrorStore>(setup: Setup<S>) {
    let list = sales();
    let odd = || {
        let texts = ["{\"id\": 1}", "{\"id\": \"\u{e3}\0\"}"];
        texts.map(|raw| Unreadable::new(raw, "status: missing")).to_vec()
    };
    for _ in 0..2 {
        let reading = setup.begin(&list, OLD).await;
        let batch = setup.batch(list.clone(), Cause::BackFill, vec![sale("1", "paid", 60)]);
        let batch = batch.page(reading.clone(), "next".to_owned()).unreadable(odd());
        setup.store.merge(batch).await.unwrap();
        let mut pass = setup.pass_of(reading.began, 3);
        (pass.rows, pass.unreadable) = (1, 2);
        let ended = setup.store.end(&reading, pass).await.unwrap().unwrap();
        assert_eq!(ended.doubt, None, "they are counted");
        let holding = &setup.store.holdings("escola").await.unwrap()[0];
        assert_eq!((holding.rows, holding.unreadable), (1, 2));
        let window = &setup.store.windows(&list).await.unwrap()[0];
        assert_eq!((window.rows, window.unreadable), (Some(1), 2));
        setup.hands.pass(SECOND);
    }
    // A newer program can read one of them, and the other one is gone.
    assert_eq!(setup.read(OLD, Cause::Check, &["1", "2"]).await.0, None);
    let holding = &setup.store.holdings("escola").await.unwrap()[0];
    assert_eq!((holding.rows, holding.unreadable), (2, 0));
}

pub(super) async fn a_change_of_an_old_row_keeps_the_seal<S: MirrorStore>(setup: Setup<S>) {
    assert_eq!(setup.read(OLD, Cause::BackFill, &["1", "2", "3"]).await.0, None);
    let newer = Span::new(20_005, 20_005);
    assert_eq!(setup.read(newer, Cause::BackFill, &["9"]).await.0, None);
    setup.hands.pass(SECOND);
    let is_sealed = async || {
        assert_eq!(setup.is_as_proven().await, Some(true));
        let newer = setup.store.examine(&sales(), newer).await.unwrap();
        assert_eq!(newer.is_as_proven, Some(true));
    };
    setup.tell("1", "refunded", 90).await;
    is_sealed().await;
    setup.hands.pass(SECOND);
    setup
        .merge(
            Cause::CatchUp,
            vec![sale("1", "refunded", 90), sale_of("2", "paid", 99, "7")],
        )
        .await;
    is_sealed().await;
    // A new row that no pass has seen yet is in no window.
    setup.merge(Cause::CatchUp, vec![sale("4", "paid", 60)]).await;
    is_sealed().await;
    // A row that goes, comes back, and moves to another window.
    for wait in [SECOND, DAY] {
        setup.hands.pass(wait);
        let now = setup.hands.now();
        setup.store.not_found(&sales(), "3", now, now).await.unwrap();
        is_sealed().await;
    }
    assert_eq!(setup.store.examine(&sales(), OLD).await.unwrap().tally.rows, 2);
    setup.hands.pass(SECOND);
    setup.merge(Cause::Refetch, vec![sale("3", "paid", 60)]).await;
    is_sealed().await;
    let reading = setup.begin(&sales(), newer).await;
    setup
        .page(&reading, Cause::Check, vec![sale("3", "paid", 60)])
        .await;
    is_sealed().await;
    let rows = async |span| setup.store.examine(&sales(), span).await.unwrap().tally.rows;
    assert_eq!((rows(OLD).await, rows(newer).await), (2, 2));
}

pub(super) async fn a_tampered_row_is_named<S: MirrorStore>(setup: Setup<S>) {
    let ids: Vec<String> = (0..12).map(|id| id.to_string()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    assert_eq!(setup.read(OLD, Cause::BackFill, &ids).await.0, None);
    setup.hands.pass(SECOND);
    setup.tell("0", "refunded", 90).await;
    let examined = setup.store.examine(&sales(), OLD).await.unwrap();
    assert_eq!((examined.tampered.len(), examined.is_as_proven), (0, Some(true)));
    assert_eq!((examined.tally.rows, examined.tally.unsettled), (12, 1));
    let digest = match setup.database {
        Database::Sqlite(_) => "zeroblob(32)",
        Database::Postgres(_) => "decode(repeat('00', 32), 'hex')",
    };
    let changes = [
        ("3", "total = '11'".to_owned(), false),
        ("4", "total_e4 = null".to_owned(), false),
        ("5", "created_at = '2026-10-01T10:00:01Z'".to_owned(), false),
        ("6", "raw = '{}'".to_owned(), true),
        (
            "7",
            "raw = replace(cast(raw as text), 'paid', 'open')".to_owned(),
            true,
        ),
        ("8", format!("m_digest = {digest}"), true),
        (
            "0",
            "overlay = '{\"id\": \"0\", \"status\": \"paid\"}'".to_owned(),
            true,
        ),
        ("1", "buyer_name = 'invented'".to_owned(), false),
        ("2", "created_text = '2026-10-01T10:00:01Z'".to_owned(), true),
    ];
    for (key, set, is_sum_same) in changes {
        let set = match setup.database {
            Database::Postgres(_) if set.starts_with("raw = replace") => format!("{set}::json")
                .replace(")::", "))::")
                .replace("= replace", "= (replace"),
            _ => set,
        };
        setup
            .database
            .run("create table kept as select * from eduzz_sale")
            .await;
        setup
            .database
            .run(&format!("update eduzz_sale set {set} where key = '{key}'"))
            .await;
        let examined = setup.store.examine(&sales(), OLD).await.unwrap();
        assert_eq!(examined.tampered, [key], "{set}");
        assert_eq!(examined.is_as_proven, Some(is_sum_same), "{set}");
        setup
            .database
            .run("delete from eduzz_sale; insert into eduzz_sale select * from kept; drop table kept")
            .await;
    }
    // Asked for by its id, it is whole again.
    setup.hands.pass(SECOND);
    let tampered = "update eduzz_sale set total = '11' where key = '3'; update eduzz_sale set raw = '{}' where key = '0'";
    setup.database.run(tampered).await;
    setup.tell("0", "paid", 90).await;
    setup.hands.pass(SECOND);
    let answers = vec![sale("3", "paid", 60), sale("0", "refunded", 91)];
    assert_eq!(setup.merge(Cause::Refetch, answers).await.changed, 1);
    assert_eq!(setup.shown("0").await, "refunded settled");
    let examined = setup.store.examine(&sales(), OLD).await.unwrap();
    assert_eq!((examined.tampered.len(), examined.is_as_proven), (0, Some(true)));
    // A row that is taken away leaves no key, but the sums.
    setup.database.run("delete from eduzz_sale where key = '2'").await;
    assert_eq!(setup.is_as_proven().await, Some(false));
}

/// A difference is a disagreement only where three other windows agree.
pub(super) async fn cross_checks_are_judged_by_other_windows<S: MirrorStore>(setup: Setup<S>) {
    let (store, span) = (&setup.store, |day| Span::new(day, day));
    let compared = async |source, day, sales, is_equal| {
        let verdict = store.compared("escola", source, span(day), sales, is_equal);
        verdict.await.unwrap()
    };
    let summary = Source::SalesSummary;
    assert_eq!(compared(summary, 1, 9, Some(false)).await, Verdict::Unknown);
    assert_eq!(compared(summary, 2, 9, None).await, Verdict::Unknown);
    for day in [3, 4] {
        assert_eq!(compared(summary, day, 9, Some(true)).await, Verdict::Agree);
    }
    assert_eq!(compared(summary, 5, 0, Some(true)).await, Verdict::Agree);
    assert_eq!(
        compared(summary, 1, 9, Some(false)).await,
        Verdict::Unknown,
        "nothing was compared in one"
    );
    assert_eq!(compared(summary, 5, 1, Some(true)).await, Verdict::Agree);
    assert_eq!(compared(summary, 1, 9, Some(false)).await, Verdict::Disagree);
    assert_eq!(
        compared(summary, 4, 9, Some(false)).await,
        Verdict::Unknown,
        "its own agreement does not count"
    );
    assert_eq!(
        compared(Source::NetGains, 1, 9, Some(false)).await,
        Verdict::Unknown
    );
    let checks = store.cross_checks("escola").await.unwrap();
    let of = |check: &CrossCheck| (check.source, check.span.first, check.verdict, check.sales);
    assert_eq!(
        checks.iter().map(of).collect::<Vec<_>>(),
        [
            (Source::NetGains, 1, Verdict::Unknown, 9),
            (summary, 5, Verdict::Agree, 1),
            (summary, 4, Verdict::Unknown, 9),
            (summary, 3, Verdict::Agree, 9),
            (summary, 2, Verdict::Unknown, 9),
            (summary, 1, Verdict::Disagree, 9),
        ]
    );
    assert_eq!(store.cross_checks("livraria").await.unwrap(), []);
}

/// A proven window is compared once after each reading.
pub(super) async fn proven_windows_are_compared_once<S: MirrorStore>(setup: Setup<S>) {
    let store = &setup.store;
    let source = Source::SalesSummary;
    let uncompared = async || store.uncompared("escola", source).await.unwrap();
    let ids = ["1", "2"];
    setup.read(OLD, Cause::BackFill, &ids).await;
    assert_eq!(uncompared().await, [OLD]);
    let gains = store.gains("escola", OLD).await.unwrap();
    assert_eq!((gains.sales, gains.is_whole), (2, false), "they have no gains");
    let compared = store.compared("escola", source, OLD, 2, Some(true));
    compared.await.unwrap();
    assert_eq!(uncompared().await, []);
    setup.hands.pass(DAY);
    setup.read(OLD, Cause::Check, &ids).await;
    assert_eq!(uncompared().await, [OLD]);
    // A doubtful one is not compared.
    setup.hands.pass(DAY);
    setup.read(OLD, Cause::Check, &ids[..1]).await;
    assert_eq!(uncompared().await, []);
}
