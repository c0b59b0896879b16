//! The fields of each list, and how long a stretch of days each call can bear.

use eduzz_api::myeduzz::{
    ListAffiliates, ListChargebacks, ListCustomers, ListProducts, ListSales, ListStatement,
    ListSubscriptions, ListTransfers,
};
use eduzz_types::myeduzz::{
    Affiliation, Customer, CustomerSummary, Product, Sale, SaleChargeback, SaleReferenceDate, SalesSummary,
    StatementEntry, Subscription, SubscriptionDateFilter, SubscriptionInvoice, Transfer,
};
use eduzz_wire::Days;

use crate::lang::Lang;
use crate::lists::{Fields, Heading, Listed};

/// Deep pages of longer ranges get slow until the connection drops (Q11).
const YEAR: u32 = 365;
/// More than about twelve months is answered with an empty success (Q13).
pub(crate) const HALF_A_YEAR: u32 = 182;

macro_rules! set_days {
    () => {
        fn set_days(&mut self, days: &Days) {
            self.start_date = days.first().clone();
            self.end_date = days.last().clone();
        }
    };
}

impl Listed for ListSales {
    const COMMAND: &'static str = "sales list";
    const MOST_DAYS: Option<u32> = Some(YEAR);
    set_days!();

    fn may_wander(&self) -> bool {
        self.reference_date == Some(SaleReferenceDate::UpdatedAt)
    }
}

impl Listed for ListChargebacks {
    const COMMAND: &'static str = "sales chargebacks";
    const MOST_DAYS: Option<u32> = Some(YEAR);
    set_days!();
}

impl Listed for ListSubscriptions {
    const COMMAND: &'static str = "subscriptions list";
    const MOST_DAYS: Option<u32> = Some(YEAR);
    set_days!();

    fn may_wander(&self) -> bool {
        self.filter_by == SubscriptionDateFilter::Update
    }
}

impl Listed for ListStatement {
    const COMMAND: &'static str = "statement";
    const MOST_DAYS: Option<u32> = Some(HALF_A_YEAR);
    set_days!();
}

// Which date of a customer the days are of is not documented (Q42), and whether the transfers heed them is not certain
// (Q47): in slices a row could come more than once.
impl Listed for ListCustomers {
    const COMMAND: &'static str = "customers list";
}

impl Listed for ListTransfers {
    const COMMAND: &'static str = "transfers";
}

impl Listed for ListProducts {
    const COMMAND: &'static str = "products list";
}

impl Listed for ListAffiliates {
    const COMMAND: &'static str = "affiliates";
}

impl Fields for Sale {
    const CSV: &'static [&'static str] = &[
        "id",
        "contractId",
        "status",
        "createdAt",
        "updatedAt",
        "dueDate",
        "paidAt",
        "creditDate",
        "currency",
        "total.value",
        "total.currency",
        "totalInterest.value",
        "totalInterest.currency",
        "grossGain.value",
        "grossGain.currency",
        "netGain.value",
        "netGain.currency",
        "partnersGain.value",
        "partnersGain.currency",
        "affiliatesGain.value",
        "affiliatesGain.currency",
        "fee.value",
        "fee.currency",
        "alumyFee.value",
        "alumyFee.currency",
        "others.value",
        "others.currency",
        "installments",
        // Q39
        "payment.method|paymentMethod",
        "payment.detail",
        "payment.link",
        "product.id",
        "product.name",
        "product.type",
        "product.billingType",
        "product.sku",
        "buyer.id",
        "buyer.name",
        "buyer.email",
        "buyer.document",
        "buyer.phone",
        "recipient.id",
        "recipient.name",
        "recipient.email",
        "recipient.document",
        "recipient.phone",
        "affiliate.id",
        "affiliate.name",
        "producer.id",
        "producer.name",
        "producer.email",
        "offer.name",
        "refund.type",
        "refund.value.value",
        "refund.value.currency",
        "refund.partialValue.value",
        "refund.partialValue.currency",
        "refund.refundedAt",
        "recoveringStatus",
        "isInfiniteFunnel",
        "locale",
        "tracker",
        "tracker2",
        "tracker3",
        "utm.source",
        "utm.campaign",
        "utm.medium",
        "utm.content",
        "utm.term",
        "orderBump.has",
        "orderBump.isMainSale",
        "orderBump.mainSaleId",
    ];
    const TABLE: &'static [Heading] = &[
        ("id", Lang::column_id),
        ("createdAt", Lang::column_created),
        ("status", Lang::column_status),
        ("payment.method|paymentMethod", Lang::column_method),
        ("total", Lang::column_total),
        ("netGain", Lang::column_net),
        ("product.name", Lang::column_product),
        ("buyer.name", Lang::column_buyer),
        ("buyer.email", Lang::column_email),
    ];
}

impl Fields for SaleChargeback {
    const CSV: &'static [&'static str] = &[
        "id",
        "total.value",
        "total.currency",
        "chargeback.status",
        "chargeback.requestedAt",
        "chargeback.limitDate",
        "chargeback.documentsUploadedAt",
        "affiliate.id",
        "affiliate.name",
        "product.id",
        "product.name",
        "product.type",
        "product.sku",
        "buyer.id",
        "buyer.name",
        "buyer.email",
        "buyer.document",
        "buyer.phone",
    ];
    const TABLE: &'static [Heading] = &[
        ("id", Lang::column_id),
        ("chargeback.requestedAt", Lang::column_requested),
        ("chargeback.limitDate", Lang::column_limit),
        ("chargeback.status", Lang::column_status),
        ("total", Lang::column_total),
        ("product.name", Lang::column_product),
        ("buyer.name", Lang::column_buyer),
        ("buyer.email", Lang::column_email),
    ];
}

impl Fields for SalesSummary {
    const CSV: &'static [&'static str] = &[
        "total.value",
        "total.currency",
        "discount.value",
        "discount.currency",
        "grossGain.value",
        "grossGain.currency",
        "netGain.value",
        "netGain.currency",
        "partnersGain.value",
        "partnersGain.currency",
        "affiliatesGain.value",
        "affiliatesGain.currency",
        "fee.value",
        "fee.currency",
        "others.value",
        "others.currency",
    ];
    const TABLE: &'static [Heading] = &[
        ("total", Lang::column_total),
        ("discount", Lang::column_discount),
        ("grossGain", Lang::column_gross),
        ("fee", Lang::column_fee),
        ("partnersGain", Lang::column_partners),
        ("affiliatesGain", Lang::column_affiliates),
        ("others", Lang::column_others),
        ("netGain", Lang::column_net),
    ];
}

impl Fields for Subscription {
    const CSV: &'static [&'static str] = &[
        "id",
        "status",
        "createdAt",
        "updatedAt",
        "firstInvoiceId",
        "isFinite",
        "isUnlimitedInstallments",
        "hasNegotiation",
        "payment.price.value",
        "payment.price.currency",
        "payment.method",
        "payment.installments",
        "recurrence.startsAt",
        "recurrence.nextDueDate",
        "recurrence.currentDueDate",
        "recurrence.finalDueDate",
        "recurrence.finishesAt",
        "recurrence.frequency.type",
        "recurrence.frequency.value",
        "charges.total",
        "charges.current",
        "charges.paid",
        "charges.pending",
        "charges.negotiated",
        "products.id",
        "products.title",
        "client.name",
        "client.email",
        "client.phone.countryCode",
        "client.phone.areaCode",
        "client.phone.number",
        "interruption.type",
        "interruption.createdAt",
        "interruption.removeAccessDate",
        "interruption.reason",
        "interruption.origin",
        "interruption.previousStatus",
        "interruption.responsible",
    ];
    const TABLE: &'static [Heading] = &[
        ("id", Lang::column_id),
        ("createdAt", Lang::column_created),
        ("status", Lang::column_status),
        ("payment.price", Lang::column_price),
        ("recurrence.nextDueDate", Lang::column_next_due),
        ("products.title", Lang::column_product),
        ("client.name", Lang::column_client),
        ("client.email", Lang::column_email),
    ];
}

impl Fields for SubscriptionInvoice {
    const CSV: &'static [&'static str] = &[
        "id",
        "subscriptionId",
        "status",
        "createdAt",
        "dueDate",
        "payment.amount.value",
        "payment.amount.currency",
        "payment.method",
        "payment.link",
        "coupon",
        "hasAffiliate",
        "items.product.id",
        "items.product.title",
        "items.description",
        "items.quantity",
    ];
    const TABLE: &'static [Heading] = &[
        ("id", Lang::column_id),
        ("createdAt", Lang::column_created),
        ("dueDate", Lang::column_due),
        ("status", Lang::column_status),
        ("payment.method", Lang::column_method),
        ("payment.amount", Lang::column_value),
        ("items.product.title", Lang::column_product),
    ];
}

impl Fields for Product {
    const CSV: &'static [&'static str] = &[
        "id",
        "name",
        "type",
        "status",
        "moderation",
        "payment.type",
        "payment.price.value",
        "payment.price.currency",
        "payment.methods.bankslip",
        "payment.methods.pix",
        "payment.methods.card",
        "payment.methods.multipleCards",
        "producerId",
        "author",
        "createdAt",
        "updatedAt",
        "imageUrl",
        "description",
    ];
    const TABLE: &'static [Heading] = &[
        ("id", Lang::column_id),
        ("name", Lang::column_name_of),
        ("type", Lang::column_type),
        ("status", Lang::column_status),
        ("payment.type", Lang::column_payment),
        ("payment.price", Lang::column_price),
        ("createdAt", Lang::column_created),
    ];
}

impl Fields for CustomerSummary {
    const CSV: &'static [&'static str] = &[
        "id",
        "name",
        "email",
        "phone.countryCode",
        "phone.areaCode",
        "phone.number",
        "purchaseHistoryOverview.productsQuantity",
        "purchaseHistoryOverview.gross.value",
        "purchaseHistoryOverview.gross.currency",
        "purchaseHistoryOverview.net.value",
        "purchaseHistoryOverview.net.currency",
    ];
    const TABLE: &'static [Heading] = &[
        ("id", Lang::column_id),
        ("name", Lang::column_name_of),
        ("email", Lang::column_email),
        ("purchaseHistoryOverview.productsQuantity", Lang::column_products),
        ("purchaseHistoryOverview.gross", Lang::column_paid),
        ("purchaseHistoryOverview.net", Lang::column_net),
    ];
}

impl Fields for Customer {
    const CSV: &'static [&'static str] = &[
        "id",
        "name",
        "email",
        "phone.countryCode",
        "phone.areaCode",
        "phone.number",
        "address.street",
        "address.number",
        "address.supplement",
        "address.cep",
        "address.state",
        "address.country",
    ];
    const TABLE: &'static [Heading] = &[
        ("id", Lang::column_id),
        ("name", Lang::column_name_of),
        ("email", Lang::column_email),
    ];
}

impl Fields for StatementEntry {
    const CSV: &'static [&'static str] = &[
        "id",
        "creditDate",
        "type",
        "description",
        "saleId",
        "value.value",
        "value.currency",
    ];
    const TABLE: &'static [Heading] = &[
        ("id", Lang::column_id),
        ("creditDate", Lang::column_date),
        ("type", Lang::column_type),
        ("saleId", Lang::column_sale),
        ("value", Lang::column_value),
        ("description", Lang::column_description),
    ];
}

impl Fields for Transfer {
    const CSV: &'static [&'static str] = &[
        "id",
        "status",
        "value.value",
        "value.currency",
        "requestedAt",
        "completedAt",
        "createdAt",
        "details",
        "bankAccount.type",
        "bankAccount.bankCode",
        "bankAccount.agency",
        "bankAccount.account",
    ];
    const TABLE: &'static [Heading] = &[
        ("id", Lang::column_id),
        ("requestedAt", Lang::column_requested),
        ("completedAt", Lang::column_completed),
        ("status", Lang::column_status),
        ("value", Lang::column_value),
        ("bankAccount.bankCode", Lang::column_bank),
    ];
}

impl Fields for Affiliation {
    const CSV: &'static [&'static str] = &[
        "id",
        "status",
        "requestedAt",
        "approvedAt",
        "createdAt",
        "updatedAt",
        "product.id",
        "product.name",
        "customer.id",
        "customer.name",
    ];
    const TABLE: &'static [Heading] = &[
        ("id", Lang::column_id),
        ("status", Lang::column_status),
        ("requestedAt", Lang::column_requested),
        ("approvedAt", Lang::column_approved),
        ("product.name", Lang::column_product),
        ("customer.name", Lang::column_affiliate),
    ];
}
