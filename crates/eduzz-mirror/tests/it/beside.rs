//! What an event told of does not wait for a long list.

use std::time::Duration;

use eduzz_sandbox::WorldKind;
use eduzz_store::Store as _;
use eduzz_sync::inbox::{Incoming, State};
use eduzz_sync::mirror::Kind;
use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::Key;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::database::{Database, over_both};
use crate::shop::Shop;

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

over_both! {
    a_record_is_settled_while_a_back_fill_is_under_way,
}

/// A delivery that says that this sale was paid.
fn paid(sale: &str, at: &str) -> Incoming {
    let body = serde_json::json!({
        "id": "an-event",
        "event": "myeduzz.invoice_paid",
        "data": { "id": sale, "status": "paid", "paidAt": at },
        "sentDate": at,
    });
    let body = body.to_string().into_bytes();
    let key = Key::new(&WebhookSecret::new("invented-secret")).unwrap();
    let delivery = key.open(key.sign(&body), &body).unwrap();
    Incoming::new(&delivery, "")
}

async fn a_record_is_settled_while_a_back_fill_is_under_way<D: Database>(test: &str) {
    let Some(shop) = Shop::<D>::open(test, 20, 10).await else {
        return;
    };
    let rows = shop.control.rows(WorldKind::Sale);
    let sale = rows
        .iter()
        .find(|row| row.value().get("status").unwrap() == "paid")
        .unwrap();
    let paid_at = sale.value().get("paidAt").unwrap().as_str().unwrap().to_owned();
    let mirror = shop.mirror().await;
    shop.known.hold(|uri| uri.path() == "/myeduzz/v1/sales");
    let (report, mut reports) = mpsc::unbounded_channel();
    let (end, ended) = oneshot::channel::<()>();
    let running = tokio::spawn({
        let mirror = mirror.clone();
        async move {
            let ended = async { drop(ended.await) };
            let report = |result: Result<&_, &_>| {
                assert!(result.is_ok(), "{result:?}");
                _ = report.send(());
            };
            mirror.run(ended, report).await
        }
    });
    timeout(PATIENCE, shop.known.waits()).await.unwrap();

    // The first page of the sales waits, and an event comes.
    let event = paid(&sale.id, &paid_at);
    mirror.store().put(event, State::Ready).await.unwrap();
    shop.wait(Duration::from_secs(10));
    let state = format!("select m_state from eduzz_sale where key = '{}'", sale.id);
    while shop.database.ask(&state).await != [["settled"]] {
        timeout(PATIENCE, reports.recv()).await.unwrap().unwrap();
    }
    let count = shop.database.ask("select count(*) from eduzz_sale").await;
    assert_eq!(count, [["1"]], "no page of the back-fill has come");

    shop.known.hold(|_| false);
    loop {
        timeout(PATIENCE, reports.recv()).await.unwrap().unwrap();
        let states = mirror.proof().state().await.unwrap();
        if states.iter().all(|state| state.is_filled) {
            break;
        }
    }
    end.send(()).unwrap();
    timeout(PATIENCE, running).await.unwrap().unwrap().unwrap();
    assert!(shop.rows(Kind::Sale).await.len() > 100);
    shop.assert_equal().await;
}
