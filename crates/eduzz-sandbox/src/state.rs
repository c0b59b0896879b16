//! Plain data of a running sandbox and the commands that change it: no lock, no clock, and no JSON
//! but that of rows that were changed silently.

pub(crate) mod access;
pub(crate) mod calendar;
pub(crate) mod interned;
pub(crate) mod kept;
pub(crate) mod money;
pub(crate) mod shop;

/// Gives the next id.
const fn next_id(last: &mut u64) -> u64 {
    *last = last.saturating_add(1);
    *last
}

/// Compares e-mail addresses, ignoring case.
fn is_same_email(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.trim().to_lowercase()
}
