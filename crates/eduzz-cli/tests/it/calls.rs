//! `me`, `endpoints`, `call` and `api`: output and exit codes.

use serde_json::json;

use crate::fake_service::{answered, response, service};
use crate::support::{Home, cases, free_port, sandbox};

const CALLS: &[&str] = &["me", "call GetMe", "api GET /accounts/v1/me"];

#[tokio::test]
async fn endpoints_lists_every_known_call() {
    let home = Home::new();
    let told = home.run("endpoints --json").await.ended(0).json();
    for (name, method, path, repeat) in [
        ("GetMe", "GET", "/accounts/v1/me", "safe"),
        ("ExchangeCode", "POST", "/oauth/token", "unsent"),
    ] {
        let expected = json!({"name": name, "method": method, "path": path, "scopes": [], "repeat": repeat});
        assert!(told.as_array().unwrap().contains(&expected), "{name}");
    }
    let table = home.run("endpoints").await;
    assert!(table.ended(0).out.contains("GET /accounts/v1/me"), "{table:?}");
}

#[tokio::test]
async fn call_of_known_endpoint_prints_its_answer() {
    let sandbox = sandbox().await;
    let home = Home::new()
        .at(&sandbox)
        .with("EDUZZ_TOKEN", &sandbox.person().personal_token);
    for name in ["GetMe", "getme", "get_me", "get-me"] {
        let ran = home.run(&format!("call {name}")).await;
        assert_eq!(ran.ended(0).json()["email"], "helena.tavares@example.com");
        assert!(ran.out.starts_with("{\n  \"id\": \""), "{ran:?}");
    }
    let ran = home.run("--json call GetMe").await;
    assert_eq!(ran.ended(0).out.lines().count(), 1);
    let ran = home.run("api get /accounts/v1/me").await;
    assert_eq!(ran.ended(0).json()["name"], "Helena Tavares");
    let ran = home.run("me --json").await;
    assert_eq!(ran.ended(0).json()["id"], sandbox.person().account_id.as_str());
}

#[tokio::test]
async fn call_help_shows_fields_and_an_example_that_works() {
    let sandbox = sandbox().await;
    let home = Home::new()
        .at(&sandbox)
        .with("EDUZZ_TOKEN", &sandbox.person().personal_token);
    let pt = [
        "GET /myeduzz/v1/sales",
        "myeduzz_sales_read",
        "start_date",
        "(obrigatório)",
        "Campos:",
    ];
    for line in [
        "call ListSales --help",
        "call list-sales -h",
        "help call list_sales",
        "--help call ListSales",
    ] {
        let ran = home.run(line).await;
        ran.ended(0).shows(&pt);
        assert!(
            ran.out
                .lines()
                .any(|line| line.contains("status") && line.contains("paid, ")),
            "{ran:?}"
        );
    }
    let ran = home.run("call ListSales --help --lang en").await;
    ran.ended(0).shows(&["Fields:", "(required)", "Example"]);
    for call in ["ListSales", "GetMe", "ListProducts"] {
        let help = home.run(&format!("call {call} --help")).await;
        let example = help.out.lines().find_map(|line| line.strip_prefix("  eduzz "));
        home.run(example.unwrap()).await.ended(0);
    }
    home.run("call --help").await.ended(0).shows(&["Uso: eduzz call"]);
    home.run("call Sales --help")
        .await
        .ended(2)
        .told("eduzz endpoints");
    home.run("call ExchangeCode --help")
        .await
        .ended(2)
        .told("eduzz login");
}

#[tokio::test]
async fn missing_fields_are_all_named_and_any_spelling_is_taken() {
    let service = crate::fake_service::FakeService::start(|asked| asked.page_of(&[])).await;
    let home = service.home();
    let ran = home.run("call ListSales --set page=1").await;
    ran.ended(2)
        .told("--set start_date=VALOR --set end_date=VALOR")
        .told("--help");
    let ran = home
        .run("call ListSales --set startDate=2026-01-01 --set END_DATE=2026-01-31")
        .await;
    ran.ended(0);
    service.asked()[0].has_query("startDate=2026-01-01 endDate=2026-01-31");
}

#[tokio::test]
async fn api_answer_prints_exact_digits() {
    let home = answered(response(200, r#"{"b":10.00,"a":[12345678901234567890123]}"#)).await;
    let ran = home.run("api GET /x --query 'a=b c' --query a=d").await;
    assert_eq!(
        ran.ended(0).out,
        "{\n  \"b\": 10.00,\n  \"a\": [\n    12345678901234567890123\n  ]\n}\n"
    );
    let ran = home.run("api POST /x --json --body -").await;
    ran.ended(2);
    let ran = home.run_with("api POST /x --json --body -", b"{\"z\": 1}").await;
    assert_eq!(
        ran.ended(0).out,
        "{\"b\":10.00,\"a\":[12345678901234567890123]}\n"
    );

    let home = home.with("EDUZZ_SANDBOX", &service(response(204, "")).await);
    assert_eq!(home.run("api DELETE /x").await.ended(0).out, "");
    let home = home.with("EDUZZ_SANDBOX", &service(response(200, "a,b\n1,2")).await);
    assert_eq!(home.run("api GET /x").await.ended(0).out, "a,b\n1,2");
    home.run("api GET /x --json").await.ended(1).told("não é JSON");
}

#[tokio::test]
async fn call_without_token_ends_with_4() {
    for args in CALLS {
        let ran = Home::new().run(args).await;
        ran.ended(4).told("eduzz login").told("EDUZZ_TOKEN");
        assert_eq!(ran.out, "");
    }
}

const INVALID: &str = r#"{"code":"canary@example.com","message":"canary","errors":[
    {"field":"startDate","message":"canary"},{"field":"canary@example.com","message":"x"}]}"#;

#[tokio::test]
async fn rejection_shows_status_and_reason_without_body() {
    for (status, body, told) in [
        (401, r#"{"error":"invalid_token"}"#, "o token não é aceito"),
        (403, r#"{"message":"canary scope"}"#, "falta um escopo"),
        (404, r#"{"code":"ERR_NF404","message":"canary"}"#, "ERR_NF404"),
        (400, r#"{"message":"canary"}"#, "malformada"),
        (422, INVALID, "campos recusados: startDate"),
        (409, "canary", ""),
        (418, "canary", ""),
        (302, "canary", "não foi seguido"),
        (500, "<html>canary</html>", "erro no servidor"),
    ] {
        let home = answered(response(status, body)).await;
        for args in CALLS {
            let ran = home.run(args).await;
            ran.ended(1).told(&status.to_string()).told(told);
            assert!(!ran.err.contains("canary") && ran.out.is_empty(), "{ran:?}");
            let ran = home.run(&format!("{args} --show-body")).await;
            assert!(ran.ended(1).err.contains(body), "{ran:?}");
        }
    }
}

#[tokio::test]
async fn rejection_429_shows_seconds_to_wait() {
    // Longer than the client's own limit for a wait.
    let head =
        "HTTP/1.1 429 Too Many\r\nretry-after: 3600\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
    let home = answered(head).await;
    for args in CALLS {
        let ran = home.run(args).await;
        ran.ended(1).told("requisições demais").told("em 3600 s");
    }
}

#[tokio::test]
async fn unreadable_success_shows_place() {
    for (body, told) in [
        ("", "o corpo está vazio"),
        ("<html>canary</html>", "página HTML"),
        ("canary", "não é JSON"),
        (r#"{"id":"canary"#, "termina no meio"),
        (r#"{"id":{"canary":1}}"#, "em /id"),
        (r#"{"name":"canary"}"#, "falta o campo `id`"),
    ] {
        let home = answered(response(200, body)).await;
        let ran = home.run("me").await;
        ran.ended(1).told("GET /accounts/v1/me").told(told);
        assert!(!ran.err.contains("canary"), "{ran:?}");
    }
}

#[tokio::test]
async fn network_failure_ends_with_3() {
    let gone = format!("http://127.0.0.1:{}", free_port().await);
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\":\"canary";
    for (url, told) in [
        (gone, "não foi possível conectar"),
        (service(cut).await, "caiu antes"),
        (service("").await, "caiu antes"),
        (service("canary nonsense\r\n\r\n").await, "não é HTTP"),
    ] {
        let home = Home::new()
            .with("EDUZZ_SANDBOX", &url)
            .with("EDUZZ_TOKEN", "invented");
        for args in ["me", "api POST /x", "me --lang en"] {
            let ran = home.run(args).await;
            ran.ended(3);
            assert!(args.contains("en") || ran.err.contains(told), "{told}: {ran:?}");
            assert!(!ran.err.contains("canary"), "{ran:?}");
        }
    }
}

#[tokio::test]
async fn control_characters_of_a_name_are_not_printed() {
    let me = r#"{"id":"x","name":"a\u001b[31mb\u009bc\nd","email":null}"#;
    let ran = answered(response(200, me)).await.run("me").await;
    let is_plain = |c: char| c == '\n' || !c.is_control();
    assert!(ran.ended(0).out.chars().all(is_plain), "{ran:?}");
    assert_eq!(ran.out.lines().count(), 3, "{ran:?}");
}

#[tokio::test]
async fn invalid_call_is_refused_before_sending() {
    let home = Home::new()
        .with("EDUZZ_SANDBOX", "http://127.0.0.1:9")
        .with("EDUZZ_TOKEN", "invented");
    for [words, told] in cases(
        "BulkCancelSubscriptions --set 'subscriptions=[]' --set cancel_reason=x => `subscriptions` está vazio
        ListSales --set start_date=2026-02-30 --set end_date=2026-03-01 => a data de `startDate` não existe
        ListSales --set start_date=2026-03-02 --set end_date=2026-03-01 => antes do primeiro",
    ) {
        let ran = home.run(&format!("call {words}")).await;
        ran.ended(2).told(told);
    }
}
