//! Databases that cannot be used: the error says what to do next.

use super::{database, file, home, list, serve};
use crate::support::Home;

/// Every command of the inbox that opens a database that is there.
const OPENING: [&str; 6] = [
    "list",
    "show 1",
    "retry --dead",
    "replay --unknown",
    "prune --older 1d",
    "status",
];

async fn created() -> Home {
    let home = home();
    let (serving, _) = serve(&home, "").await;
    drop(serving);
    home
}

#[tokio::test]
async fn missing_database_is_not_created_by_a_look_at_it() {
    let home = home();
    for command in OPENING {
        home.run(&format!("inbox {command}"))
            .await
            .ended(2)
            .told("não existe")
            .told("inbox serve");
    }
    assert!(!home.folder().join("inbox.sqlite").exists());
}

#[tokio::test]
async fn default_is_a_file_of_the_user() {
    let mut home = home();
    home.unset("EDUZZ_DB");
    let data = home.folder().join("data");
    home.set("XDG_DATA_HOME", &data.display().to_string());
    let (serving, _) = serve(&home, "").await;
    drop(serving);
    assert!(list(&home, "").await.is_empty());
    if cfg!(target_os = "linux") {
        assert!(data.join("eduzz").join("inbox.sqlite").exists());
    }
    // The option is stronger than the variable.
    home.set("EDUZZ_DB", "sqlite:/does/not/exist");
    let default = data.join("eduzz").join("inbox.sqlite");
    list(&home, &format!("--db sqlite:{}", default.display())).await;
}

#[tokio::test]
async fn folder_text_file_and_wrong_place_are_refused() {
    let home = home();
    let text = home.folder().join("text");
    std::fs::write(
        &text,
        "not a database, but a text that is long enough for a head ".repeat(9),
    )
    .unwrap();
    for (url, told) in [
        (home.folder().display().to_string(), "é um diretório"),
        (text.display().to_string(), "não é um banco de dados SQLite"),
        (format!("{}/x", text.display()), "é um diretório"),
        ("/does/not/exist/x".to_owned(), "não existe"),
    ] {
        for command in ["serve", "list"] {
            let ran = home.run(&format!("inbox {command} --db 'sqlite:{url}'")).await;
            let told = if command == "list" && !std::path::Path::new(&url).exists() {
                "não existe"
            } else {
                told
            };
            ran.ended(2).told(told).told(&url);
        }
    }
    assert!(
        std::fs::read_to_string(&text)
            .unwrap()
            .starts_with("not a database")
    );
}

#[tokio::test]
async fn other_schema_and_newer_schema_are_refused() {
    for (change, told) in [
        (
            "insert into eduzz_migration (version, name, checksum, at) values (999, 'x', 'x', 0)",
            "versão mais nova",
        ),
        (
            "update eduzz_migration set checksum = 'x'",
            "não são as deste programa",
        ),
    ] {
        let home = created().await;
        database(&home).execute(change, ()).unwrap();
        for command in ["serve", "list"] {
            home.run(&format!("inbox {command}")).await.ended(2).told(told);
        }
        home.run("inbox list --lang en").await.ended(2).told("program");
    }
}

#[tokio::test]
async fn locked_database_ends_with_3() {
    let home = created().await;
    let other = database(&home);
    other.execute_batch("begin immediate").unwrap();
    home.run("inbox list").await.ended(3).told("outro programa ocupa");
    other.execute_batch("rollback").unwrap();
    list(&home, "").await;
}

#[tokio::test]
async fn server_that_is_not_there_ends_with_3() {
    let home = home();
    let port = crate::support::free_port().await;
    for (command, lang, told) in [("serve", "pt", "não responde"), ("list", "en", "does not answer")] {
        let url = format!("postgres://user:canary@127.0.0.1:{port}/canary?sslmode=disable");
        let ran = home
            .run(&format!("inbox {command} --db '{url}' --lang {lang}"))
            .await;
        ran.ended(3).told(told).told("--db");
        assert!(!ran.err.contains("canary") && ran.out.is_empty(), "{ran:?}");
    }
}

#[tokio::test]
async fn url_of_other_clients_is_answered_with_ours() {
    let home = home();
    for (url, told) in [
        (
            "postgres://user:canary@127.0.0.1/canary?sslmode=verify-full",
            "sslmode=require",
        ),
        ("postgres://user:canary@canary@127.0.0.1/canary", "%40"),
        (
            "postgres://user:canary@127.0.0.1/canary?sslrootcert=ca.pem",
            "SSL_CERT_FILE",
        ),
    ] {
        let ran = home.run(&format!("inbox list --db '{url}'")).await;
        ran.ended(2).told(told);
        assert!(!ran.err.contains("canary"), "{ran:?}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn read_only_file_is_refused() {
    use std::os::unix::fs::PermissionsExt as _;

    let home = created().await;
    // The last connection takes the log's files away.
    let last = database(&home);
    last.query_row("select count(*) from eduzz_event", (), |row| row.get::<_, i64>(0))
        .unwrap();
    last.close().unwrap();
    std::fs::set_permissions(file(&home), std::fs::Permissions::from_mode(0o444)).unwrap();
    for (lang, told) in [("pt", "só de leitura"), ("en", "read-only")] {
        let ran = home
            .run_without_rights(&format!("inbox list --lang {lang}"))
            .await;
        ran.ended(2).told(told);
    }
    // A file of one's own in a folder that is not.
    std::fs::set_permissions(file(&home), std::fs::Permissions::from_mode(0o666)).unwrap();
    let ran = home.run_without_rights("inbox list").await;
    ran.ended(2).told("pasta");
}
