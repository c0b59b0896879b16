//! Invoices: the data of the 11 `invoice_…` events.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Deserializer, Serialize};

use super::{InvoiceItem, TransactionId};
use crate::myeduzz::{
    AffiliateId, ChargebackStatus, Offer, OrderBump, PaymentDetail, PaymentMethod, RefundType,
    SubscriptionId, Utm,
};
use crate::page::filled;
use crate::personal::optional_digits;
use crate::scalar::optional_count;
use crate::webhook::{Amount, amount};
use crate::{Currency, DateTime, EduzzId, ExactNumber, InvoiceId, Money, OriginSecret, PersonalText};

/// An invoice at the time of one of the 11 `myeduzz.invoice_…` events (docs pages
/// `/reference/webhook/myeduzz-invoice-paid` and its siblings).
///
/// One type holds them all, so that one `match` arm can handle several events. Fields by event:
///
/// | Fields | `invoice_…` events that have them |
/// |---|---|
/// | `barcode`, `billetUrl`, `checkoutUrl`, `bankslipUrl` | all but `chargeback` |
/// | `postback` | `opened`, `scheduled`, `waiting_payment`, `canceled`, `expired`, `recovering` |
/// | `saleRecoveryUrl` | `opened`, `recovering` |
/// | `startRecoveringAt` | `recovering` |
/// | `paid`, `paidAt`, `affiliate`, `transaction`, `student` | `paid`, `waiting_refund`, `refunded`, `chargeback`, `negotiated` |
/// | `chargeback` | `paid`, `waiting_refund`, `chargeback` |
/// | `gains`, `fees` | `waiting_refund`, `refunded` |
/// | `refund`, `refundedAt` | `refunded` |
/// | all others | all |
///
/// Only the id is certain, and required: events of 2024 and test deliveries have far fewer fields
/// than the tables (Q95), and the event's name says what happened if the status is unreadable.
/// *Nullable* follows the documentation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Invoice {
    /// Id of the invoice (`fatura`). It is not the [`transaction`](Self::transaction)'s, which the
    /// thank-you page gets (Q90).
    pub id: InvoiceId,
    /// Status of the invoice. A chargeback need not change it: see
    /// [`chargeback`](Self::chargeback).
    pub status: Option<InvoiceStatus>,
    /// The buyer.
    pub buyer: Option<Buyer>,
    /// Owner of the product.
    pub producer: Option<InvoiceProducer>,
    /// The chosen offer.
    pub offer: Option<Offer>,
    /// The campaign that the buyer came from; nullable.
    pub utm: Option<Utm>,
    /// The tracking codes that the buyer came with; nullable.
    pub tracker: Option<Tracker>,
    /// When the invoice was made.
    pub created_at: Option<DateTime>,
    /// When it is due.
    pub due_date: Option<DateTime>,
    /// The payment digits of a bank slip; nullable. Anyone with them can look up the payer.
    #[serde(default, deserialize_with = "optional_digits")]
    pub barcode: Option<PersonalText>,
    /// Total of this invoice. An order with order bumps, or in bank slip instalments, has several
    /// invoices (Q97).
    pub price: Option<InvoicePrice>,
    /// The paid amount, with interest and discounts, where the pages have it; real deliveries have
    /// it in [`price`](Self::price). [`amount_paid`](Self::amount_paid) reads both (Q158). The
    /// producer's part is in `commission_processed`.
    pub paid: Option<Amount>,
    /// The order bump. Each one is an invoice, and a delivery, of its own.
    pub order_bump: Option<OrderBump>,
    /// Number of instalments of the payment; it says nothing about a subscription.
    #[serde(default, deserialize_with = "optional_count")]
    pub installments: Option<u64>,
    /// The lines. The documentation's tables call it an object; it is always a list.
    #[serde(default, deserialize_with = "filled")]
    pub items: Vec<InvoiceItem>,
    /// Number of lines.
    #[serde(default, deserialize_with = "optional_count")]
    pub total_items: Option<u64>,
    /// The page with the key that was generated for the product; not the bank slip. Nullable.
    pub billet_url: Option<PersonalText>,
    /// Where it is paid.
    pub checkout_url: Option<PersonalText>,
    /// The bank slip; nullable. Anyone with the address can see it.
    pub bankslip_url: Option<PersonalText>,
    /// The address for notifications that the producer set up; nullable. Such an address often
    /// holds a key.
    pub postback: Option<PersonalText>,
    /// A link that takes the buyer back to pay; nullable.
    pub sale_recovery_url: Option<PersonalText>,
    /// When the recovery of the sale began.
    pub start_recovering_at: Option<DateTime>,
    /// The affiliate who brought the buyer; nullable.
    pub affiliate: Option<Affiliate>,
    /// When it was paid; nullable.
    pub paid_at: Option<DateTime>,
    /// When it was refunded.
    pub refunded_at: Option<DateTime>,
    /// The payment method.
    pub payment_method: Option<PaymentMethod>,
    /// The transaction that paid it; nullable.
    pub transaction: Option<Transaction>,
    /// The person who gets access to the products; nullable. May differ from the buyer.
    pub student: Option<Student>,
    /// Each party's part.
    pub gains: Option<Gains>,
    /// The deductions.
    pub fees: Option<Fees>,
    /// The chargeback; nullable.
    pub chargeback: Option<Chargeback>,
    /// The refund.
    pub refund: Option<Refund>,
    /// The instalment of a bank slip; null for other methods.
    pub bank_slip_installment: Option<BankSlipInstallment>,
    /// The subscription that it is a charge of; null without one, and seen null in the first
    /// delivery of one (Q97).
    pub contract: Option<InvoiceContract>,
    /// The exact payment method; newer than [`payment_method`](Self::payment_method).
    pub payment: Option<InvoicePayment>,
    /// When it was sent: one example has it here, and not in the envelope (Q72).
    pub sent_date: Option<DateTime>,
}

impl Invoice {
    /// The buyer's e-mail address.
    #[must_use]
    pub fn buyer_email(&self) -> Option<&PersonalText> {
        self.buyer.as_ref()?.email.as_ref()
    }

    /// The paid amount, with interest and discounts: `paid`, as documented, else `price.paid`, as
    /// in real deliveries (Q158). It may be more or less than the price. `None` if neither is
    /// complete.
    #[must_use]
    pub fn amount_paid(&self) -> Option<Money> {
        let nested = || self.price.as_ref()?.paid.as_ref()?.money();
        self.paid.as_ref().and_then(Amount::money).or_else(nested)
    }

    /// The payment method, from either of the two fields: `paymentMethod`, which is the older and
    /// safer one, else `payment.method`.
    #[must_use]
    pub fn method(&self) -> Option<&PaymentMethod> {
        let newer = || self.payment.as_ref()?.method.as_ref();
        self.payment_method.as_ref().or_else(newer)
    }

    /// The subscription that it is a charge of (or the instalments without a limit, which are a
    /// contract too).
    #[must_use]
    pub fn subscription_id(&self) -> Option<&SubscriptionId> {
        self.contract.as_ref()?.id.as_ref()
    }

    /// The transaction that paid it.
    #[must_use]
    pub fn transaction_id(&self) -> Option<&TransactionId> {
        self.transaction.as_ref()?.id.as_ref()
    }
}

open_enum! {
    /// Status of an invoice.
    ///
    /// The `invoice_…` events write one text each, with underscores; `invoice_chargeback` and the
    /// attempts to charge a contract write `waitingRefund` and have values that no invoice event
    /// has (Q29).
    InvoiceStatus {
        /// Open.
        Open = "open",
        /// To be charged later.
        Scheduled = "scheduled",
        /// Waits for the payment: a bank slip or a Pix was issued.
        WaitingPayment = "waiting_payment",
        /// Paid.
        Paid = "paid",
        /// A refund was asked for.
        WaitingRefund = "waiting_refund",
        /// Refunded, wholly or in part.
        Refunded = "refunded",
        /// Cancelled.
        Canceled = "canceled",
        /// Not paid in time.
        Expired = "expired",
        /// The buyer is being reminded to pay.
        Recovering = "recovering",
        /// Replaced by another agreement.
        Negotiated = "negotiated",
        /// Being processed; attempts to charge a contract only.
        Processing = "processing",
        /// Waits for documents; attempts to charge a contract only.
        WaitingDocuments = "waitingDocuments",
        /// Under review; attempts to charge a contract only.
        Analysing = "analysing",
        /// A duplicate; attempts to charge a contract only.
        Duplicated = "duplicated",
        /// Internal; attempts to charge a contract only.
        Internal = "internal",
        /// In a trial period; attempts to charge a contract only.
        Trial = "trial",
        /// Deleted; attempts to charge a contract only.
        Deleted = "deleted",
        /// Refused; attempts to charge a contract only.
        Refused = "refused",
        /// Overdue; attempts to charge a contract only.
        Overdue = "overdue",
        /// Refunded in part; attempts to charge a contract only.
        PartialRefund = "partialRefund",
    }
}

/// The total of an invoice, with the paid amount in real deliveries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InvoicePrice {
    /// The currency.
    pub currency: Option<Currency>,
    /// The value, in units of the currency. [`money`](Self::money) gives both.
    pub value: Option<ExactNumber>,
    /// The paid amount (Q158); [`Invoice::amount_paid`] reads it from both places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid: Option<Amount>,
}

impl InvoicePrice {
    /// The total, when both its currency and its value are there.
    #[must_use]
    pub fn money(&self) -> Option<Money> {
        amount::money(self.currency, self.value)
    }
}

/// The buyer. In real deliveries `phone` is mostly null and `cellphone` filled (Q96).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Buyer {
    /// Number of the buyer at Eduzz.
    pub id: Option<EduzzId>,
    /// The name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The tax number: CPF (11 digits) or CNPJ (14); no field tells them apart.
    #[serde(default, deserialize_with = "optional_digits")]
    pub document: Option<PersonalText>,
    /// A telephone number; nullable.
    #[serde(default, deserialize_with = "optional_digits")]
    pub phone: Option<PersonalText>,
    /// Another telephone number; nullable.
    #[serde(default, deserialize_with = "optional_digits")]
    pub phone2: Option<PersonalText>,
    /// The mobile number, such as `+5511900000000`; nullable.
    #[serde(default, deserialize_with = "optional_digits")]
    pub cellphone: Option<PersonalText>,
    /// The address.
    pub address: Option<BuyerAddress>,
    /// The IP address. One source reports it, no page has it (Q96).
    pub ip: Option<PersonalText>,
    /// The browser. One source reports it, no page has it (Q96).
    #[serde(rename = "user_agent")]
    pub user_agent: Option<PersonalText>,
}

/// The address of a [`Buyer`]; all of it is nullable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct BuyerAddress {
    /// The street.
    pub street: Option<PersonalText>,
    /// The number in the street.
    #[serde(default, deserialize_with = "optional_digits")]
    pub number: Option<PersonalText>,
    /// The quarter (bairro).
    pub neighborhood: Option<PersonalText>,
    /// Address complement (complemento): flat, block.
    pub complement: Option<PersonalText>,
    /// The city.
    pub city: Option<PersonalText>,
    /// The state, two letters in the example.
    pub state: Option<PersonalText>,
    /// The country in words (`Brasil`), not its code.
    pub country: Option<PersonalText>,
    /// The postal code (CEP).
    #[serde(default, deserialize_with = "optional_digits")]
    pub zip_code: Option<PersonalText>,
}

/// The person who gets access to the products. There is no address here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Student {
    /// Number of the student at Eduzz.
    pub id: Option<EduzzId>,
    /// The name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The tax number; nullable.
    #[serde(default, deserialize_with = "optional_digits")]
    pub document: Option<PersonalText>,
    /// A telephone number; nullable.
    #[serde(default, deserialize_with = "optional_digits")]
    pub phone: Option<PersonalText>,
    /// Another telephone number; nullable.
    #[serde(default, deserialize_with = "optional_digits")]
    pub phone2: Option<PersonalText>,
    /// The mobile number; nullable.
    #[serde(default, deserialize_with = "optional_digits")]
    pub cellphone: Option<PersonalText>,
}

/// The producer of the products, with the second secret. Other events have none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InvoiceProducer {
    /// Number of the producer at Eduzz.
    pub id: Option<EduzzId>,
    /// The name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The producer's fixed "security token of the webhook", in clear in every such body (Q100). A
    /// few receivers compare it as well; it does not replace the signature.
    #[serde(default, deserialize_with = "origin_secret")]
    pub origin_secret: Option<OriginSecret>,
}

/// A blank secret must not lose the record.
fn origin_secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<OriginSecret>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.map(OriginSecret::from))
}

/// The affiliate who brought the buyer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Affiliate {
    /// Id of the affiliate.
    pub id: Option<AffiliateId>,
    /// The name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
}

/// The tracking codes of the checkout's address; each is nullable, and anyone can write into them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Tracker {
    /// The first.
    pub code1: Option<PersonalText>,
    /// The second.
    pub code2: Option<PersonalText>,
    /// The third.
    pub code3: Option<PersonalText>,
}

/// The transaction that paid an invoice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Transaction {
    /// Its id, the thank-you page's `transaction_id`.
    pub id: Option<TransactionId>,
    /// Its key. Keys of transactions open pages of the checkout, so it does not print.
    pub key: Option<PersonalText>,
}

/// The instalment that an invoice is for; each instalment is an invoice of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct BankSlipInstallment {
    /// Its number.
    #[serde(default, deserialize_with = "optional_count")]
    pub installment_number: Option<u64>,
    /// Number of instalments.
    #[serde(default, deserialize_with = "optional_count")]
    pub total_installments: Option<u64>,
}

/// The contract that an invoice is a charge of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InvoiceContract {
    /// Id of the contract: of the subscription.
    pub id: Option<SubscriptionId>,
    /// Whether it is an unlimited payment by instalments (`parcelamento sem limite`): a contract,
    /// but finite, and not a subscription.
    pub is_unlimited_installments: Option<bool>,
}

/// Payment method of an invoice. Its values are not listed anywhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InvoicePayment {
    /// The method.
    pub method: Option<PaymentMethod>,
    /// The method, more exactly. The calls spell it `detail`.
    pub details: Option<PaymentDetail>,
}

/// State of a chargeback.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Chargeback {
    /// Its status.
    pub status: Option<ChargebackStatus>,
    /// When it began.
    pub created_at: Option<DateTime>,
    /// The last day for documents; nullable.
    pub limit_date: Option<DateTime>,
    /// When it ended; nullable.
    pub finished_at: Option<DateTime>,
}

/// Refund of an invoice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Refund {
    /// Whether it is total or partial. The invoice is `refunded` either way.
    #[serde(rename = "type")]
    pub kind: Option<RefundType>,
    /// When it was requested.
    pub created_at: Option<DateTime>,
    /// When it was refunded.
    pub refunded_at: Option<DateTime>,
    /// The currency of [`value`](Self::value); here the amount is not an object.
    pub currency: Option<Currency>,
    /// The amount, in units of the currency. [`amount`](Self::amount) gives both.
    pub value: Option<ExactNumber>,
    /// The reason, as the requester wrote it.
    pub reason: Option<PersonalText>,
    /// The requester's name.
    pub refund_by: Option<PersonalText>,
}

impl Refund {
    /// The refunded amount.
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        amount::money(self.currency, self.value)
    }
}

/// Each party's part of an invoice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Gains {
    /// The producer.
    pub producer: Option<Amount>,
    /// All coproducers together.
    pub coproducer: Option<Amount>,
    /// The affiliate.
    pub affiliate: Option<Amount>,
}

/// Deductions from an invoice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Fees {
    /// Eduzz's fee.
    pub eduzz: Option<Amount>,
    /// Cost of the recovery of the sale.
    pub recovery: Option<Amount>,
    /// Alumy's fee.
    pub alumy: Option<Amount>,
    /// All of them.
    pub total: Option<Amount>,
}
