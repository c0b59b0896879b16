//! Products with their coupons, campaigns, offers and partners.

use rust_decimal::Decimal;

use super::json::{Json, object};
use super::{patched, patched_text};
use crate::state::shop::{Campaign, Coupon, Discount, Offer, Product, Shop};
use crate::world::WorldKind;

/// A product.
pub(crate) fn product(shop: &Shop, sold: &Product) -> Json {
    let producer = &shop.producer;
    let row = object! {
        "id" => sold.id.to_string(),
        "name" => sold.name,
        "description" => sold.description,
        "producerId" => producer.id.to_string(),
        "type" => sold.kind.as_str().to_owned(),
        "status" => sold.status.as_str().to_owned(),
        "author" => &producer.name,
        "moderation" => sold.moderation.as_str().to_owned(),
        "imageUrl" => format!("https://cdn.example.com/{}.jpg", sold.id),
        "createdAt" => sold.created.with_millis(),
        "updatedAt" => sold.updated.with_millis(),
        "payment" => object! {
            "type" => sold.payment.as_str().to_owned(), // Q50
            "price" => sold.price,
            "methods" => object! { "bankslip" => true, "pix" => true, "card" => true, "multipleCards" => false },
        },
    };
    patched(shop, WorldKind::Product, sold.id, row)
}

/// A coupon.
pub(crate) fn coupon(shop: &Shop, made: &Coupon) -> Json {
    let (value, kind) = match made.discount {
        Discount::Percentage(hundredths) => (Decimal::from(hundredths), "percentage"),
        Discount::Value(value) => (value.decimal(), "value"),
    };
    let products = made.products.iter().map(|product| {
        let key = product.offers.first().map_or("", |offer| offer.key.as_str());
        object! {
            "id" => product.id.to_string(),
            "title" => product.name,
            "price" => product.price,
            "priceWithDiscount" => product.price - made.off(product.price),
            "link" => format!("https://chk.example.com/{key}?cupom={}", made.code),
        }
    });
    let row = object! {
        "code" => made.code,
        "description" => made.description,
        "value" => value,
        "type" => kind,
        "quantity" => made.quantity,
        "limitDate" => made.limit.with_millis(),
        "products" => products.collect::<Vec<_>>(),
    };
    patched_text(shop, WorldKind::Coupon, || made.code.to_owned(), row)
}

/// A campaign.
pub(crate) fn campaign(shop: &Shop, campaign: &Campaign) -> Json {
    let row = object! {
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
    };
    patched(shop, WorldKind::Campaign, campaign.id, row)
}

/// An offer.
pub(crate) fn offer(shop: &Shop, offer: &Offer) -> Json {
    let row = object! {
        "id" => offer.id.to_string(),
        "isDefault" => offer.is_default,
        "name" => offer.name,
        "isVisibleToAffiliates" => offer.is_default,
        "checkoutUrl" => format!("https://chk.example.com/{}", offer.key),
        "defaultPrice" => offer.price,
        "prices" => vec![Json::from(offer.price)],
    };
    patched(shop, WorldKind::Offer, offer.id, row)
}

/// The partners of a product with their ids, the producer first.
pub(crate) fn partners(shop: &Shop, sold: &Product) -> Vec<(u64, Json)> {
    let producer = &shop.producer;
    let partner = |id: u64, name: &String, email: &String, share: i64, is_producer: bool| {
        let row = object! {
            "id" => id.to_string(),
            "name" => name,
            "email" => email,
            "commission" => object! {
                "type" => "percentage", "value" => Decimal::from(share), "onlyByAffiliate" => false,
            },
            "permission" => object! {
                "canManageAffiliates" => is_producer, "canRefund" => is_producer, "canViewCustomerData" => true,
            },
        };
        (id, patched(shop, WorldKind::Partner, id, row))
    };
    let share = sold.partner.as_ref().map_or(0, |(_, share)| *share);
    let of_producer = partner(producer.id, &producer.name, &producer.email, 100 - share, true);
    let other = sold.partner.iter();
    let other = other.map(|(human, share)| partner(human.id, &human.name, &human.email, *share, false));
    std::iter::once(of_producer).chain(other).collect()
}
