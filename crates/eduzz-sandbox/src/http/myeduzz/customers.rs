//! `/myeduzz/v1/customers`: who bought.

use std::collections::HashMap;
use std::sync::Arc;

use axum::response::{IntoResponse, Response};

use super::{Call, Json, not_found, object, phone};
use crate::problem::Problem;
use crate::state::money::Cents;
use crate::state::shop::Human;

/// What somebody's paid sales come to.
#[derive(Clone, Copy, Default)]
struct Overview {
    count: u64,
    net: Cents,
    gross: Cents,
}

/// `GET /myeduzz/v1/customers`: newest first, or as `order` says.
pub(in crate::http) fn list_customers(call: &Call<'_>) -> Result<Response, Problem> {
    let (paging, days) = (call.query.page()?, call.query.any_days()?);
    let shop = call.world.shop();
    let mut overviews: HashMap<u64, Overview> = HashMap::new();
    for sale in shop.sales.iter().filter(|sale| sale.is_paid()) {
        let overview = overviews.entry(sale.buyer.id).or_default();
        overview.count += 1;
        overview.net += sale.gains.net;
        overview.gross += sale.gross();
    }
    let mut rows: Vec<&Arc<Human>> = shop
        .customers
        .iter()
        .rev()
        .filter(|customer| days.has(customer.since))
        .collect();
    // The syntax is not documented (Q42); this is that of the other products. What is not understood changes nothing.
    let order = call.query.text("order").unwrap_or_default();
    let (field, direction) = order.split_once(':').unwrap_or((order, "asc"));
    match field {
        "id" => rows.sort_by_key(|customer| customer.id),
        "name" => rows.sort_by_key(|customer| customer.name.to_lowercase()),
        "email" => rows.sort_by_key(|customer| customer.email.to_lowercase()),
        _ => {}
    }
    if !field.is_empty() && direction.eq_ignore_ascii_case("desc") {
        rows.reverse();
    }
    Ok(paging.of(&rows, |customer| {
        summary(customer, overviews.get(&customer.id).copied().unwrap_or_default())
    }))
}

/// `GET /myeduzz/v1/customers/:email`.
pub(in crate::http) fn get_customer(call: &Call<'_>) -> Result<Response, Problem> {
    let shop = call.world.shop();
    let customer = shop
        .customer(&call.parameter())
        .ok_or(not_found("Customer not found."))?;
    // Q37: no city here.
    Ok(head(customer)
        .and(object! {
            "address" => object! {
                "street" => customer.street,
                "number" => &customer.number,
                "supplement" => customer.complement,
                "cep" => &customer.postal_code,
                "state" => customer.state,
                "country" => "BR",
            },
        })
        .into_response())
}

fn head(customer: &Human) -> Json {
    object! {
        "id" => customer.id.to_string(),
        "name" => &customer.name,
        "email" => &customer.email,
        "phone" => phone(customer),
    }
}

fn summary(customer: &Human, overview: Overview) -> Json {
    head(customer).and(object! {
        "purchaseHistoryOverview" => object! {
            "productsQuantity" => overview.count,
            "net" => overview.net,
            "gross" => overview.gross,
        },
    })
}
