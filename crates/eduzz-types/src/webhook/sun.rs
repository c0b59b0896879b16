//! Checkout Sun: abandoned carts.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::myeduzz::PaymentMethod;
use crate::page::filled;
use crate::personal::optional_digits;
use crate::{DateTime, EduzzId, PersonalText, ProductId};

/// A buyer left the checkout without paying: the data of `sun.cart_abandonment` (docs page
/// `/reference/webhook/sun-cart-abandonment`).
///
/// Only an example and one real delivery are known, so anything may be missing (Q94). A real one
/// came about five minutes after [`updated_at`](Self::updated_at).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CartAbandonment {
    /// Id of the checkout's transaction, 32 hex digits; not the transaction of an invoice.
    pub transaction_id: Option<CheckoutTransactionId>,
    /// The buyer, with the data entered so far.
    pub customer: Option<CartCustomer>,
    /// The products. The service calls the list `productId`.
    #[serde(default, deserialize_with = "filled", rename = "productId")]
    pub product_ids: Vec<ProductId>,
    /// The campaign that the buyer came from; missing in a real delivery.
    pub tracker: Option<CartTracker>,
    /// The last step of the buyer.
    pub last_step: Option<CartStep>,
    /// Payment method that the buyer chose; missing in a real delivery.
    pub payment_method: Option<PaymentMethod>,
    /// Number of the producer at Eduzz; here a number, elsewhere a text.
    pub producer_id: Option<EduzzId>,
    /// The checkout, with the transaction's key and signature, and personal data in a real
    /// delivery. Never log it.
    pub href: Option<PersonalText>,
    /// A link that takes the buyer back to pay. A real delivery had it, no page has it.
    pub sale_recovery_url: Option<PersonalText>,
    /// When the cart last changed.
    pub updated_at: Option<DateTime>,
}

/// The buyer of an abandoned cart, with the data entered so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CartCustomer {
    /// The name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The telephone number, such as `+5511900000000`.
    #[serde(default, deserialize_with = "optional_digits")]
    pub phone: Option<PersonalText>,
}

/// The campaign that a buyer came from, under other names than an invoice's, without the term.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CartTracker {
    /// `utm_campaign`.
    pub utm_campaign: Option<Box<str>>,
    /// `utm_source`.
    pub utm_source: Option<Box<str>>,
    /// `utm_medium`.
    pub utm_medium: Option<Box<str>>,
    /// `utm_content`.
    pub utm_content: Option<Box<str>>,
}

open_enum! {
    /// The last step of a buyer before leaving. The values are not documented; these were seen
    /// (Q94).
    CartStep {
        /// The payment was sent; from the documentation's example.
        PaymentSent = "payment-sent",
        /// The payment failed; from a real delivery.
        PaymentFailed = "payment_failed",
    }
}

id! {
    /// Id of a checkout's transaction, 32 hex digits: unlike the
    /// [`TransactionId`](super::myeduzz::TransactionId) of an invoice.
    CheckoutTransactionId;
}
