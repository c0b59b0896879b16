//! Ten thousand deliveries to the example: duplicates, forgeries, in any order.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests"
)]

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use eduzz::WebhookSecret;
use eduzz::webhook::{Key, Keys, SIGNATURE_HEADER};
use eduzz_testkit::counting::{self, Weighing};
use http::{Request, header};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use webhook_axum::Table;

#[global_allocator]
static ALLOCATOR: Weighing = Weighing;

/// The size and the number of bursts.
const BURST: usize = 500;
const BURSTS: usize = 20;
/// The connections of a burst.
const CONNECTIONS: usize = 100;
/// After this many bursts every connection has allocated its buffers.
const WARM: usize = BURSTS / 2;

/// Counts how often each delivery reached the handler. It does not grow.
#[derive(Clone)]
struct Database(Arc<Vec<AtomicU32>>);

impl Table for Database {
    type Error = Infallible;

    async fn store(&self, dedup_key: &str, _: &[u8]) -> Result<(), Infallible> {
        let number: usize = dedup_key.strip_prefix("load").unwrap().parse().unwrap();
        self.0[number].fetch_add(1, Ordering::Relaxed);
        Ok(())
    }
}

/// The delivery with this number, genuine or forged.
#[derive(Clone, Copy)]
struct Post {
    number: usize,
    forgery: Option<Forgery>,
}

#[derive(Clone, Copy)]
enum Forgery {
    OtherKey,
    OtherBody,
    Unsigned,
}

/// 10,000 posts in random order: one in a hundred is forged, one in ten a duplicate.
fn posts() -> Vec<Post> {
    let mut random = Random(7);
    let mut posts = Vec::new();
    for place in 0..BURST * BURSTS {
        let forgery = match place % 300 {
            99 => Some(Forgery::OtherKey),
            199 => Some(Forgery::OtherBody),
            299 => Some(Forgery::Unsigned),
            _ => None,
        };
        let is_again = forgery.is_none() && place % 10 == 5;
        let number = if is_again { random.below(place) } else { place };
        posts.push(Post { number, forgery });
    }
    // No genuine post has the number of a forgery.
    for place in 0..posts.len() {
        while posts[place].forgery.is_none() && posts[posts[place].number].forgery.is_some() {
            posts[place].number -= 1;
        }
    }
    for place in (1..posts.len()).rev() {
        posts.swap(place, random.below(place + 1));
    }
    posts
}

impl Post {
    fn request(self, ours: &Key, forger: &Key) -> Request<Full<Bytes>> {
        let mut body = body(self.number);
        let signature = match self.forgery {
            None => Some(ours.sign(&body)),
            Some(Forgery::OtherKey) => Some(forger.sign(&body)),
            Some(Forgery::OtherBody) => {
                let signature = ours.sign(&body);
                body.push(b'\n');
                Some(signature)
            }
            Some(Forgery::Unsigned) => None,
        };
        let mut request = Request::post("/eduzz").header(header::HOST, "receiver");
        if let Some(signature) = signature {
            request = request.header(SIGNATURE_HEADER, signature.as_str());
        }
        request.body(Full::new(body.into())).unwrap()
    }
}

/// A documented event with an id of its own.
fn body(number: usize) -> Vec<u8> {
    let event = &eduzz_fixtures::EVENTS[number % eduzz_fixtures::EVENTS.len()];
    let text = std::str::from_utf8(event.plain().unwrap()).unwrap();
    let (before, after) = text.split_once("\"data\"").unwrap();
    // Replace the example's id; the event's name may be before or after the data.
    let before = before
        .lines()
        .filter(|line| !line.contains("\"id\""))
        .collect::<String>();
    let after = after.rsplit_once('}').unwrap().0;
    format!("{before}\"data\"{after}, \"id\": \"load{number}\"}}").into_bytes()
}

/// The sender: its connections and keys.
struct Sender {
    connections: Vec<SendRequest<Full<Bytes>>>,
    ours: Key,
    forger: Key,
}

impl Sender {
    async fn connect(address: SocketAddr) -> Self {
        let mut connections = Vec::new();
        for _ in 0..CONNECTIONS {
            let stream = TcpStream::connect(address).await.unwrap();
            let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
            tokio::spawn(connection);
            connections.push(sender);
        }
        Self {
            connections,
            ours: key("invented-secret"),
            forger: key("a guess"),
        }
    }

    /// Sends a burst over all connections at once and reads every answer.
    async fn burst(&mut self, posts: &[Post]) {
        let mut tasks = JoinSet::new();
        for (mut connection, posts) in self.connections.drain(..).zip(posts.chunks(BURST / CONNECTIONS)) {
            let requests: Vec<_> = posts
                .iter()
                .map(|post| (*post, post.request(&self.ours, &self.forger)))
                .collect();
            tasks.spawn(async move {
                for (post, request) in requests {
                    let answer = connection.send_request(request).await.unwrap();
                    let expected = if post.forgery.is_some() { 401 } else { 200 };
                    assert_eq!(answer.status(), expected, "load{}", post.number);
                    answer.into_body().collect().await.unwrap();
                }
                connection
            });
        }
        self.connections = tasks.join_all().await;
    }
}

fn key(secret: &str) -> Key {
    Key::new(&WebhookSecret::new(secret)).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_deliveries_reach_the_handler_and_no_forgery_does() {
    let table = Database(Arc::new((0..BURST * BURSTS).map(|_| AtomicU32::new(0)).collect()));
    let app = webhook_axum::app(Keys::new("2026", key("invented-secret")), table.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut sender = Sender::connect(listener.local_addr().unwrap()).await;
    tokio::spawn(webhook_axum::listen(listener, app));

    let posts = posts();
    let start = Instant::now();
    let mut held = Vec::new();
    for burst in posts.chunks(BURST) {
        sender.burst(burst).await;
        held.push(counting::live());
    }
    println!("{} posts in {:.1} s", posts.len(), start.elapsed().as_secs_f64());

    let mut expected = vec![0; posts.len()];
    for post in posts.iter().filter(|post| post.forgery.is_none()) {
        expected[post.number] += 1;
    }
    let handled: Vec<u32> = table
        .0
        .iter()
        .map(|times| times.load(Ordering::Relaxed))
        .collect();
    assert_eq!(
        handled, expected,
        "each delivery is handled as often as it is sent"
    );
    let forged = posts.iter().filter(|post| post.forgery.is_some()).count();
    let duplicates = expected.iter().filter(|times| **times > 1).count();
    assert_eq!(forged, 100, "one in a hundred");
    assert!(duplicates > 500, "{duplicates} came more than once");

    let sent: usize = posts
        .iter()
        .skip(WARM * BURST)
        .map(|post| body(post.number).len())
        .sum();
    let (base, most) = (held[WARM - 1], *held[WARM..].iter().max().unwrap());
    println!("{base} bytes were held after {WARM} bursts, {most} at most from then on, while {sent} came");
    // This finds a receiver that keeps one byte in twenty.
    assert!(most < base + sent / 20, "memory grew: {held:?}");
}

/// The same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// One sends half a head, one nothing, one a byte now and then: the server closes each after 10 s.
#[tokio::test]
async fn head_that_never_ends_is_cut_off() {
    for (sent, drip) in [
        ("POST /eduzz HTTP/1.1\r\nhost: r", false),
        ("", false),
        ("G", true),
    ] {
        let table = Database(Arc::default());
        let app = webhook_axum::app(Keys::new("2026", key("invented-secret")), table);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut socket = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let server = tokio::spawn(webhook_axum::listen(listener, app));
        socket.write_all(sent.as_bytes()).await.unwrap();
        let (mut answer, mut writer) = socket.into_split();
        let dripping = async {
            while drip && writer.write_all(b"E").await.is_ok() {
                tokio::time::advance(Duration::from_millis(900)).await;
            }
        };
        // The server reads what was sent before the clock is paused.
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        tokio::time::pause();
        let start = tokio::time::Instant::now();
        let mut bytes = Vec::new();
        let (_, end) = tokio::join!(dripping, async {
            // A reset ends it too.
            let _ = answer.read_to_end(&mut bytes).await;
            start.elapsed()
        });
        tokio::time::resume();
        assert!(!bytes.starts_with(b"HTTP/1.1 200"), "{sent:?}");
        assert!((9..12).contains(&end.as_secs()), "{sent:?}: {end:?}");
        server.abort();
    }
}
