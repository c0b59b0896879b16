//! Rows of a page that are read one by one, so that one that cannot be read does not lose the others.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

use serde::de::{DeserializeOwned, Deserializer};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

use crate::{ReadError, read_json};

/// One row of a list: read, or kept as it came with the reason why it cannot be.
///
/// Being read never fails. Written, it is what came.
#[derive(Clone)]
#[allow(clippy::exhaustive_enums, reason = "a row is read or it is not")]
pub enum Row<T> {
    /// A row that was read.
    Read(T),
    /// A row that cannot be read.
    Unreadable(UnreadableRow),
}

/// A row that cannot be read. It does not print: what it holds is not known.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnreadableRow {
    /// The row's JSON, as it came.
    pub json: Box<str>,
    /// What is wrong with it, and where.
    pub source: ReadError,
}

impl<T> Row<T> {
    /// The row, or what is wrong with it.
    ///
    /// # Errors
    ///
    /// The row cannot be read.
    pub fn into_result(self) -> Result<T, UnreadableRow> {
        match self {
            Self::Read(row) => Ok(row),
            Self::Unreadable(broken) => Err(broken),
        }
    }

    /// The row, when it was read.
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
            Self::Unreadable(broken) => match RawValue::from_string(String::from(&*broken.json)) {
                Ok(json) => json.serialize(serializer),
                Err(_) => Err(serde::ser::Error::custom("the broken row is not JSON")),
            },
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Row<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(row) => row.fmt(f),
            Self::Unreadable(broken) => broken.fmt(f),
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
