//! `eduzz subscriptions`: list, show, invoices, cancel, reactivate.

use clap::Args;
use eduzz_api::myeduzz::{
    BulkCancelSubscriptions, GetSubscription, ListSubscriptionInvoices, ListSubscriptions,
    ReactivateSubscription,
};
use eduzz_types::PersonalText;
use eduzz_types::myeduzz::{Subscription, SubscriptionDateFilter, SubscriptionId, SubscriptionInvoice};
use eduzz_wire::Endpoint;
use serde::Serialize;

use crate::ask;
use crate::cli::{BadValue, filled};
use crate::client::Api;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::{BodyOption, Column, Fields, Period, Request, values};
use crate::output::{self, Output};

commands! {
    /// Assinaturas: lista, detalhes, faturas, cancelamento, reativação
    /// | Subscriptions: list, details, invoices, cancelling, reactivating
    Subscriptions {
        List(SubscriptionsList),
        Show(SubscriptionsShow),
        Invoices(SubscriptionsInvoices),
        Cancel(SubscriptionsCancel),
        Reactivate(SubscriptionsReactivate),
    }
}

list_commands! {
    /// Lista as assinaturas criadas, ou alteradas, num período
    /// | Lists the subscriptions created, or changed, in a period
    SubscriptionsList "subscriptions list": ListSubscriptions(
        #[command(flatten)]
        period: Period,
        /// Qual data da assinatura: created ou updated (padrão: created)
        /// | Which date of a subscription: created or updated (default: created)
        #[arg(long, value_name = "DATA | DATE", value_parser = date_filter)]
        date: Option<SubscriptionDateFilter>,
    ), |lang| {
        let days = period.days(lang)?;
        let date = date.unwrap_or(SubscriptionDateFilter::Creation);
        let call = ListSubscriptions::new(&days, date);
        Ok(Request::ordered(call, period.order()))
    };
}

fn date_filter(text: &str) -> Result<SubscriptionDateFilter, BadValue> {
    Ok(match text.trim() {
        "created" => SubscriptionDateFilter::Creation,
        "updated" => SubscriptionDateFilter::Update,
        // The service's own spelling.
        other => Some(SubscriptionDateFilter::from(other))
            .filter(SubscriptionDateFilter::is_known)
            .ok_or(BadValue::OneOf(&["created", "updated"]))?,
    })
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
    const LEAVES: &'static str = "\
        createdAt client.email products.title recurrence.nextDueDate client.name";
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
    const LEAVES: &'static str = "createdAt payment.method items.product.title dueDate";
}

/// Cancela uma assinatura; a Eduzz aceita o pedido e o conclui depois
/// | Cancels a subscription; Eduzz accepts the request and completes it later
#[derive(Debug, Args)]
pub(crate) struct SubscriptionsCancel {
    #[command(flatten)]
    change: Change,
    /// Motivo, que fica registrado na assinatura (padrão: "Cancelada pelo programa eduzz")
    /// | Reason, which the subscription keeps (default: "Cancelada pelo programa eduzz")
    #[arg(long, value_name = "TEXTO | TEXT", value_parser = filled::<PersonalText>)]
    reason: Option<PersonalText>,
}

/// Reativa uma assinatura cancelada; a Eduzz aceita o pedido e o conclui depois
/// | Reactivates a canceled subscription; Eduzz accepts the request and completes it later
#[derive(Debug, Args)]
pub(crate) struct SubscriptionsReactivate {
    #[command(flatten)]
    change: Change,
}

/// The reason of a cancellation without `--reason`; the API wants one.
const REASON: &str = "Cancelada pelo programa eduzz";

// The flags of a change that a person is asked about.
#[derive(Debug, Args)]
struct Change {
    /// Id da assinatura | The subscription's id
    #[arg(value_name = "ID", value_parser = filled::<SubscriptionId>)]
    id: SubscriptionId,
    /// Não pergunta antes; necessário sem terminal
    /// | Does not ask before; needed without a terminal
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    body: BodyOption,
}

/// A request that the service accepted, as `--json` prints it.
#[derive(Serialize)]
struct Accepted<'a> {
    id: &'a SubscriptionId,
    accepted: bool,
}

impl SubscriptionsCancel {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let reason = self.reason.unwrap_or_else(|| REASON.into());
        let call = BulkCancelSubscriptions::new([self.change.id.clone()], reason);
        let texts = (Lang::cancel_question as Question, Lang::cancel_accepted as Done);
        self.change.make(output, &call, texts).await
    }
}

impl SubscriptionsReactivate {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let call = ReactivateSubscription::new(self.change.id.clone());
        let texts = (
            Lang::reactivate_question as Question,
            Lang::reactivate_accepted as Done,
        );
        self.change.make(output, &call, texts).await
    }
}

type Question = fn(Lang, &str) -> String;
type Done = fn(Lang, &str) -> String;

impl Change {
    /// Shows the subscription and asks, unless `--yes` was given; then makes the call.
    async fn make<E: Endpoint>(
        self,
        output: Output,
        call: &E,
        (question, done): (Question, Done),
    ) -> Result<(), Failure> {
        let lang = output.lang;
        if !self.yes && !output::is_interactive() {
            return Err(Failure::usage(lang.change_needs_yes()));
        }
        let api = Api::new(output, self.body)?;
        if !self.yes {
            let found = api.call(&GetSubscription::new(self.id.clone())).await?;
            let question = question(lang, &described(lang, &found));
            if !ask::is_agreed(output, &question, lang.change_needs_yes()).await? {
                return Err(Failure::rejected(lang.change_not_agreed()));
            }
        }
        api.call(call).await?;
        if output.json {
            return output.json(&Accepted {
                id: &self.id,
                accepted: true,
            });
        }
        output.line(&done(lang, self.id.as_str()))
    }
}

/// Id, status, price and products, in a line; nothing about the customer.
fn described(lang: Lang, subscription: &Subscription) -> String {
    let status = subscription.status.as_str().to_owned();
    let price = subscription.payment.as_ref().and_then(|payment| payment.price);
    let price = price.map(|price| values::money(lang, price));
    let titles = subscription
        .products
        .iter()
        .filter_map(|product| product.title.as_deref());
    let parts = [Some(subscription.id.as_str().to_owned()), Some(status), price];
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .chain(titles.map(ToOwned::to_owned))
        .collect();
    output::printable(&parts.join(", "))
}
