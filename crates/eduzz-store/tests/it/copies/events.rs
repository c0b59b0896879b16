//! News and the answers after it.

use std::time::Duration;

use eduzz_store::mirror::{Batch, Cause, MirrorStore};
use eduzz_sync::mirror::{By, Kind, REFETCH_LEASE, REFETCHES};

use super::{Again, SECOND, Setup, event, sale, sale_of, sales};

pub(super) async fn an_event_shows_and_an_answer_settles<S: MirrorStore>(setup: Setup<S>) {
    setup.merge(Cause::BackFill, vec![sale("1", "open", 1)]).await;
    setup.hands.pass(SECOND);
    assert_eq!(setup.tell("1", "paid", 60).await, 1);
    assert_eq!(setup.shown("1").await, "paid unsettled");
    let under = setup.cell("select raw from eduzz_sale").await;
    assert!(under.contains(r#""open""#), "{under}");
    assert_eq!(
        setup.cell("select paid_text from eduzz_sale").await,
        "2026-10-01T10:01:00Z"
    );
    assert_eq!(setup.tell("1", "paid", 60).await, 0, "the same again");
    setup.hands.pass(SECOND);
    let merged = setup
        .merge(Cause::Refetch, vec![sale_of("1", "paid", 60, "11")])
        .await;
    assert_eq!(merged.changed, 1);
    assert_eq!(setup.shown("1").await, "paid settled");
    assert_eq!(setup.cell("select total from eduzz_sale").await, "11");
    for column in ["overlay", "m_news", "m_news_status", "m_refetch"] {
        let sql = format!("select count({column}) from eduzz_sale");
        assert_eq!(setup.cell(&sql).await, "0", "{column}");
    }
    let causes = setup.store.changes("escola", 0, 9).await.unwrap();
    let causes: Vec<Cause> = causes.iter().map(|change| change.cause).collect();
    assert_eq!(causes, [Cause::BackFill, Cause::Event, Cause::Refetch]);
}

pub(super) async fn an_event_of_an_unknown_sale_shows_it<S: MirrorStore>(setup: Setup<S>) {
    assert_eq!(setup.tell("7", "paid", 60).await, 1);
    assert_eq!(setup.shown("7").await, "paid unsettled");
    assert_eq!(setup.cell("select count(raw) from eduzz_sale").await, "0");
    setup.hands.pass(SECOND);
    let answer = sale_of("7", "paid", 60, "12");
    let merged = setup.merge(Cause::Refetch, vec![answer]).await;
    assert_eq!((merged.new, merged.changed), (0, 1));
    assert_eq!(setup.shown("7").await, "paid settled");
    assert_eq!(setup.cell("select total from eduzz_sale").await, "12");
}

/// Asked for before the event and answered after it, and then an answer that says less.
pub(super) async fn an_older_answer_under_an_event_does_not_settle<S: MirrorStore>(setup: Setup<S>) {
    let asked = setup.hands.now();
    setup.hands.pass(SECOND);
    assert_eq!(setup.tell("1", "refunded", 90).await, 1);
    setup.hands.pass(SECOND);
    let before = Batch::new(
        sales(),
        asked,
        setup.hands.now(),
        Cause::BackFill,
        vec![sale_of("1", "open", 1, "13")],
    );
    let merged = setup.store.merge(before).await.unwrap();
    assert_eq!(
        (merged.new, merged.changed),
        (0, 1),
        "the rest of the record is new"
    );
    assert_eq!(setup.shown("1").await, "refunded unsettled");
    assert_eq!(setup.cell("select total from eduzz_sale").await, "13");
    setup.hands.pass(SECOND);
    let merged = setup
        .merge(Cause::Refetch, vec![sale_of("1", "paid", 60, "13")])
        .await;
    assert_eq!(merged.changed, 1, "when it was paid and changed is new");
    assert_eq!(setup.shown("1").await, "refunded unsettled");
    let settling = vec![sale_of("1", "refunded", 90, "13")];
    setup.merge(Cause::Refetch, settling).await;
    assert_eq!(setup.shown("1").await, "refunded settled");
}

pub(super) async fn a_late_or_old_event_shows_nothing<S: MirrorStore>(setup: Setup<S>) {
    let received = setup.hands.now();
    setup.hands.pass(SECOND);
    setup
        .merge(Cause::BackFill, vec![sale("1", "refunded", 90)])
        .await;
    // It arrived before the row was asked for.
    let late = event("1", "paid", 60, received);
    assert_eq!(setup.store.tell("escola", late).await.unwrap(), 0);
    assert_eq!(setup.shown("1").await, "refunded settled");
    // It arrives now and tells of an older change.
    setup.hands.pass(SECOND);
    assert_eq!(setup.tell("1", "paid", 60).await, 0);
    assert_eq!(setup.shown("1").await, "refunded unsettled");
    assert_eq!(setup.last_change().await, 1);
}

pub(super) async fn events_of_one_call_are_taken_in_order<S: MirrorStore>(setup: Setup<S>) {
    let now = setup.hands.now();
    let mut told = event("1", "opened", 10, now);
    told.extend(event("2", "paid", 70, now));
    told.extend(event("1", "paid", 60, now.after(SECOND)));
    told.extend(event("1", "refunded", 90, now.after(2 * SECOND)));
    assert_eq!(setup.store.tell("escola", told).await.unwrap(), 4);
    assert_eq!(setup.shown("1").await, "refunded unsettled");
    let changes = setup.store.changes("escola", 0, 9).await.unwrap();
    let numbers: Vec<i64> = changes.iter().map(|change| change.number).collect();
    assert_eq!(numbers, [1, 2, 3, 4]);
    let of_first: Vec<_> = changes.iter().filter(|change| change.key == "1").collect();
    assert_eq!(of_first.len(), 3);
    for pair in of_first.windows(2) {
        assert_eq!(pair[0].new, pair[1].old);
    }
    assert_eq!(
        setup
            .cell("select m_change from eduzz_sale where key = '1'")
            .await,
        "4"
    );
}

pub(super) async fn an_api_that_keeps_saying_less_is_believed<S: MirrorStore>(setup: Setup<S>) {
    setup.merge(Cause::BackFill, vec![sale("1", "open", 1)]).await;
    setup.tell("1", "paid", 60).await;
    for wait in [5, 15, 60] {
        setup.hands.pass(Duration::from_secs(wait));
        setup.merge(Cause::Refetch, vec![sale("1", "open", 1)]).await;
        assert_eq!(setup.shown("1").await, "paid unsettled");
    }
    setup.hands.pass(REFETCHES[3]);
    setup.merge(Cause::Refetch, vec![sale("1", "open", 1)]).await;
    assert_eq!(setup.shown("1").await, "open disagrees");
    let sales = &setup.store.holdings("escola").await.unwrap()[0];
    assert_eq!(
        (sales.kind, sales.disagreeing, sales.unsettled),
        (Kind::Sale, 1, 0)
    );
    // An answer that says what the event said ends it.
    setup.hands.pass(SECOND);
    setup.merge(Cause::Check, vec![sale("1", "paid", 60)]).await;
    assert_eq!(setup.shown("1").await, "paid settled");
}

pub(super) async fn a_record_goes_and_comes_back<S: MirrorStore>(setup: Setup<S>) {
    let (list, store) = (sales(), &setup.store);
    let absent = async || {
        let asked = setup.hands.now();
        setup.hands.pass(SECOND);
        store
            .not_found(&list, "1", asked, setup.hands.now())
            .await
            .unwrap();
    };
    absent().await;
    assert_eq!(
        setup.cell("select count(*) from eduzz_sale").await,
        "0",
        "it is not known"
    );
    setup.merge(Cause::BackFill, vec![sale("1", "paid", 60)]).await;
    setup.hands.pass(SECOND);
    absent().await;
    assert_eq!(setup.shown("1").await, "paid doubtful");
    assert_eq!(setup.last_change().await, 1, "it is still shown");
    setup.hands.pass(REFETCHES[3]);
    absent().await;
    let is_gone = "select count(m_gone) from eduzz_sale";
    assert_eq!(setup.cell(is_gone).await, "1");
    let last = store.changes("escola", 1, 9).await.unwrap();
    assert_eq!(last.len(), 1);
    assert!(last[0].old.is_some() && last[0].new.is_none());
    // Late news do not bring it back; an answer does.
    setup.hands.pass(SECOND);
    assert_eq!(setup.tell("1", "refunded", 90).await, 0);
    assert_eq!(setup.cell(is_gone).await, "1");
    setup.hands.pass(SECOND);
    let merged = setup.merge(Cause::Refetch, vec![sale("1", "paid", 60)]).await;
    assert_eq!((merged.new, merged.changed), (1, 0));
    assert_eq!(setup.cell(is_gone).await, "0");
}

pub(super) async fn refetches_are_taken_once<S: Again>(setup: Setup<S>) {
    let other = S::again(&setup).await;
    for id in ["3", "1", "2"] {
        setup.tell(id, "paid", 60).await;
        setup.hands.pass(SECOND);
    }
    assert_eq!(
        setup.store.refetches("escola", 9).await.unwrap(),
        [],
        "not due yet"
    );
    setup.hands.pass(REFETCHES[0]);
    let mine = setup.store.refetches("escola", 2).await.unwrap();
    assert_eq!(mine, [(Kind::Sale, "3".to_owned()), (Kind::Sale, "1".to_owned())]);
    assert_eq!(other.refetches("livraria", 9).await.unwrap(), []);
    let theirs = other.refetches("escola", 9).await.unwrap();
    assert_eq!(theirs, [(Kind::Sale, "2".to_owned())]);
    assert_eq!(setup.store.refetches("escola", 9).await.unwrap(), []);
    setup.hands.pass(REFETCH_LEASE);
    assert_eq!(
        other.refetches("escola", 9).await.unwrap().len(),
        3,
        "nobody answered"
    );
    // An answer that settles ends it.
    setup
        .merge(Cause::Refetch, vec![sale("1", "paid", 60), sale("2", "paid", 60)])
        .await;
    setup.hands.pass(REFETCH_LEASE);
    let left = setup.store.refetches("escola", 9).await.unwrap();
    assert_eq!(left, [(Kind::Sale, "3".to_owned())]);
}

pub(super) async fn crowds_are_taken_once<S: Again>(setup: Setup<S>) {
    let other = S::again(&setup).await;
    let crowds = async |store: &S| store.crowds("escola", Kind::Sale, 9).await.unwrap();
    for id in ["3", "1", "2"] {
        setup.tell(id, "paid", 60).await;
        setup.hands.pass(SECOND);
    }
    assert_eq!(crowds(&setup.store).await, [], "not due yet");
    setup.hands.pass(REFETCHES[0]);
    assert_eq!(other.crowds("livraria", Kind::Sale, 9).await.unwrap(), []);
    let mine = crowds(&setup.store).await;
    assert_eq!(mine.len(), 1, "{mine:?}");
    // All were created on one day.
    assert_eq!((mine[0].by, mine[0].day), (By::Creation, 20_727));
    assert_eq!(mine[0].keys, ["3", "1", "2"]);
    assert_eq!(crowds(&other).await, []);
    assert_eq!(other.refetches("escola", 9).await.unwrap(), []);
    setup.hands.pass(REFETCH_LEASE);
    assert_eq!(crowds(&other).await[0].keys.len(), 3, "nobody answered");
    // One record is not worth a walk.
    let settled = vec![sale("1", "paid", 60), sale("2", "paid", 60)];
    setup.merge(Cause::Refetch, settled).await;
    setup.hands.pass(REFETCH_LEASE);
    assert_eq!(crowds(&setup.store).await, []);
    assert_eq!(setup.store.refetches("escola", 9).await.unwrap().len(), 1);
}
