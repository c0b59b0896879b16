//! Connections that are lost, servers that stop or fall silent.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use eduzz_store::{Clock, Filter, Postgres, Store, StoreError, StoreErrorKind};
use eduzz_sync::inbox::{Order, State};
use eduzz_testkit::postgres::{Fsync, Server};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, UnixListener, UnixStream};
use tokio::sync::watch;
use tokio::time::timeout;

use super::{connect, connect_short, in_time, name, open_transactions, short};
use crate::databases;
use crate::support::event;

/// The errors of calls at the same moment, each of which ends in time.
async fn errors(store: &Postgres) -> [Option<StoreErrorKind>; 5] {
    let (put, claim, renew, list, counts) = in_time(short().call, async {
        tokio::join!(
            store.put(event("e", "a"), State::Ready),
            store.claim(Order::Any, 1),
            store.renew(vec![]),
            store.list(Filter::default()),
            store.counts(),
        )
    })
    .await;
    [put.err(), claim.err(), renew.err(), list.err(), counts.err()]
        .map(|error: Option<StoreError>| error.map(|error| error.kind()))
}

#[tokio::test(flavor = "multi_thread")]
async fn ended_sessions_are_opened_again() {
    let Some(url) = databases::clone("ended_sessions_are_opened_again") else {
        return;
    };
    let store = connect(&url).await;
    store.put(event("e1", "a"), State::Ready).await.unwrap();
    let server = Server::shared("").unwrap();
    for round in 0..3 {
        let end = "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '{}'";
        let ended = server.sql("postgres", &end.replace("{}", name(&url)));
        assert_eq!(ended, "3", "the connections of a store");
        // A call that notices the loss first fails, the next one connects.
        for error in errors(&store).await {
            assert!(
                matches!(error, None | Some(StoreErrorKind::Unreachable)),
                "{error:?}"
            );
        }
        assert_eq!(errors(&store).await, [None; 5], "{round}");
    }
    assert_eq!(store.list(Filter::default()).await.unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stopped_server_is_unreachable_until_it_starts() {
    let test = "a_stopped_server_is_unreachable_until_it_starts";
    let Some(server) = Server::own(test, Fsync::On) else {
        return;
    };
    let store = connect_short(&server.url("postgres")).await;
    store.put(event("e1", "a"), State::Ready).await.unwrap();
    server.stop();
    for _ in 0..2 {
        assert_eq!(errors(&store).await, [Some(StoreErrorKind::Unreachable); 5]);
    }
    server.start();
    assert_eq!(errors(&store).await, [None; 5]);
    let rows = store.list(Filter::default()).await.unwrap();
    assert_eq!(rows.len(), 2, "what was stored before the crash is there");
}

#[tokio::test]
async fn a_silent_server_is_unreachable() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = silent.local_addr().unwrap().port();
    for mode in ["disable", "prefer", "require"] {
        let url = format!("postgres://u@127.0.0.1:{port}/d?sslmode={mode}");
        let connecting = Postgres::with(&url, Clock::default(), short());
        let error = in_time(short().connect, connecting).await.unwrap_err();
        assert_eq!(error.kind(), StoreErrorKind::Unreachable);
    }
}

/// A way to the server that can stop without closing.
struct Way {
    folder: tempfile::TempDir,
    is_open: watch::Sender<bool>,
}

impl Way {
    fn to(server: &Path) -> Self {
        const SOCKET: &str = ".s.PGSQL.5432";
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join(SOCKET)).unwrap();
        let (is_open, opened) = watch::channel(true);
        let server = Arc::new(server.join(SOCKET));
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let (server, opened) = (Arc::clone(&server), opened.clone());
                tokio::spawn(async move {
                    let far = UnixStream::connect(&*server).await.unwrap();
                    let (near_read, near_write) = near.into_split();
                    let (far_read, far_write) = far.into_split();
                    tokio::spawn(pass(near_read, far_write, opened.clone()));
                    pass(far_read, near_write, opened).await;
                });
            }
        });
        Self { folder, is_open }
    }

    fn url(&self, database: &str) -> String {
        let folder = self.folder.path().to_str().unwrap();
        format!("postgres:///{database}?host={folder}&user=postgres")
    }
}

async fn pass(
    mut from: tokio::net::unix::OwnedReadHalf,
    mut to: tokio::net::unix::OwnedWriteHalf,
    mut opened: watch::Receiver<bool>,
) {
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = from.read(&mut bytes).await {
        if opened.wait_for(|is_open| *is_open).await.is_err() || to.write_all(&bytes[..read]).await.is_err() {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_falls_silent_is_left() {
    let Some(url) = databases::clone("a_server_that_falls_silent_is_left") else {
        return;
    };
    let server = Server::shared("").unwrap();
    let Some(folder) = server.folder() else {
        return;
    };
    let way = Way::to(folder);
    let store = connect_short(&way.url(name(&url))).await;
    assert_eq!(errors(&store).await, [None; 5]);

    way.is_open.send_replace(false);
    // A caller that is gone, at different moments of a group.
    for wait in [0, 1, 5] {
        let call = store.claim(Order::BySubject, 1);
        assert!(timeout(Duration::from_millis(wait), call).await.is_err());
    }
    for error in errors(&store).await {
        let error = error.unwrap();
        assert!(
            matches!(error, StoreErrorKind::Unreachable | StoreErrorKind::TimedOut),
            "{error:?}"
        );
    }

    way.is_open.send_replace(true);
    assert_eq!(errors(&store).await, [None; 5]);
    assert_eq!(open_transactions(server, name(&url)), "0");
}

/// Many calls that wait for one dead server do not wait for each other.
#[tokio::test(flavor = "multi_thread")]
async fn waiting_calls_fail_together() {
    let Some(url) = databases::clone("waiting_calls_fail_together") else {
        return;
    };
    let server = Server::shared("").unwrap();
    let Some(folder) = server.folder() else {
        return;
    };
    let way = Way::to(folder);
    let store = connect_short(&way.url(name(&url))).await;
    way.is_open.send_replace(false);
    let calls: Vec<_> = (0..2_000)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move {
                let put = store.put(event(&number.to_string(), "a"), State::Ready);
                in_time(short().call, put).await.unwrap_err();
            })
        })
        .collect();
    for call in calls {
        call.await.unwrap();
    }
}
