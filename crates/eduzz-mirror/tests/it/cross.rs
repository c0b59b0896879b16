//! What else the service says of proven windows.

use eduzz_mirror::Mirror;
use eduzz_sandbox::WorldKind;
use eduzz_sync::mirror::{Source, Verdict};
use serde_json::json;

use crate::database::{Database, over_both};
use crate::shop::Shop;
use crate::whole::DAY;

over_both! {
    proven_windows_agree_with_the_summary_and_the_statement,
}

/// The windows with compared sales that agree, and those that do not.
async fn counts<D: Database>(mirror: &Mirror<D::Store>, source: Source) -> (usize, usize) {
    let checks = mirror.proof().cross_checks().await.unwrap();
    let count = |is_agreed: bool| {
        let with_sales = checks
            .iter()
            .filter(|check| check.source == source && check.sales > 0);
        with_sales
            .filter(|check| (check.verdict == Verdict::Agree) == is_agreed)
            .count()
    };
    (count(true), count(false))
}

/// Sales of several currencies are in no sum that can be compared.
async fn proven_windows_agree_with_the_summary_and_the_statement<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::open(test, 20, 10).await else {
        return;
    };
    for sale in shop.control.rows(WorldKind::Sale) {
        if sale.value().get("currency") != Some(&json!("BRL")) {
            shop.control.delete(WorldKind::Sale, &sale.id).unwrap();
        }
    }
    let mirror = shop.mirror().await;
    mirror.run_once().await.unwrap();
    let first = counts::<D>(&mirror, Source::SalesSummary).await;
    assert!(first.0 > 0 && first.1 == 0, "{first:?}");
    shop.wait(DAY * 2);
    mirror.run_once().await.unwrap();
    for source in Source::ALL {
        let (agree, other) = counts::<D>(&mirror, *source).await;
        assert!(agree > 0 && other == 0, "{source}: {agree} {other}");
    }
    // A net gain that the summary and the statement do not have.
    let sale = shop
        .database
        .ask("select min(s.key) from eduzz_sale s join eduzz_statement e on e.sale_id = s.key where s.status = 'paid' and s.refund_type is null and e.type = 'sale'")
        .await
        .concat()
        .concat();
    let silent = json!({ "netGain": { "value": 0.01 }, "updatedAt": "2030-01-01T00:00:00Z" });
    shop.control.patch(WorldKind::Sale, &sale, silent).unwrap();
    for _ in 0..4 {
        shop.wait(DAY);
        mirror.run_once().await.unwrap();
    }
    for source in Source::ALL {
        let (agree, other) = counts::<D>(&mirror, *source).await;
        assert!(other == 1, "{source}: {agree} {other}");
    }
    // It is a hint, no doubt.
    assert_eq!(mirror.proof().gaps().await.unwrap(), []);
}
