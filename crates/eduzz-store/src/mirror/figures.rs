//! What the views say of some days, typed.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use eduzz_sync::mirror::{Form, Value};

use super::rows::newer_name;
use crate::{StoreError, StoreErrorKind};

/// What was sold on some days, and what runs now, as the views say (`docs/mirror-tables.md`).
/// Amounts are whole ten-thousandths, and a sum has one currency; `None` is a currency that the
/// service does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Figures {
    /// Sales by the day of their payment in Brasília, counted from 1970-01-01, the oldest first.
    pub days: Vec<Sold<i32>>,
    /// The same sales by product.
    pub products: Vec<Sold<SoldProduct>>,
    /// The same sales by means of payment.
    pub means: Vec<Sold<Option<String>>>,
    /// Subscriptions that were made or canceled on these days, the oldest first.
    pub moves: Vec<Moves>,
    /// Subscriptions that run now.
    pub running: Vec<Running>,
    /// Late subscriptions, as they are now, by the day since which they owe.
    pub arrears: Vec<Arrears>,
    /// Paid sales of any day whose day of payment the service does not say.
    pub undated: u64,
    /// Sales of these days that are not in the sums: their total is missing, or has a part smaller
    /// than a ten-thousandth.
    pub unsummed: u64,
}

/// Sales that have something in common.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Sold<T> {
    /// What they have in common.
    pub by: T,
    /// The currency of their totals and refunds.
    pub currency: Option<String>,
    /// The currency of the producer's proceeds.
    pub net_currency: Option<String>,
    /// How many were paid, refunded ones included.
    pub sales: u64,
    /// Their totals without interest.
    pub total_e4: i64,
    /// How many of them were refunded, wholly or in part; a refund counts on the day of payment.
    pub refunds: u64,
    /// What was refunded.
    pub refunded_e4: i64,
    /// The producer's proceeds of those that were not refunded whole.
    pub net_e4: i64,
}

/// A product that was sold.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct SoldProduct {
    /// Its id.
    pub id: Option<String>,
    /// Its name today, or that of the latest sale.
    pub name: Option<String>,
}

/// Subscriptions made and canceled on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Moves {
    /// Brasília's day, counted from 1970-01-01.
    pub day: i32,
    /// The currency of their prices.
    pub currency: Option<String>,
    /// How many were made.
    pub gained: u64,
    /// How many were canceled.
    pub lost: u64,
}

/// Subscriptions that run now: they are up to date, wait for a payment, or are late.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Running {
    /// The currency of their prices.
    pub currency: Option<String>,
    /// How many run.
    pub subscriptions: u64,
    /// How many of them have a charge overdue.
    pub late: u64,
    /// How many more are in their trial.
    pub trials: u64,
    /// How many of those that run have a frequency other than months, so that their price is not
    /// in the sum.
    pub unknown_frequency: u64,
    /// Their price of a month.
    pub monthly_e4: i64,
}

/// Late subscriptions whose oldest open invoice is due on the same day.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Arrears {
    /// Brasília's day, counted from 1970-01-01; `None` if the mirror has no open invoice of them.
    pub since: Option<i32>,
    /// The currency of the invoices; without one, of the subscription's price.
    pub currency: Option<String>,
    /// How many subscriptions.
    pub subscriptions: u64,
    /// How many open invoices they have.
    pub invoices: u64,
    /// The amounts of these invoices.
    pub owed_e4: i64,
}

/// A row of a statement of this module: two texts, two currencies, five numbers.
pub(crate) type Cells = ([Option<String>; 4], [i64; 5]);

/// The statements of days: the account, the first and the last day.
pub(crate) fn of_days(date: &str) -> [String; 5] {
    let sums = |sales: &str, refunds: &str| {
        format!(
            "cast({sales} as bigint), cast(coalesce(sum(total_e4), 0) as bigint),
             cast(sum({refunds}) as bigint), cast(coalesce(sum(refunded_e4), 0) as bigint),
             cast(coalesce(sum(net_gain_e4), 0) as bigint)"
        )
    };
    // Both databases take a day as text.
    let within = |day: &str| {
        format!("{day} between cast(cast(?2 as text) as {date}) and cast(cast(?3 as text) as {date})")
    };
    let each = sums("count(*)", "is_refunded");
    let days = within("day");
    [
        format!(
            "select cast(day as text), cast(null as text), currency, net_gain_currency, {each}
             from eduzz_paid_sale where account = ?1 and {days}
             group by day, currency, net_gain_currency"
        ),
        format!(
            "select product_id, max(product_name), currency, net_gain_currency, {}
             from eduzz_revenue_by_day where account = ?1 and {days}
             group by product_id, currency, net_gain_currency",
            sums("sum(sales)", "refunds")
        ),
        format!(
            "select payment_method, cast(null as text), currency, net_gain_currency, {each}
             from eduzz_paid_sale where account = ?1 and {days}
             group by payment_method, currency, net_gain_currency"
        ),
        format!(
            "select cast(day as text), cast(null as text), currency, cast(null as text),
                    cast(sum(gained) as bigint), cast(sum(lost) as bigint), {ZERO}, {ZERO}, {ZERO}
             from (select created_on as day, payment_price_currency as currency, 1 as gained, 0 as lost
                   from eduzz_subscription where account = ?1 and m_gone is null and {}
                   union all
                   select interruption_created_on, payment_price_currency, 0, 1
                   from eduzz_subscription
                   where account = ?1 and m_gone is null and status = 'canceled' and {}) m
             group by day, currency",
            within("created_on"),
            within("interruption_created_on"),
        ),
        format!(
            "select cast(null as text), cast(null as text), cast(null as text), cast(null as text),
                    count(*), {ZERO}, {ZERO}, {ZERO}, {ZERO}
             from eduzz_paid_sale where account = ?1 and total_e4 is null and {days}"
        ),
    ]
}

const ZERO: &str = "cast(0 as bigint)";

/// The statements of what is there now: the account.
pub(crate) fn of_now() -> [String; 3] {
    [
        "select cast(null as text), cast(null as text), currency, cast(null as text),
                cast(sum(subscriptions) as bigint), cast(sum(late) as bigint), cast(sum(trials) as bigint),
                cast(sum(unknown_frequency) as bigint), cast(sum(monthly_e4) as bigint)
         from eduzz_recurring_revenue where account = ?1 group by currency"
            .to_owned(),
        format!(
            "select cast(oldest_due as text), cast(null as text), coalesce(owed_currency, price_currency),
                    cast(null as text), count(*), cast(sum(open_invoices) as bigint),
                    cast(coalesce(sum(owed_e4), 0) as bigint), {ZERO}, {ZERO}
             from eduzz_arrears where account = ?1
             group by oldest_due, coalesce(owed_currency, price_currency)"
        ),
        format!(
            "select cast(null as text), cast(null as text), cast(null as text), cast(null as text),
                    count(*), {ZERO}, {ZERO}, {ZERO}, {ZERO}
             from eduzz_paid_sale where account = ?1 and day is null"
        ),
    ]
}

impl Figures {
    /// From the rows of [`of_days`] and [`of_now`].
    pub(crate) fn new(
        [days, products, means, moves, unsummed]: [Vec<Cells>; 5],
        [running, arrears, undated]: [Vec<Cells>; 3],
    ) -> Result<Self, StoreError> {
        let mut figures = Self {
            days: all(days, |by, _| day(by.as_deref())?.ok_or_else(newer_name))?,
            products: all(products, |id, name| Ok(SoldProduct { id, name }))?,
            means: all(means, |by, _| Ok(by))?,
            moves: moves
                .into_iter()
                .map(|([by, _, currency, _], [gained, lost, ..])| {
                    Ok(Moves {
                        day: day(by.as_deref())?.ok_or_else(newer_name)?,
                        currency,
                        gained: count(gained),
                        lost: count(lost),
                    })
                })
                .collect::<Result<_, StoreError>>()?,
            running: running
                .into_iter()
                .map(
                    |([_, _, currency, _], [subscriptions, late, trials, unknown, monthly_e4])| Running {
                        currency,
                        subscriptions: count(subscriptions),
                        late: count(late),
                        trials: count(trials),
                        unknown_frequency: count(unknown),
                        monthly_e4,
                    },
                )
                .collect(),
            arrears: arrears
                .into_iter()
                .map(
                    |([since, _, currency, _], [subscriptions, invoices, owed_e4, ..])| {
                        Ok(Arrears {
                            since: day(since.as_deref())?,
                            currency,
                            subscriptions: count(subscriptions),
                            invoices: count(invoices),
                            owed_e4,
                        })
                    },
                )
                .collect::<Result<_, StoreError>>()?,
            undated: counted(&undated),
            unsummed: counted(&unsummed),
        };
        // The databases do not agree where null is.
        figures
            .moves
            .sort_by(|a, b| (a.day, &a.currency).cmp(&(b.day, &b.currency)));
        figures.running.sort_by(|a, b| a.currency.cmp(&b.currency));
        figures
            .arrears
            .sort_by(|a, b| (a.since, &a.currency).cmp(&(b.since, &b.currency)));
        Ok(figures)
    }
}

impl Figures {
    /// These figures with those of later days, so that a long time can be read in parts. What runs
    /// now is as the later ones have it.
    #[must_use]
    pub fn and(mut self, later: Self) -> Self {
        self.days.extend(later.days);
        self.moves.extend(later.moves);
        self.products = joined(self.products.into_iter().chain(later.products));
        self.means = joined(self.means.into_iter().chain(later.means));
        self.unsummed += later.unsummed;
        Self {
            running: later.running,
            arrears: later.arrears,
            undated: later.undated,
            ..self
        }
    }
}

/// Sales with the same in common are one, in the order of what they have.
fn joined<T: Clone + Ord>(sold: impl Iterator<Item = Sold<T>>) -> Vec<Sold<T>> {
    let mut joined = BTreeMap::<_, Sold<T>>::new();
    for sold in sold {
        let key = (sold.by.clone(), sold.currency.clone(), sold.net_currency.clone());
        match joined.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(sold);
            }
            Entry::Occupied(mut entry) => {
                let sum = entry.get_mut();
                sum.sales += sold.sales;
                sum.total_e4 = sum.total_e4.saturating_add(sold.total_e4);
                sum.refunds += sold.refunds;
                sum.refunded_e4 = sum.refunded_e4.saturating_add(sold.refunded_e4);
                sum.net_e4 = sum.net_e4.saturating_add(sold.net_e4);
            }
        }
    }
    joined.into_values().collect()
}

fn all<T: Clone + Ord>(
    rows: Vec<Cells>,
    by: impl Fn(Option<String>, Option<String>) -> Result<T, StoreError>,
) -> Result<Vec<Sold<T>>, StoreError> {
    let sold = |([first, second, currency, net_currency], numbers): Cells| {
        let [sales, total_e4, refunds, refunded_e4, net_e4] = numbers;
        Ok(Sold {
            by: by(first, second)?,
            currency,
            net_currency,
            sales: count(sales),
            total_e4,
            refunds: count(refunds),
            refunded_e4,
            net_e4,
        })
    };
    let sold: Vec<Sold<T>> = rows.into_iter().map(sold).collect::<Result<_, StoreError>>()?;
    Ok(joined(sold.into_iter()))
}

/// A day of a column.
fn day(text: Option<&str>) -> Result<Option<i32>, StoreError> {
    match text.map(|text| Value::from_text(Form::Day, text)) {
        None => Ok(None),
        Some(Some(Value::Day(day))) => Ok(Some(day)),
        Some(_) => Err(StoreError::with(
            StoreErrorKind::OtherSchema,
            "a day has another form",
        )),
    }
}

/// A day as the statements take it.
pub(crate) fn day_text(day: i32) -> Result<String, StoreError> {
    let text = Value::Day(day).to_text();
    text.ok_or_else(|| StoreError::with(StoreErrorKind::Other, "a day is not in the years 1 to 9999"))
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

fn counted(rows: &[Cells]) -> u64 {
    rows.first().map_or(0, |(_, [number, ..])| count(*number))
}
