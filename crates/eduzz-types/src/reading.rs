//! Reads a JSON body; an error has the path, but not the value.

use alloc::string::{String, ToString as _};
use core::fmt::{self, Write as _};

use serde::de::{Deserialize, Error};
use serde_json::Value;
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

pub use self::partial::{LeftOut, Partial, read_partial};
use self::records::Records;

mod partial;
mod records;

/// Reads a JSON body. Tracking the path nearly doubles the time, so a body is read with it only
/// after it failed to read without it.
///
/// Parts that the type skips need not be UTF-8.
///
/// # Errors
///
/// The body is not JSON, or does not have the form of the type. The error has no value of the body.
pub fn read_json<'de, T: Deserialize<'de>>(body: &'de [u8]) -> Result<T, ReadError> {
    // One check of the whole body is cheaper than one of each text.
    let value = match str::from_utf8(body) {
        Ok(text) => {
            let mut json = serde_json::Deserializer::from_str(text);
            T::deserialize(Records(&mut json)).and_then(|value| json.end().map(|()| value))
        }
        // This is rare, and this function is compiled for the path anyway.
        Err(_) => read_bytes(body).map_err(serde_path_to_error::Error::into_inner),
    };
    value.map_err(|error| explain::<T>(body, &error))
}

/// Reads a JSON body; `None` if [`read_json`] would fail, or if a part that the type skips is not
/// UTF-8. For `eduzz-wire`, which then reads it in another way.
#[doc(hidden)]
#[must_use]
pub fn read_whole<'de, T: Deserialize<'de>>(body: &'de [u8]) -> Option<T> {
    let mut json = serde_json::Deserializer::from_str(str::from_utf8(body).ok()?);
    let value = T::deserialize(Records(&mut json)).ok()?;
    json.end().is_ok().then_some(value)
}

/// Reads a body that may not be UTF-8, and tracks the path.
#[cold]
fn read_bytes<'de, T: Deserialize<'de>>(
    body: &'de [u8],
) -> Result<T, serde_path_to_error::Error<serde_json::Error>> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let mut track = serde_path_to_error::Track::new();
    let records = Records(&mut json);
    let value = T::deserialize(serde_path_to_error::Deserializer::new(records, &mut track));
    value
        .and_then(|value| json.end().map(|()| value))
        .map_err(|error| serde_path_to_error::Error::new(track.path(), error))
}

/// The one place that looks at a message of serde_json, which has no other form for its reason.
#[cold]
fn explain<'de, T: Deserialize<'de>>(body: &'de [u8], error: &serde_json::Error) -> ReadError {
    if body.trim_ascii_start().first() == Some(&b'<') {
        return ReadError::Html;
    }
    let message = error.to_string();
    match error.classify() {
        Category::Eof if body.trim_ascii().is_empty() => ReadError::Empty,
        Category::Eof => ReadError::Cut { length: body.len() },
        Category::Syntax if message.starts_with("number out of range") => ReadError::Shape {
            path: String::new(),
            reason: Reason::OutOfRange,
        },
        Category::Syntax | Category::Io => ReadError::Syntax {
            line: error.line(),
            column: error.column(),
        },
        Category::Data => {
            let mut path = match read_bytes::<T>(body) {
                Err(error) => path_text(error.path()),
                // Only a type whose reading is not a function of its input reads the second time.
                Ok(_) => String::from("/"),
            };
            let (deeper, message) = within_message(&message);
            path.push_str(deeper);
            ReadError::Shape {
                path,
                reason: Reason::from_message(message),
            }
        }
    }
}

/// Encloses the path at the start of a message of [`buffered`]; no message of serde starts with it.
const WITHIN: char = '\u{1}';

/// The path of [`buffered`], empty without one, and the rest of a message.
fn within_message(message: &str) -> (&str, &str) {
    let inner = message.strip_prefix(WITHIN);
    inner
        .and_then(|inner| inner.split_once(WITHIN))
        .unwrap_or(("", message))
}

/// Reads a part that was buffered before its type was known. Its error has the path inside the
/// part, which the reader of the body cannot track; [`explain`] takes the path out again.
pub(crate) fn buffered<'de, T: Deserialize<'de>, E: Error>(part: &'de Value) -> Result<T, E> {
    T::deserialize(Records(part)).map_err(|_| within::<T, E>(part))
}

/// The error of a part of a body that was read by itself, for the reader of the whole body, whose
/// error then has the path inside the part. For `eduzz-wire`.
#[doc(hidden)]
#[must_use]
pub fn error_within<E: Error>(error: &ReadError) -> E {
    match error {
        ReadError::Shape { path, reason } => E::custom(format_args!("{WITHIN}{path}{WITHIN}{reason}")),
        error => E::custom(error),
    }
}

#[cold]
fn within<'de, T: Deserialize<'de>, E: Error>(part: &'de Value) -> E {
    match serde_path_to_error::deserialize::<_, T>(Records(part)) {
        Err(error) => {
            let (path, message) = (path_text(error.path()), error.into_inner());
            E::custom(format_args!("{WITHIN}{path}{WITHIN}{message}"))
        }
        Ok(_) => E::custom("it reads the second time only"),
    }
}

/// The reason why a body cannot be read. It names places and kinds, never values.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// No body.
    Empty,
    /// An HTML page instead of JSON.
    Html,
    /// The JSON ends in the middle.
    Cut {
        /// Number of bytes.
        length: usize,
    },
    /// Not JSON.
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1; 0 at a line's end.
        column: usize,
    },
    /// JSON of another form than documented.
    Shape {
        /// JSON pointer of the place; empty for the whole body.
        path: String,
        /// The reason, without the value.
        reason: Reason,
    },
}

/// The reason why a part of a body does not have the documented form.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// A required field is absent.
    Missing {
        /// Name of the field.
        field: String,
    },
    /// A field occurs twice.
    Duplicate {
        /// Name of the field.
        field: String,
    },
    /// A value of another kind.
    WrongKind {
        /// Kind of the value.
        found: JsonKind,
        /// Expected value, in English.
        expected: String,
    },
    /// A value of the right kind that the field does not allow.
    WrongValue {
        /// Kind of the value.
        found: JsonKind,
        /// Expected value, in English.
        expected: String,
    },
    /// A list of another length.
    WrongLength {
        /// Length of the list, as far as it was read.
        length: usize,
        /// Expected value, in English.
        expected: String,
    },
    /// A number is too large.
    OutOfRange,
    /// Another reason, in English.
    Other(&'static str),
}

impl Reason {
    /// Reads a message of serde and drops its value: `invalid type: string "Ana", expected an id at
    /// line 1 column 9` becomes [`Reason::WrongKind`].
    fn from_message(message: &str) -> Self {
        let message = message
            .rsplit_once(" at line ")
            .map_or(message, |(before, _)| before);
        let field = |start| Some(message.strip_prefix(start)?.strip_suffix('`')?.into());
        // The value comes before the last `expected`, and after that comes a text of ours.
        let value = |start| {
            let (found, expected) = message.strip_prefix(start)?.rsplit_once(", expected ")?;
            Some((found, expected.into()))
        };
        if let Some(field) = field("missing field `") {
            Self::Missing { field }
        } else if let Some(field) = field("duplicate field `") {
            Self::Duplicate { field }
        } else if let Some((found, expected)) = value("invalid type: ") {
            let found = JsonKind::from_message(found);
            Self::WrongKind { found, expected }
        } else if let Some((found, expected)) = value("invalid value: ") {
            let found = JsonKind::from_message(found);
            Self::WrongValue { found, expected }
        } else if let Some((Ok(length), expected)) =
            value("invalid length ").map(|(length, expected)| (length.parse(), expected))
        {
            Self::WrongLength { length, expected }
        } else {
            // Any other text may hold a value.
            let own = OWN_TEXTS.iter().find(|text| **text == message);
            Self::Other(own.unwrap_or(&"the value is not of the documented kind"))
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { field } => write!(f, "missing field `{field}`"),
            Self::Duplicate { field } => write!(f, "duplicate field `{field}`"),
            Self::WrongKind { found, expected } => write!(f, "invalid type: {found}, expected {expected}"),
            Self::WrongValue { found, expected } => write!(f, "invalid value: {found}, expected {expected}"),
            Self::WrongLength { length, expected } => {
                write!(f, "invalid length {length}, expected {expected}")
            }
            Self::OutOfRange => f.write_str("a number is too large"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

/// The kind of a JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonKind {
    /// A text.
    String,
    /// A whole number.
    Integer,
    /// A number with a fraction or exponent.
    Float,
    /// `true` or `false`.
    Boolean,
    /// An object.
    Map,
    /// An array.
    Sequence,
    /// `null`.
    Null,
    /// Unknown.
    Other,
}

impl JsonKind {
    fn from_message(found: &str) -> Self {
        [
            Self::String,
            Self::Integer,
            Self::Float,
            Self::Boolean,
            Self::Map,
            Self::Sequence,
            Self::Null,
        ]
        .into_iter()
        .find(|kind| found.starts_with(kind.as_str()))
        .unwrap_or(Self::Other)
    }

    const fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Float => "floating point",
            Self::Boolean => "boolean",
            Self::Map => "map",
            Self::Sequence => "sequence",
            Self::Null => "null",
            Self::Other => "another kind",
        }
    }
}

impl fmt::Display for JsonKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the body is empty"),
            Self::Html => f.write_str("the body is an HTML page, not JSON"),
            Self::Cut { length } => write!(f, "the body ends in the middle, after {length} bytes"),
            Self::Syntax { line, column } => write!(f, "the body is not JSON (line {line}, column {column})"),
            Self::Shape { path, reason } if path.is_empty() => {
                write!(f, "the body has another form: {reason}")
            }
            Self::Shape { path, reason } => write!(f, "the body has another form at {path}: {reason}"),
        }
    }
}

impl core::error::Error for ReadError {}

fn path_text(path: &Path) -> String {
    let mut text = String::new();
    for segment in path.iter() {
        text.push('/');
        // Writing to a string does not fail.
        let _ = match segment {
            Segment::Seq { index } => write!(text, "{index}"),
            Segment::Map { key } if is_field_name(key) => write!(text, "{key}"),
            Segment::Enum { variant } => write!(text, "{variant}"),
            // Any other key may be data, such as an e-mail address.
            Segment::Map { .. } | Segment::Unknown => write!(text, "*"),
        };
    }
    text
}

/// Whether a key of an object looks like the name of a field and may be printed. Any other key may
/// be data, such as an e-mail address.
#[must_use]
pub fn is_field_name(key: &str) -> bool {
    (1..=40).contains(&key.len())
        && !key.starts_with(|first: char| first.is_ascii_digit())
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-$".contains(&byte))
}

/// Texts of our own types, which hold no value.
const OWN_TEXTS: &[&str] = &[
    "the secret is blank",
    "not a number of seconds",
    "the text is not a number of seconds",
    "the number is not whole seconds",
    "the text is not a count",
    "the number is not a count",
    "not a decimal number of at most 28 digits",
    "the number is not an id",
    "the number is not a status",
    "the list is empty, where one record is expected",
];

#[cfg(test)]
mod tests {
    use alloc::borrow::Cow;
    use alloc::vec::Vec;

    use proptest::prelude::*;
    use proptest::sample::{Index, select};
    use serde_json::Value;

    use super::*;
    use crate::{DateTime, EduzzId, ExactNumber, ListOrOne};

    /// Reads any body byte by byte; [`read_json`] has to give the same.
    fn read_slowly<'de, T: Deserialize<'de>>(body: &'de [u8]) -> Result<T, ReadError> {
        let mut json = serde_json::Deserializer::from_slice(body);
        let value = T::deserialize(Records(&mut json));
        value
            .and_then(|value| json.end().map(|()| value))
            .map_err(|error| explain::<T>(body, &error))
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Record<'a> {
        id: EduzzId,
        name: String,
        #[serde(borrow)]
        note: Option<Cow<'a, str>>,
        borrowed: Option<&'a str>,
        date: Option<DateTime>,
        value: Option<ExactNumber>,
        parts: Option<ListOrOne<Part>>,
        #[serde(flatten)]
        rest: Rest,
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Part {
        size: u32,
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Rest {
        free: Option<Value>,
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Plain {
        id: EduzzId,
        parts: Vec<Part>,
    }

    const BODIES: [&str; 5] = [
        r#"{"id":7,"name":"João \"Zé\" \u00e9","note":"plain","borrowed":"açaí","date":"2026-03-01","value":1.50,"parts":[{"size":1},{"size":2}],"free":{"a":["é",null]},"unknown":"não"}"#,
        r#" { "id" : "7" , "name" : "\ud83d\ude00😀" , "unknown" : ["x", {"y": "z\n"}], "parts" : [ ] } "#,
        r#"[{"id":1,"parts":[]},{"id":"2","parts":[{"size":3,"unknown":"ç"}]}]"#,
        r#"{"id":1,"parts":[],"id":2,"name":"a","name":"b"}"#,
        r#""só um texto""#,
    ];

    proptest! {
        /// A body reads alike from a text and from bytes, and fails with the same error.
        #[test]
        fn text_and_bytes_read_alike(
            body in select(&BODIES),
            changes in proptest::collection::vec((any::<Index>(), 0..3_u8, byte()), 0..4),
        ) {
            let mut body = body.as_bytes().to_vec();
            for (place, kind, byte) in changes {
                let place = place.index(body.len());
                match kind {
                    0 => body[place] = byte,
                    1 => body.insert(place, byte),
                    _ => drop(body.remove(place)),
                }
            }
            prop_assert_eq!(read_json::<Record<'_>>(&body), read_slowly(&body));
            prop_assert_eq!(read_json::<Plain>(&body), read_slowly(&body));
            prop_assert_eq!(read_json::<Vec<Plain>>(&body), read_slowly(&body));
            prop_assert_eq!(read_json::<&str>(&body), read_slowly(&body));
            prop_assert_eq!(read_json::<Value>(&body), read_slowly(&body));
        }
    }

    /// Bytes that have a meaning in JSON or UTF-8, and any other.
    fn byte() -> impl Strategy<Value = u8> {
        prop_oneof![
            select(&b"\"\\{}[],:-.0179etfnu \n\t\x00\x1f\x7f\x80\xa7\xc3\xed\xf0\xff"[..]),
            any::<u8>()
        ]
    }

    #[test]
    fn ignored_value_may_be_invalid_utf8() {
        let read = |body: &[u8]| {
            assert!(str::from_utf8(body).is_err());
            let read = read_json::<Plain>(body);
            assert_eq!(read, read_slowly(body));
            read
        };
        let plain = read(b"{\"id\":7,\"parts\":[{\"size\":1,\"unknown\":[\"\xff\"]}]}").unwrap();
        assert_eq!((plain.id.as_str(), plain.parts.len()), ("7", 1));
        for (body, error) in [
            (
                &b"{\"id\":\"\xff\",\"parts\":[]}"[..],
                ReadError::Syntax { line: 1, column: 8 },
            ),
            (
                b"{\"id\":7,\"unknown\":\"\xff\"}",
                ReadError::Shape {
                    path: String::new(),
                    reason: Reason::Missing {
                        field: "parts".into(),
                    },
                },
            ),
            (
                b"{\"id\":7,\"unknown\":\"\xff\",\"parts\":[{\"size\":1},{\"size\":\"x\"}]}",
                ReadError::Shape {
                    path: "/parts/1/size".into(),
                    reason: Reason::WrongKind {
                        found: JsonKind::String,
                        expected: "u32".into(),
                    },
                },
            ),
            (
                b"{\"id\":7,\"parts\":[],\"unknown\":\"\xff\"}}",
                ReadError::Syntax { line: 1, column: 34 },
            ),
            (b"{\"id\":7,\"unknown\":\"\xff", ReadError::Cut { length: 20 }),
        ] {
            assert_eq!(read(body), Err(error));
        }
    }
}
