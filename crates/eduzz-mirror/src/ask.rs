//! Calls whose answers keep the JSON of each record.

use std::marker::PhantomData;

use eduzz_api::myeduzz::{ListProductOffers, ListSales, ListSubscriptionInvoices, ListSubscriptions};
use eduzz_sync::mirror::By;
use eduzz_types::myeduzz::{ProductOffer, SaleReferenceDate, SubscriptionDateFilter, SubscriptionInvoice};
use eduzz_types::{Items, List};
use eduzz_wire::{Call, Days, Endpoint, Kept, Route, Row};

/// A call for one record.
#[derive(Debug)]
pub(crate) struct One<E>(pub(crate) E);

impl<E: Endpoint> Endpoint for One<E> {
    const ROUTE: Route = E::ROUTE;
    type Output = Kept<E::Output>;

    fn describe(&self, call: &mut Call) {
        self.0.describe(call);
    }
}

/// A call for a list without pages, whose answer has the form `O`.
#[derive(Debug)]
pub(crate) struct Many<E, O>(E, PhantomData<fn() -> O>);

impl<E: Endpoint, O: serde::de::DeserializeOwned> Endpoint for Many<E, O> {
    const ROUTE: Route = E::ROUTE;
    type Output = O;

    fn describe(&self, call: &mut Call) {
        self.0.describe(call);
    }
}

pub(crate) fn sales(days: Days, by: By) -> ListSales {
    ListSales::new(days).reference_date(match by {
        By::Creation => SaleReferenceDate::CreatedAt,
        _ => SaleReferenceDate::UpdatedAt,
    })
}

pub(crate) fn subscriptions(days: Days, by: By) -> ListSubscriptions {
    let date = match by {
        By::Creation => SubscriptionDateFilter::Creation,
        _ => SubscriptionDateFilter::Update,
    };
    ListSubscriptions::new(days, date)
}

pub(crate) fn offers(product: &str) -> Many<ListProductOffers, List<Row<Kept<ProductOffer>>>> {
    Many(ListProductOffers::new(product), PhantomData)
}

pub(crate) fn invoices(
    subscription: &str,
) -> Many<ListSubscriptionInvoices, Items<Row<Kept<SubscriptionInvoice>>>> {
    Many(ListSubscriptionInvoices::new(subscription), PhantomData)
}
