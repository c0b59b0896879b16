//! The whole world of a sandbox as one value that can be kept.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::account::AccountWorld;
use crate::config::{Config, ConfigError};
use crate::running::Told;
use crate::state::access::Access;
use crate::state::calendar::Moment;
use crate::state::interned;
use crate::webhooks::saved::SavedQueue;

/// The version of what is written. It changes with any field of [`Parts`].
const VERSION: u32 = 1;

/// Everything that happened in a sandbox: the shops and the records of all accounts, tokens, return
/// URLs, webhooks with what waits and the history, and the clock.
///
/// [`SandboxControl::snapshot`](crate::SandboxControl::snapshot) makes one, and a sandbox that is
/// started with it in [`Config::snapshot`] goes on as the other would have:
///
/// * Its clock is as far ahead as the other's was moved. New sales come in from its start on: the
///   time between brings none.
/// * Deliveries that were in flight are sent again.
/// * Reads that [lag](Config::lag) show the world as it is at first.
/// * Faults, the pace and the other settings are those of its own configuration. Requests and
///   browsers at the consent page are forgotten.
///
/// It is written as JSON, in a form that is this version's own.
///
/// ```
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// use eduzz_sandbox::{Config, Sandbox, Snapshot};
///
/// let sandbox = Sandbox::start(Config::default()).await?;
/// sandbox.control().sell(3);
/// let kept: Vec<u8> = sandbox.control().snapshot().to_json();
/// sandbox.stop().await;
///
/// let again = Sandbox::start(Snapshot::from_json(&kept)?.config()).await?;
/// # again.stop().await;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Snapshot(Arc<Parts>);

/// What a snapshot holds.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Parts {
    pub(crate) origin: Origin,
    /// The end of the shops' invented past.
    pub(crate) born: Moment,
    /// How far the clock was moved forward.
    pub(crate) ahead: Duration,
    pub(crate) accounts: Vec<AccountWorld>,
    pub(crate) access: Access,
    pub(crate) webhooks: SavedQueue,
    #[serde(deserialize_with = "interned::keys")]
    pub(crate) told: Told,
}

/// What a world begins with.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Origin {
    seed: u64,
    history: Duration,
    sales_per_day: u32,
    older_sales: u64,
    /// The ids of accounts, each in its place.
    accounts: Vec<String>,
    /// The client ids of applications, each in its place.
    apps: Vec<String>,
}

impl Origin {
    pub(crate) fn of(config: &Config) -> Self {
        let people = config.people.iter();
        let apps = config.apps.iter();
        Self {
            seed: config.seed,
            history: config.history,
            sales_per_day: config.sales_per_day,
            older_sales: config.older_sales,
            accounts: people.map(|person| person.account_id.clone()).collect(),
            apps: apps.map(|app| app.client_id.clone()).collect(),
        }
    }
}

/// A snapshot as it is written.
#[derive(Serialize, Deserialize)]
struct Written<P> {
    eduzz_sandbox: u32,
    world: P,
}

/// The part of a snapshot that all versions have.
#[derive(Deserialize)]
struct Head {
    eduzz_sandbox: u32,
}

impl Snapshot {
    pub(crate) fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    pub(crate) fn parts(&self) -> &Parts {
        &self.0
    }

    /// The snapshot as JSON. It holds the tokens of the sandbox.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let written = Written {
            eduzz_sandbox: VERSION,
            world: &*self.0,
        };
        // Texts as keys and finite numbers: it can always be written.
        serde_json::to_vec(&written).unwrap_or_default()
    }

    /// Reads a snapshot.
    ///
    /// # Errors
    ///
    /// It is of another version, or no snapshot, or not a whole one.
    pub fn from_json(json: &[u8]) -> Result<Self, BadSnapshot> {
        let broken = |error: serde_json::Error| BadSnapshot::Broken {
            line: error.line(),
            column: error.column(),
        };
        let Head {
            eduzz_sandbox: version,
        } = serde_json::from_slice(json).map_err(broken)?;
        if version != VERSION {
            return Err(BadSnapshot::Version {
                found: version,
                known: VERSION,
            });
        }
        let written: Written<Parts> = serde_json::from_slice(json).map_err(broken)?;
        Ok(Self::new(written.world))
    }

    /// The configuration to go on with: the seed and the length of the past that the world began
    /// with, the default in all else, and this snapshot.
    ///
    /// A sandbox with other people or applications than those of [`Config::seeded`] needs them in
    /// the configuration again.
    #[must_use]
    pub fn config(self) -> Config {
        let origin = &self.0.origin;
        let mut config = Config::seeded(origin.seed);
        config.history = origin.history;
        config.sales_per_day = origin.sales_per_day;
        config.older_sales = origin.older_sales;
        config.snapshot = Some(self);
        config
    }

    /// Checks that the world began as this configuration says.
    pub(crate) fn fits(&self, config: &Config) -> Result<(), ConfigError> {
        let (kept, asked) = (&self.0.origin, &Origin::of(config));
        let differs = |setting| Err(ConfigError::OtherWorld { setting });
        match () {
            () if kept.seed != asked.seed => differs("seed"),
            () if kept.history != asked.history => differs("history"),
            () if kept.sales_per_day != asked.sales_per_day => differs("sales_per_day"),
            () if kept.older_sales != asked.older_sales => differs("older_sales"),
            () if kept.accounts != asked.accounts => differs("people"),
            () if kept.apps != asked.apps => differs("apps"),
            () => Ok(()),
        }
    }
}

impl fmt::Debug for Snapshot {
    /// It holds tokens.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot")
            .field("seed", &self.0.origin.seed)
            .finish_non_exhaustive()
    }
}

/// Why a snapshot cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadSnapshot {
    /// Another version of the sandbox wrote it.
    #[error("a snapshot of version {found}; this sandbox reads version {known}")]
    Version {
        /// The snapshot's version.
        found: u32,
        /// The version that is read.
        known: u32,
    },
    /// It is no snapshot, or a part of it is missing or was changed.
    #[error("no whole snapshot of a sandbox: it cannot be read at line {line}, column {column}")]
    Broken {
        /// The line of the first thing that is wrong, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
}
