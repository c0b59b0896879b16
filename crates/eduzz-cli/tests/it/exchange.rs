//! What a login makes of the token endpoint's answers.

use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;

use crate::support::{Home, Ran, Running, free_port, open, response, return_url, service};

const CODE: &str = "canary-code";
const SECRET: &str = "canary-client-secret";

async fn home(url: &str) -> Home {
    Home::new()
        .with("EDUZZ_SANDBOX", url)
        .with("EDUZZ_CLIENT_ID", "6f1d4a52-3c0b-4f3e-9d2a-0f1e2d3c4b5a")
        .with("EDUZZ_CLIENT_SECRET", SECRET)
        .with("EDUZZ_RETURN_URL", &return_url(free_port().await))
}

/// What the browser would end on, had the person approved.
fn callback(address: &str) -> String {
    let state = address.split("state=").nth(1).unwrap();
    format!("/retorno?code={CODE}&state={state}")
}

async fn login(home: &Home) -> Ran {
    let mut login = home.start(&["login", "--paste"]);
    let address = login.address().await;
    login
        .type_in(&format!("http://127.0.0.1:8484{}\n", callback(&address)))
        .await;
    login.ended().await
}

#[tokio::test]
async fn each_answer_has_its_words_and_its_exit() {
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{\"access_token\":\"canary";
    for (answer, code, told) in [
        (
            response(404, r#"{"message":"App not found"}"#),
            1,
            "não conhece aplicativo",
        ),
        (
            response(404, r#"{"message":"Token not found"}"#),
            1,
            "não conhece o código",
        ),
        (
            response(404, r#"{"message":"Token already used"}"#),
            1,
            "já foi usado",
        ),
        (
            response(404, r#"{"message":"canary"}"#),
            1,
            "o código ou o aplicativo",
        ),
        (
            response(400, r#"{"message":"code expired"}"#),
            1,
            "o código expirou",
        ),
        (
            response(400, r#"{"message":"wrong client_secret"}"#),
            1,
            "não é o do aplicativo",
        ),
        (
            response(400, r#"{"message":"redirect_uri"}"#),
            1,
            "URL de retorno",
        ),
        (
            response(400, r#"{"message":"canary"}"#),
            1,
            "sem dizer por quê (status 400)",
        ),
        (response(401, "canary"), 1, "sem dizer por quê (status 401)"),
        (response(302, "canary"), 1, "redirecionamento"),
        (
            response(500, "canary"),
            1,
            "falhou ao trocar o código (status 500)",
        ),
        (
            response(502, "<html>canary</html>"),
            1,
            "falhou ao trocar o código (status 502)",
        ),
        (response(200, r#"{"message":"canary"}"#), 1, "o código foi usado"),
        (response(200, "<html>canary</html>"), 1, "o código foi usado"),
        (
            response(200, r#"{"access_token":"canary"#),
            1,
            "o código foi usado",
        ),
        (cut.to_owned(), 3, "não se sabe se ele foi usado"),
        (String::new(), 3, "não se sabe se ele foi usado"),
        (
            "canary nonsense\r\n\r\n".to_owned(),
            3,
            "não se sabe se ele foi usado",
        ),
    ] {
        let home = home(&service(answer).await).await;
        let ran = login(&home).await;
        ran.ended(code).told(told);
        assert!(!ran.err.contains("canary") && ran.out.is_empty(), "{ran:?}");
        assert!(!home.file().exists());
    }
}

#[tokio::test]
async fn a_token_endpoint_that_is_not_there_is_a_network_failure() {
    let home = home(&format!("http://127.0.0.1:{}", free_port().await)).await;
    login(&home)
        .await
        .ended(3)
        .told("não pôde ser enviada")
        .told("não foi possível conectar");
}

#[tokio::test]
async fn an_answer_without_a_name_signs_in_too() {
    let home = home(&service(response(200, r#"{"access_token":"canary"}"#)).await).await;
    let ran = login(&home).await;
    assert!(ran.ended(0).out.contains("Pronto: login feito."), "{ran:?}");
    assert!(!ran.out.contains("canary"), "{ran:?}");
}

/// Begins a login whose exchange goes to `service`, and has the browser come back.
async fn browser_came_back(home: &Home) -> (Running, tokio::task::JoinHandle<()>) {
    let (login, address) = home.login(&[]).await;
    let url = home.get("EDUZZ_RETURN_URL");
    let port = url
        .split(':')
        .nth(2)
        .unwrap()
        .split('/')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let target = callback(&address);
    let browser = tokio::spawn(async move {
        open(port, &target).await;
        open(port, "/retorno/fim").await;
    });
    (login, browser)
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_during_the_exchange_stores_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let home = home(&format!("http://{}", listener.local_addr().unwrap())).await;
    let (login, browser) = browser_came_back(&home).await;
    // The request is there, and is never answered.
    let (mut socket, _) = listener.accept().await.unwrap();
    assert!(socket.read(&mut [0; 64]).await.unwrap() > 0);
    login.interrupt();
    let ran = login.ended().await;
    ran.ended(130).told("interrompido");
    browser.abort();
    let folder = home.file().parent().unwrap().to_owned();
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0);
}

#[cfg(unix)]
#[tokio::test]
async fn on_a_full_disk_the_old_grant_stays() {
    let home = home(&service(response(200, r#"{"access_token":"canary-new"}"#)).await).await;
    login(&home).await.ended(0);
    let old = std::fs::read(home.file()).unwrap();

    let mut second = home.start_on_full_disk(0, &["login", "--paste"]);
    let address = second.address().await;
    second
        .type_in(&format!("http://127.0.0.1:8484{}\n", callback(&address)))
        .await;
    let ran = second.ended().await;
    ran.ended(2).told("o disco está cheio").told("não foi alterado");
    assert!(!ran.err.contains("canary"), "{ran:?}");
    assert_eq!(std::fs::read(home.file()).unwrap(), old);
    let left: Vec<_> = std::fs::read_dir(home.file().parent().unwrap())
        .unwrap()
        .collect();
    assert_eq!(left.len(), 1, "{left:?}");
}
