//! `eduzz webhook listen` over real sockets.

use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::fake_service::{FakeService, Reply, response, service};
use crate::support::{Home, Response, Running, free_port, sandbox, send};
use crate::webhooks::{BODY, PERSON, SECRET, another_signature, home, key};

/// A running receiver and its port.
pub(crate) async fn listen(home: &Home, args: &str) -> (Running, u16) {
    let mut running = home.start(&format!("webhook listen {args}"));
    let port = running.port().await;
    (running, port)
}

/// The bytes of a request with these additional headers.
pub(crate) fn post(body: &[u8], headers: &[(&str, &str)]) -> Vec<u8> {
    let mut head = format!(
        "POST /eduzz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    [head.as_bytes(), b"\r\n", body].concat()
}

pub(crate) async fn deliver(port: u16, body: &[u8], headers: &[(&str, &str)]) -> Response {
    send(port, post(body, headers)).await
}

pub(crate) async fn deliver_signed(port: u16, body: &[u8]) -> Response {
    deliver(port, body, &[("X-Signature", key().sign(body).as_str())]).await
}

#[tokio::test]
async fn listen_answers_with_the_status_of_the_verdict() {
    let home = home();
    let (mut listening, port) = listen(&home, "").await;
    let signature = key().sign(BODY).to_string();
    let upper = signature.to_uppercase();
    let other = another_signature();
    let ping = br#"{"event":"ping","data":{"message":"ping"}}"#;
    let large = vec![b' '; 4 * 1024 * 1024 + 1];
    for (body, signatures, status, told) in [
        (BODY, &[&*signature][..], 200, "myeduzz.invoice_paid  1nv3nted"),
        (BODY, &[&upper], 200, "01/03/2026 09:00  id=7 status=paid"),
        (b"\xff\xfe", &[], 401, "recusada"),
        (BODY, &[], 401, "não tem assinatura"),
        (BODY, &[""], 401, "não tem assinatura"),
        (BODY, &[&signature[2..]], 401, "64 dígitos"),
        (BODY, &[&other], 401, "outro segredo"),
        (BODY, &[&signature, &signature], 401, "mais de uma"),
        (ping, &[], 200, "ping  verificação de URL, sem assinatura"),
        (b"", &[], 200, "corpo vazio"),
        (&large, &[&signature], 413, "grande demais"),
    ] {
        let headers: Vec<_> = signatures.iter().map(|text| ("X-Signature", *text)).collect();
        let answer = deliver(port, body, &headers).await;
        assert_eq!(answer.status, status, "{told}: {answer:?}");
        let line = listening.out_line_with(told).await;
        assert!(line.starts_with(&status.to_string()), "{line}");
    }
    let deep = format!(
        r#"{{"id":"3","event":"safevideo.encoder_started","data":{}"#,
        "[".repeat(10_000)
    );
    for (body, told) in [
        (r#"{"id":"2","event":"myeduzz.new_thing"}"#, "o SDK não conhece"),
        ("not even JSON", "o SDK não consegue ler"),
        (&deep, "o SDK não consegue ler"),
    ] {
        let body = body.as_bytes();
        assert_eq!(deliver_signed(port, body).await.status, 200);
        listening.out_line_with(told).await;
    }
    // A head that is too long is refused unread, and the next request is served.
    let header = "a".repeat(1024 * 1024);
    assert_eq!(deliver(port, BODY, &[("x-signature", &header)]).await.status, 431);
    let host = format!("Host: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    assert_eq!(send(port, format!("GET / HTTP/1.1\r\n{host}")).await.status, 200);
    listening.out_line_with("visita").await;
    let delete = format!("DELETE / HTTP/1.1\r\n{host}");
    assert_eq!(send(port, delete).await.status, 405);
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
    assert!(text.contains("content-type: application/json; charset=utf-8\r\n"));
    listening.out_line_with("202  myeduzz.invoice_paid  odd").await;

    // A forged delivery and the check of the URL are not forwarded.
    assert_eq!(deliver(port, BODY, &[]).await.status, 401);
    let ping = br#"{"event":"ping","data":{}}"#;
    assert_eq!(deliver_signed(port, ping).await.status, 200);
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
pub(crate) fn with_a_person_everywhere(value: &mut Value, pointer: &str) {
    const ABOUT: &str = "id status event sentDate reason invoiceId currency title lastStep filename";
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let is_name = name == "name"
                    && ["course", "lesson", "event"]
                        .iter()
                        .any(|end| pointer.ends_with(end));
                if !ABOUT.split(' ').any(|about| about == name) && !is_name {
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
    let mut listeners = Vec::new();
    for args in ["", "--json", "--json --show-body"] {
        listeners.push((args, listen(&home, args).await));
    }
    for fixture in eduzz_fixtures::EVENTS {
        let mut body: Value = serde_json::from_slice(fixture.plain().unwrap()).unwrap();
        with_a_person_everywhere(&mut body["data"], "");
        if let Some(secret) = body.pointer_mut("/data/producer/originSecret") {
            *secret = SECRET.into();
        }
        let body = body.to_string();
        let name = format!("{}.{}", fixture.origin, fixture.event);
        for (args, (listening, port)) in &mut listeners {
            assert_eq!(deliver_signed(*port, body.as_bytes()).await.status, 200, "{name}");
            let line = listening.out_line_with(&name).await;
            assert!(!line.contains(SECRET), "{line}");
            // `--show-body` prints the body without the secret.
            let shows_body = args.contains("--show-body");
            assert_eq!(
                line.contains(PERSON),
                shows_body && body.contains(PERSON),
                "{line}"
            );
            if !args.is_empty() {
                let told: Value = serde_json::from_str(&line).unwrap();
                assert_eq!(told.get("body").is_some(), shows_body, "{line}");
                let masked = told.pointer("/body/data/producer/originSecret");
                assert_eq!(
                    masked.is_some(),
                    shows_body && name.contains("invoice_"),
                    "{name}"
                );
                assert!(masked.is_none_or(|masked| masked == "***"), "{name}");
            }
        }
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
            ("13", "myeduzz.new_thing", "Canary Person", "***"),
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
    let price = br#"{"event":"invoice_paid","id":"priced","data":{"id":7,"status":"paid","price":{"currency":"BRL","value":1047.9}}}"#;
    for (args, told) in [
        ("", "price=R$ 1.047,90"),
        ("--lang en", "price=BRL 1,047.90"),
        ("--json", r#""price":"BRL 1047.9""#),
    ] {
        let (mut listening, port) = listen(&home, args).await;
        deliver_signed(port, price).await;
        assert!(listening.out_line_with("priced").await.contains(told), "{told}");
    }
    let (mut listening, port) = listen(&home, "--show-body").await;
    let body = br#"{"event":"new_thing","data":{"originSecret":"canary","a":"\u001b[2Jb"},"id":"shown"}"#;
    deliver_signed(port, body).await;
    listening.out_line_with("new_thing").await;
    listening.out_line_with(r#""originSecret":"***""#).await;
    listening.out_line_with(r#""a": "\u001b[2Jb""#).await;
    listening.out_line_with(r#""id": "shown""#).await;
}

/// A sample is no sale, an odd part is left out, and a name that is gone says so.
#[tokio::test]
async fn listen_marks_samples_left_out_parts_and_former_names() {
    let home = home();
    let sample = br#"{"id":"s","event":"myeduzz.invoice_paid","data":{"id":"1","status":"paid","producer":{"originSecret":"originsecrettest"}}}"#;
    let odd = br#"{"id":"o","event":"myeduzz.invoice_paid","data":{"id":"2","status":"paid","price":["canary"],"buyer":7}}"#;
    let former = br#"{"id":"f","event":"subscriptions.contract_created","data":{}}"#;
    let (mut listening, port) = listen(&home, "").await;
    for (body, told) in [
        (&sample[..], "id=1 status=paid  amostra, não é uma venda"),
        (odd, "id=2 status=paid  sem /data/"),
        (former, "hoje é `myeduzz.contract_created`"),
        (BODY, "01/03/2026 09:00  id=7 status=paid"),
    ] {
        assert_eq!(deliver_signed(port, body).await.status, 200);
        let line = listening.out_line_with(told).await;
        assert!(
            !line.contains("canary") && !line.contains("originsecret"),
            "{line}"
        );
        assert_eq!(line.contains("/data/price"), body == odd, "{line}");
        assert_eq!(line.contains("amostra"), body == sample, "{line}");
    }
    let (mut listening, port) = listen(&home, "--json").await;
    deliver_signed(port, sample).await;
    let line = listening.json_line_with("myeduzz").await;
    assert_eq!((&line["sample"], line.get("leftOut")), (&json!(true), None));
    deliver_signed(port, odd).await;
    let line = listening.json_line_with("myeduzz").await;
    let places: Vec<&str> = line["leftOut"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| part["pointer"].as_str().unwrap())
        .collect();
    assert!(
        places.contains(&"/data/price") && line.get("sample").is_none(),
        "{line}"
    );

    let verify = async |body: &[u8], lang: &str| {
        let signature = key().sign(body);
        let line = format!("webhook verify --signature {} {lang}", signature.as_str());
        home.run_with(&line, body).await
    };
    verify(sample, "")
        .await
        .ended(0)
        .shows(&["Amostra", "não é uma venda"]);
    verify(odd, "--lang en")
        .await
        .ended(0)
        .shows(&["Left out", "/data/price"]);
    verify(former, "")
        .await
        .ended(0)
        .shows(&["hoje é `myeduzz.contract_created`"]);
    let check = home.run_with("check event", odd).await;
    check.ended(1).shows(&["sem estas partes", "/data/price"]);
    assert!(!check.out.contains("canary"), "{check:?}");
    let check = home.run_with("check event --json", odd).await;
    assert_eq!(check.ended(1).json()["whole"], false);
    assert!(!check.json()["leftOut"].as_array().unwrap().is_empty());
    for name in [
        "myeduzz.invoice_refused",
        "checkin",
        "alpaclass.student_completed_course",
    ] {
        let line = format!("webhook trigger {name} --to http://127.0.0.1:1/");
        home.run(&line).await.ended(2).told("documentação anterior");
        let body = format!(r#"{{"event":"{name}","data":{{}}}}"#);
        let ran = home.run_with("check event", body.as_bytes()).await;
        ran.ended(2).told("documentação anterior");
    }
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
    let (mut listening, port) = listen(&home, &format!("--no-subscribe --json --forward-to {url}")).await;

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
        let event = line["event"].as_str().unwrap().to_owned();
        *told.entry(event).or_insert(0) += 1;
        behind.next().await;
    }
    assert_eq!(told, events.map(|event| (event.to_owned(), sales.len())).into());
}
