//! The rows of the shop's lists, in the lists' order. Calls and the world both take them from here.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use super::customers::{self, Overview};
use super::json::Json;
use super::{financial, products, sales, subscriptions};
use crate::state::shop::{
    Affiliation, Chargeback, Entry, FiscalDocument, FiscalKind, Human, Product, Sale, Shop, Subscription,
};
use crate::world::{WorldKind, WorldRow};

/// Subscriptions, newest first.
pub(crate) fn subscriptions(shop: &Shop) -> Vec<&Subscription> {
    let mut rows: Vec<&Subscription> = shop.subscriptions.iter().collect();
    rows.sort_by_key(|subscription| Reverse((subscription.created, subscription.id)));
    rows
}

/// Sales with a chargeback, newest first.
pub(crate) fn chargebacks(shop: &Shop) -> impl Iterator<Item = (&Sale, &Chargeback)> {
    let newest_first = shop.sales.iter().rev();
    newest_first.filter_map(|sale| Some((sale, sale.chargeback.as_ref()?)))
}

/// Customers, newest first.
pub(crate) fn customers(shop: &Shop) -> impl Iterator<Item = &Arc<Human>> {
    shop.customers.iter().rev()
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

/// Entries of the statement, latest credit first.
pub(crate) fn entries(shop: &Shop) -> Vec<&Entry> {
    let mut rows: Vec<&Entry> = shop.entries.iter().collect();
    rows.sort_by_key(|entry| Reverse((entry.credit, entry.id)));
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
    let newest_first = shop.sales.iter().rev();
    match kind {
        WorldKind::Sale => newest_first
            .map(|sale| alone(sale.id, sales::sale(shop, sale)))
            .collect(),
        WorldKind::SaleDetails => newest_first
            .map(|sale| alone(sale.id, sales::details(shop, sale)))
            .collect(),
        WorldKind::Chargeback => chargebacks(shop)
            .map(|(sale, made)| alone(sale.id, sales::chargeback(shop, sale, made)))
            .collect(),
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
        WorldKind::Customer => {
            let overviews = overviews(shop);
            let row = |of: &Arc<Human>| {
                let overview = overviews.get(&of.id).copied().unwrap_or_default();
                alone(of.id, customers::summary(shop, of, overview))
            };
            customers(shop).map(row).collect()
        }
        WorldKind::CustomerDetails => customers(shop)
            .map(|of| alone(of.id, customers::details(shop, of)))
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
        WorldKind::StatementEntry => entries(shop)
            .into_iter()
            .map(|entry| alone(entry.id, financial::statement_entry(shop, entry)))
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
    }
}
