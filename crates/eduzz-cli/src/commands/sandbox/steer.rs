//! `eduzz sandbox pay`, `refund`, `advance` and so on: steer the sandbox that runs.

use std::time::Duration;

use clap::{Args, Subcommand};
use eduzz_sandbox::{Action, Fault, SaleAction, SaleKind, SubscriptionAction, Thing};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::at::{Outcome, Said, Steered};
use super::fault;
use crate::cli::{BadValue, filled};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::values;
use crate::output::Output;

/// How long a request for new lines may wait.
const LONG_POLL: u64 = 25;

/// A command that steers the sandbox that runs.
#[derive(Debug, Subcommand)]
pub(crate) enum Steer {
    /// Paga uma venda aberta | Pays an open sale
    Pay(OneSale),
    /// Reembolsa uma venda paga | Refunds a paid sale
    Refund(OneSale),
    /// Pede, como o comprador, o reembolso de uma venda paga
    /// | Asks, as the buyer, for the refund of a paid sale
    AskRefund(OneSale),
    /// Abre um chargeback de uma venda paga | Opens a chargeback of a paid sale
    ChargeBack(OneSale),
    /// Encerra o chargeback a favor do produtor | Decides the chargeback for the producer
    WinChargeback(OneSale),
    /// Encerra o chargeback a favor do titular do cartão
    /// | The chargeback is decided for the card holder
    LoseChargeback(OneSale),
    /// Faz expirar uma venda aberta | Lets an open sale expire
    Expire(OneSale),
    /// Cancela uma venda aberta | Cancels an open sale
    Cancel(OneSale),
    /// Agenda o pagamento de uma venda aberta | Postpones the payment of an open sale
    Schedule(OneSale),
    /// Inicia a recuperação de uma venda aberta | Begins the recovery of an open sale
    Recover(OneSale),
    /// Negocia a dívida de uma venda vencida | Negotiates the debt of an expired sale
    Negotiate(OneSale),
    /// Cobra uma assinatura mais uma vez | Charges a subscription once more
    Charge(Charge),
    /// Cancela uma assinatura | Cancels a subscription
    CancelSubscription(OneSubscription),
    /// Reativa uma assinatura cancelada | Reactivates a cancelled subscription
    Reactivate(OneSubscription),
    /// Faz vendas novas | Makes new sales
    Sell(Sell),
    /// Abandona um carrinho | Abandons a cart
    Abandon(OneCart),
    /// Fecha o pedido de um carrinho, que fica aguardando pagamento
    /// | Orders a cart, which then waits for its payment
    Order(OneCart),
    /// Adianta o relógio do sandbox, mas não o desta máquina, que as listas sem período, --last e o
    /// espelho usam
    /// | Moves the sandbox's clock forward, but not this machine's, which lists without days, --last
    /// and the mirror go by
    Advance(Advance),
    /// Lista as entregas de webhooks, da mais recente à mais antiga
    /// | Lists the deliveries of webhooks, newest first
    Deliveries(Deliveries),
    /// Envia uma entrega de novo | Sends a delivery again
    Resend(OneDelivery),
    /// Envia um exemplo de evento ao receptor de uma configuração de webhook
    /// | Sends an example of an event to the receiver of a webhook subscription
    Sample(Sample),
    /// Faz falhar as próximas tentativas de entrega | Lets the next attempts to deliver fail
    Break(Break),
    /// Lista, acrescenta ou tira falhas de propósito
    /// | Lists, adds or removes failures on purpose
    Fault(FaultCommand),
    /// Revoga os tokens de uma conta | Revokes the tokens of an account
    RevokeTokens(OneAccount),
    /// Mostra as requisições que chegaram ao sandbox | Shows the requests that the sandbox got
    Logs(Logs),
}

/// The account whose shop is meant.
#[derive(Debug, Args)]
pub(crate) struct Shop {
    /// Id ou e-mail da conta dona da loja (padrão: a do primeiro aplicativo)
    /// | Id or e-mail of the account whose shop it is (default: that of the first application)
    #[arg(long, value_name = "CONTA | ACCOUNT", value_parser = filled::<String>)]
    account: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct OneSale {
    /// Id da venda (padrão: a mais recente em que a ação é possível)
    /// | The sale's id (default: the newest that allows it)
    #[arg(value_name = "ID", value_parser = filled::<String>)]
    id: Option<String>,
    #[command(flatten)]
    shop: Shop,
}

#[derive(Debug, Args)]
pub(crate) struct OneSubscription {
    /// Id da assinatura (padrão: a mais recente em que a ação é possível)
    /// | The subscription's id (default: the newest that allows it)
    #[arg(value_name = "ID", value_parser = filled::<String>)]
    id: Option<String>,
    #[command(flatten)]
    shop: Shop,
}

#[derive(Debug, Args)]
pub(crate) struct Charge {
    /// Id da assinatura (padrão: a mais recente em que a ação é possível)
    /// | The subscription's id (default: the newest that allows it)
    #[arg(value_name = "ID", value_parser = filled::<String>)]
    id: Option<String>,
    /// Deixa a cobrança sem pagamento e a assinatura em atraso
    /// | Leaves the charge unpaid and the subscription late
    #[arg(long)]
    fail: bool,
    #[command(flatten)]
    shop: Shop,
}

#[derive(Debug, Args)]
pub(crate) struct Sell {
    /// Tipo da venda: pix, card, installments, bankslip, contract, bump, tracker, affiliate, coupon
    /// ou partner (padrão: alterna os tipos)
    /// | Kind of sale: pix, card, installments, bankslip, contract, bump, tracker, affiliate, coupon
    /// or partner (default: in turns)
    #[arg(long, value_name = "TIPO | KIND", value_parser = kind)]
    kind: Option<SaleKind>,
    /// Quantas, de 1 a 1.000 | How many, from 1 to 1,000
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    count: u32,
    /// Deixa as vendas aguardando pagamento | Leaves the sales unpaid
    #[arg(long)]
    unpaid: bool,
    #[command(flatten)]
    shop: Shop,
}

#[derive(Debug, Args)]
pub(crate) struct OneCart {
    /// Id do carrinho (padrão: o mais recente em aberto)
    /// | The cart's id (default: the newest open one)
    #[arg(value_name = "ID", value_parser = filled::<String>)]
    id: Option<String>,
    #[command(flatten)]
    shop: Shop,
}

#[derive(Debug, Args)]
pub(crate) struct Advance {
    /// Quanto: 90s, 15m, 2h, 3d | How far: 90s, 15m, 2h, 3d
    #[arg(value_name = "TEMPO | SPAN", value_parser = span)]
    by: Duration,
}

#[derive(Debug, Args)]
pub(crate) struct Deliveries {
    /// Quantas mostrar | How many to show
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    limit: u32,
}

#[derive(Debug, Args)]
pub(crate) struct OneDelivery {
    /// Número da entrega, ou id do evento (padrão: a mais recente)
    /// | The delivery's number, or its event's id (default: the newest)
    #[arg(value_name = "ID", value_parser = filled::<String>)]
    id: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Sample {
    /// Id da configuração de webhook (padrão: a mais recente)
    /// | The webhook subscription's id (default: the newest)
    #[arg(value_name = "ID", value_parser = filled::<String>)]
    id: Option<String>,
    /// Nome do evento (padrão: o primeiro da configuração)
    /// | The event's name (default: the first of the subscription)
    #[arg(long, value_name = "EVENTO | EVENT", value_parser = filled::<String>)]
    event: Option<String>,
    #[command(flatten)]
    shop: Shop,
}

#[derive(Debug, Args)]
pub(crate) struct Break {
    /// Quantas tentativas; 0 desfaz | How many attempts; 0 undoes it
    #[arg(value_name = "N", default_value_t = 1)]
    count: u32,
}

#[derive(Debug, Args)]
pub(crate) struct FaultCommand {
    /// Falhas a acrescentar, como em `eduzz sandbox --fault`; sem nenhuma, lista as que há
    /// | Failures to add, as in `eduzz sandbox --fault`; without any, lists them
    #[arg(value_name = "FALHA | FAULT", value_parser = fault)]
    add: Vec<Fault>,
    /// Tira a falha deste número da lista | Removes the failure of this number of the list
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), conflicts_with = "add")]
    remove: Option<u32>,
    /// Tira todas | Removes all
    #[arg(long, conflicts_with_all = ["add", "remove"])]
    clear: bool,
}

#[derive(Debug, Args)]
pub(crate) struct OneAccount {
    /// Id ou e-mail da conta (padrão: a dona do primeiro aplicativo)
    /// | The account's id or e-mail address (default: the owner of the first application)
    #[arg(value_name = "CONTA | ACCOUNT", value_parser = filled::<String>)]
    id: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Logs {
    /// Continua mostrando as que chegam, até o Ctrl-C | Goes on with those that come, until Ctrl-C
    #[arg(long, short)]
    follow: bool,
    /// Só as posteriores a este número | Only those after this number
    #[arg(long, value_name = "N", default_value_t = 0)]
    after: u64,
}

/// Reads the word of a kind of sale.
fn kind(word: &str) -> Result<SaleKind, BadValue> {
    SaleKind::named(word).ok_or(BadValue::Told(|lang| {
        lang.bad_sale_kind(
            &SaleKind::ALL
                .iter()
                .map(|kind| kind.as_str())
                .collect::<Vec<_>>()
                .join(", "),
        )
    }))
}

/// Reads a span of time.
fn span(text: &str) -> Result<Duration, BadValue> {
    let read = humantime::parse_duration(text.trim()).ok();
    read.filter(|span| !span.is_zero())
        .ok_or(BadValue::Told(Lang::bad_span))
}

impl Steer {
    /// Whether only Ctrl-C ends it.
    pub(super) const fn goes_on(&self) -> bool {
        matches!(self, Self::Logs(Logs { follow: true, .. }))
    }

    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let steered = Steered::find(output.lang)?;
        let sale = |one: OneSale, change: SaleAction| {
            let action = Action::Sale { change, id: one.id };
            (one.shop.account, action)
        };
        let subscription = |one: OneSubscription, change: SubscriptionAction| {
            let action = Action::Subscription { change, id: one.id };
            (one.shop.account, action)
        };
        let (account, action) = match self {
            Self::Pay(one) => sale(one, SaleAction::Pay),
            Self::Refund(one) => sale(one, SaleAction::Refund),
            Self::AskRefund(one) => sale(one, SaleAction::AskRefund),
            Self::ChargeBack(one) => sale(one, SaleAction::ChargeBack),
            Self::WinChargeback(one) => sale(one, SaleAction::WinChargeback),
            Self::LoseChargeback(one) => sale(one, SaleAction::LoseChargeback),
            Self::Expire(one) => sale(one, SaleAction::Expire),
            Self::Cancel(one) => sale(one, SaleAction::Cancel),
            Self::Schedule(one) => sale(one, SaleAction::Schedule),
            Self::Recover(one) => sale(one, SaleAction::Recover),
            Self::Negotiate(one) => sale(one, SaleAction::Negotiate),
            Self::Charge(Charge { id, fail, shop }) => {
                let change = match fail {
                    true => SubscriptionAction::FailCharge,
                    false => SubscriptionAction::Charge,
                };
                subscription(OneSubscription { id, shop }, change)
            }
            Self::CancelSubscription(one) => subscription(one, SubscriptionAction::Cancel),
            Self::Reactivate(one) => subscription(one, SubscriptionAction::Reactivate),
            Self::Sell(Sell {
                kind,
                count,
                unpaid,
                shop,
            }) => (shop.account, Action::Sell { kind, count, unpaid }),
            Self::Abandon(OneCart { id, shop }) => (shop.account, Action::Abandon { id }),
            Self::Order(OneCart { id, shop }) => (shop.account, Action::OrderCart { id }),
            Self::Advance(Advance { by }) => (None, Action::Advance { by }),
            Self::Resend(OneDelivery { id }) => (None, Action::Resend { id }),
            Self::Sample(Sample { id, event, shop }) => (shop.account, Action::Sample { id, event }),
            Self::Break(Break { count }) => (None, Action::Break { count }),
            Self::RevokeTokens(OneAccount { id }) => (None, Action::RevokeTokens { id }),
            Self::Fault(command) => return command.run(output, &steered).await,
            Self::Deliveries(command) => return command.run(output, &steered).await,
            Self::Logs(command) => return command.run(output, &steered).await,
        };
        let outcome = steered.act(account.as_deref(), &action).await?;
        if matches!(action, Action::Advance { .. }) {
            output.note(&output.lang.clock_is_ahead());
        }
        print(output, &action, &outcome)
    }
}

/// Prints what was made or changed.
fn print(output: Output, action: &Action, outcome: &Outcome) -> Result<(), Failure> {
    let (lang, done) = (output.lang, &outcome.done);
    if output.json {
        return output.json(done);
    }
    match action {
        Action::Advance { .. } => output.line(&lang.steer_advanced(&values::date(lang, &done.now)))?,
        Action::Break { count } => output.line(&match count {
            0 => lang.steer_mended(),
            1 => lang.steer_broken_once(),
            count => lang.steer_broken(*count),
        })?,
        Action::ClearFaults => output.line(&match done.count {
            1 => lang.steer_cleared_one(),
            count => lang.steer_cleared(count),
        })?,
        Action::RevokeTokens { .. } => output.line(&match done.count {
            1 => lang.steer_revoked_one(),
            count => lang.steer_revoked(count),
        })?,
        Action::Resend { .. } | Action::Sample { .. } => {
            let sent = done.rows.iter().find(|row| row.kind == Thing::Delivery);
            output.line(&lang.steer_sent(sent.map_or("", |row| &row.id)))?;
        }
        _ => {
            let outcomes = outcome.outcomes.iter().map(Option::as_ref);
            let outcomes = outcomes.chain(std::iter::repeat(None));
            for (row, told) in done.rows.iter().zip(outcomes) {
                let thing = lang.thing(row.kind);
                let told = told.map(|told| told.say(lang)).or(row.status.as_deref());
                output.line(&match told {
                    Some(told) => format!("{thing} {}: {told}", row.id),
                    None => format!("{thing} {}", row.id),
                })?;
            }
            let shown = u64::try_from(done.rows.len()).unwrap_or(u64::MAX);
            if done.count > shown {
                output.line(&lang.steer_more(done.count - shown))?;
            }
        }
    }
    for event in &done.events {
        output.line(&format!(
            "  {}{}: {}",
            event.name,
            if event.times > 1 {
                format!(" ×{}", event.times)
            } else {
                String::new()
            },
            match event.deliveries {
                0 => lang.steer_no_delivery(),
                1 => lang.steer_one_delivery(),
                count => lang.steer_deliveries(count),
            }
        ))?;
    }
    if done.events.iter().any(|event| event.deliveries == 0) {
        output.line(&lang.steer_why_no_delivery())?;
    }
    Ok(())
}

/// The state of webhooks and faults, as the panel gives it.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct State {
    faults: Vec<KnownFault>,
    deliveries: Vec<Delivery>,
}

#[derive(Deserialize, Serialize)]
struct KnownFault {
    fault: String,
    strikes: u64,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Delivery {
    number: u64,
    subscription: String,
    event: String,
    id: String,
    state: String,
    #[serde(default, skip_serializing)]
    state_name: Option<Said>,
    next_attempt: Option<String>,
    attempts: Vec<Attempt>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Attempt {
    sent_at: String,
    took_ms: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(default, skip_serializing)]
    why: Option<Said>,
}

impl Deliveries {
    async fn run(self, output: Output, steered: &Steered) -> Result<(), Failure> {
        let lang = output.lang;
        let state: State = steered
            .get(&format!("/panel/state.json?deliveries={}", self.limit))
            .await?;
        if output.json {
            return output.json(&state.deliveries);
        }
        if state.deliveries.is_empty() {
            return output.line(&lang.steer_no_deliveries());
        }
        let header = lang.steer_delivery_columns();
        let header: Vec<String> = header.split('|').map(str::to_owned).collect();
        let rows = state.deliveries.into_iter().map(|delivery| {
            let last = delivery.attempts.last();
            let answer = last.map(|attempt| match (attempt.status, &attempt.reason) {
                (Some(status), _) => status.to_string(),
                (None, reason) => attempt
                    .why
                    .as_ref()
                    .map(|why| why.say(lang))
                    .or(reason.as_deref())
                    .unwrap_or_default()
                    .to_owned(),
            });
            let at = last.map(|attempt| values::date(lang, &attempt.sent_at));
            vec![
                delivery.number.to_string(),
                delivery.event,
                match &delivery.state_name {
                    Some(name) => name.say(lang).to_owned(),
                    None => delivery.state,
                },
                delivery.attempts.len().to_string(),
                at.unwrap_or_default(),
                answer.unwrap_or_default(),
            ]
        });
        output.table(&header, rows)
    }
}

impl FaultCommand {
    async fn run(self, output: Output, steered: &Steered) -> Result<(), Failure> {
        let lang = output.lang;
        let changes: Vec<Action> = match (self.clear, self.remove) {
            (true, _) => vec![Action::ClearFaults],
            (_, Some(number)) => vec![Action::RemoveFault { place: number - 1 }],
            _ => self
                .add
                .into_iter()
                .map(|fault| Action::AddFault { fault })
                .collect(),
        };
        for action in &changes {
            steered.act(None, action).await?;
        }
        let state: State = steered.get("/panel/state.json?deliveries=0").await?;
        if output.json {
            return output.json(&state.faults);
        }
        if state.faults.is_empty() {
            return output.line(&lang.steer_no_faults());
        }
        let header = lang.steer_fault_columns();
        let header: Vec<String> = header.split('|').map(str::to_owned).collect();
        let rows = (1..).zip(state.faults);
        output.table(
            &header,
            rows.map(|(number, known): (u32, KnownFault)| {
                vec![number.to_string(), known.fault, known.strikes.to_string()]
            }),
        )
    }
}

/// The requests that the sandbox got, as the panel gives them.
#[derive(Deserialize)]
struct Requests {
    last: u64,
    requests: Vec<Value>,
}

/// What a line shows of a request.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    number: u64,
    at: String,
    took_ms: f64,
    method: String,
    target: String,
    status: Option<u16>,
    account: Option<Named>,
    why: Option<Said>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

impl Logs {
    async fn run(self, output: Output, steered: &Steered) -> Result<(), Failure> {
        let (mut after, mut wait) = (self.after, 0);
        loop {
            let target = format!("/panel/requests.json?after={after}&wait={wait}");
            let answer: Requests = steered.get(&target).await?;
            for request in answer.requests {
                if output.json {
                    output.json(&request)?;
                } else if let Ok(request) = serde_json::from_value(request) {
                    output.line(&line(output.lang, &request))?;
                }
            }
            if !self.follow {
                return Ok(());
            }
            (after, wait) = (answer.last, LONG_POLL);
        }
    }
}

/// A request in one line, and why it was answered so below it.
fn line(lang: Lang, request: &Request) -> String {
    let status = request
        .status
        .map_or_else(|| "---".to_owned(), |status| status.to_string());
    let at = values::date(lang, &request.at);
    let account = request
        .account
        .as_ref()
        .map(|account| format!("  {}", account.name));
    let line = format!(
        "{:>5} {at} {status} {:>6.0} ms  {:<6} {}{}",
        request.number,
        request.took_ms,
        request.method,
        request.target,
        account.unwrap_or_default(),
    );
    let why = request.why.as_ref().map(|why| why.say(lang));
    match why {
        Some(why) => format!("{line}\n      {why}"),
        None => line,
    }
}
