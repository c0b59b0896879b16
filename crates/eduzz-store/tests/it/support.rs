//! Deliveries, clocks and short forms.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use eduzz_store::{Claimed, Clock, Filter, Row, Settled, Settlement, Store};
use eduzz_sync::inbox::{Ending, Incoming, State};
use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::Key;

/// A clock that a test moves.
#[derive(Clone)]
pub(crate) struct Hands(Arc<AtomicI64>);

impl Hands {
    pub(crate) fn new() -> Self {
        Self(Arc::new(AtomicI64::new(1_795_000_000_000)))
    }

    pub(crate) fn clock(&self) -> Clock {
        Clock::set_by(Arc::clone(&self.0))
    }

    #[cfg(feature = "mirror")]
    pub(crate) fn now(&self) -> eduzz_sync::Moment {
        eduzz_sync::Moment::from_millis(self.0.load(Ordering::SeqCst))
    }

    pub(crate) fn pass(&self, time: Duration) {
        self.0
            .fetch_add(i64::try_from(time.as_millis()).unwrap(), Ordering::SeqCst);
    }

    pub(crate) fn go_back(&self, time: Duration) {
        self.0
            .fetch_sub(i64::try_from(time.as_millis()).unwrap(), Ordering::SeqCst);
    }
}

/// A signed delivery of this body.
pub(crate) fn delivered(body: &[u8]) -> Incoming {
    let key = Key::new(&WebhookSecret::new("invented-secret")).unwrap();
    let delivery = key.open(key.sign(body), body).unwrap();
    Incoming::new(&delivery, "")
}

/// An event about an upload: `subject` is the file's name.
pub(crate) fn event(id: &str, subject: &str) -> Incoming {
    let body = format!(
        r#"{{"id":"{id}","event":"safevideo.upload_started","data":{{"filename":"{subject}"}},"sentDate":"2026-11-20T12:00:00.000Z"}}"#
    );
    delivered(body.as_bytes())
}

/// Stores an event; returns its number.
pub(crate) async fn put<S: Store>(store: &S, id: &str, subject: &str) -> i64 {
    store.put(event(id, subject), State::Ready).await.unwrap().seq
}

/// Ends an attempt; the wait after a failure is the longest one when `chance` is `u64::MAX - 1`,
/// and none when it is 0.
pub(crate) async fn end<S: Store>(store: &S, claimed: &Claimed, ending: Ending, chance: u64) -> Settled {
    let change = ending.change(claimed.event.row.attempts, chance);
    store
        .settle(Settlement::end(claimed.claim, change))
        .await
        .unwrap()
}

pub(crate) fn seqs(claimed: &[Claimed]) -> Vec<i64> {
    claimed.iter().map(|claimed| claimed.claim.seq).collect()
}

pub(crate) async fn row<S: Store>(store: &S, seq: i64) -> Row {
    store.get(seq).await.unwrap().unwrap().row
}

pub(crate) async fn rows<S: Store>(store: &S) -> Vec<Row> {
    store.list(Filter::default()).await.unwrap()
}
