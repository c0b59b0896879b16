//! The webhook receiver of the demonstration.

use std::net::Ipv4Addr;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use eduzz_receiver::Receiver;
use eduzz_webhook::{Delivery, Keys, Verdict};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

/// The sandbox delivers at once; a later delivery is a failure.
const TIMEOUT: Duration = Duration::from_secs(10);
const PATH: &str = "/eduzz";

/// Accepts deliveries that are signed with the key, and queues them.
pub(super) struct Hook {
    url: String,
    came: mpsc::UnboundedReceiver<Delivery<Bytes>>,
}

impl Hook {
    /// Starts on any free port.
    pub(super) async fn start(keys: Keys) -> Option<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.ok()?;
        let url = format!("http://{}{PATH}", listener.local_addr().ok()?);
        let (sender, came) = mpsc::unbounded_channel();
        let receiver = Receiver::new(keys, move |delivery| {
            let sender = sender.clone();
            async move {
                // The queue is closed when the demonstration is over.
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

    /// The next verified delivery.
    pub(super) async fn next(&mut self) -> Option<Delivery<Bytes>> {
        tokio::time::timeout(TIMEOUT, self.came.recv()).await.ok()?
    }
}
