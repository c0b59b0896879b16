//! The data of the producer's shop.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::bulk::Bulk;
use super::cart::{Cart, CartBuyer, CartLine};
use super::entries::{Entry, FiscalDocument, Transfer};
use super::event::ShopEvent;
use super::people::Human;
use super::products::{Affiliation, Coupon, Product};
use super::sale::Sale;
use super::subscription::Subscription;
use crate::config::Person;
use crate::random::Random;
use crate::state::calendar::Moment;
use crate::state::kept::Kept;
use crate::state::next_id;
use crate::world::WorldKind;

/// The data of MyEduzz and Sun.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Shop {
    #[serde(skip)]
    pub(crate) producer: Producer,
    pub(crate) products: Vec<Arc<Product>>,
    pub(crate) coupons: Vec<Arc<Coupon>>,
    /// In the order of their first purchase.
    pub(crate) customers: Vec<Arc<Human>>,
    pub(crate) affiliations: Kept<Affiliation>,
    pub(crate) subscriptions: Kept<Subscription>,
    /// In the order of ids, which is that of creation.
    pub(crate) sales: Kept<Sale>,
    /// Older sales, which are made when they are read.
    #[serde(skip)]
    pub(crate) bulk: Option<Arc<Bulk>>,
    pub(crate) entries: Kept<Entry>,
    pub(crate) transfers: Kept<Transfer>,
    pub(crate) documents: Kept<FiscalDocument>,
    pub(crate) carts: Vec<Cart>,
    /// The subscriptions whose customers were sent an e-mail to change their card.
    pub(crate) card_emails: Vec<u64>,
    /// Events that were not taken yet.
    pub(super) events: Vec<ShopEvent>,
    /// The ids of sales whose money came or went, in order.
    pub(super) moves: Vec<u64>,
    /// How many of the moves are of the invented past.
    pub(super) past_moves: usize,
    /// The number of sales at the start.
    pub(crate) seeded: usize,
    /// The number of sales that arrived by themselves.
    pub(super) arrived: u64,
    /// How many of them had when the sandbox was started.
    #[serde(skip)]
    arrived_before: u64,
    /// The number of things that happened by themselves.
    pub(super) lived: u64,
    pub(super) ids: Ids,
    pub(super) random: Random,
    pub(super) seed: u64,
    /// The ids of this shop are above it.
    pub(super) first_id: u64,
    /// The turn of the next new sale.
    pub(super) turn: usize,
    /// Members of rows that were changed silently, by kind and id.
    pub(super) patches: BTreeMap<WorldKind, BTreeMap<String, Value>>,
    /// Changes that no list counts.
    #[serde(skip)]
    pub(super) other_changes: u64,
}

/// The owner of the shop.
#[derive(Clone, Debug, Default)]
pub(crate) struct Producer {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) email: String,
    /// The static "security token" that deliveries carry in clear.
    pub(crate) origin_secret: String,
}

impl Producer {
    /// A person as a producer.
    pub(crate) fn new(seed: u64, owner: Option<&Person>) -> Self {
        Self {
            id: owner.map_or(7_000_001, |owner| owner.eduzz_id),
            name: owner.map_or_else(|| "Produtor Inventado".to_owned(), |owner| owner.name.clone()),
            email: owner.map_or_else(|| "produtor@example.com".to_owned(), |owner| owner.email.clone()),
            origin_secret: format!("invented{}", Random::stream(seed, "webhook/origin").hex(16)),
        }
    }
}

/// The last ids of each kind.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Ids {
    pub(super) sale: u64,
    pub(super) subscription: u64,
    pub(super) customer: u64,
    pub(super) entry: u64,
    pub(super) document: u64,
    pub(super) transfer: u64,
    pub(super) cart: u64,
}

impl Ids {
    fn new(random: &mut Random, first: u64) -> Self {
        let mut start = |base: u64| first + base + random.below(9_000);
        Self {
            sale: start(81_000_000),
            subscription: start(2_400_000),
            customer: start(51_000_000),
            entry: start(310_000_000),
            document: start(7_100_000),
            transfer: start(640_000),
            cart: start(9_300_000),
        }
    }
}

impl Shop {
    /// An empty shop.
    pub(super) fn empty(producer: Producer, seed: u64, first_id: u64) -> Self {
        let mut random = Random::stream(seed, "shop");
        Self {
            producer,
            ids: Ids::new(&mut random, first_id),
            random,
            seed,
            first_id,
            ..Self::default()
        }
    }

    /// Takes out the events since the last call.
    pub(crate) fn take_events(&mut self) -> Vec<ShopEvent> {
        std::mem::take(&mut self.events)
    }

    /// How many sales have arrived by themselves.
    pub(crate) const fn arrived(&self) -> u64 {
        self.arrived
    }

    /// How many of them since the sandbox was started.
    pub(super) const fn arrived_now(&self) -> u64 {
        self.arrived.saturating_sub(self.arrived_before)
    }

    /// This shop as it goes on in a sandbox that was started again. The owner and the older sales
    /// follow from the configuration.
    pub(super) fn resumed(mut self, producer: Producer, older: Option<Arc<Bulk>>) -> Self {
        self.arrived_before = self.arrived;
        self.producer = producer;
        self.bulk = older;
        self
    }

    /// A number that every change of what calls show increases.
    pub(crate) fn revision(&self) -> u64 {
        let lists = [
            self.affiliations.changes(),
            self.subscriptions.changes(),
            self.sales.changes(),
            self.entries.changes(),
            self.transfers.changes(),
            self.documents.changes(),
        ];
        lists.iter().sum::<u64>() + self.other_changes
    }

    /// The shop as calls show it, without what is still to be done.
    pub(crate) fn picture(&self) -> Self {
        let mut picture = self.clone();
        picture.events.clear();
        picture
    }

    /// How often money came or went.
    pub(crate) const fn moves(&self) -> usize {
        self.moves.len()
    }

    /// The sales whose money came or went after the first `seen` moves, and whether that was after
    /// the start; a sale may repeat.
    pub(crate) fn moved_since(&self, seen: usize) -> impl Iterator<Item = (&Sale, bool)> {
        self.moves
            .iter()
            .enumerate()
            .skip(seen)
            .filter_map(|(number, id)| {
                let sale = self.sale(*id)?;
                Some((sale, number >= self.past_moves))
            })
    }

    /// The time of a new sale: sales are in the order of creation, also when the clock is set back.
    pub(super) fn newest(&self, now: Moment) -> Moment {
        self.sales.last().map_or(now, |newest| now.max(newest.created))
    }

    /// The members of a row that were changed silently.
    pub(crate) fn patch(&self, kind: WorldKind, id: impl FnOnce() -> String) -> Option<&Value> {
        self.patches.get(&kind.patched_as())?.get(&id())
    }

    pub(crate) fn product(&self, id: &str) -> Option<&Arc<Product>> {
        let id: u64 = id.parse().ok()?;
        self.products.iter().find(|product| product.id == id)
    }

    pub(crate) fn sale(&self, id: u64) -> Option<&Sale> {
        let place = self.sales.by_key(&id, |sale| sale.id)?;
        self.sales.get(place)
    }

    /// The sale with this id, also one of the older ones.
    pub(crate) fn any_sale(&self, id: u64) -> Option<Cow<'_, Sale>> {
        self.sale(id).map(Cow::Borrowed).or_else(|| {
            let bulk = self.bulk.as_ref()?;
            bulk.sale(bulk.number_of(id)?).map(Cow::Owned)
        })
    }

    /// The customer with this address, also one of the older sales.
    pub(crate) fn any_customer(&self, email: &str) -> Option<Arc<Human>> {
        self.customer(email).cloned().or_else(|| {
            let bulk = self.bulk.as_ref()?;
            bulk.customer_at(email).map(|number| bulk.customer(number))
        })
    }

    pub(crate) fn customer(&self, email: &str) -> Option<&Arc<Human>> {
        self.customers.iter().find(|customer| customer.is_at(email))
    }

    pub(crate) fn subscription(&self, id: &str) -> Option<&Subscription> {
        let id: u64 = id.parse().ok()?;
        self.subscriptions
            .iter()
            .find(|subscription| subscription.id == id)
    }

    /// The charges of a subscription, oldest first. Each is a sale (Q36).
    pub(crate) fn charges(&self, subscription: u64) -> impl Iterator<Item = &Sale> {
        self.sales
            .iter()
            .filter(move |sale| sale.subscription == Some(subscription))
    }

    /// Makes a cart.
    pub(crate) fn open_cart(&mut self, lines: Vec<CartLine>, buyer: CartBuyer) -> Cart {
        let cart = Cart {
            id: next_id(&mut self.ids.cart),
            key: self.random.hex(16),
            lines,
            buyer,
            sale: None,
        };
        self.carts.push(cart.clone());
        cart
    }
}
