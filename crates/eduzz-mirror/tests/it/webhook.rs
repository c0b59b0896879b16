//! The subscription that a mirror's events come by is looked at, and how far a reading has come.

use std::time::Duration;

use eduzz_api::webhook::{CreateWebhookSubscription, DeleteWebhookSubscription};
use eduzz_mirror::Mirror;
use eduzz_store::mirror::Found;
use eduzz_sync::mirror::{Choice, Kind, followed};
use eduzz_sync::subscription::Ailment;
use eduzz_wire::Pace;

use crate::database::{Database, over_both};
use crate::shop::Shop;
use crate::whole::DAY;

over_both! {
    subscription_is_looked_at_each_night_and_what_is_wrong_is_kept,
    token_that_may_not_see_subscriptions_is_said,
    progress_counts_what_was_read_and_what_is_left,
}

const URL: &str = "http://127.0.0.1:9/eduzz?key=invented";

async fn found<D: Database>(mirror: &Mirror<D::Store>) -> Option<Found> {
    mirror.proof().webhook().await.unwrap().unwrap().found
}

async fn ailment<D: Database>(mirror: &Mirror<D::Store>) -> Option<Ailment> {
    mirror.run_once().await.unwrap();
    found::<D>(mirror).await.unwrap().ailment
}

async fn subscription_is_looked_at_each_night_and_what_is_wrong_is_kept<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::open(test, 3, 1).await else {
        return;
    };
    let mirror = shop.mirror().await;
    mirror.run_once().await.unwrap();
    assert_eq!(mirror.proof().webhook().await.unwrap(), None);
    mirror.watch_webhook(Some(URL)).await.unwrap();
    assert_eq!(found::<D>(&mirror).await, None);
    assert_eq!(ailment::<D>(&mirror).await, Some(Ailment::Missing));
    let first = found::<D>(&mirror).await.unwrap();

    let account = mirror.account();
    let one = CreateWebhookSubscription::new("x", URL, ["myeduzz.invoice_paid"]);
    let made = account.call(&one).await.unwrap();
    // What was wrong is looked at by each run.
    shop.wait(Duration::from_secs(1));
    assert_eq!(ailment::<D>(&mirror).await, Some(Ailment::Disabled));
    let second = found::<D>(&mirror).await.unwrap();
    assert!(second.since > first.since && second.since == second.checked_at);
    shop.wait(Duration::from_secs(600));
    assert_eq!(ailment::<D>(&mirror).await, Some(Ailment::Disabled));
    let third = found::<D>(&mirror).await.unwrap();
    assert!(third.since == second.since && third.checked_at > second.checked_at);

    // Another address is another subscription; the same one is not.
    mirror.watch_webhook(Some(URL)).await.unwrap();
    assert_eq!(found::<D>(&mirror).await, Some(third));
    mirror
        .watch_webhook(Some("http://127.0.0.1:9/other"))
        .await
        .unwrap();
    assert_eq!(found::<D>(&mirror).await, None);
    account
        .call(&DeleteWebhookSubscription::new(made.id))
        .await
        .unwrap();
    let watch = mirror.proof().webhook().await.unwrap();
    assert!(!format!("{watch:?}").contains("127.0.0.1"), "{watch:?}");
    mirror.watch_webhook(None).await.unwrap();
    mirror.run_once().await.unwrap();
    assert_eq!(mirror.proof().webhook().await.unwrap(), None);
}

async fn token_that_may_not_see_subscriptions_is_said<D: Database>(test: &str) {
    let without = |config: &mut eduzz_sandbox::Config| {
        for app in &mut config.apps {
            app.scopes.retain(|scope| scope != "webhook_read");
        }
    };
    let Some(shop) = Shop::<D>::open_with(test, 3, 1, without).await else {
        return;
    };
    let mirror = shop.mirror().await;
    mirror.watch_webhook(Some(URL)).await.unwrap();
    assert_eq!(ailment::<D>(&mirror).await, Some(Ailment::Refused));
}

async fn progress_counts_what_was_read_and_what_is_left<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::open(test, 40, 5).await else {
        return;
    };
    let mirror = shop.mirror().await;
    let pace = Some(Pace {
        requests: 30,
        per: Duration::from_secs(60),
    });
    let before = mirror.proof().progress(pace).await.unwrap();
    assert!(!before.is_done() && before.time_left.is_none(), "{before:?}");
    mirror.back_fill().await.unwrap();
    let after = mirror.proof().progress(pace).await.unwrap();
    assert!(after.is_done(), "{after:?}");
    assert_eq!(after.time_left, Some(Duration::ZERO));
    let sales = after.kinds.iter().find(|own| own.kind == Kind::Sale).unwrap();
    let rows = shop.rows(Kind::Sale).await.len() as u64;
    assert_eq!(
        (sales.progress.rows, sales.progress.total, sales.progress.done),
        (rows, Some(rows), sales.progress.all)
    );
    // A day later, one day is left of each dated kind.
    shop.wait(DAY);
    let later = mirror.proof().progress(pace).await.unwrap();
    let sales = later.kinds.iter().find(|own| own.kind == Kind::Sale).unwrap();
    assert_eq!(sales.progress.done + 1, sales.progress.all);
    assert!(sales.progress.calls_left.unwrap() > 0 && sales.time_left.unwrap() < Duration::from_secs(60));
    assert_eq!(
        later.kinds.len(),
        Choice::all().communities(["x".into()]).kinds().count()
    );
    assert!(followed(&Choice::all()).count() > 10);
}
