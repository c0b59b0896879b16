//! Rows of a page, read one by one so that an unreadable row does not lose the others.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

use eduzz_types::error_within;
use serde::de::{DeserializeOwned, Deserializer};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::{ReadError, read_json};

/// One row of a list: read, or kept as received with the reason why it cannot be read.
///
/// Deserializing it never fails. Serializing it gives the JSON that was received.
#[derive(Clone)]
#[allow(clippy::exhaustive_enums, reason = "a row is read or it is not")]
pub enum Row<T> {
    /// A row that was read.
    Read(T),
    /// A row that cannot be read.
    Unreadable(UnreadableRow),
}

/// A row that cannot be read. Its content does not print, since it may be personal data.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnreadableRow {
    /// The row's JSON, as received.
    pub json: Box<str>,
    /// The reason, with the place.
    pub source: ReadError,
}

impl<T> Row<T> {
    /// Gives the row, or the reason why it cannot be read.
    ///
    /// # Errors
    ///
    /// The row cannot be read.
    pub fn into_result(self) -> Result<T, UnreadableRow> {
        match self {
            Self::Read(row) => Ok(row),
            Self::Unreadable(row) => Err(row),
        }
    }

    /// The row, if it was read.
    #[must_use]
    pub const fn as_read(&self) -> Option<&T> {
        match self {
            Self::Read(row) => Some(row),
            Self::Unreadable(_) => None,
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Row<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Box::<RawValue>::deserialize(deserializer)?;
        Ok(match read_json(json.get().as_bytes()) {
            Ok(row) => Self::Read(row),
            Err(source) => Self::Unreadable(UnreadableRow {
                json: json.get().into(),
                source,
            }),
        })
    }
}

impl<T: Serialize> Serialize for Row<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Read(row) => row.serialize(serializer),
            Self::Unreadable(row) => write_json(&row.json, serializer),
        }
    }
}

/// A row that was read, with the JSON that it was read from, which serializing it gives again. The
/// JSON does not print.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Kept<T> {
    /// The row.
    pub row: T,
    /// The row's JSON, as received.
    pub json: Box<str>,
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Kept<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Box::<RawValue>::deserialize(deserializer)?;
        match read_json(json.get().as_bytes()) {
            Ok(row) => Ok(Self {
                row,
                json: json.into(),
            }),
            Err(error) => Err(error_within(&error)),
        }
    }
}

impl<T> Serialize for Kept<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_json(&self.json, serializer)
    }
}

impl<T: fmt::Debug> fmt::Debug for Kept<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept")
            .field("row", &self.row)
            .field("json", &format_args!("{} bytes", self.json.len()))
            .finish()
    }
}

fn write_json<S: Serializer>(json: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match RawValue::from_string(String::from(json)) {
        Ok(json) => json.serialize(serializer),
        Err(_) => Err(serde::ser::Error::custom("the row is not JSON")),
    }
}

impl<T: fmt::Debug> fmt::Debug for Row<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(row) => row.fmt(f),
            Self::Unreadable(row) => row.fmt(f),
        }
    }
}

impl fmt::Debug for UnreadableRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnreadableRow")
            .field("json", &format_args!("{} bytes", self.json.len()))
            .field("source", &self.source)
            .finish()
    }
}

impl fmt::Display for UnreadableRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a row cannot be read")
    }
}

impl core::error::Error for UnreadableRow {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(&self.source)
    }
}
