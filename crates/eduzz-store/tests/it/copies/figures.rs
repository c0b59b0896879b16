//! The figures of a report are those of a plain loop over the records.

use std::collections::BTreeMap;

use eduzz_store::mirror::{MirrorStore, Sold};
use eduzz_sync::mirror::{Form, Kind, Span, Value};

use super::Setup;
use crate::mirror::rows::{Stored, insert, rows};
use crate::mirror::views::{Key, Sums, summed};

fn day(text: &str) -> i32 {
    match Value::from_text(Form::Day, text) {
        Some(Value::Day(day)) => day,
        _ => panic!("{text}"),
    }
}

fn text(day: i32) -> Option<String> {
    Value::Day(day).to_text()
}

/// The rows as the loop gives them.
fn keyed<T>(sold: &[Sold<T>], by: impl Fn(&T) -> Option<String>) -> BTreeMap<Key, [i64; 5]> {
    let rows = sold.iter().map(|row| {
        let key = vec![
            Some("escola".to_owned()),
            by(&row.by),
            row.currency.clone(),
            row.net_currency.clone(),
        ];
        let counts = [row.sales, row.refunds].map(|count| i64::try_from(count).unwrap());
        let sums = [counts[0], row.total_e4, counts[1], row.refunded_e4, row.net_e4];
        (key, sums)
    });
    rows.collect()
}

fn by_hand(rows: &[Stored], by: &'static str, is_in: impl Fn(&Stored) -> bool) -> BTreeMap<Key, [i64; 5]> {
    let groups = summed(rows, &[by, "total_currency", "net_gain_currency"], is_in);
    let plain = |sums: &Sums| {
        let (total, net) = (sums.total.unwrap_or(0), sums.net.unwrap_or(0));
        [sums.sales, total, sums.refunds, sums.refunded, net]
    };
    groups
        .iter()
        .map(|(key, sums)| (key.clone(), plain(sums)))
        .collect()
}

pub(super) async fn figures_are_those_of_a_loop<S: MirrorStore>(setup: Setup<S>) {
    let rows = rows();
    insert(&setup.database, &rows).await;
    let span = Span::new(day("2026-08-20"), day("2026-09-30"));
    let is_within =
        |text: Option<String>| text.is_some_and(|text| (span.first..=span.last).contains(&day(&text)));
    let is_in = |row: &Stored| row.account == "escola" && is_within(row.text("paid_on"));
    let figures = setup.store.figures("escola", span).await.unwrap();

    let cut = Span::new(span.first, day("2026-09-03"));
    let early = setup.store.figures("escola", cut).await.unwrap();
    let late = Span::new(cut.last + 1, span.last);
    let late = setup.store.figures("escola", late).await.unwrap();
    assert_eq!(early.and(late), figures);

    let days = keyed(&figures.days, |day| text(*day));
    assert_eq!(days, by_hand(&rows, "paid_on", is_in));
    assert!(days.len() > 40, "{}", days.len());
    let products = keyed(&figures.products, |product| product.id.clone());
    assert_eq!(products, by_hand(&rows, "product_id", is_in));
    for Sold { by, .. } in &figures.products {
        let id = by.id.as_deref().unwrap();
        let name = match id {
            "703" => "Produto 3".to_owned(),
            id => format!("Produto {}, hoje", &id[2..]),
        };
        assert_eq!(by.name, Some(name));
    }
    let means = keyed(&figures.means, Clone::clone);
    assert_eq!(means, by_hand(&rows, "payment_method", is_in));
    assert!(figures.days.is_sorted_by_key(|sold| sold.by));

    let mut moves = BTreeMap::<(i32, Option<String>), (u64, u64)>::new();
    for row in rows.iter().filter(|row| row.account == "escola" && !row.is_gone) {
        if row.record.kind != Kind::Subscription {
            continue;
        }
        let currency = row.text("payment_price_currency");
        if let Some(made) = row.text("created_on").filter(|day| is_within(Some(day.clone()))) {
            moves.entry((day(&made), currency.clone())).or_default().0 += 1;
        }
        let ended = row
            .text("interruption_created_on")
            .filter(|day| is_within(Some(day.clone())));
        if let (Some(ended), Some("canceled")) = (ended, row.text("status").as_deref()) {
            moves.entry((day(&ended), currency)).or_default().1 += 1;
        }
    }
    let found = figures.moves.iter();
    let found: BTreeMap<_, _> = found
        .map(|moves| ((moves.day, moves.currency.clone()), (moves.gained, moves.lost)))
        .collect();
    assert!(moves.values().any(|(_, lost)| *lost > 0));
    assert_eq!(found, moves);

    let sales = rows.iter().filter(|row| row.record.kind == Kind::Sale);
    let undated = sales.filter(|row| {
        let status = row.text("status");
        let is_paid = ["paid", "waiting_refund", "refunded"].contains(&status.as_deref().unwrap());
        row.account == "escola" && !row.is_gone && is_paid && row.text("paid_on").is_none()
    });
    assert_eq!(figures.undated, undated.count() as u64);
    assert!(figures.undated > 0);
    let unsummed = setup
        .cell(
            "select count(*) from eduzz_paid_sale where account = 'escola' and total_e4 is null
             and day between '2026-08-20' and '2026-09-30'",
        )
        .await;
    assert_eq!(figures.unsummed.to_string(), unsummed);
}

/// What is there now is what the views say of all days, in whatever days the sales are.
pub(super) async fn figures_of_now_are_those_of_the_views<S: MirrorStore>(setup: Setup<S>) {
    insert(&setup.database, &rows()).await;
    let figures = setup.store.figures("livraria", Span::new(0, 1)).await.unwrap();
    assert_eq!((figures.days.len(), figures.moves.len()), (0, 0));
    for running in &figures.running {
        let currency = running.currency.as_deref().unwrap();
        let of = |column: &str| {
            format!(
                "select sum({column}) from eduzz_recurring_revenue
                 where account = 'livraria' and currency = '{currency}'"
            )
        };
        for (column, found) in [
            ("subscriptions", running.subscriptions),
            ("late", running.late),
            ("trials", running.trials),
            ("unknown_frequency", running.unknown_frequency),
            ("monthly_e4", u64::try_from(running.monthly_e4).unwrap()),
        ] {
            assert_eq!(setup.cell(&of(column)).await, found.to_string(), "{column}");
        }
    }
    assert_eq!(figures.running.len(), 2);
    let (mut late, mut invoices, mut owed) = (0, 0, 0);
    for arrears in &figures.arrears {
        late += arrears.subscriptions;
        invoices += arrears.invoices;
        owed += arrears.owed_e4;
        assert_eq!(arrears.since.is_none(), arrears.invoices == 0);
    }
    let of = |column: &str| format!("select {column} from eduzz_arrears where account = 'livraria'");
    assert_eq!(setup.cell(&of("count(*)")).await, late.to_string());
    assert_eq!(setup.cell(&of("sum(open_invoices)")).await, invoices.to_string());
    assert_eq!(setup.cell(&of("sum(owed_e4)")).await, owed.to_string());
    assert!(owed > 0);
    // Days that no calendar has.
    assert!(
        setup
            .store
            .figures("livraria", Span::new(0, i32::MAX))
            .await
            .is_err()
    );
}
