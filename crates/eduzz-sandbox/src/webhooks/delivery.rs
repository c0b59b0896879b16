//! Deliveries, for whoever carries them or looks at what became of them.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// A delivery that is to be sent now: a POST of the body to the address, with the signature in the header `x-signature`.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dispatch {
    pub(crate) number: u64,
    /// The subscription it is for.
    pub subscription: String,
    /// Where it goes.
    pub url: String,
    /// The event's name; `ping` for the check of a receiver.
    pub event: String,
    /// The event's id.
    pub id: String,
    /// What the header `x-signature` says.
    pub signature: String,
    /// The body, byte by byte.
    pub body: Arc<[u8]>,
}

impl fmt::Debug for Dispatch {
    /// The address and the body may hold keys and people's data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dispatch")
            .field("subscription", &self.subscription)
            .field("event", &self.event)
            .field("id", &self.id)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

/// What a receiver answered to a [`Dispatch`].
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReceiverAnswer {
    /// A status, with the beginning of the body.
    Status {
        /// The HTTP status.
        status: u16,
        /// The body, as text.
        body: String,
    },
    /// No answer that can be read.
    None {
        /// Why not, for people.
        reason: String,
    },
}

impl ReceiverAnswer {
    /// An answer with this status and no body.
    #[must_use]
    pub const fn status(status: u16) -> Self {
        Self::Status {
            status,
            body: String::new(),
        }
    }

    /// No answer.
    #[must_use]
    pub fn none(reason: impl Into<String>) -> Self {
        Self::None {
            reason: reason.into(),
        }
    }

    /// Whether the delivery was taken: whether the status is one from 200 to 299.
    #[must_use]
    pub const fn is_success(&self) -> bool {
        matches!(
            self,
            Self::Status {
                status: 200..=299,
                ..
            }
        )
    }
}

impl fmt::Debug for ReceiverAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status { status, body } => f
                .debug_struct("Status")
                .field("status", status)
                .field("body", &format_args!("{} bytes", body.len()))
                .finish(),
            Self::None { reason } => f.debug_struct("None").field("reason", reason).finish(),
        }
    }
}

/// What became of a delivery: a line of the console's history.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeliveryRecord {
    pub(crate) number: u64,
    /// The subscription it was for.
    pub subscription: String,
    /// Where it went, as the subscription stood when the event happened.
    pub url: String,
    /// The event's name; `ping` for the check of a receiver.
    pub event: String,
    /// The event's id.
    pub id: String,
    /// The body, byte by byte.
    pub body: Arc<[u8]>,
    /// Where it stands.
    pub state: DeliveryState,
    /// The attempts that were made, in their order.
    pub attempts: Vec<DeliveryAttempt>,
}

impl fmt::Debug for DeliveryRecord {
    /// The address and the body may hold keys and people's data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeliveryRecord")
            .field("subscription", &self.subscription)
            .field("event", &self.event)
            .field("id", &self.id)
            .field("state", &self.state)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeliveryState {
    /// It is to be sent.
    Waiting {
        /// When another attempt is made; none before the first.
        until: Option<SystemTime>,
    },
    /// It is sent, and the answer is not there yet.
    UnderWay,
    /// The receiver took it.
    Taken,
    /// It is stored in the backup.
    Stored,
    /// The receiver did not take it, and it is not tried again.
    GivenUp,
    /// It was to be sent, and is not any more: two days of backup went by, or its subscription was disabled or deleted.
    Erased,
}

/// One attempt to deliver.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeliveryAttempt {
    /// When it was sent.
    pub sent_at: SystemTime,
    /// How long it took.
    pub took: Duration,
    /// What was answered.
    pub answer: ReceiverAnswer,
}
