//! Hostile senders: what a request ends in, within which time and memory, as a table of cases.
//!
//! `docs/security.md` has the results. `UPDATE_EXPECT=1` writes them.

use std::collections::BTreeMap;
use std::time::Duration;

use eduzz_receiver::{BODY_LIMIT, Receiver};
use eduzz_testkit::counting::Peak;
use expect_test::expect_file;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;

use crate::support::{EVENT, Seen, key, keys};

const SMALL: usize = 2 << 20;
const LARGE: usize = 10 << 20;

/// What the sender sends, and whether it then closes its side or waits for ever.
struct Case {
    name: &'static str,
    bytes: Vec<u8>,
    then: Then,
}

#[derive(Clone, Copy, PartialEq)]
enum Then {
    /// Waits for the answer, for a request that is complete.
    Read,
    Close,
    Wait,
    /// Repeats the last bytes as long as the server reads.
    Repeat(usize),
}

fn reads(name: &'static str, bytes: impl Into<Vec<u8>>) -> Case {
    let (bytes, then) = (bytes.into(), Then::Read);
    Case { name, bytes, then }
}

fn closes(name: &'static str, bytes: impl Into<Vec<u8>>) -> Case {
    let (bytes, then) = (bytes.into(), Then::Close);
    Case { name, bytes, then }
}

fn waits(name: &'static str, bytes: impl Into<Vec<u8>>) -> Case {
    let (bytes, then) = (bytes.into(), Then::Wait);
    Case { name, bytes, then }
}

fn repeats(name: &'static str, bytes: impl Into<Vec<u8>>, again: &str) -> Case {
    let (mut bytes, then) = (bytes.into(), Then::Repeat(again.len()));
    bytes.extend_from_slice(again.as_bytes());
    Case { name, bytes, then }
}

/// Sends a request, and gives the status, the deliveries, the seconds and the most memory.
async fn run(case: &Case) -> (String, usize, u64, usize) {
    let seen = Seen::default();
    let handler = seen.clone();
    let receiver = Receiver::new(keys(), move |delivery| {
        handler.handle(&delivery);
        async {}
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(Duration::from_secs(10));
        let service = TowerToHyperService::new(receiver);
        let _ = http.serve_connection(TokioIo::new(socket), service).await;
    });
    let (peak, start) = (Peak::start(), Instant::now());
    let (mut answer, mut sender) = TcpStream::connect(address).await.unwrap().into_split();
    let sending = async {
        // The server may answer and close early.
        let _ = sender.write_all(&case.bytes).await;
        match case.then {
            Then::Read => {}
            Then::Close => drop(sender.shutdown().await),
            Then::Wait => {
                // The server reads what was sent before the clock is paused.
                for _ in 0..200 {
                    tokio::task::yield_now().await;
                }
                tokio::time::pause();
            }
            Then::Repeat(length) => {
                let again = case.bytes.get(case.bytes.len() - length..).unwrap();
                while sender.write_all(again).await.is_ok() {}
            }
        }
        std::future::pending::<()>().await;
    };
    let mut line = [0; 12];
    let read = tokio::select! {
        read = answer.read_exact(&mut line) => read,
        () = sending => unreachable!(),
    };
    let seconds = start.elapsed().as_secs();
    if case.then == Then::Wait {
        tokio::time::resume();
    }
    server.abort();
    let ended = match read {
        Ok(_) => String::from_utf8_lossy(&line[9..]).into_owned(),
        Err(_) => "closed, no answer".to_owned(),
    };
    (ended, seen.handled().len(), seconds, peak.bytes())
}

fn post(headers: &str, body: &str) -> String {
    format!("POST /eduzz HTTP/1.1\r\nhost: x\r\n{headers}\r\n{body}")
}

fn sized(length: &str, body: &str) -> String {
    post(&format!("content-length: {length}\r\n"), body)
}

fn chunked(rest: &str) -> String {
    post("transfer-encoding: chunked\r\n", rest)
}

/// A post of the event with these headers, and its length.
fn event(headers: &str) -> String {
    post(&format!("content-length: {}\r\n{headers}", EVENT.len()), EVENT)
}

fn signed(body: &str) -> String {
    let signature = key().sign(body.as_bytes());
    let length = body.len();
    post(
        &format!(
            "content-length: {length}\r\nx-signature: {}\r\n",
            signature.as_str()
        ),
        body,
    )
}

fn cases() -> Vec<Case> {
    let right = key().sign(EVENT.as_bytes()).as_str().to_owned();
    let x_signature = |value: &str| event(&format!("x-signature: {value}\r\n"));
    let other_case: String = right.chars().rev().collect();
    let in_chunks = format!("transfer-encoding: chunked\r\nx-signature: {right}\r\n");
    let bytes_each: String = EVENT.chars().map(|one| format!("1\r\n{one}\r\n")).collect();
    let deep = "[".repeat(1 << 20);
    vec![
        closes("a delivery", signed(EVENT)),
        reads(
            "a delivery in chunks of one byte",
            post(&in_chunks, &format!("{bytes_each}0\r\n\r\n")),
        ),
        closes("a signed body that is not JSON", signed("not JSON")),
        reads("a signed body of a million brackets", signed(&deep)),
        closes("a signed body that is empty", signed("")),
        reads("a signed body of the limit", signed(&" ".repeat(BODY_LIMIT))),
        closes("nothing", ""),
        closes("noise", [0, 1, 2, 255, 254, 13, 10, 13, 10]),
        closes("a TLS hello", [22, 3, 1, 0, 5, 1, 0, 0, 1, 3]),
        closes("an HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        closes("half a request line", "POST /ed"),
        closes("a request line alone", "POST /eduzz HTTP/1.1\r\n"),
        closes("half a header", "POST /eduzz HTTP/1.1\r\nho"),
        closes("HTTP/3.0", "POST /eduzz HTTP/3.0\r\n\r\n"),
        closes("HTTP/0.9", "GET /eduzz\r\n\r\n"),
        closes("a method in noise", "\u{7f}OST /eduzz HTTP/1.1\r\n\r\n"),
        closes(
            "a method of a megabyte",
            format!("{} / HTTP/1.1\r\n\r\n", "P".repeat(1 << 20)),
        ),
        closes(
            "a path of a megabyte",
            format!("POST /{} HTTP/1.1\r\n\r\n", "p".repeat(1 << 20)),
        ),
        closes("PUT", event("").replacen("POST", "PUT", 1)),
        closes("DELETE", event("").replacen("POST", "DELETE", 1)),
        closes("CONNECT", "CONNECT x:443 HTTP/1.1\r\nhost: x\r\n\r\n"),
        closes("GET with a body", event("").replacen("POST", "GET", 1)),
        closes("GET with a signed body", signed(EVENT).replacen("POST", "GET", 1)),
        closes("a header without a name", event(": x\r\n")),
        closes("a header without a colon", event("x\r\n")),
        closes("a header with a blank in its name", event("a b: x\r\n")),
        closes("a header with a zero byte", event("x: \0\r\n")),
        closes("a folded header", event("x: a\r\n b\r\n")),
        closes("101 headers", event(&"x-many: 1\r\n".repeat(101))),
        closes(
            "a header of a megabyte",
            event(&format!("x: {}\r\n", "x".repeat(1 << 20))),
        ),
        closes("no signature", event("")),
        closes("an empty signature", x_signature("")),
        closes("a short signature", x_signature("00ff")),
        closes(
            "a signature of 100,000 characters",
            x_signature(&"0".repeat(100_000)),
        ),
        closes("a signature of zeros", x_signature(&"0".repeat(64))),
        closes("a signature that is not text", x_signature("\u{e9}\u{202e}")),
        closes("the right signature backwards", x_signature(&other_case)),
        closes("the right signature and more", x_signature(&format!("{right}00"))),
        closes(
            "two signatures, the first right",
            event(&format!("x-signature: {right}\r\nx-signature: 0\r\n")),
        ),
        closes(
            "two signatures, the second right",
            event(&format!("x-signature: 0\r\nx-signature: {right}\r\n")),
        ),
        closes(
            "a list of two right signatures",
            x_signature(&format!("{right}, {right}")),
        ),
        closes(
            "the signature of another body",
            signed(EVENT).replace("aula.mp4", "aula.mp5"),
        ),
        closes(
            "an unsigned ping",
            post(
                "content-length: 38\r\n",
                r#"{"event":"ping","data":{"message":""}}"#,
            ),
        ),
        closes("a negative length", sized("-1", EVENT)),
        closes("a length in words", sized("two", EVENT)),
        closes("a length of 2^64", sized("18446744073709551616", EVENT)),
        closes("a length of 2^63", sized("9223372036854775808", EVENT)),
        closes("a length above the limit", sized("4194305", EVENT)),
        closes(
            "two different lengths",
            post("content-length: 1\r\ncontent-length: 2\r\n", EVENT),
        ),
        closes("a body shorter than its length", sized("1000", EVENT)),
        closes("a body longer than its length", sized("2", EVENT)),
        closes(
            "a length, and chunks without a byte",
            post(&format!("content-length: 9\r\n{in_chunks}"), "0\r\n\r\n"),
        ),
        closes("an unknown encoding", post("transfer-encoding: zip\r\n", EVENT)),
        closes("chunks without an end", chunked("2\r\nok\r\n")),
        closes("half a chunk", chunked("9\r\nok")),
        closes("a chunk's size in words", chunked("two\r\nok\r\n")),
        closes("a chunk of 2^64 bytes", chunked("10000000000000000\r\nok\r\n")),
        closes(
            "a chunk's extension of a megabyte",
            chunked(&format!("2;{}\r\nok\r\n0\r\n\r\n", "x".repeat(1 << 20))),
        ),
        reads(
            "100,000 chunks of one byte",
            chunked(&format!("{}0\r\n\r\n", "1\r\nx\r\n".repeat(100_000))),
        ),
        closes(
            "an expectation, then nothing",
            post("expect: 100-continue\r\ncontent-length: 9\r\n", ""),
        ),
        waits("nothing, and waits", ""),
        waits("half a head, and waits", "POST /eduzz HTTP/1.1\r\nho"),
        waits("a head, and waits", sized("1000", "")),
        waits("half a body, and waits", sized("1000", EVENT)),
        waits("half a chunk, and waits", chunked("9\r\nok")),
        repeats(
            "a head without an end",
            "POST /eduzz HTTP/1.1\r\n",
            "x: xxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n",
        ),
        repeats(
            "a header without an end",
            "POST /eduzz HTTP/1.1\r\nx: ",
            &"x".repeat(0x1000),
        ),
        repeats(
            "a body without an end",
            chunked(""),
            &format!("4000\r\n{}\r\n", "x".repeat(0x4000)),
        ),
        repeats(
            "trailers without an end",
            chunked("2\r\nok\r\n0\r\n"),
            "x: xxxxxxxxxxxxxxxxxxxxxxxxx\r\n",
        ),
    ]
}

#[tokio::test]
async fn hostile_sender_ends_as_documented() {
    let (mut count, mut rows) = (0, BTreeMap::<_, Vec<_>>::new());
    for case in cases() {
        let name = case.name;
        let (mut ended, mut handled, mut seconds, mut bytes) = run(&case).await;
        // Other work on the machine only adds to a measurement, so the least of three counts.
        for _ in 0..2 {
            if bytes >= SMALL {
                let again = run(&case).await;
                bytes = bytes.min(again.3);
                (ended, handled, seconds) = (again.0, again.1, again.2);
            }
        }
        let time = match seconds {
            0..5 => "at once",
            9..12 => "10 s",
            _ => panic!("{name}: {seconds} s"),
        };
        let memory = match bytes {
            0..SMALL => "2 MiB",
            SMALL..LARGE => "10 MiB",
            _ => panic!("{name}: {bytes} bytes"),
        };
        let handled = if handled == 1 { "yes" } else { "no" };
        count += 1;
        rows.entry((ended, handled, time, memory)).or_default().push(name);
    }
    let mut text = format!(
        "{count} cases:\n\n| Status | Reaches the handler | Within | Memory below | When the sender sends |\n|---|---|---|---|---|\n"
    );
    for ((ended, handled, time, memory), names) in rows {
        text += &format!(
            "| {ended} | {handled} | {time} | {memory} | {} |\n",
            names.join("; ")
        );
    }
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/security.md");
    let document = std::fs::read_to_string(document).unwrap();
    let (begin, end) = ("<!-- hostile sender -->\n\n", "\n<!-- end -->");
    let (before, rest) = document.split_once(begin).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    expect_file!["../../../../docs/security.md"].assert_eq(&format!("{before}{begin}{text}{end}{after}"));
}
