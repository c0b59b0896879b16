//! The consent flow: its pages, its errors, and the way back.

use axum::body::Body;
use eduzz_sandbox::DEFAULT_RETURN_URL;
use http::Request;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};

use crate::browser::{ACCOUNT, ANSWER, Browser, but, valid};

#[tokio::test]
async fn consent_page_shows_app_account_and_scopes() {
    let mut browser = Browser::new();
    let (app, owner) = (browser.live(), browser.owner());
    let mut page = browser.sign_in(&app, &owner, Some("s")).await.is(200);
    let words = ["Ver as suas vendas", "Autorizar", "Cancelar", "Trocar de conta"].map(str::to_owned);
    for shown in [&app.name, &owner.name, &owner.email]
        .into_iter()
        .chain(&app.scopes)
        .chain(&words)
    {
        page = page.says(shown);
    }
}

#[tokio::test]
async fn approved_sign_in_answers_with_the_redirect_at_once() {
    let mut browser = Browser::with(|config| config.sign_in.approved = true);
    let (live, trial) = (browser.live(), browser.trial());
    let (owner, developer) = (browser.owner(), browser.developer());
    let mut account_of = async |app: &eduzz_sandbox::AppConfig, named: Option<&str>| {
        let fields = valid(app);
        let named = named.map(|name| ("account", name));
        let fields: Vec<(&str, &str)> = fields
            .into_iter()
            .chain([("state", "s&=1")])
            .chain(named)
            .collect();
        let back = browser.authorize(&fields).await.is(303);
        assert!(back.location().starts_with(DEFAULT_RETURN_URL));
        assert_eq!(back.returned("state").as_deref(), Some("s&=1"));
        let code = back.returned("code").unwrap();
        let exchange = crate::browser::json(&crate::browser::exchange_fields(app, &code));
        let token = browser
            .exchange(Some(crate::browser::JSON), exchange)
            .await
            .is(200)
            .json();
        let token = token["access_token"].as_str().unwrap().to_owned();
        browser.me(&token).await.is(200).json()["id"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(account_of(&live, None).await, owner.account_id);
    let email = developer.email.to_uppercase();
    assert_eq!(account_of(&live, Some(&email)).await, developer.account_id);
    assert_eq!(
        account_of(&trial, Some(&developer.account_id)).await,
        developer.account_id
    );

    let mut stranger = valid(&trial).to_vec();
    let id = browser.stranger().account_id;
    stranger.push(("account", &id));
    browser.authorize(&stranger).await.is(403);
    stranger.pop();
    stranger.push(("account", "nobody@example.com"));
    browser.authorize(&stranger).await.is(400);
    // Other errors are those of the pages.
    browser
        .authorize(&but(&valid(&live), "redirectTo", "http://127.0.0.1:1/"))
        .await
        .is(400);
}

#[tokio::test]
async fn every_page_has_security_headers_and_the_sandbox_mark() {
    let mut browser = Browser::new();
    let (app, owner) = (browser.live(), browser.owner());
    for page in [
        browser.get("/oauth/authorize").await,
        browser.post(ANSWER, &[]).await,
        browser.authorize(&valid(&app)).await,
        browser.sign_in(&app, &owner, None).await,
    ] {
        assert_eq!(page.headers[CACHE_CONTROL], "no-store");
        assert_eq!(page.headers[REFERRER_POLICY], "no-referrer");
        assert_eq!(page.headers[X_CONTENT_TYPE_OPTIONS], "nosniff");
        let policy = page.headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
        for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!page.body.contains("<script"));
        let page = page.says("<html lang=\"pt-BR\">").says("name=\"viewport\"");
        page.says("Sandbox local, não é a Eduzz");
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
    let states = "abc-_.~|a b+c&d=e#f?g/%41|çãé “x” \u{1f33f}|<script>\"'|";
    for state in states.split('|') {
        let mut browser = browser.other();
        let page = browser.sign_in(&app, &owner, Some(state)).await;
        let back = browser.answer(&page, "approve").await.is(303);
        let start = format!("{DEFAULT_RETURN_URL}?code=");
        assert!(back.location().starts_with(&start), "{}", back.location());
        assert_eq!(back.returned("state").as_deref(), Some(state));
        let code = back.returned("code").unwrap();
        assert_eq!(code.len(), 43);
        let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        assert!(code.bytes().all(is_safe), "{code}");
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
    let expected = format!("{DEFAULT_RETURN_URL}?error=access_denied&state=s");
    assert_eq!(back.location(), expected);
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
    let page = browser.get("/oauth/authorize").await.is(400);
    page.says(all).says("responseType=code");

    let incomplete = but(&valid(&app), "redirectTo", "");
    let page = browser.authorize(&incomplete).await.is(400);
    assert!(!page.body.contains(all));
    page.says("Faltam parâmetros").says("a URL de retorno cadastrada");

    // Q3
    let [client, response_type, _] = valid(&app);
    let other_name = [client, response_type, ("redirect_uri", DEFAULT_RETURN_URL)];
    let page = browser.authorize(&other_name).await.is(400);
    page.says("Foi enviado <code>redirect_uri</code>");
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
    let unknown = but(&valid(&app), "client_id", "0b54e2c6");
    let page = browser.authorize(&unknown).await;
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
        let page = browser.authorize(&but(&valid(&app), "redirectTo", url)).await;
        assert!(!page.headers.contains_key("location"), "{url}");
        let page = page.is(400).says("URL de retorno não cadastrada");
        page.says(DEFAULT_RETURN_URL);
    }
}

#[tokio::test]
async fn application_in_development_admits_its_makers_only() {
    let browser = Browser::new();
    let app = browser.trial();
    for person in [browser.owner(), browser.developer()] {
        let mut browser = browser.other();
        let page = browser.sign_in(&app, &person, None).await.is(200);
        let page = page.says("em desenvolvimento");
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
    browser
        .choose(&page, "")
        .await
        .is(200)
        .says("Quem está entrando?");
}

#[tokio::test]
async fn changed_account_keeps_the_request() {
    let mut browser = Browser::new();
    let (app, stranger) = (browser.live(), browser.stranger());
    let page = browser.sign_in(&app, &browser.owner(), Some("a b")).await;
    let old_cookie = browser.cookie.clone();
    let chooser = browser.choose(&page, "").await.says("Quem está entrando?");
    assert_ne!(browser.cookie, old_cookie);
    let page = browser.choose(&chooser, &stranger.account_id).await;
    let page = page.says(&stranger.email);
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
    let page = browser.authorize(&valid(&app)).await.is(200);
    let page = page.says("quer acessar a sua conta");
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
    let form = |csrf| [("csrf", csrf), ("request", &*request), ("answer", "approve")];

    // Without the token, with a wrong one, with another browser's.
    let mut attacker = browser.other();
    let theirs = attacker
        .sign_in(&app, &browser.stranger(), None)
        .await
        .hidden("csrf");
    for forged in ["", "x", &theirs] {
        let page = browser.post(ANSWER, &form(forged)).await.is(403);
        page.says("Este formulário não é desta página");
        browser.post(ACCOUNT, &form(forged)).await.is(403);
    }
    browser.post(ANSWER, &form("")[1..]).await.is(403);
    // Without the cookie.
    browser.other().post(ANSWER, &form(&csrf)).await.is(403);
    // A request of another browser.
    let page_of_another = attacker.post(ANSWER, &form(&theirs)).await.is(410);
    page_of_another.says("não está mais aberto");
    // No answer, an unknown one, an unknown account.
    let unanswered = browser.post(ANSWER, &form(&csrf)[..2]).await.is(400);
    unanswered.says("Nenhuma resposta");
    browser.answer(&page, "APPROVE").await.is(400);
    browser.press(&page, ACCOUNT, "account", "nobody").await.is(400);
    // After all that the request is still open.
    browser.answer(&page, "approve").await.is(303);
}

#[tokio::test]
async fn answer_without_an_account_is_refused() {
    let mut browser = Browser::new();
    let app = browser.live();
    let chooser = browser.authorize(&valid(&app)).await;
    let page = browser.answer(&chooser, "approve").await.is(400);
    page.says("Nenhuma conta escolhida");
}

#[tokio::test]
async fn return_url_keeps_its_own_query() {
    let url = "https://loja.example.com/volta?canal=1&ação=ver";
    let mut browser = Browser::with(|config| config.apps[0].return_urls = vec![url.to_owned()]);
    let app = browser.live();
    let fields = but(&valid(&app), "redirectTo", url);
    let chooser = browser.authorize(&fields).await.is(200);
    let page = browser.choose(&chooser, &browser.owner().account_id).await;
    let page = page.says("loja.example.com");
    let back = browser.answer(&page, "approve").await.is(303);
    let start = "https://loja.example.com/volta?canal=1&a%C3%A7%C3%A3o=ver&code=";
    assert!(back.location().starts_with(start));
}

#[tokio::test]
async fn first_page_links_to_the_consent_page() {
    let mut browser = Browser::new();
    let request = Request::get("/").header("host", "localhost:4321");
    let page = browser.send(request.body(Body::empty()).unwrap()).await.is(200);
    let page = page.says("EDUZZ_SANDBOX=http://localhost:4321\n");
    let accounts = browser.get("/panel/accounts").await.is(200);
    for person in &browser.config.people {
        let page = &accounts;
        assert!(page.body.contains(&person.email) && page.body.contains(&person.personal_token));
    }
    let (_, rest) = page.body.split_once("href=\"/oauth").expect("a link");
    let link = format!("/oauth{}", rest.split('"').next().unwrap().replace("&amp;", "&"));
    browser.get(&link).await.is(200).says("Quem está entrando?");
}
