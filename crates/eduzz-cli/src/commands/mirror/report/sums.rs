//! The figures of a report by currency, and by the steps that its plots have.

use std::collections::BTreeMap;

use eduzz_mirror::Report;
use eduzz_store::mirror::{Arrears, Figures, Running, Sold};
use eduzz_sync::mirror::{Span, day_of};
use eduzz_types::Date;

/// How many products have a bar of their own.
const PRODUCTS: usize = 10;
/// The first days of the ages of arrears, after the day of today.
const AGES: [i32; 4] = [0, 31, 61, 91];

/// A currency, as the database has it; `None` if the service does not say it.
pub(super) type Currency = Option<String>;

/// What has one currency.
pub(super) struct Section {
    pub(super) currency: Currency,
    pub(super) now: Totals,
    pub(super) before: Totals,
    /// Revenue by these days.
    pub(super) revenue: Vec<(Span, Totals)>,
    /// Refunds by these days, which are longer: a day has few sales.
    pub(super) refunds: Vec<(Span, Totals)>,
    pub(super) products: Ranking,
    pub(super) means: Vec<(Option<String>, Totals)>,
    pub(super) running: Option<Running>,
    /// Late subscriptions by the age of the oldest invoice: less than 31 days, 61, 91, more, and
    /// without an invoice.
    pub(super) arrears: Vec<Late>,
}

/// Products by their revenue, the highest first.
#[derive(Default)]
pub(super) struct Ranking {
    /// The first ten, by name or id.
    pub(super) first: Vec<(Option<String>, Totals)>,
    /// How many others there are, and what they sold.
    pub(super) others: Option<(usize, Totals)>,
}

/// Sums of sales, and of subscriptions gained and lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Totals {
    pub(super) sales: u64,
    pub(super) total_e4: i64,
    pub(super) refunds: u64,
    pub(super) refunded_e4: i64,
    /// The proceeds by their currency.
    pub(super) net_e4: BTreeMap<Currency, i64>,
    pub(super) gained: u64,
    pub(super) lost: u64,
}

/// Late subscriptions of an age.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Late {
    pub(super) subscriptions: u64,
    pub(super) invoices: u64,
    pub(super) owed_e4: i64,
}

/// How long the steps of a plot are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Day,
    Week,
    Month,
    Year,
}

impl Totals {
    fn add<T>(&mut self, sold: &Sold<T>) {
        self.sales += sold.sales;
        self.total_e4 = self.total_e4.saturating_add(sold.total_e4);
        self.refunds += sold.refunds;
        self.refunded_e4 = self.refunded_e4.saturating_add(sold.refunded_e4);
        if sold.net_e4 != 0 || sold.net_currency.is_some() {
            let net = self.net_e4.entry(sold.net_currency.clone()).or_default();
            *net = net.saturating_add(sold.net_e4);
        }
    }

    fn add_all(&mut self, other: &Self) {
        self.sales += other.sales;
        self.total_e4 = self.total_e4.saturating_add(other.total_e4);
        self.refunds += other.refunds;
        self.refunded_e4 = self.refunded_e4.saturating_add(other.refunded_e4);
        for (currency, other) in &other.net_e4 {
            let net = self.net_e4.entry(currency.clone()).or_default();
            *net = net.saturating_add(*other);
        }
        self.gained += other.gained;
        self.lost += other.lost;
    }

    /// The share of refunded sales, in ten-thousandths, rounded half up.
    pub(super) const fn rate_e4(&self) -> Option<u64> {
        if self.sales == 0 {
            return None;
        }
        Some((20_000 * self.refunds + self.sales) / (2 * self.sales))
    }
}

impl Step {
    /// The step that gives a period some sixty bars at most.
    pub(super) const fn of(span: Span) -> Self {
        match span.days() {
            0..=62 => Self::Day,
            63..=370 => Self::Week,
            371..=1_900 => Self::Month,
            _ => Self::Year,
        }
    }

    /// The step of rates.
    pub(super) fn of_rates(span: Span) -> Self {
        match Self::of(span) {
            Self::Day => Self::Week,
            step => step,
        }
    }

    /// The last day of the step that a day is in.
    fn end(self, day: i32) -> i32 {
        let next = |year: u16, month: u8| {
            let first = Date::new(year, month, 1).and_then(|date| date.days_since_epoch());
            first.ok().and_then(|first| i32::try_from(first).ok())
        };
        let date = Date::from_days_since_epoch(day.into()).and_then(|date| date.ymd());
        let next = match (self, date) {
            // The first day of 1970 was a Thursday; weeks begin on Monday.
            (Self::Week, _) => return day + 6 - (day + 3).rem_euclid(7),
            (Self::Day, _) | (_, Err(_)) => None,
            (Self::Month, Ok((year, 12, _))) | (Self::Year, Ok((year, _, _))) => next(year + 1, 1),
            (Self::Month, Ok((year, month, _))) => next(year, month + 1),
        };
        next.map_or(day, |next| next - 1)
    }

    /// A period cut into steps; the first and the last can be shorter.
    pub(super) fn cut(self, span: Span) -> Vec<Span> {
        let mut steps = Vec::new();
        let mut first = span.first;
        while first <= span.last {
            let last = self.end(first).clamp(first, span.last);
            steps.push(Span::new(first, last));
            first = last + 1;
        }
        steps
    }
}

/// A section for each currency, the one with the most sales first.
pub(super) fn sections(report: &Report) -> Vec<Section> {
    let mut sections: Vec<Section> = currencies(report)
        .into_iter()
        .map(|currency| Section::new(report, currency))
        .collect();
    sections.sort_by(|one, other| {
        let sales = |section: &Section| section.now.sales + section.before.sales;
        sales(other).cmp(&sales(one))
    });
    sections
}

/// The currencies of anything in the report.
fn currencies(report: &Report) -> Vec<Currency> {
    let of = |figures: &Figures| {
        let days = figures.days.iter().map(|sold| sold.currency.clone());
        let moves = figures.moves.iter().map(|moves| moves.currency.clone());
        days.chain(moves).collect::<Vec<_>>()
    };
    let figures = &report.figures;
    let running = figures.running.iter().map(|running| running.currency.clone());
    let arrears = figures.arrears.iter().map(|arrears| arrears.currency.clone());
    let mut all: Vec<Currency> = of(figures);
    all.extend(of(&report.figures_before));
    all.extend(running.chain(arrears));
    all.sort_unstable();
    all.dedup();
    all
}

impl Section {
    fn new(report: &Report, currency: Currency) -> Self {
        let Report {
            span,
            figures,
            figures_before,
            ..
        } = report;
        let by_day = by_day(figures, &currency);
        let running = figures
            .running
            .iter()
            .find(|running| running.currency == currency);
        Self {
            now: whole(by_day.values()),
            before: whole(self::by_day(figures_before, &currency).values()),
            revenue: stepped(&by_day, Step::of(*span).cut(*span)),
            refunds: stepped(&by_day, Step::of_rates(*span).cut(*span)),
            products: Ranking::new(figures, &currency),
            means: means(figures, &currency),
            running: running.cloned(),
            arrears: arrears(&figures.arrears, &currency, day_of(report.at)),
            currency,
        }
    }
}

fn by_day(figures: &Figures, currency: &Currency) -> BTreeMap<i32, Totals> {
    let mut days = BTreeMap::<i32, Totals>::new();
    for sold in figures.days.iter().filter(|sold| sold.currency == *currency) {
        days.entry(sold.by).or_default().add(sold);
    }
    for moves in figures.moves.iter().filter(|moves| moves.currency == *currency) {
        let day = days.entry(moves.day).or_default();
        day.gained += moves.gained;
        day.lost += moves.lost;
    }
    days
}

fn whole<'a>(parts: impl IntoIterator<Item = &'a Totals>) -> Totals {
    let mut whole = Totals::default();
    for part in parts {
        whole.add_all(part);
    }
    whole
}

fn stepped(days: &BTreeMap<i32, Totals>, steps: Vec<Span>) -> Vec<(Span, Totals)> {
    let sum = |step: Span| {
        (
            step,
            whole(days.range(step.first..=step.last).map(|(_, totals)| totals)),
        )
    };
    steps.into_iter().map(sum).collect()
}

/// Things with their sums, the highest revenue first.
fn ranked(sums: BTreeMap<Option<String>, Totals>) -> Vec<(Option<String>, Totals)> {
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(_, totals)| std::cmp::Reverse((totals.total_e4, totals.sales)));
    sums
}

impl Ranking {
    fn new(figures: &Figures, currency: &Currency) -> Self {
        // Two products can have the same name.
        let mut names = BTreeMap::new();
        let mut products = BTreeMap::<Option<String>, Totals>::new();
        for sold in figures.products.iter().filter(|sold| sold.currency == *currency) {
            names.insert(sold.by.id.clone(), sold.by.name.clone());
            products.entry(sold.by.id.clone()).or_default().add(sold);
        }
        let mut ranked = ranked(products);
        let others = match ranked.get(PRODUCTS..) {
            // An eleventh takes no more room by its own name.
            Some(others) if others.len() > 1 => {
                Some((others.len(), whole(others.iter().map(|(_, totals)| totals))))
            }
            _ => None,
        };
        if others.is_some() {
            ranked.truncate(PRODUCTS);
        }
        let named = |(id, totals): (Option<String>, Totals)| {
            let name = names.get(&id).cloned().flatten();
            (name.or(id), totals)
        };
        Self {
            first: ranked.into_iter().map(named).collect(),
            others,
        }
    }
}

fn means(figures: &Figures, currency: &Currency) -> Vec<(Option<String>, Totals)> {
    let mut means = BTreeMap::<Option<String>, Totals>::new();
    for sold in figures.means.iter().filter(|sold| sold.currency == *currency) {
        means.entry(sold.by.clone()).or_default().add(sold);
    }
    ranked(means)
}

fn arrears(all: &[Arrears], currency: &Currency, today: i32) -> Vec<Late> {
    let mut ages = vec![Late::default(); AGES.len() + 1];
    for arrears in all.iter().filter(|arrears| arrears.currency == *currency) {
        let age = arrears.since.map_or(AGES.len(), |since| {
            let days = today.saturating_sub(since);
            AGES.iter().rposition(|first| days >= *first).unwrap_or_default()
        });
        if let Some(late) = ages.get_mut(age) {
            late.subscriptions += arrears.subscriptions;
            late.invoices += arrears.invoices;
            late.owed_e4 = late.owed_e4.saturating_add(arrears.owed_e4);
        }
    }
    ages
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> i32 {
        let days = Date::from_text(text).days_since_epoch().unwrap();
        days.try_into().unwrap()
    }

    #[test]
    fn steps_are_the_period_without_a_gap() {
        let starts = ["2024-02-27", "2026-01-01", "2026-10-01", "2025-12-31"];
        for first in starts.map(day) {
            for days in [1, 7, 31, 62, 63, 182, 370, 371, 1_826, 1_900, 1_901, 6_200] {
                let span = Span::new(first, first + days - 1);
                let steps = [Step::of(span), Step::of_rates(span)].map(|step| step.cut(span));
                for steps in steps {
                    assert!((1..=64).contains(&steps.len()), "{days}: {}", steps.len());
                    assert_eq!(steps.first().unwrap().first, span.first);
                    assert_eq!(steps.last().unwrap().last, span.last);
                    let joins = steps.windows(2).all(|pair| pair[0].last + 1 == pair[1].first);
                    assert!(joins, "{steps:?}");
                }
            }
        }
    }

    #[test]
    fn steps_begin_where_a_calendar_has_it() {
        let span = Span::new(day("2026-01-15"), day("2026-03-02"));
        let months = Step::Month.cut(span);
        let firsts = ["2026-01-15", "2026-02-01", "2026-03-01"].map(day);
        assert_eq!(months.iter().map(|span| span.first).collect::<Vec<_>>(), firsts);
        // The 19th of January 2026 is a Monday.
        assert_eq!(Step::Week.cut(span)[1].first, day("2026-01-19"));
        let years = Step::Year.cut(Span::new(day("2024-12-31"), day("2026-01-01")));
        assert_eq!(years.len(), 3);
    }

    #[test]
    fn rate_is_rounded_half_up() {
        let rate = |refunds, sales| {
            Totals {
                refunds,
                sales,
                ..Totals::default()
            }
            .rate_e4()
        };
        assert_eq!(rate(0, 0), None);
        assert_eq!(
            [rate(1, 3), rate(2, 3), rate(3, 3)],
            [Some(3333), Some(6667), Some(10_000)]
        );
    }
}
