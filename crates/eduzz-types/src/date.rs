//! Dates and moments, kept as the service wrote them.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

use crate::Timestamp;
use crate::text::{Text, TextVisitor};

/// A day, as the service wrote it: `2026-03-01`.
///
/// The text is kept as it came, so that reading never fails and writing back changes nothing: the
/// documentation itself has a 30 February. Conversions check the text, and so does reading it from
/// a program's input:
///
/// ```
/// use eduzz_types::Date;
///
/// let first: Date = "2026-02-27".parse()?;
/// assert_eq!(first.plus_days(2)?.as_str(), "2026-03-01");
/// assert!("2026-02-30".parse::<Date>().is_err());
/// # Ok::<(), eduzz_types::InvalidDate>(())
/// ```
///
/// The order is that of the texts, which for days that exist is that of time.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Date(Text);

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_str(TextVisitor("a text", "a day"))
            .map(Self)
    }
}

impl Date {
    /// Makes a day from year, month (1–12) and day of the month.
    ///
    /// # Errors
    ///
    /// There is no such day, or the year is not between 0 and 9999.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, InvalidDate> {
        CivilDay { year, month, day }.check()?;
        Ok(Self(
            alloc::format!("{year:04}-{month:02}-{day:02}").as_str().into(),
        ))
    }

    /// Takes a text as it is, unchecked.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        Self(text.into())
    }

    /// The text as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Year, month (1–12) and day of the month.
    ///
    /// # Errors
    ///
    /// The text is not of the form `YYYY-MM-DD`, or there is no such day.
    pub fn ymd(&self) -> Result<(u16, u8, u8), InvalidDate> {
        let mut text = Scanner(self.0.as_str().as_bytes());
        let day = text.day()?;
        text.end()?;
        Ok((day.year, day.month, day.day))
    }
}

impl Date {
    /// Number of days from 1970-01-01 to this day; negative before.
    ///
    /// # Errors
    ///
    /// As [`ymd`](Self::ymd).
    pub fn days_since_epoch(&self) -> Result<i64, InvalidDate> {
        let (year, month, day) = self.ymd()?;
        Ok(CivilDay { year, month, day }.days_since_epoch())
    }

    /// The day that is `days` days after 1970-01-01.
    ///
    /// # Errors
    ///
    /// The day is not in the years 0 to 9999.
    pub fn from_days_since_epoch(days: i64) -> Result<Self, InvalidDate> {
        let CivilDay { year, month, day } = CivilDay::from_days_since_epoch(days)?;
        Self::new(year, month, day)
    }

    /// The day that many days later, or earlier for a negative number.
    ///
    /// # Errors
    ///
    /// As [`ymd`](Self::ymd), or the day is not in the years 0 to 9999.
    pub fn plus_days(&self, days: i64) -> Result<Self, InvalidDate> {
        Self::from_days_since_epoch(self.days_since_epoch()?.saturating_add(days))
    }

    /// The day in Brasília at a moment, which the service uses: three hours behind UTC.
    ///
    /// A program that uses the UTC day instead asks for tomorrow between 21:00 and midnight. Until
    /// 17 February 2019 Brasília had a summer time, which this ignores: for older moments the day
    /// can begin an hour off.
    ///
    /// # Errors
    ///
    /// The day is not in the years 0 to 9999.
    pub fn in_brasilia(moment: Timestamp) -> Result<Self, InvalidDate> {
        const BEHIND_UTC: i64 = 3 * 3600;
        Self::from_days_since_epoch(moment.unix().saturating_sub(BEHIND_UTC).div_euclid(86_400))
    }
}

impl FromStr for Date {
    type Err = InvalidDate;

    /// Reads `YYYY-MM-DD`, a day that exists.
    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let date = Self::from_text(text);
        date.ymd()?;
        Ok(date)
    }
}

impl TryFrom<&str> for Date {
    type Error = InvalidDate;

    fn try_from(text: &str) -> Result<Self, InvalidDate> {
        text.parse()
    }
}

impl From<&Self> for Date {
    fn from(date: &Self) -> Self {
        date.clone()
    }
}

/// A moment, as the service wrote it.
///
/// The service writes five forms: `2026-03-01T12:00:00Z`, the same with a fraction of a second,
/// `2026-03-01 12:00:00` without a zone, the same with seven fraction digits, and a bare date where
/// a moment is documented. The text is kept as it came; conversions check it.
///
/// A form without a zone is not a moment until the caller gives a zone:
/// [`timestamp`](Self::timestamp) refuses it, and [`civil`](Self::civil) gives its parts.
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct DateTime(Text);

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_str(TextVisitor("a text", "a moment"))
            .map(Self)
    }
}

impl DateTime {
    /// Takes a text as it is, unchecked.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        Self(text.into())
    }

    /// The text as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The parts of the text, as they are written, in the zone they are written in.
    ///
    /// # Errors
    ///
    /// The text has none of the service's forms, or there is no such day or time.
    pub fn civil(&self) -> Result<CivilDateTime, InvalidDate> {
        let mut text = Scanner(self.0.as_str().as_bytes());
        let CivilDay { year, month, day } = text.day()?;
        let mut civil = CivilDateTime {
            year,
            month,
            day,
            hour: 0,
            minute: 0,
            second: 0,
            nanosecond: 0,
            zone: Zone::None,
        };
        if text.end().is_ok() {
            return Ok(civil);
        }
        if !(text.take(b'T') || text.take(b't') || text.take(b' ')) {
            return Err(InvalidDate(()));
        }
        civil.hour = text.two_digits(23)?;
        text.need(b':')?;
        civil.minute = text.two_digits(59)?;
        text.need(b':')?;
        civil.second = text.two_digits(59)?;
        if text.take(b'.') {
            civil.nanosecond = text.fraction()?;
        }
        civil.zone = text.zone()?;
        text.end()?;
        Ok(civil)
    }

    /// The moment, in whole seconds.
    ///
    /// # Errors
    ///
    /// As [`civil`](Self::civil), or the text names no zone.
    pub fn timestamp(&self) -> Result<Timestamp, InvalidDate> {
        let civil = self.civil()?;
        let offset = match civil.zone {
            Zone::Utc => 0,
            Zone::Offset { minutes } => i64::from(minutes) * 60,
            Zone::None => return Err(InvalidDate(())),
        };
        let days = CivilDay {
            year: civil.year,
            month: civil.month,
            day: civil.day,
        }
        .days_since_epoch();
        let time = i64::from(civil.hour) * 3600 + i64::from(civil.minute) * 60 + i64::from(civil.second);
        Ok(Timestamp::from_unix(days * 86_400 + time - offset))
    }
}

impl From<Date> for DateTime {
    /// The day as it is written, without a time: one of the forms that the service writes (Q33).
    fn from(day: Date) -> Self {
        Self(day.0)
    }
}

/// The parts of a [`DateTime`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct CivilDateTime {
    /// The year, 0–9999.
    pub year: u16,
    /// The month, 1–12.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
    /// The hour, 0–23; 0 when the text is a bare date.
    pub hour: u8,
    /// The minute.
    pub minute: u8,
    /// The second.
    pub second: u8,
    /// The fraction of the second; digits beyond the ninth are cut off.
    pub nanosecond: u32,
    /// The zone that the text names.
    pub zone: Zone,
}

/// The zone that the text of a [`DateTime`] names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Zone {
    /// `Z`.
    Utc,
    /// An offset from UTC, such as `-03:00`.
    Offset {
        /// Minutes east of UTC.
        minutes: i16,
    },
    /// No zone: not a moment yet.
    None,
}

/// A text that is not a date, or not a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidDate(());

impl fmt::Display for InvalidDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not a valid date, or names no time zone where one is needed")
    }
}

impl core::error::Error for InvalidDate {}

macro_rules! shows_its_text {
    ($($name:ident)+) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.0.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.0).finish()
            }
        }
    )+};
}

shows_its_text!(Date DateTime);

#[derive(Clone, Copy)]
struct CivilDay {
    year: u16,
    month: u8,
    day: u8,
}

impl CivilDay {
    fn check(self) -> Result<Self, InvalidDate> {
        let Self { year, month, day } = self;
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => 0,
        };
        if year <= 9999 && (1..=days).contains(&day) {
            Ok(self)
        } else {
            Err(InvalidDate(()))
        }
    }

    /// The inverse.
    fn from_days_since_epoch(days: i64) -> Result<Self, InvalidDate> {
        let days = days.checked_add(719_468).ok_or(InvalidDate(()))?;
        let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let fits = || {
            Some(Self {
                year: u16::try_from(year).ok()?,
                month: u8::try_from(month).ok()?,
                day: u8::try_from(day).ok()?,
            })
        };
        fits().ok_or(InvalidDate(()))?.check()
    }

    /// Days since 1970-01-01, counted in years that begin in March, so that the leap day comes
    /// last.
    fn days_since_epoch(self) -> i64 {
        let before_march = self.month <= 2;
        let year = i64::from(self.year) - i64::from(before_march);
        let month = (i64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }
}

struct Scanner<'a>(&'a [u8]);

impl Scanner<'_> {
    fn take(&mut self, byte: u8) -> bool {
        match self.0.split_first() {
            Some((first, rest)) if *first == byte => {
                self.0 = rest;
                true
            }
            _ => false,
        }
    }

    fn need(&mut self, byte: u8) -> Result<(), InvalidDate> {
        self.take(byte).then_some(()).ok_or(InvalidDate(()))
    }

    fn end(&self) -> Result<(), InvalidDate> {
        self.0.is_empty().then_some(()).ok_or(InvalidDate(()))
    }

    fn digit(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        first.is_ascii_digit().then(|| {
            self.0 = rest;
            first - b'0'
        })
    }

    fn two_digits(&mut self, most: u8) -> Result<u8, InvalidDate> {
        let (Some(tens), Some(ones)) = (self.digit(), self.digit()) else {
            return Err(InvalidDate(()));
        };
        let number = tens * 10 + ones;
        (number <= most).then_some(number).ok_or(InvalidDate(()))
    }

    fn day(&mut self) -> Result<CivilDay, InvalidDate> {
        let (century, year) = (self.two_digits(99)?, self.two_digits(99)?);
        self.need(b'-')?;
        let month = self.two_digits(12)?;
        self.need(b'-')?;
        let day = self.two_digits(31)?;
        CivilDay {
            year: u16::from(century) * 100 + u16::from(year),
            month,
            day,
        }
        .check()
    }

    fn fraction(&mut self) -> Result<u32, InvalidDate> {
        let mut nanoseconds = 0;
        let mut unit = 100_000_000;
        let mut digits = 0;
        while let Some(digit) = self.digit() {
            nanoseconds += u32::from(digit) * unit;
            unit /= 10;
            digits += 1;
        }
        (digits > 0).then_some(nanoseconds).ok_or(InvalidDate(()))
    }

    fn zone(&mut self) -> Result<Zone, InvalidDate> {
        if self.take(b'Z') || self.take(b'z') {
            return Ok(Zone::Utc);
        }
        let sign = if self.take(b'-') {
            -1
        } else if self.take(b'+') {
            1
        } else {
            return Ok(Zone::None);
        };
        let hours = self.two_digits(23)?;
        let _ = self.take(b':');
        let minutes = self.two_digits(59)?;
        Ok(Zone::Offset {
            minutes: sign * (i16::from(hours) * 60 + i16::from(minutes)),
        })
    }
}

/// A number as one of another type.
#[cfg(any(feature = "jiff-02", feature = "time-03", feature = "chrono-04"))]
fn fit<A, B: TryFrom<A>>(number: A) -> Result<B, InvalidDate> {
    number.try_into().map_err(|_| InvalidDate(()))
}

/// Conversions from and to jiff (feature `jiff-02`).
#[cfg(feature = "jiff-02")]
mod jiff {
    use alloc::string::ToString as _;

    use super::{Date, DateTime, InvalidDate, Zone, fit};

    impl TryFrom<&Date> for jiff::civil::Date {
        type Error = InvalidDate;

        fn try_from(date: &Date) -> Result<Self, InvalidDate> {
            let (year, month, day) = date.ymd()?;
            Self::new(fit(year)?, fit(month)?, fit(day)?).map_err(|_| InvalidDate(()))
        }
    }

    impl TryFrom<jiff::civil::Date> for Date {
        type Error = InvalidDate;

        fn try_from(date: jiff::civil::Date) -> Result<Self, InvalidDate> {
            Self::new(fit(date.year())?, fit(date.month())?, fit(date.day())?)
        }
    }

    impl TryFrom<&DateTime> for jiff::Timestamp {
        type Error = InvalidDate;

        fn try_from(moment: &DateTime) -> Result<Self, InvalidDate> {
            let nanosecond = fit(moment.civil()?.nanosecond)?;
            Self::new(moment.timestamp()?.unix(), nanosecond).map_err(|_| InvalidDate(()))
        }
    }

    impl From<jiff::Timestamp> for DateTime {
        fn from(moment: jiff::Timestamp) -> Self {
            Self::from_text(&moment.to_string())
        }
    }

    impl TryFrom<&DateTime> for jiff::civil::DateTime {
        type Error = InvalidDate;

        /// Refuses a text that names a zone: use a timestamp for it.
        fn try_from(moment: &DateTime) -> Result<Self, InvalidDate> {
            let civil = moment.civil()?;
            if civil.zone != Zone::None {
                return Err(InvalidDate(()));
            }
            Self::new(
                fit(civil.year)?,
                fit(civil.month)?,
                fit(civil.day)?,
                fit(civil.hour)?,
                fit(civil.minute)?,
                fit(civil.second)?,
                fit(civil.nanosecond)?,
            )
            .map_err(|_| InvalidDate(()))
        }
    }
}

/// Conversions from and to time (feature `time-03`).
#[cfg(feature = "time-03")]
mod time {
    use super::{Date, DateTime, InvalidDate, fit};

    impl TryFrom<&Date> for time::Date {
        type Error = InvalidDate;

        fn try_from(date: &Date) -> Result<Self, InvalidDate> {
            let (year, month, day) = date.ymd()?;
            let month = time::Month::try_from(month).map_err(|_| InvalidDate(()))?;
            Self::from_calendar_date(year.into(), month, day).map_err(|_| InvalidDate(()))
        }
    }

    impl TryFrom<time::Date> for Date {
        type Error = InvalidDate;

        fn try_from(date: time::Date) -> Result<Self, InvalidDate> {
            Self::new(fit(date.year())?, date.month().into(), date.day())
        }
    }

    impl TryFrom<&DateTime> for time::OffsetDateTime {
        type Error = InvalidDate;

        fn try_from(moment: &DateTime) -> Result<Self, InvalidDate> {
            Self::from_unix_timestamp(moment.timestamp()?.unix())
                .and_then(|whole| {
                    whole.replace_nanosecond(moment.civil().map_or(0, |civil| civil.nanosecond))
                })
                .map_err(|_| InvalidDate(()))
        }
    }
}

/// Conversions from and to chrono (feature `chrono-04`).
#[cfg(feature = "chrono-04")]
mod chrono {
    use super::{Date, DateTime, InvalidDate, fit};

    impl TryFrom<&Date> for chrono::NaiveDate {
        type Error = InvalidDate;

        fn try_from(date: &Date) -> Result<Self, InvalidDate> {
            let (year, month, day) = date.ymd()?;
            Self::from_ymd_opt(year.into(), month.into(), day.into()).ok_or(InvalidDate(()))
        }
    }

    impl TryFrom<chrono::NaiveDate> for Date {
        type Error = InvalidDate;

        fn try_from(date: chrono::NaiveDate) -> Result<Self, InvalidDate> {
            use chrono::Datelike as _;
            Self::new(fit(date.year())?, fit(date.month())?, fit(date.day())?)
        }
    }

    impl TryFrom<&DateTime> for chrono::DateTime<chrono::Utc> {
        type Error = InvalidDate;

        fn try_from(moment: &DateTime) -> Result<Self, InvalidDate> {
            Self::from_timestamp(moment.timestamp()?.unix(), moment.civil()?.nanosecond)
                .ok_or(InvalidDate(()))
        }
    }
}
