//! What a service can answer that nobody expects, and passes that end in the middle.

#![expect(clippy::panic, reason = "tests")]

use std::collections::BTreeSet;
use std::time::Duration;

use eduzz_sandbox::{Arrivals, Config, Fault, SaleAction, WorldKind};
use eduzz_store::mirror::{List, MirrorStore as _};
use eduzz_sync::mirror::{Choice, Doubt, Kind, PASS_LEASE};
use eduzz_testkit::chance::Chance;

use crate::database::{Database, over_both};
use crate::shop::Shop;
use crate::whole::{DAY, of};

over_both! {
    total_that_never_stands_still_is_doubted,
    page_size_that_the_service_fixes_loses_no_row,
    odd_amounts_currencies_and_ids_are_kept,
    yesterdays_answer_does_not_undo_todays_event,
    pass_that_ends_in_the_middle_deletes_nothing,
    deletion_by_half_a_pass_is_found,
}

const SALES: &str = "GET /myeduzz/v1/sales";

fn config(days: u64, sales_per_day: u32) -> Config {
    let mut config = Config::seeded(21);
    config.pace = None;
    config.history = days as u32 * DAY;
    config.sales_per_day = sales_per_day;
    config
}

async fn total_that_never_stands_still_is_doubted<D: Database>(test: &str) {
    let mut config = config(3, 10);
    config.arrivals = Some(Arrivals::AfterRequests(3));
    config.page_size = Some(5);
    let Some(shop) = Shop::<D>::of(test, config).await else {
        return;
    };
    // The days of the new sales are over.
    shop.wait(4 * DAY);
    let mirror = shop.mirror().await;
    // Each call brings sales, and a page has to have all of a window in the end.
    let sales = Choice::all().only([Kind::Sale]);
    mirror.choose(sales).await.unwrap();
    mirror.run_once().await.unwrap();
    let list = List::new("loja", Kind::Sale);
    let windows = mirror.store().windows(&list).await.unwrap();
    let moving = windows
        .iter()
        .find(|window| matches!(window.doubt, Some(Doubt::TotalMoved | Doubt::RowsMoved)));
    let moving = moving.unwrap_or_else(|| panic!("{windows:?}")).clone();
    assert!(!of(&mirror.proof().state().await.unwrap(), Kind::Sale).is_proven());
    // A page that has the whole window is a snapshot.
    shop.control.set_page_size(None);
    shop.wait(Duration::from_secs(600));
    mirror.run_once().await.unwrap();
    let windows = mirror.store().windows(&list).await.unwrap();
    let still = windows.iter().find(|window| window.span == moving.span).unwrap();
    assert_eq!(still.doubt, None);
    assert!(still.rows > moving.rows, "{still:?} {moving:?}");
}

async fn page_size_that_the_service_fixes_loses_no_row<D: Database>(test: &str) {
    for size in [7, 100] {
        let mut config = config(20, 15);
        config.page_size = Some(size);
        let Some(shop) = Shop::<D>::of(test, config).await else {
            return;
        };
        let mirror = shop.mirror().await;
        mirror.run_once().await.unwrap();
        shop.assert_equal().await;
        // Another size in the middle of its life.
        shop.control.set_page_size(Some(13));
        shop.wait(50 * DAY);
        mirror.run_once().await.unwrap();
        shop.assert_equal().await;
        for state in mirror.proof().state().await.unwrap() {
            assert!(state.is_proven(), "pages of {size}: {state:?}");
        }
    }
}

async fn odd_amounts_currencies_and_ids_are_kept<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::of(test, config(3, 10)).await else {
        return;
    };
    let sales = shop.control.seeded_sale_ids();
    let number: u64 = sales[0].parse().unwrap();
    let euros = |value: f64| serde_json::json!({ "total": { "currency": "EUR", "value": value } });
    for (sale, members) in [
        // An id is text here and a number there.
        (&sales[0], serde_json::json!({ "id": number })),
        (&sales[1], euros(12.34)),
        // More than whole ten-thousandths can hold, and more than a decimal can.
        (&sales[2], euros(1e15)),
        (&sales[3], euros(1e40)),
    ] {
        shop.control.patch(WorldKind::Sale, sale, members).unwrap();
    }
    shop.wait(50 * DAY);
    let mirror = shop.mirror().await;
    mirror.run_once().await.unwrap();
    let row = async |sale: &str, columns: &str| {
        let sql = format!("select {columns} from eduzz_sale where key = '{sale}'");
        shop.database.ask(&sql).await
    };
    assert_eq!(row(&sales[0], "id").await, [[sales[0].clone()]]);
    let of_euros = row(&sales[1], "total, total_e4, total_currency").await;
    assert_eq!(of_euros, [["12.34", "123400", "EUR"]]);
    let large = row(&sales[2], "total, coalesce(total_e4, -1)").await;
    assert_eq!(large, [["1000000000000000", "-1"]]);
    assert_eq!(row(&sales[3], "key").await, Vec::<Vec<String>>::new());
    let unreadable = "select count(*), max(reason) from eduzz_unreadable";
    let unreadable = shop.database.ask(unreadable).await.remove(0);
    assert_eq!(unreadable[0], "1", "{unreadable:?}");
    assert!(
        unreadable[1].contains("total") && !unreadable[1].contains("1e40"),
        "{unreadable:?}"
    );
    // Each currency has a sum of its own.
    let sums = "select sealed_sums from eduzz_window where kind = 'sale' and sealed_sums like '%EUR%'";
    let sums = shop.database.ask(sums).await.concat().concat();
    assert!(
        sums.contains("BRL") && sums.contains("1000000000000012.34"),
        "{sums}"
    );
    assert_eq!(mirror.proof().examine().await.unwrap(), []);
    for sale in &sales[..4] {
        shop.control.unpatch(WorldKind::Sale, sale).unwrap();
    }
    for wait in [2 * DAY, Duration::from_secs(600)] {
        // Answers that differ at one moment of change have to agree for a while.
        shop.wait(wait);
        mirror.run_once().await.unwrap();
    }
    shop.assert_equal().await;
    assert!(of(&mirror.proof().state().await.unwrap(), Kind::Sale).is_proven());
}

async fn yesterdays_answer_does_not_undo_todays_event<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::of(test, config(5, 10)).await else {
        return;
    };
    let mirror = shop.mirror().await;
    mirror.run_once().await.unwrap();
    let sale = shop.control.sell(1).remove(0);
    shop.wait(Duration::from_secs(1));
    mirror.run_once().await.unwrap();
    let shown = async || {
        let sql = format!("select status, m_state from eduzz_sale where key = '{sale}'");
        shop.database.ask(&sql).await.concat().join(" ")
    };
    assert_eq!(shown().await, "paid settled");
    shop.control.set_lag(DAY);
    shop.control.apply(&sale, SaleAction::Refund).unwrap();
    shop.tell_of(&mirror, &sale, "refunded").await;
    assert_eq!(shown().await, "refunded unsettled");
    for _ in 0..2 {
        shop.wait(Duration::from_secs(30));
        mirror.run_once().await.unwrap();
        assert_eq!(shown().await, "refunded unsettled");
    }
    // A shop that sells always waits for something; only a mirror that does not ask is in doubt.
    let standing = async || {
        let states = mirror.proof().state().await.unwrap();
        let sales = of(&states, Kind::Sale);
        (sales.is_proven(), sales.only_waits(), sales.is_doubtful())
    };
    assert_eq!(standing().await, (false, true, false));
    shop.wait(Duration::from_secs(600));
    assert_eq!(standing().await, (false, false, true));
    shop.control.set_lag(Duration::ZERO);
    shop.wait(Duration::from_secs(400));
    mirror.run_once().await.unwrap();
    assert_eq!(shown().await, "refunded settled");
    mirror.check().await.unwrap();
    shop.assert_equal().await;
}

async fn pass_that_ends_in_the_middle_deletes_nothing<D: Database>(test: &str) {
    for seed in 1..=3 {
        let Some(shop) = Shop::<D>::of(test, config(10, 10)).await else {
            return;
        };
        if let Err(found) = end_passes(&shop, seed, false).await {
            panic!("seed {seed}: {found}");
        }
        shop.assert_equal().await;
    }
}

/// The planted fault: after each page, the rows of the window that it and the pages before did not
/// show are taken for gone.
async fn deletion_by_half_a_pass_is_found<D: Database>(test: &str) {
    for seed in 1..=100 {
        let Some(shop) = Shop::<D>::of(test, config(10, 10)).await else {
            return;
        };
        if end_passes(&shop, seed, true).await.is_err() {
            return;
        }
    }
    panic!("no seed finds it");
}

/// Lets passes end at a random page; checks that no sale of the service is taken for gone.
async fn end_passes<D: Database>(shop: &Shop<D>, seed: u64, is_hasty: bool) -> Result<(), String> {
    let mut chance = Chance(seed);
    let mirror = shop.mirror().await;
    mirror.run_once().await.unwrap();
    if is_hasty {
        let delete = "update eduzz_sale set m_gone = new.began - 1 where account = new.account
            and m_window = new.first_day and m_answered < new.began and m_gone is null";
        shop.database.ask(&D::after_page(delete)).await;
    }
    shop.control.set_page_size(Some(10));
    for _ in 0..4 {
        // The hold of a pass that ended is over.
        shop.wait(PASS_LEASE + Duration::from_secs(chance.below(100)));
        let sales = shop.control.sale_ids();
        if chance.below(2) == 0 {
            let deleted = &sales[chance.at_most(sales.len()) - 1];
            shop.control.delete(WorldKind::Sale, deleted).unwrap();
        }
        let page = chance.below(sales.len() as u64 / 10);
        let fault = Fault::page_instead().on(SALES).after(page).times(1);
        shop.control.set_faults([fault]);
        mirror.check().await.unwrap_err();
        shop.control.clear_faults();
        let there: BTreeSet<String> = shop.control.sale_ids().into_iter().collect();
        let gone = "select key from eduzz_sale where m_gone is not null";
        let gone = shop.database.ask(gone).await.concat();
        if let Some(key) = gone.iter().find(|key| there.contains(*key)) {
            return Err(format!("{key} is taken for gone"));
        }
    }
    // The first may end the pass that was broken, which says nothing of a row that was deleted
    // behind it; the next misses the row, and the last proves that it is gone.
    for _ in 0..3 {
        shop.wait(Duration::from_secs(600));
        mirror.check().await.unwrap();
        mirror.run_once().await.unwrap();
    }
    Ok(())
}
