//! Dates and moments.

use eduzz_types::{Date, DateTime, Timestamp, Zone};
use proptest::prelude::*;

#[test]
fn date_forms_of_the_service_are_read() {
    for (text, moment) in [
        ("2026-03-01T12:00:00Z", Some(1_772_366_400)),
        ("2026-03-01T12:00:00.250Z", Some(1_772_366_400)),
        ("2026-03-01 12:00:00", None),
        ("2026-03-01T12:00:00.1234567", None),
        ("2026-03-01", None),
        ("2026-03-01T09:00:00-03:00", Some(1_772_366_400)),
    ] {
        let date = DateTime::from_text(text);
        assert!(date.civil().is_ok(), "{text}");
        assert_eq!(date.timestamp().ok(), moment.map(Timestamp::from_unix), "{text}");
    }
}

#[test]
fn invalid_date_is_kept_and_refused_on_use() {
    let date: DateTime = serde_json::from_str("\"2026-02-30T00:00:00Z\"").unwrap();
    assert_eq!(serde_json::to_string(&date).unwrap(), "\"2026-02-30T00:00:00Z\"");
    assert!(date.timestamp().is_err());
    assert!(Date::new(2026, 2, 30).is_err());
    assert!(Date::new(2024, 2, 29).is_ok());
}

#[test]
fn text_without_zone_is_not_moment() {
    let date = DateTime::from_text("2026-03-01 23:30:00");
    assert_eq!(date.civil().unwrap().zone, Zone::None);
    assert!(date.timestamp().is_err());
}

proptest! {
    #[test]
    fn moments_agree_with_jiff(seconds in -60_000_000_000_i64..250_000_000_000, nanos in 0_u32..1_000_000_000) {
        let jiff = jiff::Timestamp::new(seconds, i32::try_from(nanos).unwrap()).unwrap();
        let text = jiff.to_string();
        prop_assume!(!text.starts_with('-'));
        let ours = DateTime::from_text(&text);
        // jiff counts the fraction from zero, the text from the second before.
        let whole = jiff.as_second() - i64::from(jiff.subsec_nanosecond() < 0);
        prop_assert_eq!(ours.timestamp().unwrap().unix(), whole);
    }

    #[test]
    fn days_agree_with_jiff(year in 0_i16..=9999, month in 0_i8..=13, day in 0_i8..=32) {
        let theirs = jiff::civil::Date::new(year, month, day).ok();
        let ours = Date::new(year.try_into().unwrap(), month.try_into().unwrap(), day.try_into().unwrap()).ok();
        prop_assert_eq!(ours.as_ref().map(ToString::to_string), theirs.map(|date| date.to_string()));
        if let Some(date) = ours {
            prop_assert_eq!(date.ymd().unwrap(), (year.try_into().unwrap(), month.try_into().unwrap(), day.try_into().unwrap()));
        }
    }

    #[test]
    fn any_text_is_kept(text in ".{0,40}") {
        let date: DateTime = serde_json::from_value(text.clone().into()).unwrap();
        let _ = (date.civil(), date.timestamp(), Date::from_text(&text).ymd());
        prop_assert_eq!(serde_json::to_value(&date).unwrap(), serde_json::Value::from(text));
    }
}

proptest! {
    #[test]
    fn day_numbers_agree_with_jiff(number in -719_000_i64..2_900_000) {
        let epoch = jiff::civil::date(1970, 1, 1);
        let theirs = epoch.checked_add(jiff::Span::new().days(number)).unwrap();
        let ours = Date::from_days_since_epoch(number).unwrap();
        prop_assert_eq!(ours.to_string(), theirs.to_string());
        prop_assert_eq!(ours.days_since_epoch().unwrap(), number);
    }

    #[test]
    fn day_number_gives_day_or_error(number in any::<i64>()) {
        if let Ok(date) = Date::from_days_since_epoch(number) {
            prop_assert_eq!(date.days_since_epoch().unwrap(), number);
        }
    }
}

#[test]
fn brasilia_day_begins_three_hours_after_utc() {
    let moment = |text: &str| DateTime::from_text(text).timestamp().unwrap();
    for (text, day) in [
        ("2026-03-01T02:59:59Z", "2026-02-28"),
        ("2026-03-01T03:00:00Z", "2026-03-01"),
        ("2026-03-02T02:59:59Z", "2026-03-01"),
        ("2026-03-01T23:59:59-03:00", "2026-03-01"),
    ] {
        assert_eq!(Date::in_brasilia(moment(text)).unwrap().as_str(), day, "{text}");
    }
    assert!(Date::in_brasilia(Timestamp::from_unix(i64::MIN)).is_err());
}

#[cfg(feature = "jiff-02")]
#[test]
fn date_converts_to_jiff_and_back() {
    let date = Date::new(2026, 3, 1).unwrap();
    assert_eq!(
        Date::try_from(jiff::civil::Date::try_from(&date).unwrap()).unwrap(),
        date
    );
    let moment = DateTime::from_text("2026-03-01T12:00:00.25Z");
    assert_eq!(
        DateTime::from(jiff::Timestamp::try_from(&moment).unwrap()),
        moment
    );
    assert!(jiff::civil::DateTime::try_from(&moment).is_err());
    assert!(jiff::civil::DateTime::try_from(&DateTime::from_text("2026-03-01 12:00:00")).is_ok());
}

#[cfg(feature = "time-03")]
#[test]
fn date_converts_to_time_and_back() {
    let date = Date::new(2026, 3, 1).unwrap();
    assert_eq!(
        Date::try_from(time::Date::try_from(&date).unwrap()).unwrap(),
        date
    );
    let moment = time::OffsetDateTime::try_from(&DateTime::from_text("2026-03-01T12:00:00.25Z")).unwrap();
    assert_eq!(
        (moment.unix_timestamp(), moment.nanosecond()),
        (1_772_366_400, 250_000_000)
    );
}

#[cfg(feature = "chrono-04")]
#[test]
fn date_converts_to_chrono_and_back() {
    let date = Date::new(2026, 3, 1).unwrap();
    assert_eq!(
        Date::try_from(chrono::NaiveDate::try_from(&date).unwrap()).unwrap(),
        date
    );
    let moment =
        chrono::DateTime::<chrono::Utc>::try_from(&DateTime::from_text("2026-03-01T12:00:00.25Z")).unwrap();
    assert_eq!(
        (moment.timestamp(), moment.timestamp_subsec_millis()),
        (1_772_366_400, 250)
    );
}

#[test]
fn date_is_parsed_only_if_it_exists() {
    for day in ["2026-02-28", "2024-02-29", "0000-01-01", "9999-12-31"] {
        assert_eq!(day.parse::<Date>().unwrap().as_str(), day);
        assert_eq!(Date::try_from(day).unwrap(), day.parse().unwrap());
    }
    for text in [
        "2026-02-29",
        "2026-2-1",
        "01/02/2026",
        " 2026-01-01",
        "2026-01-01T00:00:00Z",
        "",
    ] {
        assert!(text.parse::<Date>().is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn days_are_added_and_ordered(number in -719_000_i64..2_900_000, days in -700_i64..700) {
        let Ok(day) = Date::from_days_since_epoch(number) else { return Ok(()) };
        let Ok(later) = day.plus_days(days) else { return Ok(()) };
        prop_assert_eq!(later.days_since_epoch().unwrap(), number + days);
        prop_assert_eq!(day.cmp(&later), number.cmp(&(number + days)));
    }
}
