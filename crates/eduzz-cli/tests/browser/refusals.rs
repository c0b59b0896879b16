//! Refused authorizations: each page states its reason and links nowhere.

use crate::browser::Browser;
use crate::driver::Driver;
use crate::look::Look;
use crate::setup::{Setup, bounded};
use crate::support::Running;

#[tokio::test]
async fn authorize_refusals_show_their_pages() {
    bounded(async {
        let driver = Driver::start().await;
        for look in Look::ALL {
            let setup = Setup::start().await;
            let browser = Browser::open(&driver, look).await;

            browser.goto(&setup.sandbox.url()).await;
            browser.shows("Um sandbox local para a API da Eduzz").await;
            browser.look_at_panel("panel-start").await;

            an_unregistered_return_url(&browser, &setup).await;
            an_unknown_application(&browser, &setup).await;
            a_stranger_at_an_application_in_development(&browser, &setup).await;
            browser.close().await;
        }
    })
    .await;
}

async fn an_unregistered_return_url(browser: &Browser<'_>, setup: &Setup) {
    let other = format!("{}/", setup.return_url);
    let home = setup.home(setup.live()).with("EDUZZ_RETURN_URL", &other);
    let (login, url) = home.login("").await;
    browser.goto(&url).await;
    browser.shows("URL de retorno não cadastrada").await;
    assert_eq!(browser.text(".status").await, "Erro 400");
    assert_eq!(browser.text(".value").await, other);
    stayed(browser, &url).await;
    browser.look_at("unregistered-return").await;
    abandon(login).await;
}

async fn an_unknown_application(browser: &Browser<'_>, setup: &Setup) {
    let unknown = "00000000-0000-4000-8000-000000000000";
    let home = setup.home(setup.live()).with("EDUZZ_CLIENT_ID", unknown);
    let (login, url) = home.login("").await;
    browser.goto(&url).await;
    browser.shows("Aplicativo não encontrado").await;
    assert_eq!(browser.text(".status").await, "Erro 404");
    assert_eq!(browser.text(".value").await, unknown);
    stayed(browser, &url).await;
    browser.look_at("unknown-application").await;
    abandon(login).await;
}

async fn a_stranger_at_an_application_in_development(browser: &Browser<'_>, setup: &Setup) {
    let (login, url) = setup.home(setup.trial()).login("").await;
    browser.goto(&url).await;
    browser.shows("Quem está entrando?").await;
    browser.look_at("accounts-development").await;
    let choice = |account_id: &str| format!("button.choice[value='{account_id}']");
    browser.press(&choice(&setup.stranger().account_id)).await;
    browser
        .shows(&format!(
            "{} ainda não está aberto para esta conta",
            setup.trial().name
        ))
        .await;
    assert_eq!(
        browser
            .run("return document.querySelector('[name=answer]')")
            .await,
        serde_json::Value::Null
    );
    stayed(browser, &url).await;
    browser.look_at("stranger").await;

    // The account of the application's owner can sign in.
    browser.press("button[name=account][value='']").await;
    browser.press(&choice(&setup.owner().account_id)).await;
    let asks = format!("{} quer acessar a sua conta", setup.trial().name);
    browser.shows(&asks).await;
    assert_eq!(browser.text(".badge").await, "Aplicativo em desenvolvimento");
    assert_eq!(browser.text("button[value=approve]").await, "Autorizar");
    browser.look_at("consent-development").await;
    abandon(login).await;
}

/// Ends the program, and frees its port for the next login.
async fn abandon(login: Running) {
    login.interrupt();
    login.ended().await.ended(130);
}

/// The browser was not redirected.
async fn stayed(browser: &Browser<'_>, url: &str) {
    let path = |url: &str| url.split('?').next().map(str::to_owned);
    assert_eq!(path(&browser.url().await), path(url));
}
