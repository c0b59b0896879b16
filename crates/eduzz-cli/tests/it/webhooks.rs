//! `eduzz webhook` over real sockets.

use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::{EVENTS, Key};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};

use crate::fake_service::{FakeService, Reply, response, service};
use crate::support::{Home, Response, Running, free_port, sandbox, send};

const SECRET: &str = "edzwgd_canary-webhook-secret";
const PERSON: &str = "canary.person@example.com";

fn home() -> Home {
    Home::new().with("EDUZZ_WEBHOOK_SECRET", SECRET)
}

fn key() -> Key {
    Key::new(&WebhookSecret::new(SECRET)).unwrap()
}

/// A running receiver and its port.
async fn listen(home: &Home, args: &str) -> (Running, u16) {
    let mut running = home.start(&format!("webhook listen {args}"));
    let line = running.err_line_with("http://127.0.0.1:").await;
    let port = line.split("http://127.0.0.1:").nth(1).unwrap();
    let digits: String = port.chars().take_while(char::is_ascii_digit).collect();
    (running, digits.parse().unwrap())
}

/// The bytes of a request with these additional headers.
fn post(body: &[u8], headers: &[(&str, &str)]) -> Vec<u8> {
    let mut head = format!(
        "POST /eduzz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    [head.as_bytes(), b"\r\n", body].concat()
}

async fn deliver(port: u16, body: &[u8], headers: &[(&str, &str)]) -> Response {
    send(port, post(body, headers)).await
}

async fn deliver_signed(port: u16, body: &[u8]) -> Response {
    deliver(port, body, &[("X-Signature", key().sign(body).as_str())]).await
}

const BODY: &[u8] = br#"{"sentDate":"2026-03-01T12:00:00.000Z","event":"invoice_paid","id":"1nv3nted","data":{"status":"paid","id":7}}"#;

#[tokio::test]
async fn sign_signs_the_bytes() {
    let home = home();
    let ran = home.run_with("webhook sign", b"{}").await;
    assert_eq!(ran.ended(0).out.trim_end(), key().sign(b"{}").as_str());
    let more = home.run_with("webhook sign -", b"{}\n").await;
    assert_ne!(more.ended(0).out, ran.out);
    let told = home.run_with("webhook sign --json", b"{}").await.ended(0).json();
    assert_eq!(
        told,
        json!({ "header": "x-signature", "signature": key().sign(b"{}").as_str() })
    );
    let file = home.folder().join("body");
    std::fs::write(&file, b"\xff\x00").unwrap();
    let ran = home
        .run(&format!("webhook sign {}", file.to_str().unwrap()))
        .await;
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
        let ran = home
            .run_with(&format!("webhook verify --signature '{signature}'"), BODY)
            .await;
        ran.ended(0);
        ran.shows(&[
            "autêntica: myeduzz.invoice_paid",
            "1nv3nted",
            "2026-03-01T12:00:00.000Z",
            "o SDK a lê",
        ]);
    }
    for (body, reading) in [
        (
            &br#"{"id":"1","event":"myeduzz.invoice_paid","data":{"id":7,"status":"paid"}}"#[..],
            "known",
        ),
        (br#"{"id":"1","event":"myeduzz.new_thing","data":{}}"#, "unknown"),
        (
            br#"{"id":"1","event":"myeduzz.invoice_paid","data":{"id":{"canary.person@example.com":1}}}"#,
            "unusable",
        ),
        (b"canary.person@example.com", "unusable"),
        (b"", "unusable"),
    ] {
        let signature = key().sign(body).to_string();
        for lang in ["pt", "en"] {
            let args = format!("webhook verify --signature '{signature}' --lang {lang}");
            let ran = home.run_with(&args, body).await;
            assert!(!ran.ended(0).out.contains(PERSON), "{ran:?}");
            let told = home
                .run_with(&format!("{args} --json"), body)
                .await
                .ended(0)
                .json();
            assert_eq!(
                (&told["genuine"], &told["reading"]),
                (&json!(true), &json!(reading))
            );
        }
    }
}

#[tokio::test]
async fn verify_of_forged_delivery_ends_with_1() {
    let home = home();
    let signature = key().sign(BODY).to_string();
    let other = Key::new(&WebhookSecret::new("another"))
        .unwrap()
        .sign(BODY)
        .to_string();
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
            &signature.replace(|c: char| c.is_ascii_digit(), "x"),
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
            "webhook listen",
            "webhook trigger ping --to http://127.0.0.1:1/",
        ] {
            home.run_without_terminal(args)
                .await
                .ended(2)
                .told("EDUZZ_WEBHOOK_SECRET");
        }
    }
}

#[tokio::test]
async fn trigger_of_every_event_is_received() {
    let home = home();
    let (mut listening, port) = listen(&home, "--json --show-body").await;
    let url = format!("http://127.0.0.1:{port}/eduzz?token=invented");
    let mut ids = std::collections::HashSet::new();
    for event in EVENTS {
        let told = home
            .run(&format!("webhook trigger {event} --to {url} --json"))
            .await
            .ended(0)
            .json();
        assert_eq!((&told["event"], &told["status"]), (&json!(event), &json!(200)));
        let line = listening.json_line_with("{").await;
        assert_eq!(line["event"], *event);
        assert_eq!(line["reading"], "known", "{event}");
        assert_eq!(line["id"], told["id"], "{event}");
        assert_eq!(line["sentDate"], line["body"]["sentDate"], "{event}");
        assert_eq!(line["status"], 200);
        assert!(ids.insert(told["id"].as_str().unwrap().to_owned()), "{event}");
    }
    home.run(&format!("webhook trigger ping --to {url}"))
        .await
        .ended(0);
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
    assert!(
        ran.ended(0)
            .out
            .starts_with("myeduzz.invoice_paid, the-same: o receptor respondeu 200 em "),
        "{ran:?}"
    );
    let line = listening.json_line_with("the-same").await;
    let data = &line["body"]["data"];
    assert_eq!(data["status"], "refunded");
    assert_eq!(data["id"], 12);
    assert_eq!(data["buyer"]["name"], "7");
    assert_eq!(data["items"][0]["price"]["value"], 0.1);
    assert_eq!(
        data["items"].as_array().unwrap().last().unwrap(),
        &json!({ "productId": 9 })
    );
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
        let ran = home
            .run(&format!("webhook trigger invoice_paid --to {url}"))
            .await;
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
    for (args, told) in [
        ("", "falta o comando"),
        ("verify /dev/null", "--signature"),
        ("trigger", "<EVENTO>"),
        ("trigger ping", "--to"),
        ("trigger invoice_payed --to http://127.0.0.1:1/", "`invoice_paid`"),
        ("trigger x --to http://127.0.0.1:1/", "eduzz webhook events"),
        ("trigger ping --to http://example.com/canary", "https://"),
        ("trigger ping --to https://canary@example.com/", "https://"),
        ("trigger ping --to canary", "https://"),
        ("trigger ping --to ftp://example.com", "https://"),
        (
            "trigger ping --to http://127.0.0.1:1/ --set canary",
            "ponteiro JSON",
        ),
        (
            "trigger ping --to http://127.0.0.1:1/ --set data=canary",
            "ponteiro JSON",
        ),
        (
            "trigger ping --to http://127.0.0.1:1/ --set /a/b=canary",
            "`/a/b`",
        ),
        ("listen --forward-to http://example.com/", "--forward-to"),
        ("listen --port 70000", "`--port"),
        ("sign /does/not/exist", "não existe"),
    ] {
        let ran = home.run(&format!("webhook {args}")).await;
        ran.ended(2).told(told);
        assert!(ran.out.is_empty() && !ran.err.contains("canary"), "{ran:?}");
    }
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    home.run(&format!("webhook listen --port {port}"))
        .await
        .ended(2)
        .told(&port);
}

#[tokio::test]
async fn listen_answers_with_the_status_of_the_verdict() {
    let home = home();
    let (mut listening, port) = listen(&home, "").await;
    let signature = key().sign(BODY).to_string();
    let upper = signature.to_uppercase();
    let other = Key::new(&WebhookSecret::new("another"))
        .unwrap()
        .sign(BODY)
        .to_string();
    let ping = br#"{"event":"ping","data":{"message":"ping"}}"#;
    let large = vec![b' '; 4 * 1024 * 1024 + 1];
    for (body, headers, status, told) in [
        (
            BODY,
            vec![("x-signature", signature.as_str())],
            200,
            "myeduzz.invoice_paid  1nv3nted",
        ),
        (
            BODY,
            vec![("X-SIGNATURE", upper.as_str())],
            200,
            "id=7 status=paid",
        ),
        (b"\xff\xfe", vec![], 401, "recusada"),
        (BODY, vec![], 401, "não tem assinatura"),
        (BODY, vec![("x-signature", "")], 401, "não tem assinatura"),
        (BODY, vec![("x-signature", &signature[2..])], 401, "64 dígitos"),
        (BODY, vec![("x-signature", other.as_str())], 401, "outro segredo"),
        (
            BODY,
            vec![("x-signature", &*signature), ("x-signature", &*signature)],
            401,
            "mais de uma",
        ),
        (ping, vec![], 200, "ping  verificação de URL, sem assinatura"),
        (b"", vec![], 200, "corpo vazio"),
        (
            &large,
            vec![("x-signature", signature.as_str())],
            413,
            "grande demais",
        ),
    ] {
        let answer = deliver(port, body, &headers).await;
        assert_eq!(answer.status, status, "{told}: {answer:?}");
        let line = listening.out_line_with(told).await;
        assert!(line.starts_with(&status.to_string()), "{line}");
    }
    for (body, told) in [
        (
            &br#"{"id":"2","event":"myeduzz.new_thing"}"#[..],
            "que o SDK não conhece",
        ),
        (b"not even JSON", "o SDK não a lê"),
        (
            &[
                &br#"{"id":"3","event":"safevideo.encoder_started","data":"#[..],
                &[b'['; 10_000],
            ]
            .concat(),
            "o SDK não a lê",
        ),
    ] {
        assert_eq!(deliver_signed(port, body).await.status, 200);
        listening.out_line_with(told).await;
    }
    // A head that is too long is refused unread, and the next request is served.
    let header = "a".repeat(1024 * 1024);
    assert_eq!(deliver(port, BODY, &[("x-signature", &header)]).await.status, 431);
    let host = format!("Host: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    assert_eq!(send(port, format!("GET / HTTP/1.1\r\n{host}")).await.status, 200);
    listening.out_line_with("visita").await;
    assert_eq!(
        send(port, format!("DELETE / HTTP/1.1\r\n{host}")).await.status,
        405
    );
    listening.out_line_with("entregas vêm com POST").await;
}

#[tokio::test]
async fn listen_with_slow_body_serves_the_others() {
    let home = home();
    let (mut listening, port) = listen(&home, "").await;
    let mut slow = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let whole = post(BODY, &[("x-signature", key().sign(BODY).as_str())]);
    slow.write_all(&whole[..whole.len() - 1]).await.unwrap();
    assert_eq!(deliver_signed(port, BODY).await.status, 200);
    listening.out_line_with("1nv3nted").await;
    slow.write_all(&whole[whole.len() - 1..]).await.unwrap();
    listening.out_line_with("1nv3nted").await;
    // A request that is cut off is reported and does no harm.
    let mut cut = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    cut.write_all(&whole[..whole.len() - 1]).await.unwrap();
    cut.shutdown().await.unwrap();
    drop(cut);
    assert_eq!(deliver_signed(port, BODY).await.status, 200);
    listening.out_line_with("1nv3nted").await;
}

#[tokio::test]
async fn listen_forwards_genuine_bytes_and_returns_the_answer() {
    let home = home();
    let mut behind = FakeService::start(|_| Reply::Bytes(response(202, r#"{"taken":true}"#))).await;
    let url = format!("{}/hook?key=invented", behind.url);
    let (mut listening, port) = listen(&home, &format!("--forward-to {url}")).await;
    let odd = br#" { "data" : {"status":"paid","id":7.0,"a":1e2,"\u0061":"\u00e9\ud83d\ude00"}, "event":"invoice_paid" , "id":"odd"}  "#;
    let signature = format!("sha256={}", key().sign(odd).as_str().to_uppercase());
    let headers = [
        ("X-Signature", signature.as_str()),
        ("Content-Type", "application/json; charset=utf-8"),
    ];
    let answer = deliver(port, odd, &headers).await;
    assert_eq!((answer.status, answer.body.as_str()), (202, r#"{"taken":true}"#));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let bytes = behind.next().await.bytes;
    let text = String::from_utf8_lossy(&bytes);
    assert!(bytes.ends_with(odd), "{text}");
    assert!(text.starts_with("POST /hook?key=invented HTTP/1.1\r\n"), "{text}");
    assert!(text.contains(&format!("x-signature: {signature}\r\n")), "{text}");
    assert!(
        text.contains("content-type: application/json; charset=utf-8\r\n"),
        "{text}"
    );
    assert!(
        listening
            .out_line_with("odd")
            .await
            .starts_with("202  myeduzz.invoice_paid")
    );

    // A forged delivery and the check of the URL are not forwarded.
    assert_eq!(deliver(port, BODY, &[]).await.status, 401);
    assert_eq!(
        deliver_signed(port, br#"{"event":"ping","data":{}}"#)
            .await
            .status,
        200
    );
    listening.out_line_with("ping").await;
    assert_eq!(behind.asked().len(), 1);
}

#[tokio::test]
async fn listen_with_dead_target_answers_503() {
    let home = home();
    let nobody = format!("http://127.0.0.1:{}/", free_port().await);
    for (url, told) in [(nobody, "nada responde"), (service("").await, "a conexão caiu")] {
        let (mut listening, port) = listen(&home, &format!("--forward-to {url}")).await;
        assert_eq!(deliver_signed(port, BODY).await.status, 503);
        let line = listening.out_line_with("não repassada").await;
        assert!(line.starts_with("503") && line.contains(told), "{line}");
        let (mut listening, port) = listen(&home, &format!("--forward-to {url} --json")).await;
        deliver_signed(port, BODY).await;
        let line = listening.json_line_with("{").await;
        assert_eq!(
            (&line["status"], &line["forwarded"]),
            (&json!(503), &json!(false))
        );
    }
    // A refusal of the target is the answer here.
    let refusing = service(response(500, "{}")).await;
    let (_listening, port) = listen(&home, &format!("--forward-to {refusing}")).await;
    assert_eq!(deliver_signed(port, BODY).await.status, 500);
}

/// Replaces every text of the body but names of events and the fields of the subject.
fn with_a_person_everywhere(value: &mut Value, pointer: &str) {
    const ABOUT: &[&str] = &[
        "id",
        "status",
        "event",
        "sentDate",
        "reason",
        "invoiceId",
        "currency",
        "title",
        "lastStep",
        "filename",
    ];
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let is_name = name == "name"
                    && ["course", "lesson", "event"]
                        .iter()
                        .any(|end| pointer.ends_with(end));
                if !ABOUT.contains(&name.as_str()) && !is_name {
                    with_a_person_everywhere(value, &format!("{pointer}/{name}"));
                }
            }
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| with_a_person_everywhere(item, pointer)),
        Value::String(text) => PERSON.clone_into(text),
        _ => {}
    }
}

#[tokio::test]
async fn listen_lines_have_no_personal_data_and_no_secret() {
    let home = home();
    let (mut table, port) = listen(&home, "").await;
    let (mut lines, other) = listen(&home, "--json").await;
    let (mut bodies, third) = listen(&home, "--json --show-body").await;
    for fixture in eduzz_fixtures::EVENTS {
        let mut body: Value = serde_json::from_slice(fixture.plain().unwrap()).unwrap();
        with_a_person_everywhere(&mut body["data"], "");
        if let Some(secret) = body.pointer_mut("/data/producer/originSecret") {
            *secret = SECRET.into();
        }
        let body = body.to_string().into_bytes();
        let name = format!("{}.{}", fixture.origin, fixture.event);
        assert_eq!(deliver_signed(port, &body).await.status, 200, "{name}");
        let line = table.out_line_with(&name).await;
        assert!(!line.contains(PERSON) && !line.contains(SECRET), "{line}");
        deliver_signed(other, &body).await;
        let line = lines.out_line_with(&name).await;
        assert!(!line.contains(PERSON) && !line.contains(SECRET), "{line}");
        let told: Value = serde_json::from_str(&line).unwrap();
        assert!(told.get("body").is_none(), "{line}");
        // `--show-body` prints the body without the secret.
        deliver_signed(third, &body).await;
        let line = bodies.out_line_with(&name).await;
        assert!(!line.contains(SECRET), "{line}");
        assert_eq!(
            line.contains(PERSON),
            String::from_utf8_lossy(&body).contains(PERSON)
        );
        let told: Value = serde_json::from_str(&line).unwrap();
        let masked = told.pointer("/body/data/producer/originSecret");
        assert_eq!(masked.is_some(), name.contains("invoice_"), "{name}");
        assert!(masked.is_none_or(|masked| masked == "***"), "{name}");
    }
}

/// An unread event may have personal data in any field, and an id may be one.
#[tokio::test]
async fn listen_shows_no_data_of_unknown_events() {
    let home = home();
    let data = r#"{"id":"canary.person@example.com","reason":"Canary Person","status":{"canary":1}}"#;
    let event = |id: &str, name: &str, date: &str| {
        format!(r#"{{"id":{id},"event":"{name}","sentDate":"{date}","data":{data}}}"#)
    };
    let date = "2026-03-01T12:00:00.000Z";
    let long = format!(r#""{}""#, "a".repeat(65));
    for args in ["", "--json"] {
        let (mut listening, port) = listen(&home, args).await;
        for (id, name, date, shown) in [
            (r#""1nv3nted""#, "myeduzz.new_thing", date, "1nv3nted"),
            (r#""a-B_9""#, "safevideo.encoder_started", date, "a-B_9"),
            ("12", "myeduzz.new_thing", "canary.person@example.com", "***"),
            (r#""canary.person@example.com""#, "myeduzz.new_thing", date, "***"),
            (r#""canary person""#, "myeduzz.invoice_paid", date, "***"),
            (&long, "myeduzz.new_thing", date, "***"),
        ] {
            let body = event(id, name, date);
            assert_eq!(deliver_signed(port, body.as_bytes()).await.status, 200);
            let line = listening.out_line_with(name).await;
            assert!(line.contains(shown) && !line.contains(&"a".repeat(65)), "{line}");
            assert!(!line.to_lowercase().contains("canary"), "{line}");
            let signature = key().sign(body.as_bytes()).to_string();
            let verify = format!("webhook verify --signature '{signature}' {args}");
            let ran = home.run_with(&verify, body.as_bytes()).await;
            assert!(ran.ended(0).out.contains(shown), "{ran:?}");
            assert!(!ran.out.to_lowercase().contains("canary"), "{ran:?}");
        }
    }
}

#[tokio::test]
async fn listen_prints_subject_always_and_body_on_request() {
    let home = home();
    let (mut listening, port) = listen(&home, "--json").await;
    deliver_signed(port, BODY).await;
    let line = listening.json_line_with("1nv3nted").await;
    assert_eq!(line["about"], json!({ "id": "7", "status": "paid" }));
    let (mut listening, port) = listen(&home, "--show-body").await;
    let body = br#"{"event":"new_thing","data":{"originSecret":"canary","a":"\u001b[2Jb"},"id":"shown"}"#;
    deliver_signed(port, body).await;
    listening.out_line_with("new_thing").await;
    listening.out_line_with(r#""originSecret":"***""#).await;
    listening.out_line_with(r#""a": "\u001b[2Jb""#).await;
    listening.out_line_with(r#""id": "shown""#).await;
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_ends_listen() {
    let home = home();
    let (listening, port) = listen(&home, "").await;
    deliver_signed(port, BODY).await;
    listening.interrupt();
    let ran = listening.ended_by_itself().await;
    assert!(ran.ended(0).out.contains("1nv3nted"), "{ran:?}");
}

#[tokio::test]
async fn listen_receives_deliveries_of_the_sandbox() {
    let sandbox = sandbox().await;
    let mut home = Home::new()
        .at(&sandbox)
        .with("EDUZZ_TOKEN", &sandbox.person().personal_token);
    let secret = home.run("call GetWebhookSecret").await.ended(0).json();
    home.set("EDUZZ_WEBHOOK_SECRET", secret["secret"].as_str().unwrap());
    let mut behind = FakeService::start(|_| Reply::Bytes(response(204, ""))).await;
    let url = format!("{}/hook", behind.url);
    let (mut listening, port) = listen(&home, &format!("--json --forward-to {url}")).await;

    let events = ["myeduzz.invoice_paid", "myeduzz.commission_processed"];
    let made = home
        .run(&format!("call CreateWebhookSubscription --set name=teste --set url=http://127.0.0.1:{port}/ --set 'events={}'", json!(events)))
        .await
        .ended(0)
        .json();
    let id = format!("id={}", made["id"].as_str().unwrap());
    let activate = format!("call SetWebhookSubscriptionStatus --set {id} --set status=active");
    home.run(&activate).await.ended(0);
    listening.out_line_with("\"ping\"").await;

    let sales = sandbox.control().sell(3);
    let mut told = std::collections::BTreeMap::new();
    for _ in 0..sales.len() * events.len() {
        let line = listening.json_line_with("\"event\"").await;
        assert_eq!(
            (&line["status"], &line["reading"], &line["forwarded"]),
            (&json!(204), &json!("known"), &json!(true)),
            "{line}"
        );
        *told
            .entry(line["event"].as_str().unwrap().to_owned())
            .or_insert(0) += 1;
        behind.next().await;
    }
    assert_eq!(told, events.map(|event| (event.to_owned(), sales.len())).into());
}
