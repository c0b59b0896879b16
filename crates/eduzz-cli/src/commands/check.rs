//! `eduzz check`: whether the SDK understands a captured body.

use clap::{Args, value_parser};
use eduzz_fixtures::fidelity::{self, Change, Difference, Kind, Normalised};
use eduzz_types::webhook::{Envelope, WebhookSecret};
use eduzz_types::{DateTime, EventId, Problem};
use eduzz_webhook::{Delivery, Event, Key};
use eduzz_wire::ReadError;
use http::StatusCode;
use serde::Serialize;
use serde_json::Value;

use crate::calls::Known;
use crate::client;
use crate::events;
use crate::failure::Failure;
use crate::files;
use crate::lang::Lang;
use crate::output::Output;

commands! {
    /// Confere se o SDK entende um corpo capturado
    /// | Checks whether the SDK understands a captured body
    Check { Event(CheckEvent), Response(CheckResponse) }
}

/// Confere o corpo de uma entrega de webhook | Checks the body of a webhook's delivery
#[derive(Debug, Args)]
#[command(after_help = "\
O corpo diz em `event` qual evento é (com ou sem a origem). Ele é lido com o modelo do evento, como um
receptor o lê, escrito de volta e comparado. Aparece cada ponteiro JSON que difere, nunca um valor.
A assinatura não é conferida aqui: veja `eduzz webhook verify`.

Saída: 0 tudo entendido · 1 algo difere · 2 ilegível, ou evento que o SDK não conhece
 | \n\
The body says in `event` which event it is (with or without its origin). It is read with the event's
model, as a receiver reads it, written back and compared. Each JSON pointer that differs is shown, never
a value. The signature is not checked here: see `eduzz webhook verify`.

Exit: 0 all understood · 1 something differs · 2 unreadable, or an event that the SDK does not know")]
pub(crate) struct CheckEvent {
    /// Arquivo com o corpo; sem ele, ou com -, a entrada padrão
    /// | File with the body; without it, or with -, the standard input
    #[arg(value_name = "ARQUIVO | FILE")]
    file: Option<String>,
}

/// Confere o corpo de uma resposta | Checks a response's body
#[derive(Debug, Args)]
#[command(after_help = "\
O corpo é lido com o modelo da chamada (ou, se o status não é 2xx, com o dos erros), escrito de volta e
comparado. Aparece cada ponteiro JSON que difere, nunca um valor.

Saída: 0 tudo entendido · 1 algo difere · 2 ilegível
 | \n\
The body is read with the call's model (or, if the status is not 2xx, with that of errors), written back
and compared. Each JSON pointer that differs is shown, never a value.

Exit: 0 all understood · 1 something differs · 2 unreadable")]
pub(crate) struct CheckResponse {
    #[arg(
        value_name = "ROTA | ROUTE",
        help = "Método e caminho como na documentação: \"GET /myeduzz/v1/sales/:id\" (ou {id}) \
                | Method and path as in the documentation: \"GET /myeduzz/v1/sales/:id\" (or {id})"
    )]
    route: String,
    /// Arquivo com o corpo; sem ele, ou com -, a entrada padrão
    /// | File with the body; without it, or with -, the standard input
    #[arg(value_name = "ARQUIVO | FILE")]
    file: Option<String>,
    /// Status com que o corpo veio (sem ela, 200)
    /// | Status that the body came with (without it, 200)
    #[arg(long, default_value_t = 200, value_parser = value_parser!(u16).range(100..=599))]
    status: u16,
}

/// The JSON output.
#[derive(Serialize)]
struct Report<'a, C> {
    #[serde(flatten)]
    checked: C,
    whole: bool,
    differences: Vec<Place<'a>>,
    normalised: Vec<Quirk<'a>>,
}

#[derive(Serialize)]
struct Response {
    route: String,
    status: u16,
}

#[derive(Serialize)]
struct Checked {
    event: &'static str,
}

#[derive(Serialize)]
struct Place<'a> {
    pointer: &'a str,
    what: &'static str,
    /// The kind of the value that came, or that was added.
    kind: &'static str,
    /// The kind of the value written back.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'static str>,
}

#[derive(Serialize)]
struct Quirk<'a> {
    pointer: &'a str,
    quirk: &'static str,
}

impl CheckResponse {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let known = Known::routed(lang, &self.route)?;
        let status = self.status;
        let body = files::read(output, self.file.as_deref()).await?;
        let body = body.strip_prefix(MARK).unwrap_or(&body);
        let answers =
            |status| StatusCode::from_u16(status).is_ok_and(|status| known.route.answers_with(status));
        let checked = match status {
            200..=299 => known.check(body),
            // As the client reads it: the call's output, or else a rejection.
            _ if answers(status) => known.check(body).or_else(|_| fidelity::check::<Problem>(body)),
            _ => fidelity::check::<Problem>(body),
        };
        let route = known.route.to_string();
        let what = format!("{route}, {status}");
        report(output, &what, Response { route, status }, checked)
    }
}

impl CheckEvent {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let body = files::read(output, self.file.as_deref()).await?;
        if body.starts_with(MARK) {
            return Err(Failure::usage(lang.body_with_mark()));
        }
        // Read it as a receiver does, which gets a signed body.
        let key = Key::new(&WebhookSecret::new("any")).ok();
        let delivery = key.and_then(|key| key.open(key.sign(&body).as_str(), body).ok());
        let delivery = delivery.ok_or_else(|| Failure::usage(lang.empty_webhook_secret()))?;
        let name = delivery.name().map(ToString::to_string);
        let what = name.unwrap_or_else(|| lang.delivery());
        if let Event::Unusable(unusable) = delivery.event() {
            let original = fidelity::original(delivery.body()).unwrap_or_default();
            let is_without = original.is_object() && original.get("event").is_none_or(Value::is_null);
            return Err(if is_without {
                Failure::usage(lang.body_without_event())
            } else {
                unreadable(lang, &what, &unusable.reason)
            });
        }
        let known = events::Known::named(lang, &what)?;
        let found = fidelity::original(delivery.body())
            .map(|original| fidelity::compare(&original, &written(&known, &delivery, &original)));
        report(output, known.name, Checked { event: known.name }, found)
    }
}

/// The delivery, as the SDK writes it back.
fn written<B: AsRef<[u8]>>(known: &events::Known, delivery: &Delivery<B>, original: &Value) -> Value {
    let event = original.get("event").and_then(Value::as_str);
    let data = delivery.data().and_then(|data| known.written(data));
    let date = delivery.sent_date().cloned();
    // Q72: some examples have it within the data.
    let is_within = original.get("sentDate").and_then(Value::as_str) != date.as_ref().map(DateTime::as_str);
    let id = delivery.id().cloned();
    let mut envelope = Envelope::new(EventId::from(""), event.unwrap_or_default(), data, date);
    envelope.id = id;
    if is_within {
        envelope = envelope.dated_within();
    }
    serde_json::to_value(envelope).unwrap_or_default()
}

/// The byte order mark that some editors put before a text.
const MARK: &[u8] = b"\xef\xbb\xbf";

fn unreadable(lang: Lang, what: &str, error: &ReadError) -> Failure {
    Failure::usage(lang.unreadable_body(what, &client::read_error(lang, error)))
}

/// Prints the outcome of a check.
fn report(
    output: Output,
    what: &str,
    checked: impl Serialize,
    found: Result<fidelity::Report, ReadError>,
) -> Result<(), Failure> {
    let report = found.map_err(|error| unreadable(output.lang, what, &error))?;
    if output.json {
        output.json(&Report {
            checked,
            whole: report.is_whole(),
            differences: report.differences.iter().map(place).collect(),
            normalised: report.normalised.iter().map(quirk).collect(),
        })?;
    } else {
        show(output, what, &report)?;
    }
    if report.is_whole() {
        Ok(())
    } else {
        Err(Failure::reported())
    }
}

fn show(output: Output, what: &str, report: &fidelity::Report) -> Result<(), Failure> {
    let lang = output.lang;
    if report.is_whole() {
        output.line(&lang.check_whole(what))?;
    } else {
        output.line(&lang.check_differences(what, report.differences.len()))?;
        let row = |difference: &Difference| {
            vec![
                shown(lang, &difference.pointer),
                happened(lang, difference.change),
            ]
        };
        output.table(&[], report.differences.iter().map(row))?;
    }
    if !report.normalised.is_empty() {
        output.line(&lang.check_normalised())?;
        let row =
            |normalised: &Normalised| vec![shown(lang, &normalised.pointer), normalised.quirk.to_owned()];
        output.table(&[], report.normalised.iter().map(row))?;
    }
    Ok(())
}

fn shown(lang: Lang, pointer: &str) -> String {
    if pointer.is_empty() {
        lang.whole_body()
    } else {
        pointer.to_owned()
    }
}

fn place(difference: &Difference) -> Place<'_> {
    let (what, kind, to) = match difference.change {
        Change::Lost(kind) => ("lost", kind, None),
        Change::Added(kind) => ("added", kind, None),
        Change::Changed { from, to } => ("changed", from, Some(to)),
        _ => ("differs", Kind::Null, None),
    };
    Place {
        pointer: &difference.pointer,
        what,
        kind: kind.as_str(),
        to: to.map(Kind::as_str),
    }
}

fn quirk(normalised: &Normalised) -> Quirk<'_> {
    Quirk {
        pointer: &normalised.pointer,
        quirk: normalised.quirk,
    }
}

fn happened(lang: Lang, change: Change) -> String {
    match change {
        Change::Lost(from) => lang.what_lost(&kind(lang, from)),
        Change::Added(to) => lang.what_added(&kind(lang, to)),
        Change::Changed { from, to } if from == to => lang.what_changed(&kind(lang, from)),
        Change::Changed { from, to } => lang.what_changed_kind(&kind(lang, from), &kind(lang, to)),
        other => other.to_string(),
    }
}

fn kind(lang: Lang, kind: Kind) -> String {
    match kind {
        Kind::Null => lang.name_null(),
        Kind::Boolean => lang.name_boolean(),
        Kind::Number => lang.name_number(),
        Kind::Text => lang.name_text(),
        Kind::Array => lang.name_array(),
        Kind::Object => lang.name_object(),
    }
}
