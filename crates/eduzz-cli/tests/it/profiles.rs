//! Profiles: several stored sign-ins side by side; `profiles` and `config`.

use std::fs;

use eduzz_sandbox::{Answer, Person, Sandbox};
use serde_json::{Value, json};

use crate::support::{Home, Ran, open, sandbox_with_home, target};

/// Signs a person in with a profile.
async fn sign_in(home: &Home, sandbox: &Sandbox, port: u16, person: &Person, profile: &str) -> Ran {
    let (login, url) = home.login(&format!("--profile {profile}")).await;
    let visit = sandbox.visitor_as(person).visit(&url, Answer::Approve).await;
    open(port, target(&visit.unwrap().returned_to, port)).await;
    open(port, "/retorno/fim").await;
    login.ended().await
}

/// A home with the sandbox's owner in the default profile, and another account in `loja`.
async fn two_accounts() -> (Sandbox, Home, [Person; 2]) {
    let (sandbox, home, port) = sandbox_with_home().await;
    let people = [
        sandbox.config().people[0].clone(),
        sandbox.config().people[1].clone(),
    ];
    sign_in(&home, &sandbox, port, &people[0], "default")
        .await
        .ended(0);
    sign_in(&home, &sandbox, port, &people[1], "loja").await.ended(0);
    (sandbox, home, people)
}

async fn me(home: &Home, args: &str) -> Value {
    home.run(&format!("me --json {args}")).await.ended(0).json()["id"].clone()
}

#[tokio::test]
async fn two_accounts_are_used_side_by_side() {
    let (_sandbox, mut home, [owner, other]) = two_accounts().await;
    assert_ne!(owner.account_id, other.account_id);
    assert!(home.file().exists(), "the default profile keeps its place");
    let (first, second) = tokio::join!(me(&home, ""), me(&home, "--profile loja"));
    assert_eq!(
        (first, second),
        (json!(owner.account_id), json!(other.account_id))
    );
    home.set("EDUZZ_PROFILE", "loja");
    assert_eq!(me(&home, "").await, other.account_id.as_str());
    assert_eq!(me(&home, "--profile default").await, owner.account_id.as_str());
    home.unset("EDUZZ_PROFILE");
    home.run("config set profile loja").await.ended(0);
    assert_eq!(me(&home, "").await, other.account_id.as_str());
    // A sign-out ends one of them.
    home.run("logout").await.ended(0);
    let ran = home.run("me").await;
    ran.ended(4).told("eduzz login --profile loja");
    home.run("config unset profile").await.ended(0);
    assert_eq!(me(&home, "").await, owner.account_id.as_str());
}

#[tokio::test]
async fn profiles_lists_who_and_which_is_used() {
    let (sandbox, home, [owner, other]) = two_accounts().await;
    let ran = home.run("profiles --json --profile loja").await;
    let rows = ran.ended(0).json();
    let shown = |row: &Value| {
        let text = |name: &str| row[name].as_str().map(ToOwned::to_owned);
        (
            text("name"),
            row["used"].as_bool(),
            text("state"),
            text("accountId"),
            text("api"),
        )
    };
    let row = |name: &str, used, person: &Person| {
        let text = |text: &str| Some(text.to_owned());
        (
            text(name),
            Some(used),
            text("signedIn"),
            text(&person.account_id),
            text(&sandbox.url()),
        )
    };
    let rows: Vec<_> = rows.as_array().unwrap().iter().map(shown).collect();
    assert_eq!(rows, [row("default", false, &owner), row("loja", true, &other)]);
    let table = home.run("profiles list").await;
    table
        .ended(0)
        .shows(&[&owner.name, &other.name, "sem prazo", "*"]);
    for secret in [&owner.personal_token, &other.personal_token] {
        assert!(!table.out.contains(secret.as_str()), "{table:?}");
    }
    let ran = home.run("profiles --profile outro").await;
    assert!(ran.ended(0).err.contains("o perfil em uso é outro"), "{ran:?}");
}

#[tokio::test]
async fn removed_profile_is_gone_and_others_stay() {
    let (_sandbox, home, [owner, _]) = two_accounts().await;
    let folder = home.folder().join("config").join("profiles").join("loja");
    assert!(folder.join("session.json").exists());
    home.run("profiles remove loja").await.ended(2).told("--yes");
    assert!(folder.exists());
    home.run("profiles remove loja --yes").await.ended(0);
    assert!(!folder.exists());
    fs::create_dir_all(&folder).unwrap();
    home.run("profiles remove loja --yes")
        .await
        .ended(0)
        .shows(&["não tinha login"]);
    home.run("me --profile loja").await.ended(4).told("perfil loja");
    home.run("profiles remove loja --yes")
        .await
        .ended(2)
        .told("eduzz profiles");
    assert_eq!(me(&home, "").await, owner.account_id.as_str());
    home.run("profiles remove default --yes").await.ended(0);
    assert!(!home.file().exists());
}

#[tokio::test]
async fn login_that_fails_leaves_no_profile() {
    let (_sandbox, home, _) = sandbox_with_home().await;
    home.run("login --profile outra --no-browser --timeout 1")
        .await
        .ended(4);
    let folder = home.folder().join("config").join("profiles");
    assert!(!folder.join("outra").exists());
    home.run("doctor --profile outra")
        .await
        .shows(&["eduzz login --profile outra"]);
}

#[cfg(unix)]
#[tokio::test]
async fn profile_of_others_is_not_used() {
    use std::os::unix::fs::PermissionsExt as _;

    let (_sandbox, home, _) = two_accounts().await;
    let profiles = home.folder().join("config").join("profiles");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&profiles), mode(&profiles.join("loja"))), (0o700, 0o700));
    assert_eq!(mode(&profiles.join("loja/session.json")), 0o600);
    // Who can write a folder above can replace the file.
    fs::set_permissions(&profiles, fs::Permissions::from_mode(0o777)).unwrap();
    home.run("me --profile loja").await.ended(2).told("chmod go-w");
    home.run("me").await.ended(0);
    let ran = home.run("profiles --json").await;
    assert_eq!(ran.ended(0).json()[1]["state"], "unusable");
}

#[tokio::test]
async fn names_of_profiles_are_no_paths() {
    let mut home = Home::new();
    for name in ["..", "../x", "a/b", "Loja", "", "a b", ".x"] {
        home.run(&format!("me --profile '{name}'"))
            .await
            .ended(2)
            .told("--profile");
        home.run(&format!("config set profile '{name}'")).await.ended(2);
        home.run(&format!("profiles remove '{name}' --yes"))
            .await
            .ended(2);
    }
    home.set("EDUZZ_PROFILE", "../canary");
    let ran = home.run("me").await;
    ran.ended(2).told("EDUZZ_PROFILE");
    assert!(!ran.err.contains("canary"), "{ran:?}");
    assert_eq!(
        fs::read_dir(home.folder()).unwrap().count(),
        0,
        "nothing was written"
    );
}

#[tokio::test]
async fn token_and_profile_together_are_refused() {
    let home = Home::new().with("EDUZZ_TOKEN", "invented");
    home.run("me --profile loja").await.ended(2).told("EDUZZ_TOKEN");
}

#[tokio::test]
async fn config_shows_places_and_never_a_secret() {
    let secrets = "EDUZZ_TOKEN EDUZZ_CLIENT_SECRET EDUZZ_WEBHOOK_SECRET EDUZZ_DB";
    let mut home = Home::new()
        .with("EDUZZ_SANDBOX", "http://127.0.0.1:9")
        .with("EDUZZ_PACE", "off");
    for name in secrets.split(' ') {
        home.set(name, "canary");
    }
    for line in ["config", "config show", "config --json", "config --lang en"] {
        let ran = home.run(line).await;
        ran.ended(0)
            .shows(&["http://127.0.0.1:9", "session.json", "config.json", "EDUZZ_PACE"]);
        assert!(
            !ran.out.contains("canary") && !ran.err.contains("canary"),
            "{ran:?}"
        );
        for name in secrets.split(' ') {
            assert!(ran.out.contains(name), "{name}: {ran:?}");
        }
    }
    let shown = home.run("config --json --profile loja").await.ended(0).json();
    assert_eq!(
        (&shown["profile"], &shown["profileSource"], &shown["sandbox"]),
        (&json!("loja"), &json!("--profile"), &json!(true))
    );
    let file = home.folder().join("config/profiles/loja/session.json");
    assert_eq!(shown["sessionFile"], file.to_str().unwrap());
}

#[tokio::test]
async fn configured_language_is_stronger_than_the_system_and_weaker_than_the_option() {
    let home = Home::new().with("LANG", "pt_BR.UTF-8");
    home.run("config set language en")
        .await
        .ended(0)
        .shows(&["Saved in"]);
    home.run("me").await.ended(4).told("you are not signed in");
    home.run("me --lang pt").await.ended(4).told("você não fez login");
    home.run("config set language fr").await.ended(2).told("pt or en");
    home.run("config set color yes").await.ended(2);
    home.run("config unset language").await.ended(0);
    home.run("me").await.ended(4).told("você não fez login");

    let file = home.folder().join("config/config.json");
    for broken in ["", "{", "[]", r#"{"version":2}"#, r#"{"version":1,"other":1}"#] {
        fs::write(&file, broken).unwrap();
        home.run("me").await.ended(2).told("config.json");
        assert_eq!(fs::read_to_string(&file).unwrap(), broken);
        // It does not keep anybody from reading the help.
        home.run("--help").await.ended(0);
    }
}
