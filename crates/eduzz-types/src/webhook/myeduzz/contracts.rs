//! Contracts, which are subscriptions: the data of `contract_created` and `contract_updated`.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::PlanId;
use crate::myeduzz::{Delivery, Frequency, PaymentMethod, Phone, SubscriptionId, SubscriptionStatus};
use crate::page::filled;
use crate::scalar::optional_count;
use crate::webhook::Amount;
use crate::{DateTime, EduzzId, FreeForm, PersonalText, ProductId};

/// A contract that was made or changed: the data of `myeduzz.contract_created` and
/// `myeduzz.contract_updated` (docs pages `/reference/webhook/myeduzz-contract-created`,
/// `/reference/webhook/myeduzz-contract-updated`).
///
/// It may come before or after the first `invoice_paid`. There is no event of a renewal: that is an
/// `invoice_paid` with the contract's id (Q97). The subscriptions of the calls name the dates
/// differently and are another type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ContractChange {
    /// Owner of the products.
    pub producer: Option<ContractProducer>,
    /// The subscribed products.
    #[serde(default, deserialize_with = "filled")]
    pub products: Vec<ContractProduct>,
    /// The contract.
    pub contract: Contract,
    /// The buyer.
    pub customer: Option<ContractCustomer>,
    /// The payer.
    pub financial_responsible: Option<ContractCustomer>,
    /// The reason for the change; `contract_updated` only, and since May 2024 only.
    pub reason: Option<ContractChangeReason>,
    /// When it was sent: the tables have it here, the examples in the envelope (Q72).
    pub sent_date: Option<DateTime>,
}

open_enum! {
    /// The reason for a contract's change.
    ContractChangeReason {
        /// Its status changed.
        StatusUpdated = "status_updated",
        /// Arrears were negotiated.
        Negotiation = "negotiation",
        /// Its price changed.
        Readjustment = "readjustment",
        /// A larger plan.
        Upgrade = "upgrade",
        /// A smaller plan.
        Downgrade = "downgrade",
        /// It resumed after an interruption.
        Reactivation = "reactivation",
        /// It stopped temporarily.
        Suspension = "suspension",
        /// It was cancelled.
        Cancellation = "cancellation",
    }
}

/// The producer in the events of contracts; the producer of invoices also has a secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ContractProducer {
    /// Number of the producer at Eduzz.
    pub id: Option<EduzzId>,
    /// The name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
}

/// A product of a subscription.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ContractProduct {
    /// Id of the product.
    pub id: Option<ProductId>,
    /// Its name.
    pub name: Option<Box<str>>,
    /// The delivery method.
    #[serde(default, deserialize_with = "filled")]
    pub deliveries: Vec<Delivery>,
    /// The plan. Null in 2024, now an object whose two members may be null (Q92).
    pub plan: Option<ContractPlan>,
    /// The price.
    pub price: Option<Amount>,
    /// The joining fee.
    pub membership_fee: Option<Amount>,
}

/// A plan of a product.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ContractPlan {
    /// Id of the plan; null without one.
    pub id: Option<PlanId>,
    /// Its name; null without one.
    pub name: Option<Box<str>>,
}

/// A contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Contract {
    /// Id of the contract, an invoice's `contract.id`. (One table says the invoice's.)
    pub id: SubscriptionId,
    /// The payment method.
    pub payment: Option<ContractPayment>,
    /// Its status.
    pub status: Option<SubscriptionStatus>,
    /// Length of the trial in days; 0 means no trial.
    #[serde(default, deserialize_with = "optional_count")]
    pub trial_days: Option<u64>,
    /// When it was made.
    pub created_at: Option<DateTime>,
    /// When it was last changed.
    pub updated_at: Option<DateTime>,
    /// When the access ends.
    pub content_access: Option<ContentAccess>,
    /// Whether it is an unlimited payment by instalments (`parcelamento sem limite`), not a
    /// subscription.
    pub is_unlimited_installments: Option<bool>,
    /// The same under the name of the tables of 2024 (Q92).
    #[serde(rename = "isPSL")]
    pub is_psl: Option<bool>,
    /// The same under the name of the example of 2024, whose form is not known (Q92).
    pub installments: Option<FreeForm>,
    /// When it is charged.
    pub recurrence: Option<Recurrence>,
}

impl Contract {
    /// Whether it is an unlimited payment by instalments, from any of its three names (Q92).
    #[must_use]
    pub fn is_unlimited(&self) -> Option<bool> {
        let oldest = || self.installments.as_ref()?.as_value().as_bool();
        self.is_unlimited_installments.or(self.is_psl).or_else(oldest)
    }
}

/// Payment method of a contract.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ContractPayment {
    /// The method.
    pub method: Option<PaymentMethod>,
    /// Number of instalments of a charge.
    #[serde(default, deserialize_with = "optional_count")]
    pub total_of_installments: Option<u64>,
    /// The same in two real deliveries, which had no `totalOfInstallments` (Q161).
    #[serde(default, deserialize_with = "optional_count")]
    pub installments: Option<u64>,
}

/// When a customer loses access.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ContentAccess {
    /// When the contract ends.
    pub remove_on_contract_end: Option<bool>,
    /// When a payment is late.
    pub remove_on_late_payment: Option<bool>,
}

/// When a contract is charged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Recurrence {
    /// When it starts.
    pub starts_at: Option<DateTime>,
    /// When the next charge is due.
    pub next_due: Option<DateTime>,
    /// When the previous charge was due, in a draft of 2024 (Q162).
    pub previous_due: Option<DateTime>,
    /// When the current charge is due.
    pub current_due: Option<DateTime>,
    /// When the last charge is due, as the current example names it (Q91).
    pub last_due: Option<DateTime>,
    /// When the last charge is due, as the table and the example of 2024 name it (Q91).
    pub final_due: Option<DateTime>,
    /// When it ends. It may be an empty text (Q91), which [`end`](Self::end) ignores.
    pub finishes_at: Option<DateTime>,
    /// Charge interval.
    pub frequency: Option<Frequency>,
    /// Number of charges.
    pub charges: Option<RecurrenceCharges>,
    /// Whether it has an end.
    pub is_finite: Option<bool>,
    /// Amount of a charge.
    pub price: Option<Amount>,
}

impl Recurrence {
    /// When the last charge is due, from either of its two names (Q91).
    #[must_use]
    pub fn last_charge_due(&self) -> Option<&DateTime> {
        self.last_due.as_ref().or(self.final_due.as_ref())
    }

    /// When it ends: `finishesAt`, unless it is the empty text (Q91).
    #[must_use]
    pub fn end(&self) -> Option<&DateTime> {
        self.finishes_at.as_ref().filter(|end| !end.as_str().is_empty())
    }
}

/// Number of charges of a contract.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct RecurrenceCharges {
    /// All charges.
    #[serde(default, deserialize_with = "optional_count")]
    pub total: Option<u64>,
    /// The number of the current charge.
    #[serde(default, deserialize_with = "optional_count")]
    pub current: Option<u64>,
}

/// Buyer or payer of a contract. It has neither number nor document, so only the e-mail address
/// joins it with an invoice's buyer (Q99).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ContractCustomer {
    /// The name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The telephone number, in parts.
    pub phone: Option<Phone>,
}
