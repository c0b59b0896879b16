//! The process that is killed.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use eduzz_inbox::{Failure, Handled, Inbox};

use super::database::{Database, SqliteFile};
use super::watched::{Places, Watched, announce};
use crate::support::{Hands, keys};

/// The handlers: two with writes, and one between them that fails at first for some events.
pub(crate) const LEDGER: &str = "ledger";
pub(crate) const POST: &str = "post";
pub(crate) const BOOKS: &str = "books";
pub(crate) const HANDLERS: usize = 3;

/// Holds the plan, in the environment of the child.
const PLAN: &str = "EDUZZ_INBOX_TEST_PLAN";

/// What the child does.
pub(crate) struct Plan {
    pub(crate) database: String,
    /// Its clock stands still.
    pub(crate) millis: i64,
    pub(crate) is_ordered: bool,
    /// The place at which it holds, and at which time.
    pub(crate) at: Option<(String, u32)>,
}

impl Plan {
    fn write(&self) -> String {
        let (place, time) = self.at.clone().unwrap_or_default();
        let (millis, is_ordered) = (self.millis, self.is_ordered);
        format!("{millis}\n{is_ordered}\n{place}\n{time}\n{}", self.database)
    }

    fn read(text: &str) -> Self {
        let mut lines = text.splitn(5, '\n');
        let mut next = || lines.next().unwrap();
        let (millis, is_ordered) = (next().parse().unwrap(), next().parse().unwrap());
        let at = (next().to_owned(), next().parse().unwrap());
        Self {
            database: next().to_owned(),
            millis,
            is_ordered,
            at: (at.1 > 0).then_some(at),
        }
    }
}

/// A child process, seen by its parent. It is killed at the end.
pub(crate) struct Child {
    process: std::process::Child,
    lines: Receiver<String>,
}

impl Child {
    pub(crate) fn start(plan: &Plan) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kills::child::runs_until_it_is_killed", "--nocapture"])
            .env(PLAN, plan.write())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let errors = BufReader::new(process.stderr.take().unwrap());
        let (send, lines) = channel();
        thread::spawn(move || {
            for line in errors.lines().map_while(Result::ok) {
                let _ = send.send(line);
            }
        });
        Self { process, lines }
    }

    /// Waits for the line with this start; returns the rest of it.
    fn line(&self, start: &str, about: &str) -> String {
        let end = Instant::now() + Duration::from_secs(20);
        let mut seen = Vec::new();
        while let Ok(line) = self
            .lines
            .recv_timeout(end.saturating_duration_since(Instant::now()))
        {
            if let Some(rest) = line.strip_prefix(start) {
                return rest.to_owned();
            }
            seen.push(line);
        }
        panic!("{about}: no line {start:?}, but {seen:?}");
    }

    pub(crate) fn port(&self, about: &str) -> u16 {
        self.line("listens on ", about).parse().unwrap()
    }

    pub(crate) fn wait_for(&self, place: &str, about: &str) {
        self.line(&format!("at {place}"), about);
    }

    pub(crate) fn kill(&mut self) -> ExitStatus {
        self.process.kill().unwrap();
        self.process.wait().unwrap()
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Adds the handlers, which announce their places.
pub(crate) fn handlers<D: Database>(
    inbox: Inbox<Watched<D::Store>>,
    places: &Places,
) -> Inbox<Watched<D::Store>> {
    let writing = |name: &'static str| {
        let places = places.clone();
        move |inbound: eduzz_inbox::Inbound| {
            let places = places.clone();
            async move {
                places.at(Places::HANDLER);
                let once = inbound.row().once.clone();
                Ok(Handled::with(D::effect(name, once, places)))
            }
        }
    };
    inbox
        .handler(LEDGER, writing(LEDGER))
        .handler(POST, |inbound| async move {
            if inbound.row().attempts == 1 && inbound.row().once.ends_with('1') {
                return Err(Failure::new("later").into());
            }
            Ok(Handled::new())
        })
        .handler(BOOKS, writing(BOOKS))
}

/// What a child process does; alone it does nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn runs_until_it_is_killed() {
    let Ok(plan) = std::env::var(PLAN) else {
        return;
    };
    let plan = Plan::read(&plan);
    #[cfg(feature = "postgres")]
    if plan.database.starts_with("postgres:") {
        return receive::<super::database::OnServer>(&plan).await;
    }
    receive::<SqliteFile>(&plan).await;
}

async fn receive<D: Database>(plan: &Plan) {
    let places = match plan.at.clone() {
        Some((place, time)) => Places::holding(place, time),
        None => Places::default(),
    };
    let store = D::at(&plan.database).open(Hands::at(plan.millis).clock()).await;
    let mut inbox = Inbox::new(Watched::new(store, places.clone()));
    if plan.is_ordered {
        inbox = inbox.ordered();
    }
    let inbox = handlers::<D>(inbox, &places);
    let app: axum::Router = axum::Router::new().route_service("/eduzz", inbox.receiver(keys()));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    announce(&format!("listens on {}", listener.local_addr().unwrap().port()));
    let working = tokio::spawn(async move { inbox.run(std::future::pending()).await });
    axum::serve(listener, app).await.unwrap();
    working.await.unwrap().unwrap();
}
