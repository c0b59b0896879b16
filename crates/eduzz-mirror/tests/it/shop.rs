//! A shop at a local Eduzz, and a mirror of it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use eduzz_hyper::{Account, Client, Pacing};
use eduzz_mirror::Mirror;
use eduzz_oauth::Grant;
use eduzz_sandbox::{Config, Sandbox, SandboxControl, WorldKind, WorldRow};
use eduzz_store::mirror::MirrorStore as _;
use eduzz_store::{Clock, Store as _};
use eduzz_sync::mirror::{Choice, Kind, notices};
use eduzz_types::AccessToken;
use eduzz_webhook::Stored;
use eduzz_wire::{Origins, Pace};

use crate::database::Database;
use crate::line::Known;

pub(crate) struct Shop<D> {
    pub(crate) control: SandboxControl,
    pub(crate) database: D,
    pub(crate) token: String,
    pub(crate) known: Arc<Known>,
    pace: Option<Pace>,
    origins: Origins,
    /// The clock of the database, in milliseconds.
    clock: Arc<AtomicI64>,
    _sandbox: Sandbox,
}

/// What the sandbox and the mirror call the same.
const KINDS: [(Kind, WorldKind); 17] = [
    (Kind::Sale, WorldKind::Sale),
    (Kind::Subscription, WorldKind::Subscription),
    (Kind::Invoice, WorldKind::Invoice),
    (Kind::Customer, WorldKind::Customer),
    (Kind::Product, WorldKind::Product),
    (Kind::Offer, WorldKind::Offer),
    (Kind::StatementEntry, WorldKind::StatementEntry),
    (Kind::Transfer, WorldKind::Transfer),
    (Kind::Chargeback, WorldKind::Chargeback),
    (Kind::Affiliation, WorldKind::Affiliation),
    (Kind::NutrorStudent, WorldKind::NutrorStudent),
    (Kind::NutrorEnrollment, WorldKind::NutrorEnrollment),
    (Kind::BlinketEvent, WorldKind::BlinketEvent),
    (Kind::BlinketParticipant, WorldKind::BlinketParticipant),
    (Kind::AlpaclassTeam, WorldKind::AlpaclassTeam),
    (Kind::AlpaclassStudent, WorldKind::AlpaclassStudent),
    (Kind::HeycampMember, WorldKind::HeycampMember),
];

impl<D: Database> Shop<D> {
    /// A shop with this past, without a limit of calls. `None` where the database is not installed.
    pub(crate) async fn open(test: &str, days: u64, sales_per_day: u32) -> Option<Self> {
        Self::open_with(test, days, sales_per_day, |_| {}).await
    }

    /// A shop with older sales too.
    pub(crate) async fn open_older(
        test: &str,
        days: u64,
        sales_per_day: u32,
        older_sales: u64,
    ) -> Option<Self> {
        let older = |config: &mut Config| config.older_sales = older_sales;
        Self::open_with(test, days, sales_per_day, older).await
    }

    /// A shop with another configuration.
    pub(crate) async fn open_with(
        test: &str,
        days: u64,
        sales_per_day: u32,
        change: impl FnOnce(&mut Config),
    ) -> Option<Self> {
        let mut config = Config::seeded(20);
        config.pace = None;
        config.history = Duration::from_secs(days * 86_400);
        config.sales_per_day = sales_per_day;
        change(&mut config);
        Self::of(test, config).await
    }

    /// A small shop whose Eduzz has this limit, which its clients keep too.
    pub(crate) async fn paced(test: &str, pace: Pace) -> Option<Self> {
        let mut config = Config::seeded(20);
        let mut limit = eduzz_sandbox::Pace::default();
        (limit.requests, limit.per) = (pace.requests, pace.per);
        config.pace = Some(limit);
        let mut shop = Self::of(test, config).await?;
        shop.pace = Some(pace);
        Some(shop)
    }

    /// A shop with these settings.
    pub(crate) async fn of(test: &str, config: Config) -> Option<Self> {
        let database = D::new(test)?;
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let token = config.people.first().unwrap().personal_token.clone();
        let sandbox = Sandbox::start(config).await.unwrap();
        Some(Self {
            control: sandbox.control().clone(),
            database,
            token,
            known: Known::new(),
            pace: None,
            origins: Origins::sandbox(&sandbox.url()).unwrap(),
            clock: Arc::new(AtomicI64::new(since.as_millis().try_into().unwrap())),
            _sandbox: sandbox,
        })
    }

    /// The account, by a client of its own.
    fn account(&self) -> Account {
        let pacing = self.pace.map_or_else(Pacing::off, Pacing::new);
        let builder = Client::builder().origins(self.origins.clone()).pacing(pacing);
        let line = self.known.line(builder.socket().unwrap());
        let client = builder.transport(line).build().unwrap();
        client.signed_in(Grant::personal(AccessToken::new(&self.token)))
    }

    /// A mirror of every kind, with a client of its own.
    pub(crate) async fn mirror(&self) -> Mirror<D::Store> {
        self.mirror_by(Clock::set_by(self.clock.clone())).await
    }

    /// A mirror as another program has it, by the database's own clock.
    pub(crate) async fn program(&self) -> Mirror<D::Store> {
        self.mirror_by(Clock::default()).await
    }

    async fn mirror_by(&self, clock: Clock) -> Mirror<D::Store> {
        let store = self.database.open(clock).await;
        let mirror = Mirror::new(store, self.account(), "loja");
        mirror.init(None).await.unwrap();
        let communities = self.control.community_ids();
        let choice = Choice::all().communities(communities);
        mirror.choose(choice).await.unwrap();
        mirror
    }

    /// A sale that no catch-up reads.
    pub(crate) fn oldest_sale(&self) -> String {
        let rows = self.control.rows(WorldKind::Sale);
        let changed = |row: &WorldRow| row.value().get("updatedAt").unwrap().as_str().unwrap().to_owned();
        rows.iter().min_by_key(|row| changed(row)).unwrap().id.clone()
    }

    /// Tells the mirror that something about these sales changed.
    pub(crate) async fn tell(&self, mirror: &Mirror<D::Store>, sales: &[String]) {
        let now = mirror.store().now().await.unwrap();
        let told = |id: &String| {
            let data = serde_json::json!({ "id": id });
            let body = serde_json::json!({ "id": "e", "event": "myeduzz.invoice_paid", "data": data });
            notices(&Stored::verified_before(body.to_string()).event(), None, now)
        };
        let told = sales.iter().flat_map(told).collect();
        mirror.store().tell("loja", told).await.unwrap();
    }

    /// Tells that a sale has this status since now.
    pub(crate) async fn tell_of(&self, mirror: &Mirror<D::Store>, sale: &str, status: &str) {
        let now = mirror.store().now().await.unwrap();
        let data = serde_json::json!({ "id": sale, "status": status });
        let body =
            serde_json::json!({ "id": "e", "event": format!("myeduzz.invoice_{status}"), "data": data });
        let told = notices(&Stored::verified_before(body.to_string()).event(), None, now);
        assert_eq!(mirror.store().tell("loja", told).await.unwrap(), 1);
    }

    /// Sales that wait for an answer.
    pub(crate) async fn unsettled(&self, mirror: &Mirror<D::Store>) -> u64 {
        let states = mirror.proof().state().await.unwrap();
        let sales = states.iter().find(|state| state.holding.kind == Kind::Sale);
        sales.unwrap().holding.unsettled
    }

    /// Lets time pass for the mirror.
    pub(crate) fn wait(&self, time: Duration) {
        self.clock
            .fetch_add(time.as_millis().try_into().unwrap(), Ordering::SeqCst);
    }

    /// The mirror has the rows of the world and no others, value by value.
    pub(crate) async fn assert_equal(&self) {
        self.assert_equal_in(|_| true).await;
    }

    /// The same of these kinds; of others the mirror has nothing.
    pub(crate) async fn assert_equal_in(&self, has: impl Fn(Kind) -> bool) {
        for (kind, world) in KINDS {
            if has(kind) {
                self.assert_rows_equal(kind, world).await;
            } else {
                assert_eq!(self.rows(kind).await, BTreeMap::new(), "{kind}");
            }
        }
    }

    pub(crate) async fn assert_rows_equal(&self, kind: Kind, world: WorldKind) {
        let there: BTreeMap<String, String> = self
            .control
            .rows(world)
            .iter()
            .map(|row| {
                let record = kind
                    .read(row.of.as_deref().unwrap_or_default(), &row.json)
                    .unwrap();
                (record.key.into(), format!("{:?}", record.digest))
            })
            .collect();
        let here = self.rows(kind).await;
        let missing: Vec<_> = there.keys().filter(|key| !here.contains_key(*key)).collect();
        let extra: Vec<_> = here.keys().filter(|key| !there.contains_key(*key)).collect();
        let other: Vec<_> = here
            .iter()
            .filter(|(key, digest)| there.get(*key).is_some_and(|there| there != *digest))
            .collect();
        assert!(
            missing.is_empty() && extra.is_empty() && other.is_empty(),
            "{kind}: of {} the mirror misses {missing:?}, has {extra:?} too, and {other:?} differ",
            there.len()
        );
    }

    /// The rows that are shown, by their digest.
    pub(crate) async fn rows(&self, kind: Kind) -> BTreeMap<String, String> {
        let (digest, table) = (D::hex("m_digest"), kind.table());
        let sql = format!("select key, {digest} from {table} where m_gone is null");
        let rows = self.database.ask(&sql).await.into_iter();
        let pair = |row: Vec<String>| <[String; 2]>::try_from(row).unwrap().into();
        rows.map(pair).collect()
    }
}
