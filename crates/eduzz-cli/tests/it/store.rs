//! The stored login.

use std::fs;
use std::path::Path;
use std::sync::{Mutex, mpsc};

use eduzz_sandbox::Sandbox;

use crate::exchange;
use crate::fake_service::{FakeService, Reply, response, service};
use crate::support::{Home, sandbox_with_home};

/// A sandbox, and a home with a stored login.
async fn signed_in() -> (Sandbox, Home) {
    let (sandbox, home, port) = sandbox_with_home().await;
    home.sign_in(&sandbox, port).await;
    (sandbox, home)
}

fn files(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;

    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;

    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(unix)]
#[tokio::test]
async fn stored_login_is_readable_by_its_owner_alone() {
    let (_sandbox, home) = signed_in().await;
    let folder = home.folder().join("config");
    assert_eq!(mode(&folder), 0o700);
    assert_eq!(mode(&home.file()), 0o600);
    let mut left = files(&folder);
    left.sort();
    assert_eq!(
        left,
        ["session.json", "session.lock"],
        "no temporary file is left"
    );
    assert_eq!(mode(&folder.join("session.lock")), 0o600);
    assert_eq!(files(home.folder()), ["config"], "nothing is kept elsewhere");
}

#[cfg(unix)]
#[tokio::test]
async fn stored_login_is_replaced_not_rewritten() {
    use std::os::unix::fs::MetadataExt as _;

    let (sandbox, home, port) = sandbox_with_home().await;
    home.sign_in(&sandbox, port).await;
    let old = fs::read(home.file()).unwrap();
    let inode = fs::metadata(home.file()).unwrap().ino();
    // A reader with the old file open still reads the whole old login.
    let held = fs::File::open(home.file()).unwrap();
    home.sign_in(&sandbox, port).await;
    assert_ne!(fs::metadata(home.file()).unwrap().ino(), inode);
    assert_eq!(std::io::read_to_string(held).unwrap().into_bytes(), old);
    home.run("me").await.ended(0);
}

#[tokio::test]
async fn stored_login_without_own_folder_uses_the_system_folder() {
    let (sandbox, mut home, port) = sandbox_with_home().await;
    home.unset("EDUZZ_CONFIG_DIR");
    let config = home.folder().join("xdg");
    home.set("XDG_CONFIG_HOME", &config.display().to_string());
    home.sign_in(&sandbox, port).await;
    if cfg!(unix) {
        assert!(config.join("eduzz").join("session.json").exists());
    }
    home.run("me").await.ended(0);
}

#[tokio::test]
async fn logout_removes_the_stored_login() {
    let (_sandbox, home) = signed_in().await;
    let ran = home.run("logout").await;
    assert!(ran.ended(0).out.contains("você saiu da conta"), "{ran:?}");
    assert!(!home.file().exists());
    home.run("me").await.ended(4).told("eduzz login");
    // A second logout succeeds.
    let again = home.run("logout --json").await;
    assert_eq!(again.ended(0).json()["forgotten"], false);
}

#[cfg(unix)]
#[tokio::test]
async fn stored_login_readable_by_others_is_refused() {
    let (_sandbox, home) = signed_in().await;
    for open in [0o640, 0o604, 0o644, 0o666, 0o620, 0o610] {
        set_mode(&home.file(), open);
        for args in ["me", "call GetMe", "api GET /accounts/v1/me"] {
            let ran = home.run(args).await;
            ran.ended(2).told(&format!("chmod 600 {}", home.file().display()));
        }
    }
    set_mode(&home.file(), 0o600);
    home.run("me").await.ended(0);
}

#[cfg(unix)]
#[tokio::test]
async fn folder_that_others_can_write_is_refused() {
    let (_sandbox, home) = signed_in().await;
    let folder = home.folder().join("config");
    let stored = fs::read(home.file()).unwrap();
    for open in [0o777, 0o1777, 0o770, 0o707, 0o720, 0o702] {
        set_mode(&folder, open);
        for args in [
            "me",
            "call GetMe",
            "api GET /accounts/v1/me",
            "login --no-browser",
        ] {
            let ran = home.run(args).await;
            ran.ended(2).told(&format!("chmod go-w {}", folder.display()));
            assert!(!ran.err.contains("/oauth/authorize"), "{ran:?}");
        }
        assert_eq!(fs::read(home.file()).unwrap(), stored, "it is not touched");
    }
    // Others may look into it: the file itself is closed.
    set_mode(&folder, 0o755);
    home.run("me").await.ended(0);
    set_mode(&folder, 0o777);
    home.run("logout").await.ended(0);
}

/// A service whose calls are rejected once the test says so, and which signs in anyone.
async fn rejecting_service() -> (FakeService, mpsc::Sender<()>) {
    let (reject, rejects) = mpsc::channel();
    let rejects = Mutex::new(rejects);
    let service = FakeService::start(move |asked| {
        let token = format!("invented-token-{}", asked.number);
        Reply::Bytes(if asked.path == "/oauth/token" {
            response(
                200,
                &format!(r#"{{"access_token":"{token}","token_type":"bearer"}}"#),
            )
        } else {
            tokio::task::block_in_place(|| rejects.lock().unwrap().recv().unwrap());
            response(401, r#"{"message":"invalid token"}"#)
        })
    });
    (service.await, reject)
}

/// A process whose token is rejected leaves the sign-in of another process alone.
#[tokio::test(flavor = "multi_thread")]
async fn rejected_token_does_not_overwrite_a_newer_login() {
    let (service, reject) = rejecting_service().await;
    let home = exchange::home(&service.url).await;
    exchange::login(&home).await.ended(0);
    assert!(
        fs::read_to_string(home.file())
            .unwrap()
            .contains("invented-token-1")
    );
    // One waits for its answer while another signs in.
    let older = home.start("api GET /x");
    while service.asked().iter().all(|asked| asked.path != "/x") {
        tokio::task::yield_now().await;
    }
    exchange::login(&home).await.ended(0);
    reject.send(()).unwrap();
    let ran = older.ended().await;
    ran.ended(4)
        .told("outro `eduzz login`")
        .told("rode o comando de novo");
    let stored = fs::read_to_string(home.file()).unwrap();
    assert!(stored.contains("invented-token-2"), "{stored}");
    // The rejection of the present token is stored.
    reject.send(()).unwrap();
    home.run("api GET /x").await.ended(4).told("não aceita mais");
    assert!(
        !fs::read_to_string(home.file())
            .unwrap()
            .contains("invented-token")
    );
}

/// The comparison and the writing are one step for other processes.
#[tokio::test(flavor = "multi_thread")]
async fn rejected_token_is_compared_under_the_lock() {
    let (service, reject) = rejecting_service().await;
    let home = exchange::home(&service.url).await;
    exchange::login(&home).await.ended(0);
    let lock = fs::File::open(home.folder().join("config").join("session.lock")).unwrap();
    lock.lock().unwrap();
    let older = home.start("api GET /x");
    reject.send(()).unwrap();
    while service.asked().iter().all(|asked| asked.path != "/x") {
        tokio::task::yield_now().await;
    }
    // Another process, which holds the lock, stores a newer session.
    let stored = fs::read_to_string(home.file()).unwrap();
    let newer = stored.replace("invented-token-1", "invented-token-newer");
    fs::write(home.file(), &newer).unwrap();
    drop(lock);
    older.ended().await.ended(4).told("outro `eduzz login`");
    assert_eq!(fs::read_to_string(home.file()).unwrap(), newer);
    // After a logout there is nothing to overwrite.
    let older = home.start("api GET /x");
    while service.asked().iter().filter(|asked| asked.path == "/x").count() < 2 {
        tokio::task::yield_now().await;
    }
    home.run("logout").await.ended(0);
    reject.send(()).unwrap();
    older.ended().await.ended(4);
    assert!(!home.file().exists());
}

#[tokio::test]
async fn stored_login_with_broken_content_is_kept_and_refused() {
    let (sandbox, home, port) = sandbox_with_home().await;
    home.sign_in(&sandbox, port).await;
    let whole = fs::read_to_string(home.file()).unwrap();
    let broken = [
        String::new(),
        "{}".to_owned(),
        "canary-nonsense".to_owned(),
        whole[..whole.len() / 2].to_owned(),
        whole.replace("\"version\": 1", "\"version\": 2"),
        whole.replace("access_token", "canary-other"),
        "x".repeat(2 * 1024 * 1024),
    ];
    for text in broken {
        fs::write(home.file(), &text).unwrap();
        let ran = home.run("me").await;
        ran.ended(2).told("eduzz login");
        assert!(!ran.err.contains("canary"), "{ran:?}");
        assert_eq!(
            fs::read_to_string(home.file()).unwrap(),
            text,
            "it is not touched"
        );
    }
    // A new login replaces it, and logout removes it.
    home.sign_in(&sandbox, port).await;
    home.run("me").await.ended(0);
    fs::write(home.file(), "nonsense").unwrap();
    home.run("logout").await.ended(0);
    assert!(!home.file().exists());
}

#[cfg(unix)]
#[tokio::test]
async fn stored_login_that_is_no_plain_file_is_refused() {
    let (_sandbox, home) = signed_in().await;
    let elsewhere = home.folder().join("elsewhere");
    fs::rename(home.file(), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, home.file()).unwrap();
    let refused = async || {
        for args in ["me", "login --no-browser", "logout"] {
            home.run(args).await.ended(2).told("não é um arquivo comum");
        }
    };
    refused().await;
    assert!(elsewhere.exists() && home.file().is_symlink());
    fs::remove_file(home.file()).unwrap();
    fs::create_dir(home.file()).unwrap();
    refused().await;
}

#[tokio::test]
async fn login_with_unwritable_folder_shows_no_address() {
    let home = Home::new();
    fs::write(home.folder().join("file"), "").unwrap();
    let inside = home.folder().join("file").join("config").display().to_string();
    let home = home
        .with("EDUZZ_CONFIG_DIR", &inside)
        .with("EDUZZ_CLIENT_SECRET", "x");
    let ran = home.run("login --no-browser --client-id x").await;
    ran.ended(2);
    assert!(!ran.err.contains("/oauth/authorize"), "{ran:?}");
}

#[tokio::test]
async fn stored_login_is_sent_to_its_own_origins_only() {
    let (sandbox, mut home) = signed_in().await;
    // It answers, so a sent token would be leaked.
    let other = service(response(200, r#"{"id":"canary"}"#)).await;
    home.set("EDUZZ_SANDBOX", &other);
    for args in ["me", "call get-me", "api GET /accounts/v1/me"] {
        let ran = home.run(args).await;
        ran.ended(4).told("o token não foi enviado");
        ran.told(&sandbox.url()).told(&other);
    }
    home.unset("EDUZZ_SANDBOX");
    home.run("me").await.ended(4).told("https://api.eduzz.com");
    home.set("EDUZZ_SANDBOX", &sandbox.url());
    home.run("me").await.ended(0);
}

#[tokio::test]
async fn stored_login_after_401_is_signed_out() {
    let (_sandbox, home) = signed_in().await;
    // Like a revoked token.
    let stored = fs::read_to_string(home.file()).unwrap();
    let dead = stored.replace("\"access_token\": \"", "\"access_token\": \"canary-dead-");
    assert_ne!(stored, dead);
    fs::write(home.file(), dead).unwrap();
    let ran = home.run("me").await;
    ran.ended(4).told("não aceita mais").told("eduzz login");
    assert!(!ran.err.contains("canary-dead"), "{ran:?}");
    let stored = fs::read_to_string(home.file()).unwrap();
    assert!(!stored.contains("access_token"), "the dead token is not kept");
    home.run("call GetMe").await.ended(4).told("não aceita mais");
}

#[tokio::test]
async fn stored_login_after_expiry_is_not_sent() {
    let (_sandbox, home) = signed_in().await;
    let stored = fs::read_to_string(home.file()).unwrap();
    let expired = stored.replace("\"kind\"", "\"ends\": 1600000000, \"kind\"");
    assert_ne!(stored, expired);
    fs::write(home.file(), expired).unwrap();
    for args in ["me", "call GetMe", "api GET /accounts/v1/me"] {
        home.run(args).await.ended(4).told("expirou").told("eduzz login");
    }
}

#[tokio::test]
async fn environment_token_after_401_keeps_the_stored_login() {
    let (sandbox, home) = signed_in().await;
    let home = home.with("EDUZZ_TOKEN", "canary-invented");
    let ran = home.run("me").await;
    ran.ended(1).told("401").told("EDUZZ_TOKEN");
    assert!(!ran.err.contains("canary-invented"));
    let mut home = home;
    home.unset("EDUZZ_TOKEN");
    home.run("me").await.ended(0);
    home.set("EDUZZ_TOKEN", &sandbox.person().personal_token);
    home.run("me").await.ended(0);
}
