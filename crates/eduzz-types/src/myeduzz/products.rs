//! Products, with their coupons, campaigns, offers and partners.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{CampaignId, OfferId, PartnerId, ProductType};
use crate::page::filled;
use crate::scalar::optional_count;
use crate::{DateTime, EduzzId, ExactNumber, Money, PersonalText, ProductId};

/// A product: the item of `GET /myeduzz/v1/products`, and the answer of
/// `GET /myeduzz/v1/products/:id` (docs pages `/reference/api/get-myeduzz-v1-products`,
/// `/reference/api/get-myeduzz-v1-products-id`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Product {
    /// Id of the product.
    pub id: ProductId,
    /// Its name.
    pub name: Box<str>,
    /// The producer's description.
    pub description: Option<Box<str>>,
    /// The account that sells it.
    pub producer_id: Option<EduzzId>,
    /// Kind of product.
    #[serde(rename = "type")]
    pub kind: Option<ProductType>,
    /// Whether it can be bought.
    pub status: ProductStatus,
    /// Who made it.
    pub author: Option<PersonalText>,
    /// Whether Eduzz approved it.
    pub moderation: Option<ProductModeration>,
    /// Address of its picture; in the newer example, not in the page's table.
    pub image_url: Option<Box<str>>,
    /// When it was made.
    pub created_at: Option<DateTime>,
    /// When it was last changed.
    pub updated_at: Option<DateTime>,
    /// Its price and payment methods.
    pub payment: Option<ProductPayment>,
}

open_enum! {
    /// Whether a product can be bought.
    ProductStatus {
        /// It can.
        Active = "active",
        /// It cannot.
        Inactive = "inactive",
    }
}

open_enum! {
    /// Whether Eduzz approved a product.
    ProductModeration {
        /// Not submitted for review.
        New = "new",
        /// It passed.
        Approved = "approved",
        /// Under review.
        Pending = "pending",
        /// Not approved.
        Refused = "refused",
    }
}

/// Price and payment methods of a product.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProductPayment {
    /// Payment interval.
    #[serde(rename = "type")]
    pub kind: Option<ProductPaymentType>,
    /// The price.
    pub price: Option<Money>,
    /// How it can be paid.
    pub methods: Option<ProductPaymentMethods>,
}

open_enum! {
    /// Payment interval of a product.
    ///
    /// The table of the page lists the first four; its examples write `oneTime` and never `normal`
    /// (Q50).
    ProductPaymentType {
        /// Once, as the table writes it.
        Normal = "normal",
        /// Again and again.
        Subscription = "subscription",
        /// Never.
        Free = "free",
        /// The buyer chooses the amount, judging by its name.
        Open = "open",
        /// Once, as the examples write it.
        OneTime = "oneTime",
    }
}

/// How a product can be paid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProductPaymentMethods {
    /// By bank slip (`boleto`).
    pub bankslip: Option<bool>,
    /// By Pix.
    pub pix: Option<bool>,
    /// By card.
    pub card: Option<bool>,
    /// By several cards together.
    pub multiple_cards: Option<bool>,
}

/// A coupon: the item of `GET /myeduzz/v1/products/coupons` (docs page
/// `/reference/api/get-myeduzz-v1-products-coupons`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Coupon {
    /// The text that the buyer enters.
    pub code: Box<str>,
    /// The producer's description.
    pub description: Option<Box<str>>,
    /// The discount: an amount without a currency, or a percentage, according to
    /// [`kind`](Self::kind).
    pub value: Option<ExactNumber>,
    /// Unit of the value.
    #[serde(rename = "type")]
    pub kind: Option<CouponType>,
    /// The quantity.
    #[serde(default, deserialize_with = "optional_count")]
    pub quantity: Option<u64>,
    /// The end of its validity.
    pub limit_date: Option<DateTime>,
    /// The products that it applies to.
    #[serde(default, deserialize_with = "filled")]
    pub products: Vec<CouponProduct>,
}

open_enum! {
    /// Unit of a coupon's value; both are known from examples.
    CouponType {
        /// An amount.
        Value = "value",
        /// A percentage.
        Percentage = "percentage",
    }
}

/// A product that a coupon applies to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CouponProduct {
    /// Id of the product.
    pub id: ProductId,
    /// Its title.
    pub title: Option<Box<str>>,
    /// Price without the coupon.
    pub price: Option<Money>,
    /// Price with the coupon.
    pub price_with_discount: Option<Money>,
    /// Address of the checkout with the coupon in it.
    pub link: Option<Box<str>>,
}

/// A campaign of a product: the item of `GET /myeduzz/v1/products/:id/campaigns` (docs page
/// `/reference/api/get-myeduzz-v1-products-id-campaigns`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProductCampaign {
    /// Id of the campaign.
    pub id: CampaignId,
    /// Its key, which is part of its address.
    pub key: Option<Box<str>>,
    /// Its title.
    pub title: Option<Box<str>>,
    /// Its address.
    pub url: Option<Box<str>>,
    /// Results per click.
    pub result_per_click: Option<CampaignResult>,
    /// Whether it is an infinite funnel; sales spell it `isInfiniteFunnel` (Q44).
    pub is_infinity_funnel: Option<bool>,
    /// Whether it runs.
    pub is_active: Option<bool>,
    /// When it was made.
    pub created_at: Option<DateTime>,
}

/// Results per click on a campaign, as bare numbers; their unit is not documented.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CampaignResult {
    /// To the affiliate.
    pub affiliate: Option<ExactNumber>,
    /// To the producer.
    pub producer: Option<ExactNumber>,
}

/// An offer of a product: the item of `GET /myeduzz/v1/products/:id/offers` (docs page
/// `/reference/api/get-myeduzz-v1-products-id-offers`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProductOffer {
    /// Id of the offer.
    pub id: OfferId,
    /// Whether it is the product's default offer.
    pub is_default: Option<bool>,
    /// Its name.
    pub name: Option<Box<str>>,
    /// Whether affiliates see it.
    pub is_visible_to_affiliates: Option<bool>,
    /// Address of its checkout.
    pub checkout_url: Option<Box<str>>,
    /// The price in the default currency.
    pub default_price: Option<Money>,
    /// The price in each currency.
    #[serde(default, deserialize_with = "filled")]
    pub prices: Vec<Money>,
}

/// A partner of a product: the item of `GET /myeduzz/v1/products/:id/partners` (docs page
/// `/reference/api/get-myeduzz-v1-products-id-partners`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ProductPartner {
    /// Id of the partner; whether it is the number of an account is not documented.
    pub id: PartnerId,
    /// The person's or company's name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The commission of the partner.
    pub commission: Option<PartnerCommission>,
    /// Permissions of the partner.
    pub permission: Option<PartnerPermission>,
}

/// The commission of a partner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PartnerCommission {
    /// Unit of the value.
    #[serde(rename = "type")]
    pub kind: Option<PartnerCommissionType>,
    /// The amount, in the unit of [`kind`](Self::kind).
    pub value: Option<ExactNumber>,
    /// Whether it is paid only for sales of affiliates.
    pub only_by_affiliate: Option<bool>,
}

open_enum! {
    /// Unit of a partner's commission; only the percentage is known, from examples.
    PartnerCommissionType {
        /// A percentage.
        Percentage = "percentage",
    }
}

/// Permissions of a partner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PartnerPermission {
    /// Manage the affiliates.
    pub can_manage_affiliates: Option<bool>,
    /// Refund sales.
    pub can_refund: Option<bool>,
    /// See the customers' data.
    pub can_view_customer_data: Option<bool>,
}
