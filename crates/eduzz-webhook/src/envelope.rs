//! The envelope of a delivery. One invalid member does not lose the others.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use core::fmt;
use core::ops::Range;

use eduzz_types::{DateTime, EventId, ReadError, Reason, read_json};
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::EventName;

/// The members of a body besides its data.
#[derive(Clone, Default)]
pub(crate) struct Envelope {
    pub(crate) id: Option<EventId>,
    pub(crate) name: Option<EventName>,
    pub(crate) sent_date: Option<DateTime>,
    /// The range of the data in the body.
    data: Option<Range<usize>>,
    /// Why the event cannot be read, regardless of its data.
    pub(crate) problem: Option<ReadError>,
}

impl Envelope {
    pub(crate) fn read(body: &[u8]) -> Self {
        let members: Members<'_> = match read_json(body) {
            Ok(members) => members,
            Err(problem) => {
                return Self {
                    problem: Some(problem),
                    ..Self::default()
                };
            }
        };
        let (name, name_problem) = match members.event.once("event").and_then(name) {
            Ok(name) => (Some(name), None),
            Err(problem) => (None, Some(problem)),
        };
        let (data, data_problem) = match members.data.once("data") {
            Ok(data) => (Some(data), None),
            Err(problem) if matches!(members.data, Member::Twice) => (None, Some(problem)),
            // Only known events require it.
            Err(_) => (None, None),
        };
        Self {
            id: members.id.once("id").ok().and_then(id),
            sent_date: sent_date(&members.sent_date).or_else(|| {
                // Q72: some examples have it inside the data.
                let data: DataDate<'_> = read_json(data?.get().as_bytes()).ok()?;
                sent_date(&data.0)
            }),
            name,
            data: data.and_then(|data| place(body, data.get())),
            problem: name_problem.or(data_problem),
        }
    }

    pub(crate) fn data<'b>(&self, body: &'b [u8]) -> Option<&'b [u8]> {
        body.get(self.data.clone()?)
    }
}

/// Whether the data is that of a sample.
pub(crate) fn is_sample(data: &[u8]) -> bool {
    // Q174
    let of_producer = read_json(data).map(|OfProducer { producer }| producer.origin_secret);
    of_producer.is_ok_and(|secret| secret == "originsecrettest")
}

#[derive(Deserialize)]
struct OfProducer<'a> {
    #[serde(borrow)]
    producer: Producer<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Producer<'a> {
    #[serde(borrow)]
    origin_secret: Cow<'a, str>,
}

/// The range of a part within the body.
fn place(body: &[u8], part: &str) -> Option<Range<usize>> {
    let start = part.as_ptr().addr().checked_sub(body.as_ptr().addr())?;
    Some(start..start.checked_add(part.len())?)
}

fn id(json: &RawValue) -> Option<EventId> {
    let id: EventId = read_json(json.get().as_bytes()).ok()?;
    (!id.as_str().is_empty()).then_some(id)
}

fn name(json: &RawValue) -> Result<EventName, ReadError> {
    let Named(name) = read_json(json.get().as_bytes()).map_err(|problem| below("event", problem))?;
    name.ok_or_else(|| ReadError::Shape {
        path: "/event".into(),
        reason: Reason::Other("the text is not the name of an event"),
    })
}

fn sent_date(member: &Member<'_>) -> Option<DateTime> {
    read_json(member.once("sentDate").ok()?.get().as_bytes()).ok()
}

/// The error for a missing member.
pub(crate) fn missing(member: &str) -> ReadError {
    ReadError::Shape {
        path: String::new(),
        reason: Reason::Missing { field: member.into() },
    }
}

/// Prefixes the path of a member's error.
pub(crate) fn below(member: &str, problem: ReadError) -> ReadError {
    match problem {
        ReadError::Shape { path, reason } => ReadError::Shape {
            path: format!("/{member}{path}"),
            reason,
        },
        // The body is valid JSON, so only the model's own limits remain.
        _ => ReadError::Shape {
            path: format!("/{member}"),
            reason: Reason::Other("it nests too deeply, or holds half a character"),
        },
    }
}

#[derive(Default)]
struct Members<'a> {
    id: Member<'a>,
    event: Member<'a>,
    data: Member<'a>,
    sent_date: Member<'a>,
}

/// The envelope's date inside the data.
struct DataDate<'a>(Member<'a>);

#[derive(Default)]
enum Member<'a> {
    #[default]
    Absent,
    Once(&'a RawValue),
    Twice,
}

impl<'a> Member<'a> {
    /// Of two members with one name neither counts, since JSON does not define which one does.
    fn once(&self, name: &str) -> Result<&'a RawValue, ReadError> {
        match self {
            Self::Once(json) if json.get() != "null" => Ok(json),
            Self::Once(_) | Self::Absent => Err(missing(name)),
            Self::Twice => Err(ReadError::Shape {
                path: String::new(),
                reason: Reason::Duplicate { field: name.into() },
            }),
        }
    }

    fn take<'de: 'a, A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<(), A::Error> {
        let json = map.next_value()?;
        *self = match self {
            Self::Absent => Self::Once(json),
            Self::Once(_) | Self::Twice => Self::Twice,
        };
        Ok(())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an envelope with `id`, `event` and `data`")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Members::default();
                while let Some(name) = map.next_key()? {
                    match name {
                        Name::Id => members.id.take(&mut map)?,
                        Name::Event => members.event.take(&mut map)?,
                        Name::Data => members.data.take(&mut map)?,
                        Name::SentDate => members.sent_date.take(&mut map)?,
                        Name::Other => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                Ok(members)
            }
        }

        deserializer.deserialize_map(Reader)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for DataDate<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Members::deserialize(deserializer).map(|members| Self(members.sent_date))
    }
}

/// A text that may be an event's name.
struct Named(Option<EventName>);

impl<'de> Deserialize<'de> for Named {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl Visitor<'_> for Reader {
            type Value = Named;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of an event")
            }

            fn visit_str<E>(self, text: &str) -> Result<Named, E> {
                Ok(Named(EventName::new(text)))
            }
        }

        deserializer.deserialize_str(Reader)
    }
}

/// The names of the envelope's members.
#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "camelCase")]
enum Name {
    Id,
    Event,
    Data,
    SentDate,
    #[serde(other)]
    Other,
}
