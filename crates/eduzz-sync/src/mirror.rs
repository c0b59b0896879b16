//! Decisions of a mirror: a copy of an account's records that can say how sure it is.
//!
//! A [`Kind`] of record has a table, whose columns [`Kind::columns`] describes and [`Kind::read`]
//! fills from the JSON of the service.

mod choice;
mod cross;
mod digest;
mod forget;
mod kind;
mod merge;
mod news;
mod pace;
mod progress;
mod record;
mod refetch;
mod tables;
mod value;
mod webhook;
mod window;

pub use choice::Choice;
pub use cross::{Source, Verdict, cross_check, is_sum};
pub use digest::Digest;
pub use forget::{Emptied, ForgetKey, Mark, Sheet};
pub use kind::Kind;
pub use merge::{
    Answer, Held, News, REFETCH_LEASE, REFETCHES, SETTLED_WITHIN, Show, Step, answered, is_missing,
    not_found, told,
};
pub use news::{Notice, notices};
pub use pace::{EndedTurn, Flow, LaneStep, LaneTurn, SharedLane, TURN_LEASE, next_flow};
pub use progress::{Progress, UnderWay, by_days, by_lists, by_total, time_left, whole_time_left};
pub use record::Record;
pub use refetch::{By, Crowd, Due, crowds, is_cheaper, shared_days, walk_calls};
pub use value::{Column, Form, Value, times_fit};
pub use webhook::{followed, next_look};
pub use window::{
    AFTER_LAST_DAY, Cut, Doubt, MOST_ROWS, PASS_LEASE, Pass, Span, Tally, day_of, is_nightly, next_check,
    next_try, next_window, prove, sealable,
};
