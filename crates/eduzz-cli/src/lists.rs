//! Lists for people and for programs: what is asked for, walked, written, and gone on with later.

mod alpaclass;
mod blinket;
pub(crate) mod days;
mod fields;
mod heycamp;
pub(crate) mod job;
mod meter;
mod nutror;
mod safevideo;
mod saved;
pub(crate) mod show;
mod target;
mod values;
pub(crate) mod wanted;
mod writer;

use eduzz_wire::{Days, Paged};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::lang::Lang;

pub(crate) use self::fields::HALF_A_YEAR;
pub(crate) use self::values::name;

/// Which fields of a record are shown, and in which order. A field is named by its place in the record's JSON, as the
/// service's documentation has it; `a|b` is `a`, or `b` where there is no `a`.
pub(crate) trait Fields {
    /// The columns of CSV: stable, so new ones are added at the end.
    const CSV: &'static [&'static str];
    /// The columns of a table, with their headings.
    const TABLE: &'static [Heading];
}

/// A field, and the heading of its column.
pub(crate) type Heading = (&'static str, fn(Lang) -> String);

/// A paged call that a command lists.
pub(crate) trait Listed: Paged<Row: Fields + Serialize> + Serialize + DeserializeOwned {
    /// The command, as it is typed.
    const COMMAND: &'static str;
    /// How many days it can bear at a time, when it takes days and each row is in one slice of them only.
    const MOST_DAYS: Option<u32> = None;

    /// Sets the days.
    fn set_days(&mut self, _: &Days) {}

    /// Whether the days are of a date that moves while one walks, so that a row can wander to a later slice.
    fn may_wander(&self) -> bool {
        false
    }
}
