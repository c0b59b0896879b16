//! The days that a list is of: those of Brasília.

use std::time::{SystemTime, UNIX_EPOCH};

use clap::ArgMatches;
use eduzz_types::{Date, InvalidDate, Timestamp};
use eduzz_wire::{Days, DaysError, Order};

use crate::failure::Failure;
use crate::lang::Lang;

/// The days from `--from` to `--to`: without either those of the current month, without `--to` those until today, without
/// `--from` those from the first of the month.
pub(crate) fn or_this_month(lang: Lang, matches: &ArgMatches) -> Result<Days, Failure> {
    choose(
        lang,
        option(lang, matches, "from")?,
        option(lang, matches, "to")?,
        &today(lang)?,
    )
}

/// The same, but none without either.
pub(crate) fn if_given(lang: Lang, matches: &ArgMatches) -> Result<Option<Days>, Failure> {
    let is_given = |name| matches.get_one::<String>(name).is_some();
    if is_given("from") || is_given("to") {
        or_this_month(lang, matches).map(Some)
    } else {
        Ok(None)
    }
}

/// So many days, today the last of them.
pub(crate) fn last(lang: Lang, count: u32) -> Result<Days, Failure> {
    let today = today(lang)?;
    let first = || Date::from_days_since_epoch(today.days_since_epoch()? - i64::from(count.max(1)) + 1);
    let first = first().map_err(|_| Failure::usage(lang.no_today()))?;
    Days::new(first, today).map_err(|_| Failure::usage(lang.no_today()))
}

/// In which order slices are to come, when somebody says.
pub(crate) fn order(matches: &ArgMatches) -> Option<Order> {
    let order = matches.try_get_one::<String>("order").ok().flatten()?;
    Some(match order.as_str() {
        "oldest" => Order::OldestFirst,
        _ => Order::NewestFirst,
    })
}

/// The day that an option says.
pub(crate) fn option(lang: Lang, matches: &ArgMatches, name: &str) -> Result<Option<Date>, Failure> {
    let Some(text) = matches.get_one::<String>(name) else {
        return Ok(None);
    };
    let date = Date::from_text(text.trim());
    match date.ymd() {
        Ok(_) => Ok(Some(date)),
        Err(_) => Err(Failure::usage(lang.no_such_day(&format!("--{name}")))),
    }
}

fn today(lang: Lang) -> Result<Date, Failure> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = Timestamp::from_unix(i64::try_from(since.as_secs()).unwrap_or(i64::MAX));
    Date::in_brasilia(now).map_err(|_| Failure::usage(lang.no_today()))
}

fn choose(lang: Lang, from: Option<Date>, to: Option<Date>, today: &Date) -> Result<Days, Failure> {
    let days = || {
        let (first, last) = match (from, to) {
            (Some(first), Some(last)) => (first, last),
            (Some(first), None) => (first, today.clone()),
            (None, Some(last)) => (first_of_month(&last)?, last),
            (None, None) => (first_of_month(today)?, last_of_month(today)?),
        };
        Days::new(first, last)
    };
    days().map_err(|error| {
        Failure::usage(match error {
            DaysError::Backwards => lang.days_backwards(),
            _ => lang.no_today(),
        })
    })
}

fn first_of_month(date: &Date) -> Result<Date, InvalidDate> {
    let (year, month, _) = date.ymd()?;
    Date::new(year, month, 1)
}

fn last_of_month(date: &Date) -> Result<Date, InvalidDate> {
    // Every month reaches its 28th, and four days later the next one has begun.
    let (year, month, _) = date.ymd()?;
    let next = Date::from_days_since_epoch(Date::new(year, month, 28)?.days_since_epoch()? + 4)?;
    Date::from_days_since_epoch(first_of_month(&next)?.days_since_epoch()? - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(from: Option<&str>, to: Option<&str>, today: &str) -> Option<(String, String)> {
        let days = choose(
            Lang::En,
            from.map(Date::from_text),
            to.map(Date::from_text),
            &Date::from_text(today),
        )
        .ok()?;
        Some((days.first().to_string(), days.last().to_string()))
    }

    #[test]
    fn what_is_not_given_is_the_month() {
        let pair = |first: &str, last: &str| Some((first.to_owned(), last.to_owned()));
        assert_eq!(days(None, None, "2026-11-21"), pair("2026-11-01", "2026-11-30"));
        assert_eq!(days(None, None, "2028-02-29"), pair("2028-02-01", "2028-02-29"));
        assert_eq!(days(None, None, "2026-12-31"), pair("2026-12-01", "2026-12-31"));
        assert_eq!(
            days(Some("2025-01-05"), None, "2026-11-21"),
            pair("2025-01-05", "2026-11-21")
        );
        assert_eq!(
            days(None, Some("2025-01-05"), "2026-11-21"),
            pair("2025-01-01", "2025-01-05")
        );
        assert_eq!(days(Some("2026-11-22"), None, "2026-11-21"), None);
        assert_eq!(days(Some("2026-02-02"), Some("2026-02-01"), "2026-11-21"), None);
    }
}
