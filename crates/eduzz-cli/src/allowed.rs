//! The texts that a field of a call takes, as far as the SDK knows them.

use eduzz_wire::Route;

use crate::calls;
use crate::fields::folded;
use crate::probe::Kind;

/// The known texts of a field of a route's call, by its name in the request.
pub(crate) fn texts(route: &Route, field: &str) -> Option<Vec<String>> {
    let known = calls::all().into_iter().find(|known| known.route == route)?;
    // The SDK's calls name `type` so.
    let name = if field == "type" { "kind" } else { field };
    let fields = known.described();
    let field = fields.into_iter().find(|own| folded(own.name) == folded(name))?;
    match field.kind {
        Kind::OneOf(known) => Some(known),
        Kind::List(each) => match *each {
            Kind::OneOf(known) => Some(known),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

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
