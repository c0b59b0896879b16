//! Deliveries: bodies with a valid signature.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use eduzz_types::{DateTime, EventId, Partial, ReadError};

use crate::envelope::Envelope;
use crate::event::{UnknownEvent, UnusableEvent};
use crate::{Event, EventName, Signature};

/// A body with a valid signature. Only [`Key::open`](crate::Key::open),
/// [`Keys::open`](crate::Keys::open) and [`Keys::receive`](crate::Keys::receive) give one.
///
/// It keeps the body unchanged and in the caller's type, so that body and signature can be stored
/// and opened again later.
///
/// **Genuine does not mean new.** The signature has no timestamp (Q73), so anyone who saw a
/// delivery can replay it, and Eduzz itself sends one again if an answer was lost or a user
/// requests it. Store the [`dedup_key`](Self::dedup_key) of each accepted delivery persistently, in
/// the same transaction as its effects.
#[derive(Clone)]
pub struct Delivery<B = Vec<u8>> {
    body: B,
    signature: Signature,
    key: Option<Arc<str>>,
    envelope: Envelope,
    /// The body's length, for `Debug` of any body type.
    length: usize,
}

impl<B: AsRef<[u8]>> Delivery<B> {
    /// Only for bodies with a valid signature.
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

    /// Reads the event. This never fails: a genuine delivery that cannot be read is
    /// [`Event::Unusable`].
    ///
    /// An optional part that has another form than documented reads as absent, so that one odd
    /// field does not cost a sale; [`read`](Self::read) reports it.
    #[must_use]
    pub fn event(&self) -> Event {
        self.read().value
    }

    /// Reads the event as [`event`](Self::event) does, with the parts of its data that were left out
    /// because they have another form than documented: their paths and the reasons, without values.
    #[must_use]
    pub fn read(&self) -> Partial<Event> {
        self.read_event().unwrap_or_else(|reason| {
            Partial::from(Event::Unusable(Box::new(UnusableEvent {
                name: self.envelope.name.clone(),
                body: self.body.as_ref().into(),
                reason,
            })))
        })
    }

    fn read_event(&self) -> Result<Partial<Event>, ReadError> {
        if let Some(problem) = &self.envelope.problem {
            return Err(problem.clone());
        }
        let Some(name) = &self.envelope.name else {
            return Err(crate::envelope::missing("event"));
        };
        if name.is_ping() {
            return Ok(Event::Ping.into());
        }
        match (name.known(), self.data()) {
            (Some(known), Some(data)) => {
                let mut event =
                    (known.read)(data).map_err(|reason| crate::envelope::below("data", reason))?;
                for part in &mut event.left_out {
                    part.path.insert_str(0, "/data");
                }
                Ok(event)
            }
            (Some(_), None) => Err(crate::envelope::missing("data")),
            (None, data) => Ok(Partial::from(Event::Unknown(Box::new(UnknownEvent {
                name: name.clone(),
                data: data
                    .and_then(|data| core::str::from_utf8(data).ok())
                    .map(Into::into),
            })))),
        }
    }

    /// The JSON text of the body's `data`, as received, for a model of your own. `None` if the body
    /// has none or two.
    #[must_use]
    pub fn data(&self) -> Option<&[u8]> {
        self.envelope.data(self.body.as_ref())
    }

    /// Whether it is fairly surely a sample, or a check of the URL that sends a whole invoice, and
    /// not a sale: its producer has the `originSecret` of samples (Q174). Receivers report this; it
    /// is not documented, so `false` proves nothing.
    ///
    /// It is `false` for a [`ping`](Self::is_ping). The data is read once for each call, and not
    /// copied.
    #[must_use]
    pub fn is_sample(&self) -> bool {
        self.data().is_some_and(crate::envelope::is_sample)
    }

    /// The body, as received.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        self.body.as_ref()
    }

    /// Gives the body back.
    #[must_use]
    pub fn into_body(self) -> B {
        self.body
    }

    /// The key for deduplication: the id, or the signature if the id is missing or blank.
    ///
    /// **It is unique for one owner.** The holder of a key chooses the ids in the bodies that it
    /// signs. If your keys belong to several owners, use [`key`](Self::key) together with this
    /// value, or the holder of one key could make another's event look like a duplicate. If they
    /// belong to one owner, for example while a secret is replaced, use this value alone: an event
    /// may be signed with either key.
    ///
    /// Every attempt to deliver an event has the same id, as documented; for a manual resend this
    /// is not documented (Q74).
    #[must_use]
    pub fn dedup_key(&self) -> &str {
        self.id().map_or_else(|| self.signature.as_str(), EventId::as_str)
    }
}

impl<B> Delivery<B> {
    /// The id of the event, the same for every attempt. `None` if the body has none, two, a blank
    /// one, or one of another kind.
    #[must_use]
    pub fn id(&self) -> Option<&EventId> {
        self.envelope.id.as_ref()
    }

    /// The event's name. `None` if it cannot be read; then the event is [`Event::Unusable`].
    #[must_use]
    pub fn name(&self) -> Option<&EventName> {
        self.envelope.name.as_ref()
    }

    /// The date of sending, if the body has one (Q72). Deliveries come in any order.
    #[must_use]
    pub fn sent_date(&self) -> Option<&DateTime> {
        self.envelope.sent_date.as_ref()
    }

    /// Whether it is a check of the URL.
    #[must_use]
    pub fn is_ping(&self) -> bool {
        self.name().is_some_and(EventName::is_ping)
    }

    /// The valid signature.
    #[must_use]
    pub const fn signature(&self) -> &Signature {
        &self.signature
    }

    /// The label of the matching key, if opened with [`Keys`](crate::Keys).
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
