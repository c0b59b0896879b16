//! The world of one account: its shop, and the records of the products beside it.

use std::collections::VecDeque;
use std::ops::Deref;
use std::sync::atomic::{AtomicU64, AtomicUsize};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::config::{Config, Person};
use crate::random::Random;
use crate::resources::Resources;
use crate::state::calendar::Moment;
use crate::state::shop::{Producer, Shop};

/// The world of one account. Each part is made on first use: a program that only signs users in
/// does not pay for it.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) id: String,
    /// The world of the first application's owner has the seed of the configuration.
    seed: u64,
    /// No two accounts have the same number.
    number: u64,
    producer: Producer,
    shop: Part<Shop>,
    resources: Part<Resources>,
    /// The shop as it was, oldest first, while reads lag.
    past: Mutex<VecDeque<Picture>>,
    /// Calls answered with success.
    pub(crate) answered: AtomicU64,
    /// How many movements of the shop's money the other parts have seen.
    pub(crate) settled: AtomicUsize,
}

impl Account {
    /// The worlds of all people: first the first application's owner's.
    pub(crate) fn all(config: &Config) -> (Self, Vec<Self>) {
        let owner = config.apps.first().and_then(|app| config.person(&app.owner));
        let first = Self::new(config.seed, 0, owner);
        let others = config
            .people
            .iter()
            .filter(|person| person.account_id != first.id);
        let others = others.zip(1..).map(|(person, number)| {
            let seed = Random::stream(config.seed, &format!("account/{}", person.account_id)).seed();
            Self::new(seed, number, Some(person))
        });
        let others = others.collect();
        (first, others)
    }

    fn new(seed: u64, number: u64, person: Option<&Person>) -> Self {
        Self {
            id: person.map_or_else(String::new, |person| person.account_id.clone()),
            seed,
            number,
            producer: Producer::new(seed, person),
            shop: Part::default(),
            resources: Part::default(),
            past: Mutex::default(),
            answered: AtomicU64::new(0),
            settled: AtomicUsize::new(0),
        }
    }

    /// The shop, whose past ends at `born`.
    pub(crate) fn shop(&self, config: &Config, born: Moment) -> MutexGuard<'_, Shop> {
        let make = || Shop::new(config, self.producer.clone(), self.seed, self.number, born);
        self.shop.lock(make)
    }

    /// The records of the other products, as they were made.
    pub(crate) fn resources(&self, born: Moment, shop: &Shop) -> MutexGuard<'_, Resources> {
        self.resources.lock(|| Resources::new(self.seed, born, shop))
    }

    /// Takes over the world of a snapshot.
    pub(crate) fn resume(&mut self, config: &Config, world: AccountWorld, born: Moment) {
        let owner = self.producer.clone();
        let shop = world
            .shop
            .map(|shop| shop.resume(config, owner, self.seed, self.number, born));
        self.shop = Part::of(shop);
        self.resources = Part::of(world.resources);
        self.settled = AtomicUsize::new(world.settled);
    }

    fn past(&self) -> MutexGuard<'_, VecDeque<Picture>> {
        // A picture is added whole.
        self.past.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the shop as it is since `at`, unless it is known. The first picture counts for all
    /// earlier times. Pictures that no read after `oldest` can show are forgotten.
    pub(crate) fn remember(&self, shop: &Shop, at: SystemTime, oldest: SystemTime) {
        let mut past = self.past();
        let revision = shop.revision();
        let last = past.back().map(|last| (last.since, last.revision));
        if last.is_none_or(|(_, known)| known != revision) {
            past.push_back(Picture {
                since: last.map_or(at, |(since, _)| since.max(at)),
                revision,
                shop: Arc::new(shop.picture()),
            });
        }
        while past.get(1).is_some_and(|next| next.since <= oldest) {
            past.pop_front();
        }
    }

    /// Whether a picture of the shop is kept.
    pub(crate) fn remembers(&self) -> bool {
        !self.past().is_empty()
    }

    /// The shop as it was at this time, as far as it is remembered.
    pub(crate) fn as_of(&self, time: SystemTime) -> Option<Arc<Shop>> {
        let past = self.past();
        let known = past.iter().rev().find(|picture| picture.since <= time);
        known.or(past.front()).map(|picture| Arc::clone(&picture.shop))
    }

    /// Forgets the past.
    pub(crate) fn forget(&self) {
        self.past().clear();
    }

    pub(crate) fn has_shop(&self) -> bool {
        self.shop.0.get().is_some()
    }

    /// The shop, if it was made.
    pub(crate) fn made_shop(&self) -> Option<MutexGuard<'_, Shop>> {
        self.shop.made()
    }

    /// The records of the other products, if they were made.
    pub(crate) fn made_resources(&self) -> Option<MutexGuard<'_, Resources>> {
        self.resources.made()
    }
}

/// What a snapshot has of an account: the parts that were made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct AccountWorld {
    pub(crate) id: String,
    pub(crate) shop: Option<Shop>,
    pub(crate) resources: Option<Resources>,
    /// How many movements of the shop's money the other parts have seen.
    pub(crate) settled: usize,
}

/// The shop as it was.
#[derive(Debug)]
struct Picture {
    since: SystemTime,
    revision: u64,
    shop: Arc<Shop>,
}

/// A shop that a call reads: as it is, or as it was.
pub(crate) enum Shown<'a> {
    Now(MutexGuard<'a, Shop>),
    Past(Arc<Shop>),
}

impl Deref for Shown<'_> {
    type Target = Shop;

    fn deref(&self) -> &Shop {
        match self {
            Self::Now(shop) => shop,
            Self::Past(shop) => shop,
        }
    }
}

/// A part of the state, made on first use.
#[derive(Debug)]
struct Part<T>(OnceLock<Mutex<T>>);

impl<T> Part<T> {
    fn lock(&self, make: impl FnOnce() -> T) -> MutexGuard<'_, T> {
        let part = self.0.get_or_init(|| Mutex::new(make()));
        // After a panic the state is still answered from.
        part.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn of(made: Option<T>) -> Self {
        Self(made.map_or_else(OnceLock::new, |made| OnceLock::from(Mutex::new(made))))
    }

    fn made(&self) -> Option<MutexGuard<'_, T>> {
        Some(self.0.get()?.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<T> Default for Part<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}
