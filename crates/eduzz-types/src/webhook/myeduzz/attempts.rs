//! Attempts to charge a contract: the data of the four `contract_…_attempted` events.

use alloc::boxed::Box;

use serde::{Deserialize, Serialize};

use super::{ContractProducer, InvoiceStatus};
use crate::myeduzz::{PaymentMethod, SubscriptionId, SubscriptionStatus};
use crate::personal::optional_digits;
use crate::scalar::optional_count;
use crate::{DateTime, EduzzId, InvoiceId, PersonalText};

/// An attempt to charge an invoice of a contract, whether it succeeded or not: the data of
/// `myeduzz.contract_bankslip_attempted`, `contract_card_attempted`,
/// `contract_eduzz_balance_attempted` and `contract_pix_attempted` (docs pages
/// `/reference/webhook/myeduzz-contract-bankslip-attempted` and its siblings).
///
/// The four differ in the fields of the invoice's payment, and in whether they report a failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ContractAttempt {
    /// Owner of the product.
    pub producer: Option<ContractProducer>,
    /// The invoice after the attempt.
    pub invoice: Option<AttemptedInvoice>,
    /// The contract.
    pub contract: AttemptedContract,
    /// The charged customer.
    pub customer: Option<AttemptedCustomer>,
    /// When it was sent: the tables have it here, the examples in the envelope (Q72).
    pub sent_date: Option<DateTime>,
}

/// An invoice with an attempted charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AttemptedInvoice {
    /// Id of the invoice.
    pub id: InvoiceId,
    /// The attempted payment.
    pub payment: Option<AttemptedPayment>,
    /// Whether it comes from a negotiation of arrears.
    pub is_negotiation: Option<bool>,
    /// The reason of a failure; null without one. Card and balance only; the values of cards are
    /// not known.
    pub fail_reason: Option<FailReason>,
    /// The reason of a failure, as text; null without one.
    pub fail_reason_message: Option<Box<str>>,
    /// Status of the invoice.
    pub status: Option<InvoiceStatus>,
    /// When it is due.
    pub due_date: Option<DateTime>,
    /// When it was tried.
    pub attempt_date: Option<DateTime>,
}

open_enum! {
    /// The reason of a failed charge. The two values are those of charges by balance; those of
    /// cards are not documented.
    FailReason {
        /// Refused.
        Refused = "SA_EMLPS",
        /// The balance is too small.
        InsufficientBalance = "SA_VLAVL",
    }
}

/// The payment of an attempted charge.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AttemptedPayment {
    /// The method. The example has `creditCard` for an event that debit cards have too.
    pub method: Option<PaymentMethod>,
    /// Number of instalments; cards only.
    #[serde(default, deserialize_with = "optional_count")]
    pub installments: Option<u64>,
    /// The bank slip that was issued; bank slips only.
    pub bank_slip: Option<AttemptedBankSlip>,
    /// The Pix that was issued; Pix only.
    pub pix: Option<AttemptedPix>,
}

/// A bank slip that was issued.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AttemptedBankSlip {
    /// Where it can be seen; without `https://` in the example (Q98).
    pub url: Option<PersonalText>,
    /// The payment digits (linha digitável).
    #[serde(default, deserialize_with = "optional_digits")]
    pub barcode: Option<PersonalText>,
}

/// A Pix that was issued.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AttemptedPix {
    /// The picture of the QR code, as a `data:` address.
    pub base64_code: Option<PersonalText>,
    /// The text of the QR code, to copy and paste.
    pub qr_code: Option<PersonalText>,
}

/// The contract of a charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AttemptedContract {
    /// Id of the contract.
    pub id: SubscriptionId,
    /// How the contract is usually paid; the attempt may have been another way.
    pub payment: Option<AttemptedContractPayment>,
    /// Its status.
    pub status: Option<SubscriptionStatus>,
    /// When it was made.
    pub created_at: Option<DateTime>,
    /// When it was last changed; nullable.
    pub updated_at: Option<DateTime>,
}

/// How the contract of a charge is usually paid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AttemptedContractPayment {
    /// The method.
    pub method: Option<PaymentMethod>,
    /// Number of instalments; cards only.
    #[serde(default, deserialize_with = "optional_count")]
    pub installments: Option<u64>,
}

/// The charged customer; unlike the customer of `contract_created` with a number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AttemptedCustomer {
    /// Number of the customer at Eduzz.
    pub id: Option<EduzzId>,
    /// The name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
}
