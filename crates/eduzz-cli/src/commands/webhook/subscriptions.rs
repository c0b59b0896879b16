//! `eduzz webhook subscriptions`: the account's subscriptions to webhooks.

use clap::Args;
use eduzz_api::webhook::{DeleteWebhookSubscription, SendWebhookSample, UpdateWebhookSubscription};
use eduzz_types::PersonalText;
use eduzz_types::webhook::subscriptions::{
    SampleReport, Subscription, SubscriptionStatus, WebhookSecretId, WebhookSubscriptionId,
};
use serde::Serialize;

use super::post;
use super::subscribing::{self, Chosen, Subscribing};
use crate::ask;
use crate::cli::filled;
use crate::events::Known;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::output::{self, Output};

commands! {
    /// Configurações de webhook da conta | The account's subscriptions to webhooks
    #[command(after_help = "\
A URL de uma configuração muitas vezes tem uma chave: só o começo aparece; --show-url a mostra
inteira. Os nomes dos eventos podem vir sem a origem: invoice_paid.

Escopos: webhook_read; para criar, mudar e excluir, webhook_write.
 | \n\
The URL of a subscription often holds a key: only its beginning is shown; --show-url shows it whole.
Names of events may come without their origin: invoice_paid.

Scopes: webhook_read; to make, change and delete, webhook_write.")]
    Subscriptions {
        List(List),
        Show(Show),
        Create(Create),
        Events(Events),
        Activate(Activate),
        Disable(Disable),
        Delete(Delete),
        Sample(Sample),
    }
}

/// Lista as configurações | Lists the subscriptions
#[derive(Debug, Args)]
pub(crate) struct List {
    #[command(flatten)]
    url: ShowUrl,
}

/// Mostra uma configuração, com os eventos dela | Shows a subscription, with its events
#[derive(Debug, Args)]
pub(crate) struct Show {
    #[command(flatten)]
    own: Own,
    #[command(flatten)]
    url: ShowUrl,
}

/// Cria uma configuração e a ativa; se já existe uma com esta URL, acrescenta os eventos que faltam
/// e a ativa
/// | Makes a subscription and activates it; if one has this URL, adds the events that it lacks and
/// activates it
#[derive(Debug, Args)]
#[command(after_help = "\
O receptor já tem que responder nessa URL: a Eduzz a verifica com um ping. Repetir o comando não
muda nada.
 | \n\
The receiver has to answer at that URL already: Eduzz checks it with a ping. The command changes
nothing when it is repeated.")]
pub(crate) struct Create {
    /// A URL em que a Eduzz entrega | The URL at which Eduzz delivers
    #[arg(long, value_name = "URL", value_parser = post::url)]
    url: PersonalText,
    #[command(flatten)]
    chosen: Chosen,
}

/// Mostra os eventos de uma configuração, ou os altera
/// | Shows the events of a subscription, or changes them
#[derive(Debug, Args)]
pub(crate) struct Events {
    #[command(flatten)]
    own: Own,
    /// Eventos a acrescentar | Events to add
    #[arg(long, value_name = "EVENTO,… | EVENT,…", value_delimiter = ',')]
    add: Vec<String>,
    /// Eventos a tirar | Events to take away
    #[arg(long, value_name = "EVENTO,… | EVENT,…", value_delimiter = ',')]
    remove: Vec<String>,
}

/// Ativa uma configuração; o receptor tem que responder à verificação (ping)
/// | Activates a subscription; the receiver has to answer the check (ping)
#[derive(Debug, Args)]
pub(crate) struct Activate {
    #[command(flatten)]
    own: Own,
}

/// Desativa uma configuração: nada mais é entregue | Disables a subscription: nothing is delivered
/// any more
#[derive(Debug, Args)]
pub(crate) struct Disable {
    #[command(flatten)]
    own: Own,
}

/// Exclui uma configuração | Deletes a subscription
#[derive(Debug, Args)]
pub(crate) struct Delete {
    #[command(flatten)]
    own: Own,
    /// Não pergunta antes; necessário sem terminal | Does not ask before; needed without a terminal
    #[arg(long)]
    yes: bool,
}

/// Pede à Eduzz que envie uma amostra de um evento ao receptor
/// | Has Eduzz send a sample of an event to the receiver
#[derive(Debug, Args)]
#[command(after_help = "\
Saída: 1 o receptor não aceitou
 | \n\
Exit: 1 the receiver did not accept it")]
pub(crate) struct Sample {
    #[command(flatten)]
    own: Own,
    /// Nome do evento, com ou sem a origem | The event's name, with or without its origin
    #[arg(value_name = "EVENTO | EVENT")]
    event: String,
}

// The subscription of a command.
#[derive(Debug, Args)]
struct Own {
    /// Id da configuração, como `list` mostra | The subscription's id, as `list` shows it
    #[arg(value_name = "ID", value_parser = filled::<WebhookSubscriptionId>)]
    id: WebhookSubscriptionId,
}

// Whether an address is shown whole.
#[derive(Clone, Copy, Debug, Args)]
struct ShowUrl {
    /// Mostra a URL inteira, que pode ter uma chave | Shows the whole URL, which may hold a key
    #[arg(long)]
    show_url: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    status: &'a str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_id: Option<&'a str>,
    events: Vec<&'a str>,
}

#[derive(Serialize)]
struct Deleted<'a> {
    id: &'a str,
    deleted: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Sampled<'a> {
    event: &'a str,
    status: Option<u16>,
    is_taken: bool,
}

impl ShowUrl {
    fn of(self, own: &Subscription) -> String {
        if self.show_url {
            own.url.as_str().to_owned()
        } else {
            post::origin(&own.url)
        }
    }
}

impl<'a> Record<'a> {
    fn of(own: &'a Subscription, url: ShowUrl) -> Self {
        Self {
            id: own.id.as_str(),
            name: own.name.as_deref(),
            status: own.status.as_str(),
            url: url.of(own),
            secret_id: own.secret_id.as_ref().map(WebhookSecretId::as_str),
            events: own.events.iter().map(|event| &*event.name).collect(),
        }
    }

    /// A line for each field, and for each event.
    fn rows(&self, lang: Lang) -> Vec<Vec<String>> {
        let fields = [
            ("ID", Some(self.id)),
            (lang.choose_text("NOME", "NAME"), self.name),
            ("STATUS", Some(self.status)),
            ("URL", Some(self.url.as_str())),
        ];
        let row = |(name, value): (&str, Option<&str>)| Some(vec![name.to_owned(), value?.to_owned()]);
        let head = lang.choose_text("EVENTO", "EVENT");
        let events = self.events.iter().map(|event| (head, Some(*event)));
        fields.into_iter().chain(events).filter_map(row).collect()
    }
}

impl Own {
    /// The subscription, by the account's list.
    async fn find(&self, subscribing: &Subscribing, lang: Lang) -> Result<Subscription, Failure> {
        let list = subscribing.subscriber().list().await;
        let list = list.map_err(|error| subscribing.failed(&error))?;
        let own = list.into_iter().find(|own| own.id == self.id);
        own.ok_or_else(|| Failure::rejected(lang.hook_no_such(self.id.as_str())))
    }
}

/// Writes a subscription that was changed.
fn write(output: Output, own: &Subscription, text: &str) -> Result<(), Failure> {
    if output.json {
        output.json(&Record::of(own, ShowUrl { show_url: false }))
    } else {
        output.line(text)
    }
}

impl List {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let subscribing = Subscribing::new(output)?;
        let list = subscribing.subscriber().list().await;
        let list = list.map_err(|error| subscribing.failed(&error))?;
        let records: Vec<Record<'_>> = list.iter().map(|own| Record::of(own, self.url)).collect();
        if output.json {
            return output.json(&records);
        }
        if records.is_empty() {
            return output.line(&lang.hook_none());
        }
        let header = [
            "ID",
            "STATUS",
            lang.choose_text("EVENTOS", "EVENTS"),
            "URL",
            lang.choose_text("NOME", "NAME"),
        ];
        let rows = records.iter().map(|record| {
            vec![
                record.id.to_owned(),
                record.status.to_owned(),
                record.events.len().to_string(),
                record.url.clone(),
                record.name.unwrap_or_default().to_owned(),
            ]
        });
        output.table(&header.map(str::to_owned), rows)
    }
}

impl Show {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let own = self.own.find(&Subscribing::new(output)?, lang).await?;
        let record = Record::of(&own, self.url);
        if output.json {
            return output.json(&record);
        }
        output.table(&[], record.rows(lang))
    }
}

impl Create {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let subscribing = Subscribing::new(output)?;
        let subscribed = subscribing.subscribe(&self.url, &self.chosen).await?;
        if output.json {
            output.json(&Record::of(&subscribed.subscription, ShowUrl { show_url: false }))
        } else {
            output.line(subscribed.subscription.id.as_str())
        }
    }
}

impl Events {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let add = subscribing::names(lang, &self.add)?;
        let remove = subscribing::names(lang, &self.remove)?;
        let subscribing = Subscribing::new(output)?;
        let own = self.own.find(&subscribing, lang).await?;
        let before: Vec<String> = own.events.iter().map(|event| event.name.to_string()).collect();
        let mut events = before.clone();
        events.retain(|name| !remove.contains(name));
        for name in add {
            if !events.contains(&name) {
                events.push(name);
            }
        }
        let mut answer = own;
        if events != before {
            if events.is_empty() {
                return Err(Failure::usage(lang.hook_no_events_left()));
            }
            let was_active = answer.status == SubscriptionStatus::Active;
            let name = answer.name.as_deref().unwrap_or("eduzz-cli");
            let call = UpdateWebhookSubscription::new(answer.id.clone(), name, answer.url.clone(), events);
            answer = subscribing.api().call(&call).await?;
            output.note(&lang.hook_changed(answer.id.as_str()));
            // Q83: it may be disabled by the change.
            if was_active && answer.status == SubscriptionStatus::Disabled {
                let activated = subscribing.subscriber().activate(&answer.id).await;
                answer = activated.map_err(|error| subscribing.failed(&error))?;
            }
        }
        if output.json {
            return output.json(&Record::of(&answer, ShowUrl { show_url: false }));
        }
        let names: Vec<&str> = answer.events.iter().map(|event| &*event.name).collect();
        output.line(&names.join("\n"))
    }
}

impl Activate {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let subscribing = Subscribing::new(output)?;
        let answer = subscribing.subscriber().activate(&self.own.id).await;
        let answer = answer.map_err(|error| subscribing.failed(&error))?;
        write(output, &answer, &output.lang.hook_activated(answer.id.as_str()))
    }
}

impl Disable {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let subscribing = Subscribing::new(output)?;
        let answer = subscribing.subscriber().disable(&self.own.id).await;
        let answer = answer.map_err(|error| subscribing.failed(&error))?;
        write(output, &answer, &output.lang.hook_disabled(answer.id.as_str()))
    }
}

impl Delete {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        if !self.yes && !output::is_interactive() {
            return Err(Failure::usage(lang.change_needs_yes()));
        }
        let subscribing = Subscribing::new(output)?;
        let id = self.own.id.as_str();
        if !self.yes {
            let own = self.own.find(&subscribing, lang).await?;
            let question = lang.hook_delete_question(id, &post::origin(&own.url));
            if !ask::is_agreed(output, &question, lang.change_needs_yes()).await? {
                return Err(Failure::rejected(lang.change_not_agreed()));
            }
        }
        let call = DeleteWebhookSubscription::new(self.own.id.clone());
        subscribing.api().call(&call).await?;
        if output.json {
            output.json(&Deleted { id, deleted: true })
        } else {
            output.line(&lang.hook_deleted(id))
        }
    }
}

impl Sample {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let event = Known::named(lang, &self.event)?;
        let subscribing = Subscribing::new(output)?;
        let call = SendWebhookSample::new(self.own.id, event.name);
        let report: SampleReport = subscribing.api().call(&call).await?;
        if output.json {
            output.json(&Sampled {
                event: event.name,
                status: report.status_code,
                is_taken: report.is_taken(),
            })?;
            return if report.is_taken() {
                Ok(())
            } else {
                Err(Failure::reported())
            };
        }
        let status = report.status_code.filter(|status| *status > 0);
        match status {
            Some(status) if report.is_taken() => {
                let time = report.time_taken.to_string();
                output.line(&lang.hook_sample_taken(event.name, status, &time))
            }
            status => {
                let status = status.map_or_else(|| lang.hook_no_answer(), |status| status.to_string());
                Err(Failure::rejected(lang.hook_sample_refused(&status)))
            }
        }
    }
}
