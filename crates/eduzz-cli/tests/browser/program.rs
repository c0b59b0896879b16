//! The program, with a place of its own.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;
use std::{env, fs};

use eduzz_sandbox::AppConfig;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStderr, Command};
use tokio::time::timeout;

use crate::world::World;

/// Nothing that the program does here takes that long.
const STUCK: Duration = Duration::from_secs(20);

/// A person's place, pointed to a sandbox.
pub(crate) struct Home {
    folder: TempDir,
    environment: Vec<(&'static str, String)>,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Home {
    pub(crate) fn new(world: &World, app: &AppConfig) -> Self {
        let folder = TempDir::new().unwrap();
        let path = |name: &str| folder.path().join(name).display().to_string();
        let environment = vec![
            ("HOME", path("home")),
            ("EDUZZ_CONFIG_DIR", path("config")),
            ("EDUZZ_SANDBOX", world.sandbox.url()),
            ("EDUZZ_CLIENT_ID", app.client_id.clone()),
            ("EDUZZ_CLIENT_SECRET", app.client_secret.clone()),
            ("EDUZZ_RETURN_URL", world.return_url.clone()),
        ];
        Self { folder, environment }
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.environment.retain(|(other, _)| *other != name);
        self.environment.push((name, value.to_owned()));
        self
    }

    /// What the program keeps for this person.
    pub(crate) fn kept(&self) -> Vec<PathBuf> {
        fs::read_dir(self.folder.path().join("config")).map_or_else(
            |_| Vec::new(),
            |entries| entries.map(|entry| entry.unwrap().path()).collect(),
        )
    }

    pub(crate) async fn run(&self, args: &[&str]) -> Ran {
        let output = timeout(STUCK, self.command(args).output()).await;
        let output = output.expect("the program does not end").unwrap();
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Starts a sign-in, and reads the address that the program shows.
    pub(crate) async fn login(&self) -> Login {
        let mut child = self.command(&["login", "--no-browser"]).spawn().unwrap();
        let mut err = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut told = String::new();
        let url = timeout(STUCK, address(&mut err, &mut told)).await;
        Login {
            url: url.expect("the program shows no address"),
            child,
            err,
            told,
        }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_eduzz"));
        command
            .args(args)
            .env_clear()
            .envs(self.environment.iter().cloned())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }
}

/// A sign-in that waits for its browser.
pub(crate) struct Login {
    /// The address to open.
    pub(crate) url: String,
    child: Child,
    err: Lines<BufReader<ChildStderr>>,
    told: String,
}

impl Login {
    /// Gives it up, and the port with it.
    pub(crate) async fn abandon(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Waits until the program ends.
    pub(crate) async fn ended(self) -> Ran {
        let Self {
            child,
            err,
            told: mut all,
            ..
        } = self;
        let rest = async {
            err.into_inner().read_to_string(&mut all).await.unwrap();
            child.wait_with_output().await.unwrap()
        };
        let output = timeout(STUCK, rest).await.expect("the program does not end");
        Ran {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: all,
        }
    }
}

async fn address(err: &mut Lines<BufReader<ChildStderr>>, told: &mut String) -> String {
    while let Some(line) = err.next_line().await.unwrap() {
        told.push_str(&line);
        told.push('\n');
        if line.contains("/oauth/authorize?") {
            return line.trim().to_owned();
        }
    }
    panic!("the program ended: {told}")
}
