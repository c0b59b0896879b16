//! The inbox is killed at random moments, and loses nothing that it answered.

#![expect(clippy::print_stdout, reason = "what the kills hit")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use eduzz_sandbox::{Attempt, Clock, Config, Deliveries, Fault, ReceiverAnswer, Sandbox, Sender};
use eduzz_testkit::chance::Chance;
use eduzz_testkit::postgres::Server;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::list;
use crate::fake_service::{Asked, FakeService, Reply, response};
use crate::kill::{Base, Fuse, chance};
use crate::listen::post;
use crate::support::{Home, Running, free_port};

const KILLS: usize = 20;

/// Waits of the sender: many, so that no event is given up.
const RETRIES: usize = 100;
const RETRY: Duration = Duration::from_secs(60);

/// Moments between one kill and the next, at most. An event has about six.
const MOMENTS: u64 = 100;

/// Half a minute of leases, and the waits after failures, go by.
const TIME_PASSES: &str = "update eduzz_event set due = 0 where state in ('claimed', 'ready')";

/// The waits after failures go by, while the program runs.
const WAITS_END: &str = "update eduzz_event set due = 0 where state = 'ready'";

/// Events that a worker has.
const CLAIMED: &str = "select count(*) from eduzz_event where state = 'claimed'";

/// The sender's side: what was sent, and what was answered.
struct Sending {
    port: u16,
    fuse: Arc<Fuse>,
    answered: Mutex<BTreeSet<String>>,
    in_flight: AtomicUsize,
    cut: AtomicUsize,
}

impl Sending {
    /// Sends a delivery, or a part of it; gives the answer.
    async fn send(&self, attempt: &Attempt, is_cut: bool) -> ReceiverAnswer {
        self.in_flight.fetch_add(1, Ordering::SeqCst);
        let status = self.exchange(attempt, is_cut).await;
        self.in_flight.fetch_sub(1, Ordering::SeqCst);
        if is_cut {
            self.cut.fetch_add(1, Ordering::SeqCst);
        }
        self.fuse.moment();
        match status {
            Some(status) => {
                if status == 200 && attempt.event != "ping" {
                    self.answered.lock().unwrap().insert(attempt.id.clone());
                }
                ReceiverAnswer::status(status)
            }
            None => ReceiverAnswer::none("cut off"),
        }
    }

    async fn exchange(&self, attempt: &Attempt, is_cut: bool) -> Option<u16> {
        let mut socket = TcpStream::connect(("127.0.0.1", self.port)).await.ok()?;
        self.fuse.moment();
        let bytes = post(&attempt.body, &[("x-signature", &attempt.signature)]);
        let sent = if is_cut {
            bytes.len() - attempt.body.len() / 2
        } else {
            bytes.len()
        };
        socket.write_all(&bytes[..sent]).await.ok()?;
        self.fuse.moment();
        if is_cut {
            return None;
        }
        let mut answer = Vec::new();
        socket.read_to_end(&mut answer).await.ok()?;
        String::from_utf8(answer).ok()?.split(' ').nth(1)?.parse().ok()
    }

    /// Sends everything that is due.
    async fn send_due(self: &Arc<Self>, deliveries: &Deliveries, random: &mut Chance, cuts: bool) {
        let mut sent = JoinSet::new();
        for attempt in deliveries.due() {
            let (sending, deliveries) = (Arc::clone(self), deliveries.clone());
            let is_cut = cuts && random.below(5) == 0;
            sent.spawn(async move {
                let answer = sending.send(&attempt, is_cut).await;
                deliveries.answered(&attempt, answer);
            });
        }
        while sent.join_next().await.is_some() {}
    }
}

/// The user's service, and the ids and idempotency keys of the events that it accepted.
struct Service {
    fake: FakeService,
    accepted: Arc<Mutex<BTreeMap<String, String>>>,
}

/// Starts a service that refuses each third event at first.
async fn service(fuse: &Arc<Fuse>) -> Service {
    let fuse = Arc::clone(fuse);
    let accepted = Arc::new(Mutex::new(BTreeMap::new()));
    let noted = Arc::clone(&accepted);
    let seen: Mutex<BTreeSet<String>> = Mutex::default();
    let fake = FakeService::start(move |asked| {
        fuse.moment();
        let (id, key) = came(asked);
        let mut seen = seen.lock().unwrap();
        let is_third = seen.len().is_multiple_of(3);
        if seen.insert(id.clone()) && is_third {
            return Reply::Bytes(response(500, "{}"));
        }
        noted.lock().unwrap().insert(id, key);
        Reply::Bytes(response(200, "{}"))
    })
    .await;
    Service { fake, accepted }
}

/// The id of an event that came to the service, and its idempotency key.
fn came(asked: &Asked) -> (String, String) {
    let text = String::from_utf8(asked.bytes.clone()).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let key = head
        .lines()
        .find_map(|line| line.strip_prefix("idempotency-key: "));
    let body: Value = serde_json::from_str(body).unwrap();
    (body["id"].as_str().unwrap().to_owned(), key.unwrap().to_owned())
}

async fn start(home: &Home, port: u16, service: &Service) -> Running {
    let url = &service.fake.url;
    let mut running = home.start(&format!("inbox serve --port {port} --forward-to {url}"));
    assert_eq!(running.port().await, port);
    running
}

/// A sandbox whose deliveries the test sends, and a home for its webhooks.
async fn sandbox(clock: &Clock, base: &Base) -> (Sandbox, Home) {
    let mut config = Config::default();
    config.clock = clock.clone();
    config.webhooks.sender = Sender::ByHand;
    config.webhooks.parallel = 12;
    config.webhooks.retries = vec![RETRY; RETRIES];
    config.faults = vec![
        Fault::delivered_twice().every(4),
        Fault::delivered_late(Duration::from_secs(90)).every(5),
    ];
    let sandbox = Sandbox::start(config).await.unwrap();
    let mut home = Home::new()
        .at(&sandbox)
        .with("EDUZZ_TOKEN", &sandbox.person().personal_token)
        .with("EDUZZ_WEBHOOK_SECRET", sandbox.webhook_secret().expose());
    let db = base.url(&home);
    home.set("EDUZZ_DB", &db);
    (sandbox, home)
}

/// Subscribes to the events of a paid sale, and answers the ping with the running inbox.
async fn subscribe(home: &Home, deliveries: &Deliveries, sending: &Sending) {
    let events = json!([
        "myeduzz.invoice_paid",
        "myeduzz.commission_processed",
        "myeduzz.invoice_opened"
    ]);
    let url = format!("http://127.0.0.1:{}/", sending.port);
    let create =
        format!("call CreateWebhookSubscription --set name=x --set url={url} --set 'events={events}'");
    let made = home.run(&create).await.ended(0).json();
    let activate = format!(
        "call SetWebhookSubscriptionStatus --set id={} --set status=active",
        made["id"].as_str().unwrap()
    );
    let ping = async {
        for attempt in deliveries.next_due().await {
            let answer = sending.send(&attempt, false).await;
            deliveries.answered(&attempt, answer);
        }
    };
    let (activated, ()) = tokio::join!(home.run(&activate), ping);
    activated.ended(0);
}

#[tokio::test]
async fn nothing_answered_is_lost_by_kills_with_sqlite() {
    nothing_answered_is_lost(&Base::Sqlite).await;
}

#[tokio::test]
async fn nothing_answered_is_lost_by_kills_with_postgresql() {
    if let Some(server) = Server::shared("nothing_answered_is_lost_by_kills_with_postgresql") {
        nothing_answered_is_lost(&Base::Postgres(server, "cli_kills")).await;
    }
}

async fn nothing_answered_is_lost(base: &Base) {
    let mut random = chance();
    let fuse = Arc::new(Fuse::default());
    let clock = Clock::manual(SystemTime::now());
    let (sandbox, home) = sandbox(&clock, base).await;
    let (control, deliveries) = (sandbox.control(), sandbox.control().deliveries());
    let behind = service(&fuse).await;
    let sending = Arc::new(Sending {
        port: free_port().await,
        fuse: Arc::clone(&fuse),
        answered: Mutex::default(),
        in_flight: AtomicUsize::new(0),
        cut: AtomicUsize::new(0),
    });

    let mut running = start(&home, sending.port, &behind).await;
    subscribe(&home, &deliveries, &sending).await;
    let mut hit = 0;
    for _ in 0..KILLS {
        fuse.light(1 + random.below(MOMENTS));
        let selling = async {
            // Deliveries on their way end when the program is gone.
            while !fuse.is_burnt() {
                control.sell(2);
                sending.send_due(&deliveries, &mut random, true).await;
                clock.advance(RETRY);
            }
        };
        let killing = async {
            fuse.burnt.notified().await;
            let in_flight = sending.in_flight.load(Ordering::SeqCst);
            running.kill().await;
            in_flight
        };
        let ((), in_flight) = tokio::join!(selling, killing);
        let claimed: usize = base.cell(&home, CLAIMED).parse().unwrap();
        hit += usize::from(in_flight + claimed > 0);
        base.change(&home, TIME_PASSES);
        running = start(&home, sending.port, &behind).await;
    }
    // The rest, without failures of the sender.
    control.clear_faults();
    while deliveries.wake().is_some() {
        sending.send_due(&deliveries, &mut random, false).await;
        clock.advance(RETRY);
    }
    loop {
        let status = home.run("inbox status --json").await.ended(0).json();
        if status["dead"] != 0 {
            // Its worker was killed nine times: nothing is lost, and it is retried on demand.
            home.run("inbox retry --dead").await.ended(0);
        } else if status["waiting"] == 0 {
            assert!(status["copies"].as_u64().unwrap() > 0, "{status}");
            break;
        }
        base.change(&home, WAITS_END);
    }
    drop(running);

    let rows = list(&home, "--limit 100000").await;
    let mut stored: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &rows {
        assert_eq!(row["state"], "done", "{row}");
        *stored.entry(row["id"].as_str().unwrap()).or_default() += 1;
    }
    let accepted = behind.accepted.lock().unwrap().clone();
    let asked = behind.fake.asked();
    let answered = sending.answered.lock().unwrap().clone();
    for id in &answered {
        assert_eq!(stored.get(id.as_str()), Some(&1), "{id}");
        assert!(accepted.contains_key(id), "{id}");
    }
    let keys: BTreeSet<&String> = accepted.values().collect();
    assert_eq!((keys.len(), accepted.len()), (stored.len(), stored.len()));
    for (id, key) in asked.iter().map(came) {
        assert_eq!(accepted[&id], key);
    }
    let cut = sending.cut.load(Ordering::SeqCst);
    println!(
        "{} events answered, {} stored, {} accepted in {} requests; {hit} of {KILLS} kills hit, {cut} deliveries cut",
        answered.len(),
        stored.len(),
        accepted.len(),
        asked.len()
    );
    assert!(answered.len() > 50 && cut > 10 && control.faults_struck() > 10);
    assert!(hit >= KILLS / 2, "{hit} of {KILLS} kills hit");
}
