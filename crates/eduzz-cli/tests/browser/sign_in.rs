//! Signing in, approved, refused and failed, on both screens, with and without scripts.

use eduzz_sandbox::Person;

use crate::browser::Browser;
use crate::driver::Driver;
use crate::look::Look;
use crate::setup::{Setup, bounded};

const APPROVE: &str = "button[name=answer][value=approve]";
const REFUSE: &str = "button[name=answer][value=refuse]";

#[tokio::test]
async fn sign_in_approved_signs_in() {
    bounded(async {
        let driver = Driver::start().await;
        for look in Look::ALL {
            let setup = Setup::start().await;
            let home = setup.home(setup.live());
            let browser = Browser::open(&driver, look).await;
            let (login, url) = home.login("").await;

            browser.goto(&url).await;
            browser.shows("Quem está entrando?").await;
            browser.look_at("accounts").await;
            choose(&browser, setup.owner()).await;
            browser
                .shows(&format!("{} quer acessar a sua conta", setup.live().name))
                .await;
            // Every sign-in also gives name and address.
            let permissions = setup.live().scopes.len() + 1;
            assert_eq!(
                browser.text(".counted .note").await,
                format!("{permissions} permissões")
            );
            browser.look_at("consent").await;
            browser.press(APPROVE).await;

            browser.shows("Pronto, login feito").await;
            is_the_end(&browser, &setup).await;
            browser.look_at("done").await;
            browser.close().await;

            let ran = login.ended().await;
            ran.ended(0);
            assert!(ran.out.contains(&setup.owner().name), "{ran:?}");
            let me = home.run("me").await;
            assert!(me.ended(0).out.contains(&setup.owner().email), "{me:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn sign_in_refused_stores_nothing() {
    bounded(async {
        let driver = Driver::start().await;
        for look in Look::ALL {
            let setup = Setup::start().await;
            let home = setup.home(setup.live());
            let browser = Browser::open(&driver, look).await;
            let (login, url) = home.login("").await;

            // A foreign link does not end the login.
            browser
                .goto(&format!("{}?code=x&state=x", setup.return_url))
                .await;
            browser.shows("Este endereço não conclui o login").await;
            browser.look_at("stray").await;

            browser.goto(&url).await;
            choose(&browser, setup.owner()).await;
            browser.press(REFUSE).await;
            browser.shows("Você não autorizou").await;
            assert_eq!(browser.text("main code").await, "eduzz login");
            is_the_end(&browser, &setup).await;
            browser.look_at("refused").await;
            browser.close().await;

            let ran = login.ended().await;
            ran.ended(1)
                .told("a autorização foi recusada no navegador; o login não foi feito");
            assert!(!home.file().exists());
        }
    })
    .await;
}

#[tokio::test]
async fn sign_in_with_failed_exchange_shows_it_in_browser_and_program() {
    bounded(async {
        let driver = Driver::start().await;
        for look in Look::ALL.into_iter().filter(|look| look.scripts) {
            let setup = Setup::start().await;
            let home = setup.home(setup.live()).with("EDUZZ_CLIENT_SECRET", "another");
            let browser = Browser::open(&driver, look).await;
            let (login, url) = home.login("").await;

            browser.goto(&url).await;
            choose(&browser, setup.stranger()).await;
            browser.press(APPROVE).await;
            browser.shows("O login não deu certo").await;
            is_the_end(&browser, &setup).await;
            browser.look_at("failed").await;
            browser.close().await;

            let ran = login.ended().await;
            ran.ended(1).told("o segredo não é o do aplicativo");
            assert!(!home.file().exists());
        }
    })
    .await;
}

async fn choose(browser: &Browser<'_>, person: &Person) {
    let button = format!("button.choice[name=account][value='{}']", person.account_id);
    browser.press(&button).await;
}

/// The browser shows the last page, and no address in its history has a code, an error or a state.
async fn is_the_end(browser: &Browser<'_>, setup: &Setup) {
    assert_eq!(browser.url().await, format!("{}/fim", setup.return_url));
    let history = browser.history().await;
    // The address with the foreign code was opened by the test itself.
    let returned = history
        .iter()
        .filter(|url| url.starts_with(&setup.return_url) && !url.ends_with("?code=x&state=x"));
    for url in returned {
        assert!(!url.contains('?'), "{history:?}");
    }
}
