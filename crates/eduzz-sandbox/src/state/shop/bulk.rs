//! A long past of many sales that is not kept: each sale follows from its number.
//!
//! The sales are older than all others of the shop. A sale is made when it is read; only a few
//! numbers of each are kept, from the first list that needs them on.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use eduzz_types::Currency;
use eduzz_types::myeduzz::{PaymentMethod, RecoveringStatus, SaleReferenceDate, SaleStatus};

use super::history::become_of;
use super::orders::{is_single, weighted};
use super::people::Human;
use super::products::{Coupon, Product};
use super::sale::{Bump, Gains, Sale, Utm};
use crate::random::Random;
use crate::state::calendar::{Day, Moment};
use crate::state::money::Cents;

/// Over how many days the sales are spread.
const DAYS: i64 = 3 * 365;
/// Maximum number of sales; ids of accounts would meet beyond it.
const MOST: u64 = 5_000_000;
/// Each customer buys this often on average.
const SALES_OF_A_CUSTOMER: u64 = 3;
/// Longer than anything that happens to a sale after it is made.
const LONGEST: i64 = 20 * 86_400;

/// Many sales, by number: the oldest is 0.
#[derive(Debug)]
pub(crate) struct Bulk {
    seed: u64,
    count: u64,
    /// The ids of sales, customers and entries are above these.
    sale_ids: u64,
    customer_ids: u64,
    entry_ids: u64,
    start: Moment,
    /// Nothing happens after it.
    now: Moment,
    products: Vec<Arc<Product>>,
    coupons: Vec<Arc<Coupon>>,
    affiliates: BTreeMap<u64, Vec<(Arc<Human>, i64)>>,
    index: OnceLock<Index>,
}

/// What lists need to know of all sales.
#[derive(Debug)]
struct Index {
    briefs: Vec<Brief>,
    /// The entries of the statement by credit and id: seconds from the start, and number.
    entries: Vec<(u32, u32)>,
    /// The sales with a chargeback.
    disputed: Vec<u32>,
    customers: Vec<Bought>,
}

/// The numbers of a sale. Moments are seconds from the start.
#[derive(Clone, Copy, Debug)]
struct Brief {
    updated: u32,
    due: u32,
    /// 0 is unpaid.
    paid: u32,
    /// The place of its status among all.
    status: u8,
}

/// The sums of a customer's paid sales.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bought {
    pub(crate) count: u32,
    pub(crate) net: Cents,
    pub(crate) gross: Cents,
}

/// An entry of the statement.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BulkEntry {
    pub(crate) id: u64,
    pub(crate) credit: Moment,
    number: u32,
}

/// The sales of a bulk that a list gives, by place from the newest on.
#[derive(Debug)]
pub(crate) enum Hits {
    All(Range<u64>),
    Some(Vec<u32>),
}

impl Hits {
    pub(crate) fn len(&self) -> u64 {
        match self {
            Self::All(range) => range.end - range.start,
            Self::Some(found) => found.len() as u64,
        }
    }

    /// The number of the sale at this place.
    pub(crate) fn at(&self, place: u64) -> Option<u64> {
        match self {
            Self::All(range) => range
                .end
                .checked_sub(place + 1)
                .filter(|number| *number >= range.start),
            Self::Some(found) => {
                let place = usize::try_from(place).ok()?;
                found
                    .get(found.len().checked_sub(place + 1)?)
                    .copied()
                    .map(u64::from)
            }
        }
    }

    /// All of them, newest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u64> {
        (0..self.len()).filter_map(|place| self.at(place))
    }
}

const SOURCES: [Option<(&str, &str)>; 4] = [
    None,
    Some(("instagram", "social")),
    Some(("news", "email")),
    Some(("google", "cpc")),
];
const CODES: [Option<&str>; 4] = [None, Some("bio-instagram"), Some("lista-42"), Some("parceiro-7")];
const STATUSES: [SaleStatus; 9] = [
    SaleStatus::Paid,
    SaleStatus::Refunded,
    SaleStatus::WaitingRefund,
    SaleStatus::Expired,
    SaleStatus::Canceled,
    SaleStatus::Recovering,
    SaleStatus::Duplicated,
    SaleStatus::Open,
    SaleStatus::WaitingPayment,
];

/// The first day of older sales that end where the shop's past begins.
pub(super) fn opened(first: Day) -> Day {
    first.plus(-DAYS)
}

impl Bulk {
    /// This number of sales before the first day of a shop's past.
    pub(super) fn new(
        (seed, count, first_id): (u64, u64, u64),
        (first, now): (Day, Moment),
        products: &[Arc<Product>],
        coupons: &[Arc<Coupon>],
        affiliates: impl Iterator<Item = (u64, Arc<Human>, i64)>,
    ) -> Self {
        let mut by_product: BTreeMap<u64, Vec<(Arc<Human>, i64)>> = BTreeMap::new();
        for (product, human, share) in affiliates {
            by_product.entry(product).or_default().push((human, share));
        }
        Self {
            seed,
            count: count.min(MOST),
            sale_ids: first_id + 73_000_000,
            customer_ids: first_id + 43_000_000,
            entry_ids: first_id + 290_000_000,
            start: opened(first).at(0),
            now,
            products: products.to_vec(),
            coupons: coupons.to_vec(),
            affiliates: by_product,
            index: OnceLock::new(),
        }
    }

    /// The number of the sale with this id.
    pub(crate) fn number_of(&self, id: u64) -> Option<u64> {
        let number = id.checked_sub(self.sale_ids + 1)?;
        (number < self.count).then_some(number)
    }

    /// The number of customers.
    pub(crate) const fn customers(&self) -> u64 {
        self.count.div_ceil(SALES_OF_A_CUSTOMER)
    }

    fn created(&self, number: u64) -> Moment {
        let span = u128::from((DAYS * 86_400).unsigned_abs());
        let seconds = u128::from(number) * span / u128::from(self.count.max(1));
        self.start.plus(i64::try_from(seconds).unwrap_or(i64::MAX))
    }

    /// When a customer first bought.
    fn since(&self, customer: u64) -> Moment {
        self.created(customer.saturating_mul(SALES_OF_A_CUSTOMER).min(self.count))
    }

    /// The first number below `count` whose moment, which grows with it, is not before `at`.
    fn first(count: u64, at: Moment, of: impl Fn(u64) -> Moment) -> u64 {
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = low + (high - low) / 2;
            if of(middle) < at {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The sales that were made in this range of moments, both ends included.
    fn made_in(&self, from: Moment, until: Moment) -> Range<u64> {
        let first = Self::first(self.count, from, |number| self.created(number));
        let end = Self::first(self.count, until.plus(1), |number| self.created(number));
        first..end.max(first)
    }

    /// The customers who first bought in this range of moments.
    pub(crate) fn new_customers(&self, from: Moment, until: Moment) -> Range<u64> {
        let first = Self::first(self.customers(), from, |customer| self.since(customer));
        let end = Self::first(self.customers(), until.plus(1), |customer| self.since(customer));
        first..end.max(first)
    }

    pub(crate) fn customer(&self, number: u64) -> Arc<Human> {
        let mut random = Random::at(self.seed ^ 0x5eed, number);
        let place = usize::try_from(number)
            .unwrap_or_default()
            .saturating_add(1_000_000);
        let id = self.customer_ids + 1 + number;
        Arc::new(Human::invented(&mut random, id, place, self.since(number)))
    }

    /// The number of the customer with this e-mail address.
    pub(crate) fn customer_at(&self, email: &str) -> Option<u64> {
        let local = email.trim().split('@').next()?;
        let digits = local.trim_start_matches(|letter: char| !letter.is_ascii_digit());
        let digits = digits.rsplit(|letter: char| !letter.is_ascii_digit()).next()?;
        let number = digits.parse::<u64>().ok()?.checked_sub(1_000_000)?;
        let is_it = number < self.customers() && self.customer(number).is_at(email);
        is_it.then_some(number)
    }

    pub(crate) fn bought(&self, customer: u64) -> Bought {
        let place = usize::try_from(customer).unwrap_or(usize::MAX);
        self.index().customers.get(place).copied().unwrap_or_default()
    }

    /// The sale of this number.
    pub(crate) fn sale(&self, number: u64) -> Option<Sale> {
        self.make(number, |customer| self.customer(customer))
            .map(|(_, sale)| sale)
    }

    /// The sale with the number of its buyer.
    fn make(&self, number: u64, buyer: impl FnOnce(u64) -> Arc<Human>) -> Option<(u64, Sale)> {
        let mut random = Random::at(self.seed, number);
        let at = self.created(number);
        let product = weighted(&mut random, &self.products, is_single)?;
        // Of the customers until now, one of the last.
        let newest = number / SALES_OF_A_CUSTOMER;
        let customer = newest - random.below(newest.min(500) + 1);
        let buyer = buyer(customer);
        let (method, installments) = match random.below(20) {
            0..9 => (PaymentMethod::Pix, 1),
            9..13 => (PaymentMethod::CreditCard, 1),
            13..17 => (PaymentMethod::CreditCard, 2 + random.below(11)),
            _ => (PaymentMethod::Bankslip, 1),
        };
        let coupons: Vec<_> = self.coupons.iter().filter(|of| of.is_for(product.id)).collect();
        let coupon = random.perhaps(12, &coupons).cloned();
        let affiliates = self.affiliates.get(&product.id).map_or(&[][..], Vec::as_slice);
        let mut sale = Sale {
            id: self.sale_ids + 1 + number,
            subscription: None,
            status: SaleStatus::WaitingPayment,
            offer: "Oferta padrão",
            recipient: Arc::clone(&buyer),
            buyer,
            affiliate: random.perhaps(22, affiliates),
            due: at,
            method: method.clone(),
            installments,
            discount: coupon
                .as_ref()
                .map_or(Cents(0), |coupon| coupon.off(product.price)),
            coupon,
            currency: match random.below(200) {
                0 => Currency::Usd,
                _ => Currency::Brl,
            },
            price: product.price,
            product,
            quantity: 1,
            along: Vec::new(),
            membership_fee: Cents(0),
            interest: Cents(0),
            gains: Gains::default(),
            created: at,
            paid: None,
            credit: None,
            updated: at,
            refund: None,
            chargeback: None,
            recovering: RecoveringStatus::Inactive,
            utm: random
                .pick(&SOURCES)
                .copied()
                .flatten()
                .map(|(source, medium)| Utm {
                    source,
                    medium,
                    campaign: None,
                }),
            tracker: [random.pick(&CODES).copied().flatten(), None, None],
            is_garbled: false,
            bump: Bump::None,
            is_infinite_funnel: false,
        };
        sale.pay_by(method, installments);
        become_of(&mut random, &mut sale, self.now);
        Some((customer, sale))
    }

    fn seconds(&self, moment: Moment) -> u32 {
        u32::try_from(moment.since(self.start)).unwrap_or_default()
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| self.read_all())
    }

    /// Makes every sale once.
    fn read_all(&self) -> Index {
        let anybody = self.customer(0);
        let places = usize::try_from(self.customers()).unwrap_or_default();
        let mut index = Index {
            briefs: Vec::with_capacity(usize::try_from(self.count).unwrap_or_default()),
            entries: Vec::new(),
            disputed: Vec::new(),
            customers: vec![Bought::default(); places],
        };
        for number in 0..self.count {
            let Some((customer, sale)) = self.make(number, |_| Arc::clone(&anybody)) else {
                return index;
            };
            let short = u32::try_from(number).unwrap_or(u32::MAX);
            let status = STATUSES.iter().position(|status| *status == sale.status);
            index.briefs.push(Brief {
                updated: self.seconds(sale.updated),
                due: self.seconds(sale.due),
                paid: sale.paid.map_or(0, |paid| self.seconds(paid)),
                status: status
                    .and_then(|place| u8::try_from(place).ok())
                    .unwrap_or(u8::MAX),
            });
            if sale.chargeback.is_some() {
                index.disputed.push(short);
            }
            if let (Some(credit), Some(_)) = (sale.credit, sale.paid) {
                index.entries.push((self.seconds(credit), 2 * short));
                if let Some(refunded) = sale.refund.as_ref().and_then(|refund| refund.refunded) {
                    index.entries.push((self.seconds(refunded), 2 * short + 1));
                }
            }
            if sale.is_paid()
                && let Ok(place) = usize::try_from(customer)
                && let Some(bought) = index.customers.get_mut(place)
            {
                bought.count += 1;
                bought.net += sale.gains.net;
                bought.gross += sale.gross();
            }
        }
        index.entries.sort_unstable();
        index
    }

    /// The sales with this date in a range of moments, with this status if one is wanted, that also
    /// pass `also` if it is there.
    pub(crate) fn hits(
        &self,
        reference: &SaleReferenceDate,
        (from, until): (Moment, Moment),
        status: Option<&SaleStatus>,
        also: Option<&dyn Fn(&Sale) -> bool>,
    ) -> Hits {
        let by_creation = *reference == SaleReferenceDate::CreatedAt;
        if by_creation && status.is_none() && also.is_none() {
            return Hits::All(self.made_in(from, until));
        }
        let begin = if by_creation { from } else { from.plus(-LONGEST) };
        let range = self.made_in(begin, until);
        let status = status.map(|status| STATUSES.iter().position(|known| known == status));
        let has = |seconds: u32| {
            let moment = self.start.plus(i64::from(seconds));
            from <= moment && moment <= until
        };
        let briefs = &self.index().briefs;
        let passes = |number: &u64| {
            let Some(brief) = usize::try_from(*number).ok().and_then(|place| briefs.get(place)) else {
                return false;
            };
            let is_in = match reference {
                SaleReferenceDate::PaidAt => brief.paid > 0 && has(brief.paid),
                SaleReferenceDate::DueDate => has(brief.due),
                SaleReferenceDate::UpdatedAt => has(brief.updated),
                _ => true,
            };
            let has_status = status.is_none_or(|wanted| wanted == Some(usize::from(brief.status)));
            is_in && has_status && also.is_none_or(|also| self.sale(*number).is_some_and(|sale| also(&sale)))
        };
        let found = range.filter(passes);
        Hits::Some(found.filter_map(|number| u32::try_from(number).ok()).collect())
    }

    /// The sales with a chargeback, newest first.
    pub(crate) fn disputed(&self) -> impl Iterator<Item = Sale> {
        let newest_first = self.index().disputed.iter().rev();
        newest_first.filter_map(|number| self.sale(u64::from(*number)))
    }

    /// The entries of the statement in a range of moments, latest first.
    pub(crate) fn entries(&self, from: Moment, until: Moment) -> impl Iterator<Item = BulkEntry> {
        let entries = &self.index().entries;
        let moment = |seconds: u32| self.start.plus(i64::from(seconds));
        let first = entries.partition_point(|(credit, _)| moment(*credit) < from);
        let end = entries.partition_point(|(credit, _)| moment(*credit) <= until);
        let found = entries.get(first..end).unwrap_or_default();
        found.iter().rev().map(move |(credit, number)| BulkEntry {
            id: self.entry_ids + 1 + u64::from(*number),
            credit: moment(*credit),
            number: *number,
        })
    }

    /// The sale of an entry, and whether the entry is its refund.
    pub(crate) fn sale_of(&self, entry: BulkEntry) -> Option<(Sale, bool)> {
        let sale = self.sale(u64::from(entry.number / 2))?;
        Some((sale, entry.number % 2 == 1))
    }

    /// The id of an entry's sale.
    pub(crate) fn sale_id(&self, entry: BulkEntry) -> u64 {
        self.sale_ids + 1 + u64::from(entry.number / 2)
    }

    /// All sales, newest first.
    pub(crate) fn sales(&self) -> impl Iterator<Item = Sale> {
        (0..self.count).rev().filter_map(|number| self.sale(number))
    }

    /// The ids of all sales, newest first.
    pub(crate) fn ids(&self) -> impl Iterator<Item = u64> {
        (1..=self.count).rev().map(|number| self.sale_ids + number)
    }
}
