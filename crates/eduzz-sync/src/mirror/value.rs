//! Columns and their values.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use core::fmt;

use eduzz_types::{Date, DateTime, Money, Timestamp};
use rust_decimal::Decimal;

use crate::Moment;

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Column {
    /// The name.
    pub name: Cow<'static, str>,
    /// The form of its values; each can be missing.
    pub form: Form,
    /// Whether it tells of a person, so that forgetting the person empties it.
    pub is_personal: bool,
    /// The meaning, in English.
    pub meaning: Cow<'static, str>,
    /// The place of the field in the service's JSON.
    pub source: &'static str,
}

/// The form of a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Form {
    /// A text.
    Text,
    /// A whole number.
    Int,
    /// Yes or no.
    Flag,
    /// An exact decimal: `numeric` in PostgreSQL, its text in SQLite.
    Decimal,
    /// A moment: `timestamptz` in PostgreSQL, `2026-10-31T12:00:00Z` in SQLite.
    Moment,
    /// A day: `date` in PostgreSQL, `2026-10-31` in SQLite.
    Day,
}

/// A value of a column. It does not print, because it can be personal.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Value {
    /// Nothing.
    Missing,
    /// A text without NUL, which PostgreSQL refuses.
    Text(Box<str>),
    /// A whole number.
    Int(i64),
    /// Yes or no.
    Flag(bool),
    /// An exact decimal in its shortest form.
    Decimal(Decimal),
    /// A moment.
    Moment(Moment),
    /// A day, as days since 1970-01-01.
    Day(i32),
}

impl Value {
    /// A text, in which U+FFFD stands for NUL.
    #[must_use]
    pub fn text(text: Option<&str>) -> Self {
        match text {
            None => Self::Missing,
            Some(text) if text.contains('\0') => Self::Text(text.replace('\0', "\u{fffd}").into()),
            Some(text) => Self::Text(text.into()),
        }
    }

    /// The decimal, the number of ten-thousandths if it is one, and the currency.
    pub(super) fn amount(amount: Option<Money>) -> [Self; 3] {
        let Some(Money { currency, value }) = amount else {
            return [Self::Missing, Self::Missing, Self::Missing];
        };
        let ten_thousandths = value
            .checked_mul(Decimal::from(10_000))
            .filter(Decimal::is_integer)
            .and_then(|value| i64::try_from(value).ok());
        [
            Self::Decimal(value.normalize()),
            ten_thousandths.map_or(Self::Missing, Self::Int),
            Self::text(Some(currency.as_str())),
        ]
    }

    /// The moment if the text is one, Brasília's day, and the text.
    pub(super) fn time(time: Option<&DateTime>) -> [Self; 3] {
        let Some(time) = time else {
            return [Self::Missing, Self::Missing, Self::Missing];
        };
        let moment = time.timestamp().ok();
        [
            moment.map_or(Self::Missing, |moment| {
                Self::Moment(Moment::from_millis(moment.unix().saturating_mul(1_000)))
            }),
            day(time, moment).map_or(Self::Missing, Self::Day),
            Self::text(Some(time.as_str())),
        ]
    }
}

/// Brasília's day of a moment; of a time without a zone, the day as it is written.
fn day(time: &DateTime, moment: Option<Timestamp>) -> Option<i32> {
    let day = match moment {
        Some(moment) => Date::in_brasilia(moment).ok()?,
        None => {
            let civil = time.civil().ok()?;
            Date::new(civil.year, civil.month, civil.day).ok()?
        }
    };
    day.days_since_epoch().ok()?.try_into().ok()
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "Missing",
            Self::Text(_) => "Text",
            Self::Int(_) => "Int",
            Self::Flag(_) => "Flag",
            Self::Decimal(_) => "Decimal",
            Self::Moment(_) => "Moment",
            Self::Day(_) => "Day",
        })
    }
}
