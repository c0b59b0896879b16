//! What a snapshot has of the webhooks: subscriptions, what waits, and the history.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::delivery::{DeliveryAttempt, DeliveryRecord, DeliveryState, ReceiverAnswer};
use super::queue::{Holder, Payload, Wanted};
use super::schedule::Schedule;
use crate::random::Random;

/// The subscriptions, their deliveries, and the history.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SavedQueue {
    pub(super) subscriptions: Vec<SavedSubscription>,
    pub(super) subscription_ids: Random,
    pub(super) event_ids: Random,
    /// Samples to be sent, with their subscriptions.
    pub(super) samples: Vec<(String, Arc<Payload>)>,
    /// How many records were dropped.
    pub(super) dropped: u64,
    records: Vec<SavedRecord>,
}

/// A subscription. Its secret follows from the application.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct SavedSubscription {
    pub(super) id: String,
    pub(super) holder: Holder,
    pub(super) wanted: Wanted,
    pub(super) schedule: Schedule<Arc<Payload>>,
}

/// A delivery of the history.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct SavedRecord {
    subscription: String,
    url: String,
    event: String,
    id: String,
    #[serde(with = "body")]
    body: Arc<[u8]>,
    #[serde(with = "SavedState")]
    state: DeliveryState,
    attempts: Vec<SavedAttempt>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "DeliveryState")]
enum SavedState {
    Waiting { until: Option<SystemTime> },
    UnderWay,
    Taken,
    Stored,
    Lost,
    GivenUp,
    Erased,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct SavedAttempt {
    sent_at: SystemTime,
    took: Duration,
    #[serde(with = "SavedAnswer")]
    answer: ReceiverAnswer,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "ReceiverAnswer")]
enum SavedAnswer {
    Status { status: u16, body: String },
    None { reason: String },
}

impl SavedQueue {
    pub(super) fn new(
        subscriptions: Vec<SavedSubscription>,
        (subscription_ids, event_ids): (Random, Random),
        samples: Vec<(String, Arc<Payload>)>,
        dropped: u64,
        records: impl Iterator<Item = DeliveryRecord>,
    ) -> Self {
        let records = records.map(|record| SavedRecord {
            subscription: record.subscription,
            url: record.url,
            event: record.event,
            id: record.id,
            body: record.body,
            state: record.state,
            attempts: record.attempts.into_iter().map(SavedAttempt::from).collect(),
        });
        Self {
            subscriptions,
            subscription_ids,
            event_ids,
            samples,
            dropped,
            records: records.collect(),
        }
    }

    /// The history, the oldest first.
    pub(super) fn take_records(&mut self) -> impl Iterator<Item = DeliveryRecord> + use<> {
        let dropped = self.dropped;
        let records = (0_u64..).zip(std::mem::take(&mut self.records));
        records.map(move |(place, saved)| DeliveryRecord {
            number: dropped.saturating_add(place),
            subscription: saved.subscription,
            url: saved.url,
            event: saved.event,
            id: saved.id,
            body: saved.body,
            state: saved.state,
            attempts: saved.attempts.into_iter().map(DeliveryAttempt::from).collect(),
        })
    }
}

impl From<DeliveryAttempt> for SavedAttempt {
    fn from(attempt: DeliveryAttempt) -> Self {
        let DeliveryAttempt {
            sent_at,
            took,
            answer,
        } = attempt;
        Self {
            sent_at,
            took,
            answer,
        }
    }
}

impl From<SavedAttempt> for DeliveryAttempt {
    fn from(saved: SavedAttempt) -> Self {
        let SavedAttempt {
            sent_at,
            took,
            answer,
        } = saved;
        Self {
            sent_at,
            took,
            answer,
        }
    }
}

/// A body that the sandbox wrote: it is JSON, so it is text.
pub(super) mod body {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(body: &Arc<[u8]>, to: S) -> Result<S::Ok, S::Error> {
        String::from_utf8_lossy(body).serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<[u8]>, D::Error> {
        Ok(String::deserialize(from)?.into_bytes().into())
    }
}
