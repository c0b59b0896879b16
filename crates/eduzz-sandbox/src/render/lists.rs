//! The rows of the shop's lists, in the lists' order. Calls and the world both take them from here.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use eduzz_types::myeduzz::ChargebackStatus;

use super::customers::{self, Overview};
use super::json::Json;
use super::{financial, products, sales, subscriptions};
use crate::query::Days;
use crate::state::calendar::Moment;
use crate::state::shop::{
    Affiliation, Bought, BulkEntry, Chargeback, Entry, FiscalDocument, FiscalKind, Human, Product, Sale,
    Shop, Subscription,
};
use crate::world::{WorldKind, WorldRow};

/// Subscriptions, newest first.
pub(crate) fn subscriptions(shop: &Shop) -> Vec<&Subscription> {
    let mut rows: Vec<&Subscription> = shop.subscriptions.iter().collect();
    rows.sort_by_key(|subscription| Reverse((subscription.created, subscription.id)));
    rows
}

/// Sales with a chargeback, newest first.
pub(crate) fn chargebacks(shop: &Shop) -> impl Iterator<Item = Cow<'_, Sale>> {
    let newest_first = shop.sales.iter().rev();
    let own = newest_first.filter(|sale| sale.chargeback.is_some());
    let older = shop.bulk.iter().flat_map(|bulk| bulk.disputed());
    own.map(Cow::Borrowed).chain(older.map(Cow::Owned))
}

/// Whether a chargeback was requested on these days and has this status, if one is wanted.
pub(crate) fn is_asked_for(made: &Chargeback, days: Days, status: Option<&ChargebackStatus>) -> bool {
    days.has(made.requested) && status.is_none_or(|status| made.status == *status)
}

/// A customer of the list.
#[derive(Clone, Copy)]
pub(crate) enum Customer<'a> {
    Own(&'a Arc<Human>),
    /// A customer of older sales, by number.
    Older(u64),
}

impl Customer<'_> {
    pub(crate) fn human(self, shop: &Shop) -> Option<Arc<Human>> {
        match self {
            Self::Own(human) => Some(Arc::clone(human)),
            Self::Older(number) => Some(shop.bulk.as_ref()?.customer(number)),
        }
    }

    pub(crate) fn row(self, shop: &Shop, overviews: &HashMap<u64, Overview>) -> Json {
        let Some(human) = self.human(shop) else {
            return Json::Null;
        };
        let overview = match (self, &shop.bulk) {
            (Self::Older(number), Some(bulk)) => {
                let Bought { count, net, gross } = bulk.bought(number);
                let count = u64::from(count);
                Overview { count, net, gross }
            }
            _ => overviews.get(&human.id).copied().unwrap_or_default(),
        };
        customers::summary(shop, &human, overview)
    }
}

/// Customers who first appeared on these days, newest first.
pub(crate) fn customers(shop: &Shop, days: Days) -> Vec<Customer<'_>> {
    let own = shop.customers.iter().rev();
    let own = own.filter(|customer| days.has(customer.since)).map(Customer::Own);
    let (from, until) = days.moments();
    let older = shop.bulk.iter();
    let older = older.flat_map(|bulk| bulk.new_customers(from, until).rev());
    own.chain(older.map(Customer::Older)).collect()
}

/// The sums of each customer's sales that are paid now.
pub(crate) fn overviews(shop: &Shop) -> HashMap<u64, Overview> {
    let mut overviews: HashMap<u64, Overview> = HashMap::new();
    for sale in shop.sales.iter().filter(|sale| sale.is_paid()) {
        let overview = overviews.entry(sale.buyer.id).or_default();
        overview.count += 1;
        overview.net += sale.gains.net;
        overview.gross += sale.gross();
    }
    overviews
}

/// Affiliations, newest first.
pub(crate) fn affiliations(shop: &Shop) -> Vec<&Affiliation> {
    let mut rows: Vec<&Affiliation> = shop.affiliations.iter().collect();
    rows.sort_by_key(|tie| Reverse(tie.id));
    rows
}

/// Products, newest first.
pub(crate) fn products(shop: &Shop) -> impl Iterator<Item = &Product> {
    shop.products.iter().rev().map(AsRef::as_ref)
}

/// An entry of the statement.
#[derive(Clone, Copy)]
pub(crate) enum Booked<'a> {
    Own(&'a Entry),
    /// An entry of an older sale.
    Older(BulkEntry),
}

impl Booked<'_> {
    const fn key(self) -> (Moment, u64) {
        match self {
            Self::Own(entry) => (entry.credit, entry.id),
            Self::Older(entry) => (entry.credit, entry.id),
        }
    }

    /// The id of its sale.
    pub(crate) fn sale(self, shop: &Shop) -> Option<u64> {
        match self {
            Self::Own(entry) => entry.sale,
            Self::Older(entry) => Some(shop.bulk.as_ref()?.sale_id(entry)),
        }
    }

    pub(crate) fn row(self, shop: &Shop) -> Json {
        let older = |entry: BulkEntry| {
            let (sale, is_refund) = shop.bulk.as_ref()?.sale_of(entry)?;
            Some(Entry::of(entry.id, &sale, is_refund))
        };
        match self {
            Self::Own(entry) => financial::statement_entry(shop, entry),
            Self::Older(entry) => {
                older(entry).map_or(Json::Null, |entry| financial::statement_entry(shop, &entry))
            }
        }
    }
}

/// Entries of the statement in a range of moments, latest credit first.
pub(crate) fn entries(shop: &Shop, (from, until): (Moment, Moment)) -> Vec<Booked<'_>> {
    let own = shop
        .entries
        .iter()
        .filter(|entry| from <= entry.credit && entry.credit <= until);
    let mut rows: Vec<Booked<'_>> = own.map(Booked::Own).collect();
    if let Some(bulk) = &shop.bulk {
        rows.extend(bulk.entries(from, until).map(Booked::Older));
    }
    // Two runs, one of them in order: the sort is made for it.
    rows.sort_by_key(|entry| Reverse(entry.key()));
    rows
}

/// Fiscal documents of a kind with their sales, newest first.
pub(crate) fn documents(shop: &Shop, kind: FiscalKind) -> impl Iterator<Item = (&FiscalDocument, &Sale)> {
    let documents = shop.documents.iter().rev();
    let documents = documents.filter(move |document| document.kind == kind);
    documents.filter_map(|document| Some((document, shop.sale(document.sale)?)))
}

/// All rows of a kind of the shop, in the order of its list.
pub(crate) fn rows(shop: &Shop, kind: WorldKind) -> Vec<WorldRow> {
    let mut rows = Vec::new();
    each(shop, kind, &mut |row| rows.push(row));
    rows
}

/// Gives all rows of a kind of the shop one by one, in the order of its list.
pub(crate) fn each(shop: &Shop, kind: WorldKind, give: &mut dyn FnMut(WorldRow)) {
    let alone = |id: u64, json: Json| WorldRow::new(id.to_string(), None, &json);
    let of_products = |write: &dyn Fn(&Product) -> Vec<(u64, Json)>| -> Vec<WorldRow> {
        let owned = products(shop).flat_map(|product| {
            let rows = write(product).into_iter();
            rows.map(|(id, json)| WorldRow::new(id.to_string(), Some(product.id.to_string()), &json))
        });
        owned.collect()
    };
    let of_documents = |kind| {
        let rows = documents(shop, kind);
        rows.map(|(document, sale)| alone(document.id, financial::fiscal_document(shop, document, sale)))
            .collect()
    };
    let rows: Vec<WorldRow> = match kind {
        WorldKind::Sale | WorldKind::SaleDetails | WorldKind::Chargeback => {
            let own = shop.sales.iter().rev().map(Cow::Borrowed);
            let older = shop.bulk.iter().flat_map(|bulk| bulk.sales().map(Cow::Owned));
            let write = match kind {
                WorldKind::Sale => sales::sale,
                WorldKind::SaleDetails => sales::details,
                _ => sales::chargeback,
            };
            let is_in = |sale: &Cow<'_, Sale>| kind != WorldKind::Chargeback || sale.chargeback.is_some();
            return own
                .chain(older)
                .filter(is_in)
                .for_each(|sale| give(alone(sale.id, write(shop, &sale))));
        }
        WorldKind::Customer | WorldKind::CustomerDetails => {
            let overviews = overviews(shop);
            let all = customers(shop, Days::ALWAYS).into_iter();
            return all
                .filter_map(|customer| {
                    let human = customer.human(shop)?;
                    Some(match kind {
                        WorldKind::Customer => alone(human.id, customer.row(shop, &overviews)),
                        _ => alone(human.id, customers::details(shop, &human)),
                    })
                })
                .for_each(give);
        }
        WorldKind::StatementEntry => {
            let all = entries(shop, Days::ALWAYS.moments()).into_iter();
            return all.for_each(|entry| give(alone(entry.key().1, entry.row(shop))));
        }
        WorldKind::Subscription => subscriptions(shop)
            .into_iter()
            .map(|made| alone(made.id, subscriptions::whole(shop, made)))
            .collect(),
        WorldKind::Invoice => subscriptions(shop)
            .into_iter()
            .flat_map(|of| {
                let invoices = shop.charges(of.id);
                invoices.map(|sale| {
                    let json = subscriptions::invoice(shop, sale);
                    WorldRow::new(sale.id.to_string(), Some(of.id.to_string()), &json)
                })
            })
            .collect(),
        WorldKind::Product => products(shop)
            .map(|sold| alone(sold.id, products::product(shop, sold)))
            .collect(),
        WorldKind::Offer => of_products(&|sold| {
            let offers = sold.offers.iter();
            offers
                .map(|made| (made.id, products::offer(shop, made)))
                .collect()
        }),
        WorldKind::Campaign => of_products(&|sold| {
            let campaigns = sold.campaigns.iter();
            campaigns
                .map(|made| (made.id, products::campaign(shop, made)))
                .collect()
        }),
        WorldKind::Partner => of_products(&|sold| products::partners(shop, sold)),
        WorldKind::Coupon => shop
            .coupons
            .iter()
            .map(|made| WorldRow::new(made.code.to_owned(), None, &products::coupon(shop, made)))
            .collect(),
        WorldKind::Affiliation => affiliations(shop)
            .into_iter()
            .map(|tie| alone(tie.id, customers::affiliation(shop, tie)))
            .collect(),
        WorldKind::Transfer => shop
            .transfers
            .iter()
            .rev()
            .map(|made| alone(made.id, financial::transfer(shop, made)))
            .collect(),
        WorldKind::AffiliateFiscalDocument => of_documents(FiscalKind::Affiliate),
        WorldKind::BuyerFiscalDocument => of_documents(FiscalKind::Buyer),
        // Kinds of the products beside the shop.
        _ => Vec::new(),
    };
    rows.into_iter().for_each(give);
}
