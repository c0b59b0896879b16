//! A whole account, copied and kept.

use std::time::Duration;

use eduzz_mirror::State;
use eduzz_sandbox::{SaleAction, WorldKind};
use eduzz_sync::mirror::{Kind, Span};

use crate::database::{Database, over_both};
use crate::shop::Shop;

pub(crate) const DAY: Duration = Duration::from_secs(86_400);

over_both! {
    an_account_is_copied_and_kept,
    everything_is_proven_once_its_days_are_over,
    silent_change_is_drift,
    silent_change_of_a_near_day_is_found_in_the_night,
    deleted_sale_is_gone_when_the_service_says_so_for_long_enough,
    unreadable_row_is_kept_and_doubted_until_it_can_be_read,
    tampered_row_is_named,
}

/// The state of a kind.
pub(crate) fn of(states: &[State], kind: Kind) -> &State {
    states.iter().find(|state| state.holding.kind == kind).unwrap()
}

async fn an_account_is_copied_and_kept<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::open(test, 40, 30).await else {
        return;
    };
    let mirror = shop.mirror().await;
    let done = mirror.run_once().await.unwrap();
    shop.assert_equal().await;
    assert!(done.new > 1_000 && done.drifted == 0, "{done:?}");
    let again = mirror.run_once().await.unwrap();
    assert_eq!((again.new, again.changed), (0, 0));

    // What changes is read by the date of its change.
    let paid = shop.control.sell(3);
    shop.control.apply(&paid[0], SaleAction::AskRefund).unwrap();
    shop.wait(Duration::from_secs(60));
    let done = mirror.run_once().await.unwrap();
    assert!(done.new >= 3, "{done:?}");
}

async fn everything_is_proven_once_its_days_are_over<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::open(test, 20, 10).await else {
        return;
    };
    let mirror = shop.mirror().await;
    mirror.run_once().await.unwrap();
    let sales = |states: &[State]| of(states, Kind::Sale).clone();
    let states = mirror.proof().state().await.unwrap();
    assert!(
        sales(&states).is_filled && sales(&states).holding.open > 0,
        "{states:?}"
    );
    // After the days to come that the statement is read for.
    shop.wait(DAY * 50);
    mirror.run_once().await.unwrap();
    for state in mirror.proof().state().await.unwrap() {
        assert!(state.is_proven(), "{state:?}");
    }
    let states = mirror.proof().state().await.unwrap();
    assert!(sales(&states).holding.proven >= 2, "{states:?}");
    shop.assert_equal().await;
}

async fn silent_change_is_drift<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::open(test, 20, 10).await else {
        return;
    };
    let mirror = shop.mirror().await;
    mirror.run_once().await.unwrap();
    let sale = shop.oldest_sale();
    let silent = serde_json::json!({ "netGain": { "value": 0.01 } });
    shop.control.patch(WorldKind::Sale, &sale, silent).unwrap();
    shop.wait(DAY * 2);
    let done = mirror.run_once().await.unwrap();
    assert_eq!(done.drifted, 1, "{done:?}");
    shop.assert_equal().await;
    assert_eq!(
        of(&mirror.proof().state().await.unwrap(), Kind::Sale)
            .holding
            .drifted,
        1
    );
}

/// No event and no date of change tells of a chargeback: its days are read each night.
async fn silent_change_of_a_near_day_is_found_in_the_night<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::open(test, 20, 40).await else {
        return;
    };
    let mirror = shop.mirror().await;
    mirror.run_once().await.unwrap();
    shop.wait(DAY * 2);
    mirror.run_once().await.unwrap();
    for night in 0..3 {
        let chargeback = shop.control.rows(WorldKind::Chargeback).remove(0).id;
        let silent = serde_json::json!({ "total": { "value": 7.5 + f64::from(night) } });
        shop.control
            .patch(WorldKind::Chargeback, &chargeback, silent)
            .unwrap();
        shop.wait(DAY);
        let done = mirror.run_once().await.unwrap();
        assert_eq!(done.drifted, 1, "{done:?}");
        shop.assert_rows_equal(Kind::Chargeback, WorldKind::Chargeback)
            .await;
    }
}

async fn deleted_sale_is_gone_when_the_service_says_so_for_long_enough<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::open(test, 20, 10).await else {
        return;
    };
    let mirror = shop.mirror().await;
    mirror.run_once().await.unwrap();
    let sale = shop.control.seeded_sale_ids().remove(0);
    shop.control.delete(WorldKind::Sale, &sale).unwrap();
    shop.wait(DAY * 2);
    mirror.run_once().await.unwrap();
    let holding = of(&mirror.proof().state().await.unwrap(), Kind::Sale)
        .holding
        .clone();
    assert_eq!((holding.gone, holding.unsettled), (0, 1));
    shop.wait(Duration::from_secs(600));
    mirror.run_once().await.unwrap();
    let holding = of(&mirror.proof().state().await.unwrap(), Kind::Sale)
        .holding
        .clone();
    assert_eq!((holding.gone, holding.unsettled), (1, 0));
}

async fn unreadable_row_is_kept_and_doubted_until_it_can_be_read<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::open(test, 20, 10).await else {
        return;
    };
    let sale = shop.control.seeded_sale_ids().remove(0);
    let broken = serde_json::json!({ "total": "much" });
    shop.control.patch(WorldKind::Sale, &sale, broken).unwrap();
    let mirror = shop.mirror().await;
    mirror.run_once().await.unwrap();
    let holding = of(&mirror.proof().state().await.unwrap(), Kind::Sale)
        .holding
        .clone();
    assert_eq!(holding.unreadable, 1);
    shop.control.unpatch(WorldKind::Sale, &sale).unwrap();
    shop.wait(DAY * 2);
    mirror.run_once().await.unwrap();
    let holding = of(&mirror.proof().state().await.unwrap(), Kind::Sale)
        .holding
        .clone();
    assert_eq!(holding.unreadable, 0);
    shop.assert_equal().await;
}

async fn tampered_row_is_named<D: Database>(test: &str) {
    use eduzz_store::mirror::{List, MirrorStore as _};

    let Some(shop) = Shop::<D>::open(test, 20, 10).await else {
        return;
    };
    let mirror = shop.mirror().await;
    mirror.run_once().await.unwrap();
    let list = List::new("loja", Kind::Customer);
    let examined = mirror.store().examine(&list, Span::WHOLE).await.unwrap();
    assert_eq!((examined.is_as_proven, examined.tampered.len()), (Some(true), 0));
    let key = "select min(key) from eduzz_customer";
    let key = shop.database.ask(key).await.remove(0).remove(0);
    let tamper = format!("update eduzz_customer set name = name || 'x' where key = '{key}'");
    shop.database.ask(&tamper).await;
    let flaws = mirror.proof().examine().await.unwrap();
    assert_eq!(flaws.len(), 1);
    assert_eq!(
        (flaws[0].list.kind, &flaws[0].records),
        (Kind::Customer, &vec![key])
    );
    assert!(!of(&mirror.proof().state().await.unwrap(), Kind::Customer).is_proven());
    // Reading it again mends it.
    shop.wait(Duration::from_secs(1));
    mirror.run_once().await.unwrap();
    shop.assert_equal().await;
    assert_eq!(mirror.proof().examine().await.unwrap(), []);
    assert!(of(&mirror.proof().state().await.unwrap(), Kind::Customer).is_proven());
}
