//! Reading of a JSON body, with the path of what is wrong and without its value.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString as _};
use core::fmt::{self, Write as _};

use serde::Deserializer;
use serde::de::{Deserialize, Error, Unexpected, Visitor};
use serde_path_to_error::{Path, Segment};

/// Reads a JSON body; only when that fails it is read again for the path, because naming the path always would cost
/// most of the time again.
///
/// What the type has no place for need not be UTF-8.
///
/// # Errors
///
/// The body is not JSON, or not of the type's form. The error never holds a value of the body.
pub fn read_json<'de, T: Deserialize<'de>>(body: &'de [u8]) -> Result<T, ReadError> {
    // Once for the whole body is cheaper than for each of its texts.
    let value = match str::from_utf8(body) {
        Ok(text) => {
            let mut json = serde_json::Deserializer::from_str(text);
            let whole = Whole {
                json: &mut json,
                is_array: is_array(body),
            };
            T::deserialize(whole).and_then(|value| json.end().map(|()| value))
        }
        // It is rare, and this reading is compiled for the path anyway.
        Err(_) => read_bytes(body).map_err(serde_path_to_error::Error::into_inner),
    };
    value.map_err(|error| explain::<T>(body, &error))
}

/// Reads a body whose texts may be missing, and reports the path of an error.
#[cold]
fn read_bytes<'de, T: Deserialize<'de>>(
    body: &'de [u8],
) -> Result<T, serde_path_to_error::Error<serde_json::Error>> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let mut track = serde_path_to_error::Track::new();
    let whole = Whole {
        json: &mut json,
        is_array: is_array(body),
    };
    let value = T::deserialize(serde_path_to_error::Deserializer::new(whole, &mut track));
    value
        .and_then(|value| json.end().map(|()| value))
        .map_err(|error| serde_path_to_error::Error::new(track.path(), error))
}

fn is_array(body: &[u8]) -> bool {
    body.trim_ascii_start().first() == Some(&b'[')
}

/// A whole body. serde reads a struct from an array too, field by field; but an array where an object is documented is another
/// thing: `["error"]` is no account.
struct Whole<D> {
    json: D,
    is_array: bool,
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Whole<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.json.deserialize_any(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        if self.is_array {
            return Err(D::Error::invalid_type(Unexpected::Seq, &visitor));
        }
        self.json.deserialize_struct(name, fields, visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.json.deserialize_option(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.json.deserialize_newtype_struct(name, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.json.deserialize_enum(name, variants, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.json.deserialize_ignored_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier
    }
}

#[cold]
fn explain<'de, T: Deserialize<'de>>(body: &'de [u8], error: &serde_json::Error) -> ReadError {
    let (line, column) = (error.line(), error.column());
    if body.trim_ascii_start().first() == Some(&b'<') {
        return ReadError::Html;
    }
    if error.to_string().starts_with("number out of range") {
        return ReadError::Shape {
            path: String::new(),
            reason: "a number is too large".into(),
        };
    }
    match error.classify() {
        serde_json::error::Category::Eof if body.trim_ascii().is_empty() => ReadError::Empty,
        serde_json::error::Category::Eof => ReadError::Cut { length: body.len() },
        serde_json::error::Category::Syntax | serde_json::error::Category::Io => {
            ReadError::Syntax { line, column }
        }
        serde_json::error::Category::Data => {
            let mut path = match read_bytes::<T>(body) {
                Err(error) => path_text(error.path()),
                // A value that reads the second time is a type whose reading is not a function of its input.
                Ok(_) => String::from("/"),
            };
            let message = error.to_string();
            let inner = message
                .strip_prefix(WITHIN)
                .and_then(|inner| inner.split_once(WITHIN));
            if let Some((deeper, _)) = inner {
                path.push_str(deeper);
            }
            ReadError::Shape {
                path,
                reason: reason_text(inner.map_or(&*message, |(_, message)| message)),
            }
        }
    }
}

/// Encloses the path at the start of a message that [`within`] made; no message of serde starts with it.
const WITHIN: char = '\u{1}';

/// Wraps an error from a buffered value so that the path inside it is not lost.
#[cold]
pub(crate) fn within<'de, T: Deserialize<'de>, E: Error>(object: impl Deserializer<'de>) -> E {
    match serde_path_to_error::deserialize::<_, T>(object) {
        Err(error) => {
            let (path, message) = (path_text(error.path()), error.into_inner());
            E::custom(format_args!("{WITHIN}{path}{WITHIN}{message}"))
        }
        Ok(_) => E::custom("it reads the second time only"),
    }
}

/// Why a body could not be read. It names places and kinds, never values.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// No body.
    Empty,
    /// A page for people instead of JSON.
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
        /// What is wrong there, without the value.
        reason: Cow<'static, str>,
    },
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
            // A key that is no field name may be data: an e-mail address, say.
            Segment::Map { .. } | Segment::Unknown => write!(text, "*"),
        };
    }
    text
}

/// Whether a key of an object looks like a field's name, and may be printed. Another may be data: an e-mail address, a telephone
/// number.
#[must_use]
pub fn is_field_name(key: &str) -> bool {
    (1..=40).contains(&key.len())
        && !key.starts_with(|first: char| first.is_ascii_digit())
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-$".contains(&byte))
}

/// Takes the value out of serde's message: `invalid type: string "Ana", expected an id at line 1 column 9` becomes
/// `invalid type: string, expected an id`.
fn reason_text(message: &str) -> Cow<'static, str> {
    let message = message
        .rsplit_once(" at line ")
        .map_or(message, |(before, _)| before);
    for (start, plain) in [
        ("invalid type: ", "invalid type"),
        ("invalid value: ", "invalid value"),
    ] {
        let Some(rest) = message.strip_prefix(start) else {
            continue;
        };
        // The value comes before the last `expected`, whatever it holds; what is expected is a text of ours.
        let Some((found, expected)) = rest.rsplit_once(", expected ") else {
            return plain.into();
        };
        let kind: &str = [
            "string",
            "integer",
            "floating point",
            "boolean",
            "map",
            "sequence",
            "null",
            "byte array",
            "character",
        ]
        .into_iter()
        .find(|kind| found.starts_with(kind))
        .unwrap_or("another kind");
        return format!("{plain}: {kind}, expected {expected}").into();
    }
    for start in ["missing field `", "duplicate field `", "invalid length "] {
        if message.starts_with(start) {
            return String::from(message).into();
        }
    }
    // Our own types' clauses, which hold no values; anything else is not known to be free of them.
    for clause in OUR_CLAUSES {
        if message == *clause {
            return (*clause).into();
        }
    }
    "the value is not of the documented kind".into()
}

const OUR_CLAUSES: &[&str] = &[
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
    use alloc::vec::Vec;

    use proptest::prelude::*;
    use proptest::sample::{Index, select};
    use serde_json::Value;

    use super::*;
    use crate::{DateTime, EduzzId, ExactNumber, ListOrOne};

    /// The reading that [`read_json`] is quicker than: whatever the body is, byte by byte.
    fn read_slowly<'de, T: Deserialize<'de>>(body: &'de [u8]) -> Result<T, ReadError> {
        let mut json = serde_json::Deserializer::from_slice(body);
        let value = T::deserialize(Whole {
            json: &mut json,
            is_array: is_array(body),
        });
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

    /// Bytes that mean something in JSON or UTF-8, or any other.
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
                    reason: "missing field `parts`".into(),
                },
            ),
            (
                b"{\"id\":7,\"unknown\":\"\xff\",\"parts\":[{\"size\":1},{\"size\":\"x\"}]}",
                ReadError::Shape {
                    path: "/parts/1/size".into(),
                    reason: "invalid type: string, expected u32".into(),
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
