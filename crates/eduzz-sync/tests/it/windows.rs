//! Windows cover every day once, and are proven by nothing less than all rows.

use std::time::Duration;

use eduzz_sync::Moment;
use eduzz_sync::mirror::{
    Choice, Cut, Doubt, Kind, MOST_ROWS, Pass, Span, Tally, day_of, next_check, next_try, next_window, prove,
    sealable,
};
use proptest::prelude::*;

const TODAY: i32 = 20_786;

/// A shop: how many rows each day has.
fn shops() -> impl Strategy<Value = Vec<u64>> {
    let quiet = prop::collection::vec(0_u64..20, 30..800);
    let busy = prop::collection::vec(0_u64..900, 30..400);
    let rare = prop::collection::vec(prop_oneof![20 => Just(0_u64), 1 => 0_u64..5_000], 30..800);
    prop_oneof![quiet, busy, rare]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Every day is read once, today first, and with few calls.
    #[test]
    fn windows_cover_each_day_once(shop in shops(), longest in prop_oneof![Just(365_u32), 1_u32..60]) {
        let days = i32::try_from(shop.len()).unwrap();
        let within = Span::new(TODAY - days + 1, TODAY);
        let rows = |span: Span| -> u64 {
            (span.first..=span.last).map(|day| shop[usize::try_from(TODAY - day).unwrap()]).sum()
        };
        let (mut cuts, mut calls) = (Vec::new(), 0_u64);
        while let Some(mut span) = next_window(within, TODAY, longest, &cuts) {
            prop_assert!(cuts.len() <= shop.len());
            prop_assert!(span.days() <= longest);
            if cuts.is_empty() {
                prop_assert_eq!(span, Span::new(TODAY, TODAY));
            }
            while let Some(smaller) = span.cut(rows(span)) {
                prop_assert!(smaller.last == span.last && smaller.days() < span.days());
                span = smaller;
                calls += 1;
            }
            prop_assert!(rows(span) <= MOST_ROWS || span.days() == 1);
            calls += rows(span).div_ceil(100).max(1);
            cuts.push(Cut::new(span, Some(rows(span))));
        }
        let mut covered: Vec<i32> = cuts.iter().flat_map(|cut| cut.span.first..=cut.span.last).collect();
        covered.sort_unstable();
        prop_assert!(covered.into_iter().eq(within.first..=within.last));
        let least = rows(within).div_ceil(100);
        // A day with very many rows makes the next windows short.
        let peaks = shop.iter().filter(|rows| **rows > 900).count();
        let peaks = u64::try_from(peaks).unwrap() * 20;
        let bound = least + least / 3 + u64::try_from(days).unwrap() / u64::from(longest) + peaks + 12;
        prop_assert!(calls <= bound, "{} calls where {} rows need {}", calls, rows(within), least);
    }

    /// Where days are alike, hardly a call is lost to a window that turns out too long.
    #[test]
    fn alike_days_are_cut_right(
        most in 1_u64..900,
        parts in prop::collection::vec(85_u64..=100, 200..800),
        longest in 30_u32..400,
    ) {
        let days = i32::try_from(parts.len()).unwrap();
        let within = Span::new(TODAY - days + 1, TODAY);
        let rows = |span: Span| -> u64 {
            (span.first..=span.last).map(|day| most * parts[usize::try_from(TODAY - day).unwrap()] / 100).sum()
        };
        let (mut cuts, mut lost) = (Vec::new(), 0);
        while let Some(mut span) = next_window(within, TODAY, longest, &cuts) {
            while let Some(smaller) = span.cut(rows(span)) {
                span = smaller;
                lost += 1;
            }
            cuts.push(Cut::new(span, Some(rows(span))));
        }
        let pages: u64 = cuts.iter().filter_map(|cut| cut.rows).map(|rows| rows.div_ceil(100).max(1)).sum();
        prop_assert!(lost <= pages / 50 + 1, "{} calls of {} lost", lost, pages);
    }

    /// A day that comes, or a hole that was left, is the next window.
    #[test]
    fn hole_is_filled(first in 0_i32..300, length in 1_i32..20) {
        let within = Span::new(TODAY - 400, TODAY);
        let hole = Span::new(TODAY - 10 - first - length, TODAY - 10 - first);
        let cuts = [
            Cut::new(Span::new(within.first, hole.first - 1), Some(4_000)),
            Cut::new(Span::new(hole.last + 1, TODAY), Some(10)),
        ];
        let mut cuts = cuts.to_vec();
        let mut filled = 0;
        while let Some(span) = next_window(within, TODAY, 365, &cuts) {
            prop_assert!(span.first >= hole.first && span.last <= hole.last);
            filled += span.days();
            cuts.push(Cut::new(span, None));
        }
        prop_assert_eq!(filled, hole.days());
    }

    #[test]
    fn window_is_sealed_after_its_last_day_in_every_zone(day in -10_000_i32..40_000) {
        let at = sealable(day);
        // 26 hours after midnight in Brasília.
        prop_assert_eq!(at.millis(), (i64::from(day) + 1) * 86_400_000 + 29 * 3_600_000);
        prop_assert!(day_of(at) > day);
        prop_assert_eq!(day_of(Moment::from_millis((i64::from(day) + 1) * 86_400_000)), day);
    }
}

#[test]
fn checks_come_at_longer_intervals() {
    let now = Moment::from_millis(0);
    let days = |kind| -> Vec<i64> {
        let check = |times| next_check(kind, Span::WHOLE, now, times);
        (0..9).map(|times| check(times).millis() / 86_400_000).collect()
    };
    assert_eq!(days(Kind::Offer), [1, 2, 4, 8, 16, 32, 64, 64, 64]);
    // Nothing else tells of new rows.
    assert_eq!(days(Kind::Customer), [1; 9]);
    assert_eq!(days(Kind::HeycampMember), [1; 9]);
}

/// A pass over Nutror's students in which the service said `total` and showed `rows`, and what the
/// mirror has then.
fn students(total: u64, rows: u64) -> Result<(), Doubt> {
    let pass = Pass {
        began: Moment::from_millis(0),
        ended: Moment::from_millis(1),
        first_total: total,
        last_total: total,
        rows,
        unreadable: 0,
        lost_rows: total != rows,
    };
    let mut tally = Tally::default();
    tally.rows = rows;
    prove(Kind::NutrorStudent, Span::WHOLE, &pass, &tally)
}

#[test]
fn list_that_may_have_ended_early_is_not_proven() {
    assert_eq!(students(2_499, 2_499), Ok(()));
    // The total may be that of the fifty pages, or of all students.
    assert_eq!(students(2_500, 2_500), Err(Doubt::ListEnds));
    assert_eq!(students(9_000, 2_500), Err(Doubt::ListEnds));
    assert_eq!(students(2_499, 2_450), Err(Doubt::RowsMoved));
    let now = Moment::from_millis(0);
    let again = next_try(Kind::NutrorStudent, Span::WHOLE, now, Doubt::ListEnds);
    assert_eq!(again.since(now), Duration::from_secs(86_400));
}

#[test]
fn chosen_kinds_bring_what_their_lists_belong_to() {
    let all = Choice::all();
    let communities = Choice::all().communities(["77".to_owned()]);
    for kind in Kind::ALL {
        assert_eq!(all.has(*kind), *kind != Kind::HeycampMember);
        assert!(communities.has(*kind));
        let only = Choice::all().only([*kind]).communities(["77".to_owned()]);
        let chosen: Vec<Kind> = only.kinds().collect();
        let expected: Vec<Kind> = kind.parent_kind().into_iter().chain([*kind]).collect();
        assert_eq!(chosen, expected);
    }
}

proptest! {
    /// A window with days near today is read each night, proven or open; others at intervals.
    #[test]
    fn near_days_are_read_each_night(age in -60_i32..60, length in 0_i32..40, hour in 0_i64..24, times in 0_u32..9) {
        let now = Moment::from_millis(i64::from(TODAY) * 86_400_000 + (hour + 3) * 3_600_000 + 1);
        let span = Span::new(TODAY - age - length, TODAY - age);
        for (kind, days) in [(Kind::Sale, 3), (Kind::Chargeback, 30), (Kind::StatementEntry, 45)] {
            let is_near = age <= days && age + length >= -days;
            let check = next_check(kind, span, now, times);
            let wait = check.since(now);
            if is_near {
                prop_assert!(wait > Duration::ZERO && wait <= Duration::from_secs(86_400));
                // Three o'clock in Brasília.
                prop_assert_eq!(check.millis() % 86_400_000, 6 * 3_600_000);
                prop_assert!(next_try(kind, span, now, Doubt::NotOver) <= check);
            } else {
                prop_assert_eq!(check, next_check(Kind::Offer, Span::WHOLE, now, times));
            }
            prop_assert!(next_try(kind, span, now, Doubt::NotOver) >= now);
            prop_assert!(next_try(kind, span, now, Doubt::Unsettled).since(now) <= Duration::from_secs(600));
        }
    }
}
