//! The states of a stored event.

use core::fmt;
use core::str::FromStr;

/// The state of a stored event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum State {
    /// It waits for a worker, or for its next attempt.
    Ready,
    /// A worker has it.
    Claimed,
    /// Another event of its subject comes first, see [`Order::BySubject`](super::Order::BySubject).
    Parked,
    /// Every handler accepted it.
    Done,
    /// It is kept and not handled: a sample, or an event that cannot be read.
    Ignored,
    /// Its attempts are used up.
    Dead,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Ready,
        Self::Claimed,
        Self::Parked,
        Self::Done,
        Self::Ignored,
        Self::Dead,
    ];

    /// The state as it is stored. It does not change.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Claimed => "claimed",
            Self::Parked => "parked",
            Self::Done => "done",
            Self::Ignored => "ignored",
            Self::Dead => "dead",
        }
    }

    /// Whether there is still something to do: ready, claimed or parked.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Ready | Self::Claimed | Self::Parked)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The text is not the name of a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownState(());

impl fmt::Display for UnknownState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a state: ready, claimed, parked, done, ignored or dead")
    }
}

impl core::error::Error for UnknownState {}

impl FromStr for State {
    type Err = UnknownState;

    fn from_str(text: &str) -> Result<Self, UnknownState> {
        let mut all = Self::ALL.into_iter();
        all.find(|state| state.as_str() == text).ok_or(UnknownState(()))
    }
}
