//! What is kept of a delivery.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use eduzz_webhook::{Delivery, Event, Subject, SubjectKind};
use sha2::{Digest, Sha256};

use super::State;

/// A delivery as it is stored.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Incoming {
    /// Whose event it is; one inbox can serve several accounts.
    pub account: String,
    /// The key for deduplication, unique in the account.
    pub once: String,
    /// The event's name. `None` if it cannot be read.
    pub name: Option<String>,
    /// The record that the event is about. A learner's id is a hash, because it is an e-mail
    /// address.
    pub subject: Option<(SubjectKind, String)>,
    /// The date of sending, as received.
    pub sent: Option<String>,
    /// The SHA-256 of the body.
    pub hash: [u8; 32],
    /// Whether this version of the SDK can read the event.
    pub reading: Reading,
    /// Whether it is most likely a sample and no sale.
    pub is_sample: bool,
    /// The label of the key that verified it.
    pub key: Option<String>,
    /// The valid signature.
    pub signature: String,
    /// The body, as received.
    pub body: Vec<u8>,
}

/// Whether this version of the SDK can read an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Reading {
    /// It can be read.
    Known,
    /// Its name is not in the list of events.
    Unknown,
    /// Its body does not have the documented form.
    Unusable,
}

impl Reading {
    /// The reading as it is stored. It does not change.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::Unknown => "unknown",
            Self::Unusable => "unusable",
        }
    }
}

/// Which events are handled. The others are stored too, as [`State::Ignored`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// Handle samples of the console.
    pub samples: bool,
    /// Handle events that this version of the SDK cannot read, for handlers that use the bytes.
    pub unreadable: bool,
}

impl Incoming {
    /// What to store of a delivery for this account.
    #[must_use]
    pub fn new<B: AsRef<[u8]>>(delivery: &Delivery<B>, account: &str) -> Self {
        let event = delivery.event();
        let reading = match event {
            Event::Unknown(_) => Reading::Unknown,
            Event::Unusable(_) => Reading::Unusable,
            _ => Reading::Known,
        };
        Self {
            account: text_key(account),
            once: text_key(delivery.dedup_key()),
            name: delivery.name().map(|name| name.as_str().to_owned()),
            subject: event
                .subject()
                .map(|subject| (subject.kind, subject_key(&subject))),
            sent: delivery.sent_date().map(|sent| text_key(sent.as_str())),
            hash: Sha256::digest(delivery.body()).into(),
            reading,
            is_sample: delivery.is_sample(),
            key: delivery.key().map(text_key),
            signature: delivery.signature().as_str().to_owned(),
            body: delivery.body().to_owned(),
        }
    }

    /// The first state.
    #[must_use]
    pub fn state(&self, policy: Policy) -> State {
        let is_handled =
            (policy.samples || !self.is_sample) && (policy.unreadable || self.reading == Reading::Known);
        if is_handled { State::Ready } else { State::Ignored }
    }
}

/// A sender's text as a column of an index: as it is, or a hash where it is longer than 200 bytes
/// or has control characters, which PostgreSQL refuses.
#[must_use]
pub fn text_key(text: &str) -> String {
    if text.len() <= 200 && !text.chars().any(char::is_control) {
        text.to_owned()
    } else {
        hashed(text)
    }
}

fn subject_key(subject: &Subject) -> String {
    let id = subject.id.as_str();
    match subject.kind {
        SubjectKind::Learner => learner_key(id),
        _ => text_key(id),
    }
}

/// The subject of the events of a learner: the hash of an e-mail address, in any case.
#[must_use]
pub fn learner_key(email: &str) -> String {
    hashed(&email.trim().to_lowercase())
}

fn hashed(text: &str) -> String {
    let mut hash = String::from("sha256:");
    for byte in Sha256::digest(text) {
        hash.push_str(&format!("{byte:02x}"));
    }
    hash
}

impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming")
            .field("account", &self.account)
            .field("once", &self.once)
            .field("name", &self.name)
            .field("reading", &self.reading)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}
