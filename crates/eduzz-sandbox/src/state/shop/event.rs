//! The events of the shop.

use eduzz_types::webhook::myeduzz::ContractChangeReason;
use serde::{Deserialize, Serialize};

use super::cart::Cart;
use super::sale::Sale;
use super::subscription::Subscription;
use crate::state::calendar::Moment;

/// Something that happened in the shop, with the sale or subscription as it was then.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum ShopEvent {
    /// The status of an invoice changed.
    Invoice(InvoiceChange, Box<Sale>),
    /// The commissions of a paid invoice were calculated.
    Commission(Box<Sale>),
    ContractCreated(Box<Subscription>),
    ContractUpdated(Box<Subscription>, ContractChangeReason),
    /// A charge of a contract was attempted.
    Attempted(Box<Subscription>, Box<Sale>),
    CartAbandoned(Box<Cart>, Moment),
}

/// The invoice events that the service documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum InvoiceChange {
    Opened,
    Scheduled,
    WaitingPayment,
    Paid,
    WaitingRefund,
    Refunded,
    Chargeback,
    Canceled,
    Expired,
    Recovering,
    Negotiated,
}
