//! Days, months and stretches of days as a person writes them; today is an argument.

use eduzz_types::{Date, InvalidDate};
use eduzz_wire::Days;

/// The most days, weeks or months of a stretch.
const MOST: u32 = 9_999;

/// A day: `2026-10-01`, `01/10/2026`, `hoje`, `ontem`, `today`, `yesterday`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Day {
    Date(Date),
    Today,
    Yesterday,
}

/// The days up to today: `30d`, `4w`, `3m`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Last {
    Days(u32),
    Weeks(u32),
    /// A month ago is the day of the same number, or the last one of a shorter month.
    Months(u32),
}

impl Day {
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        match text.to_lowercase().as_str() {
            "hoje" | "today" => Some(Self::Today),
            "ontem" | "yesterday" => Some(Self::Yesterday),
            _ => date(text).map(Self::Date),
        }
    }

    /// The day, if today is this one.
    pub(crate) fn on(&self, today: &Date) -> Result<Date, InvalidDate> {
        match self {
            Self::Date(date) => Ok(date.clone()),
            Self::Today => Ok(today.clone()),
            Self::Yesterday => today.plus_days(-1),
        }
    }
}

impl Last {
    pub(crate) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
        let count = number(digits, 1..=4).filter(|count| (1..=MOST).contains(count))?;
        match unit {
            "d" | "D" => Some(Self::Days(count)),
            "w" | "W" => Some(Self::Weeks(count)),
            "m" | "M" => Some(Self::Months(count)),
            _ => None,
        }
    }

    /// The days, the last of which is today.
    pub(crate) fn days(self, today: &Date) -> Option<Days> {
        let first = match self {
            Self::Days(count) => today.plus_days(1 - i64::from(count)),
            Self::Weeks(count) => today.plus_days(1 - 7 * i64::from(count)),
            Self::Months(count) => months_before(today, count)?.plus_days(1),
        };
        Days::new(first.ok()?, today.clone()).ok()
    }
}

/// Reads a month, `2026-10` or `10/2026`, as its first day.
pub(crate) fn month(text: &str) -> Option<Date> {
    let text = text.trim();
    let (year, month) = match text.split_once('/') {
        Some((month, year)) => (number(year, 4..=4)?, number(month, 1..=2)?),
        None => {
            let (year, month) = text.split_once('-')?;
            (number(year, 4..=4)?, number(month, 2..=2)?)
        }
    };
    made(year, month, 1)
}

/// All days of the month that begins with this day.
pub(crate) fn days_of(first: &Date) -> Option<Days> {
    Days::new(first.clone(), last_of_month(first).ok()?).ok()
}

pub(crate) fn first_of_month(date: &Date) -> Result<Date, InvalidDate> {
    let (year, month, _) = date.ymd()?;
    Date::new(year, month, 1)
}

pub(crate) fn last_of_month(date: &Date) -> Result<Date, InvalidDate> {
    // Every month has a 28th, and four days later is the next month.
    let (year, month, _) = date.ymd()?;
    let next = Date::new(year, month, 28)?.plus_days(4)?;
    first_of_month(&next)?.plus_days(-1)
}

fn months_before(date: &Date, count: u32) -> Option<Date> {
    let (year, month, day) = date.ymd().ok()?;
    let months = (u32::from(year) * 12 + u32::from(month) - 1).checked_sub(count)?;
    let first = made(months / 12, months % 12 + 1, 1)?;
    let last = last_of_month(&first).ok()?;
    let (.., most) = last.ymd().ok()?;
    first.plus_days(i64::from(day.min(most)) - 1).ok()
}

/// `2026-10-01`, `01/10/2026`, `1/10/2026`.
fn date(text: &str) -> Option<Date> {
    let date = Date::from_text(text);
    if date.ymd().is_ok() {
        return Some(date);
    }
    let mut parts = text.split('/');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    made(number(year, 4..=4)?, number(month, 1..=2)?, number(day, 1..=2)?)
}

fn made(year: u32, month: u32, day: u32) -> Option<Date> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    Date::new(u16::try_from(year).ok()?, month, day).ok()
}

/// A number of so long a text of digits, without a sign.
fn number(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let is_number = length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> Option<String> {
        let today = Date::from_text("2026-12-01");
        let date = Day::read(text)?.on(&today).unwrap();
        Some(date.as_str().to_owned())
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for (text, day) in [
            ("2026-10-01", "2026-10-01"),
            ("01/10/2026", "2026-10-01"),
            (" 1/2/2026 ", "2026-02-01"),
            ("29/02/2028", "2028-02-29"),
            ("hoje", "2026-12-01"),
            ("Ontem", "2026-11-30"),
            ("today", "2026-12-01"),
            ("YESTERDAY", "2026-11-30"),
        ] {
            assert_eq!(written(text).as_deref(), Some(day), "{text}");
        }
        for text in [
            "",
            " ",
            "2026-1-1",
            "2026-02-30",
            "30/02/2026",
            "1/13/2026",
            "01/10/26",
            "001/10/2026",
            "+1/10/2026",
            "01/10/2026/1",
            "01-10-2026",
            "2026/10/01",
            "anteontem",
            "amanhã",
            "2026-01-01T00:00:00Z",
            "1/1/-026",
        ] {
            assert_eq!(written(text), None, "{text}");
        }
    }

    #[test]
    fn months_and_stretches_are_read() {
        let days = |days: Option<Days>| {
            days.map(|days| (days.first().as_str().to_owned(), days.last().as_str().to_owned()))
        };
        let of = |text: &str| days(month(text).and_then(|first| days_of(&first)));
        let pair = |(first, last): (&str, &str)| Some((first.to_owned(), last.to_owned()));
        for text in ["2026-10", "10/2026", " 10/2026 "] {
            assert_eq!(of(text), pair(("2026-10-01", "2026-10-31")), "{text}");
        }
        assert_eq!(of("2/2028"), pair(("2028-02-01", "2028-02-29")));
        for text in [
            "",
            "2026",
            "2026-13",
            "2026-1",
            "0/2026",
            "10/26",
            "out/2026",
            "2026-10-01",
            "/2026",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
        for (text, today, first) in [
            ("30d", "2026-12-01", "2026-11-02"),
            ("1d", "2026-12-01", "2026-12-01"),
            ("4w", "2026-12-01", "2026-11-04"),
            ("1M", "2026-12-01", "2026-11-02"),
            ("3m", "2026-05-31", "2026-03-01"),
            ("12m", "2028-02-29", "2027-03-01"),
        ] {
            let found = Last::read(text).and_then(|last| last.days(&Date::from_text(today)));
            assert_eq!(days(found), pair((first, today)), "{text}");
        }
        for text in [
            "", "d", "0d", "30", "-1d", "30 d", "1.5m", "10000d", "3y", "é", "30dd",
        ] {
            assert_eq!(Last::read(text), None, "{text}");
        }
    }

    fn dates() -> impl Strategy<Value = Date> {
        (1_971_u16..2_400, 1_u8..=12, 1_u8..=31)
            .prop_filter_map("a day", |(year, month, day)| Date::new(year, month, day).ok())
    }

    proptest! {
        #![proptest_config(ProptestConfig { fork: false, ..ProptestConfig::default() })]

        #[test]
        fn both_spellings_are_the_same_day(date in dates(), today in dates()) {
            let (y, m, d) = date.ymd().unwrap();
            for text in [date.as_str().to_owned(), format!("{d}/{m}/{y}"), format!("{d:02}/{m:02}/{y}")] {
                prop_assert_eq!(Day::read(&text).unwrap().on(&today).unwrap(), date.clone());
            }
            let first = first_of_month(&date).unwrap();
            prop_assert_eq!(month(&format!("{m}/{y}")), Some(first.clone()));
            let days = days_of(&first).unwrap();
            prop_assert!(days.first().as_str() <= date.as_str() && date.as_str() <= days.last().as_str());
        }

        #[test]
        fn stretches_end_today_and_have_their_length(today in dates(), count in 1_u32..400) {
            let days = Last::Days(count).days(&today).unwrap();
            prop_assert_eq!((days.count(), days.last()), (u64::from(count), &today));
            prop_assert_eq!(Last::Weeks(count).days(&today).unwrap().count(), 7 * u64::from(count));
            let months = Last::Months(count).days(&today).unwrap();
            prop_assert_eq!(months.last(), &today);
            prop_assert!((28 * u64::from(count)..=31 * u64::from(count)).contains(&months.count()), "{}", months.count());
            let more = Last::Months(count + 1).days(&today).unwrap();
            prop_assert!(more.count() > months.count());
        }

        #[test]
        fn no_text_panics(text in any::<String>(), today in dates()) {
            let _ = Day::read(&text).map(|day| day.on(&today));
            let _ = Last::read(&text).map(|last| last.days(&today));
            let _ = month(&text);
        }
    }
}
