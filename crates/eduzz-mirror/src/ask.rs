//! Calls whose answers keep the JSON of each record.

use eduzz_api::myeduzz::{ListSales, ListSubscriptions};
use eduzz_sync::mirror::By;
use eduzz_types::List;
use eduzz_types::myeduzz::{SaleReferenceDate, SubscriptionDateFilter};
use eduzz_wire::{Call, Days, Endpoint, Kept, Route, Row};
use serde::de::IgnoredAny;

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

/// A call for a list without pages, bare or in `items` (Q34).
#[derive(Debug)]
pub(crate) struct Many<E>(E);

impl<E> Many<E> {
    pub(crate) const fn new(call: E) -> Self {
        Self(call)
    }
}

impl<E: Endpoint> Endpoint for Many<E> {
    const ROUTE: Route = E::ROUTE;
    type Output = List<Row<Kept<IgnoredAny>>>;

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
