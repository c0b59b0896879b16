//! `/myeduzz/v1/affiliates`: who may sell the products.

use axum::response::Response;

use super::{Call, Json, not_found, object};
use crate::problem::Problem;
use crate::state::calendar::Moment;
use crate::state::shop::Affiliation;

/// `GET /myeduzz/v1/affiliates`: newest first.
pub(in crate::http) fn list_affiliates(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page()?;
    let shop = call.world.shop();
    let mut wanted = Vec::new();
    // Q41: ids with commas between them.
    for id in call
        .query
        .text("productIds")
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
    {
        if !id.is_empty() {
            // A product that is not there is documented to give 404.
            wanted.push(shop.product(id).ok_or(not_found("Product not found."))?.id);
        }
    }
    let mut rows: Vec<&Affiliation> = shop
        .affiliations
        .iter()
        .filter(|tie| wanted.is_empty() || wanted.contains(&tie.product.id))
        .collect();
    rows.sort_by_key(|tie| std::cmp::Reverse(tie.id));
    Ok(paging.of(&rows, |tie| affiliation(tie)))
}

fn affiliation(tie: &Affiliation) -> Json {
    object! {
        "id" => tie.id.to_string(),
        "status" => tie.status.as_str().to_owned(),
        "requestedAt" => tie.requested.with_millis(),
        "approvedAt" => tie.approved.map(Moment::with_millis),
        "updatedAt" => tie.updated.with_millis(),
        "createdAt" => tie.requested.with_millis(),
        "product" => object! { "id" => tie.product.id.to_string(), "name" => tie.product.name },
        "customer" => object! { "id" => tie.affiliate.id.to_string(), "name" => &tie.affiliate.name },
    }
}
