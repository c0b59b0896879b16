//! Moments of the database, for people and for programs.

use std::time::Duration;

use eduzz_sync::Moment;
use eduzz_types::Date;

use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::{Day, days, values};

const DAY: i64 = 86_400_000;

/// Brasília is three hours behind UTC.
const BEHIND_UTC: i64 = 3 * 3_600_000;

/// `2026-12-31T17:05:59.123Z`.
pub(in crate::commands) fn exact(moment: Moment) -> String {
    let (day, millis) = (moment.millis().div_euclid(DAY), moment.millis().rem_euclid(DAY));
    let (seconds, millis) = (millis / 1_000, millis % 1_000);
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    match Date::from_days_since_epoch(day) {
        Ok(day) => format!(
            "{}T{:02}:{:02}:{seconds:02}.{millis:03}Z",
            day.as_str(),
            minutes / 60,
            minutes % 60
        ),
        // Beyond the calendar; no clock says so.
        Err(_) => moment.millis().to_string(),
    }
}

/// The minute in Brasília, for a person.
pub(in crate::commands) fn shown(lang: Lang, moment: Moment) -> String {
    values::date(lang, &exact(moment))
}

/// The first moment of a day that was asked for.
pub(super) fn since(lang: Lang, day: Option<&Day>) -> Result<Option<Moment>, Failure> {
    let day = day.map(|day| days::on(lang, day)).transpose()?;
    Ok(day.as_ref().and_then(start_of))
}

/// The first moment of a day in Brasília; `None` if there is no such day.
pub(super) fn start_of(day: &Date) -> Option<Moment> {
    let days = day.days_since_epoch().ok()?;
    Some(Moment::from_millis(days * DAY + BEHIND_UTC))
}

/// The two greatest units of a time: `3 d 4 h`.
pub(super) fn time(time: Duration) -> String {
    let seconds = time.as_secs();
    let units = [
        (seconds / 86_400, "d"),
        (seconds / 3_600 % 24, "h"),
        (seconds / 60 % 60, "min"),
        (seconds % 60, "s"),
    ];
    let first = units.iter().position(|(count, _)| *count > 0).unwrap_or(3);
    let parts = units.iter().skip(first).take(2);
    let parts = parts.filter(|(count, unit)| *count > 0 || *unit == "s" && seconds == 0);
    let parts: Vec<String> = parts.map(|(count, unit)| format!("{count} {unit}")).collect();
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_and_days_begin_in_brasilia() {
        for (millis, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (1_795_000_000_123, "2026-11-18T11:06:40.123Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(exact(Moment::from_millis(millis)), text);
        }
        let start = start_of(&Date::from_text("2026-11-18")).unwrap();
        assert_eq!(exact(start), "2026-11-18T03:00:00.000Z");
        assert_eq!(shown(Lang::Pt, start), "18/11/2026 00:00");
        assert_eq!(exact(Moment::from_millis(i64::MAX)), i64::MAX.to_string());
    }

    #[test]
    fn times_have_two_units() {
        for (seconds, text) in [
            (0, "0 s"),
            (59, "59 s"),
            (60, "1 min"),
            (61, "1 min 1 s"),
            (3_600, "1 h"),
            (7_290, "2 h 1 min"),
            (86_400 * 3 + 60, "3 d"),
            (86_400 * 3 + 7_200, "3 d 2 h"),
        ] {
            assert_eq!(time(Duration::from_secs(seconds)), text);
        }
    }
}
