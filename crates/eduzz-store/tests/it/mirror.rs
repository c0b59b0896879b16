//! The mirror's tables and views: the columns of the code, and the same rows in both databases.

#![expect(clippy::panic, reason = "tests")]

mod dialect;
mod page;
mod recipes;
pub(crate) mod rows;
mod schema;
pub(crate) mod views;

use std::path::PathBuf;

use eduzz_store::rusqlite::Connection;
use eduzz_store::rusqlite::types::ValueRef;
use eduzz_store::tokio_postgres::{self, Client, NoTls, SimpleQueryMessage};
use eduzz_testkit::postgres::Server;

use self::dialect::Dialect;

/// A file of the workspace.
fn workspace(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// A database with the mirror's tables.
pub(crate) enum Database {
    Sqlite(Connection),
    Postgres(Client),
}

/// A row of an answer, each cell as its text.
pub(crate) type Row = Vec<Option<String>>;

/// A database of each kind; without PostgreSQL only the first.
async fn databases(test: &str) -> Vec<Database> {
    let sqlite = Connection::open_in_memory().unwrap();
    let mut databases = vec![Database::Sqlite(sqlite)];
    if let Some(server) = Server::shared(test) {
        let name = server.create("template0");
        let (client, connection) = tokio_postgres::connect(&server.url(&name), NoTls).await.unwrap();
        tokio::spawn(connection);
        databases.push(Database::Postgres(client));
    }
    for database in &databases {
        let dialect = database.dialect();
        for name in dialect.migrations() {
            database.run(&dialect.migration(&name)).await;
        }
    }
    databases
}

impl Database {
    const fn dialect(&self) -> Dialect {
        match self {
            Self::Sqlite(_) => Dialect::Sqlite,
            Self::Postgres(_) => Dialect::Postgres,
        }
    }

    pub(crate) async fn run(&self, sql: &str) {
        match self {
            Self::Sqlite(sqlite) => sqlite.execute_batch(sql).unwrap(),
            Self::Postgres(client) => client.batch_execute(sql).await.unwrap(),
        }
    }

    /// The names of the columns, and the rows.
    pub(crate) async fn ask(&self, sql: &str) -> (Vec<String>, Vec<Row>) {
        match self {
            Self::Sqlite(sqlite) => {
                let mut statement = sqlite.prepare(sql).unwrap();
                let names: Vec<String> = statement.column_names().map(ToString::to_string).collect();
                let rows = statement.query_map([], |row| {
                    (0..names.len())
                        .map(|at| row.get_ref(at).map(cell))
                        .collect::<Result<Row, _>>()
                });
                let rows = rows.unwrap().collect::<Result<_, _>>().unwrap();
                (names, rows)
            }
            Self::Postgres(client) => {
                let (mut names, mut rows) = (Vec::new(), Vec::new());
                for message in client.simple_query(sql).await.unwrap() {
                    match message {
                        SimpleQueryMessage::RowDescription(columns) => {
                            names = columns.iter().map(|column| column.name().to_owned()).collect();
                        }
                        SimpleQueryMessage::Row(row) => {
                            rows.push((0..row.len()).map(|at| row.get(at).map(str::to_owned)).collect());
                        }
                        _ => {}
                    }
                }
                (names, rows)
            }
        }
    }
}

/// The names of the views, sorted.
async fn views_of(database: &Database) -> Vec<String> {
    let sql = match database.dialect() {
        Dialect::Sqlite => "select name from sqlite_schema where type = 'view' order by name",
        Dialect::Postgres => "select viewname from pg_views where schemaname = 'public' order by viewname",
    };
    let (_, rows) = database.ask(sql).await;
    rows.into_iter().flatten().flatten().collect()
}

fn cell(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Null => None,
        ValueRef::Integer(value) => Some(value.to_string()),
        ValueRef::Real(value) => Some(format!("{value:?}")),
        ValueRef::Text(value) | ValueRef::Blob(value) => Some(String::from_utf8_lossy(value).into_owned()),
    }
}
