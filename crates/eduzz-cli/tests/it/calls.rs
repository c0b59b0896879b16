//! `me`, `endpoints`, `call` and `api`: what they print, and how they end.

use crate::support::{Home, response, sandbox, service};

const CALLS: &[&[&str]] = &[&["me"], &["call", "GetMe"], &["api", "GET", "/accounts/v1/me"]];

#[tokio::test]
async fn endpoints_lists_what_the_sdk_knows() {
    let home = Home::new();
    let told = home.run(&["endpoints", "--json"]).await.ended(0).json();
    let known = |name: &str| {
        told.as_array()
            .unwrap()
            .iter()
            .find(|call| call["name"] == name)
            .unwrap()
            .clone()
    };
    assert_eq!(
        known("GetMe"),
        serde_json::json!({"name": "GetMe", "method": "GET", "path": "/accounts/v1/me", "scopes": [], "repeat": "safe"})
    );
    assert_eq!(
        known("ExchangeCode"),
        serde_json::json!({"name": "ExchangeCode", "method": "POST", "path": "/oauth/token", "scopes": [], "repeat": "once"})
    );
    let table = home.run(&["endpoints"]).await;
    assert!(table.ended(0).out.contains("GET /accounts/v1/me"), "{table:?}");
}

#[tokio::test]
async fn a_call_prints_what_it_answers() {
    let sandbox = sandbox().await;
    let home = Home::new()
        .at(&sandbox)
        .with("EDUZZ_TOKEN", &sandbox.person().personal_token);
    for name in ["GetMe", "getme", "get_me", "get-me"] {
        let ran = home.run(&["call", name]).await;
        assert_eq!(ran.ended(0).json()["email"], "helena.tavares@example.com");
        assert!(ran.out.starts_with("{\n  \"id\": \""), "{ran:?}");
    }
    let ran = home.run(&["--json", "call", "GetMe"]).await;
    assert_eq!(ran.ended(0).out.lines().count(), 1);
    let ran = home.run(&["api", "get", "/accounts/v1/me"]).await;
    assert_eq!(ran.ended(0).json()["name"], "Helena Tavares");
    let ran = home.run(&["me", "--json"]).await;
    assert_eq!(ran.ended(0).json()["id"], sandbox.person().account_id.as_str());
}

#[tokio::test]
async fn an_unmodelled_answer_is_printed_digit_by_digit() {
    let url = service(response(200, r#"{"b":10.00,"a":[12345678901234567890123]}"#)).await;
    let home = Home::new()
        .with("EDUZZ_SANDBOX", &url)
        .with("EDUZZ_TOKEN", "invented");
    let ran = home
        .run(&["api", "GET", "/x", "--query", "a=b c", "--query", "a=d"])
        .await;
    assert_eq!(
        ran.ended(0).out,
        "{\n  \"b\": 10.00,\n  \"a\": [\n    12345678901234567890123\n  ]\n}\n"
    );
    let ran = home.run(&["api", "POST", "/x", "--json", "--body", "-"]).await;
    ran.ended(2);
    let ran = home
        .run_with(&["api", "POST", "/x", "--json", "--body", "-"], b"{\"z\": 1}")
        .await;
    assert_eq!(
        ran.ended(0).out,
        "{\"b\":10.00,\"a\":[12345678901234567890123]}\n"
    );

    let home = home.with("EDUZZ_SANDBOX", &service(response(204, "")).await);
    assert_eq!(home.run(&["api", "DELETE", "/x"]).await.ended(0).out, "");
    let home = home.with("EDUZZ_SANDBOX", &service(response(200, "a,b\n1,2")).await);
    assert_eq!(home.run(&["api", "GET", "/x"]).await.ended(0).out, "a,b\n1,2");
    home.run(&["api", "GET", "/x", "--json"])
        .await
        .ended(1)
        .told("não é JSON");
}

#[tokio::test]
async fn without_a_token_nobody_is_signed_in() {
    for args in CALLS {
        let ran = Home::new().run(args).await;
        ran.ended(4).told("eduzz login").told("EDUZZ_TOKEN");
        assert_eq!(ran.out, "");
    }
}

#[tokio::test]
async fn a_rejection_is_told_without_its_words() {
    for (status, body, told) in [
        (
            401,
            r#"{"error":"invalid_token","error_description":"canary"}"#,
            &["401", "o token não é aceito"][..],
        ),
        (
            403,
            r#"{"message":"canary scope"}"#,
            &["403", "falta uma permissão"],
        ),
        (
            404,
            r#"{"message":"canary","code":"ERR_NF404"}"#,
            &["404", "código ERR_NF404"],
        ),
        (400, r#"{"message":"canary"}"#, &["400", "malformada"]),
        (
            422,
            r#"{"code":"canary@example.com","message":"canary","errors":[{"field":"startDate","message":"canary"},
               {"field":"canary@example.com","message":"x"}]}"#,
            &["422", "campos recusados: startDate"],
        ),
        (409, "canary", &["409"]),
        (418, "canary", &["418"]),
        (302, "canary", &["302", "não foi seguido"]),
        (500, "<html>canary</html>", &["500", "a Eduzz falhou"]),
    ] {
        let url = service(response(status, body)).await;
        let home = Home::new()
            .with("EDUZZ_SANDBOX", &url)
            .with("EDUZZ_TOKEN", "invented");
        for args in CALLS {
            let ran = home.run(args).await;
            ran.ended(1);
            for told in told {
                ran.told(told);
            }
            assert!(!ran.err.contains("canary") && ran.out.is_empty(), "{ran:?}");
            let ran = home.run(&[args, &["--show-body"][..]].concat()).await;
            assert!(ran.ended(1).err.contains(body), "{ran:?}");
        }
    }
}

#[tokio::test]
async fn how_long_to_wait_is_told() {
    // Longer than the client waits by itself.
    let head =
        "HTTP/1.1 429 Too Many\r\nretry-after: 3600\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
    let home = Home::new()
        .with("EDUZZ_SANDBOX", &service(head).await)
        .with("EDUZZ_TOKEN", "invented");
    for args in CALLS {
        let ran = home.run(args).await;
        ran.ended(1)
            .told("requisições demais")
            .told("tente de novo em 3600 s");
    }
}

#[tokio::test]
async fn a_success_that_cannot_be_read_is_told_by_its_place() {
    for (body, told) in [
        ("", "o corpo está vazio"),
        ("<html>canary</html>", "página HTML"),
        ("canary", "não é JSON"),
        (r#"{"id":"canary"#, "termina no meio"),
        (r#"{"id":{"canary":1}}"#, "em /id"),
        (r#"{"name":"canary"}"#, "falta o campo `id`"),
    ] {
        let url = service(response(200, body)).await;
        let home = Home::new()
            .with("EDUZZ_SANDBOX", &url)
            .with("EDUZZ_TOKEN", "invented");
        let ran = home.run(&["me"]).await;
        ran.ended(1).told("GET /accounts/v1/me").told(told);
        assert!(!ran.err.contains("canary"), "{ran:?}");
    }
}

#[tokio::test]
async fn a_network_that_fails_is_told() {
    let gone = format!("http://127.0.0.1:{}", crate::support::free_port().await);
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
        for args in [&["me"][..], &["api", "POST", "/x"], &["me", "--lang", "en"]] {
            let ran = home.run(args).await;
            ran.ended(3);
            assert!(args.contains(&"en") || ran.err.contains(told), "{told}: {ran:?}");
            assert!(!ran.err.contains("canary"), "{ran:?}");
        }
    }
}

#[tokio::test]
async fn a_name_does_not_steer_the_terminal() {
    let url = service(response(
        200,
        r#"{"id":"x","name":"a\u001b[31mb\u009bc\nd","email":null}"#,
    ))
    .await;
    let home = Home::new()
        .with("EDUZZ_SANDBOX", &url)
        .with("EDUZZ_TOKEN", "invented");
    let ran = home.run(&["me"]).await;
    assert!(
        ran.ended(0).out.chars().all(|c| c == '\n' || !c.is_control()),
        "{ran:?}"
    );
    assert_eq!(ran.out.lines().count(), 3, "{ran:?}");
}

#[tokio::test]
async fn a_call_that_cannot_be_made_is_told_before_anything_is_sent() {
    let home = Home::new()
        .with("EDUZZ_SANDBOX", "http://127.0.0.1:9")
        .with("EDUZZ_TOKEN", "invented");
    for (words, told) in [
        (
            &[
                "BulkCancelSubscriptions",
                "--set",
                "subscriptions=[]",
                "--set",
                "cancel_reason=x",
            ][..],
            "`subscriptions` está vazio",
        ),
        (
            &[
                "ListSales",
                "--set",
                "start_date=2026-02-30",
                "--set",
                "end_date=2026-03-01",
            ],
            "o dia de `startDate` não existe",
        ),
        (
            &[
                "ListSales",
                "--set",
                "start_date=2026-03-02",
                "--set",
                "end_date=2026-03-01",
            ],
            "antes do primeiro",
        ),
    ] {
        let ran = home.run(&[&["call"], words].concat()).await;
        ran.ended(2).told(told);
    }
}
