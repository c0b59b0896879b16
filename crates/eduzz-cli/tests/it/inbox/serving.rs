//! `eduzz inbox serve`: stores, answers, forwards, stops.

use serde_json::{Value, json};

use super::{database, event, file, home, list, serve, until};
use crate::fake_service::{Asked, FakeService, Reply, response};
use crate::listen::{deliver, deliver_signed, with_a_person_everywhere};
use crate::support::{Home, free_port, open};
use crate::webhooks::{BODY, PERSON, SECRET, key};

const UPLOAD: &str = "safevideo.upload_started";

/// A service that refuses the first request.
async fn refusing_once() -> FakeService {
    let status = |asked: &Asked| if asked.number == 1 { 500 } else { 204 };
    FakeService::start(move |asked| Reply::Bytes(response(status(asked), ""))).await
}

fn header<'a>(asked: &'a str, name: &str) -> &'a str {
    let line = asked
        .lines()
        .find_map(|line| line.strip_prefix(&format!("{name}: ")));
    line.unwrap_or_else(|| panic!("no {name}: {asked}"))
}

#[tokio::test]
async fn delivery_is_stored_answered_and_forwarded_until_accepted() {
    let home = home();
    let mut behind = refusing_once().await;
    let (mut serving, port) = serve(&home, &format!("--forward-to {}/hook?key=x", behind.url)).await;
    assert_eq!(deliver_signed(port, BODY).await.status, 200);
    serving
        .out_line_with("200  #1  guardado  myeduzz.invoice_paid  1nv3nted  01/03/2026 09:00")
        .await;
    let first = behind.next().await;
    serving
        .out_line_with("#1  myeduzz.invoice_paid  falhou: status_500 (tentativa 1 de 9)")
        .await;
    // The next attempt at once.
    home.run("inbox retry 1").await.ended(0);
    let second = behind.next().await;
    let done = until(&home, 1, "done").await;
    assert_eq!(done["handled"], json!(["forward"]));

    let (first, second) = [first, second]
        .map(|asked| String::from_utf8(asked.bytes).unwrap())
        .into();
    let signature = key().sign(BODY).to_string();
    for asked in [&first, &second] {
        assert!(asked.starts_with("POST /hook?key=x HTTP/1.1\r\n"), "{asked}");
        assert!(asked.as_bytes().ends_with(BODY), "{asked}");
        assert_eq!(header(asked, "x-signature"), signature);
        assert_eq!(header(asked, "content-type"), "application/json");
        assert_eq!(
            header(asked, "idempotency-key"),
            header(&first, "idempotency-key")
        );
        assert!(header(asked, "idempotency-key").starts_with("eduzz-"), "{asked}");
    }

    // A copy is answered, and not forwarded again.
    assert_eq!(deliver_signed(port, BODY).await.status, 200);
    serving.out_line_with("200  #1  repetido  ").await;
    let other = String::from_utf8(BODY.to_vec())
        .unwrap()
        .replace("paid\"", "open\"");
    assert_eq!(deliver_signed(port, other.as_bytes()).await.status, 200);
    serving
        .out_line_with("200  #1  repetido, com outro conteúdo  ")
        .await;
    assert_eq!(deliver(port, BODY, &[]).await.status, 401);
    serving.out_line_with("401  recusada").await;
    deliver_signed(port, br#"{"event":"ping","data":{}}"#).await;
    serving.out_line_with("200  ping").await;
    assert_eq!(behind.asked().len(), 2);
    let status = home.run("inbox status --json").await.ended(0).json();
    assert_eq!(
        (
            &status["done"],
            &status["copies"],
            &status["differing"],
            &status["waiting"]
        ),
        (&json!(1), &json!(2), &json!(1), &json!(0))
    );
}

#[tokio::test]
async fn unreadable_events_are_forwarded_and_samples_on_request() {
    let sample = br#"{"id":"s","event":"myeduzz.invoice_paid","data":{"id":"1","status":"paid","producer":{"originSecret":"originsecrettest"}}}"#;
    for (args, forwarded) in [("", 2), ("--samples", 3)] {
        let home = home();
        let mut behind = FakeService::start(|_| Reply::Bytes(response(200, "{}"))).await;
        let args = format!(
            "--json --ordered --concurrency 3 {args} --forward-to {}",
            behind.url
        );
        let (mut serving, port) = serve(&home, &args).await;
        for (body, reading) in [
            (&sample[..], "known"),
            (&event("u", "myeduzz.new_thing"), "unknown"),
            (b"no JSON", "unusable"),
        ] {
            assert_eq!(deliver_signed(port, body).await.status, 200);
            let line = serving.json_line_with("\"stored\"").await;
            assert_eq!(
                (&line["status"], &line["stored"], &line["reading"]),
                (&json!(200), &json!("new"), &json!(reading))
            );
        }
        for _ in 0..forwarded {
            behind.next().await;
        }
        until(&home, 3, "done").await;
        let states: Vec<Value> = list(&home, "")
            .await
            .iter()
            .map(|row| row["state"].clone())
            .collect();
        let of_sample = if forwarded == 3 { "done" } else { "ignored" };
        assert_eq!(states, ["done", "done", of_sample]);
        assert_eq!(behind.asked().len(), forwarded);
    }
}

#[tokio::test]
async fn failures_are_told_by_their_codes() {
    let home = home();
    let dead = format!("http://127.0.0.1:{}/", free_port().await);
    let closing = FakeService::start(|_| Reply::Bytes(String::new())).await;
    let moved = FakeService::start(|_| Reply::Bytes(response(301, ""))).await;
    for (seq, url, code) in [
        (1, &dead, "unreachable"),
        (2, &closing.url, "no_answer"),
        (3, &moved.url, "status_301"),
    ] {
        // Earlier events are not due.
        let (mut serving, port) = serve(&home, &format!("--json --forward-to {url}")).await;
        deliver_signed(port, &event(&seq.to_string(), UPLOAD)).await;
        loop {
            let line = serving.json_line_with("\"failed\"").await;
            if line["seq"] == seq {
                assert_eq!(
                    line,
                    json!({"failed": code, "seq": seq, "event": UPLOAD, "attempt": 1, "attempts": 9, "dead": false})
                );
                break;
            }
        }
    }
}

#[tokio::test]
async fn ninth_failure_is_death_and_retry_begins_again() {
    let home = home();
    let mut behind = FakeService::start(|_| Reply::Bytes(response(500, ""))).await;
    let (serving, port) = serve(&home, "").await;
    deliver_signed(port, BODY).await;
    drop(serving);
    let eight = "update eduzz_event set attempts = 8";
    database(&home).execute(eight, ()).unwrap();
    let (mut serving, _) = serve(&home, &format!("--forward-to {}", behind.url)).await;
    serving
        .out_line_with("#1  myeduzz.invoice_paid  morto: status_500")
        .await;
    behind.next().await;
    let event = until(&home, 1, "dead").await;
    assert_eq!(
        (&event["attempts"], &event["error"]),
        (&json!(9), &json!("status_500"))
    );
    let ran = home.run("inbox retry --dead").await;
    ran.ended(0).shows(&["De volta à fila: 1"]);
    behind.next().await;
    serving.out_line_with("(tentativa 1 de 9)").await;
}

/// Without a service it only stores, and SIGTERM ends it.
#[cfg(unix)]
#[tokio::test]
async fn signals_end_serve_with_0() {
    let home = home();
    for (seq, signal) in [(1, "TERM"), (2, "INT")] {
        let (mut serving, port) = serve(&home, "").await;
        serving.err_line_with("inbox.sqlite").await;
        serving.err_line_with("à espera de um worker").await;
        deliver_signed(port, &event(&seq.to_string(), UPLOAD)).await;
        serving.signal(signal);
        let ran = serving.ended_by_itself().await;
        assert!(ran.ended(0).out.contains(&format!("#{seq}  guardado")), "{ran:?}");
        let rows = list(&home, "").await;
        assert_eq!((rows.len(), &rows[0]["state"]), (seq, &json!("ready")));
    }
}

/// People copy the file of a program that they stopped.
#[cfg(unix)]
#[tokio::test]
async fn after_a_stop_the_file_is_whole_without_its_log() {
    let home = home();
    let (serving, port) = serve(&home, "").await;
    deliver_signed(port, &event("a", UPLOAD)).await;
    serving.signal("TERM");
    serving.ended_by_itself().await.ended(0);
    let copy = home.folder().join("copy.sqlite");
    std::fs::copy(file(&home), &copy).unwrap();
    let rows = list(&home, &format!("--db sqlite:{}", copy.display())).await;
    assert_eq!(rows.len(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn killed_in_the_middle_it_forwards_after_the_lease() {
    let home = home();
    let mut silent = FakeService::start(|_| Reply::Never).await;
    let (serving, port) = serve(&home, &format!("--forward-to {}", silent.url)).await;
    for id in ["a", "b", "c"] {
        assert_eq!(deliver_signed(port, &event(id, UPLOAD)).await.status, 200);
    }
    for _ in 0..3 {
        silent.waits().await;
    }
    serving.kill().await;
    assert!(list(&home, "").await.iter().all(|row| row["state"] == "claimed"));
    // The half minute of their leases goes by.
    database(&home)
        .execute("update eduzz_event set due = 0", ())
        .unwrap();
    let mut behind = FakeService::start(|_| Reply::Bytes(response(200, ""))).await;
    let (_serving, _) = serve(&home, &format!("--forward-to {}", behind.url)).await;
    let mut bodies: Vec<Vec<u8>> = Vec::new();
    for _ in 0..3 {
        bodies.push(behind.next().await.bytes);
    }
    for id in ["a", "b", "c"] {
        let body = event(id, UPLOAD);
        assert!(bodies.iter().any(|bytes| bytes.ends_with(&body)), "{id}");
    }
}

#[tokio::test]
async fn pages_tell_health_and_metrics() {
    let home = home();
    let (mut serving, port) = serve(&home, "--status-port 0").await;
    let line = serving.err_line_with("/health").await;
    let pages = line
        .split("127.0.0.1:")
        .nth(1)
        .unwrap()
        .split('/')
        .next()
        .unwrap();
    let pages = pages.parse().unwrap();
    deliver_signed(port, BODY).await;
    deliver(port, BODY, &[]).await;
    let health = open(pages, "/health").await;
    assert_eq!(health.status, 200);
    let health: Value = serde_json::from_str(&health.body).unwrap();
    assert_eq!(
        (&health["up"], &health["waiting"], &health["dead"]),
        (&json!(true), &json!(1), &json!(0))
    );
    let metrics = open(pages, "/metrics").await;
    assert_eq!(
        metrics.header("content-type"),
        Some("text/plain; version=0.0.4; charset=utf-8")
    );
    for line in [
        "eduzz_inbox_up 1",
        "eduzz_inbox_events{state=\"ready\"} 1",
        "eduzz_inbox_stored_total 1",
        "eduzz_inbox_refused_total 1",
    ] {
        assert!(
            metrics.body.lines().any(|other| other == line),
            "{line}: {}",
            metrics.body
        );
    }
    assert_eq!(open(pages, "/").await.status, 404);

    // Another program takes the table away: deliveries are answered with 503.
    let rename = "alter table eduzz_event rename to gone";
    database(&home).execute(rename, ()).unwrap();
    assert_eq!(deliver_signed(port, &event("x", UPLOAD)).await.status, 503);
    serving
        .out_line_with("503  não guardado: o banco de dados falhou")
        .await;
    let health = open(pages, "/health").await;
    assert_eq!(
        (health.status, health.body.as_str()),
        (503, r#"{"up":false,"error":"other"}"#)
    );
    assert!(open(pages, "/metrics").await.body.contains("eduzz_inbox_up 0"));
}

#[tokio::test]
async fn keys_of_a_file_have_labels_and_accounts() {
    let home = home();
    let keys = home.folder().join("keys");
    std::fs::write(
        &keys,
        format!("# old and new\nloja-a = {SECRET}\nloja-b = another\n"),
    )
    .unwrap();
    close(&keys, 0o640);
    let (mut serving, port) = serve(
        &home,
        &format!("--json --account-by-key --keys {}", keys.display()),
    )
    .await;
    let other = crate::webhooks::another_signature();
    for (signature, label, seq) in [(key().sign(BODY).as_str(), "loja-a", 1), (&other, "loja-b", 2)] {
        assert_eq!(
            deliver(port, BODY, &[("x-signature", signature)]).await.status,
            200
        );
        let line = serving.json_line_with("\"stored\"").await;
        assert_eq!((&line["key"], &line["seq"]), (&json!(label), &json!(seq)));
        let shown = home
            .run(&format!("inbox show {seq} --json"))
            .await
            .ended(0)
            .json();
        assert_eq!((&shown["account"], &shown["key"]), (&json!(label), &json!(label)));
    }
}

#[tokio::test]
async fn unfit_file_of_keys_is_refused_without_a_line_of_it() {
    let home = home();
    let keys = home.folder().join("keys");
    for (text, mode, told) in [
        ("loja = canary\n", 0o644, "outros usuários podem ler"),
        ("loja = x\ncanary\n", 0o600, "a linha 2 de"),
        ("canary =\n", 0o600, "a linha 1 de"),
        ("# canary = x\n", 0o600, "nenhuma chave"),
    ] {
        std::fs::write(&keys, text).unwrap();
        close(&keys, mode);
        if cfg!(not(unix)) && mode == 0o644 {
            continue;
        }
        let ran = home.run(&format!("inbox serve --keys {}", keys.display())).await;
        ran.ended(2).told(told);
        assert!(!ran.err.contains("canary") && ran.out.is_empty(), "{ran:?}");
    }
    home.run("inbox serve --keys /does/not/exist")
        .await
        .ended(2)
        .told("não existe");
}

#[cfg(unix)]
fn close(file: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;

    std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
fn close(_: &std::path::Path, _: u32) {}

#[tokio::test]
async fn serve_without_a_secret_or_on_a_used_port_ends_with_2() {
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = taken.local_addr().unwrap().port();
    let home = home();
    let ran = home.run(&format!("inbox serve --port {port}")).await;
    ran.ended(2).told("--port").told(&port.to_string());
    let ran = home.run(&format!("inbox serve --status-port {port}")).await;
    ran.ended(2).told("--status-port");
    let ran = home.run("inbox serve --host 192.0.2.1").await;
    ran.ended(2).told("192.0.2.1");
    let without = Home::new().with("EDUZZ_DB", &format!("sqlite:{}", file(&home)));
    #[cfg(unix)]
    without
        .run_without_terminal("inbox serve")
        .await
        .ended(2)
        .told("EDUZZ_WEBHOOK_SECRET");
    drop(without);
}

/// The reader of its lines is gone, and deliveries are stored all the same.
#[cfg(unix)]
#[tokio::test]
async fn closed_output_does_not_end_serve() {
    let home = home();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut serving = home.start_into("inbox serve", writer);
    let port = serving.port().await;
    for id in ["a", "b", "c"] {
        assert_eq!(deliver_signed(port, &event(id, UPLOAD)).await.status, 200);
    }
    assert_eq!(list(&home, "").await.len(), 3);
}

#[tokio::test]
async fn lines_lists_and_events_have_no_personal_data() {
    let home = home();
    let dead = format!("http://127.0.0.1:{}/", free_port().await);
    let mut serving = Vec::new();
    for args in ["", "--json"] {
        serving.push(serve(&home, &format!("{args} --samples --forward-to {dead}")).await);
    }
    let mut count = 0;
    for fixture in eduzz_fixtures::EVENTS {
        let mut body: Value = serde_json::from_slice(fixture.plain().unwrap()).unwrap();
        with_a_person_everywhere(&mut body["data"], "");
        let body = body.to_string();
        for (serving, port) in &mut serving {
            assert_eq!(deliver_signed(*port, body.as_bytes()).await.status, 200);
            let name = format!("{}.{}", fixture.origin, fixture.event);
            serving.out_line_with(&name).await;
        }
        count += 1;
    }
    let ids = [r#""canary.person@example.com""#, r#""canary person""#];
    for id in ids {
        let body = format!(r#"{{"id":{id},"event":"x.y","sentDate":{id},"data":{{"id":{id}}}}}"#);
        deliver_signed(serving[0].1, body.as_bytes()).await;
    }
    let mut told = String::new();
    for line in ["list --limit 1000", "list --json --limit 1000", "status"] {
        told.push_str(&home.run(&format!("inbox {line}")).await.ended(0).out);
    }
    let rows = list(&home, "--limit 1000").await;
    assert!(rows.len() >= count, "{}", rows.len());
    for row in rows.iter().take(3) {
        for args in ["", "--json"] {
            let line = format!("inbox show {} {args}", row["seq"]);
            told.push_str(&home.run(&line).await.ended(0).out);
        }
    }
    for (serving, _) in serving {
        told.push_str(serving.out_so_far());
    }
    let told = told.to_lowercase();
    assert!(!told.contains(PERSON) && !told.contains("canary"), "{told}");
}
