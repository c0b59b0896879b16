//! `eduzz check`: whether the SDK understands a captured body.

#[cfg(test)]
mod tests;

use clap::Args;
use eduzz_fixtures::fidelity::{self, Change, Difference, Kind, Normalised};
use eduzz_types::webhook::Envelope;
use eduzz_types::{DateTime, EventId, LeftOut, Problem};
use eduzz_webhook::{Event, Stored};
use eduzz_wire::ReadError;
use http::StatusCode;
use serde::Serialize;
use serde_json::Value;

use crate::calls::Known;
use crate::cli;
use crate::client;
use crate::commands::webhook::report::Part;
use crate::events;
use crate::failure::Failure;
use crate::files;
use crate::json;
use crate::lang::Lang;
use crate::output::Output;
use crate::table::{Screen, Table};

commands! {
    /// Confere se o SDK entende um corpo capturado
    /// | Checks whether the SDK understands a captured body
    Check { Event(CheckEvent), Response(CheckResponse) }
}

/// Confere o corpo de uma entrega de webhook | Checks the body of a webhook's delivery
#[derive(Debug, Args)]
#[command(after_help = "\
O campo `event` diz qual é o evento (com ou sem a origem). O corpo é lido com o modelo do
evento, como um receptor lê, escrito de volta e comparado. Cada ponteiro JSON diferente aparece,
nunca um valor. A assinatura não é conferida aqui: veja `eduzz webhook verify`.

Saída: 0 tudo entendido · 1 algo difere · 2 ilegível, ou evento que o SDK não conhece
 | \n\
The body says in `event` which event it is (with or without its origin). It is read with the
event's model, as a receiver reads it, written back and compared. Each JSON pointer that differs
is shown, never a value. The signature is not checked here: see `eduzz webhook verify`.

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
O corpo é lido com o modelo da chamada (ou, se o status não é 2xx, com o dos erros), escrito de
volta e comparado. Cada ponteiro JSON diferente aparece, nunca um valor.

Saída: 0 tudo entendido · 1 algo difere · 2 ilegível
 | \n\
The body is read with the call's model (or, if the status is not 2xx, with that of errors),
written back and compared. Each JSON pointer that differs is shown, never a value.

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
    /// Status com que o corpo veio (padrão: 200)
    /// | Status that the body came with (default: 200)
    #[arg(long, default_value_t = 200, value_parser = cli::between::<u16>(100, 599))]
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
    #[serde(rename = "leftOut", skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<Part<'a>>,
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
        let known = Known::routed(output.lang, &self.route)?;
        let body = files::read(output, self.file.as_deref()).await?;
        response(output.lang, &known, self.status, &body)?.print(output)
    }
}

impl CheckEvent {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let body = files::read(output, self.file.as_deref()).await?;
        event(output.lang, &body)?.print(output)
    }
}

/// Checks the body of a response.
fn response(lang: Lang, known: &Known, status: u16, body: &[u8]) -> Result<Found<Response>, Failure> {
    let body = body.strip_prefix(MARK).unwrap_or(body);
    let answers = StatusCode::from_u16(status).is_ok_and(|status| known.route.answers_with(status));
    let found = match status {
        200..=299 => known.check(body),
        // As the client reads it: the call's output, or else a rejection.
        _ if answers => known.check(body).or_else(|_| fidelity::check::<Problem>(body)),
        _ => fidelity::check::<Problem>(body),
    };
    let route = known.route.to_string();
    let what = format!("{route}, {status}");
    let report = found.map_err(|error| unreadable(lang, &what, &error))?;
    let checked = Response { route, status };
    Ok(Found {
        what,
        checked,
        report,
        left_out: Vec::new(),
    })
}

/// Checks the body of a delivery.
fn event(lang: Lang, body: &[u8]) -> Result<Found<Checked>, Failure> {
    if body.starts_with(MARK) {
        return Err(Failure::usage(lang.body_with_mark()));
    }
    // As a receiver reads it; a captured body has no signature to verify.
    let delivery = Stored::verified_before(body);
    let name = delivery.name().map(ToString::to_string);
    let what = name.unwrap_or_else(|| lang.delivery());
    let original = fidelity::original(body);
    let event = delivery.read();
    if let Event::Unusable(unusable) = event.value {
        let original = original.unwrap_or_default();
        let is_without = original.is_object() && original.get("event").is_none_or(Value::is_null);
        return Err(if is_without {
            Failure::usage(lang.body_without_event())
        } else {
            unreadable(lang, &what, &unusable.reason)
        });
    }
    let known = events::Known::named(lang, &what)?;
    let original = original.map_err(|error| unreadable(lang, known.name, &error))?;
    Ok(Found {
        what: known.name.to_owned(),
        checked: Checked { event: known.name },
        report: fidelity::compare(&original, &written(&known, &delivery, &original)),
        left_out: event.left_out,
    })
}

/// The delivery, as the SDK writes it back.
fn written(known: &events::Known, delivery: &Stored<&[u8]>, original: &Value) -> Value {
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

/// The outcome of a check.
struct Found<C> {
    /// The checked thing, for a person.
    what: String,
    checked: C,
    report: fidelity::Report,
    /// The parts that have another form than documented.
    left_out: Vec<LeftOut>,
}

impl<C: Serialize> Found<C> {
    fn print(self, output: Output) -> Result<(), Failure> {
        let is_whole = self.is_whole();
        output.line(&if output.json {
            json::harmless(&self.json().unwrap_or_default())
        } else {
            self.text(output.lang)
        })?;
        if is_whole {
            Ok(())
        } else {
            Err(Failure::reported())
        }
    }

    fn is_whole(&self) -> bool {
        self.report.is_whole() && self.left_out.is_empty()
    }

    fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string(&Report {
            checked: &self.checked,
            whole: self.is_whole(),
            differences: self.report.differences.iter().map(place).collect(),
            normalised: self.report.normalised.iter().map(quirk).collect(),
            left_out: Part::of(&self.left_out),
        })
    }

    fn text(&self, lang: Lang) -> String {
        let fidelity::Report {
            differences,
            normalised,
            ..
        } = &self.report;
        let table = |rows: Vec<Vec<String>>| {
            let table = Table {
                rows,
                ..Table::default()
            };
            // The lines are a part of a text.
            table.draw(Screen::default()).text
        };
        let mut lines = Vec::new();
        if self.is_whole() {
            lines.push(lang.check_whole(&self.what));
        } else {
            lines.push(lang.check_differences(&self.what, differences.len()));
            let row = |one: &Difference| vec![shown(lang, &one.pointer), happened(lang, one.change)];
            lines.push(table(differences.iter().map(row).collect()));
        }
        if !self.left_out.is_empty() {
            lines.push(lang.check_left_out());
            let row = |part: &LeftOut| vec![part.path.clone(), lang.shape(&part.reason)];
            lines.push(table(self.left_out.iter().map(row).collect()));
        }
        if !normalised.is_empty() {
            lines.push(lang.check_normalised());
            let row = |one: &Normalised| vec![shown(lang, &one.pointer), one.quirk.to_owned()];
            lines.push(table(normalised.iter().map(row).collect()));
        }
        lines.join("\n")
    }
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
        Change::Lost(from) => lang.what_lost(kind(lang, from)),
        Change::Added(to) => lang.what_added(kind(lang, to)),
        Change::Changed { from, to } if from == to => lang.what_changed(kind(lang, from)),
        Change::Changed { from, to } => lang.what_changed_kind(kind(lang, from), kind(lang, to)),
        other => other.to_string(),
    }
}

/// The name of a kind; JSON has the English one.
fn kind(lang: Lang, kind: Kind) -> &'static str {
    let pt = match kind {
        Kind::Null => "null",
        Kind::Boolean => "booleano",
        Kind::Number => "número",
        Kind::Text => "texto",
        Kind::Array => "lista",
        Kind::Object => "objeto",
    };
    lang.choose_text(pt, kind.as_str())
}
