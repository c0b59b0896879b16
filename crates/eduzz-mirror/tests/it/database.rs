//! The databases that a mirror can be in.

use eduzz_store::mirror::MirrorStore;
use eduzz_store::rusqlite::Connection;
use eduzz_store::rusqlite::types::ValueRef;
use eduzz_store::tokio_postgres::{self, NoTls, SimpleQueryMessage};
use eduzz_store::{Clock, Limits, Postgres, Sqlite, Store};
use eduzz_testkit::postgres::Server;
use tempfile::TempDir;

/// A new database, which is looked into beside the mirror.
pub(crate) trait Database: Sized {
    type Store: Store + MirrorStore;

    /// `None` where the database is not installed; then the test is skipped.
    fn new(test: &str) -> Option<Self>;

    async fn open(&self, clock: Clock) -> Self::Store;

    /// The rows of an answer, each cell as its text.
    async fn ask(&self, sql: &str) -> Vec<Vec<String>>;

    /// Takes the database away from those that have opened it.
    async fn lose(&self);

    /// The expression of a column's bytes in hexadecimal.
    fn hex(column: &str) -> String;

    /// What creates a trigger that changes something after each page of sales (`new` is the
    /// window).
    fn after_page(change: &str) -> String;
}

/// A SQLite file.
pub(crate) struct File(TempDir);

/// A database of a PostgreSQL server.
pub(crate) struct Remote(String);

impl File {
    fn path(&self) -> std::path::PathBuf {
        self.0.path().join("mirror.sqlite")
    }
}

impl Database for File {
    type Store = Sqlite;

    fn new(_test: &str) -> Option<Self> {
        Some(Self(TempDir::new().unwrap()))
    }

    async fn open(&self, clock: Clock) -> Sqlite {
        Sqlite::with_clock(self.path(), clock).await.unwrap()
    }

    async fn ask(&self, sql: &str) -> Vec<Vec<String>> {
        let database = Connection::open(self.path()).unwrap();
        let mut statement = database.prepare(sql).unwrap();
        let width = statement.column_count();
        let rows = statement.query_map([], |row| (0..width).map(|at| row.get_ref(at).map(text)).collect());
        rows.unwrap().map(Result::unwrap).collect()
    }

    async fn lose(&self) {
        std::fs::remove_file(self.path()).unwrap();
    }

    fn hex(column: &str) -> String {
        format!("lower(hex({column}))")
    }

    fn after_page(change: &str) -> String {
        format!(
            "create trigger after_page after update on eduzz_window
             when new.cursor is not null and new.kind = 'sale' begin {change}; end"
        )
    }
}

impl Database for Remote {
    type Store = Postgres;

    fn new(test: &str) -> Option<Self> {
        let server = Server::shared(test)?;
        Some(Self(server.url(&server.create("template0"))))
    }

    async fn open(&self, clock: Clock) -> Postgres {
        Postgres::with(&self.0, clock, Limits::default()).await.unwrap()
    }

    async fn ask(&self, sql: &str) -> Vec<Vec<String>> {
        let (client, connection) = tokio_postgres::connect(&self.0, NoTls).await.unwrap();
        tokio::spawn(connection);
        let messages = client.simple_query(sql).await.unwrap();
        let rows = messages.into_iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => {
                let cell = |at| row.get(at).unwrap_or_default().to_owned();
                Some((0..row.len()).map(cell).collect())
            }
            _ => None,
        });
        rows.collect()
    }

    async fn lose(&self) {
        let server = Server::shared("lose").unwrap();
        let name = self
            .0
            .split(['/', '?'])
            .find(|part| part.starts_with("eduzz_"))
            .unwrap();
        let _dropped = server.sql("postgres", &format!("drop database {name} with (force)"));
    }

    fn hex(column: &str) -> String {
        format!("encode({column}, 'hex')")
    }

    fn after_page(change: &str) -> String {
        format!(
            "create function after_page() returns trigger language plpgsql as
                 $$ begin {change}; return new; end $$;
             create trigger after_page after update on eduzz_window for each row
             when (new.cursor is not null and new.kind = 'sale') execute function after_page()"
        )
    }
}

fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(value) => value.to_string(),
        ValueRef::Real(value) => value.to_string(),
        ValueRef::Text(value) | ValueRef::Blob(value) => String::from_utf8_lossy(value).into_owned(),
    }
}

/// A test of each case over each database.
macro_rules! over_both {
    ($($case:ident),+ $(,)?) => {
        mod in_sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $case() {
                super::$case::<$crate::database::File>(stringify!($case)).await;
            })+
        }
        mod in_postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $case() {
                super::$case::<$crate::database::Remote>(stringify!($case)).await;
            })+
        }
    };
}
pub(crate) use over_both;
