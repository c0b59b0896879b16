//! Deliveries, and a store with a clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use eduzz_inbox::Inbox;
use eduzz_store::{Clock, Filter, Memory, Row, Store};
use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::{Delivery, Key, Keys};

pub(crate) fn key() -> Key {
    Key::new(&WebhookSecret::new("invented-secret")).unwrap()
}

pub(crate) fn keys() -> Keys {
    Keys::new("2026", key())
}

pub(crate) fn body(id: &str, file: &str) -> String {
    format!(r#"{{"id":"{id}","event":"safevideo.upload_started","data":{{"filename":"{file}"}}}}"#)
}

pub(crate) fn delivery(body: &str) -> Delivery<Bytes> {
    let body = Bytes::from(body.to_owned());
    let signature = key().sign(&body);
    keys().open([signature.as_str()], body).unwrap()
}

/// Stores events about these files, with ids of their places.
pub(crate) async fn store<S: Store>(inbox: &Inbox<S>, files: &[&str]) {
    for (at, file) in files.iter().enumerate() {
        inbox
            .store(&delivery(&body(&format!("e{at}"), file)))
            .await
            .unwrap();
    }
}

pub(crate) async fn rows<S: Store>(inbox: &Inbox<S>) -> Vec<Row> {
    let mut rows = inbox.database().list(Filter::default()).await.unwrap();
    rows.reverse();
    rows
}

/// A clock that a test moves.
#[derive(Clone)]
pub(crate) struct Hands(Arc<AtomicI64>);

impl Hands {
    pub(crate) fn new() -> Self {
        Self::at(1_795_000_000_000)
    }

    pub(crate) fn at(millis: i64) -> Self {
        Self(Arc::new(AtomicI64::new(millis)))
    }

    pub(crate) fn memory() -> (Self, Memory) {
        let hands = Self::new();
        let memory = Memory::with_clock(hands.clock());
        (hands, memory)
    }

    pub(crate) fn clock(&self) -> Clock {
        Clock::set_by(Arc::clone(&self.0))
    }

    pub(crate) fn millis(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    pub(crate) fn pass(&self, time: Duration) {
        let millis = i64::try_from(time.as_millis()).unwrap();
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

/// Waits until a condition holds. With tokio's clock paused this takes no time.
pub(crate) async fn until<F: Future<Output = bool>>(holds: impl Fn() -> F) {
    for _ in 0..100_000 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it never held");
}

/// The calls of a store that a wrapper in tests passes on to its `inner()`.
macro_rules! passes_on {
    () => {
        async fn list(
            &self,
            filter: eduzz_store::Filter,
        ) -> Result<Vec<eduzz_store::Row>, eduzz_store::StoreError> {
            self.inner().list(filter).await
        }

        async fn get(&self, seq: i64) -> Result<Option<eduzz_store::Whole>, eduzz_store::StoreError> {
            self.inner().get(seq).await
        }

        async fn reopen(
            &self,
            filter: eduzz_store::Filter,
            reopening: eduzz_store::Reopening,
        ) -> Result<u64, eduzz_store::StoreError> {
            self.inner().reopen(filter, reopening).await
        }

        async fn prune(&self, before: eduzz_sync::Moment) -> Result<u64, eduzz_store::StoreError> {
            self.inner().prune(before).await
        }

        async fn counts(&self) -> Result<eduzz_store::Counts, eduzz_store::StoreError> {
            self.inner().counts().await
        }

        async fn now(&self) -> Result<eduzz_sync::Moment, eduzz_store::StoreError> {
            self.inner().now().await
        }
    };
}

pub(crate) use passes_on;
