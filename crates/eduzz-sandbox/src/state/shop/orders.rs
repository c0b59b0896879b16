//! New sales and subscriptions: the buyer, the offer and the payment are drawn.

use std::sync::Arc;

use eduzz_types::myeduzz::{
    AffiliationStatus, PaymentMethod, RecoveringStatus, SaleStatus, SubscriptionStatus,
};

use super::books::Shop;
use super::people::Human;
use super::products::{Coupon, Product};
use super::sale::{Bump, Gains, Sale, Utm};
use super::subscription::Subscription;
use crate::random::Random;
use crate::state::calendar::Moment;
use crate::state::money::Cents;
use crate::state::next_id;

const SOURCES: &[(&str, &str)] = &[
    ("instagram", "social"),
    ("news", "email"),
    ("google", "cpc"),
    ("youtube", "video"),
];
const CAMPAIGNS: &[Option<&str>] = &[Some("lancamento"), Some("perpetuo"), None];

/// An open sale by Pix, newer than all others; it is not in the shop yet.
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

/// A subscription whose first charge is paid by Pix at once, newer than all others; it is not in
/// the shop yet.
pub(super) fn subscribe_by_pix(shop: &mut Shop, now: Moment) -> Option<(Subscription, Sale)> {
    let mut sale = by_pix(shop, now, Product::is_subscription)?;
    let mut subscription = begin_subscription(shop, &mut sale);
    let coupon = sale.coupon.as_ref();
    sale.discount = coupon.map_or(Cents(0), |coupon| coupon.off(sale.price));
    sale.pay(sale.created);
    subscription.status = SubscriptionStatus::UpToDate;
    subscription.updated = sale.paid;
    Some((subscription, sale))
}

/// Makes an open sale the first charge of a subscription.
pub(super) fn begin_subscription(shop: &mut Shop, sale: &mut Sale) -> Subscription {
    let id = next_id(&mut shop.ids.subscription);
    sale.subscription = Some(id);
    sale.membership_fee = sale.product.membership_fee;
    sale.offer = "Oferta padrão";
    sale.price = sale.product.price;
    let today = sale.created.day();
    let day = today.of_month().unwrap_or(1).min(28);
    Subscription {
        id,
        status: SubscriptionStatus::AwaitingPayment,
        created: sale.created,
        updated: None,
        product: Arc::clone(&sale.product),
        client: Arc::clone(&sale.buyer),
        method: sale.method.clone(),
        charges: None,
        day,
        current_due: today,
        next_due: today.next(day),
        interruption: None,
    }
}

/// Another open charge of a subscription, like its first; it is not in the shop yet.
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

/// The same sale, made now and open. A coupon is for the first charge.
pub(super) fn again(mut sale: Sale, at: Moment) -> Sale {
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

pub(super) fn weighted(
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

/// A customer, known or new.
pub(super) fn customer(shop: &mut Shop, random: &mut Random, at: Moment) -> Arc<Human> {
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

/// An open sale.
pub(super) fn new_sale(shop: &mut Shop, random: &mut Random, product: Arc<Product>, at: Moment) -> Sale {
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
    let launch = product.offers.iter().find(|offer| !offer.is_default);
    let launch = launch.filter(|_| random.percent(20));
    let offer = launch.or_else(|| product.offers.first());
    let (offer, price) = offer.map_or(("Oferta padrão", product.price), |offer| {
        (offer.name, offer.price)
    });
    let is_off = |coupon: &&Arc<Coupon>| coupon.products.iter().any(|with| with.id == product.id);
    let coupons: Vec<_> = shop.coupons.iter().filter(is_off).cloned().collect();
    let coupon = random.perhaps(12, &coupons);
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
    let affiliate = random.perhaps(22, &affiliates);
    let installments = if method == PaymentMethod::CreditCard && random.percent(50) {
        random.between(2, 12)
    } else {
        1
    };
    let discount = coupon.as_ref().map_or(Cents(0), |coupon| coupon.off(price));
    let interest = (price - discount).percent(installments - 1);
    let utm = random.percent(55).then(|| {
        let (source, medium) = random.pick(SOURCES).copied().unwrap_or_default();
        Utm {
            source,
            medium,
            campaign: random.pick(CAMPAIGNS).copied().flatten(),
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
