//! Attempts to deliver, answers, and the history of deliveries.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// An attempt to deliver that is to be sent now: a POST of the body to the address, with the
/// signature in the header `x-signature`.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    pub(super) number: u64,
    pub(super) record: u64,
    pub(super) is_sample: bool,
    pub(super) sent_at: SystemTime,
    /// The subscription it is for.
    pub subscription: String,
    /// The receiver's address.
    pub url: String,
    /// The event's name; `ping` for the check of a receiver.
    pub event: String,
    /// The event's id.
    pub id: String,
    /// The value of the header `x-signature`.
    pub signature: String,
    /// The body, byte by byte.
    pub body: Arc<[u8]>,
}

impl fmt::Debug for Attempt {
    /// The address and the body may hold keys and people's data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("subscription", &self.subscription)
            .field("event", &self.event)
            .field("id", &self.id)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}

/// The answer of a receiver to an [`Attempt`].
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReceiverAnswer {
    /// A status, with the first 16 KiB of the body.
    Status {
        /// The HTTP status.
        status: u16,
        /// The body, as text.
        body: String,
    },
    /// No readable answer.
    None {
        /// The reason, as a sentence for people.
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

    /// Whether the delivery was accepted: a status from 200 to 299.
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

/// A delivery of the history, as the console lists it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeliveryRecord {
    pub(crate) number: u64,
    /// The subscription it was for.
    pub subscription: String,
    /// The receiver's address when the event happened.
    pub url: String,
    /// The event's name; `ping` for the check of a receiver.
    pub event: String,
    /// The event's id.
    pub id: String,
    /// The body, byte by byte.
    pub body: Arc<[u8]>,
    /// Its state.
    pub state: DeliveryState,
    /// The answered attempts, in order.
    pub attempts: Vec<DeliveryAttempt>,
}

impl DeliveryRecord {
    /// Its number in the history, which no other delivery has.
    #[must_use]
    pub const fn number(&self) -> u64 {
        self.number
    }
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

/// The state of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeliveryState {
    /// It is to be sent.
    Waiting {
        /// When the next attempt is made; `None` before the first.
        until: Option<SystemTime>,
    },
    /// It was sent and is not answered.
    UnderWay,
    /// The receiver accepted it.
    Taken,
    /// It is stored in the backup.
    Stored,
    /// It is never sent: a fault that was asked for lost it.
    Lost,
    /// The receiver refused it, and it is not retried.
    GivenUp,
    /// It is not sent any more: two days of backup went by, or its subscription was disabled or
    /// deleted.
    Erased,
}

impl DeliveryState {
    /// Its word, as JSON has it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting { .. } => "waiting",
            Self::UnderWay => "under-way",
            Self::Taken => "taken",
            Self::Stored => "stored",
            Self::Lost => "lost",
            Self::GivenUp => "given-up",
            Self::Erased => "erased",
        }
    }
}

/// An answered attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeliveryAttempt {
    /// When it was sent.
    pub sent_at: SystemTime,
    /// How long it took.
    pub took: Duration,
    /// The answer.
    pub answer: ReceiverAnswer,
}
