//! `eduzz webhook sign`, `verify` and `trigger`.

use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::Key;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::fake_service::{response, service};
use crate::listen::listen;
use crate::support::{Home, cases, free_port};

pub(crate) const SECRET: &str = "edzwgd_canary-webhook-secret";
pub(crate) const PERSON: &str = "canary.person@example.com";

pub(crate) fn home() -> Home {
    Home::new().with("EDUZZ_WEBHOOK_SECRET", SECRET)
}

pub(crate) fn key() -> Key {
    Key::new(&WebhookSecret::new(SECRET)).unwrap()
}

pub(crate) const BODY: &[u8] = br#"{"sentDate":"2026-03-01T12:00:00.000Z","event":"invoice_paid","id":"1nv3nted","data":{"status":"paid","id":7}}"#;

/// The signature of [`BODY`] with another secret.
pub(crate) fn another_signature() -> String {
    let key = Key::new(&WebhookSecret::new("another")).unwrap();
    key.sign(BODY).to_string()
}

#[tokio::test]
async fn sign_signs_the_bytes() {
    let home = home();
    let ran = home.run_with("webhook sign", b"{}").await;
    assert_eq!(ran.ended(0).out.trim_end(), key().sign(b"{}").as_str());
    let more = home.run_with("webhook sign -", b"{}\n").await;
    assert_ne!(more.ended(0).out, ran.out);
    let told = home.run_with("webhook sign --json", b"{}").await.ended(0).json();
    let signature = key().sign(b"{}").to_string();
    assert_eq!(told, json!({ "header": "x-signature", "signature": signature }));
    let file = home.folder().join("body");
    std::fs::write(&file, b"\xff\x00").unwrap();
    let ran = home.run(&format!("webhook sign {}", file.display())).await;
    assert_eq!(ran.ended(0).out.trim_end(), key().sign(b"\xff\x00").as_str());
}

#[tokio::test]
async fn verify_accepts_every_spelling_of_a_signature() {
    let home = home();
    let signature = key().sign(BODY).to_string();
    for signature in [
        signature.clone(),
        signature.to_uppercase(),
        format!("sha256={signature}"),
        format!(" {signature} "),
    ] {
        let line = format!("webhook verify --signature '{signature}'");
        let ran = home.run_with(&line, BODY).await;
        ran.ended(0);
        ran.shows(&[
            "autêntica: myeduzz.invoice_paid",
            "1nv3nted",
            "01/03/2026 09:00",
            "o SDK entende",
        ]);
    }
    let wrong = br#"{"event":"myeduzz.invoice_paid","data":{"id":{"canary.person@example.com":1}}}"#;
    for (body, reading) in [
        (BODY, "known"),
        (br#"{"id":"1","event":"myeduzz.new_thing","data":{}}"#, "unknown"),
        (wrong, "unusable"),
        (b"canary.person@example.com", "unusable"),
        (b"", "unusable"),
    ] {
        let signature = key().sign(body).to_string();
        let args = format!("webhook verify --signature '{signature}'");
        for lang in ["pt", "en"] {
            let ran = home.run_with(&format!("{args} --lang {lang}"), body).await;
            assert!(!ran.ended(0).out.contains(PERSON), "{ran:?}");
        }
        let told = home.run_with(&format!("{args} --json"), body).await;
        let told = told.ended(0).json();
        assert_eq!(
            (&told["genuine"], &told["reading"]),
            (&json!(true), &json!(reading))
        );
    }
}

#[tokio::test]
async fn verify_of_forged_delivery_ends_with_1() {
    let home = home();
    let signature = key().sign(BODY).to_string();
    let other = another_signature();
    let trimmed = [BODY, b"\r\n"].concat();
    let marked = [b"\xef\xbb\xbf", BODY].concat();
    let changed = [BODY, b" {}"].concat();
    let long = "a".repeat(100_000);
    for (body, signature, why, told) in [
        (BODY, "", "unsigned", "não tem assinatura"),
        (BODY, &signature[1..], "malformed", "64 dígitos"),
        (BODY, &format!("{signature}0"), "malformed", "64 dígitos"),
        (
            BODY,
            &signature.replace(['0', '1', '2', '3'], "x"),
            "malformed",
            "64 dígitos",
        ),
        (BODY, &long, "malformed", "64 dígitos"),
        (BODY, &other, "other_key", "outro segredo"),
        (&changed, &signature, "other_key", "outro segredo"),
        (&trimmed, &signature, "other_key", "quebra de linha"),
        (&marked, &signature, "other_key", "quebra de linha"),
    ] {
        let args = format!("webhook verify --signature '{signature}'");
        let ran = home.run_with(&args, body).await;
        ran.ended(1).told(told);
        assert_eq!(ran.out, "");
        let ran = home.run_with(&format!("{args} --json"), body).await;
        assert_eq!(ran.ended(1).json(), json!({ "genuine": false, "why": why }));
        assert_eq!(ran.err, "");
    }
}

#[tokio::test]
async fn webhook_secret_from_the_environment_is_never_printed() {
    let home = home();
    let signature = key().sign(BODY).to_string();
    for args in [
        "webhook sign",
        &format!("webhook verify --signature '{signature}'"),
        "webhook verify --signature 0",
        "webhook trigger ping --to http://127.0.0.1:1/",
        &format!("webhook sign {SECRET}"),
        &format!("webhook sign --secret {SECRET}"),
    ] {
        let ran = home.run_with(args, BODY).await;
        let shown = ran.err.replace(&format!("ler {SECRET}"), "");
        assert!(!ran.out.contains(SECRET) && !shown.contains(SECRET), "{ran:?}");
    }
    for name in ["", "  "] {
        let mut home = Home::new();
        home.set("EDUZZ_WEBHOOK_SECRET", name);
        #[cfg(unix)]
        for args in [
            "webhook sign /dev/null",
            "webhook verify --signature 0 /dev/null",
            "webhook listen --no-subscribe",
            "webhook trigger ping --to http://127.0.0.1:1/",
        ] {
            let ran = home.run_without_terminal(args).await;
            ran.ended(2).told("EDUZZ_WEBHOOK_SECRET");
        }
    }
}

/// A unit test reads the examples of all events.
#[tokio::test]
async fn triggered_events_are_received() {
    let home = home();
    let (mut listening, port) = listen(&home, "--json --show-body").await;
    let url = format!("http://127.0.0.1:{port}/eduzz?token=invented");
    for event in ["myeduzz.invoice_paid", "nutror.lesson_watched"] {
        let line = format!("webhook trigger {event} --to {url} --json");
        let told = home.run(&line).await.ended(0).json();
        assert_eq!((&told["event"], &told["status"]), (&json!(event), &json!(200)));
        let line = listening.json_line_with("{").await;
        assert_eq!(
            (&line["event"], &line["reading"]),
            (&json!(event), &json!("known"))
        );
        assert_eq!((&line["id"], &line["status"]), (&told["id"], &json!(200)));
        assert_eq!(line["sentDate"], line["body"]["sentDate"]);
    }
    let ping = format!("webhook trigger ping --to {url}");
    home.run(&ping).await.ended(0);
    let line = listening.json_line_with("ping").await;
    assert_eq!(line, json!({ "status": 200, "ping": "signed" }));
}

#[tokio::test]
async fn trigger_with_set_changes_the_body() {
    let home = home();
    let (mut listening, port) = listen(&home, "--json --show-body").await;
    let url = format!("http://127.0.0.1:{port}/");
    let args = format!(
        "webhook trigger invoice_paid --to {url} --set /data/status=refunded --set /data/id=12 \
         --set '/data/buyer/name=\"7\"' --set /data/items/0/price/value=0.1 \
         --set '/data/items/-={{\"productId\":9}}' --set '/data/newField=[1]' --set /data/affiliate=null \
         --set /id=the-same"
    );
    let ran = home.run(&args).await;
    let told = "myeduzz.invoice_paid, the-same: o receptor respondeu 200 em ";
    assert!(ran.ended(0).out.starts_with(told), "{ran:?}");
    let line = listening.json_line_with("the-same").await;
    let data = &line["body"]["data"];
    assert_eq!(data["status"], "refunded");
    assert_eq!(data["id"], 12);
    assert_eq!(data["buyer"]["name"], "7");
    assert_eq!(data["items"][0]["price"]["value"], 0.1);
    let items = data["items"].as_array().unwrap();
    assert_eq!(items.last(), Some(&json!({ "productId": 9 })));
    assert_eq!(data["newField"], json!([1]));
    assert_eq!(data["affiliate"], Value::Null);
}

#[tokio::test]
async fn trigger_exit_code_follows_the_answer() {
    let home = home();
    let nobody = format!("http://127.0.0.1:{}/", free_port().await);
    let refusing = service(response(500, r#"{"message":"canary.person@example.com"}"#)).await;
    let cutting = service("").await;
    let moved = service("HTTP/1.1 302 Found\r\nlocation: /x\r\ncontent-length: 0\r\n\r\n").await;
    for (url, code, told) in [
        (&nobody, 3, "nada responde"),
        (&cutting, 3, "a conexão caiu"),
        (&refusing, 1, "(500)"),
        (&moved, 1, "(302)"),
    ] {
        let line = format!("webhook trigger invoice_paid --to {url}");
        let ran = home.run(&line).await;
        ran.ended(code).told(told);
        assert!(!ran.err.contains(PERSON), "{ran:?}");
    }
    let args = format!("webhook trigger invoice_paid --to {refusing}");
    let shown = home.run(&format!("{args} --show-body")).await;
    assert!(shown.ended(1).err.contains(PERSON), "{shown:?}");
    let ran = home.run(&format!("{args} --json")).await;
    assert_eq!(ran.ended(1).json()["status"], 500);
    assert_eq!(ran.err, "");
}

#[tokio::test]
async fn webhook_wrong_usage_ends_with_2() {
    let home = home();
    let ping = "trigger ping --to http://127.0.0.1:1/";
    let table = format!(
        " => falta o comando
        verify /dev/null => --signature
        trigger => <EVENTO>
        trigger ping => --to
        trigger invoice_payed --to http://127.0.0.1:1/ => `invoice_paid`
        trigger x --to http://127.0.0.1:1/ => eduzz webhook events
        trigger ping --to http://example.com/canary => https://
        trigger ping --to https://canary@example.com/ => https://
        trigger ping --to canary => https://
        trigger ping --to ftp://example.com => https://
        {ping} --set canary => ponteiro JSON
        {ping} --set data=canary => ponteiro JSON
        {ping} --set /a/b=canary => `/a/b`
        listen --forward-to http://example.com/ => --forward-to
        listen --port 70000 => `--port
        sign /does/not/exist => não existe"
    );
    for [args, told] in cases(&table) {
        let ran = home.run(&format!("webhook {args}")).await;
        ran.ended(2).told(told);
        assert!(ran.out.is_empty() && !ran.err.contains("canary"), "{ran:?}");
    }
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ran = home.run(&format!("webhook listen --port {port}")).await;
    ran.ended(2).told(&port);
}
