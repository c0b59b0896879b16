//! Kills at random moments: the moments, and the database as another program sees it.

#![expect(clippy::print_stdout, reason = "the seed")]

use std::hash::{BuildHasher as _, RandomState};
use std::sync::atomic::{AtomicI64, Ordering};

use eduzz_store::rusqlite::types::ValueRef;
use eduzz_testkit::chance::Chance;
use eduzz_testkit::postgres::Server;
use tokio::sync::Notify;

use crate::inbox::{database, file};
use crate::support::Home;

/// The database of a home, as another program sees it.
pub(crate) enum Base {
    Sqlite,
    Postgres(&'static Server, &'static str),
}

impl Base {
    /// The value of `EDUZZ_DB`; creates the database on a server.
    pub(crate) fn url(&self, home: &Home) -> String {
        match self {
            Self::Sqlite => format!("sqlite:{}", file(home)),
            Self::Postgres(server, name) => {
                let _created = server.sql("postgres", &format!("create database {name}"));
                server.url(name)
            }
        }
    }

    pub(crate) fn change(&self, home: &Home, sql: &str) {
        match self {
            Self::Sqlite => database(home).execute_batch(sql).unwrap(),
            Self::Postgres(server, name) => drop(server.sql(name, sql)),
        }
    }

    /// The first column of the answer, as texts.
    pub(crate) fn column(&self, home: &Home, sql: &str) -> Vec<String> {
        match self {
            Self::Sqlite => {
                let database = database(home);
                let mut select = database.prepare(sql).unwrap();
                let cells = select.query_map((), |row| {
                    Ok(match row.get_ref(0)? {
                        ValueRef::Integer(value) => value.to_string(),
                        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                        other => panic!("{other:?}"),
                    })
                });
                cells.unwrap().map(Result::unwrap).collect()
            }
            Self::Postgres(server, name) => server.sql(name, sql).lines().map(str::to_owned).collect(),
        }
    }

    /// The first cell of the answer.
    pub(crate) fn cell(&self, home: &Home, sql: &str) -> String {
        self.column(home, sql).swap_remove(0)
    }
}

/// Numbers that follow from `EDUZZ_TEST_SEED`, or from a seed that is drawn and printed.
pub(crate) fn chance() -> Chance {
    let seed = match std::env::var("EDUZZ_TEST_SEED") {
        Ok(seed) => seed.parse().unwrap(),
        Err(_) => RandomState::new().hash_one(0),
    };
    println!("EDUZZ_TEST_SEED={seed}");
    Chance(seed)
}

/// Counts moments; at the last one a program is killed.
#[derive(Default)]
pub(crate) struct Fuse {
    left: AtomicI64,
    pub(crate) burnt: Notify,
}

impl Fuse {
    pub(crate) fn light(&self, moments: u64) {
        self.left.store(i64::try_from(moments).unwrap(), Ordering::SeqCst);
    }

    pub(crate) fn is_burnt(&self) -> bool {
        self.left.load(Ordering::SeqCst) <= 0
    }

    pub(crate) fn moment(&self) {
        if self.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.burnt.notify_one();
        }
    }
}
