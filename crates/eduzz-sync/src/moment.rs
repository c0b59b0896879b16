//! Moments of a database's clock.

use core::time::Duration;

/// A moment, in milliseconds since 1970-01-01T00:00:00Z, by the database's clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

impl Moment {
    /// Takes the milliseconds since the epoch.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// The milliseconds since the epoch.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The moment after `wait`, or the last representable moment.
    #[must_use]
    pub fn after(self, wait: Duration) -> Self {
        Self(
            self.0
                .saturating_add_unsigned(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)),
        )
    }

    /// The moment before `wait`, or the first representable moment.
    #[must_use]
    pub fn before(self, wait: Duration) -> Self {
        Self(
            self.0
                .saturating_sub_unsigned(u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)),
        )
    }

    /// The time since an earlier moment; zero if it is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Duration {
        let millis = self.0.saturating_sub(earlier.0);
        Duration::from_millis(if millis > 0 { millis.unsigned_abs() } else { 0 })
    }
}
