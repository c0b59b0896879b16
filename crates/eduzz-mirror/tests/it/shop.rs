//! A shop at a local Eduzz, and a mirror of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use eduzz_hyper::{Account, Client, Pacing};
use eduzz_mirror::Mirror;
use eduzz_oauth::Grant;
use eduzz_sandbox::{Config, Sandbox, SandboxControl, WorldKind, WorldRow};
use eduzz_store::rusqlite::Connection;
use eduzz_store::{Clock, Sqlite};
use eduzz_sync::mirror::{Digest, Kind};
use eduzz_types::AccessToken;
use eduzz_wire::Origins;
use tempfile::TempDir;

pub(crate) struct Shop {
    pub(crate) control: SandboxControl,
    pub(crate) account: Account,
    /// The clock of the database, in milliseconds.
    clock: Arc<AtomicI64>,
    _sandbox: Sandbox,
    folder: TempDir,
}

/// What the sandbox and the mirror call the same.
const KINDS: [(Kind, WorldKind); 10] = [
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
];

impl Shop {
    /// A shop with this past, without a limit of calls.
    pub(crate) async fn open(days: u64, sales_per_day: u32) -> Self {
        let mut config = Config::seeded(20);
        config.pace = None;
        config.history = Duration::from_secs(days * 86_400);
        config.sales_per_day = sales_per_day;
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let token = AccessToken::new(&config.people.first().unwrap().personal_token);
        let sandbox = Sandbox::start(config).await.unwrap();
        let client = Client::builder()
            .origins(Origins::sandbox(&sandbox.url()).unwrap())
            .pacing(Pacing::off())
            .build()
            .unwrap();
        Self {
            control: sandbox.control().clone(),
            account: client.signed_in(Grant::personal(token)),
            clock: Arc::new(AtomicI64::new(since.as_millis().try_into().unwrap())),
            _sandbox: sandbox,
            folder: TempDir::new().unwrap(),
        }
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("mirror.sqlite")
    }

    pub(crate) async fn mirror(&self) -> Mirror<Sqlite> {
        let store = Sqlite::with_clock(self.file(), Clock::set_by(self.clock.clone()))
            .await
            .unwrap();
        let mirror = Mirror::new(store, self.account.clone(), "loja");
        mirror.init(None).await.unwrap();
        mirror
    }

    /// A sale that no catch-up reads.
    pub(crate) fn oldest_sale(&self) -> String {
        let rows = self.control.rows(WorldKind::Sale);
        let changed = |row: &WorldRow| row.value().get("updatedAt").unwrap().as_str().unwrap().to_owned();
        rows.iter().min_by_key(|row| changed(row)).unwrap().id.clone()
    }

    /// Lets time pass for the mirror.
    pub(crate) fn wait(&self, time: Duration) {
        self.clock
            .fetch_add(time.as_millis().try_into().unwrap(), Ordering::SeqCst);
    }

    /// The mirror has the rows of the world and no others, value by value.
    pub(crate) fn assert_equal(&self) {
        for (kind, world) in KINDS {
            let there: BTreeMap<String, Digest> = self
                .control
                .rows(world)
                .iter()
                .map(|row| {
                    let record = kind
                        .read(row.of.as_deref().unwrap_or_default(), &row.json)
                        .unwrap();
                    (record.key.into(), record.digest)
                })
                .collect();
            let here = rows(&self.file(), kind);
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
    }
}

/// The rows that are shown, by their digest.
fn rows(file: &Path, kind: Kind) -> BTreeMap<String, Digest> {
    let database = Connection::open(file).unwrap();
    let sql = format!("select key, m_digest from {} where m_gone is null", kind.table());
    let mut select = database.prepare(&sql).unwrap();
    let rows = select.query_map([], |row| Ok((row.get(0)?, Digest::from_bytes(row.get(1)?))));
    rows.unwrap().map(Result::unwrap).collect()
}
