//! Texts about a person.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

use serde::{Deserialize, Serialize};

/// A text that is, or may hold, a person's data: a name, an e-mail address, a message that quotes what was sent.
///
/// `Debug` is masked and there is no `Display`, so that it does not get into a log by accident; where it is wanted,
/// [`as_str`](Self::as_str) gives it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonalText(Box<str>);

impl PersonalText {
    /// Takes the text as it is.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into().into_boxed_str())
    }

    /// The text itself. Think before printing or logging it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PersonalText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonalText(***)")
    }
}

impl From<&str> for PersonalText {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for PersonalText {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}
