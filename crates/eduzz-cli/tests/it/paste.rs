//! `eduzz login --paste`.

use eduzz_sandbox::{Answer, Config, Sandbox};

use crate::support::{Home, cases, sandbox, way_back};

#[tokio::test]
async fn pasted_address_signs_in() {
    let mut config = Config::default();
    let shop = "https://shop.example.com/eduzz";
    config.apps[0].return_urls.push(shop.to_owned());
    let sandbox = Sandbox::start(config).await.unwrap();
    let home = Home::new().at(&sandbox);
    let (mut login, url) = home.login(&format!("--paste --return-url {shop}")).await;
    let returned = way_back(&sandbox, &url, Answer::Approve).await;
    assert!(returned.starts_with(&format!("{shop}?code=")));
    login.type_in(&format!("  {returned}\r\n")).await;
    let ran = login.ended().await;
    ran.ended(0);
    assert!(ran.out.contains("Helena Tavares"), "{ran:?}");
    home.run("me").await.ended(0);
}

#[tokio::test]
async fn pasted_foreign_address_ends_with_2() {
    let back = "http://127.0.0.1:8484/retorno";
    let table = format!(
        " => nada foi colado
        canary => não é o endereço completo
        {back} => não é o endereço completo
        {back}?code=canary => cortado
        {back}?code=canary&state= => cortado
        {back}?co => cortado
        http://127.0.0.1:8484/ret => cortado
        {back}?code=canary&state=undefined => outro login
        {back}?code=canary&state=canary => outro login"
    );
    for [pasted, told] in cases(&table) {
        let sandbox = sandbox().await;
        let home = Home::new().at(&sandbox);
        let pasted = format!("{pasted}\n");
        let ran = home.run_with("login --paste", pasted.as_bytes()).await;
        ran.ended(2).told(told);
        assert!(!ran.err.contains("canary") && !home.file().exists(), "{ran:?}");
    }
    // Our state, without its end.
    let sandbox = sandbox().await;
    let home = Home::new().at(&sandbox);
    let (mut login, url) = home.login("--paste").await;
    let returned = way_back(&sandbox, &url, Answer::Approve).await;
    login.type_in(&returned[..returned.len() - 3]).await;
    login.ended().await.ended(2).told("cortado");
    let home = Home::new()
        .with("EDUZZ_CLIENT_ID", "x")
        .with("EDUZZ_CLIENT_SECRET", "x");
    home.run("login --paste").await.ended(2).told("nada foi colado");
}

/// What mail programs, chats and terminals do to an address.
#[tokio::test]
async fn pasted_address_in_wrappers_or_lines_signs_in() {
    let forms: [fn(&str) -> String; 7] = [
        |address| format!("\"{address}\"."),
        |address| format!("<{address}>"),
        |address| format!("({address})"),
        |address| address.replace('&', "&amp;"),
        // In the middle of the state.
        |address| {
            format!(
                "{}\r\n{}",
                &address[..address.len() - 20],
                &address[address.len() - 20..]
            )
        },
        // A cut one, and then the whole.
        |address| format!("{}\n\n{address}", &address[..address.len() - 20]),
        |address| format!("{}\n  {}\n{}", &address[..40], &address[40..70], &address[70..]),
    ];
    for form in forms {
        let sandbox = sandbox().await;
        let home = Home::new().at(&sandbox);
        let (mut login, url) = home.login("--paste").await;
        let returned = way_back(&sandbox, &url, Answer::Approve).await;
        login.type_in(&format!("{}\n", form(&returned))).await;
        let ran = login.ended().await;
        assert!(ran.ended(0).out.contains("Helena Tavares"), "{ran:?}");
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
