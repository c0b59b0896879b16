//! The changes, and what is apart from each other.

use std::collections::BTreeSet;

use eduzz_store::mirror::{Batch, Cause, List, MirrorStore};
use eduzz_sync::mirror::{Doubt, Kind, Record, Span};

use super::{Again, OLD, Setup, event, pass_of, sale, sales};

pub(super) async fn changes_are_numbered_without_gaps<S: Again>(setup: Setup<S>) {
    let mut programs = Vec::new();
    for program in 0..4_u32 {
        let store = S::again(&setup).await;
        let now = setup.hands.now();
        programs.push(tokio::spawn(async move {
            for round in 0..25_u32 {
                // Rows of its own, and rows that all of them have, in another order each.
                let own = (0..5).map(|id| sale(&format!("{program}-{round}-{id}"), "paid", 60));
                let mut records: Vec<Record> = own.collect();
                let shared = (0..10).map(|id| sale(&format!("all-{id}"), "paid", round));
                records.extend(shared);
                match program {
                    0 => {}
                    1 => records.reverse(),
                    program => records.rotate_left(program as usize * 3),
                }
                let answered = now.after(std::time::Duration::from_secs(round.into()));
                let batch = Batch::new(sales(), answered, answered, Cause::CatchUp, records);
                store.merge(batch).await.unwrap();
                let mut told = event(&format!("all-{}", round % 10), "refunded", 100 + round, answered);
                told.extend(event(&format!("told-{program}-{round}"), "paid", 60, answered));
                store.tell("escola", told).await.unwrap();
                store.refetches("escola", 3).await.unwrap();
            }
        }));
    }
    for program in programs {
        program.await.unwrap();
    }
    let changes = setup.store.changes("escola", 0, 1_000_000).await.unwrap();
    let numbers: Vec<i64> = changes.iter().map(|change| change.number).collect();
    assert_eq!(numbers, (1..=numbers.len() as i64).collect::<Vec<_>>());
    // Nothing was lost: each row is there, and shows what its last change says.
    let keys: BTreeSet<&str> = changes.iter().map(|change| &*change.key).collect();
    assert_eq!(keys.len(), 4 * 25 * 5 + 10 + 4 * 25);
    let mut last = std::collections::BTreeMap::new();
    for change in &changes {
        let before = last.insert(&*change.key, change.new);
        assert_eq!(before.flatten(), change.old, "{}", change.key);
    }
    let rows = setup.cell("select count(*) from eduzz_sale").await;
    assert_eq!(rows, last.len().to_string());
    for (key, digest) in last {
        let stored = setup
            .cell(&format!("select m_digest from eduzz_sale where key = '{key}'"))
            .await;
        if stored.starts_with("\\x") {
            assert_eq!(stored, format!("\\x{:?}", digest.unwrap()), "{key}");
        }
    }
    let page = setup.store.changes("escola", 7, 3).await.unwrap();
    assert_eq!(
        page.iter().map(|change| change.number).collect::<Vec<_>>(),
        [8, 9, 10]
    );
}

pub(super) async fn accounts_are_apart<S: MirrorStore>(setup: Setup<S>) {
    let other = List::new("livraria", Kind::Sale);
    for list in [sales(), other.clone()] {
        let reading = setup.begin(&list, OLD).await;
        let status = if list == other { "refunded" } else { "paid" };
        setup
            .page(&reading, Cause::BackFill, vec![sale("1", status, 60)])
            .await;
        let pass = pass_of(reading.began, setup.hands.now(), 1);
        let ended = setup.store.end(&reading, pass).await.unwrap().unwrap();
        assert_eq!(ended.doubt, None);
    }
    setup.tell("1", "canceled", 90).await;
    assert_eq!(setup.shown("1").await, "canceled unsettled");
    let status = "select status from eduzz_sale where account = 'livraria'";
    assert_eq!(setup.cell(status).await, "refunded");
    for (account, changes) in [("escola", 2), ("livraria", 1), ("outra", 0)] {
        let found = setup.store.changes(account, 0, 9).await.unwrap();
        assert_eq!(found.len(), changes, "{account}");
        let rows: u64 = setup
            .store
            .holdings(account)
            .await
            .unwrap()
            .iter()
            .map(|holding| holding.rows)
            .sum();
        assert_eq!(rows, u64::from(changes > 0), "{account}");
    }
    assert_eq!(
        setup.store.examine(&other, OLD).await.unwrap().is_as_proven,
        Some(true)
    );
}

pub(super) async fn parents_are_apart<S: MirrorStore>(setup: Setup<S>) {
    let offer = |product: &str, id: &str| {
        let json = format!(
            r#"{{ "id": "{id}", "name": "Padrão", "defaultPrice": {{ "currency": "BRL", "value": 39.9 }} }}"#
        );
        Kind::Offer.read(product, &json).unwrap()
    };
    let invoice = |subscription: &str, id: &str| {
        let json = format!(
            r#"{{ "id": "{subscription}{id}", "createdAt": "2026-10-01T10:00:00Z", "status": "open",
            "payment": {{ "amount": {{ "currency": "BRL", "value": 5 }} }}, "items": [] }}"#
        );
        Kind::Invoice.read(subscription, &json).unwrap()
    };
    for kind in [Kind::Offer, Kind::Invoice] {
        let record = |parent: &str, id: &str| match kind {
            Kind::Offer => offer(parent, id),
            _ => invoice(parent, id),
        };
        let lists = ["701", "702"].map(|parent| List::new("escola", kind).of(parent));
        for (list, rows) in lists.iter().zip([2, 3]) {
            let reading = setup.begin(list, Span::WHOLE).await;
            let records = (0..rows).map(|id: u64| record(&list.parent, &id.to_string()));
            assert_eq!(
                setup.page(&reading, Cause::BackFill, records.collect()).await.new,
                rows
            );
            let pass = pass_of(reading.began, setup.hands.now(), rows);
            let ended = setup.store.end(&reading, pass).await.unwrap().unwrap();
            assert_eq!((ended.doubt, ended.missing.len()), (None, 0), "{kind}");
        }
        // A row of the second one is not shown any more.
        setup.hands.pass(super::SECOND);
        let reading = setup.begin(&lists[1], Span::WHOLE).await;
        setup
            .page(
                &reading,
                Cause::Check,
                vec![record("702", "0"), record("702", "2")],
            )
            .await;
        let pass = pass_of(reading.began, setup.hands.now(), 2);
        let ended = setup.store.end(&reading, pass).await.unwrap().unwrap();
        assert_eq!(ended.doubt, Some(Doubt::RowsDiffer), "{kind}");
        assert_eq!(ended.missing, [&*record("702", "1").key]);
        let examined = setup.store.examine(&lists[0], Span::WHOLE).await.unwrap();
        assert_eq!((examined.tally.rows, examined.is_as_proven), (2, Some(true)));
    }
}

pub(super) async fn holdings_add_up<S: MirrorStore>(setup: Setup<S>) {
    let empty = setup.store.holdings("escola").await.unwrap();
    assert_eq!(
        empty.iter().map(|holding| holding.kind).collect::<Vec<_>>(),
        Kind::ALL
    );
    assert!(
        empty
            .iter()
            .all(|holding| holding.rows + holding.proven + holding.doubtful == 0)
    );
    let reading = setup.begin(&sales(), OLD).await;
    let rows = vec![sale("1", "paid", 60), sale("2", "paid", 60)];
    setup.page(&reading, Cause::BackFill, rows).await;
    let pass = pass_of(reading.began, setup.hands.now(), 2);
    setup.store.end(&reading, pass).await.unwrap();
    setup.begin(&sales(), Span::new(20_005, 20_005)).await;
    setup.tell("3", "paid", 60).await;
    let now = setup.hands.now();
    setup.store.not_found(&sales(), "2", now, now).await.unwrap();
    let holding = setup.store.holdings("escola").await.unwrap().remove(0);
    assert_eq!(
        (holding.rows, holding.unsettled, holding.gone),
        (3, 2, 0),
        "one is doubtful"
    );
    assert_eq!((holding.proven, holding.doubtful, holding.drifted), (1, 1, 0));
    setup.hands.pass(super::DAY);
    let now = setup.hands.now();
    setup.store.not_found(&sales(), "2", now, now).await.unwrap();
    let holding = setup.store.holdings("escola").await.unwrap().remove(0);
    assert_eq!((holding.rows, holding.unsettled, holding.gone), (2, 1, 1));
}
