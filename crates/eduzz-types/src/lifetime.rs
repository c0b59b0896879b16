//! The lifetime of a token.

use core::time::Duration;

use serde::{Serialize, Serializer};
use serde_json::Number;

use crate::scalar::{self, FromScalar};
use crate::timestamp::Timestamp;

/// The token answer's `expires_in`, in whole seconds: **0 means that the token does not expire**
/// (Q7).
///
/// There is no way to read it as a number of seconds by mistake: [`duration`](Self::duration) gives
/// `None` for 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lifetime(u64);

impl Lifetime {
    /// No expiry: the service's current answer.
    pub const UNLIMITED: Self = Self(0);

    /// Takes the number of seconds as the service writes it: 0 means no expiry.
    #[must_use]
    pub const fn from_expires_in(seconds: u64) -> Self {
        Self(seconds)
    }

    /// The lifetime from the receipt of the token, or `None` if it does not expire.
    #[must_use]
    pub const fn duration(self) -> Option<Duration> {
        match self.0 {
            0 => None,
            seconds => Some(Duration::from_secs(seconds)),
        }
    }

    /// When a token received at `received` expires, or `None` if it does not.
    #[must_use]
    pub fn end(self, received: Timestamp) -> Option<Timestamp> {
        self.duration().map(|duration| received.saturating_add(duration))
    }
}

impl FromScalar for Lifetime {
    const EXPECTED: &'static str = "a number of seconds, 0 for no end";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        text.trim()
            .parse()
            .map(Self)
            .map_err(|_| "the text is not a number of seconds")
    }

    fn from_number(number: &Number) -> Result<Self, &'static str> {
        scalar::Count::from_number(number)
            .map(|count| Self(count.0))
            .map_err(|_| "not a number of seconds")
    }
}

read_as_scalar!(Lifetime);

impl Serialize for Lifetime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.0)
    }
}
