//! Databases of tests, on one server.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use eduzz_store::Postgres;
use eduzz_testkit::postgres::Server;
use tokio::runtime::Runtime;

/// A new database with the tables; returns its URL. `None` where PostgreSQL is not installed.
pub(crate) fn clone(test: &str) -> Option<String> {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    let server = Server::shared(test)?;
    let template = TEMPLATE.get_or_init(|| {
        let template = new(server, "template0");
        let url = server.url(&template);
        // The end of a runtime closes its connections, which a template must not have.
        let migrated = thread::spawn(move || {
            let migrated = Runtime::new().unwrap().block_on(Postgres::connect(&url));
            drop(migrated.unwrap());
        });
        migrated.join().unwrap();
        template
    });
    Some(server.url(&new(server, template)))
}

/// A new database without tables; returns its name.
pub(crate) fn new(server: &Server, template: &str) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("eduzz_{}_{number}", std::process::id());
    let _created = server.sql("postgres", &format!("create database {name} template {template}"));
    name
}

/// The name of the database in a URL of the tests' own server.
pub(crate) fn name(url: &str) -> &str {
    let end = url.find('?').unwrap_or(url.len());
    let start = url[..end].rfind('/').unwrap();
    &url[start + 1..end]
}
