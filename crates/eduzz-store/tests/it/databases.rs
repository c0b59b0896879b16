//! Databases of tests, on one server.

use std::thread;

use eduzz_store::Postgres;
use eduzz_testkit::postgres::Server;
use tokio::runtime::Runtime;

/// A new database with the tables; returns its URL. `None` where PostgreSQL is not installed.
pub(crate) fn clone(test: &str) -> Option<String> {
    let server = Server::shared(test)?;
    Some(server.copy(|url| {
        // The end of a runtime closes its connections, which a template must not have.
        let migrated = thread::spawn(move || {
            let migrated = Runtime::new().unwrap().block_on(Postgres::connect(&url));
            drop(migrated.unwrap());
        });
        migrated.join().unwrap();
    }))
}

/// The name of the database in a URL of the tests' own server.
pub(crate) fn name(url: &str) -> &str {
    let end = url.find('?').unwrap_or(url.len());
    let start = url[..end].rfind('/').unwrap();
    &url[start + 1..end]
}
