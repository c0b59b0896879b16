//! The limit of retries for all calls of a client together.

use http::StatusCode;

use crate::backoff::is_transient;

/// A budget of retries that the calls of a client share.
///
/// When the service is down, retries of every call multiply its load and all waits. Each retry
/// takes from the budget and each answer gives a little back: retries become rare when answers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryBudget {
    left: u32,
    most: u32,
}

/// The cost of a retry, where an answer gives 1.
const COST: u32 = 5;

impl RetryBudget {
    /// A full budget of this many retries.
    #[must_use]
    pub const fn new(retries: u32) -> Self {
        let most = retries.saturating_mul(COST);
        Self { left: most, most }
    }

    /// Takes a retry from the budget; `false` if none is left.
    pub fn take(&mut self) -> bool {
        match self.left.checked_sub(COST) {
            Some(left) => {
                self.left = left;
                true
            }
            None => false,
        }
    }

    /// Credits an answer, also a rejection. One that is [retried](crate::Backoff) earns nothing: 429,
    /// 500, 502, 503, 504.
    pub fn answered(&mut self, status: StatusCode) {
        if !is_transient(status) {
            self.left = self.left.saturating_add(1).min(self.most);
        }
    }

    /// How many retries are left.
    #[must_use]
    pub const fn left(&self) -> u32 {
        self.left / COST
    }
}

impl Default for RetryBudget {
    /// 20 retries, each earned back by five answers.
    fn default() -> Self {
        Self::new(20)
    }
}
