//! What only a server can do: refuse, fall silent, stop, and serve several programs.

mod groups;
mod lost;
mod refused;
mod tls;
mod writes;

use std::time::{Duration, Instant};

use eduzz_store::{Clock, Limits, Postgres};
use eduzz_testkit::postgres::Server;

use crate::databases::name;

/// Short limits, for tests that reach them.
fn short() -> Limits {
    let mut limits = Limits::default();
    limits.connect = Duration::from_millis(1_500);
    limits.group = Duration::from_millis(1_500);
    limits.writes = Duration::from_millis(300);
    limits.call = Duration::from_millis(4_000);
    limits
}

async fn connect(url: &str) -> Postgres {
    Postgres::connect(url).await.unwrap()
}

async fn connect_short(url: &str) -> Postgres {
    Postgres::with(url, Clock::default(), short()).await.unwrap()
}

/// Sessions in this database with a transaction that does nothing.
fn open_transactions(server: &Server, database: &str) -> String {
    let count =
        "select count(*) from pg_stat_activity where datname = '{}' and state like 'idle in transaction%'";
    server.sql("postgres", &count.replace("{}", database))
}

/// Fails if it takes longer than a call may, with some time for a slow machine.
async fn in_time<T>(limit: Duration, call: impl Future<Output = T>) -> T {
    let started = Instant::now();
    let result = call.await;
    let took = started.elapsed();
    assert!(took < limit + Duration::from_secs(1), "{took:?}");
    result
}
