//! `eduzz webhook trigger`: sends a signed example to a receiver.

use clap::Args;
use http::{HeaderMap, HeaderValue};
use serde::Serialize;
use tokio::time::Instant;

use super::post::{self, Receiver};
use super::{keys, sample};
use crate::events::Known;
use crate::failure::Failure;
use crate::lists::BodyOption;
use crate::output::Output;

/// Envia um exemplo assinado de um evento a um receptor
/// | Sends a signed example of an event to a receiver
#[derive(Debug, Args)]
#[command(after_help = "\
O exemplo tem valores inventados, e um id e um sentDate novos. Vale qualquer evento da lista de
`eduzz webhook events`, e `ping`, a verificação de URL.

Saída: 0 o receptor respondeu 2xx · 1 respondeu outra coisa · 3 não respondeu
 | \n\
The example has invented values, and a new id and sentDate. The event is any of the list of
`eduzz webhook events`, or `ping`, the check of a URL.

Exit: 0 the receiver answered 2xx · 1 it answered otherwise · 3 it did not answer")]
pub(crate) struct Trigger {
    /// Nome do evento, com ou sem a origem: myeduzz.invoice_paid
    /// | The event's name, with or without its origin: myeduzz.invoice_paid
    #[arg(value_name = "EVENTO | EVENT")]
    event: String,
    /// Para onde: https, ou http nesta máquina | Where to: https, or http on this machine
    #[arg(long, value_name = "URL")]
    to: String,
    /// Troca um valor do corpo: /data/status=paid (JSON se for JSON, senão texto); pode repetir
    /// | Changes a value of the body: /data/status=paid (JSON if it is JSON, else text); may be
    /// repeated
    #[arg(long, value_name = "/PONTEIRO=VALOR | /POINTER=VALUE")]
    set: Vec<String>,
    /// Se o receptor recusar, mostra o que ele respondeu
    /// | If the receiver refuses, shows its answer
    #[arg(long)]
    show_body: bool,
    /// Com --show-body, mostra os bytes como vieram, sem neutralizar os que mudam a cor ou o
    /// título, movem o cursor ou reordenam o texto do terminal
    /// | Together with --show-body, shows the bytes as they came: they may change colours and
    /// title, move the cursor, and reorder the text of the terminal
    #[arg(long, requires = "show_body")]
    raw: bool,
}

#[derive(Serialize)]
struct Sent<'a> {
    event: &'static str,
    id: &'a str,
    signature: &'a str,
    status: u16,
    milliseconds: u128,
}

impl Trigger {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let event = Known::named(lang, &self.event)?;
        let receiver = Receiver::new(lang, "--to", &self.to)?;
        let body = sample::body(lang, &event, &self.set)?;
        let key = keys::key(lang)?;
        let bytes = body.to_string().into_bytes();
        let signature = key.sign(&bytes);
        let header =
            HeaderValue::from_str(signature.as_str()).map_err(|_| Failure::usage(lang.no_client()))?;

        let start = Instant::now();
        let answer = receiver.post(header, HeaderMap::new(), bytes).await;
        let milliseconds = start.elapsed().as_millis();
        let answer = answer
            .map_err(|error| Failure::network(lang.not_delivered(event.name, &post::why(lang, &error))))?;
        let status = answer.status();
        let id = body
            .get("id")
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default();
        if output.json {
            output.json(&Sent {
                event: event.name,
                id,
                signature: signature.as_str(),
                status: status.as_u16(),
                milliseconds,
            })?;
        } else {
            output.line(&lang.delivered(event.name, id, status.as_u16(), milliseconds))?;
        }
        if status.is_success() {
            return Ok(());
        }
        let shown = BodyOption::new(self.show_body, self.raw).shown(answer.body());
        if output.json && shown.is_none() {
            return Err(Failure::reported());
        }
        Err(Failure::rejected(lang.not_taken(status.as_u16())).with_body(shown))
    }
}
