//! A small server that limits connections, and the time for the head of a request.

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

#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// The time for the head of a request, from the end of the answer before it.
    pub(super) head_time: Duration,
    /// The connections served at once; further ones wait.
    pub(super) connections: usize,
}

/// The wait when the system has no free socket.
const NO_SOCKET: Duration = Duration::from_millis(100);

/// Answers requests for ever. An error of a connection ends that connection only.
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
        // The semaphore is never closed.
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

/// Whether the error is of one connection, so that the next can be accepted at once.
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

    /// Starts a server; gives its address, and the most requests in work at once.
    async fn start(head_time: Duration, connections: usize) -> (SocketAddr, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let seen = Arc::clone(&most);
        let answer = move |_: Request| {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            async move {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                // Let other requests come.
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
        // A reset ends it too.
        let _ = socket.read_to_string(&mut text).await;
        text
    }

    #[tokio::test]
    async fn connection_without_a_head_is_closed() {
        let (address, _) = start(Duration::from_millis(50), 1).await;
        // One sends half a head, one nothing: each holds the only place until its time is over.
        let half = open(address, HEAD.split_at(10).0).await;
        let nothing = open(address, b"").await;
        let whole = open(address, HEAD).await;
        assert!(!rest(half).await.contains(" 200 "));
        assert_eq!(rest(nothing).await, "");
        assert!(rest(whole).await.starts_with("HTTP/1.1 200 "));
    }

    #[tokio::test]
    async fn connections_served_at_once_are_limited() {
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
