//! Records, and how their columns are filled.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use eduzz_types::{DateTime, Money};
use rust_decimal::Decimal;

use super::{Column, Digest, Kind, Value};
use crate::Moment;

/// A record as a row of its table.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Record {
    /// What it is.
    pub kind: Kind,
    /// The key, unique in the account and kind.
    pub key: Box<str>,
    /// The status, in the SDK's spelling.
    pub status: Option<Box<str>>,
    /// When the service changed it last, by its own word.
    pub updated: Option<Moment>,
    /// The values of [`Kind::columns`].
    pub values: Vec<Value>,
    /// The digest of the values.
    pub digest: Digest,
    /// The JSON, as received.
    pub raw: Box<str>,
}

/// One field of a record of the type `T`.
pub(super) struct Field<T> {
    /// One column, or the three of an amount or a time.
    pub(super) columns: &'static [Column],
    pub(super) get: Get<T>,
}

/// How a field is read.
pub(super) enum Get<T> {
    /// One column.
    Text(for<'a> fn(&'a T) -> Option<&'a str>),
    /// One column.
    Int(fn(&T) -> Option<i64>),
    /// One column.
    Flag(fn(&T) -> Option<bool>),
    /// One column.
    Decimal(fn(&T) -> Option<Decimal>),
    /// Three columns: `total`, `total_e4` (ten-thousandths), `total_currency`.
    Amount(fn(&T) -> Option<Money>),
    /// Three columns: `paid_at`, `paid_on` (Brasília's day), `paid_text` (as it came).
    Time(for<'a> fn(&'a T) -> Option<&'a DateTime>),
}

impl<T> Field<T> {
    pub(super) fn values(&self, record: &T, values: &mut Vec<Value>) {
        match self.get {
            Get::Text(get) => values.push(Value::text(get(record))),
            Get::Int(get) => values.push(get(record).map_or(Value::Missing, Value::Int)),
            Get::Flag(get) => values.push(get(record).map_or(Value::Missing, Value::Flag)),
            Get::Decimal(get) => values.push(Value::decimal(get(record))),
            Get::Amount(get) => values.extend(Value::amount(get(record))),
            Get::Time(get) => values.extend(Value::time(get(record))),
        }
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("kind", &self.kind)
            .field("status", &self.status)
            .field("digest", &self.digest)
            .finish_non_exhaustive()
    }
}

/// A key of two parts.
pub(super) fn joined(parent: &str, id: &str) -> String {
    format!("{parent}/{id}")
}
