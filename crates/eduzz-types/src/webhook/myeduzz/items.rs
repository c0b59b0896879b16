//! The lines of an invoice.

use alloc::boxed::Box;

use serde::{Deserialize, Serialize};

use super::CouponId;
use crate::myeduzz::{BillingType, PartnerId};
use crate::scalar::optional_count;
use crate::webhook::Amount;
use crate::{Currency, ExactNumber, ProductId};

/// A line of an invoice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "ItemForm", into = "ItemForm")]
#[non_exhaustive]
pub struct InvoiceItem {
    /// Id of the product. A text of digits in reality, `P567` in an example.
    pub product_id: Option<ProductId>,
    /// Its name.
    pub name: Option<Box<str>>,
    /// The product that it belongs to; nullable.
    pub parent_id: Option<ProductId>,
    /// The refund period.
    pub refund_period: Option<RefundPeriod>,
    /// The price. Whether it includes the coupon's discount is not documented.
    pub price: Option<Amount>,
    /// The coupon that was used; nullable.
    pub coupon: Option<ItemCoupon>,
    /// The partner; nullable.
    pub partner_id: Option<PartnerId>,
    /// How it is charged. One example holds a Portuguese word instead of the documented ones (Q89).
    pub billing_type: Option<BillingType>,
    /// The producer's own reference; nullable.
    pub sku_reference: Option<Box<str>>,
    /// Position of the coupon, so that writing back changes nothing.
    coupon_place: CouponPlace,
}

/// Position of the coupon of a line: beside the price in every table, within it in one example
/// (Q88).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum CouponPlace {
    #[default]
    BesidePrice,
    WithinPrice,
    /// Beside the price, and another within it, which is only kept.
    Both(Box<ItemCoupon>),
}

/// A refund period: `value` units of `duration_type`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RefundPeriod {
    /// The unit.
    pub duration_type: Option<DurationType>,
    /// Number of units.
    #[serde(default, deserialize_with = "optional_count")]
    pub value: Option<u64>,
}

open_enum! {
    /// The unit of a [`RefundPeriod`]. Only days are documented.
    DurationType {
        /// Days.
        Days = "days",
    }
}

/// A coupon that was used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ItemCoupon {
    /// Id of the coupon; nullable.
    pub id: Option<CouponId>,
    /// The text that the buyer typed; nullable.
    pub key: Option<Box<str>>,
    /// The discount.
    pub discount: Option<Amount>,
}

/// A line as it is read and written.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ItemForm {
    product_id: Option<ProductId>,
    name: Option<Box<str>>,
    parent_id: Option<ProductId>,
    refund_period: Option<RefundPeriod>,
    price: Option<PriceForm>,
    coupon: Option<ItemCoupon>,
    partner_id: Option<PartnerId>,
    billing_type: Option<BillingType>,
    sku_reference: Option<Box<str>>,
}

#[derive(Serialize, Deserialize)]
struct PriceForm {
    currency: Option<Currency>,
    value: Option<ExactNumber>,
    coupon: Option<ItemCoupon>,
}

impl From<ItemForm> for InvoiceItem {
    fn from(form: ItemForm) -> Self {
        let (price, stray) = match form.price {
            Some(PriceForm {
                currency,
                value,
                coupon,
            }) => (Some(Amount { currency, value }), coupon),
            None => (None, None),
        };
        // Q88: the documented place comes first.
        let (coupon, coupon_place) = match (form.coupon, stray) {
            (None, Some(coupon)) => (Some(coupon), CouponPlace::WithinPrice),
            (Some(coupon), Some(stray)) => (Some(coupon), CouponPlace::Both(Box::new(stray))),
            (coupon, None) => (coupon, CouponPlace::BesidePrice),
        };
        Self {
            product_id: form.product_id,
            name: form.name,
            parent_id: form.parent_id,
            refund_period: form.refund_period,
            price,
            coupon,
            partner_id: form.partner_id,
            billing_type: form.billing_type,
            sku_reference: form.sku_reference,
            coupon_place,
        }
    }
}

impl From<InvoiceItem> for ItemForm {
    fn from(item: InvoiceItem) -> Self {
        // Without a price the coupon has no place.
        let (beside, within) = match (item.coupon_place, &item.price) {
            (CouponPlace::WithinPrice, Some(_)) => (None, item.coupon),
            (CouponPlace::Both(stray), Some(_)) => (item.coupon, Some(*stray)),
            _ => (item.coupon, None),
        };
        Self {
            product_id: item.product_id,
            name: item.name,
            parent_id: item.parent_id,
            refund_period: item.refund_period,
            price: item.price.map(|Amount { currency, value }| PriceForm {
                currency,
                value,
                coupon: within,
            }),
            coupon: beside,
            partner_id: item.partner_id,
            billing_type: item.billing_type,
            sku_reference: item.sku_reference,
        }
    }
}
