//! The deliveries that `eduzz webhook listen` received, to be sent again.

use std::path::PathBuf;
use std::time::Duration;

use eduzz_store::{Filter, Sqlite, Store, StoreError};
use eduzz_sync::inbox::{Incoming, State};
use eduzz_webhook::Delivery;
use etcetera::BaseStrategy as _;

use crate::commands::database;
use crate::failure::Failure;
use crate::files;
use crate::lang::Lang;

/// How long bodies are kept.
const KEPT: Duration = Duration::from_secs(7 * 86_400);

/// How many deliveries are kept; with more, the history begins anew at the next start.
const MOST: u64 = 10_000;

/// Rows that are read at a time.
const PAGE: u32 = 200;

/// A history of deliveries: an inbox's file whose events are never handled.
pub(super) struct History {
    store: Sqlite,
}

impl History {
    /// Opens the file, or makes it. Old bodies are deleted, and a long history begins anew.
    pub(super) async fn open(lang: Lang) -> Result<(Self, PathBuf), Failure> {
        let path = path(lang)?;
        let folder = files::folder(&path);
        files::create_folder(folder).map_err(|error| files::cannot_write(lang, folder, &error))?;
        let failed = |error| database::error(lang, &error);
        let mut store = Sqlite::open(&path).await.map_err(failed)?;
        if store.counts().await.map_err(failed)?.stored() > MOST {
            drop(store);
            for end in ["", "-wal", "-shm"] {
                let mut file = path.clone().into_os_string();
                file.push(end);
                // One that is not there need not be deleted; another error shows when it is opened.
                let _ = std::fs::remove_file(file);
            }
            store = Sqlite::open(&path).await.map_err(failed)?;
        }
        let now = store.now().await.map_err(failed)?;
        store.prune(now.before(KEPT)).await.map_err(failed)?;
        Ok((Self { store }, path))
    }

    /// Keeps a delivery.
    pub(super) async fn keep<B: AsRef<[u8]>>(&self, delivery: &Delivery<B>) -> Result<(), StoreError> {
        let incoming = Incoming::new(delivery, "");
        self.store.put(incoming, State::Ignored).await.map(|_| ())
    }
}

/// The file of the history.
pub(super) fn path(lang: Lang) -> Result<PathBuf, Failure> {
    let data = etcetera::choose_base_strategy().map_err(|_| Failure::usage(lang.no_data_folder()))?;
    Ok(data.data_dir().join("eduzz").join("listen.sqlite"))
}

/// The number of the newest event with this id. If no id is the same, it may be the number.
pub(super) async fn find<S: Store>(store: &S, id: &str) -> Result<Option<i64>, StoreError> {
    let mut filter = Filter::default();
    filter.limit = Some(PAGE);
    loop {
        let rows = store.list(filter.clone()).await?;
        if let Some(row) = rows.iter().find(|row| row.once == id) {
            return Ok(Some(row.seq));
        }
        filter.below = rows.last().map(|row| row.seq);
        if rows.len() < PAGE as usize {
            let number = id.strip_prefix('#').unwrap_or(id);
            return Ok(number.parse().ok());
        }
    }
}
