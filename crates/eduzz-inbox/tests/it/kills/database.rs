//! The databases under an inbox that is killed.

use std::path::PathBuf;

use eduzz_store::rusqlite::Connection;
use eduzz_store::{Clock, Sqlite, Store};
use tempfile::TempDir;

use super::watched::Places;

/// A database with a table of effects beside the inbox.
pub(crate) trait Database: Sized + Send + Sync {
    type Store: Store;

    /// How a child process finds it.
    fn address(&self) -> String;

    /// The database with this address, in the child process.
    fn at(address: &str) -> Self;

    async fn open(&self, clock: Clock) -> Self::Store;

    /// The writes of a handler: one row in the table of effects.
    fn effect(handler: &'static str, once: String, places: Places) -> <Self::Store as Store>::Writes;

    /// The handlers and ids of the effects, in order.
    async fn effects(&self) -> Vec<(String, String)>;

    /// Whether the database finds no damage in itself.
    async fn is_sound(&self) -> bool;
}

/// A SQLite file.
pub(crate) struct SqliteFile {
    file: PathBuf,
    _folder: Option<TempDir>,
}

impl SqliteFile {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let new = Self {
            file: folder.path().join("inbox.sqlite"),
            _folder: Some(folder),
        };
        let table = "pragma journal_mode = wal; create table effect (handler text, once text)";
        new.other().execute_batch(table).unwrap();
        new
    }

    fn other(&self) -> Connection {
        Connection::open(&self.file).unwrap()
    }
}

impl Database for SqliteFile {
    type Store = Sqlite;

    fn address(&self) -> String {
        self.file.to_str().unwrap().to_owned()
    }

    fn at(address: &str) -> Self {
        Self {
            file: address.into(),
            _folder: None,
        }
    }

    async fn open(&self, clock: Clock) -> Sqlite {
        Sqlite::with_clock(&self.file, clock).await.unwrap()
    }

    fn effect(handler: &'static str, once: String, places: Places) -> <Sqlite as Store>::Writes {
        Box::new(move |db| {
            places.at(Places::WRITES);
            db.execute("insert into effect values (?1, ?2)", [handler, &once])?;
            places.at(Places::WRITTEN);
            Ok(())
        })
    }

    async fn effects(&self) -> Vec<(String, String)> {
        let other = self.other();
        let mut select = other
            .prepare("select handler, once from effect order by handler, once")
            .unwrap();
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.unwrap().map(Result::unwrap).collect()
    }

    async fn is_sound(&self) -> bool {
        let check = "pragma integrity_check";
        let check: String = self.other().query_row(check, [], |row| row.get(0)).unwrap();
        check == "ok"
    }
}
