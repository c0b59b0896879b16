//! `/myeduzz/v1/customers` and `/myeduzz/v1/affiliates`.

use axum::response::{IntoResponse, Response};

use super::not_found;
use crate::http::call::Call;
use crate::problem::Problem;
use crate::render::{customers, lists};
use crate::state::shop::Affiliation;

/// `GET /myeduzz/v1/customers`: newest first, or as `order` says.
pub(in crate::http) fn list_customers(call: &Call<'_>) -> Result<Response, Problem> {
    let (paging, days) = (call.query.page()?, call.query.any_days()?);
    let shop = call.shown();
    let overviews = lists::overviews(&shop);
    let mut rows = lists::customers(&shop, days);
    // The syntax is undocumented (Q42); this is that of the other products. Other values change
    // nothing.
    let order = call.query.text("order").unwrap_or_default();
    let (field, direction) = order.split_once(':').unwrap_or((order, "asc"));
    match field {
        "id" => rows.sort_by_key(|customer| customer.human(&shop).map(|human| human.id)),
        "name" => rows.sort_by_cached_key(|customer| {
            let human = customer.human(&shop);
            human.map(|human| human.name.to_lowercase())
        }),
        "email" => rows.sort_by_cached_key(|customer| {
            let human = customer.human(&shop);
            human.map(|human| human.email.to_lowercase())
        }),
        _ => {}
    }
    if !field.is_empty() && direction.eq_ignore_ascii_case("desc") {
        rows.reverse();
    }
    Ok(paging.of(rows, |customer| customer.row(&shop, &overviews)))
}

/// `GET /myeduzz/v1/customers/:email`.
pub(in crate::http) fn get_customer(call: &Call<'_>) -> Result<Response, Problem> {
    let shop = call.shown();
    let customer = shop.any_customer(&call.parameter());
    let customer = customer.ok_or(not_found("Customer not found."))?;
    Ok(customers::details(&shop, &customer).into_response())
}

/// `GET /myeduzz/v1/affiliates`: newest first.
pub(in crate::http) fn list_affiliates(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page()?;
    let shop = call.shown();
    let mut wanted = Vec::new();
    // Q41: comma-separated ids.
    let ids = call.query.text("productIds").unwrap_or_default().split(',');
    for id in ids.map(str::trim).filter(|id| !id.is_empty()) {
        // Documented: an unknown product gives 404.
        wanted.push(shop.product(id).ok_or(not_found("Product not found."))?.id);
    }
    let is_wanted = |tie: &&Affiliation| wanted.is_empty() || wanted.contains(&tie.product.id);
    let rows = lists::affiliations(&shop).into_iter().filter(is_wanted);
    Ok(paging.of(rows, |tie| customers::affiliation(&shop, tie)))
}
