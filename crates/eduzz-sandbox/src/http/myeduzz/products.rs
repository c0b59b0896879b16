//! `/myeduzz/v1/products`: what is sold, with its coupons, campaigns, offers and partners.

use std::sync::Arc;

use axum::response::{IntoResponse, Response};

use super::not_found;
use crate::http::call::Call;
use crate::http::problem::Problem;
use crate::render::json::Json;
use crate::render::products;
use crate::state::shop::Product;

/// `GET /myeduzz/v1/products`: newest first.
pub(in crate::http) fn list_products(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page()?;
    let shop = call.running.shop();
    let rows: Vec<&Arc<Product>> = shop.products.iter().rev().collect();
    Ok(paging.of(&rows, |sold| products::product(sold, &shop.producer)))
}

/// `GET /myeduzz/v1/products/:id`.
pub(in crate::http) fn get_product(call: &Call<'_>) -> Result<Response, Problem> {
    let shop = call.running.shop();
    let sold = found(shop.product(&call.parameter()))?;
    Ok(products::product(sold, &shop.producer).into_response())
}

/// `GET /myeduzz/v1/products/coupons`.
pub(in crate::http) fn list_coupons(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page()?; // Q51
    let shop = call.running.shop();
    Ok(paging.of(&shop.coupons, |made| products::coupon(made)))
}

/// `GET /myeduzz/v1/products/:id/campaigns`: a bare array (Q34).
pub(in crate::http) fn list_product_campaigns(call: &Call<'_>) -> Result<Response, Problem> {
    let shop = call.running.shop();
    let campaigns = &found(shop.product(&call.parameter()))?.campaigns;
    Ok(Json::List(campaigns.iter().map(products::campaign).collect()).into_response())
}

/// `GET /myeduzz/v1/products/:id/offers`: a bare array (Q34).
pub(in crate::http) fn list_product_offers(call: &Call<'_>) -> Result<Response, Problem> {
    let shop = call.running.shop();
    let offers = &found(shop.product(&call.parameter()))?.offers;
    Ok(Json::List(offers.iter().map(products::offer).collect()).into_response())
}

/// `GET /myeduzz/v1/products/:id/partners`: a bare array (Q34), the producer first.
pub(in crate::http) fn list_product_partners(call: &Call<'_>) -> Result<Response, Problem> {
    let shop = call.running.shop();
    let sold = found(shop.product(&call.parameter()))?;
    Ok(products::partners(sold, &shop.producer).into_response())
}

fn found(product: Option<&Arc<Product>>) -> Result<&Product, Problem> {
    product.map(Arc::as_ref).ok_or(not_found("Product not found."))
}
