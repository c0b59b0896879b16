//! Subscriptions (the service also says contracts), and their invoices.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{PaymentMethod, Phone, SubscriptionId};
use crate::page::{filled, null_is_empty};
use crate::scalar::optional_count;
use crate::{DateTime, InvoiceId, Money, PersonalText, ProductId};

/// A subscription: the item of `GET /myeduzz/v1/subscriptions`, and the answer of
/// `GET /myeduzz/v1/subscriptions/:id` (docs pages `/reference/api/get-myeduzz-v1-subscriptions`,
/// `/reference/api/get-myeduzz-v1-subscriptions-id`).
///
/// The names are those of the documented examples. Which fields can be null is not documented, so
/// all but the id and the status may be missing. The contracts of webhooks name their dates
/// differently and are another type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Subscription {
    /// Id of the subscription.
    pub id: SubscriptionId,
    /// When it was made.
    pub created_at: Option<DateTime>,
    /// When it was last changed; null when it never was.
    pub updated_at: Option<DateTime>,
    /// Its status.
    pub status: SubscriptionStatus,
    /// The first invoice.
    pub first_invoice_id: Option<InvoiceId>,
    /// Whether it has an end.
    pub is_finite: Option<bool>,
    /// Whether it is an unlimited payment by instalments (`parcelamento sem limite`), which does
    /// not block the whole amount on the card.
    pub is_unlimited_installments: Option<bool>,
    /// Whether arrears were negotiated.
    pub has_negotiation: Option<bool>,
    /// The interruption; `None` without one.
    pub interruption: Option<Interruption>,
    /// When it is charged.
    pub recurrence: Option<SubscriptionRecurrence>,
    /// Number of charges.
    pub charges: Option<SubscriptionCharges>,
    /// The subscribed products.
    #[serde(default, deserialize_with = "filled")]
    pub products: Vec<SubscriptionProduct>,
    /// Its price and payment.
    pub payment: Option<SubscriptionPayment>,
    /// The payer.
    pub client: Option<SubscriptionClient>,
}

open_enum! {
    /// Status of a subscription.
    ///
    /// The values are those of the webhook pages about contracts; of them the examples of the calls
    /// show `upToDate`, `late` and `canceled`.
    SubscriptionStatus {
        /// Paid up to now.
        UpToDate = "upToDate",
        /// The charge is not paid yet.
        AwaitingPayment = "awaitingPayment",
        /// A charge is overdue.
        Late = "late",
        /// Ended early.
        Canceled = "canceled",
        /// In arrears.
        Defaulter = "defaulter",
        /// Stopped temporarily.
        Suspended = "suspended",
        /// In its trial period.
        Trial = "trial",
        /// Ended as planned.
        Finished = "finished",
        /// Costs nothing.
        Free = "free",
    }
}

/// The interruption of a subscription.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Interruption {
    /// When it was interrupted.
    pub created_at: Option<DateTime>,
    /// What happened.
    #[serde(rename = "type")]
    pub kind: Option<InterruptionType>,
    /// When the access ends; the documentation shows a day that does not exist here (Q33).
    pub remove_access_date: Option<DateTime>,
    /// The reason, as free text.
    pub reason: Option<PersonalText>,
    /// Where it was made.
    pub origin: Option<InterruptionOrigin>,
    /// The previous status of the subscription.
    pub previous_status: Option<SubscriptionStatus>,
    /// The student.
    pub responsible: Option<PersonalText>,
}

open_enum! {
    /// Kind of an interruption. Only the cancellation is documented, by an example.
    InterruptionType {
        /// The subscription was cancelled.
        Cancel = "cancel",
    }
}

open_enum! {
    /// Where an interruption was made. The examples show one place, in two spellings (Q29).
    InterruptionOrigin {
        /// In MyEduzz.
        MyEduzz = "MyEduzz",
    }
}

/// When a subscription is charged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SubscriptionRecurrence {
    /// When it starts.
    pub starts_at: Option<DateTime>,
    /// When the next charge is due.
    pub next_due_date: Option<DateTime>,
    /// When the current charge is due.
    pub current_due_date: Option<DateTime>,
    /// When the last charge is due.
    pub final_due_date: Option<DateTime>,
    /// When the subscription ends.
    pub finishes_at: Option<DateTime>,
    /// Charge interval.
    pub frequency: Option<Frequency>,
}

/// Charge interval of a subscription: every `value` units of `kind`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Frequency {
    /// The unit.
    #[serde(rename = "type")]
    pub kind: Option<FrequencyType>,
    /// Number of units.
    #[serde(default, deserialize_with = "optional_count")]
    pub value: Option<u64>,
}

open_enum! {
    /// The unit of a [`Frequency`]; the calls and the webhooks spell it in two ways (Q53).
    FrequencyType {
        /// Months, as the examples of the calls write it.
        Monthly = "monthly",
        /// Months, as the examples of the webhooks write it.
        Month = "month",
    }
}

/// How many charges a subscription has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SubscriptionCharges {
    /// All charges.
    #[serde(default, deserialize_with = "optional_count")]
    pub total: Option<u64>,
    /// The number of the current charge.
    #[serde(default, deserialize_with = "optional_count")]
    pub current: Option<u64>,
    /// The charges that are paid.
    #[serde(default, deserialize_with = "optional_count")]
    pub paid: Option<u64>,
    /// The charges that are not paid yet.
    #[serde(default, deserialize_with = "optional_count")]
    pub pending: Option<u64>,
    /// The charges that were negotiated.
    #[serde(default, deserialize_with = "optional_count")]
    pub negotiated: Option<u64>,
}

/// A product of a subscription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SubscriptionProduct {
    /// Id of the product.
    pub id: ProductId,
    /// Its title.
    pub title: Option<Box<str>>,
    /// Whether there is a joining fee.
    pub has_membership_fee: Option<bool>,
    /// The joining fee.
    pub membership_fee: Option<Money>,
    /// The delivery method of the product.
    #[serde(default, deserialize_with = "filled")]
    pub deliveries: Vec<Delivery>,
}

open_enum! {
    /// How a product is delivered.
    ///
    /// The examples of the calls write `files` where those of the webhooks write `file` (Q53); both
    /// are kept.
    Delivery {
        /// Files, as the examples of the calls write it.
        Files = "files",
        /// Files, as the examples of the webhooks write it.
        File = "file",
        /// Somewhere else.
        External = "external",
        /// At Nutror.
        Nutror = "nutror",
        /// At Alpaclass.
        AlpaClass = "alpaClass",
    }
}

/// Price and payment of a subscription.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SubscriptionPayment {
    /// The price of a charge.
    pub price: Option<Money>,
    /// The payment method.
    pub method: Option<PaymentMethod>,
    /// Number of instalments of a charge.
    #[serde(default, deserialize_with = "optional_count")]
    pub installments: Option<u64>,
}

/// Payer of a subscription.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SubscriptionClient {
    /// The person's or company's name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The phone number.
    pub phone: Option<Phone>,
}

open_enum! {
    /// The date of a subscription that a range of days applies to: `filterBy` of
    /// `GET /myeduzz/v1/subscriptions`.
    ///
    /// The two values are known from integrations; whether there are others is not (Q45).
    SubscriptionDateFilter {
        /// When it was made.
        Creation = "creation",
        /// When it was last changed.
        Update = "update",
    }
}

/// A customer with all of their subscriptions: the answer of
/// `GET /myeduzz/v1/subscriptions/customers/:email` (docs page
/// `/reference/api/get-myeduzz-v1-subscriptions-customers-email`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CustomerSubscriptions {
    /// The person's or company's name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The phone number.
    pub phone: Option<Phone>,
    /// The subscriptions. A body without this list is an error, not an empty list.
    #[serde(deserialize_with = "null_is_empty")]
    pub subscriptions: Vec<CustomerSubscription>,
}

/// A subscription in [`CustomerSubscriptions`].
///
/// It differs from [`Subscription`]: it has `startDate` instead of `createdAt`, its products have a
/// name instead of a title and no delivery method, and it does not repeat the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CustomerSubscription {
    /// Id of the subscription.
    pub id: SubscriptionId,
    /// When it started.
    pub start_date: Option<DateTime>,
    /// When it was last changed; null in the documented example.
    pub updated_at: Option<DateTime>,
    /// Its status.
    pub status: SubscriptionStatus,
    /// The first invoice.
    pub first_invoice_id: Option<InvoiceId>,
    /// The interruption; `None` without one.
    pub interruption: Option<Interruption>,
    /// Whether it is an unlimited payment by instalments (`parcelamento sem limite`).
    pub is_unlimited_installments: Option<bool>,
    /// Whether arrears were negotiated.
    pub has_negotiation: Option<bool>,
    /// Whether it has an end.
    pub is_finite: Option<bool>,
    /// When it is charged.
    pub recurrence: Option<SubscriptionRecurrence>,
    /// The subscribed products.
    #[serde(default, deserialize_with = "filled")]
    pub products: Vec<CustomerSubscriptionProduct>,
    /// Its price and payment.
    pub payment: Option<SubscriptionPayment>,
    /// Number of charges.
    pub charges: Option<SubscriptionCharges>,
}

/// A product of a [`CustomerSubscription`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CustomerSubscriptionProduct {
    /// Id of the product.
    pub id: ProductId,
    /// Its name.
    pub name: Option<Box<str>>,
    /// Whether there is a joining fee.
    pub has_membership_fee: Option<bool>,
    /// The joining fee.
    pub membership_fee: Option<Money>,
}

/// An invoice of a subscription: the item of `GET /myeduzz/v1/subscriptions/:id/invoices` (docs
/// page `/reference/api/get-myeduzz-v1-subscriptions-id-invoices`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SubscriptionInvoice {
    /// Id of the invoice.
    pub id: InvoiceId,
    /// Its subscription.
    pub subscription_id: Option<SubscriptionId>,
    /// When it was made.
    pub created_at: Option<DateTime>,
    /// When it is due.
    pub due_date: Option<DateTime>,
    /// The coupon, if one was used.
    pub coupon: Option<Box<str>>,
    /// Whether an affiliate has a share in it.
    pub has_affiliate: Option<bool>,
    /// Its status.
    pub status: InvoiceState,
    /// The payment: amount and address.
    pub payment: Option<InvoicePayment>,
    /// The lines.
    #[serde(default, deserialize_with = "filled")]
    pub items: Vec<InvoiceItem>,
}

/// Status of an invoice: a boolean in the documentation's table, a text in its example (Q46).
///
/// Both forms are read, and written back unchanged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum InvoiceState {
    /// A text, as the example has it.
    Named(InvoiceStatus),
    /// A boolean, as the table has it; its meaning is not documented.
    Flag(bool),
}

impl InvoiceState {
    /// The status, when it is a text.
    #[must_use]
    pub const fn status(&self) -> Option<&InvoiceStatus> {
        match self {
            Self::Named(status) => Some(status),
            Self::Flag(_) => None,
        }
    }
}

open_enum! {
    /// The status of an invoice. Only `open` is documented, by an example.
    InvoiceStatus {
        /// To be paid.
        Open = "open",
    }
}

/// The payment of an invoice: amount and address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InvoicePayment {
    /// The amount.
    pub amount: Option<Money>,
    /// Where it can be paid; only while the invoice is open. Anyone with the address sees the
    /// invoice, so it does not print.
    pub link: Option<PersonalText>,
    /// The payment method.
    pub method: Option<PaymentMethod>,
}

/// A line of an invoice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InvoiceItem {
    /// The product of the line.
    pub product: Option<InvoiceProduct>,
    /// The text of the line.
    pub description: Option<Box<str>>,
    /// The amount of one unit.
    pub amount: Option<InvoiceItemAmount>,
    /// The amount of the line.
    pub total: Option<Money>,
    /// Number of units.
    #[serde(default, deserialize_with = "optional_count")]
    pub quantity: Option<u64>,
}

/// The amount in a line of an invoice: an amount in the documentation's example, an object with two
/// of them in its table (Q46).
///
/// Both forms are read, and written back unchanged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum InvoiceItemAmount {
    /// An amount, as the example has it.
    Plain(Money),
    /// Two amounts, as the table has it.
    #[non_exhaustive]
    Nested {
        /// The amount of one unit.
        amount: Money,
        /// The amount of the line.
        total: Option<Money>,
    },
}

impl InvoiceItemAmount {
    /// The amount of one unit.
    #[must_use]
    pub const fn amount(&self) -> Money {
        match self {
            Self::Plain(amount) | Self::Nested { amount, .. } => *amount,
        }
    }
}

/// The product of a line of an invoice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InvoiceProduct {
    /// Id of the product.
    pub id: ProductId,
    /// Its title.
    pub title: Option<Box<str>>,
}

open_enum! {
    /// A day of the month on which a subscription can be charged; the documentation lists these, as
    /// texts (docs page `/reference/api/put-myeduzz-v1-subscriptions-id-recurring-date`).
    DueDateDay {
        /// The 1st.
        Day1 = "1",
        /// The 5th.
        Day5 = "5",
        /// The 10th.
        Day10 = "10",
        /// The 15th.
        Day15 = "15",
        /// The 20th.
        Day20 = "20",
        /// The 25th.
        Day25 = "25",
    }
}

open_enum! {
    /// The reason for another charge date; the documentation lists these Portuguese texts, which
    /// are the values themselves (docs page
    /// `/reference/api/put-myeduzz-v1-subscriptions-id-recurring-date`).
    DueDateMotive {
        /// The customer asks for it.
        CustomerRequest = "Solicitação do cliente",
        /// A commercial negotiation.
        CommercialNegotiation = "Negociação comercial",
        /// The customer reorganises their finances.
        FinancialReorganization = "Reorganização financeira do cliente",
        /// The means of payment changes.
        PaymentMethodChange = "Mudança no método de pagamento",
        /// The current payment day is a problem.
        DateProblems = "Problemas com a data atual de pagamento",
    }
}
