//! The errors of a server, by their SQLSTATE. Its words can quote values, and are dropped.

use std::error::Error as _;
use std::io;

use tokio_postgres::Error;

use crate::{StoreError, StoreErrorKind};

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        if let Some(state) = error.code() {
            let state = state.code();
            return Self::with(kind(state), format!("SQLSTATE {state}"));
        }
        let source = error.source();
        if let Some(source) = source.and_then(|source| source.downcast_ref::<io::Error>()) {
            let is_tls = source
                .get_ref()
                .is_some_and(<dyn std::error::Error + Send + Sync>::is::<rustls::Error>);
            let kind = if is_tls {
                StoreErrorKind::Tls
            } else {
                StoreErrorKind::Unreachable
            };
            return Self::with(kind, source.kind().to_string());
        }
        // The client's own errors have fixed words, and no other mark.
        let words = error.to_string();
        let kind = if words.starts_with("error performing TLS handshake") {
            StoreErrorKind::Tls
        } else if words.starts_with("authentication error") || words.starts_with("invalid configuration") {
            StoreErrorKind::Refused
        } else if words.starts_with("invalid connection string") {
            StoreErrorKind::Url
        } else if words.starts_with("error deserializing column") || words.starts_with("invalid column") {
            StoreErrorKind::OtherSchema
        } else if error.is_closed() {
            StoreErrorKind::Unreachable
        } else {
            StoreErrorKind::Other
        };
        Self::new(kind)
    }
}

fn kind(state: &str) -> StoreErrorKind {
    match state {
        "53100" => StoreErrorKind::Full,
        "25006" => StoreErrorKind::ReadOnly,
        // A lock, a deadlock, a conflict, no connection left.
        "55P03" | "40P01" | "40001" | "53300" => StoreErrorKind::Busy,
        "57014" => StoreErrorKind::TimedOut,
        // A user without a right to any schema of its search path has none to create tables in.
        "3D000" | "42501" | "3F000" => StoreErrorKind::Refused,
        _ => match state.get(..2) {
            Some("08" | "57") => StoreErrorKind::Unreachable,
            Some("28") => StoreErrorKind::Refused,
            Some("42") => StoreErrorKind::OtherSchema,
            Some("XX") => StoreErrorKind::Damaged,
            _ => StoreErrorKind::Other,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_class_of_states_has_a_kind() {
        for (state, expected) in [
            ("53100", StoreErrorKind::Full),
            ("25006", StoreErrorKind::ReadOnly),
            ("28P01", StoreErrorKind::Refused),
            ("28000", StoreErrorKind::Refused),
            ("3D000", StoreErrorKind::Refused),
            ("42501", StoreErrorKind::Refused),
            ("3F000", StoreErrorKind::Refused),
            ("57P01", StoreErrorKind::Unreachable),
            ("57P03", StoreErrorKind::Unreachable),
            ("08006", StoreErrorKind::Unreachable),
            ("57014", StoreErrorKind::TimedOut),
            ("40P01", StoreErrorKind::Busy),
            ("42P01", StoreErrorKind::OtherSchema),
            ("XX001", StoreErrorKind::Damaged),
            ("22021", StoreErrorKind::Other),
            ("", StoreErrorKind::Other),
        ] {
            assert_eq!(kind(state), expected, "{state}");
        }
    }
}
