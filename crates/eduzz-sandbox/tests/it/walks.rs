//! The SDK walks over lists while new sales come in.

use std::collections::HashSet;
use std::time::Duration;

use eduzz_api::myeduzz::{ListCustomers, ListSales, ListStatement, ListSubscriptions};
use eduzz_api::nutror::ListStudents;
use eduzz_sandbox::Arrivals;
use eduzz_types::myeduzz::{SaleReferenceDate, SubscriptionDateFilter};
use eduzz_wire::{Completeness, Days, Next, Paged, Row, Sweep};

use crate::client::Client;

fn days(first: &str, last: &str) -> Days {
    Days::new(first, last).unwrap()
}

/// Walks to the end, and gives the ids in their order and the completeness. `between` runs before
/// each call.
async fn walk<L: Paged>(
    client: &Client,
    list: L,
    mut between: impl FnMut(&Client),
) -> (Vec<String>, Completeness) {
    let mut walk = Sweep::new(list);
    let mut ids = Vec::new();
    loop {
        match walk.next() {
            Next::End => return (ids, walk.progress().completeness),
            Next::Item(Row::Unreadable(row)) => panic!("{row:?}"),
            Next::Item(Row::Read(row)) => ids.push(L::key(&row).into_owned()),
            Next::Call(call) => {
                between(client);
                walk.received(client.call(&call).await.unwrap());
            }
        }
    }
}

fn sales() -> ListSales {
    ListSales::new(days("2019-01-01", "2026-12-31"))
}

fn once(ids: &[String]) -> HashSet<&String> {
    let set: HashSet<&String> = ids.iter().collect();
    assert_eq!(set.len(), ids.len(), "none twice");
    set
}

#[tokio::test]
async fn walk_of_an_unchanged_list_keeps_its_order() {
    let client = Client::new();
    for size in [None, Some(37)] {
        let mut list = sales();
        list.items_per_page = size;
        let (ids, movement) = walk(&client, list, |_| {}).await;
        let expected = (client.control.sale_ids(), Completeness::Complete);
        assert_eq!((ids, movement), expected, "{size:?}");
    }
    let days = days("2019-01-01", "2026-12-31");
    let list = ListSubscriptions::new(days, SubscriptionDateFilter::Creation);
    assert_eq!(walk(&client, list, |_| {}).await.1, Completeness::Complete);
    let customers = walk(&client, ListCustomers::new(), |_| {}).await;
    assert_eq!(customers.1, Completeness::Complete);
}

#[tokio::test]
async fn walk_with_new_sales_loses_and_repeats_nothing() {
    for (seed, size) in [(0, 100_u32), (1, 25), (2, 10)] {
        let client = Client::seeded(seed);
        let seeded = client.control.seeded_sale_ids();
        let mut calls = 0;
        let list = sales()
            .items_per_page(size)
            .reference_date(SaleReferenceDate::CreatedAt);
        let (ids, movement) = walk(&client, list, |client| {
            calls += 1;
            let sold = client.control.sell(calls % 4);
            assert_eq!(sold.len(), calls as usize % 4);
        })
        .await;
        assert_eq!(movement, Completeness::Handled);
        let all = once(&ids);
        assert!(seeded.iter().all(|id| all.contains(id)));
        let there: HashSet<String> = client.control.sale_ids().into_iter().collect();
        assert!(ids.iter().all(|id| there.contains(id)));
    }
}

#[tokio::test]
async fn sales_arrive_after_a_number_of_answers() {
    let client = Client::with(|config| config.arrivals = Some(Arrivals::AfterRequests(2)));
    let (ids, movement) = walk(&client, sales(), |_| {}).await;
    assert_eq!(movement, Completeness::Handled);
    let all = once(&ids);
    assert!(client.control.seeded_sale_ids().iter().all(|id| all.contains(id)));
    assert!(client.control.arrived() > 3);
    // A refusal is no answer that counts.
    let before = client.control.arrived();
    for _ in 0..4 {
        client.get("/myeduzz/v1/sales").await;
    }
    assert_eq!(client.control.arrived(), before);

    let list = sales().page(1).items_per_page(100);
    for sale in client.call(&list).await.unwrap().items.iter().take(3) {
        assert_eq!(sale.status.as_str(), "paid");
        let booked = ListStatement::new(days("2026-11-01", "2026-12-31")).sale_id(sale.id.clone());
        let booked = client.call(&booked).await.unwrap();
        let values: Vec<_> = booked.items.iter().map(|entry| Some(&entry.value)).collect();
        assert_eq!(values, [sale.net_gain.as_ref()]);
    }
}

#[tokio::test]
async fn sales_arrive_by_the_clock() {
    let client = Client::with(|config| config.arrivals = Some(Arrivals::Every(Duration::from_secs(60))));
    let clock = client.config.clock.clone();
    let seeded = client.control.sale_ids();
    clock.advance(Duration::from_secs(59));
    assert_eq!(client.control.sale_ids(), seeded);
    clock.advance(Duration::from_secs(121));
    let now = client.control.sale_ids();
    assert_eq!(now.len(), seeded.len() + 3);
    assert_eq!(now[3..], seeded);
    for (sale, minute) in client.sales().await.iter().zip([3, 2, 1]) {
        assert_eq!(sale["createdAt"], format!("2026-11-02T12:0{minute}:00Z"));
    }

    let statement = ListStatement::new(days("2025-12-01", "2026-11-30"));
    let (before, movement) = walk(&client, statement.clone(), |_| {}).await;
    assert_eq!(movement, Completeness::Complete);
    let advance = |client: &Client| client.config.clock.advance(Duration::from_secs(100));
    let (ids, movement) = walk(&client, statement, advance).await;
    assert_eq!(movement, Completeness::Handled);
    let all = once(&ids);
    assert!(before.iter().all(|id| all.contains(id)));
}

#[tokio::test]
async fn arrivals_of_zero_never_come_and_leaps_are_limited() {
    for arrivals in [
        Arrivals::AfterRequests(0),
        Arrivals::Every(Duration::ZERO),
        Arrivals::Every(Duration::from_millis(9)),
    ] {
        let client = Client::with(|config| config.arrivals = Some(arrivals));
        client.config.clock.advance(Duration::from_secs(3_600));
        client.json("/myeduzz/v1/products").await;
        assert_eq!(client.control.arrived(), 0, "{arrivals:?}");
    }
    let client = Client::with(|config| {
        config.arrivals = Some(Arrivals::Every(Duration::from_secs(1)));
        config.sales_per_day = 0;
        config.history = Duration::MAX;
    });
    assert!(client.control.sale_ids().is_empty());
    client.config.clock.advance(Duration::MAX);
    assert_eq!(client.control.arrived(), 20_000);
}

// Q67
#[tokio::test]
async fn walk_over_too_many_students_says_that_rows_may_be_missing() {
    let client = Client::with(|config| config.sales_per_day = 12);
    let list = ListStudents::new().items_per_page(10);
    let (ids, completeness) = walk(&client, list, |_| {}).await;
    let found = once(&ids).len() as u64;
    let total = client.json("/nutror/v1/students").await["totalItems"]
        .as_u64()
        .unwrap();
    assert!((300..total).contains(&found), "{found} of {total}");
    assert_eq!(completeness, Completeness::RowsMayBeMissing);
}

#[tokio::test]
async fn size_of_the_shop_is_configurable() {
    let count = |days: u64, a_day: u32| {
        let client = Client::with(|config| {
            config.history = Duration::from_secs(days * 86_400);
            config.sales_per_day = a_day;
        });
        client.control.sale_ids().len()
    };
    assert_eq!(count(365, 0), 0);
    assert!(count(0, 3) < 10);
    assert!((200..450).contains(&count(30, 10)));
}
