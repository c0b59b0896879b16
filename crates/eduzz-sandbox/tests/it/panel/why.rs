//! Why an answer is as it is, and the lines that repeat a request.

use eduzz_sandbox::{Action, Fault, Pace};
use http::Method;

use super::Panel;
use crate::browser::{JSON, exchange_fields, json};

/// The explanation of the last request, in Portuguese, with its quirks.
async fn why(panel: &Panel) -> String {
    let last = panel.requests(0).await.pop().unwrap();
    format!(
        "{} {}",
        last["why"]["pt"].as_str().unwrap_or("none"),
        last["why"]["quirks"]
    )
}

#[tokio::test]
async fn refused_field_names_field_rule_and_quirk() {
    let panel = Panel::new();
    let path = "/myeduzz/v1/sales?startDate=2026-10-01&endDate=2026-10-31T00:00:00Z";
    panel.call(Method::GET, path, "").await.is(422);
    assert_eq!(
        why(&panel).await,
        "Campo endDate: deve ser um dia, AAAA-MM-DD. [9]"
    );
    let page = panel.get("/panel/requests/1").await.is(200);
    page.says("Por que esta resposta").says("Q9");
    let english = panel.get("/panel/requests/1?lang=en").await.is(200);
    english.says("Field endDate: must be a day, YYYY-MM-DD.");
    let path = "/myeduzz/v1/sales?startDate=2026-10-01&endDate=2026-10-31&status=sold";
    panel.call(Method::GET, path, "").await.is(422);
    assert_eq!(
        why(&panel).await,
        "Campo status: não é um dos valores conhecidos. [15]"
    );
}

#[tokio::test]
async fn refused_token_scope_and_pace_say_why() {
    let panel = Panel::with(|config| {
        config.pace = Some(Pace {
            requests: 1,
            ..Pace::default()
        });
    });
    panel.get("/accounts/v1/me").await.is(401);
    assert!(why(&panel).await.starts_with("Falta o token"));
    let wrong = [("authorization", "Bearer unknown")];
    panel
        .send(Method::GET, "/accounts/v1/me", &wrong, "")
        .await
        .is(401);
    assert!(why(&panel).await.starts_with("Este sandbox não conhece o token"));
    panel.call(Method::GET, "/accounts/v1/me", "").await.is(200);
    assert_eq!(why(&panel).await, "none null");
    panel.call(Method::GET, "/accounts/v1/me", "").await.is(429);
    assert!(
        why(&panel)
            .await
            .starts_with("Limite de 1 requisições a cada 60 s")
    );
    let stranger = format!("Bearer {}", panel.config.people[1].personal_token);
    let stranger = [("authorization", stranger.as_str())];
    panel
        .send(Method::GET, "/myeduzz/v1/products", &stranger, "")
        .await
        .is(403);
    assert!(why(&panel).await.contains("myeduzz_products_read"));
}

#[tokio::test]
async fn fault_is_named_by_its_place_and_text() {
    let faults = vec![
        Fault::cut().after(9),
        Fault::bad_gateway().on("GET /accounts/v1/me"),
    ];
    let panel = Panel::with(|config| config.faults = faults);
    panel.call(Method::GET, "/accounts/v1/me", "").await.is(502);
    let why = why(&panel).await;
    assert!(
        why.starts_with("Falha 2 da lista: 502,on=GET /accounts/v1/me. "),
        "{why}"
    );
}

#[tokio::test]
async fn sign_in_says_why_too() {
    let panel = Panel::new();
    let app = &panel.config.apps[0];
    let fields = json(&exchange_fields(app, "unknown"));
    panel
        .send(Method::POST, "/oauth/token", &[("content-type", JSON)], fields)
        .await
        .is(404);
    assert_eq!(
        why(&panel).await,
        "O código não existe, ou é de outro aplicativo. [4]"
    );
    panel
        .get("/oauth/authorize?client_id=unknown&responseType=code&redirectTo=http://a/")
        .await
        .is(404);
    assert!(why(&panel).await.starts_with("Aplicativo não encontrado"));
}

#[tokio::test]
async fn lines_repeat_the_request_without_the_token() {
    let panel = Panel::new();
    panel
        .call(Method::POST, "/sun/v1/cart?a=it's", r#"{"name": "d'água"}"#)
        .await;
    let page = panel.get("/panel/requests/1").await.is(200);
    let lines = copied(&page.body);
    assert_eq!(
        lines[0],
        r#"curl --request POST 'http://127.0.0.1:8400/sun/v1/cart?a=it'\''s' --header "Authorization: Bearer $EDUZZ_TOKEN" --header 'Content-Type: application/json' --data-raw '{"name": "d'\''água"}'"#
    );
    assert_eq!(
        lines[1],
        r#"printf %s '{"name": "d'\''água"}' | eduzz api POST /sun/v1/cart --query 'a=it'\''s' --body -"#
    );
}

/// The texts that the buttons of a page copy.
fn copied(page: &str) -> Vec<String> {
    let texts = page.split("data-copy=\"").skip(1);
    let texts = texts.map(|rest| rest.split('"').next().unwrap());
    texts
        .map(|text| {
            text.replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
        })
        .collect()
}

#[tokio::test]
async fn return_url_is_registered_and_taken_out() {
    let panel = Panel::new();
    let app = &panel.config.apps[0];
    let url = "http://127.0.0.1:3000/callback";
    let ask = format!(
        "/oauth/authorize?client_id={}&responseType=code&redirectTo={url}&state=s",
        app.client_id
    );
    panel.get(&ask).await.is(400);
    let add = |url: &str| Action::AddReturnUrl {
        id: None,
        url: url.to_owned(),
    };
    panel.control.act(&add(url)).unwrap();
    panel.control.act(&add(url)).unwrap();
    panel.get(&ask).await.is(200).says("Quem está entrando?");
    let known = panel.control.return_urls(&app.client_id).unwrap();
    assert_eq!(known.iter().filter(|known| *known == url).count(), 1);
    for bad in [
        "",
        "callback",
        "http://",
        "http://a b/",
        "://x",
        "1x://y",
        "http://a/\u{202e}",
    ] {
        assert!(panel.control.act(&add(bad)).is_err(), "{bad}");
    }
    let other = Action::AddReturnUrl {
        id: Some("other".to_owned()),
        url: url.to_owned(),
    };
    assert!(panel.control.act(&other).is_err());
    let remove = Action::RemoveReturnUrl {
        id: Some(app.client_id.clone()),
        url: url.to_owned(),
    };
    panel.control.act(&remove).unwrap();
    assert!(panel.control.act(&remove).is_err());
    panel.get(&ask).await.is(400);
}

#[tokio::test]
async fn form_of_faults_makes_the_fault_or_says_why_not() {
    let panel = Panel::new();
    let form = [("content-type", crate::browser::FORM)];
    let post = async |fields: &[(&str, &str)]| {
        let answer = panel
            .send(
                Method::POST,
                "/panel/faults",
                &form,
                crate::browser::encode(fields),
            )
            .await
            .is(303);
        assert_eq!(answer.location(), "/panel/faults");
        let cookie = answer.headers["set-cookie"].to_str().unwrap().to_owned();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        panel
            .send(Method::GET, "/panel/faults", &[("cookie", &cookie)], "")
            .await
            .is(200)
    };
    let page = post(&[
        ("kind", "502"),
        ("when", "3"),
        ("on", "GET /accounts/v1/me"),
        ("times", "2"),
        ("wait", ""),
    ])
    .await;
    let page = page.says("Falha ligada: 502@3,on=GET /accounts/v1/me,times=2");
    // The notice is shown once.
    assert!(page.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    let expected = [Fault::bad_gateway().every(3).on("GET /accounts/v1/me").times(2)];
    assert_eq!(panel.control.faults(), expected);
    for (fields, told) in [
        (&[("kind", "nothing")][..], "Escolha um tipo da lista"),
        (&[("kind", "cut"), ("when", "x")], "Em “Quando”, use um número"),
        (&[("kind", "cut"), ("wait", "5s")], "não aceita “wait=5s”"),
        (&[("kind", "cut"), ("on", "<script>,row=x")], "não aceita “row=x”"),
    ] {
        let page = post(fields).await.says(told);
        assert!(!page.body.contains("<script>"));
    }
    assert_eq!(panel.control.faults(), expected);
}

#[tokio::test]
async fn faults_show_how_often_they_struck() {
    let panel = Panel::with(|config| config.faults = vec![Fault::unauthorized()]);
    panel.call(Method::GET, "/accounts/v1/me", "").await.is(401);
    panel.call(Method::GET, "/accounts/v1/me", "").await.is(401);
    panel
        .get("/panel/faults")
        .await
        .is(200)
        .says("<td class=\"number\">2×</td>");
}
