//! `eduzz subscriptions`: list, show, invoices.

use eduzz_api::myeduzz::{GetSubscription, ListSubscriptionInvoices, ListSubscriptions};
use eduzz_types::myeduzz::{Subscription, SubscriptionDateFilter, SubscriptionInvoice};

use crate::cli::filled;
use crate::lists::{Column, Fields, Period, Request};

commands! {
    /// Assinaturas: lista, detalhes, faturas | Subscriptions: list, details, invoices
    Subscriptions { List(SubscriptionsList), Show(SubscriptionsShow), Invoices(SubscriptionsInvoices) }
}

list_commands! {
    /// Lista as assinaturas criadas, ou alteradas, num período
    /// | Lists the subscriptions created, or changed, in a period
    SubscriptionsList "subscriptions list": ListSubscriptions(
        #[command(flatten)]
        period: Period,
        /// Qual data da assinatura: created ou updated (padrão: created)
        /// | Which date of a subscription: created or updated (default: created)
        #[arg(long, value_name = "DATA | DATE", value_parser = filled::<String>)]
        date: Option<String>,
    ), |lang| {
        let days = period.days(lang)?;
        let date = match date.as_deref() {
            None | Some("created") => SubscriptionDateFilter::Creation,
            Some("updated") => SubscriptionDateFilter::Update,
            Some(other) => other.into(),
        };
        let call = ListSubscriptions::new(&days, date);
        Ok(Request::ordered(call, period.order()))
    };
}

impl Fields for Subscription {
    const CSV: &'static str = "\
        id status createdAt updatedAt firstInvoiceId isFinite isUnlimitedInstallments hasNegotiation \
        payment.price.value payment.price.currency payment.method payment.installments \
        recurrence.startsAt recurrence.nextDueDate recurrence.currentDueDate recurrence.finalDueDate \
        recurrence.finishesAt recurrence.frequency.type recurrence.frequency.value charges.total \
        charges.current charges.paid charges.pending charges.negotiated products.id products.title \
        client.name client.email client.phone.countryCode client.phone.areaCode client.phone.number \
        interruption.type interruption.createdAt interruption.removeAccessDate interruption.reason \
        interruption.origin interruption.previousStatus interruption.responsible";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("createdAt", "CRIADO EM", "CREATED"),
        ("status", "STATUS", "STATUS"),
        ("payment.price", "PREÇO", "PRICE"),
        ("recurrence.nextDueDate", "PRÓXIMA COBRANÇA", "NEXT CHARGE"),
        ("products.title", "PRODUTO", "PRODUCT"),
        ("client.name", "CLIENTE", "CLIENT"),
        ("client.email", "E-MAIL", "E-MAIL"),
    ];
}

record_commands! {
    /// Mostra uma assinatura inteira | Shows a whole subscription
    SubscriptionsShow: GetSubscription(
        /// Id da assinatura | The subscription's id
        id
    ) -> Subscription, |records, subscription| records.one(&subscription);

    /// Lista as faturas de uma assinatura | Lists the invoices of a subscription
    SubscriptionsInvoices: ListSubscriptionInvoices(
        /// Id da assinatura | The subscription's id
        id
    ) -> SubscriptionInvoice, |records, invoices| records.all(&invoices.items);
}

impl Fields for SubscriptionInvoice {
    const CSV: &'static str = "\
        id subscriptionId status createdAt dueDate payment.amount.value payment.amount.currency \
        payment.method payment.link coupon hasAffiliate items.product.id items.product.title \
        items.description items.quantity";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("createdAt", "CRIADO EM", "CREATED"),
        ("dueDate", "VENCE EM", "DUE"),
        ("status", "STATUS", "STATUS"),
        ("payment.method", "PAGAMENTO", "METHOD"),
        ("payment.amount", "VALOR", "AMOUNT"),
        ("items.product.title", "PRODUTO", "PRODUCT"),
    ];
}
