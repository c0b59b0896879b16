//! Reads a body although a part of it has another form than documented.

use alloc::borrow::ToOwned as _;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;

use super::{ReadError, Reason, Records, is_field_name, read_json, within_message};

/// A value that was read with [`read_partial`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Partial<T> {
    /// The value, without the parts that could not be read.
    pub value: T,
    /// Those parts, each with its path and the reason. They are absent from the value.
    pub left_out: Vec<LeftOut>,
}

impl<T> Partial<T> {
    /// The same with another value made of this one.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Partial<U> {
        Partial {
            value: change(self.value),
            left_out: self.left_out,
        }
    }
}

impl<T> From<T> for Partial<T> {
    /// A value that was read whole.
    fn from(value: T) -> Self {
        Self {
            value,
            left_out: Vec::new(),
        }
    }
}

/// A part of a body that does not have the documented form and was read as absent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeftOut {
    /// JSON pointer of the part.
    pub path: String,
    /// The reason, without the value.
    pub reason: Reason,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

/// The most parts that are left out of one body.
const MOST_LEFT_OUT: usize = 64;

/// Reads a JSON body as [`read_json`] does. If an optional part of it has another form than
/// documented, the part is left out and reported, so that one odd field does not cost the record.
///
/// The smallest part that helps is left out: a field, else the record or list around it.
///
/// # Errors
///
/// As [`read_json`], if a required part is missing or has another form.
pub fn read_partial<T: DeserializeOwned>(body: &[u8]) -> Result<Partial<T>, ReadError> {
    match read_json::<T>(body) {
        Ok(value) => Ok(Partial::from(value)),
        Err(error) => repair(body, error),
    }
}

/// Leaves out one part after the other until the body can be read.
#[cold]
fn repair<T: DeserializeOwned>(body: &[u8], error: ReadError) -> Result<Partial<T>, ReadError> {
    // What serde_json cannot read as a free value has no parts: a syntax error, an endless number.
    // Of two members with one name neither can be trusted.
    if !matches!(&error, ReadError::Shape { reason, .. } if !matches!(reason, Reason::Duplicate { .. })) {
        return Err(error);
    }
    let Ok(mut json) = serde_json::from_slice::<Value>(body) else {
        return Err(error);
    };
    let mut left_out = Vec::new();
    while left_out.len() < MOST_LEFT_OUT {
        let mut track = serde_path_to_error::Track::new();
        let records = Records(&json);
        let fault = match T::deserialize(serde_path_to_error::Deserializer::new(records, &mut track)) {
            Ok(value) => return Ok(Partial { value, left_out }),
            Err(fault) => fault.to_string(),
        };
        let (deeper, message) = within_message(&fault);
        let mut path: Vec<String> = track.path().iter().map_while(step).collect();
        path.extend(deeper.split('/').skip(1).map(str::to_owned));
        if !leave_out(&mut json, &mut path) {
            return Err(error);
        }
        left_out.push(LeftOut {
            path: steps_text(&path),
            reason: Reason::from_message(message),
        });
    }
    Err(error)
}

fn step(segment: &Segment) -> Option<String> {
    match segment {
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Map { key } => Some(key.clone()),
        Segment::Enum { .. } | Segment::Unknown => None,
    }
}

/// Sets the part at the path to null; if it is null or missing, the part around it, whose path it
/// then gives. `false` if only the whole body is left.
fn leave_out(json: &mut Value, path: &mut Vec<String>) -> bool {
    while !path.is_empty() {
        let place = path.iter().try_fold(&mut *json, |value, step| match value {
            Value::Object(fields) => fields.get_mut(step),
            Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
            _ => None,
        });
        if let Some(place) = place.filter(|place| !place.is_null()) {
            *place = Value::Null;
            return true;
        }
        path.pop();
    }
    false
}

fn steps_text(path: &[String]) -> String {
    let mut text = String::new();
    for step in path {
        let is_index = step.parse::<usize>().is_ok();
        text.push('/');
        text.push_str(if is_index || is_field_name(step) {
            step
        } else {
            "*"
        });
    }
    text
}
