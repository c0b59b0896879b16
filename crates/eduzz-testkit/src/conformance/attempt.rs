//! One attempt: serves each case over a loopback socket, lets the client send one request, and
//! compares. A client is a function from a request to a response, or to a [`Sent`] without one.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::thread;

use eduzz_types::AccessToken;
use eduzz_types::accounts::Me;
use eduzz_wire::{Call, Endpoint, EndpointExt as _, Origins, ResponseError, Route, Sent, UnreadableReason};
use http::{Request, Response};

use crate::canary;

/// A call with a body, a query and a path value.
struct Probe;

impl Endpoint for Probe {
    const ROUTE: Route = Route::post("/probe/v1/:id/things");
    type Output = Me;

    fn describe(&self, call: &mut Call) {
        call.path("id", "a/b c+é")
            .query("q", "1&2=3")
            .json(&Body { text: "ção" });
    }
}

#[derive(serde::Serialize)]
struct Body {
    text: &'static str,
}

const TARGET: &str = "POST /probe/v1/a%2Fb%20c%2B%C3%A9/things?q=1%262%3D3 HTTP/1.1";
const BODY: &str = r#"{"text":"ção"}"#;

enum Serve {
    /// Reads the request and answers.
    Answer(&'static str),
    /// Reads the request and closes without an answer.
    Close,
    /// No server listens.
    Absent,
}

enum Expect {
    Value,
    Rejected(u16),
    Unreadable(UnreadableReason),
    Failed(Sent),
}

fn cases() -> Vec<(&'static str, Serve, Expect)> {
    use Expect::{Failed, Rejected, Unreadable, Value};
    use Serve::{Absent, Answer, Close};
    vec![
        (
            "a value",
            Answer("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{\"id\":\"1\"}"),
            Value,
        ),
        (
            "chunks",
            Answer(
                "HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n4\r\n{\"id\r\n6\r\n\":\"1\"}\r\n0\r\n\r\n",
            ),
            Value,
        ),
        (
            "a redirect is not followed",
            Answer("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n"),
            Rejected(302),
        ),
        (
            "a redirect with the same method is not followed (307)",
            Answer(
                "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
            ),
            Rejected(307),
        ),
        (
            "a redirect with the same method is not followed (308)",
            Answer(
                "HTTP/1.1 308 Permanent Redirect\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
            ),
            Rejected(308),
        ),
        (
            "a rejection with its body",
            Answer("HTTP/1.1 404 Not Found\r\ncontent-length: 23\r\n\r\n{\"message\":\"not found\"}"),
            Rejected(404),
        ),
        (
            "a failure of the server is an answer",
            Answer("HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n"),
            Rejected(500),
        ),
        (
            "a page of a gateway",
            Answer(
                "HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\ncontent-length: 13\r\n\r\n<html></html>",
            ),
            Rejected(502),
        ),
        (
            "a page instead of JSON",
            Answer("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 13\r\n\r\n<html></html>"),
            Unreadable(UnreadableReason::Html),
        ),
        (
            "a truncated body",
            Answer("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"id\":"),
            Failed(Sent::MaybeSent),
        ),
        ("no answer", Close, Failed(Sent::MaybeSent)),
        ("no server", Absent, Failed(Sent::NotSent)),
    ]
}

/// Runs every case against a client.
///
/// The client sends one request to its address, without redirects and retries, and returns the
/// whole response with any status.
///
/// # Panics
///
/// A case does not hold.
pub fn run(mut send: impl FnMut(Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Sent>) {
    for (name, serve, expect) in cases() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port");
        let address = listener.local_addr().expect("an address");
        let server = match serve {
            Serve::Absent => {
                drop(listener);
                None
            }
            Serve::Answer(answer) => Some(thread::spawn(move || serve_one(&listener, answer))),
            Serve::Close => Some(thread::spawn(move || serve_one(&listener, ""))),
        };
        let outcome = send(request(address));
        if let Some(server) = server {
            let seen = server.join().expect("the server ends");
            arrived(name, &seen);
        }
        match (expect, outcome.map(|response| Probe.response(&response))) {
            (Expect::Value, Ok(Ok(_))) => {}
            (Expect::Rejected(status), Ok(Err(ResponseError::Rejected(rejection)))) => {
                assert_eq!(rejection.status.as_u16(), status, "{name}");
            }
            (Expect::Unreadable(reason), Ok(Err(ResponseError::Unreadable(unreadable)))) => {
                assert_eq!(unreadable.reason(), reason, "{name}");
            }
            (Expect::Failed(expected), Err(sent)) => assert_eq!(sent, expected, "{name}"),
            (_, outcome) => panic!("{name}: {outcome:?}"),
        }
    }
}

fn request(address: SocketAddr) -> Request<Vec<u8>> {
    let origins = Origins::sandbox(&format!("http://{address}")).expect("loopback");
    Probe
        .request(&origins, Some(&AccessToken::new(canary::SECRET)))
        .expect("the probe makes a request")
}

/// The server received the request unchanged.
fn arrived(name: &str, seen: &str) {
    let (head, body) = seen.split_once("\r\n\r\n").expect("a head and a body");
    let mut lines = head.lines();
    assert_eq!(lines.next(), Some(TARGET), "{name}");
    assert_eq!(body, BODY, "{name}");
    let headers: Vec<String> = lines.map(str::to_lowercase).collect();
    for needed in [
        format!("authorization: bearer {}", canary::SECRET),
        "accept: application/json".to_owned(),
        "content-type: application/json".to_owned(),
    ] {
        let count = headers.iter().filter(|line| **line == needed).count();
        assert_eq!(count, 1, "{name}: {needed} in {headers:?}");
    }
}

fn serve_one(listener: &TcpListener, answer: &str) -> String {
    let (mut stream, _) = listener.accept().expect("the client comes");
    let seen = read_request(&mut stream).expect("the client sends");
    stream.write_all(answer.as_bytes()).expect("the client reads");
    let _ = stream.shutdown(Shutdown::Both);
    seen
}

/// Reads one request with a `content-length`; `None` if it ends before.
pub(super) fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .to_lowercase()
                .lines()
                .find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok())
                .unwrap_or(0);
            if body.len() >= length {
                return Some(text);
            }
        }
        let read = stream.read(&mut chunk).ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&chunk[..read]);
    }
}
