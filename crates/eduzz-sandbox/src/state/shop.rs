//! The producer's shop: what is sold, to whom, and what came of it. All of it is invented, and it agrees with itself.

mod history;
mod ledger;
mod news;
mod people;
mod products;
mod sale;
mod subscription;

use std::sync::Arc;

pub(crate) use ledger::{Entry, FiscalDocument, FiscalKind, Transfer};
pub use news::SaleAction;
pub(crate) use news::{InvoiceNews, News};
pub(crate) use people::{Affiliation, Human};
pub(crate) use products::{Coupon, Discount, Product};
pub(crate) use sale::{Bump, Refund, Sale};
pub(crate) use subscription::{CannotChange, Interruption, Subscription};

use super::calendar::Moment;
use super::money::Cents;
use super::next_id;
use crate::config::{Config, Person};
use crate::random::Random;

/// The most sales that are made on one day, and of one call to sell.
const MOST_A_DAY: u32 = 1_000;
/// The most days that are invented.
const MOST_DAYS: i64 = 3_660;
/// The most sales that arrive by themselves: a clock that leaps does not fill the memory.
const MOST_ARRIVALS: u64 = 20_000;

/// Everything that MyEduzz and Sun know.
#[derive(Debug)]
pub(crate) struct Shop {
    pub(crate) producer: Producer,
    pub(crate) products: Vec<Arc<Product>>,
    pub(crate) coupons: Vec<Arc<Coupon>>,
    /// In the order of their first purchase.
    pub(crate) customers: Vec<Arc<Human>>,
    pub(crate) affiliations: Vec<Affiliation>,
    pub(crate) subscriptions: Vec<Subscription>,
    /// In the order of their ids, which is that of their creation.
    pub(crate) sales: Vec<Sale>,
    pub(crate) entries: Vec<Entry>,
    pub(crate) transfers: Vec<Transfer>,
    pub(crate) documents: Vec<FiscalDocument>,
    pub(crate) carts: Vec<Cart>,
    /// The subscriptions whose customers were sent an e-mail to change their card.
    pub(crate) card_emails: Vec<u64>,
    /// What happened since it was last told.
    pub(crate) news: Vec<News>,
    /// The sales whose money came or went, by their ids, in the order in which it did.
    moves: Vec<u64>,
    /// How many of the moves are of the past that was invented.
    past_moves: usize,
    /// How many sales were there at the start.
    pub(crate) seeded: usize,
    /// How many sales have arrived by themselves.
    arrived: u64,
    ids: Ids,
    random: Random,
}

/// Whose shop it is.
#[derive(Clone, Debug)]
pub(crate) struct Producer {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) email: String,
    /// The static "security token" that deliveries carry in clear.
    pub(crate) origin_secret: String,
}

impl Producer {
    /// The producer of a world: the first application's owner.
    pub(crate) fn of(config: &Config) -> Self {
        let owner = config.apps.first().and_then(|app| config.person(&app.owner));
        Self::new(config.seed, owner)
    }

    fn new(seed: u64, owner: Option<&Person>) -> Self {
        Self {
            id: owner.map_or(7_000_001, |owner| owner.eduzz_id),
            name: owner.map_or_else(|| "Produtor Inventado".to_owned(), |owner| owner.name.clone()),
            email: owner.map_or_else(|| "produtor@example.com".to_owned(), |owner| owner.email.clone()),
            origin_secret: format!("invented{}", Random::stream(seed, "webhook/origin").hex(16)),
        }
    }
}

/// A checkout that was made through the API.
#[derive(Clone, Debug)]
pub(crate) struct Cart {
    pub(crate) id: u64,
    pub(crate) key: String,
    pub(crate) lines: Vec<CartLine>,
    /// Who is going to pay, as the caller wrote it.
    pub(crate) customer: Option<serde_json::Value>,
}

/// A line of a cart.
#[derive(Clone, Debug)]
pub(crate) struct CartLine {
    pub(crate) product: u64,
    pub(crate) description: String,
    pub(crate) price: Cents,
    pub(crate) quantity: u64,
}

/// The last ids that were given.
#[derive(Debug)]
struct Ids {
    sale: u64,
    subscription: u64,
    customer: u64,
    entry: u64,
    document: u64,
    transfer: u64,
    cart: u64,
}

impl Ids {
    fn new(random: &mut Random) -> Self {
        let mut start = |base: u64| base + random.below(9_000);
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
    /// The shop of the first application's owner, as it stands at this moment.
    pub(crate) fn new(config: &Config, now: Moment) -> Self {
        let mut shop = Self::empty(config);
        history::invent(&mut shop, config, now);
        // The past is no news.
        shop.news.clear();
        let paid = shop.sales.iter().filter(|sale| sale.paid.is_some());
        shop.moves = paid.map(|sale| sale.id).collect();
        shop.past_moves = shop.moves.len();
        shop.seeded = shop.sales.len();
        shop.random = Random::stream(config.seed, "shop/arrivals");
        shop
    }

    fn empty(config: &Config) -> Self {
        let mut random = Random::stream(config.seed, "shop");
        let producer = Producer::of(config);
        Self {
            producer,
            products: Vec::new(),
            coupons: Vec::new(),
            customers: Vec::new(),
            affiliations: Vec::new(),
            subscriptions: Vec::new(),
            sales: Vec::new(),
            entries: Vec::new(),
            transfers: Vec::new(),
            documents: Vec::new(),
            carts: Vec::new(),
            card_emails: Vec::new(),
            news: Vec::new(),
            moves: Vec::new(),
            past_moves: 0,
            seeded: 0,
            arrived: 0,
            ids: Ids::new(&mut random),
            random,
        }
    }

    /// Makes paid sales that are newer than all others, and gives their ids.
    pub(crate) fn sell(&mut self, count: u32, now: Moment) -> Vec<u64> {
        (0..count.min(MOST_A_DAY))
            .filter_map(|_| history::arrive(self, now))
            .collect()
    }

    /// Lets so many sales have arrived in all; `at` tells when the nth one did.
    pub(crate) fn arrive_until(&mut self, count: u64, at: impl Fn(u64) -> Moment) {
        while self.arrived < count.min(MOST_ARRIVALS) {
            self.arrived += 1;
            let moment = at(self.arrived);
            history::arrive(self, moment);
        }
    }

    /// Which of the sales that arrive by themselves is the next; none when there will be no more.
    pub(crate) fn next_arrival(&self) -> Option<u64> {
        Some(self.arrived + 1).filter(|next| *next <= MOST_ARRIVALS)
    }

    /// How many sales have arrived by themselves.
    pub(crate) const fn arrived(&self) -> u64 {
        self.arrived
    }

    /// How many times money came or went.
    pub(crate) const fn moves(&self) -> usize {
        self.moves.len()
    }

    /// The sales whose money came or went since so many others did, and whether that is news; one may be there twice.
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

    pub(crate) fn product(&self, id: &str) -> Option<&Arc<Product>> {
        let id: u64 = id.parse().ok()?;
        self.products.iter().find(|product| product.id == id)
    }

    pub(crate) fn sale(&self, id: u64) -> Option<&Sale> {
        let place = self.sales.binary_search_by_key(&id, |sale| sale.id).ok()?;
        self.sales.get(place)
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

    /// The charges of a subscription, in the order in which they were made. Each is a sale (Q36).
    pub(crate) fn charges(&self, subscription: u64) -> impl Iterator<Item = &Sale> {
        self.sales
            .iter()
            .filter(move |sale| sale.subscription == Some(subscription))
    }

    /// Makes a cart.
    pub(crate) fn open_cart(&mut self, lines: Vec<CartLine>, customer: Option<serde_json::Value>) -> Cart {
        let cart = Cart {
            id: next_id(&mut self.ids.cart),
            key: self.random.hex(16),
            lines,
            customer,
        };
        self.carts.push(cart.clone());
        cart
    }
}
