//! The texts that a field of a call takes, as far as the SDK knows them.

use eduzz_types::blinket::{EventOrder, EventType};
use eduzz_types::heycamp::MemberStatus;
use eduzz_types::myeduzz::{ChargebackStatus, SaleReferenceDate, SaleStatus, SubscriptionDateFilter};
use eduzz_wire::Route;

/// The known texts of a query parameter of a route.
pub(crate) fn texts(route: &Route, field: &str) -> Option<&'static [&'static str]> {
    Some(match (route.template(), field) {
        ("/myeduzz/v1/sales" | "/myeduzz/v1/sales/summary", "status") => SaleStatus::KNOWN,
        ("/myeduzz/v1/sales", "referenceDate") => SaleReferenceDate::KNOWN,
        ("/myeduzz/v1/sales/chargebacks", "chargebackStatus") => ChargebackStatus::KNOWN,
        ("/myeduzz/v1/subscriptions", "filterBy") => SubscriptionDateFilter::KNOWN,
        ("/heycamp/v1/members/community/:communityId", "status") => MemberStatus::KNOWN,
        ("/blinket/v1/events", "type") => EventType::KNOWN,
        ("/blinket/v1/events", "order") => EventOrder::KNOWN,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::calls;

    #[test]
    fn known_routes_have_texts() {
        let known = calls::all();
        let fields = [
            "status",
            "referenceDate",
            "chargebackStatus",
            "filterBy",
            "type",
            "order",
        ];
        let found: BTreeSet<&str> = known
            .iter()
            .filter(|known| known.route.method() == "GET")
            .filter(|known| fields.iter().any(|field| texts(known.route, field).is_some()))
            .map(|known| known.name)
            .collect();
        let expected = [
            "GetSalesSummary",
            "ListChargebacks",
            "ListEvents",
            "ListMembers",
            "ListSales",
            "ListSubscriptions",
        ];
        assert_eq!(found.into_iter().collect::<Vec<_>>(), expected);
    }
}
