//! The sandbox's panel: each page on every screen, with and without scripts; live with them.

use eduzz_sandbox::{Config, Fault, Person, Sandbox};
use serde_json::json;

use crate::browser::Browser;
use crate::driver::Driver;
use crate::look::{Look, Screen};
use crate::setup::bounded;
use crate::support::send;

/// Sends a request to the sandbox, and reads its answer.
async fn request(sandbox: &Sandbox, method: &str, target: &str, body: &str) -> u16 {
    let token = &sandbox.person().personal_token;
    let head = format!(
        "{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\
         Authorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        sandbox.port(),
        body.len(),
    );
    send(sandbox.port(), head).await.status
}

/// A sandbox with requests of all kinds.
async fn used() -> Sandbox {
    let mut config = Config::default();
    config.faults = vec![Fault::bad_gateway().on("GET /myeduzz/v1/customers").times(1)];
    let sandbox = Sandbox::start(config).await.unwrap();
    for (method, target, body, status) in [
        ("GET", "/accounts/v1/me", "", 200),
        (
            "GET",
            "/myeduzz/v1/sales?startDate=2026-01-01&endDate=2026-10-31&itemsPerPage=3",
            "",
            200,
        ),
        (
            "GET",
            "/myeduzz/v1/sales?startDate=2026-10-01&endDate=2026-10-31T00:00:00Z",
            "",
            422,
        ),
        ("GET", "/myeduzz/v1/customers", "", 502),
        ("GET", "/myeduzz/v1/sales/7", "", 404),
        ("GET", "/oauth/authorize", "", 400),
        ("POST", "/sun/v1/cart", r#"{"items":[]}"#, 422),
    ] {
        assert_eq!(request(&sandbox, method, target, body).await, status, "{target}");
    }
    sandbox
}

const PAGES: &[(&str, &str, &str)] = &[
    ("/", "Um sandbox local para a API da Eduzz", "panel-start"),
    ("/panel/requests", "Requisições", "panel-requests"),
    ("/panel/requests/2", "200 GET /myeduzz/v1/sales", "panel-request"),
    (
        "/panel/requests/3",
        "422 GET /myeduzz/v1/sales",
        "panel-request-422",
    ),
    ("/panel/faults", "Falhas", "panel-faults"),
    ("/panel/accounts", "Contas e aplicativos", "panel-accounts"),
    ("/panel/nada", "Esta página não existe", "panel-missing"),
];

#[tokio::test]
async fn panel_is_read_on_every_screen() {
    are_read_on_every_screen(PAGES, used).await;
}

/// Looks at pages of a sandbox on every screen: each has its heading, and is looked at with its
/// folds closed and open.
pub(crate) async fn are_read_on_every_screen(pages: &[(&str, &str, &str)], used: impl AsyncFn() -> Sandbox) {
    bounded(async {
        let driver = Driver::start().await;
        for look in Look::ALL {
            let sandbox = used().await;
            let browser = Browser::open(&driver, look).await;
            for (path, heading, name) in pages {
                browser.goto(&format!("{}{path}", sandbox.url())).await;
                browser.shows(heading).await;
                browser.look_at_panel(name).await;
                browser.has_contrast().await;
                open_all(&browser).await;
                browser.look_at_panel(&format!("{name}-opened")).await;
            }
            browser.close().await;
            sandbox.stop().await;
        }
    })
    .await;
}

/// Opens what is folded.
async fn open_all(browser: &Browser<'_>) {
    let script = "scrollTo(0, 0);
                  document.querySelectorAll('details').forEach((part) => { part.open = true; });";
    browser.run(script).await;
}

#[tokio::test]
async fn panel_is_steered_by_forms() {
    bounded(async {
        let driver = Driver::start().await;
        for look in Look::ALL {
            let sandbox = used().await;
            let browser = Browser::open(&driver, look).await;
            browser.goto(&format!("{}/panel/faults", sandbox.url())).await;
            let before = sandbox.control().faults().len();
            browser.press("form.fields button.primary").await;
            assert_eq!(browser.text(".notice").await, "Falha ligada: slow");
            assert_eq!(sandbox.control().faults().len(), before + 1);
            browser.look_at_panel("panel-faults-added").await;
            // The policy allows a switch of the language, which stays.
            browser.press("a.lang").await;
            browser.shows("Faults").await;
            browser.goto(&format!("{}/panel/requests", sandbox.url())).await;
            browser.shows("Requests").await;
            browser.close().await;
        }
    })
    .await;
}

#[tokio::test]
async fn panel_follows_the_sandbox_and_copies() {
    bounded(async {
        let driver = Driver::start().await;
        for look in Look::ALL.into_iter().filter(|look| look.scripts) {
            let sandbox = used().await;
            let browser = Browser::open(&driver, look).await;
            browser.goto(&format!("{}/panel/requests", sandbox.url())).await;
            browser.element(".live:not([hidden])").await;
            browser.element("#r7").await;
            request(&sandbox, "GET", "/accounts/v1/me", "").await;
            browser.element("#r8.fresh").await;
            browser.goto(&format!("{}/panel/requests/3", sandbox.url())).await;
            browser.element("button.copy:not([hidden])").await;
            browser.close().await;
        }
        // Without scripts there is no button that does nothing.
        for look in Look::ALL.into_iter().filter(|look| !look.scripts) {
            let sandbox = used().await;
            let browser = Browser::open(&driver, look).await;
            browser.goto(&format!("{}/panel/requests/3", sandbox.url())).await;
            let shown = "return [...document.querySelectorAll('button.copy')].filter((button) => button.checkVisibility()).length;";
            assert_eq!(browser.run(shown).await, 0);
            browser.close().await;
        }
    })
    .await;
}

/// Escape sequences, a right-to-left mark, very wide characters, markup, no blank.
fn hostile() -> String {
    format!("\u{1b}[31m\u{202e}<b>&\"'﷽𒐫{}", "W".repeat(10_000))
}

#[tokio::test]
async fn hostile_texts_do_not_break_the_panel() {
    bounded(async {
        let driver = Driver::start().await;
        // Both screens, one of them without scripts: these pages are long.
        for look in Look::ALL
            .into_iter()
            .filter(|look| look.scripts == (look.screen == Screen::Desktop))
        {
            let mut config = Config::default();
            let person = Person::invented(config.seed, &hostile(), "x@example.com");
            config.people.push(person);
            config.people[0].name = hostile();
            config.apps[0].name = hostile();
            config.apps[0]
                .return_urls
                .push(format!("http://127.0.0.1/{}", "a".repeat(2_000)));
            let sandbox = Sandbox::start(config).await.unwrap();
            request(
                &sandbox,
                "GET",
                &format!("/{}?q=%3Cscript%3E", "x".repeat(5_000)),
                "",
            )
            .await;
            let body = json!({ "name": hostile(), "deep": "x" }).to_string();
            request(&sandbox, "POST", "/sun/v1/cart", &body).await;
            request(&sandbox, "POST", "/sun/v1/cart", &"[".repeat(50_000)).await;
            request(&sandbox, "GET", "/accounts/v1/me", "").await;
            let browser = Browser::open(&driver, look).await;
            for path in [
                "/",
                "/panel/requests",
                "/panel/requests/1",
                "/panel/requests/2",
                "/panel/requests/3",
                "/panel/accounts",
            ] {
                browser.goto(&format!("{}{path}", sandbox.url())).await;
                open_all(&browser).await;
                let name = format!("panel-hostile-{}", path.trim_start_matches('/').replace('/', "-"));
                browser.look_at_panel(&name).await;
            }
            browser.close().await;
        }
    })
    .await;
}

#[tokio::test]
async fn page_of_another_site_cannot_steer_or_read_the_panel() {
    bounded(async {
        let driver = Driver::start().await;
        let look = Look::ALL
            .into_iter()
            .find(|look| look.scripts && look.screen == Screen::Desktop)
            .unwrap();
        let sandbox = used().await;
        let browser = Browser::open(&driver, look).await;
        let url = sandbox.url();
        // A program on another port: the same site for a browser, but another origin. Its answer
        // has no policy of its own.
        let other = Sandbox::start(Config::default()).await.unwrap();
        browser.goto(&format!("{}/elsewhere", other.url())).await;
        let before = sandbox.control().requests().len();
        let sent = browser
            .run(&format!(
                "const quiet = (promise) => promise.then(() => 'sent', () => 'refused');
                 const form = new URLSearchParams({{ kind: 'cut' }});
                 return Promise.all([
                   quiet(fetch('{url}/reached', {{ mode: 'no-cors' }})),
                   quiet(fetch('{url}/panel/faults', {{ method: 'POST', mode: 'no-cors', body: form }})),
                   quiet(fetch('{url}/panel/requests.json').then((answer) => answer.text())),
                   new Promise((done) => {{
                     const stream = new EventSource('{url}/panel/live');
                     stream.onopen = () => done('opened');
                     stream.onerror = () => {{ stream.close(); done('refused'); }};
                   }}),
                 ]);"
            ))
            .await;
        assert_eq!(sent, json!(["sent", "sent", "refused", "refused"]));
        // It can send requests to the sandbox, so it was the panel that refused.
        assert_eq!(sandbox.control().requests().len(), before + 1);
        browser
            .run(&format!(
                "const form = document.createElement('form');
                 form.method = 'post';
                 form.action = '{url}/panel/faults';
                 form.innerHTML = '<input name=kind value=cut>';
                 document.body.append(form);
                 form.submit();"
            ))
            .await;
        browser.text("body").await;
        let kinds: Vec<_> = sandbox.control().faults().iter().map(Fault::kind).collect();
        assert_eq!(kinds, ["502"]);
        browser.close().await;
    })
    .await;
}
