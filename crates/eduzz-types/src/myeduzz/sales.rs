//! Sales, their chargebacks, and their totals.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{
    AffiliateId, PartnerId, PaymentDetail, PaymentMethod, ProductType, SaleId, SaleItemId, SubscriptionId,
};
use crate::scalar::optional_count;
use crate::{Currency, DateTime, EduzzId, Money, PersonalText, ProductId};

/// A sale (docs pages `/reference/api/get-myeduzz-v1-sales` and
/// `/reference/api/get-myeduzz-v1-sales-id`).
///
/// The list and the details have the same record; fields marked *details only* are `None` in the
/// list. The page of the details documents the fields up to the trackers, and whether they are
/// nullable; of the others only an example is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Sale {
    /// Id of the sale.
    pub id: SaleId,
    /// The contract that the sale is a charge of; null without one (documented).
    pub contract_id: Option<SubscriptionId>,
    /// Status of the sale. A refund is a change of it: there is no list of refunds (Q18).
    pub status: SaleStatus,
    /// The proceeds before deductions.
    pub gross_gain: Option<Money>,
    /// The producer's proceeds. One integrator reports 0 until the sale is paid (Q38).
    pub net_gain: Option<Money>,
    /// The commissions of the partners.
    pub partners_gain: Option<Money>,
    /// The commissions of the affiliates.
    pub affiliates_gain: Option<Money>,
    /// Eduzz's fee; nullable (documented).
    pub fee: Option<Money>,
    /// The amount due, without interest.
    pub total: Money,
    /// The amount due, with interest.
    pub total_interest: Option<Money>,
    /// Number of instalments.
    #[serde(default, deserialize_with = "optional_count")]
    pub installments: Option<u64>,
    /// Alumy's fee; nullable (documented).
    pub alumy_fee: Option<Money>,
    /// Other fees.
    pub others: Option<Money>,
    /// The currency of the sale.
    pub currency: Option<Currency>,
    /// Language and country of the sale: `pt-BR`.
    pub locale: Option<Box<str>>,
    /// When the payment is due.
    pub due_date: Option<DateTime>,
    /// When it was paid; null before (documented).
    pub paid_at: Option<DateTime>,
    /// When the money appears in the statement; nullable (documented).
    pub credit_date: Option<DateTime>,
    /// Whether the sale came from an infinite funnel. The campaigns of products spell it
    /// `isInfinityFunnel` (Q44).
    pub is_infinite_funnel: Option<bool>,
    /// The payment method, as the older page of the details documents it; newer examples have
    /// [`payment`](Self::payment) instead, and live answers were seen with either (Q39).
    /// [`method`](Self::method) reads either.
    pub payment_method: Option<PaymentMethod>,
    /// Whether the buyer is being reminded to pay.
    pub recovering_status: Option<RecoveringStatus>,
    /// The first tracker: a free text from the address of the checkout; nullable (documented).
    pub tracker: Option<PersonalText>,
    /// The second tracker; nullable (documented).
    pub tracker2: Option<PersonalText>,
    /// The third tracker.
    pub tracker3: Option<PersonalText>,
    /// When the sale was made.
    pub created_at: Option<DateTime>,
    /// When it last changed.
    pub updated_at: Option<DateTime>,
    /// The payment method, in newer examples (Q39).
    pub payment: Option<SalePayment>,
    /// The product.
    pub product: Option<SaleProduct>,
    /// The refund; assumed to be null if missing.
    pub refund: Option<Refund>,
    /// The affiliate who sold; assumed to be null without one.
    pub affiliate: Option<SaleAffiliate>,
    /// The recipient of the products: the student, or the receiver of a gift.
    pub recipient: Option<SalePerson>,
    /// The buyer.
    pub buyer: Option<SaleBuyer>,
    /// Owner of the product.
    pub producer: Option<Producer>,
    /// The commission of each affiliate; details only.
    pub affiliates: Option<Vec<AffiliateShare>>,
    /// The commission of each partner; details only.
    pub partners: Option<Vec<PartnerShare>>,
    /// The lines of the sale; details only.
    pub items: Option<Vec<SaleItem>>,
    /// The chosen offer.
    pub offer: Option<Offer>,
    /// The campaign that the buyer came from.
    pub utm: Option<Utm>,
    /// The order bump, sold along with it.
    pub order_bump: Option<OrderBump>,
}

impl Sale {
    /// The payment method, from either of the two fields (Q39): `payment.method`, else
    /// `paymentMethod`.
    #[must_use]
    pub fn method(&self) -> Option<&PaymentMethod> {
        self.payment
            .as_ref()
            .and_then(|payment| payment.method.as_ref())
            .or(self.payment_method.as_ref())
    }
}

open_enum! {
    /// Status of a sale (docs pages `/reference/api/get-myeduzz-v1-sales-id` and
    /// `/reference/api/get-myeduzz-v1-sales-summary`).
    ///
    /// The pages spell two of them with an underscore, and live answers were seen with
    /// `waitingPayment` and `waitingRefund` (Q29).
    SaleStatus {
        /// Open.
        Open = "open",
        /// Being processed.
        Processing = "processing",
        /// Paid.
        Paid = "paid",
        /// Cancelled.
        Canceled = "canceled",
        /// A refund was asked for.
        WaitingRefund = "waiting_refund",
        /// Refunded.
        Refunded = "refunded",
        /// A duplicate.
        Duplicated = "duplicated",
        /// Not paid in time.
        Expired = "expired",
        /// The buyer is being reminded to pay.
        Recovering = "recovering",
        /// Waits for the payment.
        WaitingPayment = "waiting_payment",
        /// To be charged later.
        Scheduled = "scheduled",
        /// Replaced by another agreement.
        Negotiated = "negotiated",
    }
}

open_enum! {
    /// The date of a sale that a range of days is applied to.
    ///
    /// No page lists the values; these were seen in programs that use them.
    SaleReferenceDate {
        /// When the sale was made.
        CreatedAt = "createdAt",
        /// When it was paid.
        PaidAt = "paidAt",
        /// When the payment is due.
        DueDate = "dueDate",
        /// When it last changed: finds refunds (Q18).
        UpdatedAt = "updatedAt",
    }
}

open_enum! {
    /// Whether the buyer is being reminded to pay a sale (docs page
    /// `/reference/api/get-myeduzz-v1-sales-id`).
    RecoveringStatus {
        /// Nobody is.
        Inactive = "inactive",
        /// Somebody is.
        Active = "active",
        /// No longer.
        Canceled = "canceled",
    }
}

/// How a sale is paid, in newer examples (Q39).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SalePayment {
    /// The method.
    pub method: Option<PaymentMethod>,
    /// The method, more exactly. The webhooks spell it `details`.
    pub detail: Option<PaymentDetail>,
    /// Where to pay. One integrator reads it from live answers, no page has it (Q39); a person with
    /// the URL may see the buyer's data.
    pub link: Option<PersonalText>,
}

/// The product of a sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SaleProduct {
    /// Id of the product.
    pub id: ProductId,
    /// Its name.
    pub name: Option<Box<str>>,
    /// Its kind.
    #[serde(rename = "type")]
    pub kind: Option<ProductType>,
    /// How it is charged; chargebacks do not say it.
    pub billing_type: Option<BillingType>,
    /// The producer's own code for it; assumed to be nullable.
    pub sku: Option<Box<str>>,
}

open_enum! {
    /// How a product is charged.
    ///
    /// The example has `single`; the other values are those of the webhooks' reference.
    BillingType {
        /// Once.
        Single = "single",
        /// Recurring; named by the webhooks only.
        Recurrence = "recurrence",
        /// Free of charge; named by the webhooks only.
        Free = "free",
        /// The service's own word for anything else; named by the webhooks only.
        Other = "other",
        /// The service's own word for an unknown kind; named by the webhooks only.
        Unknown = "unknown",
    }
}

/// Refund of a sale.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Refund {
    /// Whether it is total or partial.
    #[serde(rename = "type")]
    pub kind: Option<RefundType>,
    /// The amount.
    pub value: Option<Money>,
    /// The amount of a partial refund.
    pub partial_value: Option<Money>,
    /// When it was refunded.
    pub refunded_at: Option<DateTime>,
    /// When it was requested; details only.
    pub requested_at: Option<DateTime>,
    /// The reason, as the requester wrote it; details only.
    pub motive: Option<PersonalText>,
    /// The requester; details only.
    pub requester_name: Option<PersonalText>,
}

open_enum! {
    /// Whether a refund is of the whole sale.
    ///
    /// The example has `common`; the other value is that of the webhooks' reference.
    RefundType {
        /// The whole sale.
        Common = "common",
        /// Partial; named by the webhooks only.
        Partial = "partial",
    }
}

/// The affiliate of a sale: the id is a text in the list and a number in the details.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SaleAffiliate {
    /// Id of the affiliate.
    pub id: Option<AffiliateId>,
    /// The affiliate's name.
    pub name: Option<PersonalText>,
}

/// The recipient of a sale's products, or the payer of a chargeback.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SalePerson {
    /// Number of the person at Eduzz.
    pub id: Option<EduzzId>,
    /// The name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The tax number (CPF, CNPJ).
    pub document: Option<PersonalText>,
    /// The telephone number, one text.
    pub phone: Option<PersonalText>,
}

/// The buyer of a sale.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SaleBuyer {
    /// Number of the buyer at Eduzz.
    pub id: Option<EduzzId>,
    /// The name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The tax number (CPF, CNPJ).
    pub document: Option<PersonalText>,
    /// The telephone number, one text.
    pub phone: Option<PersonalText>,
    /// Another telephone number; details only.
    pub phone2: Option<PersonalText>,
    /// Another telephone number; details only.
    pub phone3: Option<PersonalText>,
    /// The address; details only (Q20).
    pub address: Option<BuyerAddress>,
}

/// The address of a sale's buyer; other addresses name the same fields differently (Q37).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct BuyerAddress {
    /// The postal code (CEP).
    pub zip_code: Option<PersonalText>,
    /// The street.
    pub street: Option<PersonalText>,
    /// The number in the street.
    pub number: Option<PersonalText>,
    /// Address complement (complemento): flat, block.
    pub complement: Option<PersonalText>,
    /// The quarter (bairro).
    pub neighborhood: Option<PersonalText>,
    /// The city.
    pub city: Option<PersonalText>,
    /// The state, two letters in the example.
    pub state: Option<PersonalText>,
}

/// The producer of the products.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Producer {
    /// Number of the producer at Eduzz: the one that the token answer's user has.
    pub id: EduzzId,
    /// The name.
    pub name: Option<PersonalText>,
}

/// The commission of an affiliate on a sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AffiliateShare {
    /// Id of the affiliate.
    pub id: AffiliateId,
    /// The name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The amount.
    pub net_gain: Option<Money>,
}

/// The commission of a partner on a sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PartnerShare {
    /// Id of the partner.
    pub id: PartnerId,
    /// The name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The amount.
    pub net_gain: Option<Money>,
}

/// A line of a sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SaleItem {
    /// Id of the line.
    pub id: SaleItemId,
    /// The product.
    pub product_id: Option<ProductId>,
    /// Description of the item.
    pub description: Option<Box<str>>,
    /// The unit price.
    pub unit_value: Option<Money>,
    /// The quantity.
    #[serde(default, deserialize_with = "optional_count")]
    pub quantity: Option<u64>,
    /// The total price.
    pub value: Option<Money>,
    /// The deductions.
    pub discount: Option<Money>,
    /// The delivery method.
    pub freight_type: Option<FreightType>,
    /// The delivery time, as text.
    pub freight_deadline: Option<Box<str>>,
    /// The carrier's tracking number.
    pub tracking_code: Option<PersonalText>,
}

open_enum! {
    /// How a line of a sale is delivered.
    ///
    /// Only the example's value is known.
    FreightType {
        /// The usual delivery.
        Normal = "normal",
    }
}

/// The chosen offer of a sale.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Offer {
    /// Its name; nullable, say the webhooks.
    pub name: Option<Box<str>>,
}

/// The campaign that a buyer came from. All fields are nullable, say the webhooks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Utm {
    /// `utm_source`.
    pub source: Option<Box<str>>,
    /// `utm_campaign`.
    pub campaign: Option<Box<str>>,
    /// `utm_medium`.
    pub medium: Option<Box<str>>,
    /// `utm_content`.
    pub content: Option<Box<str>>,
    /// `utm_term`.
    pub term: Option<Box<str>>,
}

/// The order bump of a sale.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct OrderBump {
    /// Whether there is an order bump.
    pub has: Option<bool>,
    /// Whether this is the sale that the order bump was added to.
    pub is_main_sale: Option<bool>,
    /// The sale that this one was added to; a number in the example, nullable, say the webhooks.
    pub main_sale_id: Option<SaleId>,
}

/// A sale with a chargeback (docs page `/reference/api/get-myeduzz-v1-sales-chargebacks`).
///
/// Only the page's example is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SaleChargeback {
    /// Id of the sale.
    pub id: SaleId,
    /// The price of the sale.
    pub total: Money,
    /// State of the chargeback.
    pub chargeback: Chargeback,
    /// The affiliate who sold; assumed to be null without one.
    pub affiliate: Option<SaleAffiliate>,
    /// The product.
    pub product: Option<SaleProduct>,
    /// The buyer.
    pub buyer: Option<SalePerson>,
}

/// State of a chargeback.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Chargeback {
    /// When the payer's bank asked for the money.
    pub requested_at: Option<DateTime>,
    /// The deadline for the answer.
    pub limit_date: Option<DateTime>,
    /// When the answer's documents were submitted; assumed to be null before.
    pub documents_uploaded_at: Option<DateTime>,
    /// Its status.
    pub status: ChargebackStatus,
}

open_enum! {
    /// Status of a chargeback.
    ///
    /// The example has `lost`; the other values are those of the webhooks' reference.
    ChargebackStatus {
        /// Decided in favour of the payer.
        Lost = "lost",
        /// Waits for documents; named by the webhooks only.
        PendingDocuments = "pendingDocuments",
        /// Under review; named by the webhooks only.
        UnderReview = "underReview",
        /// Rejected; named by the webhooks only.
        Rejected = "rejected",
        /// Paid back; named by the webhooks only.
        Refunded = "refunded",
        /// The service's own word for an unknown kind; named by the webhooks only.
        Unknown = "unknown",
    }
}

/// Totals of all sales in a range of days (docs page
/// `/reference/api/get-myeduzz-v1-sales-summary`).
///
/// The page shows eight amounts, none of them nullable, and no counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SalesSummary {
    /// Discount on the prices.
    pub discount: Money,
    /// The proceeds before deductions.
    pub gross_gain: Money,
    /// The producer's proceeds.
    pub net_gain: Money,
    /// The commissions of the partners.
    pub partners_gain: Money,
    /// The commissions of the affiliates.
    pub affiliates_gain: Money,
    /// Eduzz's fees.
    pub fee: Money,
    /// Other fees.
    pub others: Money,
    /// Total paid by the buyers.
    pub total: Money,
}
