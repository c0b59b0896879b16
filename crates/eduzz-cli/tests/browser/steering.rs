//! The panel's shop and webhooks: read and steered on every screen, with and without scripts.

use eduzz_sandbox::{Action, Config, SaleAction, SaleKind, Sandbox};
use serde_json::json;

use crate::browser::Browser;
use crate::driver::Driver;
use crate::look::Look;
use crate::panel::are_read_on_every_screen;
use crate::setup::bounded;
use crate::support::send;

/// A sandbox with every kind of sale, and with a subscription of webhooks whose receiver is gone.
/// The names are long, the address has no blank.
async fn used() -> Sandbox {
    let mut config = Config::default();
    config.people[0].name = format!("Maria Aparecida {}", "Albuquerque".repeat(12));
    let sandbox = Sandbox::start(config).await.unwrap();
    let body = json!({
        "name": "Vendas \u{202e}da \u{1f4a9} loja".to_owned() + &"x".repeat(300),
        "url": format!("http://127.0.0.1:9/{}", "eduzz".repeat(30)),
        "events": [
            { "name": "myeduzz.invoice_paid" },
            { "name": "myeduzz.invoice_refunded" },
            { "name": "myeduzz.contract_eduzz_balance_attempted" },
            { "name": "alpaclass.student_lesson_unmarked_as_favorite" },
        ],
    })
    .to_string();
    let token = &sandbox.person().personal_token;
    let request = format!(
        "POST /webhook/v1/subscription HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\
         Authorization: Bearer {token}\r\nContent-Length: {}\r\n\r\n{body}",
        sandbox.port(),
        body.len(),
    );
    assert_eq!(send(sandbox.port(), request).await.status, 200);
    let control = sandbox.control();
    for kind in SaleKind::ALL {
        control.sell_kind(*kind).unwrap();
        control.order_kind(*kind).unwrap();
    }
    control
        .act(&Action::Sample {
            id: None,
            event: None,
        })
        .unwrap();
    while control
        .deliveries()
        .newest()
        .is_none_or(|newest| newest.attempts.is_empty())
    {
        tokio::task::yield_now().await;
    }
    sandbox
}

const PAGES: &[(&str, &str, &str)] = &[
    ("/panel/shop", "Loja", "panel-shop"),
    ("/panel/shop?show=subscriptions", "Loja", "panel-subscriptions"),
    ("/panel/webhooks", "Webhooks", "panel-webhooks"),
    ("/panel/webhooks/0", "myeduzz.invoice_paid", "panel-delivery"),
];

#[tokio::test]
async fn shop_and_webhooks_are_read_on_every_screen() {
    are_read_on_every_screen(PAGES, used).await;
}

#[tokio::test]
async fn sale_is_steered_by_buttons() {
    bounded(async {
        let driver = Driver::start().await;
        for look in Look::ALL {
            let sandbox = used().await;
            let control = sandbox.control();
            let browser = Browser::open(&driver, look).await;
            let open = control.newest_sale(SaleAction::Pay).unwrap();
            browser
                .goto(&format!("{}/panel/shop?status=waitingPayment", sandbox.url()))
                .await;
            browser.press(&format!("#s{open} button[value=pay]")).await;
            assert!(browser.text("p.notice").await.contains("myeduzz.invoice_paid"));
            assert_eq!(control.allowed(&open).unwrap().0, "paid");
            assert!(browser.url().await.ends_with("/panel/shop?status=waitingPayment"));

            browser.goto(&format!("{}/panel/shop", sandbox.url())).await;
            browser.press(&format!("#s{open} button[value=refund]")).await;
            assert!(
                browser
                    .text("p.notice")
                    .await
                    .contains("myeduzz.invoice_refunded")
            );
            assert_eq!(control.allowed(&open).unwrap().0, "refunded");
            browser.look_at_panel("panel-shop-refunded").await;

            let before = control.sale_ids().len();
            browser.press("form.card button.primary").await;
            browser.text("p.notice").await;
            assert_eq!(control.sale_ids().len(), before + 1);
            browser.close().await;
            sandbox.stop().await;
        }
    })
    .await;
}
