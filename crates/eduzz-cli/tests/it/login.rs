//! `eduzz login` through the loopback receiver.

use eduzz_sandbox::{Answer, Config, Sandbox};
use tokio::net::TcpListener;

use crate::support::{
    Home, Response, cases, free_port, open, return_url, sandbox_with_home, send, target, way_back,
};

/// Headers that every page of the receiver has.
fn is_guarded(response: &Response) {
    for (name, value) in [
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
    ] {
        assert_eq!(response.header(name), Some(value), "{response:?}");
    }
    let policy = response.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    for piece in ["<script", "http://", "https://", "src=", "href="] {
        assert!(!response.body.contains(piece), "{piece}: {response:?}");
    }
}

/// The callback leads to an address without a query.
#[track_caller]
fn leads_to(callback: &Response, page: &str) {
    let found = (callback.status, callback.header("location"));
    assert_eq!(found, (303, Some(page)), "{callback:?}");
}

#[track_caller]
fn has(page: &Response, texts: &[&str]) {
    for text in texts {
        assert!(page.body.contains(text), "{text}: {page:?}");
    }
}

#[tokio::test]
async fn login_approved_stores_the_grant() {
    let (sandbox, home, port) = sandbox_with_home().await;
    let (login, callback, page) = home.login_answered(&sandbox, port, "", Answer::Approve).await;
    leads_to(&callback, "/retorno/fim");
    is_guarded(&callback);
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    is_guarded(&page);
    has(&page, &["Pronto, login feito", "lang=\"pt-BR\""]);
    for private in ["Helena", "helena", "code=", "state="] {
        assert!(!page.body.contains(private), "{private}");
    }

    let ran = login.ended().await;
    let file = home.file().display().to_string();
    ran.ended(0).shows(&["login feito como Helena Tavares", &file]);
    assert!(!ran.out.contains("@"), "the e-mail is for `me`: {ran:?}");
    let me = home.run("me").await;
    let account = &sandbox.person().account_id;
    me.ended(0)
        .shows(&["Helena Tavares", "helena.tavares@example.com", account]);
}

#[tokio::test]
async fn login_with_json_prints_the_account() {
    let (sandbox, home, port) = sandbox_with_home().await;
    let options = "--json --lang en";
    let (login, _, page) = home
        .login_answered(&sandbox, port, options, Answer::Approve)
        .await;
    has(&page, &["Done, you are signed in", "lang=\"en\""]);
    let told = login.ended().await.ended(0).json();
    assert_eq!(told["name"], "Helena Tavares");
    assert_eq!(told["account_id"], sandbox.person().account_id.as_str());
    assert_eq!(told["eduzz_id"], sandbox.person().eduzz_id.to_string());
    assert_eq!(told["file"], home.file().display().to_string());
    let scopes = told["scopes"].as_array().unwrap();
    assert!(scopes.contains(&"webhook_read".into()), "{told}");
}

#[tokio::test]
async fn login_refused_stores_nothing() {
    let (sandbox, home, port) = sandbox_with_home().await;
    let (login, callback, page) = home.login_answered(&sandbox, port, "", Answer::Refuse).await;
    leads_to(&callback, "/retorno/fim");
    is_guarded(&page);
    has(&page, &["Você não autorizou"]);
    login.ended().await.ended(1).told("recusada no navegador");
    assert!(!home.file().exists());
}

#[tokio::test]
async fn login_with_wrong_secret_stores_nothing() {
    let (sandbox, home, port) = sandbox_with_home().await;
    let home = home.with("EDUZZ_CLIENT_SECRET", "canary-wrong-secret");
    let (login, _, page) = home.login_answered(&sandbox, port, "", Answer::Approve).await;
    is_guarded(&page);
    has(&page, &["não deu certo"]);
    let ran = login.ended().await;
    ran.ended(1).told("o segredo não é o do aplicativo");
    assert!(!ran.err.contains("canary-wrong-secret"));
    assert!(!home.file().exists());
}

#[tokio::test]
async fn login_with_foreign_requests_still_completes() {
    let (sandbox, home, port) = sandbox_with_home().await;
    let (login, url) = home.login("").await;
    let returned = way_back(&sandbox, &url, Answer::Approve).await;
    let genuine = target(&returned, port);
    let state = url.split("state=").nth(1).unwrap();

    for stray in [
        "/retorno".to_owned(),
        "/retorno?".to_owned(),
        "/retorno?code=canary".to_owned(),
        "/retorno?code=canary&state=".to_owned(),
        "/retorno?code=canary&state=undefined".to_owned(),
        "/retorno?code=canary&state=00000000000000000000000000000000".to_owned(),
        "/retorno?error=access_denied".to_owned(),
        "/retorno?error=access_denied&state=undefined".to_owned(),
        format!("/retorno?code=canary&state={state}&state=x"),
        format!("/retorno?state={state}"),
        format!("/retorno?code=canary&state={}", &state[1..]),
        format!("/retorno?code=canary&state={}", "0".repeat(20_000)),
    ] {
        let page = open(port, &stray).await;
        assert_eq!(page.status, 400, "{stray:.80}");
        is_guarded(&page);
        has(&page, &["não conclui o login"]);
        assert!(!page.body.contains("canary"), "{page:?}");
    }
    let megabyte = format!("/retorno?code={}", "x".repeat(1024 * 1024));
    assert!((400..500).contains(&open(port, &megabyte).await.status));

    for (request, status) in [
        (format!("GET {genuine}"), 421),
        (format!("POST {genuine}"), 405),
        (format!("HEAD {genuine}"), 405),
        (format!("GET {}", genuine.replace("/retorno", "/retorno/")), 404),
        (format!("GET {}", genuine.replace("/retorno", "/Retorno")), 404),
        ("GET /retorno/fim".to_owned(), 404),
        ("GET /".to_owned(), 404),
        ("GET /favicon.ico".to_owned(), 404),
    ] {
        let hosts = if status == 421 {
            [
                "Host: evil.example.com",
                "Host: evil.example.com:8484",
                "Host: 127.0.0.1.example.com",
                "",
            ]
        } else {
            [
                "Host: localhost:1",
                "Host: 127.0.0.1",
                "Host: [::1]:80",
                "Host: 127.0.0.2",
            ]
        };
        for host in hosts {
            let line = if host.is_empty() {
                String::new()
            } else {
                format!("{host}\r\n")
            };
            let request = format!("{request} HTTP/1.1\r\n{line}Connection: close\r\n\r\n");
            let response = send(port, &request).await;
            let is_right = response.status == status || (host.is_empty() && response.status == 400);
            assert!(
                is_right && !response.body.contains("code="),
                "{request}: {response:?}"
            );
        }
    }
    assert!(!home.file().exists());

    let callback = open(port, genuine).await;
    assert_eq!(callback.status, 303, "{callback:?}");
    open(port, "/retorno/fim").await;
    login.ended().await.ended(0);
    assert!(home.file().exists());
}

#[tokio::test]
async fn login_without_last_page_request_completes() {
    let (sandbox, home, port) = sandbox_with_home().await;
    let (login, url) = home.login("").await;
    let returned = way_back(&sandbox, &url, Answer::Approve).await;
    open(port, target(&returned, port)).await;
    login.ended().await.ended(0);
    assert!(home.file().exists());
}

#[tokio::test]
async fn login_with_localhost_return_url_completes() {
    let port = free_port().await;
    let url = format!("http://localhost:{port}/a/b?x=1");
    let mut config = Config::default();
    config.apps[0].return_urls.push(url.clone());
    let sandbox = Sandbox::start(config).await.unwrap();
    let home = Home::new().at(&sandbox);
    let (login, address) = home.login(&format!("--return-url {url}")).await;
    let returned = way_back(&sandbox, &address, Answer::Approve).await;
    let path = returned.strip_prefix(&format!("http://localhost:{port}"));
    leads_to(&open(port, path.unwrap()).await, "/a/b/fim");
    open(port, "/a/b/fim").await;
    login.ended().await.ended(0);
}

#[tokio::test]
async fn login_with_invalid_settings_ends_with_2() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let taken = return_url(listener.local_addr().unwrap().port());
    let base = "login --no-browser --client-id x";
    let table = format!(
        "{taken} => em uso
        https://shop.example.com/eduzz => --paste
        https://127.0.0.1:8484/eduzz => --paste
        http://127.0.0.1:0/eduzz => não é um endereço
        http://127.0.0.1:99999/eduzz => não é um endereço
        http://shop.example.com/eduzz => http para outra máquina
        'http://127.0.0.1:8484/eduzz#x' => fragmento
        'http://127.0.0.1:8484/eduzz?code=x' => `code`
        nothing => não é um endereço"
    );
    for [url, told] in cases(&table) {
        let home = Home::new().with("EDUZZ_CLIENT_SECRET", "canary-secret");
        let ran = home.run(&format!("{base} --return-url {url}")).await;
        ran.ended(2).told(told);
        assert!(
            !home.file().exists() && !ran.err.contains("canary-secret"),
            "{ran:?}"
        );
    }
    let ran = Home::new().with("EDUZZ_CLIENT_SECRET", "x").run("login").await;
    ran.ended(2).told("EDUZZ_CLIENT_ID");
}

#[cfg(unix)]
#[tokio::test]
async fn login_without_secret_and_terminal_ends_with_2() {
    // `setsid` detaches the terminal of the tester.
    let url = return_url(free_port().await);
    let home = Home::new();
    let ran = home
        .run_without_terminal(&format!("login --no-browser --client-id x --return-url {url}"))
        .await;
    ran.ended(2).told("EDUZZ_CLIENT_SECRET");
}

#[tokio::test]
async fn login_on_used_port_ends_with_2() {
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let home = Home::new().with("EDUZZ_CLIENT_SECRET", "x");
    let ran = home
        .run(&format!("login --client-id x --return-url {}", return_url(port)))
        .await;
    ran.ended(2).told(&port.to_string()).told("--return-url");
}

#[tokio::test]
async fn login_without_browser_shows_address_and_waits() {
    let (sandbox, home, port) = sandbox_with_home().await;
    // The path has no browser, and the named one does not exist.
    let home = home.with("BROWSER", "/does/not/exist %s");
    let mut login = home.start("login");
    let url = login.address().await;
    login.err_line_with("Não foi possível abrir um navegador").await;
    let returned = way_back(&sandbox, &url, Answer::Approve).await;
    open(port, target(&returned, port)).await;
    open(port, "/retorno/fim").await;
    login.ended().await.ended(0);
}

#[tokio::test]
async fn login_without_return_times_out() {
    let (_sandbox, home, _) = sandbox_with_home().await;
    let (login, _) = home.login("--timeout 1").await;
    login.ended().await.ended(4).told("não voltou a tempo");
    assert!(!home.file().exists());
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_during_login_stores_nothing() {
    let (_sandbox, home, _) = sandbox_with_home().await;
    let (mut login, _) = home.login("").await;
    login.err_line_with("Aguardando").await;
    login.interrupt();
    login.ended().await.ended(130).told("interrompido");
    let folder = home.file().parent().unwrap().to_owned();
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0);
    home.run("me").await.ended(4);
}
