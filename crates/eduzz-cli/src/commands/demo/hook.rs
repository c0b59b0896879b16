//! The receiver of the demonstration: a whole one, on this machine.

use std::net::Ipv4Addr;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use eduzz_receiver::Receiver;
use eduzz_webhook::{Delivery, Keys, Verdict};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// The sandbox delivers at once; what takes so long does not come.
const PATIENCE: Duration = Duration::from_secs(10);
const PATH: &str = "/eduzz";

/// Takes what is signed with the key, and keeps it until it is asked for.
pub(super) struct Hook {
    url: String,
    came: mpsc::UnboundedReceiver<Delivery<Bytes>>,
}

impl Hook {
    /// Begins to receive, on any free port.
    pub(super) async fn start(keys: Keys) -> Option<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.ok()?;
        let url = format!("http://{}{PATH}", listener.local_addr().ok()?);
        let (sender, came) = mpsc::unbounded_channel();
        let receiver = Receiver::new(keys, move |delivery| {
            let sender = sender.clone();
            async move {
                // Nobody asks any more when the demonstration is over.
                let _ = sender.send(delivery);
                Verdict::ACCEPTED
            }
        });
        let router = Router::new().route_service(PATH, receiver);
        // It ends with the program.
        tokio::spawn(async move { axum::serve(listener, router).await });
        Some(Self { url, came })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// The next delivery that was verified.
    pub(super) async fn next(&mut self) -> Option<Delivery<Bytes>> {
        tokio::time::timeout(PATIENCE, self.came.recv()).await.ok()?
    }
}
