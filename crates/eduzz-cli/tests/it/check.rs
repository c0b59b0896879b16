//! `eduzz check`: where the body comes from, and how it ends. Unit tests check every example.

use serde_json::json;

use crate::support::Home;

const BODY: &str = r#"{"id":" 7 ","name":null,"email":"canary-value"}"#;
const ME: &str = "check response 'GET /accounts/v1/me'";

#[tokio::test]
async fn check_reads_a_file_or_the_standard_input() {
    let home = Home::new();
    let file = home.folder().join("body.json");
    let ping = r#"{"id":"1","event":"ping","data":{"message":"ping"}}"#;
    for (command, body, told) in [
        (ME, BODY, "GET /accounts/v1/me, 200: tudo entendido\n"),
        ("check event", ping, "ping: tudo entendido\n"),
    ] {
        std::fs::write(&file, body).unwrap();
        for input in ["", "-", file.to_str().unwrap()] {
            let ran = home
                .run_with(&format!("{command} {input}"), body.as_bytes())
                .await;
            assert_eq!(ran.ended(0).out, told);
        }
    }
}

#[tokio::test]
async fn check_exit_code_follows_the_outcome() {
    let home = Home::new();
    for (more, body, code) in [
        ("", BODY, 0),
        ("", r#"{"id":"7","flag":"canary-value"}"#, 1),
        ("", "canary-value", 2),
        ("--status 404", r#"{"message":"canary-value"}"#, 0),
        ("--status 404", BODY, 1),
    ] {
        let ran = home.run_with(&format!("{ME} {more}"), body.as_bytes()).await;
        ran.ended(code);
        assert_eq!(ran.out.is_empty(), code == 2, "{ran:?}");
        let ran = home
            .run_with(&format!("{ME} {more} --json"), body.as_bytes())
            .await;
        assert_eq!(
            ran.ended(code).out.lines().count(),
            usize::from(code < 2),
            "{ran:?}"
        );
        assert!(code == 2 || ran.json()["whole"] == (code == 0), "{ran:?}");
        assert!(!ran.out.contains("canary-value") && !ran.err.contains("canary-value"));
    }
}

#[tokio::test]
async fn webhook_events_lists_every_known_event() {
    let home = Home::new();
    let page = |name: &&str| {
        let page = format!(
            "https://developers.eduzz.com/reference/webhook/{}",
            name.replace(['.', '_'], "-")
        );
        json!({ "name": name, "page": page })
    };
    let told = home.run("webhook events --json").await.ended(0).json();
    let expected: Vec<_> = eduzz_webhook::EVENTS.iter().map(page).collect();
    assert_eq!(told, json!(expected));
    let ran = home.run("webhook events").await;
    assert_eq!(ran.ended(0).out.lines().count(), expected.len() + 1);
}
