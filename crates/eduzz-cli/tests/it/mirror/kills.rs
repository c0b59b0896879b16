//! The mirror is killed at random moments, while events are lost and the service fails and lags;
//! in the end it is the account.

#![expect(clippy::print_stdout, reason = "what the kills hit")]

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use eduzz_hyper::{Client, Pacing};
use eduzz_mirror::Mirror;
use eduzz_oauth::Grant;
use eduzz_sandbox::{Config, DeliveryState, Fault, Sandbox, SandboxControl, WorldKind};
use eduzz_store::mirror::{List, MirrorStore};
use eduzz_store::{Clock, Limits, Postgres, Sqlite, Store};
use eduzz_sync::mirror::{Kind, Record, Value};
use eduzz_testkit::postgres::Server;
use eduzz_types::AccessToken;
use eduzz_wire::Origins;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::inbox::file;
use crate::kill::{Base, Fuse, chance};
use crate::lists::home as signed_in;
use crate::support::{Home, Running, free_port};

/// Moments between one kill and the next, at most. A call has two or more.
const MOMENTS: u64 = 60;

/// Something happens in the shop at each eighth moment.
const LIFE: usize = 8;

/// How far the API is behind its events.
const LAG: Duration = Duration::from_secs(2);

/// The events that tell of sales and subscriptions.
const EVENTS: [&str; 18] = [
    "commission_processed",
    "contract_bankslip_attempted",
    "contract_card_attempted",
    "contract_created",
    "contract_eduzz_balance_attempted",
    "contract_pix_attempted",
    "contract_updated",
    "invoice_canceled",
    "invoice_chargeback",
    "invoice_expired",
    "invoice_negotiated",
    "invoice_opened",
    "invoice_paid",
    "invoice_recovering",
    "invoice_refunded",
    "invoice_scheduled",
    "invoice_waiting_payment",
    "invoice_waiting_refund",
];

/// What a program had begun: passes whose window it holds.
const HELD: &str = "select count(*) from eduzz_window where held_until is not null";

/// Leases end, and every window and record is due.
const DUE: &str = "update eduzz_window set held_until = null, check_at = 0 where read_at is not null;
    update eduzz_window set held_until = null where read_at is null";

#[tokio::test]
async fn a_killed_mirror_is_the_account_with_sqlite() {
    kill_many(&Base::Sqlite, 1).await;
}

#[tokio::test]
async fn four_killed_mirrors_are_the_account_with_sqlite() {
    kill_many(&Base::Sqlite, 4).await;
}

#[tokio::test]
async fn a_killed_mirror_is_the_account_with_postgresql() {
    if let Some(server) = Server::shared("a_killed_mirror_is_the_account_with_postgresql") {
        kill_many(&Base::Postgres(server, "cli_mirror_kills_one"), 1).await;
    }
}

#[tokio::test]
async fn four_killed_mirrors_are_the_account_with_postgresql() {
    if let Some(server) = Server::shared("four_killed_mirrors_are_the_account_with_postgresql") {
        kill_many(&Base::Postgres(server, "cli_mirror_kills_four"), 4).await;
    }
}

/// Stands between the programs and the sandbox. Each part of a request or an answer that passes is
/// a moment.
pub(super) struct Between {
    pub(super) fuse: Fuse,
    control: SandboxControl,
    /// Connections that wait for an answer.
    waiting: AtomicUsize,
    moments: AtomicUsize,
    has_life: AtomicUsize,
}

impl Between {
    /// Listens; gives its URL.
    pub(super) async fn start(sandbox: &Sandbox) -> (Arc<Self>, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let between = Arc::new(Self {
            fuse: Fuse::default(),
            control: sandbox.control().clone(),
            waiting: AtomicUsize::new(0),
            moments: AtomicUsize::new(0),
            has_life: AtomicUsize::new(0),
        });
        let to = sandbox.url().trim_start_matches("http://").to_owned();
        let passing = Arc::clone(&between);
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let (between, to) = (Arc::clone(&passing), to.clone());
                tokio::spawn(async move {
                    if let Ok(service) = TcpStream::connect(to).await {
                        between.pass(socket, service).await;
                    }
                });
            }
        });
        (between, url)
    }

    async fn pass(&self, mut program: TcpStream, mut service: TcpStream) {
        let (mut asked, mut answered) = (vec![0; 65_536], vec![0; 65_536]);
        let mut waits = false;
        loop {
            let passed = tokio::select! {
                read = program.read(&mut asked) => match read {
                    Ok(read) if read > 0 => {
                        if !waits {
                            waits = true;
                            self.waiting.fetch_add(1, Ordering::SeqCst);
                        }
                        service.write_all(&asked[..read]).await
                    }
                    _ => break,
                },
                read = service.read(&mut answered) => match read {
                    Ok(read) if read > 0 => {
                        if waits {
                            waits = false;
                            self.waiting.fetch_sub(1, Ordering::SeqCst);
                        }
                        program.write_all(&answered[..read]).await
                    }
                    _ => break,
                },
            };
            if passed.is_err() {
                break;
            }
            self.moment();
        }
        if waits {
            self.waiting.fetch_sub(1, Ordering::SeqCst);
        }
    }

    fn moment(&self) {
        let number = self.moments.fetch_add(1, Ordering::SeqCst);
        if self.has_life.load(Ordering::SeqCst) > 0 && number.is_multiple_of(LIFE) {
            self.control.live(1);
        }
        self.fuse.moment();
    }
}

/// A shop with a past, whose sandbox sends webhooks over sockets.
async fn shop() -> Sandbox {
    let mut config = Config::seeded(30);
    config.pace = None;
    config.history = Duration::from_secs(12 * 86_400);
    config.sales_per_day = 6;
    config.webhooks.retries = vec![Duration::from_secs(1); 100];
    Sandbox::start(config).await.unwrap()
}

fn faults() -> [Fault; 7] {
    [
        Fault::delivered_never().chance(300),
        Fault::delivered_twice().chance(300),
        Fault::delivered_shuffled(2 * LAG),
        Fault::delivered_late(LAG).chance(200),
        Fault::server_error().chance(10),
        Fault::bad_gateway().chance(10),
        Fault::cut().chance(10),
    ]
}

/// Starts an inbox at this port.
async fn inbox(home: &Home, port: u16) -> Running {
    let mut inbox = home.start(&format!("inbox serve --port {port}"));
    assert_eq!(inbox.port().await, port);
    inbox
}

async fn subscribe(home: &Home, port: u16) {
    let events = json!(EVENTS.map(|event| format!("myeduzz.{event}")));
    let create = format!(
        "call CreateWebhookSubscription --set name=x --set url=http://127.0.0.1:{port}/ --set 'events={events}'"
    );
    let made = home.run(&create).await.ended(0).json();
    let id = made["id"].as_str().unwrap();
    let activate = format!("call SetWebhookSubscriptionStatus --set id={id} --set status=active");
    home.run(&activate).await.ended(0);
}

async fn kill_many(base: &Base, programs: u32) {
    let kills = std::env::var("EDUZZ_KILLS").map_or(10, |kills| kills.parse().unwrap());
    let mut random = chance();
    let sandbox = shop().await;
    let control = sandbox.control();
    let (between, url) = Between::start(&sandbox).await;
    let mut home = signed_in(&sandbox).with("EDUZZ_WEBHOOK_SECRET", sandbox.webhook_secret().expose());
    home.set("EDUZZ_SANDBOX", &url);
    let db = base.url(&home);
    home.set("EDUZZ_DB", &db);
    home.run("mirror init").await.ended(0);
    let port = free_port().await;
    let mut receiving = inbox(&home, port).await;
    subscribe(&home, port).await;

    control.set_lag(LAG);
    control.set_faults(faults());
    between.has_life.store(1, Ordering::SeqCst);
    let deleted = control.seeded_sale_ids().swap_remove(3);
    let (mut hit, mut in_calls, mut in_passes) = (0, 0, 0);
    for kill in 0..kills {
        between
            .fuse
            .light(1 + random.below(MOMENTS * u64::from(programs)));
        let running: Vec<Running> = (0..programs).map(|_| home.start("mirror run")).collect();
        if programs > 1 && random.below(3) == 0 {
            // Leases end although their holders work.
            base.change(
                &home,
                "update eduzz_window set held_until = 0 where held_until is not null",
            );
        }
        between.fuse.burnt.notified().await;
        spin(random.below(5_000));
        let waiting = between.waiting.load(Ordering::SeqCst);
        let mut unfinished = 0;
        for program in running {
            // A program says what its run did when it ended.
            unfinished += usize::from(program.kill().await.is_empty());
        }
        let held: usize = base.cell(&home, HELD).parse().unwrap();
        hit += usize::from(waiting + held + unfinished > 0);
        in_calls += usize::from(waiting > 0);
        in_passes += usize::from(held > 0);
        base.change(&home, DUE);
        base.change(&home, &due());
        if kill == kills / 2 {
            control.delete(WorldKind::Sale, &deleted).unwrap();
        }
        if kill % 5 == 4 {
            receiving.kill().await;
            receiving = inbox(&home, port).await;
        }
    }
    let strikes = control.fault_strikes();
    println!(
        "{hit} of {kills} kills hit, {in_calls} in a call, {in_passes} in a pass; faults struck {strikes:?}"
    );
    assert!(strikes[..4].iter().all(|struck| *struck > 5), "{strikes:?}");
    assert_eq!(hit, kills, "a kill hit no run that worked");

    // Nothing happens any more, and everything arrives.
    between.has_life.store(0, Ordering::SeqCst);
    control.clear_faults();
    control.set_lag(Duration::ZERO);
    let is_on_its_way =
        |state: &DeliveryState| matches!(state, DeliveryState::Waiting { .. } | DeliveryState::UnderWay);
    while control
        .deliveries()
        .history()
        .iter()
        .any(|sent| is_on_its_way(&sent.state))
    {
        home.run("inbox status").await;
    }
    receiving.kill().await;
    let ten_minutes = Duration::from_secs(600);
    base.change(&home, &passes(ten_minutes));
    home.run("mirror run --once").await.ended(0);
    home.run("mirror verify").await.ended(0);
    assert_equal(base, &home, control, Gone::MayBeThere);
    // The service has to say for a while that a record is gone.
    base.change(&home, &passes(ten_minutes));
    home.run("mirror run --once").await.ended(0);
    assert_equal(base, &home, control, Gone::IsMarked);
    // The pass that has a record without a call of its own marked proves nothing yet.
    base.change(&home, &passes(ten_minutes));
    home.run("mirror run --once").await.ended(0);
    assert_equal(base, &home, control, Gone::IsMarked);
    home.run("mirror verify --offline").await.ended(0);
    home.run("mirror status").await.ended(0);

    prove(base, &home, &db, &sandbox).await;
    tamper(base, &home).await;
}

fn spin(micros: u64) {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_micros(micros) {
        std::hint::spin_loop();
    }
}

/// Every record that waits is due.
fn due() -> String {
    let tables = Kind::ALL.iter().map(|kind| kind.table());
    tables
        .map(|table| format!("update {table} set m_refetch = 0 where m_refetch is not null;"))
        .collect()
}

/// A time passes for the database: what it remembers is that much longer ago.
fn passes(time: Duration) -> String {
    let mut columns = vec![
        ("eduzz_window", "held_until"),
        ("eduzz_window", "began"),
        ("eduzz_window", "read_at"),
        ("eduzz_window", "sealed_at"),
        ("eduzz_window", "check_at"),
        ("eduzz_change", "at"),
        ("eduzz_unreadable", "seen_at"),
        ("eduzz_event", "received_at"),
        ("eduzz_event", "due"),
    ];
    for kind in Kind::ALL {
        let own = ["m_asked", "m_answered", "m_news", "m_refetch", "m_gone", "m_seen"];
        columns.extend(own.map(|column| (kind.table(), column)));
    }
    let time = time.as_millis();
    let mut sql: String = columns
        .iter()
        .map(|(table, column)| format!("update {table} set {column} = {column} - {time};"))
        .collect();
    sql += &format!("update eduzz_mark set at = at - {time} where name <> 'first_day'");
    sql
}

/// The sandbox's rows of a kind, as the mirror reads them.
fn world(control: &SandboxControl, kind: Kind) -> Vec<Record> {
    let is_same = |world: &&WorldKind| format!("{world:?}") == format!("{kind:?}");
    let world = WorldKind::ALL.iter().find(is_same).unwrap();
    let rows = control.rows(*world).into_iter();
    rows.map(|row| {
        kind.read(row.of.as_deref().unwrap_or_default(), &row.json)
            .unwrap()
    })
    .collect()
}

/// The records that the service deleted.
#[derive(Clone, Copy, PartialEq)]
enum Gone {
    /// The service has not said so for long enough.
    MayBeThere,
    IsMarked,
}

/// The mirror has the rows of the world, value by value and cent by cent, and no others but those
/// that the service deleted a moment ago.
#[track_caller]
fn assert_equal(base: &Base, home: &Home, control: &SandboxControl, gone: Gone) {
    let hex = match base {
        Base::Sqlite => "lower(hex(m_digest))",
        Base::Postgres(..) => "encode(m_digest, 'hex')",
    };
    // A mirror has the members of the communities that a user names.
    for kind in Kind::ALL.iter().filter(|kind| **kind != Kind::HeycampMember) {
        let table = kind.table();
        let there: BTreeMap<String, String> = world(control, *kind)
            .iter()
            .map(|record| {
                let digest = record.digest.as_bytes();
                let digest = digest.iter().map(|byte| format!("{byte:02x}")).collect();
                (record.key.to_string(), digest)
            })
            .collect();
        let rows = format!("select key || ' ' || {hex} from {table} where m_gone is null");
        let here = base.column(home, &rows).into_iter().map(|row| {
            let (key, digest) = row.rsplit_once(' ').unwrap();
            (key.to_owned(), digest.to_owned())
        });
        let here: BTreeMap<String, String> = here.collect();
        let is_extra = |key: &&String| gone == Gone::IsMarked && !there.contains_key(*key);
        let extra: Vec<&String> = here.keys().filter(is_extra).collect();
        let missing: Vec<&String> = there.keys().filter(|key| !here.contains_key(*key)).collect();
        let other: Vec<&String> = there
            .iter()
            .filter(|(key, digest)| here.get(*key).is_some_and(|here| here != *digest))
            .map(|(key, _)| key)
            .collect();
        assert!(
            other.is_empty() && missing.is_empty() && extra.is_empty(),
            "{kind}: of {} the mirror misses {missing:?}, has {extra:?} too, and {other:?} differ",
            there.len()
        );
        if let Some(amount) = kind.amount().filter(|_| gone == Gone::IsMarked) {
            let name = format!("{amount}_e4");
            let columns = kind.columns();
            let place = columns.iter().position(|column| column.name == name).unwrap();
            let amounts = world(control, *kind);
            let sum: i64 = amounts
                .iter()
                .map(|record| match record.values[place] {
                    Value::Int(amount) => amount,
                    _ => 0,
                })
                .sum();
            let here = format!("select coalesce(sum({name}), 0) from {table} where m_gone is null");
            assert_eq!(base.cell(home, &here), sum.to_string(), "{kind}: {name}");
        }
    }
}

/// Once every day is over, everything is proven.
async fn prove(base: &Base, home: &Home, db: &str, sandbox: &Sandbox) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap() + Duration::from_secs(50 * 86_400);
    let clock = Clock::set_by(Arc::new(AtomicI64::new(now.as_millis().try_into().unwrap())));
    match base {
        Base::Sqlite => prove_in(Sqlite::with_clock(file(home), clock).await.unwrap(), sandbox).await,
        Base::Postgres(..) => {
            let store = Postgres::with(db, clock, Limits::default()).await.unwrap();
            prove_in(store, sandbox).await;
        }
    }
    assert_equal(base, home, sandbox.control(), Gone::IsMarked);
}

async fn prove_in<S: Store + MirrorStore>(store: S, sandbox: &Sandbox) {
    let person = sandbox.person();
    let client = Client::builder()
        .origins(Origins::sandbox(&sandbox.url()).unwrap())
        .pacing(Pacing::off())
        .build()
        .unwrap();
    let account = client.signed_in(Grant::personal(AccessToken::new(&person.personal_token)));
    let mirror = Mirror::new(store, account, &person.account_id);
    mirror.run_once().await.unwrap();
    for state in mirror.proof().state().await.unwrap() {
        assert!(state.is_proven(), "{state:?}");
        let list = List::new(&person.account_id, state.holding.kind);
        for window in mirror.store().windows(&list).await.unwrap() {
            // The newest days are to come, for the service.
            assert!(
                window.doubt.is_none() || window.rows == Some(0),
                "{list:?}: {window:?}"
            );
        }
    }
    assert_eq!(mirror.proof().examine().await.unwrap(), []);
}

/// A row that another hand changes is named and doubted.
async fn tamper(base: &Base, home: &Home) {
    let key = base.cell(home, "select min(key) from eduzz_sale where m_gone is null");
    let more = format!("update eduzz_sale set net_gain_e4 = net_gain_e4 + 1 where key = '{key}'");
    base.change(home, &more);
    let flaws = home.run("mirror verify --offline --json").await.ended(1).json();
    assert_eq!(
        (&flaws[0]["kind"], &flaws[0]["records"]),
        (&json!("sale"), &json!([key]))
    );
    let status = home.run("mirror status --json").await.ended(1).json();
    for state in status.as_array().unwrap() {
        assert_eq!(state["doubtful"], u64::from(state["kind"] == "sale"), "{state}");
    }
}
