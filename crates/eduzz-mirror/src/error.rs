//! The error of a mirror.

use eduzz_hyper::CallError;
use eduzz_store::{StoreError, StoreErrorKind};
use eduzz_wire::{Rejection, RejectionKind};

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
    /// Whether it helps to sign in again: no call is accepted with this token any more.
    #[must_use]
    pub fn needs_sign_in(&self) -> bool {
        matches!(self, Self::Call(error) if error.needs_sign_in())
    }

    /// Whether the service refuses the call to this token or account, or does not know its list.
    pub(crate) fn is_refused(&self) -> bool {
        let Self::Call(error) = self else { return false };
        let kind = error.rejection().map(Rejection::kind);
        matches!(
            kind,
            Some(RejectionKind::MissingScope | RejectionKind::Forbidden | RejectionKind::NotFound)
        )
    }

    /// Whether it happens again until a person does something.
    pub(crate) fn is_final(&self) -> bool {
        match self {
            Self::Store(error) => matches!(
                error.kind(),
                StoreErrorKind::NewerSchema | StoreErrorKind::OtherSchema | StoreErrorKind::Refused
            ),
            Self::Call(_) => self.needs_sign_in(),
            Self::Day => true,
        }
    }
}
