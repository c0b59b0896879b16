//! How much may be repeated in all, whatever each call may do by itself.

/// A budget of repeats that the calls of a client share.
///
/// Each call may be attempted a few times; when the service is down, every call doing so multiplies the load on it, and the waits of
/// everybody. Each repeat takes a share of the budget and each answer gives a little back, so that in a good time nothing is
/// noticed, and in a bad one repeats become as rare as answers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryBudget {
    left: u32,
    most: u32,
}

/// What a repeat takes, where an answer gives 1.
const COST: u32 = 5;

impl RetryBudget {
    /// A full budget of so many repeats.
    #[must_use]
    pub const fn new(repeats: u32) -> Self {
        let most = repeats.saturating_mul(COST);
        Self { left: most, most }
    }

    /// Takes a repeat, or says that there is none left.
    pub fn take(&mut self) -> bool {
        match self.left.checked_sub(COST) {
            Some(left) => {
                self.left = left;
                true
            }
            None => false,
        }
    }

    /// Takes note of an answer that needs no repeat.
    pub fn answered(&mut self) {
        self.left = self.left.saturating_add(1).min(self.most);
    }

    /// How many repeats are left.
    #[must_use]
    pub const fn left(&self) -> u32 {
        self.left / COST
    }
}

impl Default for RetryBudget {
    /// 20 repeats, each earned back by five answers.
    fn default() -> Self {
        Self::new(20)
    }
}
