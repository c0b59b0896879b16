//! The flags for the days of a list: days of Brasília.

mod written;

use clap::{Args, ValueEnum};
use eduzz_types::{Date, InvalidDate, Timestamp};
use eduzz_wire::{Days, DaysError, Order};

pub(crate) use self::written::{Day, Last, month};
use self::written::{days_of, first_of_month, last_of_month};
use crate::cli::{self, FILTERS, OPTIONS};
use crate::failure::Failure;
use crate::lang::Lang;

// The days of a list that is always of a period.
#[derive(Debug, Args)]
#[command(next_help_heading = FILTERS)]
pub(crate) struct Month {
    /// Primeiro dia, em Brasília: 2026-10-01, 01/10/2026, hoje ou ontem (sem período, o mês
    /// corrente)
    /// | First day, in Brasília: 2026-10-01, 01/10/2026, today or yesterday (without a period, the
    /// current month)
    #[arg(long, value_name = "DIA | DAY", value_parser = cli::day, conflicts_with_all = ["month", "last"])]
    from: Option<Day>,
    /// Último dia (padrão: hoje) | Last day (default: today)
    #[arg(long, value_name = "DIA | DAY", value_parser = cli::day, conflicts_with_all = ["month", "last"])]
    to: Option<Day>,
    #[command(flatten)]
    stretch: Stretch,
}

// Days by one word.
#[derive(Debug, Args)]
#[command(next_help_heading = FILTERS)]
pub(crate) struct Stretch {
    /// Um mês inteiro: 2026-10 ou 10/2026 | A whole month: 2026-10 or 10/2026
    #[arg(long, value_name = "MÊS | MONTH", value_parser = cli::month, conflicts_with = "last")]
    month: Option<Date>,
    /// Os últimos dias, até hoje: 30d, 4w (semanas) ou 3m (meses)
    /// | The last days, up to today: 30d, 4w (weeks) or 3m (months)
    #[arg(long, value_name = "30d|4w|3m", value_parser = cli::last)]
    last: Option<Last>,
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
    /// Primeiro dia: 2026-10-01, 01/10/2026, hoje ou ontem (sem período, todos)
    /// | First day: 2026-10-01, 01/10/2026, today or yesterday (without a period, all)
    #[arg(long, value_name = "DIA | DAY", value_parser = cli::day, conflicts_with_all = ["month", "last"])]
    from: Option<Day>,
    /// Último dia (padrão: hoje) | Last day (default: today)
    #[arg(long, value_name = "DIA | DAY", value_parser = cli::day, conflicts_with_all = ["month", "last"])]
    to: Option<Day>,
    #[command(flatten)]
    stretch: Stretch,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SliceOrder {
    Oldest,
    Newest,
}

impl Stretch {
    /// The days, if one of the flags was given.
    pub(crate) fn days(&self, lang: Lang, today: &Date) -> Result<Option<Days>, Failure> {
        let days = match (&self.month, self.last) {
            (Some(first), _) => days_of(first),
            (None, Some(last)) => last.days(today),
            (None, None) => return Ok(None),
        };
        days.map(Some)
            .ok_or_else(|| Failure::usage(lang.no_such_stretch()))
    }
}

impl Month {
    /// Without a flag the current month, without `--to` until today, without `--from` since the
    /// first of the month.
    pub(crate) fn days(&self, lang: Lang) -> Result<Days, Failure> {
        let today = today(lang)?;
        match self.stretch.days(lang, &today)? {
            Some(days) => Ok(days),
            None => choose(lang, self.from.as_ref(), self.to.as_ref(), &today),
        }
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
    /// The first and the last day, if one of the flags was given.
    pub(crate) fn ends<D: From<Date>>(&self, lang: Lang) -> Result<(Option<D>, Option<D>), Failure> {
        let today = today(lang)?;
        let days = match self.stretch.days(lang, &today)? {
            Some(days) => days,
            None if self.from.is_none() && self.to.is_none() => return Ok((None, None)),
            None => choose(lang, self.from.as_ref(), self.to.as_ref(), &today)?,
        };
        let (first, last) = (days.first().clone(), days.last().clone());
        Ok((Some(first.into()), Some(last.into())))
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

/// The day that was written, as of today.
pub(crate) fn on(lang: Lang, day: &Day) -> Result<Date, Failure> {
    let today = match day {
        Day::Date(date) => return Ok(date.clone()),
        _ => today(lang)?,
    };
    day.on(&today).map_err(|_| Failure::usage(lang.no_today()))
}

pub(crate) fn choose(
    lang: Lang,
    from: Option<&Day>,
    to: Option<&Day>,
    today: &Date,
) -> Result<Days, Failure> {
    let on = |day: Option<&Day>| day.map(|day| day.on(today)).transpose();
    let ends = || -> Result<(Date, Date), InvalidDate> {
        Ok(match (on(from)?, on(to)?) {
            (Some(first), Some(last)) => (first, last),
            (Some(first), None) => (first, today.clone()),
            (None, Some(last)) => (first_of_month(&last)?, last),
            (None, None) => (first_of_month(today)?, last_of_month(today)?),
        })
    };
    let (first, last) = ends().map_err(|_| Failure::usage(lang.no_today()))?;
    Days::new(first, last).map_err(|error| {
        Failure::usage(match error {
            DaysError::Backwards => lang.days_backwards(),
            _ => lang.no_today(),
        })
    })
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
            ("ontem", "hoje", "2026-12-01", "2026-11-30", "2026-12-01"),
            ("", "ontem", "2026-12-01", "2026-11-01", "2026-11-30"),
            ("hoje", "ontem", "2026-12-01", "", ""),
        ] {
            let day = |text: &str| (!text.is_empty()).then(|| Date::from_text(text));
            let written = |text: &str| (!text.is_empty()).then(|| Day::read(text).unwrap());
            let (from_day, to_day) = (written(from), written(to));
            let today_date = Date::from_text(today);
            let days = choose(Lang::En, from_day.as_ref(), to_day.as_ref(), &today_date).ok();
            let found = days.map(|days| (days.first().clone(), days.last().clone()));
            assert_eq!(found, day(first).zip(day(last)), "{from} {to} {today}");
        }
    }
}
