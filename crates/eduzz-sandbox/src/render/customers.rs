//! Customers and affiliates.

use super::json::{Json, object};
use super::patched;
use crate::state::calendar::Moment;
use crate::state::money::Cents;
use crate::state::shop::{Affiliation, Human, Shop};
use crate::world::WorldKind;

/// The sums of a customer's paid sales.
#[derive(Clone, Copy, Default)]
pub(crate) struct Overview {
    pub(crate) count: u64,
    pub(crate) net: Cents,
    pub(crate) gross: Cents,
}

fn head(customer: &Human) -> Json {
    object! { "id" => customer.id.to_string() }.and(contact(customer))
}

/// A customer alone. Q37: no city here.
pub(crate) fn details(shop: &Shop, customer: &Human) -> Json {
    let row = head(customer).and(object! {
        "address" => object! {
            "street" => customer.street,
            "number" => &customer.number,
            "supplement" => customer.complement,
            "cep" => &customer.postal_code,
            "state" => customer.state,
            "country" => "BR",
        },
    });
    patched(shop, WorldKind::CustomerDetails, customer.id, row)
}

/// A customer in the list.
pub(crate) fn summary(shop: &Shop, customer: &Human, overview: Overview) -> Json {
    let row = head(customer).and(object! {
        "purchaseHistoryOverview" => object! {
            "productsQuantity" => overview.count,
            "net" => overview.net,
            "gross" => overview.gross,
        },
    });
    patched(shop, WorldKind::Customer, customer.id, row)
}

/// An affiliation.
pub(crate) fn affiliation(shop: &Shop, tie: &Affiliation) -> Json {
    let row = object! {
        "id" => tie.id.to_string(),
        "status" => tie.status.as_str().to_owned(),
        "requestedAt" => tie.requested.with_millis(),
        "approvedAt" => tie.approved.map(Moment::with_millis),
        "updatedAt" => tie.updated.with_millis(),
        "createdAt" => tie.requested.with_millis(),
        "product" => object! { "id" => tie.product.id.to_string(), "name" => tie.product.name },
        "customer" => object! { "id" => tie.affiliate.id.to_string(), "name" => &tie.affiliate.name },
    };
    patched(shop, WorldKind::Affiliation, tie.id, row)
}

/// A person as subscriptions and contracts name them.
pub(super) fn contact(human: &Human) -> Json {
    object! { "name" => &human.name, "email" => &human.email, "phone" => phone(human) }
}

/// A telephone number in parts, as customers and subscriptions have it.
fn phone(human: &Human) -> Json {
    object! { "countryCode" => "55", "areaCode" => human.area_code, "number" => &human.phone }
}
