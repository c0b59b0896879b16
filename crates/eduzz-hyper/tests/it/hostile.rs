//! Hostile servers: what a call ends in, within which time and memory, as tables of cases.
//!
//! `docs/security.md` has the results. `UPDATE_EXPECT=1` writes them, with
//! `--test-threads 1`.

use std::collections::BTreeMap;
use std::sync::Arc;

use eduzz_hyper::Error;
use eduzz_testkit::counting::Peak;
use eduzz_wire::Sent;
use expect_test::expect_file;
use http::Response;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::sync::mpsc;
use tokio::time::Instant;

use crate::support::*;

const SMALL: usize = 2 << 20;
const LARGE: usize = 40 << 20;

/// What the server sends after the request, and whether it then closes or waits for ever.
struct Case {
    name: &'static str,
    bytes: Vec<u8>,
    then: Then,
}

#[derive(Clone, Copy, PartialEq)]
enum Then {
    Close,
    Wait,
    /// Repeats the last bytes as long as the client reads.
    Repeat(usize),
}

fn closes(name: &'static str, bytes: impl Into<Vec<u8>>) -> Case {
    let (bytes, then) = (bytes.into(), Then::Close);
    Case { name, bytes, then }
}

fn waits(name: &'static str, bytes: impl Into<Vec<u8>>) -> Case {
    let (bytes, then) = (bytes.into(), Then::Wait);
    Case { name, bytes, then }
}

/// Sends the first bytes, and then the others again and again.
fn repeats(name: &'static str, bytes: impl Into<Vec<u8>>, again: &[u8]) -> Case {
    let (mut bytes, then) = (bytes.into(), Then::Repeat(again.len()));
    bytes.extend_from_slice(again);
    Case { name, bytes, then }
}

async fn play<S>(mut stream: S, bytes: Arc<Vec<u8>>, then: Then, said: mpsc::UnboundedSender<()>)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let _ = stream.write_all(&bytes).await;
    let _ = stream.flush().await;
    match then {
        Then::Close => {
            let _ = stream.shutdown().await;
            // Unread bytes would turn the close into a reset.
            let _ = stream.read_to_end(&mut Vec::new()).await;
        }
        Then::Wait => {
            let _ = said.send(());
            let _ = stream.read_to_end(&mut Vec::new()).await;
        }
        Then::Repeat(length) => {
            let again = bytes.get(bytes.len() - length..).unwrap_or_default();
            while stream.write_all(again).await.is_ok() && stream.flush().await.is_ok() {}
        }
    }
}

/// Sends a request, and gives what it ended in, the seconds, and the most memory.
async fn run(case: &Case, http2: bool) -> (String, u64, usize) {
    let (said, mut heard) = mpsc::unbounded_channel();
    let (bytes, then) = (Arc::new(case.bytes.clone()), case.then);
    let identity = Identity::loopback();
    let (server, url) = if http2 {
        let server = Server::raw_tls(&identity, &["h2"], move |mut tls, _| {
            let (bytes, said) = (Arc::clone(&bytes), said.clone());
            async move {
                // Otherwise the system holds the second write back until the first is acknowledged.
                tls.get_ref().0.set_nodelay(true).unwrap();
                // The server's settings open the connection.
                let _ = tls.write_all(&frame(4, 0, 0, &[])).await;
                read_request(&mut tls).await;
                play(tls, bytes, then, said).await;
            }
        })
        .await;
        let url = server.https("/");
        (server, url)
    } else {
        let server = Server::raw(move |mut tcp, _| {
            let (bytes, said) = (Arc::clone(&bytes), said.clone());
            async move {
                read_head(&mut tcp).await;
                play(tcp, bytes, then, said).await;
            }
        })
        .await;
        let url = server.http("/");
        (server, url)
    };
    let client = identity.builder().build().unwrap();
    let (peak, start) = (Peak::start(), Instant::now());
    let attempt = client.send(get(url));
    tokio::pin!(attempt);
    let outcome = tokio::select! {
        outcome = &mut attempt => outcome,
        () = heard_and_read(&mut heard) => {
            tokio::time::pause();
            let outcome = attempt.await;
            tokio::time::resume();
            outcome
        }
    };
    let seconds = start.elapsed().as_secs();
    drop(server);
    (ended_in(&outcome), seconds, peak.bytes())
}

/// Waits for the server, and lets the client read what it sent.
async fn heard_and_read(heard: &mut mpsc::UnboundedReceiver<()>) {
    if heard.recv().await.is_none() {
        std::future::pending::<()>().await;
    }
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
}

fn ended_in(outcome: &Result<Response<Vec<u8>>, Error>) -> String {
    let error = match outcome {
        Ok(response) if response.status().is_success() => return "an answer".to_owned(),
        Ok(_) => return "a rejection".to_owned(),
        Err(error) => error,
    };
    let kinds = [
        (error.is_timeout(), "`is_timeout`"),
        (error.is_too_large(), "`is_too_large`"),
        (error.is_cut(), "`is_cut`"),
        (error.is_protocol(), "`is_protocol`"),
        (error.is_connect(), "`is_connect`"),
    ];
    let kinds = kinds.iter().filter_map(|(is, name)| is.then_some(*name));
    let sent = match error.sent() {
        Sent::NotSent => "not sent",
        Sent::MaybeSent => "maybe sent",
    };
    format!("{}, {sent}", kinds.collect::<Vec<_>>().join(", "))
}

/// Runs the cases, and compares the section of this name in the document.
async fn table(section: &str, cases: Vec<Case>, http2: bool) {
    let (count, mut rows) = (cases.len(), BTreeMap::<_, Vec<_>>::new());
    for case in cases {
        let name = case.name;
        let (mut ended, mut seconds, mut bytes) = run(&case, http2).await;
        // Other work on the machine only adds to a measurement, so the least of three counts.
        for _ in 0..2 {
            if bytes >= SMALL {
                let again = run(&case, http2).await;
                bytes = bytes.min(again.2);
                (ended, seconds) = (again.0, again.1);
            }
        }
        let time = match seconds {
            0..5 => "at once",
            5..12 => "10 s",
            12..25 => "20 s",
            25..35 => "30 s",
            _ => panic!("{name}: {seconds} s"),
        };
        let memory = match bytes {
            0..SMALL => "2 MiB",
            SMALL..LARGE => "40 MiB",
            _ => panic!("{name}: {bytes} bytes"),
        };
        rows.entry((ended, time, memory)).or_default().push(name);
    }
    let mut text = format!(
        "{count} cases:\n\n| Ends in | Within | Memory below | When the server sends |\n|---|---|---|---|\n"
    );
    for ((ended, time, memory), names) in rows {
        text += &format!("| {ended} | {time} | {memory} | {} |\n", names.join("; "));
    }
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/security.md");
    let document = std::fs::read_to_string(document).unwrap();
    let (begin, end) = (format!("<!-- {section} -->\n\n"), "\n<!-- end -->");
    let (before, rest) = document.split_once(&begin).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    expect_file!["../../../../docs/security.md"].assert_eq(&format!("{before}{begin}{text}{end}{after}"));
}

const OK: &str = "HTTP/1.1 200 OK\r\n";

fn head(rest: &str) -> String {
    format!("{OK}{rest}")
}

#[tokio::test]
async fn hostile_http1_server_ends_as_documented() {
    let many = |count| {
        head(&format!(
            "{}content-length: 2\r\n\r\nok",
            "x-many: 1\r\n".repeat(count)
        ))
    };
    let chunked = |rest: &str| head(&format!("transfer-encoding: chunked\r\n\r\n{rest}"));
    let sized = |length: &str, body: &str| head(&format!("content-length: {length}\r\n\r\n{body}"));
    let cases = vec![
        closes("nothing", ""),
        closes("half a status line", "HTTP/1.1 20"),
        closes("a status line alone", OK),
        closes("half a header", head("content-le")),
        closes("noise", [0, 1, 2, 255, 254, 13, 10, 13, 10]),
        closes("a TLS alert", [21, 3, 3, 0, 2, 2, 40]),
        closes("an HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        closes("a request", "GET / HTTP/1.1\r\nhost: x\r\n\r\n"),
        closes("HTTP/3.0", "HTTP/3.0 200 OK\r\n\r\n"),
        closes("HTTP/0.9", "<html>hello</html>"),
        closes("a status of two digits", "HTTP/1.1 20 OK\r\n\r\n"),
        closes("a status of four digits", "HTTP/1.1 2000 OK\r\n\r\n"),
        closes(
            "a status below 100",
            "HTTP/1.1 099 OK\r\ncontent-length: 0\r\n\r\n",
        ),
        closes("a status of 999", "HTTP/1.1 999 OK\r\ncontent-length: 0\r\n\r\n"),
        closes(
            "a redirect to itself",
            "HTTP/1.1 302 Found\r\nlocation: /\r\ncontent-length: 0\r\n\r\n",
        ),
        closes(
            "a status without a reason",
            "HTTP/1.1 200\r\ncontent-length: 2\r\n\r\nok",
        ),
        closes(
            "a header without a name",
            head(": x\r\ncontent-length: 2\r\n\r\nok"),
        ),
        closes(
            "a header without a colon",
            head("x\r\ncontent-length: 2\r\n\r\nok"),
        ),
        closes(
            "a header with a blank in its name",
            head("a b: x\r\ncontent-length: 2\r\n\r\nok"),
        ),
        closes(
            "a header with a zero byte",
            head("x: \0\r\ncontent-length: 2\r\n\r\nok"),
        ),
        closes(
            "a folded header",
            head("x: a\r\n b\r\ncontent-length: 2\r\n\r\nok"),
        ),
        closes(
            "a header that is not ASCII",
            head("x: \u{e9}\u{202e}\r\ncontent-length: 2\r\n\r\nok"),
        ),
        closes("100 headers", many(99)),
        closes("101 headers", many(100)),
        closes("10,000 headers", many(10_000)),
        closes(
            "a header of a megabyte",
            head(&format!("x: {}\r\n\r\n", "x".repeat(1 << 20))),
        ),
        closes("a negative length", sized("-1", "ok")),
        closes("a length in words", sized("two", "ok")),
        closes("an empty length", sized("", "ok")),
        closes("a length of 2^64", sized("18446744073709551616", "ok")),
        closes("a length of 2^63", sized("9223372036854775808", "ok")),
        closes("a length of 17 MiB", sized("17825792", "ok")),
        closes("a length of 16 MiB and 2 bytes", sized("16777216", "ok")),
        closes(
            "two different lengths",
            head("content-length: 2\r\ncontent-length: 3\r\n\r\nok"),
        ),
        closes("a list of lengths", sized("2, 2", "ok")),
        closes("a length in hexadecimal", sized("0x2", "ok")),
        closes("a signed length", sized("+2", "ok")),
        closes("a body shorter than its length", sized("10", "ok")),
        closes(
            "a body longer than its length",
            sized("2", "ok and HTTP/1.1 500 X\r\n\r\n"),
        ),
        closes(
            "a length and chunks",
            chunked("2\r\nok\r\n0\r\n\r\n").replace("transfer", "content-length: 9\r\ntransfer"),
        ),
        closes("an unknown encoding", head("transfer-encoding: zip\r\n\r\nok")),
        closes(
            "bytes that are not gzip, announced as gzip",
            head("content-encoding: gzip\r\ncontent-length: 2\r\n\r\nok"),
        ),
        closes("chunks without an end", chunked("2\r\nok\r\n")),
        closes("half a chunk", chunked("9\r\nok")),
        closes("a chunk's size in words", chunked("two\r\nok\r\n0\r\n\r\n")),
        closes(
            "a chunk of 2^64 bytes",
            chunked("10000000000000000\r\nok\r\n0\r\n\r\n"),
        ),
        closes(
            "a chunk of 2^63 bytes",
            chunked("8000000000000000\r\nok\r\n0\r\n\r\n"),
        ),
        closes("a negative chunk", chunked("-2\r\nok\r\n0\r\n\r\n")),
        closes("a chunk without a line end", chunked("2\r\nokok0\r\n\r\n")),
        closes(
            "a chunk's extension of a megabyte",
            chunked(&format!("2;{}\r\nok\r\n0\r\n\r\n", "x".repeat(1 << 20))),
        ),
        closes(
            "trailers of a megabyte",
            chunked(&format!("2\r\nok\r\n0\r\nx: {}\r\n\r\n", "x".repeat(1 << 20))),
        ),
        closes(
            "10,000 chunks of one byte",
            chunked(&format!("{}0\r\n\r\n", "1\r\nx\r\n".repeat(10_000))),
        ),
        closes(
            "a switch of protocols",
            "HTTP/1.1 101 Switching\r\nupgrade: x\r\n\r\n",
        ),
        closes(
            "an early hint, then an answer",
            format!("HTTP/1.1 103 Early\r\n\r\n{}", sized("2", "ok")),
        ),
        waits("nothing, and waits", ""),
        waits("half a head, and waits", head("x: ")),
        waits("half a body, and waits", sized("10", "ok")),
        waits("half a chunk, and waits", chunked("9\r\nok")),
        waits("no length, and waits", head("\r\nok")),
        repeats("a body without an end", head("\r\n"), &[b'x'; 0x10000]),
        repeats(
            "chunks for ever",
            chunked(""),
            format!("4000\r\n{}\r\n", "x".repeat(0x4000)).as_bytes(),
        ),
        repeats(
            "a head without an end",
            OK,
            b"x: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n",
        ),
        repeats("a header without an end", head("x: "), &[b'x'; 0x1000]),
        repeats(
            "a chunk's extension without an end",
            chunked("2;"),
            &[b'x'; 0x1000],
        ),
        repeats(
            "trailers without an end",
            chunked("2\r\nok\r\n0\r\n"),
            b"x: xxxxxxxxxxxxxxxx\r\n",
        ),
    ];
    table("hostile http/1.1", cases, false).await;
}

/// An HTTP/2 frame.
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let mut frame = length[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

/// Reads up to the request's HEADERS frame, with END_STREAM and END_HEADERS.
async fn read_request(stream: &mut (impl AsyncRead + Unpin)) {
    let mut seen = [0; 9];
    while seen[3..] != [1, 5, 0, 0, 0, 1] {
        seen.rotate_left(1);
        let Ok(byte) = stream.read_u8().await else { return };
        seen[8] = byte;
    }
}

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RESET: u8 = 3;
const SETTINGS: u8 = 4;
const PUSH: u8 = 5;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const WINDOW: u8 = 8;
const CONTINUATION: u8 = 9;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

#[tokio::test]
async fn hostile_http2_server_ends_as_documented() {
    let join = |frames: &[Vec<u8>]| frames.concat();
    // In HPACK's static table: status 200.
    let status = |flags| frame(HEADERS, END_HEADERS | flags, 1, &[0x88]);
    let block = |bytes: &[u8]| frame(HEADERS, END_HEADERS | END_STREAM, 1, bytes);
    let data = |flags, bytes: &[u8]| frame(DATA, flags, 1, bytes);
    let reset = |reason: u32| frame(RESET, 0, 1, &reason.to_be_bytes());
    let goaway =
        |last: u32, reason: u32| frame(GOAWAY, 0, 0, &[last.to_be_bytes(), reason.to_be_bytes()].concat());
    let setting = |id: u16, value: u32| {
        frame(
            SETTINGS,
            0,
            0,
            &[&id.to_be_bytes()[..], &value.to_be_bytes()].concat(),
        )
    };
    let window = |stream, size: u32| frame(WINDOW, 0, stream, &size.to_be_bytes());
    // A literal header without indexing: name and value.
    let literal = |name: &str, length: usize| {
        let mut bytes = vec![0x88, 0, u8::try_from(name.len()).unwrap()];
        bytes.extend(name.as_bytes());
        bytes.push(u8::try_from(length).unwrap());
        bytes.extend(vec![b'x'; length]);
        bytes
    };
    let more = |count| -> Vec<u8> {
        let header = &literal("x-many", 100)[1..];
        let mut frames = frame(HEADERS, END_STREAM, 1, &[0x88]);
        for _ in 0..count {
            frames.extend(frame(CONTINUATION, 0, 1, header));
        }
        frames
    };
    let cases = vec![
        closes("nothing", ""),
        closes("noise", [255; 64]),
        closes("an answer of HTTP/1.1", head("content-length: 2\r\n\r\nok")),
        closes("half a frame", &frame(HEADERS, 5, 1, &[0x88])[..6]),
        closes("a frame of 2^24 bytes", [255, 255, 255, 0, 0, 0, 0, 0, 1]),
        closes("a frame above the size allowed", frame(DATA, 0, 1, &[0; 0x4001])),
        closes(
            "a frame of an unknown type",
            join(&[frame(99, 255, 1, &[1]), status(END_STREAM)]),
        ),
        closes("a head without a body", status(END_STREAM)),
        closes("a head, then the end", status(0)),
        closes("half a body, then the end", join(&[status(0), data(0, b"ok")])),
        closes("a body without a head", data(END_STREAM, b"ok")),
        closes("a head on stream 0", frame(HEADERS, 5, 0, &[0x88])),
        closes(
            "a head on a stream that nobody opened",
            frame(HEADERS, 5, 7, &[0x88]),
        ),
        closes("a head on a stream of the server", frame(HEADERS, 5, 2, &[0x88])),
        closes("a body on stream 0", frame(DATA, 1, 0, b"ok")),
        closes(
            "a body on another stream",
            join(&[status(0), frame(DATA, 1, 9, b"ok")]),
        ),
        closes(
            "a body after the end",
            join(&[status(END_STREAM), data(END_STREAM, b"ok")]),
        ),
        closes(
            "two heads",
            join(&[status(0), status(0), data(END_STREAM, b"ok")]),
        ),
        closes("no status", block(&[])),
        closes("a status twice", block(&[0x88, 0x88])),
        closes("a status in words", block(&[&[0x08, 3][..], b"two"].concat())),
        closes("a status of 101", block(&[&[0x08, 3][..], b"101"].concat())),
        closes("a header of a request", block(&[0x88, 0x82])),
        closes("a header in upper case", block(&literal("X-Upper", 1))),
        closes("a header of HTTP/1.1", block(&literal("connection", 1))),
        closes("an index beyond the table", block(&[0x88, 0xff, 0xff, 0x7f])),
        closes(
            "an index without an end",
            block(&[[0xff; 1].as_slice(), &[0x80; 64]].concat()),
        ),
        closes("a broken Huffman code", block(&[0x88, 0, 0x81, 0xff, 0x81, 0xff])),
        closes(
            "a table of 2^31 bytes",
            block(&[0x3f, 0xe1, 0xff, 0xff, 0xff, 0x07, 0x88]),
        ),
        closes(
            "a length that is wrong",
            join(&[
                frame(HEADERS, 4, 1, &[0x88, 0x5c, 1, b'9']),
                data(END_STREAM, b"ok"),
            ]),
        ),
        closes("padding longer than the frame", frame(DATA, 8, 1, &[200, 1])),
        closes("a continuation of nothing", frame(CONTINUATION, 4, 1, &[0x88])),
        closes(
            "a head that is interrupted",
            join(&[frame(HEADERS, 1, 1, &[0x88]), frame(PING, 0, 0, &[0; 8])]),
        ),
        closes("200 continuations", more(200)),
        closes("10,000 continuations", more(10_000)),
        closes(
            "10,000 empty continuations",
            join(&[
                frame(HEADERS, 1, 1, &[0x88]),
                frame(CONTINUATION, 0, 1, &[]).repeat(10_000),
            ]),
        ),
        closes("a push", frame(PUSH, 4, 1, &[0, 0, 0, 2, 0x82])),
        closes("a reset without a reason", frame(RESET, 0, 1, &[])),
        closes("a reset of stream 0", frame(RESET, 0, 0, &[0; 4])),
        closes("a reset: no error", reset(0)),
        closes("a reset: internal error", reset(2)),
        closes("a reset: refused", reset(7)),
        closes("a reset: cancel", reset(8)),
        closes("a reset: HTTP/1.1 required", reset(13)),
        closes("a reset: unknown", reset(999)),
        closes("a head, then a reset: refused", join(&[status(0), reset(7)])),
        closes("goaway before the request", goaway(0, 0)),
        closes("goaway before the request, with an error", goaway(0, 11)),
        closes("goaway after the request", goaway(1, 0)),
        closes("goaway after the request, with an error", goaway(1, 2)),
        closes("goaway after any request", goaway(0x7fff_ffff, 0)),
        closes(
            "goaway twice, the second earlier",
            join(&[goaway(0x7fff_ffff, 0), goaway(0, 0)]),
        ),
        closes(
            "goaway twice, the second later",
            join(&[goaway(0, 0), goaway(1, 0)]),
        ),
        closes("goaway on a stream", frame(GOAWAY, 0, 1, &[0; 8])),
        closes(
            "goaway, then an answer",
            join(&[goaway(1, 0), status(END_STREAM)]),
        ),
        closes("settings of half an entry", frame(SETTINGS, 0, 0, &[0; 5])),
        closes("settings on a stream", frame(SETTINGS, 0, 1, &[])),
        closes("frames of 0 bytes allowed", setting(5, 0)),
        closes("a window of 2^32 - 1", setting(4, u32::MAX)),
        closes("push allowed by the server", setting(2, 1)),
        closes("a window grown by 0", window(1, 0)),
        closes("the connection's window grown by 0", window(0, 0)),
        closes(
            "a window beyond 2^31",
            join(&[window(1, 0x7fff_ffff), window(1, 0x7fff_ffff)]),
        ),
        closes("a ping of 7 bytes", frame(PING, 0, 0, &[0; 7])),
        closes("a ping on a stream", frame(PING, 0, 1, &[0; 8])),
        waits("nothing, and waits", ""),
        waits("half a frame, and waits", [0, 0, 9]),
        waits("a head, and waits", status(0)),
        waits("half a body, and waits", join(&[status(0), data(0, b"ok")])),
        waits(
            "an early hint, and waits",
            frame(HEADERS, 4, 1, &[&[0x08, 3][..], b"103"].concat()),
        ),
        waits("a reset: refused, and waits", reset(7)),
        waits("a reset: internal error, and waits", reset(2)),
        waits("goaway after the request, and waits", goaway(1, 0)),
        waits("goaway before the request, and waits", goaway(0, 0)),
        repeats("a body without an end", status(0), &data(0, &[b'x'; 0x1000])),
        repeats(
            "a head without an end",
            frame(HEADERS, 1, 1, &[0x88]),
            &frame(CONTINUATION, 0, 1, &literal("x", 100)[1..]),
        ),
    ];
    table("hostile http/2", cases, true).await;
}
