//! Records that wait for an answer, and records that are gone.

use std::collections::BTreeMap;
use std::time::Duration;

use eduzz_sandbox::{SaleAction, WorldKind};
use eduzz_sync::mirror::Kind;

use crate::database::{Database, over_both};
use crate::shop::Shop;
use crate::whole::{DAY, of};

over_both! {
    many_sales_are_read_together,
    customer_that_two_passes_did_not_show_is_gone,
}

/// Many sales that changed today are read by the day of their change; those that it does not show
/// by the days of their creation, and a sale that is nowhere by its id.
async fn many_sales_are_read_together<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::open(test, 20, 40).await else {
        return;
    };
    let mirror = shop.mirror().await;
    mirror.run_once().await.unwrap();
    let usual = mirror.run_once().await.unwrap();
    let mut days = BTreeMap::<String, Vec<String>>::new();
    for sale in shop.control.rows(WorldKind::Sale) {
        let created = sale
            .value()
            .get("createdAt")
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned();
        let of_day = days.entry(created.get(..10).unwrap().to_owned()).or_default();
        of_day.push(sale.id);
    }
    let mut ids: Vec<String> = days
        .values()
        .flat_map(|ids| ids.iter().take(20))
        .cloned()
        .collect();
    let gone = ids.last().unwrap().clone();
    shop.control.delete(WorldKind::Sale, &gone).unwrap();
    let changed: Vec<&String> = ids
        .iter()
        .filter(|id| shop.control.apply(id, SaleAction::AskRefund).is_ok())
        .collect();
    assert!(changed.len() > 100);
    let changed = changed.len() as u64;
    ids.push("999999999".to_owned());
    shop.tell(&mirror, &ids).await;
    let all = ids.len() as u64;
    assert_eq!(shop.unsettled(&mirror).await, all);
    shop.wait(Duration::from_secs(6));
    let done = mirror.run_once().await.unwrap();
    // What changed today is read once by the walk, and once by the catch-up.
    let calls = done.calls - usual.calls;
    assert!(
        calls <= 2 * (changed / 80 + 2),
        "{calls} calls for {changed} sales"
    );
    assert!(shop.unsettled(&mirror).await <= all - changed);
    shop.wait(Duration::from_secs(66));
    let again = mirror.run_once().await.unwrap();
    let calls = again.calls - usual.calls;
    let most = 2 * days.len() as u64 + 2 * (changed / 80 + 2);
    assert!(
        calls <= most && calls < (all - changed),
        "{calls} calls for {} sales",
        all - changed
    );
    assert_eq!(
        shop.unsettled(&mirror).await,
        2,
        "{gone} and a sale that never was"
    );
    // The API had its time to show them.
    shop.wait(Duration::from_secs(600));
    mirror.run_once().await.unwrap();
    assert_eq!(shop.unsettled(&mirror).await, 0);
    shop.assert_rows_equal(Kind::Sale, WorldKind::Sale).await;
}

/// A record without a call of its own is gone when two whole passes, minutes apart, did not show
/// it.
async fn customer_that_two_passes_did_not_show_is_gone<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::open(test, 20, 10).await else {
        return;
    };
    let mirror = shop.mirror().await;
    mirror.run_once().await.unwrap();
    let customer = shop.control.rows(WorldKind::Customer).remove(0).id;
    shop.control.delete(WorldKind::Customer, &customer).unwrap();
    let holding = async || {
        of(&mirror.proof().state().await.unwrap(), Kind::Customer)
            .holding
            .clone()
    };
    shop.wait(DAY * 2);
    for (gone, unsettled) in [(0, 1), (1, 0), (1, 0)] {
        mirror.run_once().await.unwrap();
        assert_eq!(
            (holding().await.gone, holding().await.unsettled),
            (gone, unsettled)
        );
        shop.wait(Duration::from_secs(601));
    }
    assert_eq!((holding().await.proven, holding().await.doubtful), (1, 0));
    shop.assert_equal().await;
}
