//! Why a call has no result.

use alloc::boxed::Box;
use core::error::Error;
use core::time::Duration;

use eduzz_types::SignedOut;

use crate::{EncodeError, Rejection, RejectionKind, ResponseError, Route, Sent};

/// An error of a transport: there is no whole answer.
pub trait TransportError: Error {
    /// Whether the request may have reached the service. [`Sent::NotSent`] needs proof: a call that
    /// acts is then sent again.
    fn sent(&self) -> Sent;

    /// The same error, which names the call.
    #[must_use]
    fn at(self, route: Route) -> Self
    where
        Self: Sized,
    {
        let _ = route;
        self
    }

    /// Whether the program's own configuration is the cause, so that a retry cannot help.
    fn is_permanent(&self) -> bool {
        false
    }
}

/// Why a call failed. `N` is the transport's error.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CallError<N> {
    /// The call cannot become a request. The caller is at fault, and nothing was sent.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// The account is signed out, and nothing was sent. Only an account gives this error.
    #[error(transparent)]
    SignedOut(#[from] SignedOut),
    /// The call would wait for its turn longer than its caller allows, and nothing was sent.
    #[error(transparent)]
    Busy(#[from] Busy),
    /// Nobody could grant a turn, and nothing was sent: for example, the database that keeps the
    /// pace is not there.
    #[error("no turn for the call: the pace cannot be kept")]
    NoTurn(#[source] Box<dyn Error + Send + Sync>),
    /// There is no answer.
    #[error(transparent)]
    Network(N),
    /// The answer is a rejection or cannot be read.
    #[error(transparent)]
    Response(#[from] ResponseError),
}

impl<N> CallError<N> {
    /// The service's rejection, if it is one.
    #[must_use]
    pub fn rejection(&self) -> Option<&Rejection> {
        match self {
            Self::Response(error) => error.rejection(),
            _ => None,
        }
    }

    /// The network's failure, if it is one.
    #[must_use]
    pub const fn network(&self) -> Option<&N> {
        match self {
            Self::Network(error) => Some(error),
            _ => None,
        }
    }

    /// How long to wait before the call is made again, if that is known: the turn comes later than
    /// the caller would wait, or the service asked to wait (`Retry-After`).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Busy(busy) => Some(busy.wait),
            _ => self.rejection()?.retry_after,
        }
    }

    /// Whether the user must sign in again, or create a new personal token: the service does not
    /// accept the token (401), or the session ended before.
    #[must_use]
    pub fn needs_sign_in(&self) -> bool {
        match self {
            Self::SignedOut(_) => true,
            _ => self
                .rejection()
                .is_some_and(|rejection| rejection.kind() == RejectionKind::InvalidToken),
        }
    }
}

impl<N: TransportError> CallError<N> {
    /// Whether the request may have reached the service. An answer proves that it has.
    #[must_use]
    pub fn sent(&self) -> Sent {
        match self {
            Self::Network(error) => error.sent(),
            Self::Response(_) => Sent::MaybeSent,
            Self::Encode(_) | Self::SignedOut(_) | Self::Busy(_) | Self::NoTurn(_) => Sent::NotSent,
        }
    }
}

/// A call's turn comes later than its caller would wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the pace allows this call in {} s at the earliest; wait, or allow a longer wait", .wait.as_secs())]
#[non_exhaustive]
pub struct Busy {
    /// At least how long the call would have to wait.
    pub wait: Duration,
}

impl Busy {
    /// For a client that grants turns.
    #[must_use]
    pub const fn new(wait: Duration) -> Self {
        Self { wait }
    }
}
