//! New sales and subscriptions: the buyer, the offer and the payment are drawn.

use std::sync::Arc;

use eduzz_types::Currency;
use eduzz_types::myeduzz::{
    AffiliationStatus, Delivery, PaymentMethod, ProductType, RecoveringStatus, SaleStatus, SubscriptionStatus,
};

use super::books::Shop;
use super::cart::{Cart, CartBuyer, CartLine};
use super::people::Human;
use super::products::{Coupon, Product};
use super::sale::{Bump, Gains, Line, Sale, Utm, days_to_pay};
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
/// Codes of links.
const CODES: &[&str] = &[
    "bio-instagram",
    "lista-42",
    "aula-aberta",
    "parceiro-7",
    "recuperacao",
];
/// The number of the first buyer of a filled cart: customers have lower ones.
const CART_BUYERS: usize = 900_000;
const CAMPAIGNS: &[Option<&str>] = &[Some("lancamento"), Some("perpetuo"), None];

/// An open sale that is paid this way, newer than all others; it is not in the shop yet.
pub(super) fn order(shop: &mut Shop, method: PaymentMethod, now: Moment) -> Option<Sale> {
    let mut sale = drawn(shop, now, |product| !product.is_subscription())?;
    sale.pay_by(method, 1);
    Some(sale)
}

fn drawn(shop: &mut Shop, now: Moment, wanted: impl Fn(&Product) -> bool) -> Option<Sale> {
    let mut random = shop.random.clone();
    let at = shop.newest(now);
    let product = weighted(&mut random, &shop.products, wanted)?;
    let sale = new_sale(shop, &mut random, product, at);
    shop.random = random;
    Some(sale)
}

/// What a new sale has beside its payment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum With {
    Nothing,
    /// Another product in the same invoice.
    Bump,
    Affiliate,
    Coupon,
    Partner,
    /// A tracker code.
    Tracker,
    /// It is the first charge of a subscription.
    Contract,
}

words! {
    /// A kind of new sale ([`SandboxControl::sell_kind`](crate::SandboxControl::sell_kind)).
    SaleKind {
        /// By Pix.
        Pix "pix",
        /// By card, in one instalment.
        Card "card",
        /// By card, in six instalments with interest.
        Installments "installments",
        /// By bank slip; an open one has a `payment.link`.
        BankSlip "bankslip",
        /// The first charge of a new subscription, by card.
        Contract "contract",
        /// By Pix, with an order bump in the same invoice.
        Bump "bump",
        /// By Pix, with a tracker code.
        Tracker "tracker",
        /// By card, with an affiliate.
        Affiliate "affiliate",
        /// By Pix, with a coupon.
        Coupon "coupon",
        /// By Pix, of a product with a partner.
        Partner "partner",
    }
}

impl SaleKind {
    /// Its payment, instalments, and more.
    const fn turn(self) -> (PaymentMethod, u64, With) {
        use PaymentMethod::{Bankslip, CreditCard, Pix};
        match self {
            Self::Pix => (Pix, 1, With::Nothing),
            Self::Card => (CreditCard, 1, With::Nothing),
            Self::Installments => (CreditCard, 6, With::Nothing),
            Self::BankSlip => (Bankslip, 1, With::Nothing),
            Self::Contract => (CreditCard, 1, With::Contract),
            Self::Bump => (Pix, 1, With::Bump),
            Self::Tracker => (Pix, 1, With::Tracker),
            Self::Affiliate => (CreditCard, 1, With::Affiliate),
            Self::Coupon => (Pix, 1, With::Coupon),
            Self::Partner => (Pix, 1, With::Partner),
        }
    }
}

/// New sales take turns, so that a dozen of them has every kind: payment, instalments, and more.
const TURNS: [(PaymentMethod, u64, With); 12] = {
    use PaymentMethod::{Bankslip, CreditCard, Pix};
    [
        (Pix, 1, With::Nothing),
        (CreditCard, 6, With::Nothing),
        (Bankslip, 1, With::Nothing),
        (Pix, 1, With::Bump),
        (CreditCard, 1, With::Affiliate),
        (Pix, 1, With::Coupon),
        (CreditCard, 1, With::Contract),
        (Pix, 1, With::Partner),
        (CreditCard, 12, With::Bump),
        (Bankslip, 1, With::Affiliate),
        (Pix, 1, With::Nothing),
        (CreditCard, 3, With::Coupon),
    ]
};

/// The next new sale, open, and its subscription if it begins one; neither is in the shop yet.
pub(super) fn next(shop: &mut Shop, now: Moment) -> Option<(Sale, Option<Subscription>)> {
    let place = shop.turn % TURNS.len();
    let (method, installments, with) = TURNS.get(place)?;
    shop.turn = place + 1;
    let turn = (method.clone(), *installments, *with);
    // A shop without affiliates sells the same without one.
    made(shop, turn.clone(), now).or_else(|| made(shop, (turn.0, turn.1, With::Nothing), now))
}

/// A new sale of this kind, as [`next`]; `None` when no product fits.
pub(super) fn of_kind(shop: &mut Shop, kind: SaleKind, now: Moment) -> Option<(Sale, Option<Subscription>)> {
    made(shop, kind.turn(), now)
}

fn made(
    shop: &mut Shop,
    (method, installments, with): (PaymentMethod, u64, With),
    now: Moment,
) -> Option<(Sale, Option<Subscription>)> {
    if with == With::Contract {
        let (subscription, sale) = subscribe(shop, method, now)?;
        return Some((sale, Some(subscription)));
    }
    let affiliated = ties(shop, now);
    let coupons = shop.coupons.clone();
    let fits = |product: &Product| match with {
        With::Affiliate => affiliated.iter().any(|(of, ..)| *of == product.id),
        With::Coupon => coupons.iter().any(|coupon| coupon.is_for(product.id)),
        With::Partner => product.partner.is_some(),
        _ => true,
    };
    let mut sale = drawn(shop, now, |product| is_single(product) && fits(product))?;
    match with {
        With::Affiliate => {
            let tie = affiliated.into_iter().find(|(of, ..)| *of == sale.product.id);
            sale.affiliate = tie.map(|(_, human, share)| (human, share));
        }
        With::Coupon => {
            sale.coupon = coupons.into_iter().find(|coupon| coupon.is_for(sale.product.id));
            let coupon = sale.coupon.as_ref();
            sale.discount = coupon.map_or(Cents(0), |coupon| coupon.off(sale.price));
        }
        With::Bump if sale.along.is_empty() => {
            let mut random = Random::stream(shop.seed, &format!("sale/{}/bump", sale.id));
            add_bump(&shop.products, &mut random, &mut sale);
        }
        With::Tracker if sale.tracker.iter().all(Option::is_none) => {
            let mut random = Random::stream(shop.seed, &format!("sale/{}/tracker", sale.id));
            sale.tracker = [random.pick(CODES).copied(), None, None];
        }
        _ => {}
    }
    sale.pay_by(method, installments);
    Some((sale, None))
}

pub(super) fn is_single(product: &Product) -> bool {
    product.weight > 0 && !product.is_subscription()
}

/// The approved affiliates at this time, each with a product and a share.
fn ties(shop: &Shop, at: Moment) -> Vec<(u64, Arc<Human>, i64)> {
    let approved = shop.affiliations.iter().filter(|tie| {
        tie.status == AffiliationStatus::Approved && tie.approved.is_some_and(|approved| approved <= at)
    });
    approved
        .map(|tie| (tie.product.id, Arc::clone(&tie.affiliate), tie.share))
        .collect()
}

/// Adds an order bump to the same invoice: a product that no school or event delivers.
fn add_bump(products: &[Arc<Product>], random: &mut Random, sale: &mut Sale) {
    let bump = weighted(random, products, |product| {
        is_single(product)
            && product.id != sale.product.id
            && matches!(product.kind, ProductType::Digital | ProductType::Physical)
            && matches!(product.delivery, Delivery::Files | Delivery::External)
    });
    sale.along.extend(bump.map(|product| Line {
        unit: product.price,
        product,
        quantity: 1,
    }));
}

/// A subscription that is paid this way and its first, open charge, newer than all others; they are
/// not in the shop yet.
pub(super) fn subscribe(shop: &mut Shop, method: PaymentMethod, now: Moment) -> Option<(Subscription, Sale)> {
    let mut sale = drawn(shop, now, Product::is_subscription)?;
    sale.method = method;
    let subscription = begin_subscription(shop, &mut sale);
    let coupon = sale.coupon.as_ref();
    sale.discount = coupon.map_or(Cents(0), |coupon| coupon.off(sale.price));
    sale.pay_by(sale.method.clone(), 1);
    Some((subscription, sale))
}

/// The open sale of a cart, by Pix, newer than all others; it is not in the shop yet. A cart with
/// more than one line is one invoice with several items.
pub(super) fn of_cart(shop: &mut Shop, cart: &Cart, now: Moment) -> Option<Sale> {
    let mut lines = cart.lines.iter().filter_map(|line| {
        let product = shop.products.iter().find(|product| product.id == line.product)?;
        Some(Line {
            product: Arc::clone(product),
            unit: line.price,
            quantity: line.quantity,
        })
    });
    let (first, along) = (lines.next()?, lines.collect());
    let mut random = shop.random.clone();
    let at = shop.newest(now);
    let buyer = named(shop, &mut random, &cart.buyer, at);
    let buyer = buyer.unwrap_or_else(|| customer(shop, &mut random, at));
    let product = Arc::clone(&first.product);
    let mut sale = sale_to(shop, &mut random, Arc::clone(&buyer), buyer, product, at);
    shop.random = random;
    sale.offer = "Oferta padrão";
    sale.price = first.price();
    sale.quantity = first.quantity;
    sale.along = along;
    (sale.coupon, sale.discount, sale.affiliate) = (None, Cents(0), None);
    (sale.currency, sale.is_garbled) = (Currency::Brl, false);
    sale.pay_by(PaymentMethod::Pix, 1);
    Some(sale)
}

/// The lines and the buyer of a cart that a customer fills: one product.
pub(super) fn cart(shop: &Shop, now: Moment) -> Option<(Vec<CartLine>, CartBuyer)> {
    let number = shop.carts.len();
    let mut random = Random::stream(shop.seed, &format!("cart/{number}"));
    let product = weighted(&mut random, &shop.products, is_single)?;
    // No customer yet: nothing is bought.
    let buyer = Human::invented(&mut random, 0, CART_BUYERS + number, now);
    let line = CartLine {
        product: product.id,
        description: product.name.to_owned(),
        price: product.price,
        quantity: 1,
    };
    let buyer = CartBuyer {
        name: Some(buyer.name.clone()),
        email: Some(buyer.email.clone()),
        cellphone: Some(buyer.flat_phone()),
        document: Some(buyer.document.clone()),
    };
    Some((vec![line], buyer))
}

/// The customer with the address of a cart's buyer, known or new.
fn named(shop: &mut Shop, random: &mut Random, buyer: &CartBuyer, at: Moment) -> Option<Arc<Human>> {
    let email = buyer.email.as_deref()?;
    if let Some(known) = shop.customer(email) {
        return Some(Arc::clone(known));
    }
    let id = next_id(&mut shop.ids.customer);
    let mut human = Human::invented(random, id, shop.customers.len(), at);
    email.clone_into(&mut human.email);
    human.name = buyer.name.clone().unwrap_or(human.name);
    human.document = buyer.document.clone().unwrap_or(human.document);
    let human = Arc::new(human);
    shop.customers.push(Arc::clone(&human));
    Some(human)
}

/// Makes an open sale the first charge of a subscription.
pub(super) fn begin_subscription(shop: &mut Shop, sale: &mut Sale) -> Subscription {
    let id = next_id(&mut shop.ids.subscription);
    sale.subscription = Some(id);
    sale.membership_fee = sale.product.membership_fee;
    sale.offer = "Oferta padrão";
    sale.price = sale.product.price;
    sale.currency = Currency::Brl;
    sale.along.clear();
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
    sale_to(shop, random, buyer, recipient, product, at)
}

fn sale_to(
    shop: &mut Shop,
    random: &mut Random,
    buyer: Arc<Human>,
    recipient: Arc<Human>,
    product: Arc<Product>,
    at: Moment,
) -> Sale {
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
    let is_off = |coupon: &&Arc<Coupon>| coupon.is_for(product.id);
    let coupons: Vec<_> = shop.coupons.iter().filter(is_off).cloned().collect();
    let coupon = random.perhaps(12, &coupons);
    let ties = ties(shop, at).into_iter().filter(|(of, ..)| *of == product.id);
    let affiliates: Vec<_> = ties.map(|(_, human, share)| (human, share)).collect();
    let affiliate = random.perhaps(22, &affiliates);
    let installments = if method == PaymentMethod::CreditCard && random.percent(50) {
        random.between(2, 12)
    } else {
        1
    };
    let discount = coupon.as_ref().map_or(Cents(0), |coupon| coupon.off(price));
    let utm = random.percent(55).then(|| {
        let (source, medium) = random.pick(SOURCES).copied().unwrap_or_default();
        Utm {
            source,
            medium,
            campaign: random.pick(CAMPAIGNS).copied().flatten(),
        }
    });
    let mut sale = Sale {
        id: next_id(&mut shop.ids.sale),
        subscription: None,
        status: SaleStatus::WaitingPayment,
        product,
        offer,
        buyer,
        recipient,
        affiliate,
        due: at.day().plus(days_to_pay(&method)).end().max(at),
        method,
        installments: 1,
        coupon,
        currency: Currency::Brl,
        price,
        quantity: 1,
        along: Vec::new(),
        membership_fee: Cents(0),
        discount,
        interest: Cents(0),
        gains: Gains::default(),
        created: at,
        paid: None,
        credit: None,
        updated: at,
        refund: None,
        chargeback: None,
        recovering: RecoveringStatus::Inactive,
        utm,
        tracker: [None; 3],
        is_garbled: false,
        bump: Bump::None,
        is_infinite_funnel: random.percent(10),
    };
    // A stream for each sale: these draws do not change those of other sales.
    let mut random = Random::stream(shop.seed, &format!("sale/{}", sale.id));
    vary(&mut random, &shop.products, &mut sale);
    sale.pay_by(sale.method.clone(), installments.unsigned_abs());
    sale
}

/// Adds what field reports show in sales: tracker codes (Q177), an order bump in the same invoice
/// (Q164), another currency (Q170), texts that are encoded twice (Q176).
fn vary(random: &mut Random, products: &[Arc<Product>], sale: &mut Sale) {
    if random.percent(45) {
        let first = random.pick(CODES).copied();
        sale.tracker = [first, random.perhaps(40, CODES), random.perhaps(20, CODES)];
    }
    if random.percent(4) {
        add_bump(products, random, sale);
    }
    sale.currency = match random.below(200) {
        0 | 1 => Currency::Usd,
        2 => "DOP".try_into().unwrap_or(Currency::Usd),
        _ => Currency::Brl,
    };
    sale.is_garbled = random.percent(1);
}
