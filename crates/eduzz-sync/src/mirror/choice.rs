//! Which kinds a mirror copies.

use alloc::collections::BTreeSet;
use alloc::string::String;

use super::Kind;

/// Which kinds a mirror copies: all, or those that the user named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Choice {
    /// The kinds that the user named; empty for all.
    pub named: BTreeSet<Kind>,
    /// The communities at HeyCamp whose members are copied. No call lists them.
    pub communities: BTreeSet<String>,
}

impl Choice {
    /// All kinds, and no community.
    #[must_use]
    pub fn all() -> Self {
        Self::default()
    }

    /// Only these kinds; all if the list is empty. A kind whose lists belong to records of another,
    /// such as the offers of products, brings that one with it.
    #[must_use]
    pub fn only(mut self, kinds: impl IntoIterator<Item = Kind>) -> Self {
        self.named = kinds.into_iter().collect();
        self
    }

    /// Sets the communities.
    #[must_use]
    pub fn communities(mut self, ids: impl IntoIterator<Item = String>) -> Self {
        self.communities = ids.into_iter().collect();
        self
    }

    /// Whether the kind is copied. Members are only if there is a community.
    #[must_use]
    pub fn has(&self, kind: Kind) -> bool {
        let needs = |named: &Kind| *named == kind || named.parent_kind() == Some(kind);
        let is_chosen = self.named.is_empty() || self.named.iter().any(needs);
        is_chosen && (kind != Kind::HeycampMember || !self.communities.is_empty())
    }

    /// The kinds that are copied.
    pub fn kinds(&self) -> impl Iterator<Item = Kind> {
        Kind::ALL.iter().copied().filter(|kind| self.has(*kind))
    }
}
