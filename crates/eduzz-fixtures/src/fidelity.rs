//! Checks whether a model keeps a whole body: reads it, writes it back and compares.
//!
//! Both sides are compared in canonical form: `null` equals absent (in a list too) and the empty
//! list, numbers compare by value, and an id equals its trimmed text whether it came as text or as
//! a number. A change that a numbered quirk explains is reported separately and is not a
//! difference. The report names places and kinds, never values.
//!
//! ```
//! use eduzz_types::accounts::Me;
//!
//! let body = br#"{"id":"0b54e2c6-5d0e-4f0e-9a36-8a1a52a5c0de","nickname":"x"}"#;
//! let report = eduzz_fixtures::fidelity::check::<Me>(body)?;
//! assert_eq!(report.differences[0].pointer, "/nickname");
//! # Ok::<(), eduzz_types::ReadError>(())
//! ```

use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;

use eduzz_types::{ReadError, Reason, read_json};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads a body as `T`, writes it back and compares.
///
/// # Errors
///
/// The body is not JSON, or does not have the form of `T`.
pub fn check<T: DeserializeOwned + Serialize>(body: &[u8]) -> Result<Report, ReadError> {
    let value: T = read_json(body)?;
    let original = original(body)?;
    let written = serde_json::to_value(&value).map_err(|_| ReadError::Shape {
        path: String::new(),
        reason: Reason::Other("the value cannot be written back as JSON"),
    })?;
    Ok(compare(&original, &written))
}

/// Reads a body as the JSON value that [`compare`] takes.
///
/// # Errors
///
/// A JSON value is stricter than a model, which skips unknown fields without reading them.
pub fn original(body: &[u8]) -> Result<Value, ReadError> {
    read_json(body).map_err(|_| ReadError::Shape {
        path: String::new(),
        reason: Reason::Other(
            "the model reads it, but the comparison cannot hold it: a number out of range, half a surrogate, or too deep",
        ),
    })
}

/// Compares a body with the JSON that its model wrote back.
#[must_use]
pub fn compare(original: &Value, written: &Value) -> Report {
    let mut report = Report::default();
    walk(&mut report, &mut String::new(), original, written);
    report
}

/// The differences between a body and the JSON that its model wrote back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The places that were lost, changed or added.
    pub differences: Vec<Difference>,
    /// The places that differ only as a numbered quirk explains.
    pub normalised: Vec<Normalised>,
}

impl Report {
    /// Whether the model kept the whole body.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.differences.is_empty()
    }
}

/// One place that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// JSON pointer to the place; empty for the whole body.
    pub pointer: String,
    /// How it differs.
    pub change: Change,
}

/// How a place differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// The model does not know it and did not write it back.
    Lost(Kind),
    /// It was written back with another value.
    Changed {
        /// Its kind in the body.
        from: Kind,
        /// Its kind as written back.
        to: Kind,
    },
    /// The body does not have it; the model wrote it.
    Added(Kind),
}

/// One place that differs only as a numbered quirk explains.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Normalised {
    /// JSON pointer to the place.
    pub pointer: String,
    /// The quirk's number in `docs/quirks.md`.
    pub quirk: &'static str,
}

/// The kind of a JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "JSON has these kinds")]
pub enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A text.
    Text,
    /// A list.
    Array,
    /// An object.
    Object,
}

impl Kind {
    /// The kind of a value.
    #[must_use]
    pub const fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::Text,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }

    /// The name of the kind.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Number => "number",
            Self::Text => "text",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost(kind) => write!(f, "not understood ({kind})"),
            Self::Changed { from, to } if from == to => write!(f, "changed ({from})"),
            Self::Changed { from, to } => write!(f, "changed ({from} to {to})"),
            Self::Added(kind) => write!(f, "added ({kind})"),
        }
    }
}

fn walk(report: &mut Report, pointer: &mut String, original: &Value, written: &Value) {
    let mut differs = |change| {
        report.differences.push(Difference {
            pointer: pointer.clone(),
            change,
        });
    };
    let mut normalised = |quirk| {
        report.normalised.push(Normalised {
            pointer: pointer.clone(),
            quirk,
        });
    };
    match (original, written) {
        (Value::Object(original), Value::Object(written)) => {
            for (key, value) in original {
                let other = written.get(key).unwrap_or(&Value::Null);
                deeper(report, pointer, printable(key), value, other);
            }
            for (key, value) in written.iter().filter(|(key, _)| !original.contains_key(*key)) {
                deeper(report, pointer, printable(key), &Value::Null, value);
            }
        }
        (Value::Array(original), Value::Array(written)) => {
            // A typed list drops nulls, a free-form one keeps them.
            let mut others = written.iter().enumerate().filter(|(_, other)| !other.is_null());
            for (index, value) in original.iter().enumerate().filter(|(_, value)| !value.is_null()) {
                let other = others.next().map_or(&Value::Null, |(_, other)| other);
                deeper(report, pointer, &index.to_string(), value, other);
            }
            for (index, value) in others {
                deeper(report, pointer, &index.to_string(), &Value::Null, value);
            }
        }
        (Value::Null, Value::Array(items)) if items.is_empty() => {}
        (Value::Null, Value::Null) => {}
        (original, Value::Null) => differs(Change::Lost(Kind::of(original))),
        (Value::Null, written) => differs(Change::Added(Kind::of(written))),
        (Value::Number(a), Value::Number(b)) if same_number(&a.to_string(), &b.to_string()) => {}
        (Value::String(a), Value::String(b)) if a.trim() == b.as_str() || a == b => {}
        (Value::String(a), Value::String(b)) if is_name(a) && folded(a) == folded(b) => normalised("Q29"),
        // An id: the model writes text.
        (Value::Number(a), Value::String(b)) if same_number(&a.to_string(), b) => {}
        // A count or an amount that was sent as text.
        (Value::String(a), Value::Number(b)) if same_number(a.trim(), &b.to_string()) => normalised("Q30"),
        // An amount as text with a comma.
        (Value::String(a), Value::Number(b))
            if same_number(&a.trim().replacen(',', ".", 1), &b.to_string()) =>
        {
            normalised("Q180");
        }
        (original, written) if original == written => {}
        (original, written) => differs(Change::Changed {
            from: Kind::of(original),
            to: Kind::of(written),
        }),
    }
}

/// The key, or `*` for a key that may be personal data.
fn printable(key: &str) -> &str {
    if eduzz_types::is_field_name(key) { key } else { "*" }
}

fn deeper(report: &mut Report, pointer: &mut String, key: &str, original: &Value, written: &Value) {
    let length = pointer.len();
    pointer.push('/');
    pointer.push_str(key);
    walk(report, pointer, original, written);
    pointer.truncate(length);
}

/// Whether a text can be an enum value: letters and underscores only. Other text is never folded.
fn is_name(text: &str) -> bool {
    text.trim()
        .bytes()
        .all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
}

/// An enum value without case and underscores (Q29).
fn folded(text: &str) -> String {
    text.trim()
        .chars()
        .filter(|c| *c != '_')
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// Whether two texts are the same number: `10`, `10.0` and `1e1` are.
fn same_number(a: &str, b: &str) -> bool {
    a == b || decimal(a).is_some_and(|a| Some(a) == decimal(b))
}

/// A number as sign, digits without outer zeros, and the power of ten of the last digit.
fn decimal(text: &str) -> Option<(bool, String, i64)> {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |text| (true, text));
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = all.trim_start_matches('0');
    let trimmed = digits.trim_end_matches('0');
    if trimmed.is_empty() {
        return Some((false, String::new(), 0));
    }
    let dropped = i64::try_from(digits.len() - trimmed.len()).ok()?;
    let power = exponent
        .checked_sub(i64::try_from(fraction.len()).ok()?)?
        .checked_add(dropped)?;
    Some((negative, trimmed.into(), power))
}
