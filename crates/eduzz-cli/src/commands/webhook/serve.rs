//! A small server with limits of its own: whoever can reach the port can open connections, and send a head byte by byte.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::response::Response;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// How long and how much strangers may hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// How long the head of a request may take, from the end of the answer before it.
    pub(super) head_time: Duration,
    /// How many connections are served at once; the next ones wait.
    pub(super) connections: usize,
}

/// How long to wait when the system has no socket to give: it may have one when another has ended.
const NO_SOCKET: Duration = Duration::from_millis(100);

/// Answers what comes, without end. What is wrong with one connection ends that one alone.
pub(super) async fn serve<A, F>(listener: TcpListener, limits: Limits, answer: A) -> Infallible
where
    A: Fn(Request) -> F + Clone + Send + 'static,
    F: Future<Output = Response> + Send + 'static,
{
    let room = Arc::new(Semaphore::new(limits.connections));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head_time);
    loop {
        // It is never closed.
        let seat = Arc::clone(&room).acquire_owned().await.ok();
        let socket = match listener.accept().await {
            Ok((socket, _)) => socket,
            Err(error) => {
                if !is_of_one(&error) {
                    tokio::time::sleep(NO_SOCKET).await;
                }
                continue;
            }
        };
        let answer = answer.clone();
        let service = service_fn(move |request: http::Request<hyper::body::Incoming>| {
            let answer = answer(request.map(axum::body::Body::new));
            async { Ok::<_, Infallible>(answer.await) }
        });
        let connection = http.serve_connection(TokioIo::new(socket), service);
        tokio::spawn(async move {
            let _ = connection.await;
            drop(seat);
        });
    }
}

/// Whether one connection ended before it was taken, and the next may be taken at once.
fn is_of_one(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;

    use super::*;

    const HEAD: &[u8] = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    /// Longer than any test runs.
    const LONG: Duration = Duration::from_secs(600);

    /// Starts a server; gives its address, and the most requests that it had in work at once.
    async fn start(head_time: Duration, connections: usize) -> (SocketAddr, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let seen = Arc::clone(&most);
        let answer = move |_: Request| {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            async move {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                // As long as it takes that the others could come.
                for _ in 0..100 {
                    tokio::task::yield_now().await;
                }
                now.fetch_sub(1, Ordering::SeqCst);
                Response::default()
            }
        };
        let limits = Limits {
            head_time,
            connections,
        };
        tokio::spawn(serve(listener, limits, answer));
        (address, seen)
    }

    async fn open(address: SocketAddr, bytes: &[u8]) -> TcpStream {
        let mut socket = TcpStream::connect(address).await.unwrap();
        socket.write_all(bytes).await.unwrap();
        socket
    }

    async fn rest(mut socket: TcpStream) -> String {
        let mut text = String::new();
        // A reset is an end too.
        let _ = socket.read_to_string(&mut text).await;
        text
    }

    #[tokio::test]
    async fn a_head_that_does_not_come_loses_its_place() {
        let (address, _) = start(Duration::from_millis(50), 1).await;
        // One sends the half of a head, and one nothing at all: each holds the only place until its time is over.
        let half = open(address, HEAD.split_at(10).0).await;
        let nothing = open(address, b"").await;
        let whole = open(address, HEAD).await;
        assert!(!rest(half).await.contains(" 200 "));
        assert_eq!(rest(nothing).await, "");
        assert!(rest(whole).await.starts_with("HTTP/1.1 200 "));
    }

    #[tokio::test]
    async fn no_more_connections_are_served_at_once_than_there_is_room() {
        let (address, most) = start(LONG, 2).await;
        let mut sockets = Vec::new();
        for _ in 0..10 {
            sockets.push(open(address, HEAD).await);
        }
        for socket in sockets {
            assert!(rest(socket).await.starts_with("HTTP/1.1 200 "));
        }
        assert!((1..=2).contains(&most.load(Ordering::SeqCst)));
    }
}
