//! Events of `tracing`: names, numbers and codes, never a body or an id of a person.

use eduzz_store::{Put, Row, StoreError};

use crate::HandlerFailed;

#[cfg(feature = "tracing")]
macro_rules! log {
    ($level:ident, $($part:tt)+) => { tracing::$level!($($part)+) };
}

#[cfg(not(feature = "tracing"))]
macro_rules! log {
    ($level:ident, $($name:ident = $mark:tt $value:expr,)+ $text:literal) => {{ $(let _ = &$value;)+ }};
}

pub(crate) fn stored(name: Option<&str>, put: &Put) {
    log!(info, seq = % put.seq, event = ? name, is_new = ? put.is_new, differs = ? put.differs, "stored");
}

pub(crate) fn store_failed(error: &StoreError) {
    log!(error, error = % error, "the database failed");
}

pub(crate) fn handled(row: &Row) {
    log!(info, seq = % row.seq, event = ? row.name, attempt = ? row.attempts, "handled");
}

pub(crate) fn failed(row: &Row, failed: &HandlerFailed) {
    log!(warn, seq = % row.seq, event = ? row.name, attempt = ? row.attempts, failed = % failed, "failed");
}

pub(crate) fn dead(row: &Row) {
    log!(error, seq = % row.seq, event = ? row.name, attempt = ? row.attempts, "dead");
}
