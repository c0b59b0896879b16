//! The calls of a back-fill.

use eduzz_store::Store as _;
use eduzz_sync::mirror::{Kind, day_of};
use eduzz_types::Date;

use crate::database::{Database, File};
use crate::shop::Shop;

/// The least is a call for each hundred rows of a list, and one for each product or subscription.
#[tokio::test(flavor = "multi_thread")]
async fn back_fill_needs_hardly_more_calls_than_the_least() {
    let Some(shop) = Shop::<File>::open_older("calls", 10, 30, 10_000).await else {
        return;
    };
    let mirror = shop.mirror().await;
    // A year before the oldest sale.
    let first = day_of(mirror.store().now().await.unwrap()) - 4 * 365;
    let first = Date::from_days_since_epoch(first.into()).unwrap();
    mirror.init(Some(&first)).await.unwrap();
    let done = mirror.back_fill().await.unwrap();
    let (mut least, mut rows) = (0, 0);
    for kind in Kind::ALL {
        let count =
            async |sql: String| -> u64 { shop.database.ask(&sql).await.concat().concat().parse().unwrap() };
        let of_kind = count(format!("select count(*) from {}", kind.table())).await;
        rows += of_kind;
        least += match kind.parent_kind() {
            Some(parent) => count(format!("select count(*) from {}", parent.table())).await,
            None => of_kind.div_ceil(100).max(1),
        };
    }
    assert!(rows > 20_000 && done.new == rows, "{done:?} {rows}");
    let ratio = f64::from(u32::try_from(done.calls).unwrap()) / f64::from(u32::try_from(least).unwrap());
    assert!(ratio <= 1.17, "{} calls, {ratio:.3} of the least", done.calls);
}
