//! The signals that end a program which serves.

use std::future::{Future, pending};
#[cfg(unix)]
use std::io;
use std::pin::Pin;

/// Waits for Ctrl-C or SIGTERM. It listens from the call on.
#[cfg(unix)]
pub(crate) fn ended() -> Pin<Box<dyn Future<Output = ()>>> {
    use tokio::signal::unix::{Signal, SignalKind, signal};

    async fn next(signal: io::Result<Signal>) {
        let came = match signal {
            Ok(mut signal) => signal.recv().await,
            Err(_) => None,
        };
        if came.is_none() {
            pending::<()>().await;
        }
    }
    let (interrupt, terminate) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    Box::pin(async {
        tokio::select! {
            () = next(interrupt) => {}
            () = next(terminate) => {}
        }
    })
}

#[cfg(not(unix))]
pub(crate) fn ended() -> Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async {
        if tokio::signal::ctrl_c().await.is_err() {
            pending::<()>().await;
        }
    })
}
