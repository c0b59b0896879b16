//! Rows that the API answered.

use std::collections::BTreeSet;

use eduzz_store::mirror::{Batch, Cause, List, Merged, MirrorStore};
use eduzz_sync::mirror::{Form, Kind, Record, Span, Value};
use serde_json::Value as Json;

use super::{SECOND, Setup, sale, sale_of, sales};
use crate::mirror::Database;

const CALLS: &[(Kind, &str)] = &[
    (Kind::Sale, "list_sales"),
    (Kind::Subscription, "list_subscriptions"),
    (Kind::Invoice, "list_subscription_invoices"),
    (Kind::Customer, "list_customers"),
    (Kind::Product, "list_products"),
    (Kind::Offer, "list_product_offers"),
    (Kind::StatementEntry, "list_statement"),
    (Kind::Transfer, "list_transfers"),
    (Kind::Chargeback, "list_chargebacks"),
    (Kind::Affiliation, "list_affiliates"),
];

/// The rows of every answer, each key once.
fn fixtures(kind: Kind, call: &str) -> Vec<Record> {
    let mut keys = BTreeSet::new();
    let mut records = Vec::new();
    for answer in eduzz_fixtures::find("myeduzz", call).unwrap().answers {
        let Ok(json) = serde_json::from_slice::<Json>(answer.body) else {
            continue;
        };
        let items = json.get("items").unwrap_or(&json);
        for item in items.as_array().into_iter().flatten() {
            if let Ok(record) = kind.read("701", &item.to_string())
                && keys.insert(record.key.clone())
            {
                records.push(record);
            }
        }
    }
    assert!(!records.is_empty(), "{call}");
    records
}

/// The values of a row's columns as texts.
async fn columns<S: MirrorStore>(setup: &Setup<S>, kind: Kind, key: &str) -> Vec<Option<String>> {
    let is_sqlite = matches!(setup.database, Database::Sqlite(_));
    let columns = kind.columns();
    let columns = columns.iter().map(|column| match column.form {
        _ if is_sqlite => column.name.to_string(),
        Form::Moment => format!(
            "to_char({} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
            column.name
        ),
        Form::Flag => format!("{}::int", column.name),
        _ => column.name.to_string(),
    });
    let columns: Vec<String> = columns.collect();
    let sql = format!(
        "select {}, raw from {} where key = '{key}'",
        columns.join(", "),
        kind.table()
    );
    setup.database.ask(&sql).await.1.remove(0)
}

fn texts(record: &Record) -> Vec<Option<String>> {
    let values = record.values.iter().map(|value| match value {
        Value::Missing => None,
        Value::Text(text) => Some(text.to_string()),
        Value::Int(value) => Some(value.to_string()),
        Value::Flag(value) => Some(u8::from(*value).to_string()),
        value => value.to_text(),
    });
    values.chain([Some(record.raw.to_string())]).collect()
}

pub(super) async fn rows_are_as_they_were_read<S: MirrorStore>(setup: Setup<S>) {
    for (kind, call) in CALLS {
        let records = fixtures(*kind, call);
        let list = List::new("escola", *kind);
        let batch = setup.batch(list.clone(), Cause::BackFill, records.clone());
        let merged = setup.store.merge(batch).await.unwrap();
        assert_eq!(merged.new, records.len() as u64, "{kind}");
        for record in records {
            let found = columns(&setup, *kind, &record.key).await;
            assert_eq!(found, texts(&record), "{kind} {}", record.key);
        }
    }
}

pub(super) async fn odd_values_are_kept<S: MirrorStore>(setup: Setup<S>) {
    let json = |id: &str, name: &str, total: &str, created: &str| {
        let json = format!(
            r#"{{ "id": "{id}", "status": "p\u0000id", "total": {{ "currency": "BRL", "value": {total} }},
            "createdAt": "{created}", "product": {{ "id": "1", "name": "{name}" }} }}"#
        );
        Kind::Sale.read("", &json).unwrap()
    };
    let records = vec![
        json("1", r"a\u0000b", "1", "0000-01-01T00:00:00Z"),
        json(
            "2",
            "'; drop table x; --",
            "9999999999999999999999999.999",
            "0001-01-01T00:00:00Z",
        ),
        json(
            "3",
            r#"\ud83d\ude00 \\ \""#,
            "0.0000000000000000000000000001",
            "9999-12-31T23:59:59Z",
        ),
        json("4", "", "-0.10", "not a date"),
        json(
            r"5\u0000",
            "{}",
            "-7922816251426433759354395033",
            "2026-02-30T00:00:00Z",
        ),
        json("6", r#"{a,\"b\",NULL}"#, "1e3", "2026-10-01"),
    ];
    let list = sales();
    let span = Span::new(20_000, 20_001);
    let reading = setup.begin(&list, span).await;
    assert_eq!(
        setup.page(&reading, Cause::BackFill, records.clone()).await.new,
        6
    );
    for record in &records {
        let found = columns(&setup, Kind::Sale, &record.key).await;
        assert_eq!(found, texts(record), "{}", record.key);
    }
    let examined = setup.store.examine(&list, span).await.unwrap();
    assert_eq!(examined.tampered, Vec::<String>::new());
    assert_eq!(examined.tally.rows, 6);
    let again = setup.page(&reading, Cause::BackFill, records).await;
    assert_eq!(again, Merged::default());
}

pub(super) async fn five_thousand_rows_are_one_batch<S: MirrorStore>(setup: Setup<S>) {
    let sales = |status: &str| -> Vec<Record> {
        let ids = 0..5_000_u32;
        ids.map(|id| sale(&id.to_string(), status, id % 3_600)).collect()
    };
    assert_eq!(setup.merge(Cause::BackFill, sales("open")).await.new, 5_000);
    // A row that comes twice on a page counts once, as it came last.
    let mut changed = sales("paid");
    changed.insert(0, sale("4999", "open", 1));
    let asked = setup.hands.now();
    let batch = Batch::new(super::sales(), asked, asked, Cause::CatchUp, changed);
    let merged = setup.store.merge(batch).await.unwrap();
    assert_eq!((merged.new, merged.changed), (0, 5_000));
    assert_eq!(setup.last_change().await, 10_000);
    assert_eq!(
        setup
            .cell("select count(*) from eduzz_sale where status = 'paid'")
            .await,
        "5000"
    );
}

pub(super) async fn the_same_page_twice_changes_nothing<S: MirrorStore>(setup: Setup<S>) {
    let page = || vec![sale("1", "open", 1), sale("2", "paid", 2)];
    assert_eq!(setup.merge(Cause::BackFill, page()).await.new, 2);
    let sql = "select m_change || ' ' || m_seen || ' ' || m_asked from eduzz_sale where key = '2'";
    let before = setup.cell(sql).await;
    setup.hands.pass(SECOND);
    assert_eq!(setup.merge(Cause::Check, page()).await, Merged::default());
    assert_eq!(setup.last_change().await, 2);
    let after = setup.cell(sql).await;
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(
        words(&before)[..2],
        words(&after)[..2],
        "the change and the first sight"
    );
    assert_ne!(words(&before)[2], words(&after)[2], "when it was asked for");
    // One that changed beside one that did not.
    let merged = setup
        .merge(Cause::Check, vec![sale("1", "paid", 9), sale("2", "paid", 2)])
        .await;
    assert_eq!((merged.new, merged.changed), (0, 1));
    assert_eq!(
        setup
            .cell("select m_change from eduzz_sale where key = '1'")
            .await,
        "3"
    );
    assert_eq!(
        setup
            .cell("select m_change from eduzz_sale where key = '2'")
            .await,
        "2"
    );
}

pub(super) async fn an_older_answer_does_not_overwrite<S: MirrorStore>(setup: Setup<S>) {
    let asked = setup.hands.now();
    setup.hands.pass(SECOND);
    setup
        .merge(Cause::CatchUp, vec![sale_of("1", "paid", 60, "20")])
        .await;
    let late = Batch::new(
        sales(),
        asked,
        setup.hands.now(),
        Cause::BackFill,
        vec![sale("1", "open", 1)],
    );
    assert_eq!(setup.store.merge(late).await.unwrap(), Merged::default());
    assert_eq!(setup.shown("1").await, "paid settled");
    assert_eq!(setup.cell("select total_e4 from eduzz_sale").await, "200000");
    let raw = setup.cell("select raw from eduzz_sale").await;
    assert!(raw.contains(r#""value": 20"#), "{raw}");
}
