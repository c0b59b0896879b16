//! An estimate of a back-fill is near what comes, and does not double.

use std::time::Duration;

use eduzz_sync::mirror::{
    Cut, Flow, Progress, Span, UnderWay, by_days, by_lists, by_total, next_window, time_left, whole_time_left,
};
use eduzz_wire::Pace;
use proptest::prelude::*;

const TODAY: i32 = 20_786;
const LONGEST: u32 = 365;

/// Reads a shop, the newest days first. Gives each estimate with the calls that were made until
/// then, and the calls of the whole.
fn back_fill(shop: &[u64]) -> (Vec<(Progress, u64)>, u64) {
    let days = i32::try_from(shop.len()).unwrap();
    let within = Span::new(TODAY - days + 1, TODAY);
    let rows = |span: Span| -> u64 {
        (span.first..=span.last)
            .map(|day| shop[usize::try_from(TODAY - day).unwrap()])
            .sum()
    };
    let (mut cuts, mut calls, mut seen) = (Vec::new(), 0, Vec::new());
    while let Some(mut span) = next_window(within, TODAY, LONGEST, &cuts) {
        while let Some(smaller) = span.cut(rows(span)) {
            span = smaller;
            calls += 1;
        }
        let total = rows(span);
        for page in 1..=total.div_ceil(100).max(1) {
            calls += 1;
            let pass = UnderWay {
                span,
                rows: total.min(page * 100),
                total,
            };
            seen.push((by_days(within, TODAY, LONGEST, &cuts, &[pass]), calls));
        }
        cuts.push(Cut::new(span, Some(total)));
        seen.push((by_days(within, TODAY, LONGEST, &cuts, &[]), calls));
    }
    (seen, calls)
}

/// Shops whose days differ by less than half.
fn steady() -> impl Strategy<Value = Vec<u64>> {
    (1_u64..600, 60_usize..900).prop_flat_map(|(rows, days)| {
        let low = rows - rows / 3;
        prop::collection::vec(low..=rows + rows / 3, days)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// The calls that were made and those that are left are about the whole from the first estimate
    /// on, whatever page it is made at.
    #[test]
    fn estimates_are_near_the_whole(shop in steady()) {
        let (seen, calls) = back_fill(&shop);
        for (progress, made) in &seen {
            prop_assert!(progress.done <= progress.all && progress.rows <= progress.total.unwrap_or(u64::MAX));
            if let Some(left) = progress.calls_left {
                let whole = made + left;
                prop_assert!(whole <= calls * 5 / 4 + 4, "{} of {}: {:?}", whole, calls, progress);
                prop_assert!(whole + 4 >= calls * 4 / 5, "{} of {}: {:?}", whole, calls, progress);
            }
        }
        let (last, _) = seen.last().unwrap();
        prop_assert!(last.is_done(), "{:?}", last);
        prop_assert_eq!(last.rows, shop.iter().sum::<u64>());
    }

    /// Also where the days differ much, from one look to the next one page later the whole does not
    /// double.
    #[test]
    fn estimates_do_not_double(shop in prop::collection::vec(0_u64..900, 60..500)) {
        let (seen, _) = back_fill(&shop);
        let wholes: Vec<u64> = seen
            .iter()
            .filter_map(|(progress, made)| Some(made + progress.calls_left?))
            .collect();
        for pair in wholes.windows(2) {
            prop_assert!(pair[1] < pair[0] * 2 + 8, "{:?}", pair);
        }
    }

    /// A shop that grew: its old days have fewer rows, so the estimate becomes smaller, never more
    /// than the first one by half.
    #[test]
    fn estimates_of_a_shop_that_grew_fall(most in 50_u64..800, days in 100_u64..900) {
        let shop: Vec<u64> = (0..days).map(|ago| most * (days - ago) / days).collect();
        let (seen, calls) = back_fill(&shop);
        let first = seen.iter().find_map(|(progress, made)| Some(made + progress.calls_left?));
        let first = first.unwrap();
        prop_assert!(first + 4 >= calls * 4 / 5);
        for (progress, made) in &seen {
            if let Some(left) = progress.calls_left {
                prop_assert!(made + left <= first * 3 / 2 + 8, "{} {} {:?}", first, made, progress);
            }
        }
    }
}

#[test]
fn nothing_is_guessed_from_today_alone() {
    let within = Span::new(TODAY - 5_000, TODAY);
    let read = |spans: &[(i32, i32, u64)]| {
        let cuts: Vec<Cut> = spans
            .iter()
            .map(|(first, last, rows)| Cut::new(Span::new(TODAY - first, TODAY - last), Some(*rows)))
            .collect();
        by_days(within, TODAY, LONGEST, &cuts, &[])
    };
    assert_eq!(read(&[]).calls_left, None);
    assert_eq!(read(&[(0, 0, 900)]).calls_left, None);
    assert_eq!(read(&[(0, 0, 900), (3, 1, 300)]).calls_left, None);
    let week = read(&[(0, 0, 900), (3, 1, 300), (9, 4, 600)]);
    // A hundred rows a day, in windows of some fifteen pages.
    let left = week.calls_left.unwrap();
    assert!((4_991..=5_200).contains(&left), "{week:?}");
    assert_eq!((week.done, week.all), (10, 5_001));
    // Empty years cost one call each.
    let empty = read(&[(0, 0, 0), (3, 1, 0), (33, 4, 0)]).calls_left.unwrap();
    assert!((14..=15).contains(&empty), "{empty}");
}

#[test]
fn a_pass_over_days_that_were_read_is_no_first_reading() {
    let within = Span::new(TODAY - 9, TODAY);
    let cuts = [Cut::new(within, Some(500))];
    let again = UnderWay {
        span: within,
        rows: 100,
        total: 500,
    };
    let progress = by_days(within, TODAY, LONGEST, &cuts, &[again]);
    assert!(progress.is_done());
    assert_eq!((progress.rows, progress.total), (500, Some(500)));
}

#[test]
fn whole_lists_and_lists_of_parents_are_counted() {
    assert_eq!(by_total(None, None).calls_left, None);
    let pass = UnderWay {
        span: Span::WHOLE,
        rows: 300,
        total: 1_050,
    };
    let progress = by_total(None, Some(pass));
    assert_eq!((progress.calls_left, progress.total), (Some(8), Some(1_050)));
    let ended = UnderWay { rows: 1_050, ..pass };
    assert!(!by_total(None, Some(ended)).is_done());
    assert!(by_total(Some(0), None).is_done());
    assert_eq!(by_lists(3, None).calls_left, None);
    assert_eq!(by_lists(3, Some(10)).calls_left, Some(7));
    // Parents that are gone have lists too.
    assert!(by_lists(12, Some(10)).is_done());
}

#[test]
fn time_is_that_of_the_pace_and_of_the_shares() {
    let pace = Pace {
        requests: 30,
        per: Duration::from_secs(60),
    };
    let seconds = |calls, beside: &[Flow]| time_left(calls, pace, beside).as_secs();
    assert_eq!((seconds(0, &[]), seconds(30, &[]), seconds(31, &[])), (0, 0, 60));
    assert_eq!(seconds(3_001, &[]), 6_000);
    // The refetch has three quarters of the turns then.
    assert_eq!(seconds(3_001, &[Flow::Refetch]), 4 * 6_000);
    assert_eq!(seconds(3_001, &[Flow::Refetch, Flow::CatchUp]), 5 * 6_000);
    let none = Pace {
        requests: 0,
        per: Duration::from_secs(60),
    };
    assert!(time_left(u64::MAX, none, &[]) > Duration::from_secs(1));
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    let chains = [vec![seconds(10), seconds(5)], vec![seconds(12)], Vec::new()];
    assert_eq!(whole_time_left(chains), seconds(15));
    assert_eq!(
        whole_time_left([vec![seconds(10), None], vec![seconds(12)]]),
        None
    );
}
