//! Signing in: approved, refused, failed; on both screens, with scripts and without.

use eduzz_sandbox::Person;

use crate::browser::Browser;
use crate::driver::Driver;
use crate::look::Look;
use crate::program::Home;
use crate::world::{World, bounded};

const APPROVE: &str = "button[name=answer][value=approve]";
const REFUSE: &str = "button[name=answer][value=refuse]";

#[tokio::test]
async fn who_approves_is_signed_in() {
    bounded(async {
        let driver = Driver::start().await;
        for look in Look::ALL {
            let world = World::start().await;
            let home = Home::new(&world, world.live());
            let browser = Browser::open(&driver, look).await;
            let login = home.login().await;

            browser.goto(&login.url).await;
            browser.shows("Quem está entrando?").await;
            browser.look_at("accounts").await;
            choose(&browser, world.owner()).await;
            browser
                .shows(&format!("{} quer acessar a sua conta", world.live().name))
                .await;
            // The name and the address come with every sign-in.
            let permissions = world.live().scopes.len() + 1;
            assert_eq!(
                browser.text(".counted .note").await,
                format!("{permissions} permissões")
            );
            browser.look_at("consent").await;
            browser.press(APPROVE).await;

            browser.shows("Pronto, login feito").await;
            is_the_end(&browser, &world).await;
            browser.look_at("done").await;
            browser.close().await;

            let ran = login.ended().await;
            assert_eq!(ran.code, Some(0), "{ran:?}");
            assert!(ran.out.contains(&world.owner().name), "{ran:?}");
            let me = home.run(&["me"]).await;
            assert_eq!(me.code, Some(0), "{me:?}");
            assert!(me.out.contains(&world.owner().email), "{me:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn who_refuses_is_not() {
    bounded(async {
        let driver = Driver::start().await;
        for look in Look::ALL {
            let world = World::start().await;
            let home = Home::new(&world, world.live());
            let browser = Browser::open(&driver, look).await;
            let login = home.login().await;

            // Somebody else's link does not end it.
            browser
                .goto(&format!("{}?code=x&state=x", world.return_url))
                .await;
            browser.shows("Este endereço não conclui o login").await;
            browser.look_at("stray").await;

            browser.goto(&login.url).await;
            choose(&browser, world.owner()).await;
            browser.press(REFUSE).await;
            browser.shows("Você não autorizou").await;
            assert_eq!(browser.text("main code").await, "eduzz login");
            is_the_end(&browser, &world).await;
            browser.look_at("refused").await;
            browser.close().await;

            let ran = login.ended().await;
            assert_eq!(ran.code, Some(1), "{ran:?}");
            assert!(
                ran.err
                    .contains("a autorização foi recusada no navegador; o login não foi feito"),
                "{ran:?}"
            );
            assert!(home.kept().is_empty(), "{:?}", home.kept());
        }
    })
    .await;
}

#[tokio::test]
async fn a_code_that_gives_no_token_is_told_on_both_sides() {
    bounded(async {
        let driver = Driver::start().await;
        for look in Look::ALL.into_iter().filter(|look| look.scripts) {
            let world = World::start().await;
            let home = Home::new(&world, world.live()).with("EDUZZ_CLIENT_SECRET", "another");
            let browser = Browser::open(&driver, look).await;
            let login = home.login().await;

            browser.goto(&login.url).await;
            choose(&browser, world.stranger()).await;
            browser.press(APPROVE).await;
            browser.shows("O login não deu certo").await;
            is_the_end(&browser, &world).await;
            browser.look_at("failed").await;
            browser.close().await;

            let ran = login.ended().await;
            assert_eq!(ran.code, Some(1), "{ran:?}");
            assert!(ran.err.contains("o segredo não é o do aplicativo"), "{ran:?}");
            assert!(home.kept().is_empty(), "{:?}", home.kept());
        }
    })
    .await;
}

async fn choose(browser: &Browser<'_>, person: &Person) {
    let button = format!("button.choice[name=account][value='{}']", person.account_id);
    browser.press(&button).await;
}

/// The browser is at the program, and no address there holds a code, an error or a state.
async fn is_the_end(browser: &Browser<'_>, world: &World) {
    assert_eq!(browser.url().await, format!("{}/fim", world.return_url));
    let history = browser.history().await;
    // The one with the stray code was typed, so to say.
    let returned = history
        .iter()
        .filter(|url| url.starts_with(&world.return_url) && !url.ends_with("?code=x&state=x"));
    for url in returned {
        assert!(!url.contains('?'), "{history:?}");
    }
}
