//! Invents the shop's past, day by day, and the sales that arrive later. All of it follows from the seed.
//!
//! What is to become of a sale is drawn when it is made; what of it lies after now has not happened yet.

use std::sync::Arc;

use eduzz_types::myeduzz::{
    AffiliationStatus, ChargebackStatus, PaymentMethod, RecoveringStatus, SaleStatus, SubscriptionStatus,
};

use super::people::{Affiliation, Human};
use super::sale::{Bump, Chargeback, Gains, Sale, Utm};
use super::{MOST_A_DAY, MOST_DAYS, Product, Shop, Subscription, products};
use crate::config::Config;
use crate::random::Random;
use crate::state::calendar::{Day, Moment};
use crate::state::money::Cents;
use crate::state::next_id;

const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;

/// Fills the shop with everything that happened up to now.
pub(super) fn invent(shop: &mut Shop, config: &Config, now: Moment) {
    let days = i64::try_from(config.history.as_secs() / 86_400)
        .unwrap_or(MOST_DAYS)
        .min(MOST_DAYS);
    let first = now.day().plus(-days);
    let mut random = Random::stream(config.seed, "shop/history");
    let random = &mut random;

    let human = |random: &mut Random, id, number| Arc::new(Human::invented(random, id, number, first.at(0)));
    let helpers: Vec<Arc<Human>> = (900..908_u64)
        .map(|number| {
            human(
                random,
                70_000_000 + number,
                usize::try_from(number).unwrap_or_default(),
            )
        })
        .collect();
    let (partners, affiliates) = helpers.split_at_checked(2).unwrap_or_default();
    shop.products = products::products(random, partners, first.at(0));
    shop.coupons = products::coupons(&shop.products, now);
    affiliate(shop, random, affiliates, first, now);

    let a_day = u64::from(config.sales_per_day.min(MOST_A_DAY));
    let mut alive: Vec<Life> = Vec::new();
    for number in 0..=days {
        let day = first.plus(number);
        let due = take_due(&mut alive, day);
        let wanted = random.below(2 * a_day + 1);
        let orders = wanted.saturating_sub(u64::try_from(due.len()).unwrap_or(u64::MAX));
        // The charges come early in the morning, the orders later.
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

/// Makes a sale that is paid at once, newer than all others.
pub(super) fn arrive(shop: &mut Shop, now: Moment) -> Option<u64> {
    let mut sale = order_by_pix(shop, now)?;
    shop.tell_made(&sale);
    sale.pay(sale.created);
    shop.tell_paid(&sale);
    let id = sale.id;
    shop.sales.push(sale);
    shop.book(shop.sales.len() - 1);
    shop.moves.push(id);
    Some(id)
}

/// A sale that is to be paid by Pix, newer than all others; it is not in the shop yet.
pub(super) fn order_by_pix(shop: &mut Shop, now: Moment) -> Option<Sale> {
    by_pix(shop, now, |product| !product.is_subscription())
}

fn by_pix(shop: &mut Shop, now: Moment, wanted: impl Fn(&Product) -> bool) -> Option<Sale> {
    let mut random = shop.random.clone();
    let at = shop.sales.last().map_or(now, |newest| now.max(newest.created));
    let product = weighted(&mut random, &shop.products, wanted)?;
    let mut sale = new_sale(shop, &mut random, product, at);
    sale.method = PaymentMethod::Pix;
    sale.installments = 1;
    sale.interest = Cents(0);
    shop.random = random;
    Some(sale)
}

/// A subscription whose first charge is paid by Pix at once, newer than all others; it is not in the shop yet.
pub(super) fn subscribe_by_pix(shop: &mut Shop, now: Moment) -> Option<(Subscription, Sale)> {
    let mut sale = by_pix(shop, now, Product::is_subscription)?;
    sale.membership_fee = sale.product.membership_fee;
    sale.offer = "Oferta padrão";
    sale.price = sale.product.price;
    let today = sale.created.day();
    let number = today.of_month().unwrap_or(1).min(28);
    let id = next_id(&mut shop.ids.subscription);
    sale.subscription = Some(id);
    sale.discount = sale
        .coupon
        .as_ref()
        .map_or(Cents(0), |coupon| coupon.off(sale.price));
    sale.pay(sale.created);
    let subscription = Subscription {
        id,
        status: SubscriptionStatus::UpToDate,
        created: sale.created,
        updated: sale.paid,
        product: Arc::clone(&sale.product),
        client: Arc::clone(&sale.buyer),
        method: sale.method.clone(),
        charges: None,
        day: number,
        current_due: today,
        next_due: today.next(number),
        interruption: None,
    };
    Some((subscription, sale))
}

/// Another charge of a subscription, like its first; nobody paid it yet, and it is not in the shop.
pub(super) fn charge(shop: &mut Shop, subscription: u64, at: Moment) -> Option<Sale> {
    let first = shop.charges(subscription).next()?.clone();
    let id = next_id(&mut shop.ids.sale);
    let mut sale = Sale {
        id,
        membership_fee: Cents(0),
        due: at.day().end().max(at),
        ..again(first, at)
    };
    sale.recovering = RecoveringStatus::Inactive;
    sale.refund = None;
    sale.chargeback = None;
    Some(sale)
}

/// The same sale, as if it were made now and nobody had paid it. A coupon is for the first charge.
fn again(mut sale: Sale, at: Moment) -> Sale {
    sale.status = SaleStatus::WaitingPayment;
    sale.gains = Gains::default();
    sale.created = at;
    sale.updated = at;
    sale.paid = None;
    sale.credit = None;
    sale.coupon = None;
    sale.discount = Cents(0);
    sale
}

fn affiliate(shop: &mut Shop, random: &mut Random, affiliates: &[Arc<Human>], first: Day, now: Moment) {
    let mut id = 41_000_000 + random.below(9_000);
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

fn weighted(
    random: &mut Random,
    of: &[Arc<Product>],
    wanted: impl Fn(&Product) -> bool,
) -> Option<Arc<Product>> {
    let all = || of.iter().filter(|product| wanted(product));
    let mut drawn = random.below(all().map(|product| product.weight).sum());
    for product in all() {
        match drawn.checked_sub(product.weight) {
            Some(left) => drawn = left,
            None => return Some(Arc::clone(product)),
        }
    }
    None
}

/// Somebody who bought before, or somebody new.
fn customer(shop: &mut Shop, random: &mut Random, at: Moment) -> Arc<Human> {
    if random.percent(45)
        && let Some(known) = random.pick(&shop.customers)
    {
        return Arc::clone(known);
    }
    let id = next_id(&mut shop.ids.customer);
    let human = Arc::new(Human::invented(random, id, shop.customers.len(), at));
    shop.customers.push(Arc::clone(&human));
    human
}

/// A sale that nobody paid yet.
fn new_sale(shop: &mut Shop, random: &mut Random, product: Arc<Product>, at: Moment) -> Sale {
    let buyer = customer(shop, random, at);
    let recipient = if random.percent(4) {
        customer(shop, random, at)
    } else {
        Arc::clone(&buyer)
    };
    let method = match random.below(20) {
        0..9 => PaymentMethod::Pix,
        9..17 => PaymentMethod::CreditCard,
        _ => PaymentMethod::Bankslip,
    };
    let launch = product
        .offers
        .iter()
        .find(|offer| !offer.is_default)
        .filter(|_| random.percent(20));
    let offer = launch.or_else(|| product.offers.first());
    let (offer, price) = offer.map_or(("Oferta padrão", product.price), |offer| {
        (offer.name, offer.price)
    });
    let coupons: Vec<_> = shop
        .coupons
        .iter()
        .filter(|coupon| coupon.products.iter().any(|with| with.id == product.id))
        .cloned()
        .collect();
    let coupon = if random.percent(12) {
        random.pick(&coupons).cloned()
    } else {
        None
    };
    let affiliates: Vec<_> = shop
        .affiliations
        .iter()
        .filter(|tie| {
            tie.status == AffiliationStatus::Approved
                && tie.product.id == product.id
                && tie.approved.is_some_and(|approved| approved <= at)
        })
        .map(|tie| (Arc::clone(&tie.affiliate), tie.share))
        .collect();
    let affiliate = if random.percent(22) {
        random.pick(&affiliates).cloned()
    } else {
        None
    };
    let installments = if method == PaymentMethod::CreditCard && random.percent(50) {
        random.between(2, 12)
    } else {
        1
    };
    let discount = coupon.as_ref().map_or(Cents(0), |coupon| coupon.off(price));
    let interest = (price - discount).percent(installments - 1);
    let utm = random.percent(55).then(|| {
        let (source, medium) = random
            .pick(&[
                ("instagram", "social"),
                ("news", "email"),
                ("google", "cpc"),
                ("youtube", "video"),
            ])
            .copied()
            .unwrap_or_default();
        let campaign = random
            .pick(&[Some("lancamento"), Some("perpetuo"), None])
            .copied()
            .flatten();
        Utm {
            source,
            medium,
            campaign,
        }
    });
    let days_to_pay = match method {
        PaymentMethod::Bankslip => 3,
        PaymentMethod::Pix => 1,
        _ => 0,
    };
    Sale {
        id: next_id(&mut shop.ids.sale),
        subscription: None,
        status: SaleStatus::WaitingPayment,
        product,
        offer,
        buyer,
        recipient,
        affiliate,
        method,
        installments: installments.unsigned_abs(),
        coupon,
        price,
        membership_fee: Cents(0),
        discount,
        interest,
        gains: Gains::default(),
        created: at,
        due: at.day().plus(days_to_pay).end().max(at),
        paid: None,
        credit: None,
        updated: at,
        refund: None,
        chargeback: None,
        recovering: RecoveringStatus::Inactive,
        utm,
        bump: Bump::None,
        is_infinite_funnel: random.percent(10),
    }
}

/// Somebody buys something, and perhaps something else along with it, or begins a subscription.
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
    bump.interest = bump
        .price
        .percent(i64::try_from(bump.installments).unwrap_or(1) - 1);
    bump.affiliate = None;
    bump.bump = Bump::With(sale.id);
    sale.bump = Bump::Main;
    // They are paid with one payment; what comes later may come to one of them alone.
    bump.status = SaleStatus::WaitingPayment;
    bump.gains = Gains::default();
    bump.refund = None;
    bump.chargeback = None;
    match (sale.paid, &sale.status) {
        (Some(paid), _) => {
            bump.pay(paid);
        }
        (None, status) => bump.close(status.clone(), sale.updated),
    }
    shop.sales.push(sale);
    shop.sales.push(bump);
    None
}

/// Draws what becomes of a sale, and lets happen what lies before now.
fn become_of(random: &mut Random, sale: &mut Sale, now: Moment) {
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
            call_back(sale, how, requested, done, now);
        }
        _ => {}
    }
}

fn call_back(sale: &mut Sale, how: u64, requested: Moment, done: Moment, now: Moment) {
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
    /// What the first charge was; the others are like it.
    like: Sale,
    due: Day,
    made: u64,
    is_late: bool,
}

/// Takes those out that are charged on this day.
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
    sale.membership_fee = sale.product.membership_fee;
    sale.installments = 1;
    sale.interest = Cents(0);
    sale.offer = "Oferta padrão";
    sale.price = sale.product.price;
    let today = at.day();
    let number = today.of_month().unwrap_or(1).min(28);
    let id = next_id(&mut shop.ids.subscription);
    sale.subscription = Some(id);
    let paid = at.plus(random.between(30, 3 * HOUR));
    let is_paid = paid <= now && !random.percent(4);
    if is_paid {
        sale.pay(paid);
    } else if sale.due.plus_days(1) <= now {
        sale.close(SaleStatus::Expired, sale.due.plus_days(1));
    }
    let next_due = today.next(number);
    shop.subscriptions.push(Subscription {
        id,
        status: if is_paid {
            SubscriptionStatus::UpToDate
        } else {
            SubscriptionStatus::AwaitingPayment
        },
        created: at,
        updated: is_paid.then_some(paid),
        product: Arc::clone(&sale.product),
        client: Arc::clone(&sale.buyer),
        method: sale.method.clone(),
        charges: random.percent(25).then_some(6),
        day: number,
        current_due: today,
        next_due,
        interruption: None,
    });
    let mut like = sale.clone();
    like.membership_fee = Cents(0);
    shop.sales.push(sale);
    is_paid.then_some(Life {
        id,
        like,
        due: next_due,
        made: 1,
        is_late: false,
    })
}

/// What happens to a subscription on the day of a charge; none when there will be no other.
fn renew(shop: &mut Shop, random: &mut Random, mut life: Life, at: Moment, now: Moment) -> Option<Life> {
    let (chance, later, day) = (random.below(100), random.between(2, 5), at.day());
    if at > now {
        return None;
    }
    let place = shop
        .subscriptions
        .iter()
        .position(|subscription| subscription.id == life.id)?;
    let subscription = shop.subscriptions.get_mut(place)?;
    if subscription.charges.is_some_and(|all| life.made >= all) {
        let is_owed = life.is_late;
        subscription.status = if is_owed {
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

    let paid = if life.is_late || chance >= 92 {
        None
    } else {
        Some(at.plus(if chance < 85 {
            40 * MINUTE
        } else {
            later * 24 * HOUR
        }))
    };
    let mut again = None;
    subscription.status = match paid {
        Some(paid) if paid <= now => {
            sale.pay(paid);
            subscription.updated = Some(paid);
            SubscriptionStatus::UpToDate
        }
        // It may still come: nothing after this day has happened yet.
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
