//! Programs that begin at once, that are of another version, and calls that are given up.

use eduzz_store::mirror::{Cause, MirrorStore};
use eduzz_store::{Limits, Postgres, StoreErrorKind};
use eduzz_testkit::postgres::Server;

use super::{Again, Setup, sale, sales};
use crate::databases;

pub(super) async fn tables_of_no_version_are_refused<S: MirrorStore>(setup: Setup<S>) {
    let tables = "drop table eduzz_mirror_migration";
    setup.database.run(tables).await;
    // Tables that are there without the mark of their version are not this crate's.
    setup.store.prepare().await.unwrap_err();
    let count = "select count(*) from eduzz_window";
    assert_eq!(setup.cell(count).await, "0", "they stay");
}

pub(super) async fn a_newer_version_is_refused<S: MirrorStore>(setup: Setup<S>) {
    setup.store.prepare().await.unwrap();
    setup
        .database
        .run("insert into eduzz_mirror_migration values (99, '0099_newer', 'x', 0)")
        .await;
    let refused = setup.store.prepare().await.unwrap_err();
    assert_eq!(refused.kind(), StoreErrorKind::NewerSchema);
    setup
        .database
        .run("delete from eduzz_mirror_migration where version = 99; update eduzz_mirror_migration set checksum = 'x'")
        .await;
    let refused = setup.store.prepare().await.unwrap_err();
    assert_eq!(refused.kind(), StoreErrorKind::OtherSchema);
}

pub(super) async fn a_call_that_is_given_up_leaves_nothing_open<S: Again>(setup: Setup<S>) {
    let other = S::again(&setup).await;
    let mut rows = 0;
    for round in 0..6_u64 {
        let records = (0..500).map(|id| sale(&format!("{round}-{id}"), "paid", 60));
        let batch = setup.batch(sales(), Cause::BackFill, records.collect());
        let store = setup.store.clone();
        let call = tokio::spawn(async move { store.merge(batch).await });
        for _ in 0..round {
            tokio::task::yield_now().await;
        }
        call.abort();
        // Another program is not held up, and what was begun is whole or not there.
        let batch = setup.batch(
            sales(),
            Cause::BackFill,
            vec![sale(&format!("{round}"), "paid", 60)],
        );
        assert_eq!(other.merge(batch).await.unwrap().new, 1);
        setup.merge(Cause::BackFill, Vec::new()).await;
        let now: u64 = setup
            .cell("select count(*) from eduzz_sale")
            .await
            .parse()
            .unwrap();
        assert!([rows + 1, rows + 501].contains(&now), "{rows} and then {now}");
        rows = now;
        assert_eq!(setup.last_change().await.to_string(), now.to_string());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_of_one_server_prepare_at_once() {
    let name = "programs_of_one_server_prepare_at_once";
    let Some(url) = databases::clone(name) else { return };
    let programs = (0..6).map(|_| {
        let url = url.clone();
        tokio::spawn(async move {
            let store = Postgres::with(&url, eduzz_store::Clock::default(), Limits::default())
                .await
                .unwrap();
            store.prepare().await.unwrap();
            store
        })
    });
    let mut stores = Vec::new();
    for program in programs.collect::<Vec<_>>() {
        stores.push(program.await.unwrap());
    }
    let server = Server::shared(name).unwrap();
    let open = "select count(*) from pg_stat_activity where datname = '{}' and state like 'idle in%'";
    let open = server.sql("postgres", &open.replace("{}", databases::name(&url)));
    assert_eq!(open, "0");
    for store in stores {
        assert_eq!(store.holdings("escola").await.unwrap()[0].rows, 0);
    }
}
