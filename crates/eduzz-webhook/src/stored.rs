//! Verified bodies, as a receiver stores them and reads them later without a key.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;

use eduzz_types::{DateTime, EventId, Partial, ReadError};
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::envelope::Envelope;
use crate::event::{UnknownEvent, UnusableEvent};
use crate::{Event, EventName};

/// A body that was verified once, and the label of its key: what a receiver stores to work on the
/// delivery later, also after its key was replaced.
///
/// A [`Delivery`](crate::Delivery) is one of these with its signature:
/// [`into_stored`](crate::Delivery::into_stored) gives it. It can be serialized. With a table of
/// your own, store [`body`](Self::body), and read it with
/// [`verified_before`](Self::verified_before).
///
/// ```
/// # use eduzz_types::webhook::WebhookSecret;
/// # use eduzz_webhook::{Event, Key, Stored};
/// # let key = Key::new(&WebhookSecret::new("invented-secret"))?;
/// # let body = r#"{"id":"1nv3nt3d","event":"safevideo.encoder_started","data":{"filename":"aula.mp4"}}"#;
/// # let delivery = key.open(key.sign(body.as_bytes()), body)?;
/// let row: Vec<u8> = delivery.body().to_vec();
/// // Later, in a worker that has no key:
/// let stored = Stored::verified_before(row);
/// assert!(matches!(stored.event(), Event::SafevideoEncoderStarted(_)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// **Nothing here is verified again.** Anyone who can write to the place where you keep it can
/// create events. It has no secret of yours, but a body holds personal data and the producer's
/// `originSecret`. `Debug` prints neither.
#[derive(Clone)]
pub struct Stored<B = Vec<u8>> {
    body: B,
    key: Option<Arc<str>>,
    envelope: Envelope,
    /// The body's length, for `Debug` of any body type.
    length: usize,
}

impl<B: AsRef<[u8]>> Stored<B> {
    /// Reads a body that was verified when it was received: the caller promises that a
    /// [`Delivery`](crate::Delivery) had it. For a body of unknown origin use
    /// [`Key::open`](crate::Key::open).
    #[must_use]
    pub fn verified_before(body: B) -> Self {
        Self::new(body, None)
    }

    pub(crate) fn new(body: B, key: Option<Arc<str>>) -> Self {
        let envelope = Envelope::read(body.as_ref());
        let length = body.as_ref().len();
        Self {
            body,
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
}

impl<B> Stored<B> {
    /// The id of the event, the same for every attempt. `None` if the body has none, two, a blank
    /// one, or one of another kind.
    #[must_use]
    pub const fn id(&self) -> Option<&EventId> {
        self.envelope.id.as_ref()
    }

    /// The event's name. `None` if it cannot be read; then the event is [`Event::Unusable`].
    #[must_use]
    pub const fn name(&self) -> Option<&EventName> {
        self.envelope.name.as_ref()
    }

    /// The date of sending, if the body has one (Q72). Deliveries come in any order.
    #[must_use]
    pub const fn sent_date(&self) -> Option<&DateTime> {
        self.envelope.sent_date.as_ref()
    }

    /// Whether it is a check of the URL.
    #[must_use]
    pub fn is_ping(&self) -> bool {
        self.name().is_some_and(EventName::is_ping)
    }

    /// The label of the matching key, if opened with [`Keys`](crate::Keys).
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// `Debug` under the name of a type.
    pub(crate) fn show(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("id", &self.envelope.id)
            .field("name", &self.envelope.name)
            .field("sent_date", &self.envelope.sent_date)
            .field("key", &self.key)
            .field("body", &format_args!("{} bytes", self.length))
            .finish_non_exhaustive()
    }
}

impl<B> fmt::Debug for Stored<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.show("Stored", f)
    }
}

impl<B: AsRef<[u8]>> Serialize for Stored<B> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename = "Stored")]
        struct Form<'a> {
            key: Option<&'a str>,
            body: Bytes<&'a [u8]>,
        }

        let (key, body) = (self.key(), Bytes(self.body()));
        Form { key, body }.serialize(serializer)
    }
}

impl<'de, B: AsRef<[u8]> + From<Vec<u8>>> Deserialize<'de> for Stored<B> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename = "Stored")]
        struct Form {
            key: Option<Box<str>>,
            body: Bytes<Vec<u8>>,
        }

        // The reason could quote the body.
        let Form { key, body } = Form::deserialize(deserializer)
            .map_err(|_| Error::custom("this is no stored delivery: a `key` and a `body`"))?;
        Ok(Self::new(body.0.into(), key.map(Arc::from)))
    }
}

/// A body: text in formats for people, and bytes in others. A body that is not UTF-8 is a list of
/// numbers, and so is one with a zero byte, which databases refuse in JSON.
struct Bytes<T>(T);

impl Serialize for Bytes<&[u8]> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match core::str::from_utf8(self.0) {
            Ok(text) if serializer.is_human_readable() && !self.0.contains(&0) => {
                serializer.serialize_str(text)
            }
            _ => serializer.serialize_bytes(self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Bytes<Vec<u8>> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Bytes<Vec<u8>>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a body")
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Bytes(text.into()))
            }

            fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
                Ok(Bytes(text.into_bytes()))
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Self::Value, E> {
                Ok(Bytes(bytes.into()))
            }

            fn visit_byte_buf<E>(self, bytes: Vec<u8>) -> Result<Self::Value, E> {
                Ok(Bytes(bytes))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, numbers: A) -> Result<Self::Value, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(numbers)).map(Bytes)
            }
        }

        if deserializer.is_human_readable() {
            deserializer.deserialize_any(Reader)
        } else {
            deserializer.deserialize_byte_buf(Reader)
        }
    }
}
