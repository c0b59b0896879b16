//! Invents the shop's past, day by day, from the seed.
//!
//! The outcome of a sale is drawn when it is made; the part of it that lies after now has not
//! happened yet.

use std::sync::Arc;

use eduzz_types::myeduzz::{
    AffiliationStatus, ChargebackStatus, PaymentMethod, RecoveringStatus, SaleStatus, SubscriptionStatus,
};

use super::actions::MOST_A_DAY;
use super::books::{Producer, Shop};
use super::bulk::{self, Bulk};
use super::orders::{again, begin_subscription, new_sale, weighted};
use super::people::Human;
use super::products::{self, Affiliation, Product};
use super::sale::{Bump, Chargeback, Gains, Sale};
use crate::config::Config;
use crate::random::Random;
use crate::state::calendar::{Day, Moment};
use crate::state::money::Cents;
use crate::state::next_id;

const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;

/// More than the ids of one kind that a shop can use.
const IDS_APART: u64 = 10_000_000;

/// Most days that are invented.
const MOST_DAYS: i64 = 3_660;

impl Shop {
    /// The shop of a producer at this moment. No two shops with different numbers share an id.
    pub(crate) fn new(config: &Config, owner: Producer, seed: u64, number: u64, now: Moment) -> Self {
        let mut shop = Self::empty(owner, seed, number.saturating_mul(IDS_APART));
        invent(&mut shop, config, now);
        // Events of the past are not sent.
        shop.events.clear();
        let paid = shop.sales.iter().filter(|sale| sale.paid.is_some());
        shop.moves = paid.map(|sale| sale.id).collect();
        shop.past_moves = shop.moves.len();
        shop.seeded = shop.sales.len();
        shop.random = Random::stream(seed, "shop/arrivals");
        shop
    }

    /// The shop of a snapshot, as it goes on: what [`new`](Self::new) makes of the same arguments
    /// is its beginning.
    pub(crate) fn resume(
        self,
        config: &Config,
        owner: Producer,
        seed: u64,
        number: u64,
        born: Moment,
    ) -> Self {
        let older = (config.older_sales > 0)
            .then(|| Self::new(config, owner.clone(), seed, number, born).bulk)
            .flatten();
        self.resumed(owner, older)
    }
}

/// Fills the shop with everything that happened up to now.
fn invent(shop: &mut Shop, config: &Config, now: Moment) {
    let days = i64::try_from(config.history.as_secs() / 86_400)
        .unwrap_or(MOST_DAYS)
        .min(MOST_DAYS);
    let first = now.day().plus(-days);
    let mut random = Random::stream(shop.seed, "shop/history");
    let random = &mut random;

    let human = |random: &mut Random, id, number| Arc::new(Human::invented(random, id, number, first.at(0)));
    let helpers = (shop.first_id + 70_000_900..).zip(900..908);
    let helpers: Vec<Arc<Human>> = helpers.map(|(id, number)| human(random, id, number)).collect();
    let (partners, affiliates) = helpers.split_at_checked(2).unwrap_or_default();
    let opened = match config.older_sales {
        0 => first,
        _ => bulk::opened(first),
    };
    shop.products = products::products(random, shop.first_id, partners, opened.at(0));
    shop.coupons = products::coupons(&shop.products, now);
    affiliate(shop, random, affiliates, opened, now);
    if config.older_sales > 0 {
        let approved = shop
            .affiliations
            .iter()
            .filter(|tie| tie.status == AffiliationStatus::Approved);
        let ties = approved.map(|tie| (tie.product.id, Arc::clone(&tie.affiliate), tie.share));
        let of = (shop.seed, config.older_sales, shop.first_id);
        let bulk = Bulk::new(of, (first, now), &shop.products, &shop.coupons, ties);
        shop.bulk = Some(Arc::new(bulk));
    }

    let a_day = u64::from(config.sales_per_day.min(MOST_A_DAY));
    let mut alive: Vec<Life> = Vec::new();
    for number in 0..=days {
        let day = first.plus(number);
        let due = take_due(&mut alive, day);
        let wanted = random.below(2 * a_day + 1);
        let orders = wanted.saturating_sub(u64::try_from(due.len()).unwrap_or(u64::MAX));
        // Charges come early in the morning, orders later.
        for (life, second) in due.into_iter().zip(5 * HOUR..) {
            alive.extend(renew(shop, random, life, day.at(second), now));
        }
        let mut seconds: Vec<i64> = (0..orders)
            .map(|_| random.between(7 * HOUR, 24 * HOUR - 1))
            .collect();
        seconds.sort_unstable();
        for second in seconds {
            alive.extend(order(shop, random, day.at(second), now));
        }
    }
    for place in 0..shop.sales.len() {
        shop.book(place);
    }
    shop.transfer_by_month(random, first, now);
}

fn affiliate(shop: &mut Shop, random: &mut Random, affiliates: &[Arc<Human>], first: Day, now: Moment) {
    let mut id = shop.first_id + 41_000_000 + random.below(9_000);
    for product in &shop.products {
        for affiliate in affiliates {
            if !random.percent(45) {
                continue;
            }
            id += 1;
            let asked = first
                .plus(random.between(-40, 10))
                .at(random.between(8 * HOUR, 20 * HOUR));
            let status = match random.below(10) {
                0 => AffiliationStatus::Pending,
                1 => AffiliationStatus::Removed,
                2 => AffiliationStatus::Canceled,
                _ => AffiliationStatus::Approved,
            };
            let requested = asked.min(now);
            let answered = requested.plus(random.between(5 * MINUTE, 48 * HOUR)).min(now);
            let waits = status == AffiliationStatus::Pending;
            shop.affiliations.push(Affiliation {
                id,
                requested,
                approved: matches!(status, AffiliationStatus::Approved | AffiliationStatus::Removed)
                    .then_some(answered),
                updated: if waits { requested } else { answered },
                status,
                product: Arc::clone(product),
                affiliate: Arc::clone(affiliate),
                share: random.between(20, 40),
            });
        }
    }
}

/// A buyer orders a product, perhaps with an order bump, or begins a subscription.
fn order(shop: &mut Shop, random: &mut Random, at: Moment, now: Moment) -> Option<Life> {
    let product = weighted(random, &shop.products, |_| true)?;
    if at > now {
        return None;
    }
    if product.is_subscription() {
        return subscribe(shop, random, product, at, now);
    }
    let mut sale = new_sale(shop, random, product, at);
    become_of(random, &mut sale, now);
    linger(shop.seed, &mut sale, now);
    if !random.percent(5) {
        shop.sales.push(sale);
        return None;
    }
    let along = weighted(random, &shop.products, |along| {
        !along.is_subscription() && along.id != sale.product.id
    })?;
    let mut bump = sale.clone();
    bump.id = next_id(&mut shop.ids.sale);
    bump.price = along.price;
    bump.offer = "Oferta padrão";
    bump.product = along;
    bump.coupon = None;
    bump.discount = Cents(0);
    bump.along.clear();
    bump.pay_by(bump.method.clone(), bump.installments);
    bump.affiliate = None;
    bump.bump = Bump::With(sale.id);
    sale.bump = Bump::Main;
    // One payment pays both; later changes may concern one of them.
    bump.status = SaleStatus::WaitingPayment;
    bump.gains = Gains::default();
    bump.refund = None;
    bump.chargeback = None;
    match (sale.paid, &sale.status) {
        (Some(paid), _) => bump.pay(paid),
        (None, status) => bump.close(status.clone(), sale.updated),
    }
    shop.sales.push(sale);
    shop.sales.push(bump);
    None
}

/// Draws the outcome of a sale, and applies the part of it that lies before now.
pub(super) fn become_of(random: &mut Random, sale: &mut Sale, now: Moment) {
    let at = sale.created;
    let expires = sale.due.plus_days(1).max(at.plus_days(1));
    let chance = random.below(100);
    let delay = match sale.method {
        PaymentMethod::Pix => random.between(20, 40 * MINUTE),
        PaymentMethod::Bankslip => random.between(2 * HOUR, 52 * HOUR),
        _ => random.between(3, 90),
    };
    let (later, how, motive) = (
        random.between(12 * HOUR, 6 * 24 * HOUR),
        random.below(100),
        random.below(3),
    );
    let end = |sale: &mut Sale, status, when: Moment| {
        if when <= now {
            sale.close(status, when);
        }
    };
    match (&sale.method, chance) {
        (PaymentMethod::Bankslip, 0..30) | (PaymentMethod::Pix, 0..11) => {
            end(sale, SaleStatus::Expired, expires);
            return;
        }
        (PaymentMethod::CreditCard, 0..5) => {
            end(sale, SaleStatus::Canceled, at.plus(delay));
            return;
        }
        (PaymentMethod::CreditCard, 5..7) => {
            sale.recovering = RecoveringStatus::Active;
            end(sale, SaleStatus::Recovering, at.plus(delay));
            return;
        }
        (_, 97) => return end(sale, SaleStatus::Duplicated, at.plus(delay)),
        (_, 98) => return end(sale, SaleStatus::Canceled, at.plus(delay)),
        (_, 99) => {
            sale.status = SaleStatus::Open;
            return end(sale, SaleStatus::Canceled, expires);
        }
        _ => {}
    }
    let paid = at.plus(delay);
    if paid > now {
        if sale.method == PaymentMethod::CreditCard {
            sale.status = SaleStatus::Processing;
        }
        return;
    }
    sale.pay(paid);
    let motive = ["Não gostei", "Comprei por engano", "Esperava outra coisa"]
        .get(usize::try_from(motive).unwrap_or_default())
        .copied()
        .unwrap_or_default();
    let requested = paid.plus(later);
    let done = requested.plus(later / 3 + HOUR);
    match how {
        0..5 if requested <= now => {
            if done <= now && how > 0 {
                sale.refund(requested, done, motive);
            } else {
                sale.ask_refund(requested, motive);
            }
        }
        5..7 if done <= now => sale.refund_part(sale.gross().percent(20), requested, done),
        7..11 if sale.method == PaymentMethod::CreditCard && requested <= now => {
            charge_back(sale, how, requested, done, now);
        }
        _ => {}
    }
}

/// Some of the invoices that were not paid are negotiated, or stay open or scheduled.
fn linger(seed: u64, sale: &mut Sale, now: Moment) {
    let mut random = Random::stream(seed, &format!("sale/{}/end", sale.id));
    match (&sale.status, random.below(100)) {
        (SaleStatus::Expired, 0..15) => {
            let negotiated = sale.updated.plus(random.between(HOUR, 9 * 24 * HOUR));
            if negotiated <= now {
                sale.close(SaleStatus::Negotiated, negotiated);
            }
        }
        (SaleStatus::Canceled, 0..20) => sale.close(SaleStatus::Open, sale.created),
        (SaleStatus::Canceled, 20..40) => {
            sale.due = now.day().plus(random.between(1, 20)).end();
            sale.close(SaleStatus::Scheduled, sale.updated);
        }
        _ => {}
    }
}

fn charge_back(sale: &mut Sale, how: u64, requested: Moment, done: Moment, now: Moment) {
    let limit = requested.plus_days(5);
    let documents = requested.plus(30 * HOUR);
    let sent = (how != 7 && documents <= now).then_some(documents);
    let closed = limit.max(done);
    let status = match how {
        _ if closed > now => match sent {
            Some(_) => ChargebackStatus::UnderReview,
            None => ChargebackStatus::PendingDocuments,
        },
        7 | 8 => {
            sale.refund(requested, closed, "Chargeback");
            ChargebackStatus::Lost
        }
        _ => {
            sale.updated = closed;
            ChargebackStatus::Rejected
        }
    };
    sale.updated = sale.updated.max(requested);
    sale.chargeback = Some(Chargeback {
        status,
        requested,
        limit,
        documents: sent,
    });
}

/// A subscription that will be charged again.
#[derive(Debug)]
struct Life {
    id: u64,
    /// The first charge, which the others repeat.
    like: Sale,
    due: Day,
    made: u64,
    is_late: bool,
}

/// Takes out the subscriptions that are charged on this day.
fn take_due(alive: &mut Vec<Life>, day: Day) -> Vec<Life> {
    let (due, rest) = std::mem::take(alive)
        .into_iter()
        .partition(|life| life.due <= day);
    *alive = rest;
    due
}

fn subscribe(
    shop: &mut Shop,
    random: &mut Random,
    product: Arc<Product>,
    at: Moment,
    now: Moment,
) -> Option<Life> {
    let mut sale = new_sale(shop, random, product, at);
    sale.installments = 1;
    sale.interest = Cents(0);
    let mut subscription = begin_subscription(shop, &mut sale);
    let paid = at.plus(random.between(30, 3 * HOUR));
    let is_paid = paid <= now && !random.percent(4);
    if is_paid {
        sale.pay(paid);
        subscription.status = SubscriptionStatus::UpToDate;
        subscription.updated = Some(paid);
    } else if sale.due.plus_days(1) <= now {
        sale.close(SaleStatus::Expired, sale.due.plus_days(1));
    }
    subscription.charges = random.percent(25).then_some(6);
    let (id, due) = (subscription.id, subscription.next_due);
    shop.subscriptions.push(subscription);
    let mut like = sale.clone();
    like.membership_fee = Cents(0);
    shop.sales.push(sale);
    is_paid.then_some(Life {
        id,
        like,
        due,
        made: 1,
        is_late: false,
    })
}

/// Charges a subscription on its day; `None` when there will be no other charge.
fn renew(shop: &mut Shop, random: &mut Random, mut life: Life, at: Moment, now: Moment) -> Option<Life> {
    let (chance, later, day) = (random.below(100), random.between(2, 5), at.day());
    if at > now {
        return None;
    }
    let subscription = shop
        .subscriptions
        .find_mut(|subscription| subscription.id == life.id)?;
    if subscription.charges.is_some_and(|all| life.made >= all) {
        subscription.status = if life.is_late {
            SubscriptionStatus::Defaulter
        } else {
            SubscriptionStatus::Finished
        };
        subscription.updated = Some(at);
        return None;
    }
    if chance < 4 || (life.is_late && chance < 60) {
        let (reason, responsible) = if life.is_late {
            ("Falta de pagamento", "Sistema")
        } else {
            ("Pedido do cliente", "Suporte")
        };
        subscription.interrupt(at, reason, responsible);
        shop.cancel_open_charges(life.id, at);
        return None;
    }
    subscription.current_due = day;
    subscription.next_due = day.next(subscription.day);
    life.due = subscription.next_due;
    life.made += 1;

    let mut sale = again(life.like.clone(), at);
    sale.id = next_id(&mut shop.ids.sale);
    sale.due = day.end();

    let wait = if chance < 85 {
        40 * MINUTE
    } else {
        later * 24 * HOUR
    };
    let paid = (!life.is_late && chance < 92).then(|| at.plus(wait));
    let mut again = None;
    subscription.status = match paid {
        Some(paid) if paid <= now => {
            sale.pay(paid);
            subscription.updated = Some(paid);
            SubscriptionStatus::UpToDate
        }
        // The payment lies after now.
        Some(_) => SubscriptionStatus::AwaitingPayment,
        None => {
            if sale.method == PaymentMethod::CreditCard {
                sale.status = SaleStatus::Recovering;
                sale.recovering = RecoveringStatus::Active;
            } else if chance >= 98 {
                again = Some(sale.clone()); // Q17
            }
            subscription.updated = Some(at);
            if life.is_late {
                SubscriptionStatus::Defaulter
            } else {
                SubscriptionStatus::Late
            }
        }
    };
    let was_late = life.is_late;
    life.is_late = paid.is_none();
    shop.sales.push(sale);
    if let Some(mut again) = again {
        again.id = next_id(&mut shop.ids.sale);
        shop.sales.push(again);
    }
    (!was_late).then_some(life)
}
