//! Deliveries: bodies that a key of ours signed.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use eduzz_types::{DateTime, EventId, ReadError};

use crate::envelope::Envelope;
use crate::event::{UnknownEvent, UnusableEvent};
use crate::{Event, EventName, Signature};

/// A body that a key of ours signed. [`Key::open`](crate::Key::open), [`Keys::open`](crate::Keys::open) and
/// [`Keys::receive`](crate::Keys::receive) are the only ways to one.
///
/// It holds the body as it came, in whatever the caller had it in, so that it can be kept in an inbox with its signature and
/// opened again later.
///
/// **Genuine is not new.** No moment is signed (Q73), so whoever saw a delivery can send it again, and Eduzz itself does, when an
/// answer was lost or somebody presses the button. Remember what was taken by [`once`](Self::once), for as long as it
/// would do harm to take it twice, and where it survives a restart: in the same transaction as what the delivery causes.
#[derive(Clone)]
pub struct Delivery<B = Vec<u8>> {
    body: B,
    signature: Signature,
    key: Option<Arc<str>>,
    envelope: Envelope,
    /// The body's, for `Debug`, which cannot ask every kind of body.
    length: usize,
}

impl<B: AsRef<[u8]>> Delivery<B> {
    /// Only for bodies whose signature fits.
    pub(crate) fn new(body: B, signature: Signature, key: Option<Arc<str>>) -> Self {
        let envelope = Envelope::read(body.as_ref());
        let length = body.as_ref().len();
        Self {
            body,
            signature,
            key,
            envelope,
            length,
        }
    }

    /// What the delivery tells. It never fails: what cannot be read is [`Event::Unusable`], because it is genuine all the same.
    #[must_use]
    pub fn event(&self) -> Event {
        self.read_event().unwrap_or_else(|reason| {
            Event::Unusable(Box::new(UnusableEvent {
                name: self.envelope.name.clone(),
                body: self.body.as_ref().into(),
                reason,
            }))
        })
    }

    fn read_event(&self) -> Result<Event, ReadError> {
        if let Some(problem) = &self.envelope.problem {
            return Err(problem.clone());
        }
        let Some(name) = &self.envelope.name else {
            return Err(crate::envelope::missing("event"));
        };
        if name.is_ping() {
            return Ok(Event::Ping);
        }
        match (name.known(), self.data()) {
            (Some(known), Some(data)) => {
                (known.read)(data).map_err(|reason| crate::envelope::below("data", reason))
            }
            (Some(_), None) => Err(crate::envelope::missing("data")),
            (None, data) => Ok(Event::Unknown(Box::new(UnknownEvent {
                name: name.clone(),
                data: data
                    .and_then(|data| core::str::from_utf8(data).ok())
                    .map(Into::into),
            }))),
        }
    }

    /// The JSON text of the body's `data`, as it came: for a model of your own. `None` when the body has none, or two.
    #[must_use]
    pub fn data(&self) -> Option<&[u8]> {
        self.envelope.data(self.body.as_ref())
    }

    /// The body, as it came.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.body.as_ref()
    }

    /// The body, taken out.
    #[must_use]
    pub fn into_body(self) -> B {
        self.body
    }

    /// What a duplicate is known by: the id, or the signature when there is none (a blank one is none).
    ///
    /// **It is unique below one owner.** Whoever holds a key writes the ids of what it signs. Where the labels of your keys are
    /// not of one owner, the unique key is [`key`](Self::key) and this together; else who holds one key could have an event of
    /// another taken for a duplicate. Where they are of one owner, as while a secret is replaced, it is this alone: one event may
    /// come under either key.
    ///
    /// Each attempt to deliver an event is documented to carry the same id; whether a resend by hand does is not (Q74).
    #[must_use]
    pub fn dedup_key(&self) -> &str {
        self.id().map_or_else(|| self.signature.as_str(), EventId::as_str)
    }
}

impl<B> Delivery<B> {
    /// The id of the event: the same in each attempt to deliver it. `None` when the body has none, two, a blank one, or one of another kind.
    #[must_use]
    pub fn id(&self) -> Option<&EventId> {
        self.envelope.id.as_ref()
    }

    /// The event's name. `None` when the body has none that can be read; then the event is [`Event::Unusable`].
    #[must_use]
    pub fn name(&self) -> Option<&EventName> {
        self.envelope.name.as_ref()
    }

    /// When it was sent, as far as the body says: deliveries come in any order, and some have no such date (Q72).
    #[must_use]
    pub fn sent_date(&self) -> Option<&DateTime> {
        self.envelope.sent_date.as_ref()
    }

    /// Whether it is the check of a URL.
    #[must_use]
    pub fn is_ping(&self) -> bool {
        self.name().is_some_and(EventName::is_ping)
    }

    /// The signature that was found to fit.
    #[must_use]
    pub const fn signature(&self) -> &Signature {
        &self.signature
    }

    /// The label of the key that fits, when it was opened with [`Keys`](crate::Keys).
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }
}

impl<B> fmt::Debug for Delivery<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("id", &self.envelope.id)
            .field("name", &self.envelope.name)
            .field("sent_date", &self.envelope.sent_date)
            .field("key", &self.key)
            .field("body", &format_args!("{} bytes", self.length))
            .finish_non_exhaustive()
    }
}
