//! Moments and days, the days in Brasília (UTC−3).

use serde::{Deserialize, Serialize};

use std::time::{Duration, SystemTime};

use eduzz_types::{Date, DateTime};

const DAY: i64 = 86_400;
const BRASILIA: i64 = -3 * 3_600;

/// Adds to a time, as far as it can be represented.
pub(crate) fn later(time: SystemTime, by: Duration) -> SystemTime {
    time.checked_add(by).unwrap_or(time)
}

/// A moment, in seconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Moment(i64);

impl Moment {
    /// Before all others.
    pub(crate) const EARLIEST: Self = Self(i64::MIN);
    /// After all others.
    pub(crate) const LATEST: Self = Self(i64::MAX);

    pub(crate) fn at(time: SystemTime) -> Self {
        let seconds = |duration: Duration| i64::try_from(duration.as_secs()).unwrap_or(i64::MAX / 4);
        Self(match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => seconds(after).min(i64::MAX / 4),
            Err(before) => -seconds(before.duration()),
        })
    }

    /// Reads a timestamp with its zone.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let timestamp = DateTime::from_text(text).timestamp().ok()?;
        Some(Self(timestamp.unix()))
    }

    pub(crate) const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    pub(crate) const fn plus_days(self, days: i64) -> Self {
        self.plus(days.saturating_mul(DAY))
    }

    /// Whole seconds since an earlier moment.
    pub(crate) const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The same as a `SystemTime`; 1970 for earlier moments.
    pub(crate) fn time(self) -> SystemTime {
        let seconds = u64::try_from(self.0).unwrap_or_default();
        let time = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
        time.unwrap_or(SystemTime::UNIX_EPOCH)
    }

    /// The day in Brasília.
    pub(crate) const fn day(self) -> Day {
        Day(self.0.saturating_add(BRASILIA).div_euclid(DAY))
    }

    /// In the form of sales: `2026-03-01T12:00:00Z` (Q33).
    pub(crate) fn plain(self) -> String {
        self.written('T', "Z")
    }

    /// In the form of most other answers: `2026-03-01T12:00:00.000Z` (Q33).
    pub(crate) fn with_millis(self) -> String {
        self.written('T', ".000Z")
    }

    /// The day and the time of day in Brasília: `2026-03-01` and `09:00:00`.
    pub(crate) fn in_brasilia(self) -> (String, String) {
        let written = self.plus(BRASILIA).written(' ', "");
        let (day, time) = written.split_once(' ').unwrap_or_default();
        (day.to_owned(), time.to_owned())
    }

    fn written(self, between: char, end: &str) -> String {
        let (day, second) = (self.0.div_euclid(DAY), self.0.rem_euclid(DAY));
        let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
        let day = Day(day).written();
        format!("{day}{between}{hour:02}:{minute:02}:{second:02}{end}")
    }
}

/// A time in the form of a delivery's `sentDate`: `2026-03-01T12:00:00.120Z`.
pub(crate) fn instant(time: SystemTime) -> String {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    let milliseconds = since.map_or(0, |since| since.subsec_millis());
    Moment::at(time).written('T', &format!(".{milliseconds:03}Z"))
}

/// A day, in days since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Day(i64);

impl Day {
    /// Before all others.
    pub(crate) const EARLIEST: Self = Self(i64::MIN);
    /// After all others.
    pub(crate) const LATEST: Self = Self(i64::MAX);

    /// Reads `2026-03-01`, and nothing else (Q9).
    pub(crate) fn read(text: &str) -> Option<Self> {
        Date::from_text(text).days_since_epoch().ok().map(Self)
    }

    pub(crate) const fn plus(self, days: i64) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// The next day that is no Saturday and no Sunday. (The sandbox knows no holidays.)
    pub(crate) const fn next_business(self) -> Self {
        // 1970-01-01 was a Thursday.
        match self.0.rem_euclid(7) {
            1 => self.plus(3),
            2 => self.plus(2),
            _ => self.plus(1),
        }
    }

    /// Days since an earlier one.
    pub(crate) const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The moment `second` seconds after its midnight.
    pub(crate) const fn at(self, second: i64) -> Moment {
        Moment(
            self.0
                .saturating_mul(DAY)
                .saturating_sub(BRASILIA)
                .saturating_add(second),
        )
    }

    /// The last second of the day in the form of due dates: `2026-03-01T23:59:59Z`.
    pub(crate) const fn end(self) -> Moment {
        Moment(self.0.saturating_mul(DAY).saturating_add(DAY - 1))
    }

    /// The first later day with this number in its month; every month has one up to the 28th.
    pub(crate) fn next(self, number: u8) -> Self {
        let found = || {
            let (year, month, day) = Date::from_days_since_epoch(self.0).ok()?.ymd().ok()?;
            let months = u16::from(month) - 1 + u16::from(day >= number);
            let month = u8::try_from(months % 12 + 1).ok()?;
            Date::new(year + months / 12, month, number)
                .ok()?
                .days_since_epoch()
                .ok()
        };
        found().map_or(self.plus(30), Self)
    }

    pub(crate) fn of_month(self) -> Option<u8> {
        let (_, _, day) = Date::from_days_since_epoch(self.0).ok()?.ymd().ok()?;
        Some(day)
    }

    /// In the form of the API: `2026-03-01`.
    pub(crate) fn written(self) -> String {
        // No real clock reaches the years that cannot be written.
        Date::from_days_since_epoch(self.0)
            .unwrap_or_else(|_| Date::from_text("9999-12-31"))
            .as_str()
            .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn day_begins_at_three_in_utc() {
        let midnight = Day::read("2026-03-01").unwrap();
        assert_eq!(midnight.at(0).plain(), "2026-03-01T03:00:00Z");
        assert_eq!(midnight.at(0).day(), midnight);
        assert_eq!(midnight.at(-1).day(), midnight.plus(-1));
        assert_eq!(midnight.end().with_millis(), "2026-03-01T23:59:59.000Z");
    }

    #[test]
    fn next_day_of_a_number_skips_to_the_next_month() {
        let next = |day, number| Day::read(day).unwrap().next(number).written();
        assert_eq!(next("2026-01-31", 28), "2026-02-28");
        assert_eq!(next("2026-02-28", 28), "2026-03-28");
        assert_eq!(next("2026-12-20", 5), "2027-01-05");
    }

    #[test]
    fn next_business_day_is_no_weekend() {
        for (day, next) in [
            ("2026-03-05", "2026-03-06"), // a Thursday
            ("2026-03-06", "2026-03-09"),
            ("2026-03-07", "2026-03-09"),
            ("2026-03-08", "2026-03-09"),
        ] {
            assert_eq!(Day::read(day).unwrap().next_business().written(), next);
        }
    }

    #[test]
    fn text_that_is_not_a_plain_day_is_refused() {
        for text in ["2026-02-30", "2026-3-1", "2026-03-01T00:00:00Z", "", "01/03/2026"] {
            assert_eq!(Day::read(text), None, "{text}");
        }
    }
}
