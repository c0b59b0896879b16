//! Two processes on one database, two producers, one of them revoked.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "tests"
)]

use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use eduzz::Client;
use eduzz::sandbox::{Answer, Config, DEFAULT_RETURN_URL, Person, Sandbox};
use http::header::{COOKIE, LOCATION, RETRY_AFTER, SET_COOKIE};
use http::{Request, Response};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;

/// The program, as a process.
struct Process {
    url: String,
    _child: Child,
}

impl Process {
    async fn start(sandbox: &Sandbox, eduzz: &str, database: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_many-producers"))
            .arg(database)
            .envs(sandbox.environment())
            .env("EDUZZ_SANDBOX", eduzz)
            .env("EDUZZ_RETURN_URL", DEFAULT_RETURN_URL)
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines.next_line().await.unwrap().unwrap();
        Self { url, _child: child }
    }
}

/// A person at a browser.
struct Browser<'a> {
    sandbox: &'a Sandbox,
    person: &'a Person,
    cookie: String,
}

impl<'a> Browser<'a> {
    fn new(sandbox: &'a Sandbox, person: &'a Person) -> Self {
        let cookie = String::new();
        Self {
            sandbox,
            person,
            cookie,
        }
    }

    async fn get(&self, process: &Process, path: &str) -> Response<Vec<u8>> {
        let request = Request::get(format!("{}{path}", process.url));
        let request = request.header(COOKIE, &self.cookie).body(Vec::new()).unwrap();
        Client::new().unwrap().send(request).await.unwrap()
    }

    /// Connects to Eduzz: begins at one process, and comes back to another.
    async fn connect(&mut self, begin: &Process, end: &Process) {
        let away = self.get(begin, "/connect").await;
        let cookie = away.headers()[SET_COOKIE].to_str().unwrap();
        self.cookie = cookie.split(';').next().unwrap().to_owned();
        let visitor = self.sandbox.visitor_as(self.person);
        let visit = visitor.visit(away.headers()[LOCATION].to_str().unwrap(), Answer::Approve);
        let back = visit.await.unwrap().returned_to;
        let path = back.strip_prefix("http://127.0.0.1:8484").unwrap();
        assert_eq!(self.get(end, path).await.status(), 303);
        // The code is exchanged once.
        assert_eq!(self.get(end, path).await.status(), 502);
    }

    async fn sees(&self, process: &Process, expected: &str) {
        seen(&self.get(process, "/").await, expected);
    }

    async fn sees_name(&self, process: &Process) {
        self.sees(process, &self.person.name).await;
    }
}

fn seen(page: &Response<Vec<u8>>, expected: &str) {
    let text = std::str::from_utf8(page.body()).unwrap();
    assert!(text.contains(expected), "{}: {text}", page.status());
}

const LINK: &str = "href=\"/connect\"";

/// A way to the sandbox that can hold its answers back.
struct Gate {
    url: String,
    /// A permit lets one piece of an answer pass.
    open: Arc<Semaphore>,
    /// A permit for each piece that has come.
    came: Arc<Semaphore>,
}

impl Gate {
    async fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (open, came) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
        let gate = Self {
            url,
            open: Arc::clone(&open),
            came: Arc::clone(&came),
        };
        gate.open();
        tokio::spawn(async move {
            while let Ok((program, _)) = listener.accept().await {
                let (open, came) = (Arc::clone(&open), Arc::clone(&came));
                tokio::spawn(async move {
                    let (mut requests, mut to_program) = program.into_split();
                    let sandbox = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
                    let (mut answers, mut to_sandbox) = sandbox.into_split();
                    tokio::spawn(async move { tokio::io::copy(&mut requests, &mut to_sandbox).await });
                    let mut piece = vec![0; 64 * 1024];
                    while let Ok(length @ 1..) = answers.read(&mut piece).await {
                        came.add_permits(1);
                        open.acquire().await.unwrap().forget();
                        to_program.write_all(&piece[..length]).await.unwrap();
                    }
                });
            }
        });
        gate
    }

    fn close(&self) {
        self.open.forget_permits(Semaphore::MAX_PERMITS);
        self.came.forget_permits(Semaphore::MAX_PERMITS);
    }

    fn open(&self) {
        self.open.add_permits(Semaphore::MAX_PERMITS / 2);
    }
}

#[tokio::test]
async fn late_401_does_not_overwrite_a_newer_sign_in() {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("app.db");
    let gate = Gate::to(sandbox.port()).await;
    let one = Process::start(&sandbox, &sandbox.url(), &database).await;
    let other = Process::start(&sandbox, &gate.url, &database).await;

    let people = &sandbox.config().people;
    let mut helena = Browser::new(&sandbox, &people[0]);
    let mut jurema = Browser::new(&sandbox, &people[2]);
    jurema.sees(&one, LINK).await;
    helena.connect(&one, &other).await;
    jurema.connect(&one, &one).await;
    helena.sees_name(&one).await;
    jurema.sees_name(&other).await;

    // The answer to a call with the revoked token waits at the gate.
    gate.close();
    assert_eq!(sandbox.control().revoke_tokens(&jurema.person.account_id), 2);
    let late = async {
        let page = jurema.get(&other, "/").await;
        seen(&page, LINK);
    };
    let meanwhile = async {
        gate.came.acquire().await.unwrap().forget();
        jurema.sees(&one, LINK).await;
        jurema.sees(&other, LINK).await;
        helena.sees_name(&one).await;
        let mut again = Browser::new(&sandbox, jurema.person);
        again.connect(&one, &one).await;
        gate.open();
        again
    };
    let ((), again) = tokio::join!(late, meanwhile);
    again.sees_name(&other).await;
    again.sees_name(&one).await;
    helena.sees_name(&other).await;
    sandbox.stop().await;
}

#[tokio::test]
async fn busy_page_says_when_to_come_back() {
    let sandbox = Sandbox::start(Config::default()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let process = Process::start(&sandbox, &sandbox.url(), &folder.path().join("app.db")).await;
    let people = &sandbox.config().people;
    let mut helena = Browser::new(&sandbox, &people[0]);
    let mut jurema = Browser::new(&sandbox, &people[2]);
    helena.connect(&process, &process).await;
    jurema.connect(&process, &process).await;

    for _ in 0..30 {
        helena.sees_name(&process).await;
    }
    let busy = helena.get(&process, "/").await;
    assert_eq!(busy.status(), 503);
    let seconds: u64 = busy.headers()[RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    // Producers do not wait for each other.
    jurema.sees_name(&process).await;
    sandbox.stop().await;
}
