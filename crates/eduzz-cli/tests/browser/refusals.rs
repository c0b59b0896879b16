//! What cannot be authorized: each page says what it is, and leads nowhere.

use crate::browser::Browser;
use crate::driver::Driver;
use crate::look::Look;
use crate::program::Home;
use crate::world::{World, bounded};

#[tokio::test]
async fn what_cannot_be_authorized_looks_like_what_it_is() {
    bounded(async {
        let driver = Driver::start().await;
        for look in Look::ALL {
            let world = World::start().await;
            let browser = Browser::open(&driver, look).await;

            browser.goto(&world.sandbox.url()).await;
            browser.shows("Um sandbox local para a API da Eduzz").await;
            browser.look_at("index").await;

            an_unregistered_return_url(&browser, &world).await;
            an_unknown_application(&browser, &world).await;
            a_stranger_at_an_application_in_development(&browser, &world).await;
            browser.close().await;
        }
    })
    .await;
}

async fn an_unregistered_return_url(browser: &Browser<'_>, world: &World) {
    let other = format!("{}/", world.return_url);
    let home = Home::new(world, world.live()).with("EDUZZ_RETURN_URL", &other);
    let login = home.login().await;
    browser.goto(&login.url).await;
    browser.shows("URL de retorno não cadastrada").await;
    assert_eq!(browser.text(".status").await, "Erro 400");
    assert_eq!(browser.text(".value").await, other);
    stayed(browser, &login.url).await;
    browser.look_at("unregistered-return").await;
    login.abandon().await;
}

async fn an_unknown_application(browser: &Browser<'_>, world: &World) {
    let unknown = "00000000-0000-4000-8000-000000000000";
    let home = Home::new(world, world.live()).with("EDUZZ_CLIENT_ID", unknown);
    let login = home.login().await;
    browser.goto(&login.url).await;
    browser.shows("Aplicativo não encontrado").await;
    assert_eq!(browser.text(".status").await, "Erro 404");
    assert_eq!(browser.text(".value").await, unknown);
    stayed(browser, &login.url).await;
    browser.look_at("unknown-application").await;
    login.abandon().await;
}

async fn a_stranger_at_an_application_in_development(browser: &Browser<'_>, world: &World) {
    let login = Home::new(world, world.trial()).login().await;
    browser.goto(&login.url).await;
    browser.shows("Quem está entrando?").await;
    browser.look_at("accounts-development").await;
    let choice = |account_id: &str| format!("button.choice[value='{account_id}']");
    browser.press(&choice(&world.stranger().account_id)).await;
    browser
        .shows(&format!(
            "{} ainda não está aberto para esta conta",
            world.trial().name
        ))
        .await;
    assert_eq!(
        browser
            .run("return document.querySelector('[name=answer]')")
            .await,
        serde_json::Value::Null
    );
    stayed(browser, &login.url).await;
    browser.look_at("stranger").await;

    // The way out of it: the account of somebody who made the application.
    browser.press("button[name=account][value='']").await;
    browser.press(&choice(&world.owner().account_id)).await;
    let asks = format!("{} quer acessar a sua conta", world.trial().name);
    browser.shows(&asks).await;
    assert_eq!(browser.text(".badge").await, "Aplicativo em desenvolvimento");
    assert_eq!(browser.text("button[value=approve]").await, "Autorizar");
    browser.look_at("consent-development").await;
    login.abandon().await;
}

/// The browser was not sent on to anywhere.
async fn stayed(browser: &Browser<'_>, url: &str) {
    let path = |url: &str| url.split('?').next().map(str::to_owned);
    assert_eq!(path(&browser.url().await), path(url));
}
