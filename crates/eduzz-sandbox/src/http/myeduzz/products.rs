//! `/myeduzz/v1/products`: what is sold, with its coupons, campaigns, offers and partners.

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use rust_decimal::Decimal;

use super::{Call, Json, not_found, object};
use crate::problem::Problem;
use crate::state::shop::{Coupon, Discount, Product};

/// `GET /myeduzz/v1/products`: newest first.
pub(in crate::http) fn list_products(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page()?;
    let shop = call.world.shop();
    let rows: Vec<&Arc<Product>> = shop.products.iter().rev().collect();
    Ok(paging.of(&rows, |sold| product(sold, shop.producer.id, &shop.producer.name)))
}

/// `GET /myeduzz/v1/products/:id`.
pub(in crate::http) fn get_product(call: &Call<'_>) -> Result<Response, Problem> {
    let shop = call.world.shop();
    let sold = found(shop.product(&call.parameter()))?;
    Ok(product(sold, shop.producer.id, &shop.producer.name).into_response())
}

/// `GET /myeduzz/v1/products/coupons`.
pub(in crate::http) fn list_coupons(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page()?; // Q51
    let shop = call.world.shop();
    Ok(paging.of(&shop.coupons, |made| coupon(made)))
}

/// `GET /myeduzz/v1/products/:id/campaigns`: a bare array (Q34).
pub(in crate::http) fn list_product_campaigns(call: &Call<'_>) -> Result<Response, Problem> {
    let shop = call.world.shop();
    let campaigns = &found(shop.product(&call.parameter()))?.campaigns;
    let campaigns = campaigns.iter().map(|campaign| {
        object! {
            "id" => campaign.id.to_string(),
            "key" => &campaign.key,
            "title" => campaign.title,
            "url" => format!("https://go.example.com/{}", campaign.key.to_lowercase()),
            "resultPerClick" => object! {
                "affiliate" => campaign.for_affiliate.decimal(),
                "producer" => campaign.for_producer.decimal(),
            },
            "isInfinityFunnel" => campaign.is_infinite, // Q44
            "isActive" => campaign.is_active,
            "createdAt" => campaign.created.with_millis(),
        }
    });
    Ok(Json::List(campaigns.collect()).into_response())
}

/// `GET /myeduzz/v1/products/:id/offers`: a bare array (Q34).
pub(in crate::http) fn list_product_offers(call: &Call<'_>) -> Result<Response, Problem> {
    let shop = call.world.shop();
    let offers = found(shop.product(&call.parameter()))?
        .offers
        .iter()
        .map(|offer| {
            object! {
                "id" => offer.id.to_string(),
                "isDefault" => offer.is_default,
                "name" => offer.name,
                "isVisibleToAffiliates" => offer.is_default,
                "checkoutUrl" => format!("https://chk.example.com/{}", offer.key),
                "defaultPrice" => offer.price,
                "prices" => vec![Json::from(offer.price)],
            }
        });
    Ok(Json::List(offers.collect()).into_response())
}

/// `GET /myeduzz/v1/products/:id/partners`: a bare array (Q34), the producer first.
pub(in crate::http) fn list_product_partners(call: &Call<'_>) -> Result<Response, Problem> {
    let shop = call.world.shop();
    let sold = found(shop.product(&call.parameter()))?;
    let share = sold.partner.as_ref().map_or(0, |(_, share)| *share);
    let partner = |id: u64, name: &String, email: &String, share: i64, is_producer: bool| {
        object! {
            "id" => id.to_string(),
            "name" => name,
            "email" => email,
            "commission" => object! {
                "type" => "percentage", "value" => Decimal::from(share), "onlyByAffiliate" => false,
            },
            "permission" => object! {
                "canManageAffiliates" => is_producer, "canRefund" => is_producer, "canViewCustomerData" => true,
            },
        }
    };
    let producer = partner(
        shop.producer.id,
        &shop.producer.name,
        &shop.producer.email,
        100 - share,
        true,
    );
    let other = sold
        .partner
        .as_ref()
        .map(|(human, share)| partner(human.id, &human.name, &human.email, *share, false));
    Ok(Json::List(std::iter::once(producer).chain(other).collect()).into_response())
}

fn found(product: Option<&Arc<Product>>) -> Result<&Product, Problem> {
    product.map(Arc::as_ref).ok_or(not_found("Product not found."))
}

fn product(sold: &Product, producer: u64, author: &String) -> Json {
    object! {
        "id" => sold.id.to_string(),
        "name" => sold.name,
        "description" => sold.description,
        "producerId" => producer.to_string(),
        "type" => sold.kind.as_str().to_owned(),
        "status" => sold.status.as_str().to_owned(),
        "author" => author,
        "moderation" => sold.moderation.as_str().to_owned(),
        "imageUrl" => format!("https://cdn.example.com/{}.jpg", sold.id),
        "createdAt" => sold.created.with_millis(),
        "updatedAt" => sold.updated.with_millis(),
        "payment" => object! {
            "type" => sold.payment.as_str().to_owned(), // Q50
            "price" => sold.price,
            "methods" => object! { "bankslip" => true, "pix" => true, "card" => true, "multipleCards" => false },
        },
    }
}

fn coupon(made: &Coupon) -> Json {
    let (value, kind) = match made.discount {
        Discount::Percentage(hundredths) => (Decimal::from(hundredths), "percentage"),
        Discount::Value(value) => (value.decimal(), "value"),
    };
    let products = made.products.iter().map(|product| {
        let key = product
            .offers
            .first()
            .map(|offer| offer.key.as_str())
            .unwrap_or_default();
        object! {
            "id" => product.id.to_string(),
            "title" => product.name,
            "price" => product.price,
            "priceWithDiscount" => product.price - made.off(product.price),
            "link" => format!("https://chk.example.com/{key}?cupom={}", made.code),
        }
    });
    object! {
        "code" => made.code,
        "description" => made.description,
        "value" => value,
        "type" => kind,
        "quantity" => made.quantity,
        "limitDate" => made.limit.with_millis(),
        "products" => products.collect::<Vec<_>>(),
    }
}
