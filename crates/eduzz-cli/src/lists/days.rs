//! The flags for the days of a list: days of Brasília.

use clap::{Args, ValueEnum};
use eduzz_types::{Date, InvalidDate, Timestamp};
use eduzz_wire::{Days, DaysError, Order};

use crate::cli::{self, FILTERS, OPTIONS};
use crate::failure::Failure;
use crate::lang::Lang;

// The days of a list that is always of a period.
#[derive(Debug, Args)]
#[command(next_help_heading = FILTERS)]
pub(crate) struct Month {
    /// Primeiro dia, em Brasília (sem --from e --to, o mês corrente)
    /// | First day, in Brasília (without --from and --to, the current month)
    #[arg(long, value_name = "AAAA-MM-DD | YYYY-MM-DD", value_parser = cli::day)]
    from: Option<Date>,
    /// Último dia (padrão: hoje) | Last day (default: today)
    #[arg(long, value_name = "AAAA-MM-DD | YYYY-MM-DD", value_parser = cli::day)]
    to: Option<Date>,
}

// The same, for a list that is walked in slices of days.
#[derive(Debug, Args)]
pub(crate) struct Period {
    #[command(flatten)]
    month: Month,
    /// Com --all, por onde começar um período longo: newest ou oldest (padrão: newest; com --date
    /// updated, oldest)
    /// | With --all, where to begin a long period: newest or oldest (default: newest; with --date
    /// updated, oldest)
    #[arg(long, value_name = "ORDEM | ORDER", help_heading = OPTIONS)]
    order: Option<SliceOrder>,
}

// The days of a list that needs none.
#[derive(Debug, Args)]
#[command(next_help_heading = FILTERS)]
pub(crate) struct AnyDays {
    /// Primeiro dia (sem --from e --to, todos) | First day (without --from and --to, all)
    #[arg(long, value_name = "AAAA-MM-DD | YYYY-MM-DD", value_parser = cli::day)]
    from: Option<Date>,
    /// Último dia (padrão: hoje) | Last day (default: today)
    #[arg(long, value_name = "AAAA-MM-DD | YYYY-MM-DD", value_parser = cli::day)]
    to: Option<Date>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SliceOrder {
    Oldest,
    Newest,
}

impl Month {
    /// Without either flag the current month, without `--to` until today, without `--from` since
    /// the first of the month.
    pub(crate) fn days(&self, lang: Lang) -> Result<Days, Failure> {
        choose(lang, self.from.clone(), self.to.clone(), &today(lang)?)
    }
}

impl Period {
    pub(crate) fn days(&self, lang: Lang) -> Result<Days, Failure> {
        self.month.days(lang)
    }

    /// The order of the slices, if it was given.
    pub(crate) fn order(&self) -> Option<Order> {
        self.order.map(|order| match order {
            SliceOrder::Oldest => Order::OldestFirst,
            SliceOrder::Newest => Order::NewestFirst,
        })
    }
}

impl AnyDays {
    /// The first and the last day, if one of them was given.
    pub(crate) fn ends<D: From<Date>>(&self, lang: Lang) -> Result<(Option<D>, Option<D>), Failure> {
        if self.from.is_none() && self.to.is_none() {
            return Ok((None, None));
        }
        let days = choose(lang, self.from.clone(), self.to.clone(), &today(lang)?)?;
        Ok((
            Some(days.first().clone().into()),
            Some(days.last().clone().into()),
        ))
    }
}

/// The last `count` days, today included.
pub(crate) fn last(lang: Lang, count: u32) -> Result<Days, Failure> {
    let today = today(lang)?;
    let first = today.plus_days(1 - i64::from(count.max(1)));
    let first = first.map_err(|_| Failure::usage(lang.no_today()))?;
    Days::new(first, today).map_err(|_| Failure::usage(lang.no_today()))
}

pub(crate) fn today(lang: Lang) -> Result<Date, Failure> {
    Date::in_brasilia(Timestamp::now()).map_err(|_| Failure::usage(lang.no_today()))
}

pub(crate) fn choose(
    lang: Lang,
    from: Option<Date>,
    to: Option<Date>,
    today: &Date,
) -> Result<Days, Failure> {
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

pub(crate) fn last_of_month(date: &Date) -> Result<Date, InvalidDate> {
    // Every month has a 28th, and four days later is the next month.
    let (year, month, _) = date.ymd()?;
    let next = Date::new(year, month, 28)?.plus_days(4)?;
    first_of_month(&next)?.plus_days(-1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_without_flags_are_the_current_month() {
        for (from, to, today, first, last) in [
            ("", "", "2026-11-21", "2026-11-01", "2026-11-30"),
            ("", "", "2028-02-29", "2028-02-01", "2028-02-29"),
            ("", "", "2026-12-31", "2026-12-01", "2026-12-31"),
            ("2025-01-05", "", "2026-11-21", "2025-01-05", "2026-11-21"),
            ("", "2025-01-05", "2026-11-21", "2025-01-01", "2025-01-05"),
            ("2026-11-22", "", "2026-11-21", "", ""),
            ("2026-02-02", "2026-02-01", "2026-11-21", "", ""),
        ] {
            let day = |text: &str| (!text.is_empty()).then(|| Date::from_text(text));
            let days = choose(Lang::En, day(from), day(to), &Date::from_text(today)).ok();
            let found = days.map(|days| (days.first().clone(), days.last().clone()));
            assert_eq!(found, day(first).zip(day(last)), "{from} {to} {today}");
        }
    }
}
