//! How far a mirror's first reading has come.

use std::time::Duration;

use eduzz_store::Store;
use eduzz_store::mirror::{List, MirrorStore, Window};
use eduzz_sync::mirror::{
    Doubt, Flow, Kind, Progress, by_lists, by_total, day_of, time_left, whole_time_left,
};
use eduzz_wire::Pace;

use crate::pass::under_way;
use crate::{MirrorError, Proof};

/// How far the first reading of a mirror has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FirstReading {
    /// The kinds that are copied.
    pub kinds: Vec<KindProgress>,
    /// How long the rest takes at least: kinds have turns of their own, and the lists of records
    /// wait for these. Refused kinds do not count. `None` while that cannot be known.
    pub time_left: Option<Duration>,
}

/// How far the first reading of a kind has come.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KindProgress {
    /// The kind.
    pub kind: Kind,
    /// What was read, and what is left.
    pub progress: Progress,
    /// How long the rest takes at least, by the pace and the shares of other flows that wait;
    /// `None` while that cannot be known, or without a pace.
    pub time_left: Option<Duration>,
    /// Whether the service refuses a list of the kind to the token, so that it is not read.
    pub is_refused: bool,
}

impl FirstReading {
    /// Whether all is read that is not refused.
    #[must_use]
    pub fn is_done(&self) -> bool {
        let mut read = self.kinds.iter().filter(|kind| !kind.is_refused);
        read.all(|kind| kind.progress.is_done())
    }
}

impl<S: Store + MirrorStore> Proof<S> {
    /// How far the first reading has come. The rows are those of windows, which are not counted
    /// anew, so that this can be asked often.
    ///
    /// # Errors
    ///
    /// The database fails, or a day is not in the years 1 to 9999.
    pub async fn progress(&self, pace: Option<Pace>) -> Result<FirstReading, MirrorError> {
        let (store, account) = (self.store(), self.name());
        let today = day_of(store.now().await?);
        let choice = store.choice(account).await?;
        let mut kinds: Vec<KindProgress> = Vec::new();
        for kind in choice.kinds() {
            let reached = store.reached(account, kind).await?;
            // Those of other lists are only counted: there can be one for each record.
            let windows = store.windows(&List::new(account, kind)).await?;
            let mut is_refused = windows.iter().any(is_refused);
            let progress = if let Some(parent) = kind.parent_kind() {
                let parent = kinds.iter().find(|own| own.kind == parent);
                is_refused |= parent.is_some_and(|parent| parent.is_refused);
                let parent = parent.filter(|parent| parent.progress.is_done());
                by_lists(reached.windows, parent.map(|parent| parent.progress.rows))
            } else if kind.is_dated() {
                let days = self.days_to_fill(kind, today).await?;
                days.progress(&windows)
            } else if kind == Kind::HeycampMember {
                by_lists(reached.windows, Some(choice.communities.len() as u64))
            } else {
                let read = windows.iter().find_map(|window| window.rows);
                by_total(read, windows.iter().find_map(under_way))
            };
            let beside: &[Flow] = if kind.has_changes() && reached.due > 0 {
                &[Flow::Refetch]
            } else {
                &[]
            };
            let calls = pace.zip(progress.calls_left);
            kinds.push(KindProgress {
                kind,
                progress,
                time_left: calls.map(|(pace, calls)| time_left(calls, pace, beside)),
                is_refused,
            });
        }
        let time_left = whole_time_left(chains(&kinds));
        Ok(FirstReading { kinds, time_left })
    }
}

fn is_refused(window: &Window) -> bool {
    window.doubt == Some(Doubt::Refused)
}

/// The times of each kind and of those whose lists belong to its records.
fn chains(kinds: &[KindProgress]) -> impl Iterator<Item = Vec<Option<Duration>>> {
    let first = kinds.iter().filter(|own| own.kind.parent_kind().is_none());
    first.map(|own| {
        let of_own =
            |other: &&KindProgress| other.kind == own.kind || other.kind.parent_kind() == Some(own.kind);
        let read = kinds.iter().filter(of_own).filter(|other| !other.is_refused);
        read.map(|other| other.time_left).collect()
    })
}
