//! Reasons of failures, as they are stored.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

/// The reason of a failure: a short word such as `timed_out`, without personal data. It is stored,
/// printed and counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(Cow<'static, str>);

/// No code is longer.
const LONGEST: usize = 64;

impl Code {
    /// The handler returned an error.
    pub const ERROR: Self = Self(Cow::Borrowed("error"));
    /// The handler panicked.
    pub const PANICKED: Self = Self(Cow::Borrowed("panicked"));
    /// The handler did not return in time.
    pub const TIMED_OUT: Self = Self(Cow::Borrowed("timed_out"));
    /// The handler's writes to the database failed.
    pub const WRITES: Self = Self(Cow::Borrowed("writes_failed"));
    /// The worker ended or lost the database while it had the event.
    pub const WORKER_LOST: Self = Self(Cow::Borrowed("worker_lost"));
    /// The body was pruned, so that there is nothing to handle.
    pub const PRUNED: Self = Self(Cow::Borrowed("body_pruned"));

    /// Takes a code of at most 64 ASCII letters, digits, `_`, `.` and `-`; `None` for any other
    /// text.
    #[must_use]
    pub fn new(code: impl Into<String>) -> Option<Self> {
        let code = code.into();
        let is_code = (1..=LONGEST).contains(&code.len())
            && code
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte));
        is_code.then_some(Self(Cow::Owned(code)))
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
