//! The answers of the token endpoint, as a login reports them.

use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;

use crate::fake_service::{response, service};
use crate::support::{Home, Ran, Running, free_port, open, return_url};

const CODE: &str = "canary-code";
const SECRET: &str = "canary-client-secret";

pub(crate) async fn home(url: &str) -> Home {
    Home::new()
        .with("EDUZZ_SANDBOX", url)
        .with("EDUZZ_CLIENT_ID", "6f1d4a52-3c0b-4f3e-9d2a-0f1e2d3c4b5a")
        .with("EDUZZ_CLIENT_SECRET", SECRET)
        .with("EDUZZ_RETURN_URL", &return_url(free_port().await))
}

/// The target of the browser's return after approval.
fn callback(address: &str) -> String {
    let state = address.split("state=").nth(1).unwrap();
    format!("/retorno?code={CODE}&state={state}")
}

pub(crate) async fn login(home: &Home) -> Ran {
    paste(home.start("login --paste")).await
}

/// Pastes the address of the return.
async fn paste(mut login: Running) -> Ran {
    let address = login.address().await;
    let returned = format!("http://127.0.0.1:8484{}\n", callback(&address));
    login.type_in(&returned).await;
    login.ended().await
}

#[tokio::test]
async fn exchange_answer_has_its_message_and_exit_code() {
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{\"access_token\":\"canary";
    let message = |status, text: &str| response(status, &format!(r#"{{"message":"{text}"}}"#));
    for (answer, code, told) in [
        (message(404, "App not found"), 1, "não encontrou um aplicativo"),
        (message(404, "Token not found"), 1, "não reconhece o código"),
        (message(404, "Token already used"), 1, "já foi usado"),
        (message(404, "User_not_found"), 1, "não encontrou o usuário"),
        (message(404, "canary"), 1, "o código ou o aplicativo"),
        (message(400, "code expired"), 1, "o código expirou"),
        (message(400, "wrong client_secret"), 1, "não é o do aplicativo"),
        (message(400, "redirect_uri"), 1, "URL de retorno"),
        (message(400, "canary"), 1, "sem dizer por quê (status 400)"),
        (response(401, "canary"), 1, "sem dizer por quê (status 401)"),
        (response(302, "canary"), 1, "redirecionamento"),
        (response(500, "canary"), 1, "trocar o código (status 500)"),
        (response(502, "<html>canary"), 1, "trocar o código (status 502)"),
        (message(200, "canary"), 1, "o código foi usado"),
        (
            response(200, "<html>canary"),
            1,
            "não é JSON e não tem um token; o código foi usado",
        ),
        (response(200, "canary"), 1, "não é JSON"),
        (response(200, r#"{"access_token":"canary"#), 1, "código foi usado"),
        (cut.to_owned(), 3, "não se sabe se ele foi usado"),
        (String::new(), 3, "não se sabe se ele foi usado"),
        ("canary nonsense\r\n\r\n".to_owned(), 3, "se ele foi usado"),
    ] {
        let home = home(&service(answer).await).await;
        let ran = login(&home).await;
        ran.ended(code).told(told);
        assert!(!ran.err.contains("canary") && ran.out.is_empty(), "{ran:?}");
        assert!(!home.file().exists());
    }
}

#[tokio::test]
async fn exchange_without_connection_ends_with_3() {
    let home = home(&format!("http://127.0.0.1:{}", free_port().await)).await;
    let ran = login(&home).await;
    ran.ended(3)
        .told("não foi possível enviar")
        .told("não foi possível conectar");
}

#[tokio::test]
async fn exchange_answer_without_name_signs_in() {
    let home = home(&service(response(200, r#"{"access_token":"canary"}"#)).await).await;
    let ran = login(&home).await;
    assert!(ran.ended(0).out.contains("Pronto: login feito."), "{ran:?}");
    assert!(!ran.out.contains("canary"), "{ran:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_during_exchange_stores_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = free_port().await;
    let home = home(&format!("http://{}", listener.local_addr().unwrap())).await;
    let home = home.with("EDUZZ_RETURN_URL", &return_url(port));
    let (login, address) = home.login("").await;
    let target = callback(&address);
    let browser = tokio::spawn(async move { open(port, &target).await });
    // The request arrives and is never answered.
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
async fn full_disk_keeps_the_old_login() {
    let home = home(&service(response(200, r#"{"access_token":"canary-new"}"#)).await).await;
    login(&home).await.ended(0);
    let old = std::fs::read(home.file()).unwrap();

    let ran = paste(home.start_on_full_disk(0, "login --paste")).await;
    ran.ended(2).told("o disco está cheio").told("não foi alterado");
    assert!(!ran.err.contains("canary"), "{ran:?}");
    assert_eq!(std::fs::read(home.file()).unwrap(), old);
    let folder = home.file().parent().unwrap().to_owned();
    assert_eq!(
        std::fs::read_dir(folder).unwrap().count(),
        2,
        "the login and its lock"
    );
}
