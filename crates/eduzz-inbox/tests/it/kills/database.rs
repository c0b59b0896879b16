//! The databases under an inbox that is killed.

use std::path::PathBuf;
#[cfg(feature = "postgres")]
use std::sync::atomic::{AtomicU64, Ordering};

use eduzz_store::rusqlite::Connection;
#[cfg(feature = "postgres")]
use eduzz_store::tokio_postgres::{self, NoTls, Row};
use eduzz_store::{Clock, Sqlite, Store};
#[cfg(feature = "postgres")]
use eduzz_store::{Limits, Postgres};
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

    /// Waits until the database did all that the dead process had asked for.
    async fn rest(&self) {}

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

/// A database on a server.
#[cfg(feature = "postgres")]
pub(crate) struct OnServer(String);

#[cfg(feature = "postgres")]
impl OnServer {
    /// `None` where PostgreSQL is not installed.
    pub(crate) fn new(test: &str) -> Option<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let server = eduzz_testkit::postgres::Server::shared(test)?;
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("eduzz_kills_{}_{number}", std::process::id());
        let _created = server.sql("postgres", &format!("create database {name} template template0"));
        let table = "create table effect (handler text not null, once text not null)";
        let _created = server.sql(&name, table);
        Some(Self(server.url(&name)))
    }

    async fn rows(&self, select: &str) -> Vec<Row> {
        let (client, connection) = tokio_postgres::connect(&self.0, NoTls).await.unwrap();
        let connection = tokio::spawn(connection);
        let rows = client.query(select, &[]).await.unwrap();
        drop(client);
        connection.await.unwrap().unwrap();
        rows
    }
}

#[cfg(feature = "postgres")]
impl Database for OnServer {
    type Store = Postgres;

    fn address(&self) -> String {
        self.0.clone()
    }

    fn at(address: &str) -> Self {
        Self(address.to_owned())
    }

    async fn open(&self, clock: Clock) -> Postgres {
        Postgres::with(&self.0, clock, Limits::default()).await.unwrap()
    }

    async fn rest(&self) {
        let others = "select 1 from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'";
        for _ in 0..10_000 {
            if self.rows(others).await.is_empty() {
                return;
            }
        }
        panic!("the dead process has a connection");
    }

    fn effect(handler: &'static str, once: String, places: Places) -> <Postgres as Store>::Writes {
        Box::new(move |transaction| {
            Box::pin(async move {
                places.at(Places::WRITES);
                let insert = "insert into effect values ($1, $2)";
                transaction.execute(insert, &[&handler, &once]).await?;
                places.at(Places::WRITTEN);
                Ok(())
            })
        })
    }

    async fn effects(&self) -> Vec<(String, String)> {
        let select = r#"select handler, once from effect order by handler collate "C", once collate "C""#;
        let rows = self.rows(select).await;
        rows.iter().map(|row| (row.get(0), row.get(1))).collect()
    }

    async fn is_sound(&self) -> bool {
        let lost = "select 1 from eduzz_event left join eduzz_body using (seq) where eduzz_body.seq is null";
        self.rows(lost).await.is_empty()
    }
}
