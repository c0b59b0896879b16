//! A small server that limits connections, and the time for the head of a request.

use std::convert::Infallible;
use std::future::pending;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::Request;
use axum::response::Response;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

#[derive(Clone, Copy, Debug)]
pub(in crate::commands) struct Limits {
    /// The time for the head of a request, from the end of the answer before it.
    pub(in crate::commands) head_time: Duration,
    /// The connections served at once; further ones wait.
    pub(in crate::commands) connections: usize,
}

impl Limits {
    /// Those of a receiver. A head is a few hundred bytes; each connection may hold a body of
    /// 4 MiB.
    pub(in crate::commands) const RECEIVER: Self = Self {
        head_time: Duration::from_secs(10),
        connections: 64,
    };
}

/// The wait when the system has no free socket.
const NO_SOCKET: Duration = Duration::from_millis(100);

/// The time for answers after the value is `true`.
const STOP_TIME: Duration = Duration::from_secs(20);

/// Answers requests for ever. An error of a connection ends that connection only.
pub(in crate::commands) async fn serve<A, F>(listener: TcpListener, limits: Limits, answer: A) -> Infallible
where
    A: Fn(Request) -> F + Clone + Send + 'static,
    F: Future<Output = Response> + Send + 'static,
{
    let (_never, stop) = watch::channel(false);
    serve_until(listener, limits, stop, answer).await;
    pending().await
}

/// Answers requests until the value is `true`; then closes the port and the idle connections, and
/// gives the answers of the others 20 seconds.
pub(in crate::commands) async fn serve_until<A, F>(
    listener: TcpListener,
    limits: Limits,
    stop: watch::Receiver<bool>,
    answer: A,
) where
    A: Fn(Request) -> F + Clone + Send + 'static,
    F: Future<Output = Response> + Send + 'static,
{
    let room = Arc::new(Semaphore::new(limits.connections));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head_time);
    loop {
        let accepted = async {
            // The semaphore is never closed.
            let seat = Arc::clone(&room).acquire_owned().await.ok();
            (seat, listener.accept().await)
        };
        let (seat, socket) = tokio::select! {
            biased;
            () = stopped(stop.clone()) => break,
            (seat, accepted) = accepted => match accepted {
                Ok((socket, _)) => (seat, socket),
                Err(error) => {
                    if !is_of_one(&error) {
                        tokio::time::sleep(NO_SOCKET).await;
                    }
                    continue;
                }
            },
        };
        let answer = answer.clone();
        let service = service_fn(move |request: http::Request<hyper::body::Incoming>| {
            let answer = answer(request.map(axum::body::Body::new));
            async { Ok::<_, Infallible>(answer.await) }
        });
        let connection = http.serve_connection(TokioIo::new(socket), service);
        let stop = stop.clone();
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            tokio::select! {
                _ = connection.as_mut() => {}
                () = stopped(stop) => {
                    connection.as_mut().graceful_shutdown();
                    let _ = connection.await;
                }
            }
            drop(seat);
        });
    }
    drop(listener);
    let all = u32::try_from(limits.connections).unwrap_or(u32::MAX);
    let _some_are_left = tokio::time::timeout(STOP_TIME, room.acquire_many(all)).await;
}

/// Waits until the value is `true`; for ever if its sender is gone.
pub(in crate::commands) async fn stopped(mut stop: watch::Receiver<bool>) {
    let is_stopped = stop.wait_for(|is_stopped| *is_stopped).await.is_ok();
    if !is_stopped {
        pending::<()>().await;
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
    async fn stop_answers_requests_and_closes_the_others() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stopping, stop) = watch::channel(false);
        let (began, mut begun) = tokio::sync::mpsc::unbounded_channel();
        let may_end = Arc::new(Semaphore::new(0));
        let gate = Arc::clone(&may_end);
        let answer = move |_: Request| {
            let (began, gate) = (began.clone(), Arc::clone(&gate));
            async move {
                began.send(()).unwrap();
                gate.acquire().await.unwrap().forget();
                Response::default()
            }
        };
        let limits = Limits {
            head_time: LONG,
            connections: 9,
        };
        let serving = tokio::spawn(serve_until(listener, limits, stop, answer));
        let idle = open(address, b"").await;
        let asked = open(address, HEAD).await;
        begun.recv().await.unwrap();
        stopping.send(true).unwrap();
        assert_eq!(rest(idle).await, "");
        assert!(!serving.is_finished());
        may_end.add_permits(1);
        assert!(rest(asked).await.starts_with("HTTP/1.1 200 "));
        serving.await.unwrap();
        assert!(TcpStream::connect(address).await.is_err());
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
