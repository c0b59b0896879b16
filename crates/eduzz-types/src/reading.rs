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
/// # Errors
///
/// The body is not JSON, or not of the type's form. The error never holds a value of the body.
pub fn read_json<'de, T: Deserialize<'de>>(body: &'de [u8]) -> Result<T, ReadError> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = T::deserialize(Whole {
        json: &mut json,
        is_array: is_array(body),
    });
    value
        .and_then(|value| json.end().map(|()| value))
        .map_err(|error| explain::<T>(body, &error))
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
            let mut json = serde_json::Deserializer::from_slice(body);
            let whole = Whole {
                json: &mut json,
                is_array: is_array(body),
            };
            let mut path = match serde_path_to_error::deserialize::<_, T>(whole) {
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

/// Stands around the path at the front of an error's message that [`within`] made; no message of serde's begins so.
const WITHIN: char = '\u{1}';

/// The error of what was taken out of the body before it was known what it is, with the path within it, which nobody who reads the
/// body can follow.
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
        /// How many bytes there are.
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
