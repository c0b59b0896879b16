//! Calls that may be sent once: never on a dead connection, and "not sent" where that is proven.

use std::sync::{Arc, mpsc};

use eduzz_hyper::{Client, Pacing};
use eduzz_oauth::{App, ExchangeCode};
use eduzz_types::ClientSecret;
use eduzz_wire::{Origin, Origins, Sent};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_rustls::server::TlsStream;

use crate::support::*;

const ANSWER: &str = r#"{"access_token":"invented-token","token_type":"bearer"}"#;

/// Runs a server on a thread of its own, so that it works while the test's only thread is blocked.
fn on_its_own_thread<F>(start: impl FnOnce() -> F + Send + 'static) -> Server
where
    F: Future<Output = Server>,
{
    let (said, heard) = mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.unwrap().block_on(async {
            said.send(start().await).unwrap();
            std::future::pending::<()>().await;
        });
    });
    heard.recv().unwrap()
}

/// A server that answers one request on each connection and then closes it.
#[derive(Clone, Copy, Debug)]
enum Closing {
    Plain,
    Http1,
    Http2,
}

/// Tells the server to close its connection, and waits until it is closed.
struct Closer(UnboundedSender<()>, mpsc::Receiver<()>);

/// The server's side of it.
#[derive(Clone)]
struct Told(Arc<Mutex<UnboundedReceiver<()>>>, mpsc::Sender<()>);

impl Closer {
    fn new() -> (Self, Told) {
        let ((tell, told), (said, heard)) = (unbounded_channel(), mpsc::channel());
        (Self(tell, heard), Told(Arc::new(Mutex::new(told)), said))
    }

    /// Blocks the thread, as a program that works does.
    fn close(&self) {
        self.0.send(()).unwrap();
        self.1.recv().unwrap();
    }
}

impl Closing {
    fn start(self, identity: &Identity) -> (Server, Closer) {
        let (closer, told) = Closer::new();
        let identity = identity.clone();
        let server = on_its_own_thread(move || async move {
            match self {
                Self::Plain => Server::raw(move |tcp, _| answer_and_close(tcp, told.clone())).await,
                Self::Http1 => {
                    let script = move |tls, _| answer_and_close(tls, told.clone());
                    Server::raw_tls(&identity, &["http/1.1"], script).await
                }
                Self::Http2 => {
                    let script = move |tls, _| answer_and_go_away(tls, told.clone());
                    Server::raw_tls(&identity, &["h2"], script).await
                }
            }
        });
        (server, closer)
    }

    fn url(self, server: &Server) -> String {
        match self {
            Self::Plain => server.http(""),
            Self::Http1 | Self::Http2 => server.https(""),
        }
    }
}

async fn answer_and_close(mut stream: impl AsyncRead + AsyncWrite + Unpin, Told(told, said): Told) {
    let head = read_head(&mut stream).await.to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body).await.unwrap();
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{ANSWER}",
        ANSWER.len()
    );
    stream.write_all(answer.as_bytes()).await.unwrap();
    told.lock().await.recv().await;
    let _ = stream.shutdown().await;
    drop(stream);
    let _ = said.send(());
}

async fn answer_and_go_away(tls: TlsStream<TcpStream>, Told(told, said): Told) {
    let mut connection = h2::server::handshake(tls).await.unwrap();
    let (request, mut respond) = connection.accept().await.unwrap().unwrap();
    let mut body = respond.send_response(http::Response::new(()), false).unwrap();
    body.send_data(ANSWER.into(), true).unwrap();
    drop((request, respond, body));
    tokio::select! {
        _ = connection.accept() => {}
        _ = async { told.lock().await.recv().await } => connection.abrupt_shutdown(h2::Reason::NO_ERROR),
    }
    while connection.accept().await.is_some() {}
    drop(connection);
    let _ = said.send(());
}

fn code(client: &Client) -> ExchangeCode {
    let secret = ClientSecret::new("invented-secret");
    let app = App::new("app", secret, "https://shop.example.com/").unwrap();
    let sign_in = app.authorize(client.origins(), client.new_state().unwrap());
    let (_, state) = sign_in.url().split_once("state=").unwrap();
    let state = state.split('&').next().unwrap();
    let callback = format!("code=c0d3&state={state}");
    sign_in.into_pending().returned(&app, &callback).unwrap()
}

/// The program works (here: blocks its only thread) while the service closes the idle connection.
#[test]
fn call_sent_once_avoids_a_connection_that_was_closed_while_the_program_worked() {
    use tokio::runtime::Builder;

    for (kind, rounds) in [(Closing::Plain, 40), (Closing::Http1, 10), (Closing::Http2, 10)] {
        let current = Builder::new_current_thread().enable_all().build().unwrap();
        assert_eq!(current.block_on(lost(kind, rounds)), (0, 0), "{kind:?}");
        let task = current.spawn(lost(kind, rounds));
        assert_eq!(current.block_on(task).unwrap(), (0, 0), "{kind:?}, a task");
    }
}

/// How many posts and exchanges have no answer, of these rounds.
async fn lost(kind: Closing, rounds: usize) -> (usize, usize) {
    let identity = Identity::loopback();
    let (server, closer) = kind.start(&identity);
    let origin = || Origin::parse(&kind.url(&server)).unwrap();
    let builder = identity
        .builder()
        .origins(Origins::new(origin(), origin(), origin()));
    let client = builder.pacing(Pacing::off()).build().unwrap();
    let (mut posts, mut codes) = (0, 0);
    for _ in 0..rounds {
        let post = post(format!("{}/", kind.url(&server)), "body");
        match client.send(post).await {
            Ok(_) => closer.close(),
            Err(_) => posts += 1,
        }
        match client.exchange(code(&client)).await {
            Ok(_) => closer.close(),
            Err(_) => codes += 1,
        }
    }
    (posts, codes)
}

/// The server closes each connection gracefully after some calls, with others on their way.
#[tokio::test]
async fn call_that_a_leaving_server_never_saw_is_not_sent() {
    const CALLS: usize = 200;
    let identity = Identity::loopback();
    let seen = Arc::new(std::sync::Mutex::new(vec![0; CALLS]));
    let server = {
        let seen = Arc::clone(&seen);
        Server::raw_tls(&identity, &["h2"], move |tls, _| {
            let seen = Arc::clone(&seen);
            async move {
                let mut http = h2::server::Builder::new();
                let http = http.max_concurrent_streams(10);
                // A client closes connections that it opened in vain.
                let Ok(mut connection) = http.handshake::<_, hyper::body::Bytes>(tls).await else {
                    return;
                };
                let mut count = 0..;
                while let Some(Ok((request, mut respond))) = connection.accept().await {
                    if count.next() == Some(12) {
                        connection.graceful_shutdown();
                    }
                    let seen = Arc::clone(&seen);
                    tokio::spawn(async move {
                        let number: usize = request.uri().query().unwrap().parse().unwrap();
                        let mut body = request.into_body();
                        // Only a whole request is processed.
                        while let Some(data) = body.data().await {
                            if data.is_err() {
                                return;
                            }
                        }
                        seen.lock().unwrap()[number] += 1;
                        let _ = respond.send_response(http::Response::new(()), true);
                    });
                }
            }
        })
        .await
    };
    let client = identity.builder().build().unwrap();
    let calls = (0..CALLS).map(|number| {
        let (client, url) = (client.clone(), server.https(&format!("/?{number}")));
        tokio::spawn(async move { client.send(post(url, "body")).await })
    });
    let calls: Vec<_> = calls.collect();
    let mut wrong = Vec::new();
    let mut failed = 0;
    for (number, call) in calls.into_iter().enumerate() {
        let outcome = call.await.unwrap();
        let seen = seen.lock().unwrap()[number];
        match outcome {
            Ok(_) if seen == 1 => {}
            Err(error) if error.sent() == Sent::NotSent && seen == 0 => failed += 1,
            outcome => wrong.push((number, seen, outcome.map(|_| ()))),
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong, {failed} not sent: {:?}",
        wrong.len(),
        &wrong[..wrong.len().min(5)]
    );
    println!("{failed} not sent");
}

/// Many calls on one connection, with bodies of one frame and of many windows.
#[tokio::test]
async fn refused_streams_end_at_once_as_not_sent() {
    let identity = Identity::loopback();
    for length in [4, 1 << 20] {
        let server = Server::raw_tls(&identity, &["h2"], |tls, _| async move {
            let mut http = h2::server::Builder::new();
            let http = http.max_concurrent_streams(1).initial_window_size(1000);
            let mut connection = http.handshake::<_, hyper::body::Bytes>(tls).await.unwrap();
            while let Some(Ok((_, mut respond))) = connection.accept().await {
                respond.send_reset(h2::Reason::REFUSED_STREAM);
            }
        })
        .await;
        let client = identity.builder().build().unwrap();
        let calls = (0..50).map(|_| {
            let (client, url) = (client.clone(), server.https("/"));
            tokio::spawn(async move { client.send(post(url, vec![b'x'; length])).await })
        });
        let start = tokio::time::Instant::now();
        for call in calls.collect::<Vec<_>>() {
            let error = call.await.unwrap().unwrap_err();
            assert_eq!(error.sent(), Sent::NotSent, "{error:?}");
            assert!(!error.is_timeout(), "{error:?}");
        }
        lasted(start, 0..9);
    }
}
