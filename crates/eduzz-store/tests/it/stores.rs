//! The stores that the suite runs over, each with a clock that the test moves.

#[cfg(feature = "postgres")]
use eduzz_store::{Limits, Postgres};
use eduzz_store::{Memory, Sqlite};
use tempfile::TempDir;

use crate::support::Hands;

/// A store, its clock, and what must live as long.
pub(crate) struct Setup<S> {
    pub(crate) store: S,
    pub(crate) hands: Hands,
    _folder: Option<TempDir>,
}

pub(crate) fn memory() -> Setup<Memory> {
    let hands = Hands::new();
    Setup {
        store: Memory::with_clock(hands.clock()),
        hands,
        _folder: None,
    }
}

pub(crate) async fn sqlite() -> Setup<Sqlite> {
    let hands = Hands::new();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("inbox.sqlite");
    Setup {
        store: Sqlite::with_clock(file, hands.clock()).await.unwrap(),
        hands,
        _folder: Some(folder),
    }
}

/// `None` where PostgreSQL is not installed; then the test is skipped.
#[cfg(feature = "postgres")]
pub(crate) async fn postgres(test: &str) -> Option<Setup<Postgres>> {
    let hands = Hands::new();
    let url = crate::databases::clone(test)?;
    Some(Setup {
        store: Postgres::with(&url, hands.clock(), Limits::default())
            .await
            .unwrap(),
        hands,
        _folder: None,
    })
}
