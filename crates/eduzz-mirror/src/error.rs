//! The error of a mirror.

use eduzz_hyper::CallError;
use eduzz_store::{StoreError, StoreErrorKind};

/// A mirror stopped. What it had read is stored, and the next run goes on there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MirrorError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A call failed, after the client's own retries.
    #[error(transparent)]
    Call(#[from] CallError),
    /// A day is outside of the years 1 to 9999.
    #[error("no such day: the years 1 to 9999 can be read")]
    Day,
}

impl MirrorError {
    /// Whether it happens again until a person does something.
    pub(crate) fn is_final(&self) -> bool {
        match self {
            Self::Store(error) => matches!(
                error.kind(),
                StoreErrorKind::NewerSchema | StoreErrorKind::OtherSchema | StoreErrorKind::Refused
            ),
            Self::Call(error) => error.needs_sign_in(),
            Self::Day => true,
        }
    }
}
