//! What a report shows: some days, the days before them, and how sure that is.

use eduzz_store::Store;
use eduzz_store::mirror::{Figures, List, MirrorStore, Window};
use eduzz_sync::Moment;
use eduzz_sync::mirror::{Kind, Span};
use eduzz_types::Date;

use crate::{MirrorError, Proof, State};

/// The figures of some days and of those before, with the state of proof.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The mirror's name for the account.
    pub account: String,
    /// When it was made, by the database's clock.
    pub at: Moment,
    /// The days.
    pub span: Span,
    /// The days to compare with: as many whole months before whole months, else as many days
    /// before.
    pub before: Span,
    /// What was sold on the days, and what runs now.
    pub figures: Figures,
    /// The same of the days before.
    pub figures_before: Figures,
    /// What the mirror has of each kind.
    pub states: Vec<State>,
    /// Of each kind with dates, the day up to which every day is proven from the first on; `None`
    /// if the first is not.
    pub proven_until: Vec<(Kind, Option<i32>)>,
    /// The windows that are not proven, as [`Proof::gaps`] has them.
    pub gaps: Vec<(List, Window)>,
}

impl<S: Store + MirrorStore> Proof<S> {
    /// What a report of these days shows. The figures of a year are of one moment; the rest is read
    /// one after another.
    ///
    /// # Errors
    ///
    /// The database fails, or a day is not in the years 1 to 9999.
    pub async fn report(&self, span: Span) -> Result<Report, MirrorError> {
        let before = before(span).ok_or(MirrorError::Day)?;
        let (store, account) = (self.store(), self.name());
        let first = self.first_day().await?;
        let mut proven_until = Vec::new();
        for kind in Kind::ALL.iter().copied().filter(|kind| kind.is_dated()) {
            proven_until.push((kind, self.proven_until(kind, first).await?));
        }
        Ok(Report {
            account: account.to_owned(),
            at: store.now().await?,
            span,
            before,
            figures: self.figures(span).await?,
            figures_before: self.figures(before).await?,
            states: self.state().await?,
            proven_until,
            gaps: self.gaps().await?,
        })
    }

    /// The figures of these days, a year at a time: a database has some seconds for an answer.
    async fn figures(&self, span: Span) -> Result<Figures, MirrorError> {
        let mut figures: Option<Figures> = None;
        let mut first = span.first;
        while first <= span.last {
            let last = first.saturating_add(365).min(span.last);
            let more = self.store().figures(self.name(), Span::new(first, last)).await?;
            figures = Some(match figures {
                Some(figures) => figures.and(more),
                None => more,
            });
            first = last.saturating_add(1);
        }
        Ok(figures.unwrap_or_default())
    }

    /// The last day of the windows that are proven without a gap from this day on.
    async fn proven_until(&self, kind: Kind, first: i32) -> Result<Option<i32>, MirrorError> {
        let mut next = first;
        let mut until = None;
        let mut windows = self.store().windows(&List::new(self.name(), kind)).await?;
        windows.sort_by_key(|window| window.span.first);
        for window in windows {
            let is_next = window.span.first <= next && window.doubt.is_none();
            if !is_next {
                break;
            }
            until = Some(window.span.last);
            next = window.span.last.saturating_add(1);
        }
        Ok(until)
    }
}

/// The days to compare these with; `None` if they are not in the years 1 to 9999.
fn before(span: Span) -> Option<Span> {
    let date = |day: i64| Date::from_days_since_epoch(day).ok();
    let first = date(span.first.into())?;
    let (year, month, day) = first.ymd().ok()?;
    let (end_year, end_month, end_day) = date(i64::from(span.last) + 1)?.ymd().ok()?;
    let begin = if (day, end_day) == (1, 1) {
        let months = |year: u16, month: u8| i32::from(year) * 12 + i32::from(month) - 1;
        let begin = 2 * months(year, month) - months(end_year, end_month);
        let (year, month) = (begin.div_euclid(12), begin.rem_euclid(12) + 1);
        Date::new(year.try_into().ok()?, month.try_into().ok()?, 1).ok()?
    } else {
        first.plus_days(-i64::from(span.days())).ok()?
    };
    let (year, ..) = begin.ymd().ok()?;
    let begin = i32::try_from(begin.days_since_epoch().ok()?).ok()?;
    (year > 0).then(|| Span::new(begin, span.first - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> i32 {
        let days = Date::from_text(text).days_since_epoch().unwrap();
        days.try_into().unwrap()
    }

    #[test]
    fn whole_months_are_compared_with_whole_months() {
        for (first, last, before_first, before_last) in [
            ("2026-10-01", "2026-10-31", "2026-09-01", "2026-09-30"),
            ("2026-03-01", "2026-03-31", "2026-02-01", "2026-02-28"),
            ("2026-01-01", "2026-01-31", "2025-12-01", "2025-12-31"),
            ("2026-01-01", "2026-12-31", "2025-01-01", "2025-12-31"),
            ("2026-11-01", "2027-01-31", "2026-08-01", "2026-10-31"),
            ("2026-10-01", "2026-10-30", "2026-09-01", "2026-09-30"),
            ("2026-10-05", "2026-10-05", "2026-10-04", "2026-10-04"),
            ("2026-02-02", "2026-03-01", "2026-01-05", "2026-02-01"),
        ] {
            let found = before(Span::new(day(first), day(last))).unwrap();
            assert_eq!(
                found,
                Span::new(day(before_first), day(before_last)),
                "{first} {last}"
            );
        }
        // The days before would be in no year.
        assert_eq!(before(Span::new(day("0001-01-01"), day("0001-12-31"))), None);
        assert_eq!(before(Span::new(day("0001-01-02"), day("0001-12-30"))), None);
        assert_eq!(before(Span::new(0, i32::MAX)), None);
    }
}
