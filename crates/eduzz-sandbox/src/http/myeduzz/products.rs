//! `/myeduzz/v1/products`: the products, their coupons, campaigns, offers and partners.

use axum::response::{IntoResponse, Response};

use super::not_found;
use crate::http::call::Call;
use crate::problem::Problem;
use crate::render::json::Json;
use crate::render::{lists, products};
use crate::state::shop::{Product, Shop};

/// `GET /myeduzz/v1/products`: newest first.
pub(in crate::http) fn list_products(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page()?;
    let shop = call.shown();
    Ok(paging.of(lists::products(&shop), |sold| products::product(&shop, sold)))
}

/// `GET /myeduzz/v1/products/:id`.
pub(in crate::http) fn get_product(call: &Call<'_>) -> Result<Response, Problem> {
    found(call, products::product)
}

/// `GET /myeduzz/v1/products/coupons`.
pub(in crate::http) fn list_coupons(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page()?; // Q51
    let shop = call.shown();
    Ok(paging.of(&shop.coupons, |made| products::coupon(&shop, made)))
}

/// `GET /myeduzz/v1/products/:id/campaigns`: a bare array (Q34).
pub(in crate::http) fn list_product_campaigns(call: &Call<'_>) -> Result<Response, Problem> {
    found(call, |shop, sold| {
        let campaigns = sold.campaigns.iter();
        Json::List(campaigns.map(|made| products::campaign(shop, made)).collect())
    })
}

/// `GET /myeduzz/v1/products/:id/offers`: a bare array (Q34).
pub(in crate::http) fn list_product_offers(call: &Call<'_>) -> Result<Response, Problem> {
    found(call, |shop, sold| {
        let offers = sold.offers.iter();
        Json::List(offers.map(|made| products::offer(shop, made)).collect())
    })
}

/// `GET /myeduzz/v1/products/:id/partners`: a bare array (Q34), the producer first.
pub(in crate::http) fn list_product_partners(call: &Call<'_>) -> Result<Response, Problem> {
    found(call, |shop, sold| {
        let partners = products::partners(shop, sold).into_iter();
        Json::List(partners.map(|(_, partner)| partner).collect())
    })
}

/// Writes the product of the path.
fn found(call: &Call<'_>, write: fn(&Shop, &Product) -> Json) -> Result<Response, Problem> {
    let shop = call.shown();
    let sold = shop.product(&call.parameter());
    let sold = sold.ok_or(not_found("Product not found."))?;
    Ok(write(&shop, sold).into_response())
}
