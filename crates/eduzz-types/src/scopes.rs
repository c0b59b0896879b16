//! Scopes: a token's permissions.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

/// The scopes of a token, as the service writes them: names with blanks between, such as
/// `myeduzz_sales_read webhook_read`.
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scopes(Box<str>);

impl Scopes {
    /// Takes the names with blanks between.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The names, in the order they came.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split_ascii_whitespace()
    }

    /// Whether the scope is among them.
    #[must_use]
    pub fn contains(&self, scope: &str) -> bool {
        self.iter().any(|granted| granted == scope)
    }

    /// Those of `needed` that are not among them.
    #[must_use]
    pub fn missing<'n>(&self, needed: &[&'n str]) -> Vec<&'n str> {
        needed
            .iter()
            .copied()
            .filter(|scope| !self.contains(scope))
            .collect()
    }

    /// The text as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the set is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

impl fmt::Debug for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl<'a> FromIterator<&'a str> for Scopes {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        Self(names.into_iter().collect::<Vec<_>>().join(" ").into())
    }
}
