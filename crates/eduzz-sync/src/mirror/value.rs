//! Columns and their values.

use alloc::borrow::{Cow, ToOwned as _};
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString as _};
use core::fmt;
use core::ops::Range;

use eduzz_types::{Date, DateTime, Money, Timestamp};
use rust_decimal::Decimal;

use crate::Moment;

/// The years 1 to 9999 in seconds: PostgreSQL has no year 0, and the text of a later year would not
/// sort.
const YEARS: Range<i64> = -62_135_596_800..253_402_300_800;

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
    /// Whether it is the number of a customer, by which the people of several records are the same.
    pub is_customer: bool,
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
        text.map_or(Self::Missing, |text| Self::Text(without_nul(text)))
    }

    /// A decimal, a moment or a day as its text, which sorts as it does but for decimals; `None`
    /// for other values.
    #[must_use]
    pub fn to_text(&self) -> Option<String> {
        match self {
            Self::Decimal(value) => Some(value.normalize().to_string()),
            Self::Moment(moment) => {
                let seconds = moment.millis().div_euclid(1_000);
                let day = Date::from_days_since_epoch(seconds.div_euclid(86_400)).ok()?;
                let time = seconds.rem_euclid(86_400);
                let (hour, minute, second) = (time / 3_600, time / 60 % 60, time % 60);
                Some(format!("{}T{hour:02}:{minute:02}:{second:02}Z", day.as_str()))
            }
            Self::Day(day) => {
                let day = Date::from_days_since_epoch((*day).into()).ok()?;
                Some(day.as_str().to_owned())
            }
            _ => None,
        }
    }

    /// The value of a column of this form from its text; `None` if it is not one.
    #[must_use]
    pub fn from_text(form: Form, text: &str) -> Option<Self> {
        match form {
            Form::Text => Some(Self::Text(text.into())),
            Form::Decimal => text.parse().ok().map(Self::Decimal),
            Form::Moment => moment(&DateTime::from_text(text)).map(Self::Moment),
            Form::Day => {
                let day = Date::from_text(text).days_since_epoch().ok()?;
                Some(Self::Day(day.try_into().ok()?))
            }
            Form::Int | Form::Flag => None,
        }
    }

    pub(super) fn decimal(value: Option<Decimal>) -> Self {
        value.map_or(Self::Missing, |value| Self::Decimal(value.normalize()))
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
            Self::decimal(Some(value)),
            ten_thousandths.map_or(Self::Missing, Self::Int),
            Self::text(Some(currency.as_str())),
        ]
    }

    /// The moment if the text is one, Brasília's day, and the text.
    pub(super) fn time(time: Option<&DateTime>) -> [Self; 3] {
        let Some(time) = time else {
            return [Self::Missing, Self::Missing, Self::Missing];
        };
        let moment = time
            .timestamp()
            .ok()
            .filter(|moment| YEARS.contains(&moment.unix()));
        let day = day(time, moment).filter(|day| YEARS.contains(&(i64::from(*day) * 86_400)));
        [
            moment.map_or(Self::Missing, |moment| {
                Self::Moment(Moment::from_millis(moment.unix().saturating_mul(1_000)))
            }),
            day.map_or(Self::Missing, Self::Day),
            Self::text(Some(time.as_str())),
        ]
    }
}

/// The text, in which U+FFFD stands for NUL.
pub(super) fn without_nul(text: &str) -> Box<str> {
    if text.contains('\0') {
        text.replace('\0', "\u{fffd}").into()
    } else {
        text.into()
    }
}

/// The moment of a time, if it is one.
pub(super) fn moment(time: &DateTime) -> Option<Moment> {
    let seconds = time.timestamp().ok()?.unix();
    Some(Moment::from_millis(seconds.saturating_mul(1_000)))
}

/// Whether the text of each time that is a moment says this moment. The digest of a row leaves
/// these texts out.
#[must_use]
pub fn times_fit(values: &[Value]) -> bool {
    values.windows(3).all(|time| match time {
        [Value::Moment(at), _, Value::Text(text)] => moment(&DateTime::from_text(text)) == Some(*at),
        [Value::Moment(_), ..] => false,
        _ => true,
    })
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
