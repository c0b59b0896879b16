//! The clock of a sandbox.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use tokio::sync::Notify;

/// The machine's clock, or one that stands still until it is advanced.
///
/// A clone is a handle to the same clock, so a test can keep one and move the sandbox's time.
#[derive(Clone, Debug)]
pub struct Clock {
    start: Start,
    /// Nanoseconds added by `advance`.
    ahead: Arc<AtomicU64>,
    /// Notified by `advance`.
    moved: Arc<Notify>,
}

#[derive(Clone, Copy, Debug)]
enum Start {
    System,
    At(SystemTime),
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self {
            start: Start::System,
            ahead: Arc::default(),
            moved: Arc::default(),
        }
    }

    /// A clock that stands at `start` until [`advance`](Self::advance) moves it.
    #[must_use]
    pub fn manual(start: SystemTime) -> Self {
        Self {
            start: Start::At(start),
            ahead: Arc::default(),
            moved: Arc::default(),
        }
    }

    /// Moves this clock, and all its clones, forward.
    pub fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_nanos()).unwrap_or(u64::MAX);
        // The closure always gives a value, so neither outcome needs looking at.
        let _ = self
            .ahead
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |ahead| {
                Some(ahead.saturating_add(by))
            });
        self.moved.notify_waiters();
    }

    /// How far this clock was moved forward.
    pub(crate) fn ahead(&self) -> Duration {
        Duration::from_nanos(self.ahead.load(Ordering::Relaxed))
    }

    /// Waits until this time, or for ever. A manual clock gets there by [`advance`](Self::advance)
    /// only.
    pub(crate) async fn reach(&self, time: Option<SystemTime>) {
        loop {
            let moved = self.moved.notified();
            tokio::pin!(moved);
            // From here on no move is missed.
            moved.as_mut().enable();
            let left = time.map(|time| time.duration_since(self.now()).unwrap_or_default());
            match (left, self.start) {
                (Some(Duration::ZERO), _) => return,
                (Some(left), Start::System) => {
                    // The rest may pass on the machine's clock or by `advance`.
                    let _ = tokio::time::timeout(left, moved).await;
                }
                _ => moved.await,
            }
        }
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        let start = match self.start {
            Start::System => SystemTime::now(),
            Start::At(time) => time,
        };
        start
            .checked_add(Duration::from_nanos(self.ahead.load(Ordering::Relaxed)))
            .unwrap_or(start)
    }

    /// Whole seconds since 1970, as the service writes instants into tokens.
    pub(crate) fn unix_seconds(&self) -> u64 {
        self.now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default()
            .as_secs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clone_shares_the_clock() {
        let clock = Clock::manual(SystemTime::UNIX_EPOCH);
        clock.clone().advance(Duration::from_millis(1_500));
        assert_eq!(clock.now(), SystemTime::UNIX_EPOCH + Duration::from_millis(1_500));
        assert_eq!(clock.unix_seconds(), 1);
    }

    #[test]
    fn manual_clock_never_overflows() {
        let clock = Clock::manual(SystemTime::UNIX_EPOCH);
        clock.advance(Duration::MAX);
        clock.advance(Duration::MAX);
        assert!(clock.now() > SystemTime::UNIX_EPOCH);
    }
}
