//! The consent flow: its pages, its errors, and the way back.

use axum::body::Body;
use eduzz_sandbox::DEFAULT_RETURN_URL;
use http::Request;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};

use crate::browser::{Browser, but, valid};

#[tokio::test]
async fn consent_page_shows_app_account_and_scopes() {
    let mut browser = Browser::new();
    let (app, owner) = (browser.live(), browser.owner());
    let page = browser.sign_in(&app, &owner, Some("s")).await.is(200);
    for shown in [&app.name, &owner.name, &owner.email] {
        assert!(page.body.contains(shown.as_str()), "{shown}");
    }
    for scope in &app.scopes {
        assert!(page.body.contains(scope.as_str()), "{scope}");
    }
    page.says("Ver as suas vendas")
        .says("Autorizar")
        .says("Cancelar")
        .says("Trocar de conta");
}

#[tokio::test]
async fn every_page_has_security_headers_and_the_sandbox_mark() {
    let mut browser = Browser::new();
    let (app, owner) = (browser.live(), browser.owner());
    let mut pages = vec![
        browser.get("/").await,
        browser.get("/oauth/authorize").await,
        browser.post("/oauth/authorize/answer", &[]).await,
    ];
    pages.push(browser.authorize(&valid(&app)).await);
    pages.push(browser.sign_in(&app, &owner, None).await);
    for page in pages {
        assert_eq!(page.headers[CACHE_CONTROL], "no-store");
        assert_eq!(page.headers[REFERRER_POLICY], "no-referrer");
        assert_eq!(page.headers[X_CONTENT_TYPE_OPTIONS], "nosniff");
        let policy = page.headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
        for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!page.body.contains("<script"));
        page.says("<html lang=\"pt-BR\">")
            .says("name=\"viewport\"")
            .says("Sandbox local, não é a Eduzz");
    }
    let style = browser.get("/sandbox.css").await.is(200);
    assert_eq!(style.headers[CONTENT_TYPE], "text/css; charset=utf-8");
    let icon = browser.get("/sandbox.svg").await.is(200);
    assert_eq!(icon.headers[CONTENT_TYPE], "image/svg+xml");
}

#[tokio::test]
async fn approval_returns_a_code_and_the_unchanged_state() {
    let browser = Browser::new();
    let (app, owner) = (browser.live(), browser.owner());
    for state in [
        "abc-_.~",
        "a b+c&d=e#f?g/%41",
        "çãé “x” \u{1f33f}",
        "<script>\"'",
        "",
    ] {
        let mut browser = browser.other();
        let page = browser.sign_in(&app, &owner, Some(state)).await;
        let back = browser.answer(&page, "approve").await.is(303);
        assert!(
            back.location()
                .starts_with(&format!("{DEFAULT_RETURN_URL}?code=")),
            "{}",
            back.location()
        );
        assert_eq!(back.returned("state").as_deref(), Some(state));
        let code = back.returned("code").unwrap();
        assert_eq!(code.len(), 43);
        assert!(
            code.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)),
            "{code}"
        );
        assert_eq!(back.returned("error"), None);
    }
}

// Q1
#[tokio::test]
async fn missing_state_returns_as_undefined() {
    for (answer, other) in [("approve", "code"), ("refuse", "error")] {
        let mut browser = Browser::new();
        let (app, owner) = (browser.live(), browser.owner());
        let page = browser.sign_in(&app, &owner, None).await;
        let back = browser.answer(&page, answer).await.is(303);
        assert_eq!(back.returned("state").as_deref(), Some("undefined"));
        assert!(back.returned(other).is_some());
    }
}

#[tokio::test]
async fn refusal_returns_the_error_and_the_state_without_a_code() {
    let mut browser = Browser::new();
    let (app, owner) = (browser.live(), browser.owner());
    let page = browser.sign_in(&app, &owner, Some("s")).await;
    let back = browser.answer(&page, "refuse").await.is(303);
    assert_eq!(
        back.location(),
        format!("{DEFAULT_RETURN_URL}?error=access_denied&state=s")
    );
    browser.answer(&page, "approve").await.is(409);
}

// Q2
#[tokio::test]
async fn response_type_is_read_in_either_spelling() {
    let browser = Browser::new();
    let app = browser.live();
    let [client, _, back] = valid(&app);
    let (snake, camel) = (("response_type", "code"), ("responseType", "code"));
    for fields in [
        vec![client, snake, back],
        vec![client, camel, back],
        vec![client, snake, camel, back],
    ] {
        browser.other().authorize(&fields).await.is(200);
    }
    for fields in [
        vec![client, ("response_type", "token"), back],
        vec![client, ("responseType", "CODE"), back],
        vec![client, snake, ("responseType", "token"), back],
    ] {
        let page = browser.other().authorize(&fields).await.is(400);
        page.says("Este tipo de resposta não existe");
    }
}

#[tokio::test]
async fn missing_parameters_are_named() {
    let mut browser = Browser::new();
    let app = browser.live();
    let all = "client_id</code>, o id";
    browser
        .get("/oauth/authorize")
        .await
        .is(400)
        .says(all)
        .says("responseType=code");

    let page = browser
        .authorize(&but(&valid(&app), "redirectTo", ""))
        .await
        .is(400);
    assert!(!page.body.contains(all));
    page.says("Faltam parâmetros").says("a URL de retorno cadastrada");

    // Q3
    let [client, response_type, _] = valid(&app);
    let page = browser
        .authorize(&[client, response_type, ("redirect_uri", DEFAULT_RETURN_URL)])
        .await;
    page.is(400).says("Foi enviado <code>redirect_uri</code>");
}

#[tokio::test]
async fn repeated_parameter_is_refused() {
    let mut browser = Browser::new();
    let app = browser.live();
    for repeated in ["client_id", "responseType", "redirectTo", "state"] {
        let mut fields = valid(&app).to_vec();
        fields.push(("state", "s"));
        fields.push((repeated, "code"));
        let page = browser.authorize(&fields).await.is(400);
        page.says("Há um parâmetro repetido").says(repeated);
    }
    let mut fields = valid(&app).to_vec();
    fields.extend([("scope", "a"), ("scope", "b")]);
    browser.authorize(&fields).await.is(200);
}

#[tokio::test]
async fn unknown_application_is_not_found() {
    let mut browser = Browser::new();
    let app = browser.live();
    let page = browser
        .authorize(&but(&valid(&app), "client_id", "0b54e2c6"))
        .await;
    page.is(404).says("Aplicativo não encontrado").says("0b54e2c6");
}

#[tokio::test]
async fn unregistered_return_url_is_shown_and_never_followed() {
    let mut browser = Browser::new();
    let app = browser.live();
    for url in [
        "https://example.com/retorno",
        "http://127.0.0.1:8485/retorno",
        "http://127.0.0.1:8484/retorno/",
        "http://127.0.0.1:8484/Retorno",
        "http://127.0.0.1:8484/retorno?a=b",
        "http://localhost:8484/retorno",
        "http://127.0.0.1:8484/retorno#",
        " http://127.0.0.1:8484/retorno",
    ] {
        let page = browser
            .authorize(&but(&valid(&app), "redirectTo", url))
            .await
            .is(400);
        assert!(!page.headers.contains_key("location"), "{url}");
        page.says("URL de retorno não cadastrada")
            .says(DEFAULT_RETURN_URL);
    }
}

#[tokio::test]
async fn application_in_development_admits_its_makers_only() {
    let browser = Browser::new();
    let app = browser.trial();
    for person in [browser.owner(), browser.developer()] {
        let mut browser = browser.other();
        let page = browser
            .sign_in(&app, &person, None)
            .await
            .is(200)
            .says("em desenvolvimento");
        browser.answer(&page, "approve").await.is(303);
    }
    let mut browser = browser.other();
    let page = browser.sign_in(&app, &browser.stranger(), None).await.is(403);
    assert!(!page.body.contains("Autorizar<"));
    let page = page
        .says("ainda não está aberto para esta conta")
        .says("Trocar de conta");
    // Not by leaving the page out, either.
    let forced = browser.answer(&page, "approve").await.is(403);
    assert!(!forced.headers.contains_key("location"));
    // And the way out works.
    let chooser = browser
        .press(&page, "/oauth/authorize/account", "account", "")
        .await;
    let chooser = browser.get(chooser.location()).await.is(200);
    chooser.says("Quem está entrando?");
}

#[tokio::test]
async fn changed_account_keeps_the_request() {
    let mut browser = Browser::new();
    let (app, stranger) = (browser.live(), browser.stranger());
    let page = browser.sign_in(&app, &browser.owner(), Some("a b")).await;
    let old_cookie = browser.cookie.clone();
    let again = browser
        .press(&page, "/oauth/authorize/account", "account", "")
        .await
        .is(303);
    assert_ne!(browser.cookie, old_cookie);
    let chooser = browser.get(again.location()).await.says("Quem está entrando?");
    let again = browser
        .press(
            &chooser,
            "/oauth/authorize/account",
            "account",
            &stranger.account_id,
        )
        .await;
    let page = browser.get(again.location()).await.says(&stranger.email);
    let back = browser.answer(&page, "approve").await;
    assert_eq!(back.returned("state").as_deref(), Some("a b"));

    // The session of before the change is worth nothing.
    browser.cookie = old_cookie;
    browser.authorize(&valid(&app)).await.says("Quem está entrando?");
}

#[tokio::test]
async fn signed_in_browser_skips_the_account_chooser() {
    let mut browser = Browser::new();
    let app = browser.live();
    browser.sign_in(&app, &browser.owner(), None).await;
    let page = browser
        .authorize(&valid(&app))
        .await
        .is(200)
        .says("quer acessar a sua conta");
    assert!(!page.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn second_answer_to_a_request_is_refused() {
    let mut browser = Browser::new();
    let app = browser.live();
    let page = browser.sign_in(&app, &browser.owner(), None).await;
    browser.answer(&page, "approve").await.is(303);
    for answer in ["approve", "refuse"] {
        let page = browser.answer(&page, answer).await.is(409);
        assert!(!page.headers.contains_key("location"));
        page.says("Este pedido já foi respondido");
    }
}

#[tokio::test]
async fn forged_form_does_nothing() {
    let mut browser = Browser::new();
    let app = browser.live();
    let page = browser.sign_in(&app, &browser.owner(), None).await;
    let (csrf, request) = (page.hidden("csrf"), page.hidden("request"));
    let answer = "/oauth/authorize/answer";

    // Without the token, with a wrong one, with another browser's.
    let mut attacker = browser.other();
    let theirs = attacker.sign_in(&app, &browser.stranger(), None).await;
    for forged in ["", "x", &theirs.hidden("csrf")] {
        let fields = [
            ("csrf", forged),
            ("request", request.as_str()),
            ("answer", "approve"),
        ];
        browser
            .post(answer, &fields)
            .await
            .is(403)
            .says("Este formulário não é desta página");
        browser.post("/oauth/authorize/account", &fields).await.is(403);
    }
    browser
        .post(answer, &[("request", &request), ("answer", "approve")])
        .await
        .is(403);
    // Without the cookie.
    let fields = [
        ("csrf", csrf.as_str()),
        ("request", request.as_str()),
        ("answer", "approve"),
    ];
    browser.other().post(answer, &fields).await.is(403);
    // A request of another browser.
    attacker
        .post(
            answer,
            &[
                ("csrf", &theirs.hidden("csrf")),
                ("request", &request),
                ("answer", "approve"),
            ],
        )
        .await
        .is(410)
        .says("não está mais aberto");
    // No answer, an unknown one, an unknown account.
    browser
        .post(answer, &fields[..2])
        .await
        .is(400)
        .says("Nenhuma resposta");
    browser.answer(&page, "APPROVE").await.is(400);
    browser
        .press(&page, "/oauth/authorize/account", "account", "nobody")
        .await
        .is(400);
    // After all that the request is still open.
    browser.answer(&page, "approve").await.is(303);
}

#[tokio::test]
async fn answer_without_an_account_is_refused() {
    let mut browser = Browser::new();
    let app = browser.live();
    let chooser = browser.authorize(&valid(&app)).await;
    browser
        .answer(&chooser, "approve")
        .await
        .is(400)
        .says("Ninguém entrou");
}

#[tokio::test]
async fn return_url_keeps_its_own_query() {
    let url = "https://loja.example.com/volta?canal=1&ação=ver";
    let mut browser = Browser::with(|config| config.apps[0].return_urls = vec![url.to_owned()]);
    let app = browser.live();
    let chooser = browser
        .authorize(&but(&valid(&app), "redirectTo", url))
        .await
        .is(200);
    let account = browser.owner().account_id;
    let again = browser
        .press(&chooser, "/oauth/authorize/account", "account", &account)
        .await;
    let page = browser.get(again.location()).await.says("loja.example.com");
    let back = browser.answer(&page, "approve").await.is(303);
    assert!(
        back.location()
            .starts_with("https://loja.example.com/volta?canal=1&a%C3%A7%C3%A3o=ver&code=")
    );
}

#[tokio::test]
async fn first_page_links_to_the_consent_page() {
    let mut browser = Browser::new();
    let request = Request::get("/")
        .header("host", "localhost:4321")
        .body(Body::empty())
        .unwrap();
    let page = browser
        .send(request)
        .await
        .is(200)
        .says("EDUZZ_SANDBOX=http://localhost:4321\n");
    for person in &browser.config.people {
        assert!(page.body.contains(&person.email) && page.body.contains(&person.personal_token));
    }
    let (_, rest) = page.body.split_once("href=\"/oauth").expect("a link");
    let link = format!("/oauth{}", rest.split('"').next().unwrap().replace("&amp;", "&"));
    browser.get(&link).await.is(200).says("Quem está entrando?");
}
