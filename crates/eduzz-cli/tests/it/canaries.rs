//! No output of any command has a secret, or personal data that was not asked for.

use eduzz_sandbox::{Answer, Config, Sandbox};

use crate::fake_service::{FakeService, Reply, answered, response};
use crate::support::{Home, Ran, free_port, open, return_url, target, way_back};

const CLIENT_SECRET: &str = "canary-client-secret-0123456789";
const PERSONAL_TOKEN: &str = "edzpap_canary-personal-token";
const EMAIL: &str = "canary.person@example.com";

struct Seen(Vec<(String, Ran)>);

impl Seen {
    async fn run(&mut self, home: &Home, args: &str, input: &[u8]) {
        for more in ["--lang pt", "--lang en --json"] {
            let args = format!("{args} {more}");
            let ran = home.run_with(&args, input).await;
            self.0.push((args, ran));
        }
    }

    fn hold_none_of(&self, canaries: &[&str]) {
        for (args, ran) in &self.0 {
            let shown = format!("{}{}", ran.out, ran.err);
            for canary in canaries {
                assert!(!shown.contains(canary), "`{canary}` in `{args}`: {shown}");
            }
        }
    }
}

fn between<'a>(text: &'a str, start: &str, end: char) -> &'a str {
    text.split(start).nth(1).unwrap().split(end).next().unwrap()
}

#[tokio::test]
async fn secrets_in_any_output_are_absent() {
    let port = free_port().await;
    let mut config = Config::default();
    config.apps[0].client_secret = CLIENT_SECRET.to_owned();
    config.apps[0].return_urls.push(return_url(port));
    config.people[0].personal_token = PERSONAL_TOKEN.to_owned();
    config.people[0].email = EMAIL.to_owned();
    let sandbox = Sandbox::start(config).await.unwrap();
    let mut home = Home::new()
        .at(&sandbox)
        .with("EDUZZ_RETURN_URL", &return_url(port));
    let mut seen = Seen(Vec::new());

    let (login, url) = home.login("").await;
    let returned = way_back(&sandbox, &url, Answer::Approve).await;
    let code = between(&returned, "code=", '&').to_owned();
    open(port, target(&returned, port)).await;
    open(port, "/retorno/fim").await;
    let login = login.ended().await;
    login.ended(0);
    assert!(!format!("{login:?}").contains(EMAIL), "{login:?}");
    seen.0.push(("login".to_owned(), login));
    let stored = std::fs::read_to_string(home.file()).unwrap();
    let token = between(&stored, "\"access_token\": \"", '"');

    for args in [
        "me",
        "call GetMe",
        "call GetMe --all",
        "api GET /accounts/v1/me",
        "api GET /nothing --show-body",
        "endpoints",
        "login --no-browser --paste",
        "login --no-browser --return-url https://x.example.com/",
        "check response 'GET /nothing'",
    ] {
        seen.run(&home, args, b"x").await;
    }
    home.set("EDUZZ_TOKEN", PERSONAL_TOKEN);
    for args in ["me", "api GET /accounts/v1/me", "api POST /x --show-body"] {
        seen.run(&home, args, b"").await;
    }
    home.set("EDUZZ_TOKEN", "edzpap_canary-personal-token with blanks");
    seen.run(&home, "me", b"").await;
    home.unset("EDUZZ_TOKEN");
    std::fs::write(home.file(), stored.replace("\"version\"", "\"other\"")).unwrap();
    seen.run(&home, "me", b"").await;
    std::fs::write(home.file(), stored.replace("http://", "x://")).unwrap();
    seen.run(&home, "me", b"").await;
    seen.run(&home, "logout", b"").await;

    seen.hold_none_of(&[CLIENT_SECRET, PERSONAL_TOKEN, token, &code]);
}

#[tokio::test]
async fn personal_data_in_any_error_is_absent() {
    let mut seen = Seen(Vec::new());
    for (status, body) in [
        (200, r#"{"id":{"a":"EMAIL"},"email":"EMAIL"}"#),
        (200, "EMAIL"),
        (400, r#"{"message":"EMAIL","code":"EMAIL"}"#),
        (401, r#"{"error":"EMAIL","error_description":"EMAIL"}"#),
        (403, r#"{"message":"scope EMAIL"}"#),
        (
            422,
            r#"{"errors":[{"field":"EMAIL","message":"EMAIL","data":"EMAIL"}]}"#,
        ),
        // Not 500, after which a `GET` is retried.
        (501, "<html>EMAIL</html>"),
    ] {
        let body = body.replace("EMAIL", EMAIL);
        let home = answered(response(status, &body)).await;
        for args in [
            "me",
            "call GetMe",
            &format!("sales list --buyer {EMAIL}"),
            &format!("sales list --buyer {EMAIL} --all"),
            &format!("customers show {EMAIL}"),
            "call ListCustomers --all",
            &format!("api POST /x/{}", EMAIL.replace('@', "%40")),
        ] {
            seen.run(&home, args, b"").await;
        }
    }
    // Unreadable rows are reported by their place.
    let row = format!(r#"{{"id":"1","status":"paid","total":{{"{EMAIL}":"{EMAIL}"}}}}"#);
    let page = format!(r#"{{"pages":1,"page":1,"itemsPerPage":100,"totalItems":1,"items":[{row}]}}"#);
    let service = FakeService::start(move |_| Reply::Bytes(response(200, &page))).await;
    for args in [
        "sales list",
        "sales list --all --format csv",
        &format!("sales list --all --format csv --strict --buyer {EMAIL}"),
    ] {
        for lang in ["pt", "en"] {
            let ran = service.home().run(&format!("{args} --lang {lang}")).await;
            assert!(ran.err.contains("/total"), "{ran:?}");
            seen.0.push((args.to_owned(), ran));
        }
    }
    seen.0
        .retain(|(args, ran)| !(args.starts_with("api") && ran.code == Some(0)));
    seen.hold_none_of(&[EMAIL, "canary.person"]);
}

/// A tax number or a telephone number has no `@` and is personal data all the same.
#[tokio::test]
async fn rejection_with_personal_numbers_shows_none() {
    let body = r#"{"code":"123.456.789-09","errors":[{"field":"11987654321"},{"field":"buyer.name"}]}"#;
    let home = answered(response(422, body)).await;
    let ran = home.run("me").await;
    ran.ended(1).told("buyer.name");
    assert!(!ran.err.contains("456") && !ran.err.contains("98765"), "{ran:?}");
}
