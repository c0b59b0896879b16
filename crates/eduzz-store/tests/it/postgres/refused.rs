//! What a server or its tables refuse.

use eduzz_store::{Postgres, Store, StoreErrorKind};
use eduzz_sync::inbox::State;
use eduzz_testkit::postgres::Server;

use super::{connect, name};
use crate::databases;
use crate::support::event;

async fn refused(url: &str) -> StoreErrorKind {
    let error = Postgres::connect(url).await.unwrap_err();
    let said = format!("{error} {error:?}");
    assert!(!said.contains("invented"), "{said}");
    error.kind()
}

#[tokio::test]
async fn an_odd_url_is_not_quoted() {
    for url in [
        "",
        "postgres",
        "host=/tmp user=u password=invented-secret",
        "mysql://u:invented-secret@h/d",
        "postgres://u:invented-secret@h/d?sslmode=invented",
        "postgres://u:invented-secret@h:port/d",
        "postgres://u@h/d?invented=1",
    ] {
        assert_eq!(refused(url).await, StoreErrorKind::Url, "{url}");
    }
}

/// Other clients take these values, whose checks `require` already makes here.
#[tokio::test]
async fn a_stricter_mode_than_require_says_what_to_write() {
    for mode in ["verify-ca", "verify-full"] {
        let url = format!("postgres://u:invented-secret@h/d?sslmode={mode}");
        let error = Postgres::connect(&url).await.unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Url);
        let said = error.to_string();
        assert!(
            said.contains("sslmode=require") && !said.contains("invented"),
            "{said}"
        );
    }
}

/// A part of a password must not be looked up as the name of a host.
#[tokio::test]
async fn a_url_that_cannot_be_read_says_what_to_write() {
    for (url, told) in [
        ("postgres://u:invent@invented@h/d", "%40"),
        ("postgres://u:invented-secret@h/d?sslmode=prefered", "prefer"),
        (
            "postgres://u:invented-secret@h/d?sslmode=require&sslrootcert=/ca.pem",
            "SSL_CERT_FILE",
        ),
    ] {
        let error = Postgres::connect(url).await.unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Url);
        let said = error.to_string();
        assert!(said.contains(told) && !said.contains("invented"), "{said}");
    }
}

#[tokio::test]
async fn an_unknown_database_is_refused() {
    let Some(server) = Server::shared("an_unknown_database_is_refused") else {
        return;
    };
    assert_eq!(refused(&server.url("eduzz_none")).await, StoreErrorKind::Refused);
    let unknown = server.url("postgres").replace("user=postgres", "user=eduzz_none");
    assert_eq!(refused(&unknown).await, StoreErrorKind::Refused);
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_that_start_together_migrate_once() {
    let Some(server) = Server::shared("programs_that_start_together_migrate_once") else {
        return;
    };
    let database = server.create("template0");
    let url = server.url(&database);
    let starts: Vec<_> = (0..5)
        .map(|_| {
            let url = url.clone();
            tokio::spawn(async move { drop(connect(&url).await) })
        })
        .collect();
    for start in starts {
        start.await.unwrap();
    }
    assert_eq!(server.sql(&database, "select count(*) from eduzz_migration"), "1");
}

#[tokio::test]
async fn other_tables_are_refused() {
    let Some(url) = databases::clone("other_tables_are_refused") else {
        return;
    };
    let server = Server::shared("").unwrap();
    let database = name(&url);
    let newer = "insert into eduzz_migration values (99, 'later', '', 0)";
    let _done = server.sql(database, newer);
    assert_eq!(refused(&url).await, StoreErrorKind::NewerSchema);
    let other = "delete from eduzz_migration where version = 99; update eduzz_migration set checksum = 'x'";
    let _done = server.sql(database, other);
    assert_eq!(refused(&url).await, StoreErrorKind::OtherSchema);
    let foreign = server.create("template0");
    let _done = server.sql(&foreign, "create table eduzz_event (invented text)");
    assert_eq!(refused(&server.url(&foreign)).await, StoreErrorKind::OtherSchema);
    let absent = "select to_regclass('eduzz_migration') is null";
    assert_eq!(server.sql(&foreign, absent), "t", "one transaction");
}

#[tokio::test]
async fn tables_that_are_gone_are_found_again() {
    let Some(url) = databases::clone("tables_that_are_gone_are_found_again") else {
        return;
    };
    let server = Server::shared("").unwrap();
    let store = connect(&url).await;
    store.put(event("e1", "a"), State::Ready).await.unwrap();
    let _done = server.sql(name(&url), "alter table eduzz_event rename to eduzz_away");
    let error = store.put(event("e2", "a"), State::Ready).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::OtherSchema);
    let _done = server.sql(name(&url), "alter table eduzz_away rename to eduzz_event");
    assert!(store.put(event("e2", "a"), State::Ready).await.unwrap().is_new);
}

#[tokio::test]
async fn another_encoding_is_refused() {
    let Some(server) = Server::shared("another_encoding_is_refused") else {
        return;
    };
    let latin = server.create("template0 encoding 'LATIN1' locale 'C'");
    assert_eq!(refused(&server.url(&latin)).await, StoreErrorKind::OtherSchema);
}

#[tokio::test]
async fn a_read_only_server_is_named_so() {
    let Some(url) = databases::clone("a_read_only_server_is_named_so") else {
        return;
    };
    let server = Server::shared("").unwrap();
    let store = connect(&url).await;
    let set = "alter database {} set default_transaction_read_only = on";
    let _done = server.sql("postgres", &set.replace("{}", name(&url)));
    let end = "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{}'";
    let _done = server.sql("postgres", &end.replace("{}", name(&url)));
    let mut kinds = Vec::new();
    for id in ["e1", "e2"] {
        let error = store.put(event(id, "a"), State::Ready).await.unwrap_err();
        kinds.push(error.kind());
    }
    assert_eq!(kinds[1], StoreErrorKind::ReadOnly, "{kinds:?}");
    assert_eq!(store.counts().await.map(|counts| counts.stored()).ok(), Some(0));
}

/// The tables' owner and the program's user can be two.
#[tokio::test]
async fn a_user_without_rights_to_create_can_work() {
    let Some(url) = databases::clone("a_user_without_rights_to_create_can_work") else {
        return;
    };
    let server = Server::shared("").unwrap();
    let user = format!("{}_user", name(&url));
    let grant = format!(
        "create user {user};
         revoke create on schema public from public;
         grant select, insert, update, delete on all tables in schema public to {user};
         grant usage on all sequences in schema public to {user}"
    );
    let _done = server.sql(name(&url), &grant);
    let theirs = url.replace("user=postgres", &format!("user={user}"));
    let store = connect(&theirs).await;
    assert!(store.put(event("e1", "a"), State::Ready).await.unwrap().is_new);
    let _done = server.sql(name(&url), &format!("revoke insert on eduzz_event from {user}"));
    let error = store.put(event("e2", "a"), State::Ready).await.unwrap_err();
    assert_eq!(error.kind(), StoreErrorKind::Refused);
    let _done = server.sql(name(&url), &format!("drop owned by {user}; drop user {user}"));
}

#[tokio::test]
async fn commits_are_synced_whatever_the_database_says() {
    let Some(url) = databases::clone("commits_are_synced_whatever_the_database_says") else {
        return;
    };
    let server = Server::shared("").unwrap();
    let set = "alter database {} set synchronous_commit = off;
               alter database {} set default_transaction_isolation = 'serializable'";
    for set in set.replace("{}", name(&url)).split(';') {
        let _done = server.sql("postgres", set);
    }
    let show = "create function eduzz_seen() returns trigger language plpgsql as $$ begin
                    insert into seen values (current_setting('synchronous_commit'),
                                             current_setting('transaction_isolation'));
                    return null;
                end $$;
                create table seen (commit text, isolation text);
                create trigger eduzz_seen after insert on eduzz_event execute function eduzz_seen()";
    let _done = server.sql(name(&url), show);
    let store = connect(&url).await;
    store.put(event("e1", "a"), State::Ready).await.unwrap();
    let seen = server.sql(name(&url), "select commit, isolation from seen");
    assert_eq!(seen, "on|read committed");
}
