//! What a handler gives, and deliveries that it did not accept.

use std::error::Error;
use std::fmt;

use eduzz_webhook::Verdict;

/// What the future of a handler gives: a [`Verdict`], `()` for [`ACCEPTED`](Verdict::ACCEPTED), or a
/// `Result` of them, whose error is answered with [`LATER`](Verdict::LATER).
pub trait IntoVerdict {
    /// The answer, or the handler's own error.
    ///
    /// # Errors
    ///
    /// The handler could not accept the delivery.
    fn into_verdict(self) -> Result<Verdict, Box<dyn Error + Send + Sync>>;
}

impl IntoVerdict for Verdict {
    fn into_verdict(self) -> Result<Verdict, Box<dyn Error + Send + Sync>> {
        Ok(self)
    }
}

impl IntoVerdict for () {
    fn into_verdict(self) -> Result<Verdict, Box<dyn Error + Send + Sync>> {
        Ok(Verdict::ACCEPTED)
    }
}

impl<T: IntoVerdict, E: Into<Box<dyn Error + Send + Sync>>> IntoVerdict for Result<T, E> {
    fn into_verdict(self) -> Result<Verdict, Box<dyn Error + Send + Sync>> {
        self.map_err(Into::into)?.into_verdict()
    }
}

/// Why a handler did not accept a delivery. Eduzz retries it.
///
/// `Display` and `Debug` do not contain the handler's error, which may quote anything;
/// [`source`](Error::source) is that error.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Failed {
    /// The handler returned this error. Answered with [`LATER`](Verdict::LATER).
    #[error("the handler returned an error")]
    Error(#[source] Box<dyn Error + Send + Sync>),
    /// The handler returned a verdict other than 2xx.
    #[error("the handler returned the status {}", .0.status())]
    Verdict(Verdict),
    /// The handler panicked. Answered with [`FAILED`](Verdict::FAILED).
    #[error("the handler panicked")]
    Panicked,
    /// The handler did not return within [`handler_time`](crate::Receiver::handler_time). Answered
    /// with [`LATER`](Verdict::LATER).
    #[error("the handler did not return within its time")]
    TimedOut,
}

impl Failed {
    /// The answer to the delivery.
    pub const fn verdict(&self) -> Verdict {
        match self {
            Self::Error(_) | Self::TimedOut => Verdict::LATER,
            Self::Verdict(verdict) => *verdict,
            Self::Panicked => Verdict::FAILED,
        }
    }
}

impl fmt::Debug for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Failed({self})")
    }
}
