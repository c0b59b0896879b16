//! `eduzz login --paste`.

use eduzz_sandbox::{Answer, Config, Sandbox};

use crate::support::{Home, sandbox, way_back};

#[tokio::test]
async fn pasted_address_signs_in() {
    let mut config = Config::default();
    config.apps[0]
        .return_urls
        .push("https://shop.example.com/eduzz".to_owned());
    let sandbox = Sandbox::start(config).await.unwrap();
    let home = Home::new().at(&sandbox);
    let (mut login, url) = home
        .login("--paste --return-url https://shop.example.com/eduzz")
        .await;
    let returned = way_back(&sandbox, &url, Answer::Approve).await;
    assert!(returned.starts_with("https://shop.example.com/eduzz?code="));
    login.type_in(&format!("  {returned}\r\n")).await;
    let ran = login.ended().await;
    ran.ended(0);
    assert!(ran.out.contains("Helena Tavares"), "{ran:?}");
    home.run("me").await.ended(0);
}

#[tokio::test]
async fn pasted_foreign_address_ends_with_2() {
    for (pasted, code, told) in [
        ("", 2, "nada foi colado"),
        ("\n", 2, "nada foi colado"),
        ("canary\n", 2, "não é o endereço completo"),
        ("http://127.0.0.1:8484/retorno\n", 2, "não é o endereço completo"),
        ("http://127.0.0.1:8484/retorno?code=canary\n", 2, "outro login"),
        (
            "http://127.0.0.1:8484/retorno?code=canary&state=undefined\n",
            2,
            "outro login",
        ),
        (
            "http://127.0.0.1:8484/retorno?code=canary&state=canary\n",
            2,
            "outro login",
        ),
    ] {
        let sandbox = sandbox().await;
        let home = Home::new().at(&sandbox);
        let ran = home.run_with("login --paste", pasted.as_bytes()).await;
        ran.ended(code).told(told);
        assert!(!ran.err.contains("canary") && !home.file().exists(), "{ran:?}");
    }
}

#[tokio::test]
async fn pasted_refusal_ends_with_1() {
    let sandbox = sandbox().await;
    let home = Home::new().at(&sandbox);
    let (mut login, url) = home.login("--paste").await;
    let returned = way_back(&sandbox, &url, Answer::Refuse).await;
    login.type_in(&format!("{returned}\n")).await;
    login.ended().await.ended(1).told("recusada");
    assert!(!home.file().exists());
}

#[tokio::test]
async fn paste_without_input_times_out() {
    let sandbox = sandbox().await;
    let home = Home::new().at(&sandbox);
    let (login, _) = home.login("--paste --timeout 1").await;
    login.ended_by_itself().await.ended(4).told("não voltou a tempo");
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_during_paste_ends_with_130() {
    let sandbox = sandbox().await;
    let home = Home::new().at(&sandbox);
    let (mut login, _) = home.login("--paste").await;
    login.err_line_with("cole aqui").await;
    login.interrupt();
    login.ended_by_itself().await.ended(130).told("interrompido");
    assert!(!home.file().exists());
}
