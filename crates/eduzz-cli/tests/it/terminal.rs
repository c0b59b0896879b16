//! What the service sends neither steers the terminal nor keeps the program from ending.

use std::io::Read as _;
use std::process::Stdio;

use serde_json::json;

use crate::fake_service::{FakeService, answered, response};
use crate::listen::{deliver_signed, listen};
use crate::support::Ran;
use crate::webhooks::home;

/// A colour, a title, a C1 control, and marks that turn a line around.
const EVIL: &str = "a\u{1b}[31m\u{1b}]0;x\u{7}\u{9b}2J\u{7f}\r\u{202e}b\u{2066}c\u{2069}\u{200f}\u{2028}d";

#[track_caller]
fn is_plain(text: &str) {
    let steers = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}')
    };
    assert!(!text.chars().any(steers), "{text:?}");
}

#[track_caller]
fn all_plain(ran: &Ran) {
    is_plain(&ran.out);
    is_plain(&ran.err);
}

#[tokio::test]
async fn answer_does_not_steer_the_terminal() {
    // JSON may hold the characters after the last of ASCII as they are.
    let raw = EVIL.replace(|c: char| c < '\u{20}', "");
    let me = format!(r#"{{"id":"x","name":"{raw}","email":{},"{raw}":1}}"#, json!(EVIL));
    let home = answered(response(200, &me)).await;
    for line in [
        "me",
        "me --json",
        "call GetMe",
        "call GetMe --json",
        "api GET /x",
        "api GET /x --json",
    ] {
        let ran = home.run(line).await;
        all_plain(ran.ended(0));
        if line.contains("call") || line.contains("api") {
            assert_eq!(ran.json()["name"], *raw, "{line}: the value is the same");
        }
    }
    let page = json!({"page": 1, "pages": 1, "totalItems": 1, "itemsPerPage": 20,
        "items": [{"id": raw, "name": raw, "email": EVIL}]});
    let home = answered(response(200, &page.to_string())).await;
    for format in ["table", "json", "jsonl"] {
        let ran = home.run(&format!("customers list --format {format}")).await;
        all_plain(&ran);
    }
}

#[tokio::test]
async fn other_bodies_do_not_steer_the_terminal() {
    let html = format!("<html>\r\n{EVIL}\t</html>\n");
    let json = json!({"code": EVIL, "message": EVIL, "errors": {EVIL: [EVIL]}}).to_string();
    let home = answered(response(200, &html)).await;
    let ran = home.run("api GET /x").await;
    assert!(ran.ended(0).out.starts_with("<html>\na\u{fffd}[31m") && ran.out.ends_with("\t</html>\n"));
    is_plain(&ran.out.replace('\t', ""));
    for (status, body) in [(400, &html), (500, &html), (200, &html), (422, &json)] {
        let home = answered(response(status, body)).await;
        for line in [
            "me --show-body",
            "call GetMe --show-body",
            "api GET /x --show-body",
        ] {
            let ran = home.run(line).await;
            is_plain(&ran.out.replace('\t', ""));
            is_plain(&ran.err.replace('\t', ""));
        }
        // A flag that says so prints the bytes.
        if status != 200 {
            let ran = home.run("api GET /x --show-body --raw").await;
            assert!(ran.ended(1).err.contains(body.as_str()), "{ran:?}");
            assert!(home.run("me --show-body --raw").await.err.contains(body.as_str()));
        }
    }
    let home = answered(response(200, &html)).await;
    assert_eq!(home.run("api GET /x --raw").await.ended(0).out, html);
    home.run("api GET /x --raw --json").await.ended(2).told("--raw");
    home.run("me --raw").await.ended(2).told("--show-body");
    for command in ["api", "me", "sales list", "webhook trigger"] {
        let help = home.run(&format!("{command} --help")).await;
        help.ended(0).shows(&["--raw", "movem o cursor", "reordenam"]);
    }
}

#[tokio::test]
async fn delivery_does_not_steer_the_terminal() {
    let home = home();
    let raw = EVIL.replace(|c: char| c < '\u{20}', "");
    let body = format!(
        r#"{{"id":"{raw}","event":"safevideo.encoder_started","sentDate":"{raw}","data":{{"filename":{},"{raw}":"{raw}"}}}}"#,
        json!(EVIL)
    );
    for args in ["--show-body", "--show-body --json"] {
        let (mut listening, port) = listen(&home, args).await;
        assert_eq!(deliver_signed(port, body.as_bytes()).await.status, 200);
        deliver_signed(port, br#"{"id":"last","event":"a.b"}"#).await;
        listening.out_line_with("last").await;
        is_plain(listening.out_so_far());
    }
}

/// The bytes of 200 kB that nest are printed with the first levels indented.
#[tokio::test]
async fn nested_body_is_printed_in_proportion_to_its_length() {
    let body = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let home = answered(response(200, &body)).await;
    let ran = home.run("api GET /x").await;
    assert!(ran.ended(0).out.len() < 2 * body.len(), "{}", ran.out.len());
    assert_eq!(ran.out.split_whitespace().collect::<String>(), body);
    assert_eq!(home.run("api GET /x --json").await.ended(0).out.trim_end(), body);
}

/// Unreadable rows are counted, and the first few are told, or a page of them would fill the disk.
#[tokio::test]
async fn many_unreadable_rows_are_counted() {
    // A walk would give up on pages of nothing else.
    let row = |number: u32| match number % 50 {
        0 => json!({ "id": number.to_string() }),
        _ => json!({ "odd": number }),
    };
    let rows: Vec<_> = (0..5_000).map(row).collect();
    let service = FakeService::start(move |asked| asked.page_of(&rows)).await;
    let home = service.home();
    for (line, unreadable, kept) in [
        ("customers list --all --format jsonl", 4_900, 4_900),
        ("customers list --all --format csv", 4_900, 0),
        ("customers list --per-page 1000 --format csv", 980, 0),
        ("call ListCustomers --all", 4_900, 4_900),
    ] {
        let ran = home.run(line).await;
        let total = format!("no total, não foi possível ler {unreadable} linhas");
        let notes = ran.ended(0).err.lines();
        assert_eq!(
            notes.filter(|note| note.starts_with("a linha")).count(),
            3,
            "{line}"
        );
        assert!(
            ran.err.lines().any(|note| note == total),
            "{line}: {:.800}",
            ran.err
        );
        assert_eq!(ran.out.matches("\"odd\"").count(), kept, "{line}");
    }
}

/// A reader that has stopped, as a pager does, holds the program in the middle of its output.
#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_ends_a_command_that_is_printing() {
    let body = format!("[{}1]", "1,".repeat(1_000_000));
    let home = answered(response(200, &body)).await;
    let (mut reader, writer) = std::io::pipe().unwrap();
    let running = home.start_into("api GET /x", Stdio::from(writer));
    // It has begun; a pipe does not hold the rest.
    let reader = tokio::task::spawn_blocking(move || {
        reader.read_exact(&mut [0]).unwrap();
        reader
    });
    let reader = reader.await.unwrap();
    running.interrupt();
    let ran = running.ended_by_itself().await;
    assert_eq!(ran.code, Some(130), "{ran:?}");
    drop(reader);
}
