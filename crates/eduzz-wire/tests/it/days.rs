//! Ranges of days and their slices.

use eduzz_types::Date;
use eduzz_wire::{Days, DaysError, Order, Slices};
use proptest::prelude::*;

fn date(text: &str) -> Date {
    Date::from_text(text)
}

proptest! {
    #[test]
    fn slices_cover_the_range_in_order(from in -20_000_i64..40_000, count in 1_i64..4_000, most in 0_u32..500, newest: bool, stop in 0_usize..40) {
        let day = |number| Date::from_days_since_epoch(number).unwrap();
        let days = Days::new(day(from), day(from + count - 1)).unwrap();
        prop_assert_eq!(days.count(), count.unsigned_abs());
        let order = if newest { Order::NewestFirst } else { Order::OldestFirst };

        let mut slices = days.slices(most, order);
        let planned = slices.left();
        let mut came = Vec::new();
        for _ in 0..stop {
            came.extend(slices.next());
        }
        // Stored in between and resumed.
        let stored: Slices = serde_json::from_str(&serde_json::to_string(&slices).unwrap()).unwrap();
        prop_assert_eq!(stored.left() + u64::try_from(came.len()).unwrap(), planned);
        came.extend(stored);
        prop_assert_eq!(u64::try_from(came.len()).unwrap(), planned);

        if newest {
            came.reverse();
        }
        let numbers: Vec<i64> = came
            .iter()
            .flat_map(|slice| slice.first().days_since_epoch().unwrap()..=slice.last().days_since_epoch().unwrap())
            .collect();
        prop_assert_eq!(numbers, (from..from + count).collect::<Vec<_>>());
        prop_assert!(came.iter().all(|slice| slice.count() <= u64::from(most.max(1))));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn stored_slices_with_any_numbers_are_refused_or_days(
        from in any_day_number(), to in any_day_number(), most in any_day_number(), newest: bool,
    ) {
        let order = if newest { "newest_first" } else { "oldest_first" };
        let stored = format!(r#"{{"most":{most},"order":"{order}","from":{from},"to":{to}}}"#);
        let Ok(mut slices) = serde_json::from_str::<Slices>(&stored) else {
            let is_day = |number| Date::from_days_since_epoch(number).is_ok();
            prop_assert!(!is_day(from) || !is_day(to), "{}", stored);
            return Ok(());
        };
        for _ in 0..5 {
            let left = slices.left();
            prop_assert_eq!(slices.size_hint().1, usize::try_from(left).ok());
            prop_assert_eq!(slices.next().map_or(left, |days| { assert!(days.count() > 0); left - 1 }), slices.left());
            let again: Slices = serde_json::from_str(&serde_json::to_string(&slices).unwrap()).unwrap();
            prop_assert_eq!(&again, &slices);
        }
    }
}

/// A day of the years 0 to 9999, a number near a limit, or any number.
fn any_day_number() -> impl Strategy<Value = i64> {
    prop_oneof![
        -719_600_i64..2_933_000,
        0_i64..100,
        Just(i64::MIN),
        Just(i64::MAX),
        any::<i64>()
    ]
}

#[test]
fn invalid_range_is_refused() {
    assert_eq!(
        Days::new(date("2026-02-02"), date("2026-02-01")),
        Err(DaysError::Backwards)
    );
    let day = "2026-03-01";
    for (first, last) in [
        ("2026-02-30", day),
        (day, "2026-13-01"),
        ("", day),
        ("2026-03-01T00:00:00Z", day),
    ] {
        let error = Days::new(date(first), date(last));
        assert!(matches!(error, Err(DaysError::NoSuchDay(_))), "{first} {last}");
    }
    let backwards = Days::new("2026-02-02", "2026-02-01");
    assert_eq!(backwards, Err(DaysError::Backwards));
    let no_such_day = Days::new("2026-02-30", date(day));
    assert!(matches!(no_such_day, Err(DaysError::NoSuchDay(_))));
    assert!(serde_json::from_str::<Days>(r#"{"first":"2026-02-02","last":"2026-02-01"}"#).is_err());
}

#[test]
fn month_of_and_month_before_give_whole_months() {
    let table = "
        2026-11-21  2026-11-01 2026-11-30  2026-10-01 2026-10-31
        2026-01-01  2026-01-01 2026-01-31  2025-12-01 2025-12-31
        2024-03-31  2024-03-01 2024-03-31  2024-02-01 2024-02-29
        2026-12-31  2026-12-01 2026-12-31  2026-11-01 2026-11-30
        9999-12-01  9999-12-01 9999-12-31  9999-11-01 9999-11-30
    ";
    for line in table.trim().lines() {
        let days: Vec<Date> = line.split_whitespace().map(date).collect();
        let [day, first, last, first_before, last_before] = &days[..] else {
            panic!("{line}")
        };
        let days = |first: &Date, last: &Date| Days::new(first, last);
        assert_eq!(Days::month_of(day), days(first, last), "{line}");
        assert_eq!(Days::month_before(day), days(first_before, last_before), "{line}");
    }
    assert!(Days::month_of(&date("2026-02-30")).is_err());
    assert!(Days::month_before(&date("0000-01-15")).is_err());
}
