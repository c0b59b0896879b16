//! `eduzz inbox` on a PostgreSQL server.

use eduzz_testkit::postgres::Server;
use serde_json::json;

use super::{event, list, serve, until};
use crate::fake_service::{FakeService, Reply, response};
use crate::listen::deliver_signed;
use crate::support::Home;
use crate::webhooks;

/// A home whose inbox is in a new database of this name.
pub(super) fn home(server: &Server, name: &str) -> Home {
    let _created = server.sql("postgres", &format!("create database {name}"));
    webhooks::home().with("EDUZZ_DB", &server.url(name))
}

#[tokio::test]
async fn two_programs_share_an_inbox_on_a_server() {
    let Some(server) = Server::shared("two_programs_share_an_inbox_on_a_server") else {
        return;
    };
    let home = home(server, "cli_shared");
    let mut behind = FakeService::start(|_| Reply::Bytes(response(200, ""))).await;
    let (mut storing, port) = serve(&home, "").await;
    storing.err_line_with("Guardando em PostgreSQL.").await;
    for id in ["a", "b", "c"] {
        let body = event(id, "safevideo.upload_started");
        assert_eq!(deliver_signed(port, &body).await.status, 200);
        assert_eq!(deliver_signed(port, &body).await.status, 200);
    }
    assert_eq!(list(&home, "--state ready").await.len(), 3);
    let (_forwarding, _) = serve(&home, &format!("--forward-to {}", behind.url)).await;
    for _ in 0..3 {
        behind.next().await;
    }
    for seq in list(&home, "")
        .await
        .iter()
        .map(|row| row["seq"].as_i64().unwrap())
    {
        assert_eq!(until(&home, seq, "done").await["copies"], 1);
    }
    let dead = "update eduzz_event set state = 'dead', received_at = 0 where once = 'a'";
    let _changed = server.sql("cli_shared", dead);
    home.run("inbox list --state dead")
        .await
        .ended(0)
        .shows(&["dead", "mortos: 1 · tratados: 2"]);
    assert_eq!(
        home.run("inbox retry --dead --json").await.ended(0).json(),
        json!({"reopened": 1})
    );
    let replayed = home.run("inbox replay --event safevideo.upload_started").await;
    assert!(replayed.ended(0).out.starts_with("De volta à fila: "));
    // Two that were replayed at least; the marked one is not forwarded again by `retry`.
    for _ in 0..2 {
        behind.next().await;
    }
    home.run("inbox show 99999").await.ended(1);
    home.run("inbox prune --older 1d").await.ended(0);
    home.run("inbox status").await.ended(0);
}

#[tokio::test]
async fn server_that_refuses_and_newer_tables_are_errors_with_a_next_step() {
    let Some(server) = Server::shared("server_that_refuses_and_newer_tables_are_errors_with_a_next_step")
    else {
        return;
    };
    let mut home = home(server, "cli_newer");
    let (serving, _) = serve(&home, "").await;
    drop(serving);
    let newer = "insert into eduzz_migration (version, name, checksum, at) values (999, 'x', 'x', 0)";
    let _changed = server.sql("cli_newer", newer);
    home.run("inbox list").await.ended(2).told("versão mais nova");
    let refused = async |home: &mut Home, url: &str, told: &str| {
        home.set("EDUZZ_DB", url);
        home.run("inbox serve").await.ended(1).told(told);
    };
    refused(&mut home, &server.url("cli_missing"), "não existe no servidor").await;
    let stranger = server.url("cli_newer").replace("user=postgres", "user=cli_none");
    refused(&mut home, &stranger, "recusou o usuário").await;
    let _created = server.sql("postgres", "create user cli_weak");
    let weak = server.url("cli_newer").replace("user=postgres", "user=cli_weak");
    refused(&mut home, &weak, "falta uma permissão").await;
}
