//! `eduzz webhook resend`: sends a received delivery again.

use clap::Args;
use eduzz_store::{Body, Row, Sqlite, Store};
use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::Key;
use http::{HeaderMap, HeaderValue};
use serde::Serialize;
use tokio::time::Instant;

use super::post::{self, Receiver};
use super::{history, report};
use crate::commands::database::{self, Database};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::BodyOption;
use crate::output::Output;
use crate::settings;

/// Reenvia a um receptor uma entrega do histórico de `listen`, ou de uma caixa de entrada
/// | Sends a delivery of the history of `listen`, or of an inbox, to a receiver again
#[derive(Debug, Args)]
#[command(after_help = "\
Vão os mesmos bytes. A assinatura é a que veio, ou, se EDUZZ_WEBHOOK_SECRET existe, uma com esse
segredo. O histórico guarda os corpos por sete dias, em um arquivo só seu (`listen` mostra qual).

Saída: 0 o receptor respondeu 2xx · 1 respondeu outra coisa, ou não há o evento · 3 não respondeu
 | \n\
The same bytes go out. The signature is the one that came or, if EDUZZ_WEBHOOK_SECRET is set, one
with that secret. The history keeps bodies for seven days, in a file of yours alone (`listen` shows
which).

Exit: 0 the receiver answered 2xx · 1 it answered otherwise, or there is no such event
      3 it did not answer")]
pub(crate) struct Resend {
    /// Id do evento, como `listen` mostra, ou o número dele no banco de dados
    /// | The event's id, as `listen` shows it, or its number in the database
    #[arg(value_name = "ID")]
    id: String,
    /// Para onde: https, ou http nesta máquina | Where to: https, or http on this machine
    #[arg(long, value_name = "URL")]
    to: String,
    #[command(flatten)]
    database: Database,
    /// Se o receptor recusar, mostra o que ele respondeu
    /// | If the receiver refuses, shows its answer
    #[arg(long)]
    show_body: bool,
}

#[derive(Serialize)]
struct Sent<'a> {
    event: Option<&'a str>,
    id: &'a str,
    status: u16,
    milliseconds: u128,
}

impl Resend {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let receiver = Receiver::new(lang, "--to", &self.to)?;
        if self.database.is_named() {
            return on_store!(self.database.open(lang).await?, |store| self
                .send(output, &store, &receiver)
                .await);
        }
        let path = history::path(lang)?;
        if !path.is_file() {
            return Err(Failure::rejected(lang.history_missing()));
        }
        let store = Sqlite::open(&path).await;
        let store = store.map_err(|error| database::error(lang, &error))?;
        self.send(output, &store, &receiver).await
    }

    async fn send<S: Store>(&self, output: Output, store: &S, receiver: &Receiver) -> Result<(), Failure> {
        let lang = output.lang;
        let failed = |error| database::error(lang, &error);
        let missing = || Failure::rejected(lang.history_no_such());
        let seq = history::find(store, self.id.trim()).await.map_err(failed)?;
        let found = store.get(seq.ok_or_else(missing)?).await.map_err(failed)?;
        let event = found.ok_or_else(missing)?;
        let body = event
            .body
            .ok_or_else(|| Failure::rejected(lang.history_pruned()))?;
        self.post(output, receiver, &event.row, body).await
    }

    async fn post(&self, output: Output, receiver: &Receiver, row: &Row, body: Body) -> Result<(), Failure> {
        let lang = output.lang;
        let signature = signature(lang, &body)?;
        let name = row.name.as_deref();
        let start = Instant::now();
        let answer = receiver.post(signature, HeaderMap::new(), body.bytes).await;
        let milliseconds = start.elapsed().as_millis();
        let shown = name.unwrap_or("?");
        let answer =
            answer.map_err(|error| Failure::network(lang.not_delivered(shown, &post::why(lang, &error))))?;
        let status = answer.status();
        let id = report::shown(&row.once, "-_:.", 100);
        if output.json {
            output.json(&Sent {
                event: name,
                id,
                status: status.as_u16(),
                milliseconds,
            })?;
        } else {
            output.line(&lang.delivered(shown, id, status.as_u16(), milliseconds))?;
        }
        if status.is_success() {
            return Ok(());
        }
        let shown = BodyOption::new(self.show_body, false).shown(answer.body());
        if output.json && shown.is_none() {
            return Err(Failure::reported());
        }
        Err(Failure::rejected(lang.not_taken(status.as_u16())).with_body(shown))
    }
}

/// The signature by the secret of the environment, else the one that came.
fn signature(lang: Lang, body: &Body) -> Result<HeaderValue, Failure> {
    let text = match settings::variable(lang, settings::WEBHOOK_SECRET)? {
        Some(secret) => {
            let key = Key::new(&WebhookSecret::new(secret));
            let key = key.map_err(|_| Failure::usage(lang.empty_webhook_secret()))?;
            key.sign(&body.bytes).to_string()
        }
        None => body.signature.clone(),
    };
    HeaderValue::from_str(&text).map_err(|_| Failure::usage(lang.no_client()))
}
