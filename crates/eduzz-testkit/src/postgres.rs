//! A PostgreSQL server for tests, on a socket in a temporary folder.
//!
//! `EDUZZ_TEST_POSTGRES` names a server that runs already: the URL of a user that may create
//! databases. Without it a server is started from Debian's package `postgresql`, or from `PATH`.
//! The program's end stops it and removes its folder, also when it is killed.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock};

/// Creates a server, obeys a word a line, and cleans up at the end of its input: a pipe, which the
/// system closes with the program that holds its other end.
const KEEPER: &str = r#"
trap '' INT TERM HUP
folder=$(mktemp -d "${TMPDIR:-/tmp}/eduzz-postgres-XXXXXX") || exit 1
cd "$folder" || exit 1
run() { "$@" >>"$folder/log" 2>&1 </dev/null; }
start() {
    run "$1/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -o \
        "-c listen_addresses='' -c unix_socket_directories='$folder' -c max_connections=200 $2" start
}
run "$1/initdb" -D "$folder/data" --no-sync -A trust -U postgres -E UTF8 --locale=C && start "$1" "$2" ||
    { cat "$folder/log" "$folder/server.log"; rm -rf "$folder"; exit 1; }
echo "$folder"
while read -r word; do
    case $word in
    stop) run "$1/pg_ctl" -D "$folder/data" -m immediate -w stop ;;
    start) start "$1" "$2" ;;
    esac
    echo done
done
run "$1/pg_ctl" -D "$folder/data" -m immediate -w stop
cd / && rm -rf "$folder"
"#;

/// A server.
#[derive(Debug)]
pub struct Server {
    /// The URL of a database is this and its name, and then this.
    url: (String, String),
    /// The folder of `psql`.
    programs: PathBuf,
    keeper: Option<Mutex<Keeper>>,
    /// The database that [`copy`](Self::copy) copies.
    template: OnceLock<String>,
}

#[derive(Debug)]
struct Keeper {
    process: Child,
    words: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

/// Whether the server waits for its disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fsync {
    /// Each commit is synced, as in production.
    On,
    /// Nothing is synced: quick, and lost with the machine.
    Off,
}

impl Server {
    /// The server that all tests of the program share. `None` without PostgreSQL: then the test
    /// says so and passes.
    ///
    /// # Panics
    ///
    /// PostgreSQL is not installed, and `CI` is set.
    pub fn shared(test: &str) -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Server>> = OnceLock::new();
        let shared = SHARED.get_or_init(|| match std::env::var("EDUZZ_TEST_POSTGRES") {
            Ok(url) => Some(Self::at(&url)),
            Err(_) => programs().map(|programs| Self::start_in(programs, Fsync::Off)),
        });
        said(test, shared.as_ref())
    }

    /// A server of one test, which can stop it. `None` as for [`shared`](Self::shared).
    ///
    /// # Panics
    ///
    /// PostgreSQL is not installed, and `CI` is set.
    #[must_use]
    pub fn own(test: &str, fsync: Fsync) -> Option<Self> {
        said(test, programs().map(|programs| Self::start_in(programs, fsync)))
    }

    fn at(url: &str) -> Self {
        let (before, after) = url.split_once('?').unwrap_or((url, ""));
        let authority = before.split_once("://").map_or(0, |(scheme, _)| scheme.len() + 3);
        let end = before[authority..]
            .find('/')
            .map_or(before.len(), |slash| authority + slash);
        let after = if after.is_empty() {
            String::new()
        } else {
            format!("?{after}")
        };
        Self {
            url: (format!("{}/", &before[..end]), after),
            programs: programs().unwrap_or_default(),
            keeper: None,
            template: OnceLock::new(),
        }
    }

    fn start_in(programs: PathBuf, fsync: Fsync) -> Self {
        let options = match fsync {
            Fsync::On => "",
            Fsync::Off => "-c fsync=off -c full_page_writes=off",
        };
        // The server refuses to run as root.
        let is_root = Command::new("id").arg("-u").output();
        let is_root = is_root.is_ok_and(|output| output.stdout.starts_with(b"0\n"));
        let mut command = if is_root {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", "sh"]);
            command
        } else {
            Command::new("sh")
        };
        // The keyboard's interrupt ends the program, and not its keeper.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut process = command
            .args(["-c", KEEPER, "keeper"])
            .arg(&programs)
            .arg(options)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("sh");
        let words = process.stdin.take();
        let mut answers = BufReader::new(process.stdout.take().expect("a pipe"));
        let mut folder = String::new();
        answers.read_line(&mut folder).expect("the keeper");
        if !folder.starts_with('/') {
            let mut rest = String::new();
            let _cut = answers.read_to_string(&mut rest);
            panic!("PostgreSQL does not start: {folder}{rest}");
        }
        let folder = folder.trim_end();
        Self {
            url: ("postgres:///".to_owned(), format!("?host={folder}&user=postgres")),
            programs,
            keeper: Some(Mutex::new(Keeper {
                process,
                words,
                answers,
            })),
            template: OnceLock::new(),
        }
    }

    /// Creates a database from this template (`template0` is empty); returns its name.
    ///
    /// # Panics
    ///
    /// The server refuses.
    pub fn create(&self, template: &str) -> String {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("eduzz_{}_{number}", std::process::id());
        let _created = self.sql("postgres", &format!("create database {name} template {template}"));
        name
    }

    /// Creates a copy of the database that `fill` fills, given its URL; returns the copy's URL.
    ///
    /// Only the first call fills one. It must leave no connection open, which PostgreSQL does not
    /// copy from.
    ///
    /// # Panics
    ///
    /// The server refuses.
    pub fn copy(&self, fill: impl FnOnce(String)) -> String {
        let template = self.template.get_or_init(|| {
            let template = self.create("template0");
            fill(self.url(&template));
            template
        });
        self.url(&self.create(template))
    }

    /// The URL of a database.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        format!("{}{database}{}", self.url.0, self.url.1)
    }

    /// The folder of the server's socket, if this program started it.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.keeper.as_ref()?;
        let folder = self.url.1.strip_prefix("?host=")?;
        folder.split('&').next().map(Path::new)
    }

    /// Runs a statement in a database, and returns what it prints, a row a line.
    ///
    /// # Panics
    ///
    /// The statement fails.
    #[must_use]
    pub fn sql(&self, database: &str, sql: &str) -> String {
        let output = Command::new(self.programs.join("psql"))
            .args([
                "-X",
                "-q",
                "-A",
                "-t",
                "-v",
                "ON_ERROR_STOP=1",
                "-d",
                &self.url(database),
                "-c",
                sql,
            ])
            .stdin(Stdio::null())
            .output()
            .expect("psql");
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{sql}: {words}");
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    /// A dump of a database, with all rows.
    ///
    /// # Panics
    ///
    /// The dump fails.
    #[must_use]
    pub fn dump(&self, database: &str) -> String {
        let output = Command::new(self.programs.join("pg_dump"))
            .args(["--dbname", &self.url(database)])
            .stdin(Stdio::null())
            .output()
            .expect("pg_dump");
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Stops the server at once, as a crash would.
    ///
    /// # Panics
    ///
    /// This program did not start it.
    pub fn stop(&self) {
        self.say("stop");
    }

    /// Starts it again.
    ///
    /// # Panics
    ///
    /// This program did not start it.
    pub fn start(&self) {
        self.say("start");
    }

    fn say(&self, word: &str) {
        let keeper = self.keeper.as_ref().expect("a server of this program");
        let mut keeper = keeper.lock().expect("one at a time");
        let words = keeper.words.as_mut().expect("it runs");
        writeln!(words, "{word}").expect("the keeper");
        let mut done = String::new();
        keeper.answers.read_line(&mut done).expect("the keeper");
        assert_eq!(done, "done\n");
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.words.take());
        let _ended = self.process.wait();
    }
}

fn said<T>(test: &str, server: Option<T>) -> Option<T> {
    if server.is_none() {
        let is_ci = std::env::var_os("CI").is_some();
        assert!(!is_ci, "{test}: PostgreSQL is not installed");
        #[allow(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: {test}: PostgreSQL is not installed");
        }
    }
    server
}

/// The folder of the newest release, or of the one in `PATH`.
fn programs() -> Option<PathBuf> {
    let has_all = |folder: &PathBuf| {
        ["initdb", "pg_ctl", "pg_dump", "psql"]
            .iter()
            .all(|program| folder.join(program).is_file())
    };
    let release = |folder: &PathBuf| {
        let name = folder.parent().and_then(Path::file_name);
        name.and_then(|name| name.to_str()?.parse::<u32>().ok())
    };
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let debian = debian.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    let path = std::env::var_os("PATH").unwrap_or_default();
    debian
        .filter(has_all)
        .max_by_key(release)
        .or_else(|| std::env::split_paths(&path).find(has_all))
}
