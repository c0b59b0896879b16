//! The clock of a store.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use eduzz_sync::Moment;

/// The database's clock, or one that a test sets.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// A clock that stands at the milliseconds of the number.
    #[must_use]
    pub fn set_by(millis: Arc<AtomicI64>) -> Self {
        Self(Some(millis))
    }

    /// The moment that a test set.
    pub(crate) fn fixed(&self) -> Option<Moment> {
        let millis = self.0.as_ref()?.load(Ordering::SeqCst);
        Some(Moment::from_millis(millis))
    }

    /// The moment of this process.
    pub(crate) fn now(&self) -> Moment {
        self.fixed().unwrap_or_else(|| {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            Moment::default().after(since)
        })
    }
}
