//! Conditions of SQL, in both dialects.

use crate::{Filter, Reopening};
use eduzz_sync::inbox::State;

/// The condition of a filter. Its first two parameters are the name and the subject's id; other
/// values are numbers and words of this crate.
pub(crate) fn condition(filter: &Filter, mark: &str) -> String {
    let mut parts = vec![
        format!("(cast({mark}1 as text) is null or name = {mark}1)"),
        format!("(cast({mark}2 as text) is null or subject = {mark}2)"),
    ];
    let mut any_of = |column: &str, values: Vec<String>| {
        if !values.is_empty() {
            parts.push(format!("{column} in ({})", values.join(", ")));
        }
    };
    any_of("seq", filter.seqs.iter().map(ToString::to_string).collect());
    any_of(
        "state",
        filter.states.iter().map(|state| word(state.as_str())).collect(),
    );
    let readings = filter.readings.iter();
    any_of(
        "reading",
        readings.map(|reading| word(reading.as_str())).collect(),
    );
    any_of(
        "kind",
        filter.kind.iter().map(|kind| word(kind.as_str())).collect(),
    );
    let bounds = [
        filter
            .since
            .map(|since| format!("received_at >= {}", since.millis())),
        filter
            .before
            .map(|before| format!("received_at < {}", before.millis())),
        filter.below.map(|below| format!("seq < {below}")),
    ];
    parts.extend(bounds.into_iter().flatten());
    parts.join(" and ")
}

/// The condition of the events that are reopened.
pub(crate) fn reopened(filter: &Filter, reopening: Reopening, mark: &str) -> String {
    let states = State::ALL.into_iter().filter(|state| reopening.takes(*state));
    let states: Vec<String> = states.map(|state| word(state.as_str())).collect();
    format!(
        "{} and state in ({}) and seq in (select seq from eduzz_body)",
        condition(filter, mark),
        states.join(", ")
    )
}

fn word(word: &'static str) -> String {
    format!("'{word}'")
}
