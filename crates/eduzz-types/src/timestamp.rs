//! Seconds since the Unix epoch.

use core::time::Duration;

use serde::{Serialize, Serializer};
use serde_json::Number;

use crate::scalar::{self, FromScalar};

/// A moment, in whole seconds since 1970-01-01T00:00:00Z.
///
/// The cores take the time as an argument of this type; they never read a clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// Takes the seconds since the epoch.
    #[must_use]
    pub const fn from_unix(seconds: i64) -> Self {
        Self(seconds)
    }

    /// The seconds since the epoch.
    #[must_use]
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// The system's time (feature `std`), for the program that passes it to a core.
    #[cfg(feature = "std")]
    #[must_use]
    pub fn now() -> Self {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let seconds = since.unwrap_or_default().as_secs();
        Self(i64::try_from(seconds).unwrap_or(i64::MAX))
    }

    /// The moment after `duration` (its whole seconds), or the last representable moment.
    #[must_use]
    pub fn saturating_add(self, duration: Duration) -> Self {
        Self(self.0.saturating_add_unsigned(duration.as_secs()))
    }
}

impl FromScalar for Timestamp {
    const EXPECTED: &'static str = "seconds since the Unix epoch";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        text.trim()
            .parse()
            .map(Self)
            .map_err(|_| "the text is not a number of seconds")
    }

    fn from_number(number: &Number) -> Result<Self, &'static str> {
        scalar::whole(number)
            .map(Self)
            .ok_or("the number is not whole seconds")
    }
}

read_as_scalar!(Timestamp);

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}
