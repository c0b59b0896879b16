//! The server that `docs/webhooks.md` shows: `axum::serve` has neither limit.

use std::{sync::Arc, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{rt::TokioIo, rt::TokioTimer, service::TowerToHyperService};
use tokio::{net::TcpListener, sync::Semaphore, time::sleep};

/// Answers for ever: at most 10 s for the head of a request, at most 500 connections at once.
pub async fn listen(listener: TcpListener, app: Router) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(10));
    let room = Arc::new(Semaphore::new(500));
    loop {
        let seat = room.clone().acquire_owned().await;
        let Ok((socket, _)) = listener.accept().await else {
            // For example, the system has no free socket.
            sleep(Duration::from_millis(100)).await;
            continue;
        };
        let connection = http.serve_connection(TokioIo::new(socket), TowerToHyperService::new(app.clone()));
        tokio::spawn(async move {
            let _ = connection.await;
            drop(seat);
        });
    }
}
