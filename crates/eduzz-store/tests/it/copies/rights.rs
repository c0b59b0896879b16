//! The rights that docs/mirror.md grants to other users are enough, and no more than it says.

use std::fs;

use eduzz_store::mirror::MirrorStore as _;
use eduzz_store::tokio_postgres::{self, Client, NoTls, SimpleQueryMessage};
use eduzz_store::{Limits, Postgres};
use eduzz_testkit::postgres::Server;

use super::{Setup, postgres};
use crate::databases;
use crate::mirror::rows::{insert, rows};
use crate::support::Hands;

/// The blocks of SQL below a heading of a page.
fn blocks(page: &str, heading: &str) -> Vec<String> {
    let path = format!("{}/../../docs/{page}", env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(path).unwrap();
    let (_, section) = page.split_once(&format!("\n## {heading}\n")).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let blocks = section.split("```sql\n").skip(1);
    blocks
        .map(|block| block.split("```").next().unwrap().to_owned())
        .collect()
}

/// A user of the server, which outlives a test: its name has the test's process.
struct User {
    server: &'static Server,
    name: String,
    database: String,
}

impl User {
    /// Runs a block of the page that names this user.
    fn new(test: &str, url: &str, name: &str, block: &str) -> Self {
        let server = Server::shared(test).unwrap();
        let user = Self {
            server,
            name: format!("{name}_{}", std::process::id()),
            database: databases::name(url).to_owned(),
        };
        if !block.contains("create role") {
            let _created = server.sql(&user.database, &format!("create role {} login", user.name));
        }
        user.grant(name, block);
        user
    }

    fn grant(&self, name: &str, block: &str) {
        for statement in block.split(';').filter(|statement| !statement.trim().is_empty()) {
            let statement = statement.replace(&format!(" {name}"), &format!(" {}", self.name));
            let _done = self.server.sql(&self.database, &statement);
        }
    }

    /// The URL of the database for this user.
    fn url(&self, url: &str) -> String {
        match url.split_once("user=") {
            Some((before, _)) => format!("{before}user={}", self.name),
            None => {
                let (scheme, rest) = url.split_once("://").unwrap();
                let host = rest.split_once('@').map_or(rest, |(_, host)| host);
                format!("{scheme}://{}@{host}", self.name)
            }
        }
    }
}

impl Drop for User {
    fn drop(&mut self) {
        let drop = format!("drop owned by {0}; drop role {0}", self.name);
        for statement in drop.split(';') {
            let _done = self.server.sql(&self.database, statement);
        }
    }
}

/// A mirror that a user keeps who has only the rights of the page.
async fn kept(test: &str) -> Option<(Setup<Postgres>, User)> {
    let setup = postgres(test, Hands::new()).await?;
    let [block] = &*blocks("mirror.md", "Other users of a PostgreSQL database") else {
        panic!("one block");
    };
    let user = User::new(test, &setup.url, "espelho", block);
    user.grant("shop", &blocks("inbox.md", "In production")[0]);
    let url = user.url(&setup.url);
    let store = Postgres::with(&url, setup.hands.clock(), Limits::default())
        .await
        .unwrap();
    store.prepare().await.unwrap();
    Some((Setup { store, url, ..setup }, user))
}

macro_rules! keeps {
    ($($case:ident),+ $(,)?) => {
        #[tokio::test(flavor = "multi_thread")]
        async fn granted_user_keeps_the_mirror() {
            $(if let Some((setup, user)) = kept(concat!("rights of ", stringify!($case))).await {
                super::$case(setup).await;
                drop(user);
            })+
        }
    };
}

keeps! {
    events_of_one_call_are_taken_in_order,
    a_record_goes_and_comes_back,
    refetches_are_taken_once,
    rows_and_their_cursor_are_one,
    a_window_can_be_cut_before_it_has_rows,
    checks_find_drift,
    unreadable_rows_are_kept_once,
    a_change_of_an_old_row_keeps_the_seal,
    parents_are_apart,
    programs_wait_for_each_others_calls,
    holdings_add_up,
    figures_are_those_of_a_loop,
}

/// The number of rows of an answer, or the code of the refusal.
async fn asked(client: &Client, sql: &str) -> Result<usize, String> {
    let answer = client.simple_query(sql).await;
    let answer = answer.map_err(|error| {
        error
            .code()
            .map(|code| code.code().to_owned())
            .unwrap_or_default()
    })?;
    Ok(answer
        .iter()
        .filter(|message| matches!(message, SimpleQueryMessage::Row(_)))
        .count())
}

#[tokio::test(flavor = "multi_thread")]
async fn granted_reader_sees_the_panels_and_no_person() {
    let test = "granted_reader_sees_the_panels_and_no_person";
    let Some(setup) = postgres(test, Hands::new()).await else {
        return;
    };
    insert(&setup.database, &rows()).await;
    let found = blocks("mirror.md", "Grafana and Metabase");
    let (grants, panels) = found.split_first().unwrap();
    let reader = User::new(test, &setup.url, "painel", grants);
    let (client, connection) = tokio_postgres::connect(&reader.url(&setup.url), NoTls)
        .await
        .unwrap();
    let connection = tokio::spawn(connection);
    let named = format!("select 1 where current_user = '{}'", reader.name);
    assert_eq!(asked(&client, &named).await, Ok(1));
    assert_eq!(panels.len(), 3);
    for panel in panels {
        assert!(asked(&client, panel).await.unwrap() > 2, "{panel}");
    }
    for refused in [
        "select * from eduzz_sale",
        "select * from eduzz_customer",
        "select * from eduzz_arrears",
        "select * from eduzz_affiliate_revenue",
        "select * from eduzz_unreadable",
        "delete from eduzz_paid_sale",
        "create table mine (a text)",
    ] {
        assert_eq!(
            asked(&client, refused).await,
            Err("42501".to_owned()),
            "{refused}"
        );
    }
    drop(client);
    connection.await.unwrap().unwrap();
}

#[test]
fn both_languages_have_the_same_blocks() {
    for (english, portuguese) in [
        (
            "Other users of a PostgreSQL database",
            "Outros usuários de um banco PostgreSQL",
        ),
        ("Grafana and Metabase", "Grafana e Metabase"),
    ] {
        assert_eq!(
            blocks("mirror.md", english),
            blocks("mirror.pt-BR.md", portuguese)
        );
    }
}
