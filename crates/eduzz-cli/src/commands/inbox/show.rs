//! `eduzz inbox show`: one stored event.

use clap::Args;
use eduzz_store::{Body, Store, Whole};
use serde::Serialize;
use serde_json::value::RawValue;

use super::records::{self, Record};
use super::{list, moments, status};
use crate::commands::database::{self, Database};
use crate::commands::webhook::report::SECRET;
use crate::failure::Failure;
use crate::json;
use crate::output::Output;

/// Mostra um evento guardado | Shows a stored event
#[derive(Debug, Args)]
#[command(after_help = "\
O corpo só aparece com --body: ele tem dados pessoais (o originSecret fica de fora).

Saída: 1 o evento não existe
 | \n\
The body is shown only with --body: it holds personal data (originSecret is left out).

Exit: 1 the event does not exist")]
pub(crate) struct Show {
    #[command(flatten)]
    database: Database,
    /// Mostra também o corpo (tem dados pessoais) | Shows the body too (it holds personal data)
    #[arg(long)]
    body: bool,
    /// Número do evento, como `eduzz inbox list` mostra
    /// | The event's number, as `eduzz inbox list` shows it
    #[arg(value_name = "NÚMERO | NUMBER", value_parser = list::seq)]
    seq: i64,
}

#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    record: Record<'a>,
    handled: &'a [String],
    /// Whether `prune` deleted the body.
    pruned: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Shape>,
}

/// A body: as it came if it is JSON, else as text.
#[derive(Serialize)]
#[serde(untagged)]
enum Shape {
    Json(Box<RawValue>),
    Text(String),
}

impl Show {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        on_store!(self.database.open(output.lang).await?, |store| self
            .show(output, &store)
            .await)
    }

    async fn show<S: Store>(self, output: Output, store: &S) -> Result<(), Failure> {
        let lang = output.lang;
        let found = store.get(self.seq).await;
        let found = found.map_err(|error| database::error(lang, &error))?;
        let event = found.ok_or_else(|| Failure::rejected(lang.no_such_event(self.seq)))?;
        let body = event.body.as_ref().filter(|_| self.body);
        if output.json {
            return output.json(&Shown {
                record: Record::of(&event.row),
                handled: &event.handled,
                pruned: event.body.is_none(),
                body: body.map(shape),
            });
        }
        output.table(&[], rows(output, &event, self.body))?;
        let Some(body) = body else { return Ok(()) };
        output.line("")?;
        match json::pretty(&body.bytes) {
            Some(text) => output.bytes(&json::masked(&text, SECRET)),
            None => output.line(&String::from_utf8_lossy(&body.bytes)),
        }
    }
}

fn shape(body: &Body) -> Shape {
    let text = json::compact(&body.bytes).map(|text| json::masked(&text, SECRET));
    let text = text.and_then(|text| String::from_utf8(text).ok());
    let value = text.and_then(|text| RawValue::from_string(text.trim().to_owned()).ok());
    value.map_or_else(
        || Shape::Text(String::from_utf8_lossy(&body.bytes).into_owned()),
        Shape::Json,
    )
}

/// The lines about an event, without those that say nothing.
fn rows(output: Output, event: &Whole, is_body_shown: bool) -> Vec<Vec<String>> {
    let (lang, row) = (output.lang, &event.row);
    let reading = match row.reading.as_str() {
        "known" => lang.reading_known(),
        "unknown" => lang.reading_unknown(),
        other => other.to_owned(),
    };
    let body = match &event.body {
        None => lang.body_pruned(),
        Some(_) if is_body_shown => String::new(),
        Some(body) => lang.body_of(body.bytes.len()),
    };
    let sent = records::sent(row).map(|sent| crate::lists::values::date(lang, sent));
    let rows = [
        (lang.field_seq(), row.seq.to_string()),
        (
            lang.field_event(),
            row.name.clone().unwrap_or_else(|| String::from("?")),
        ),
        (lang.delivery_id(), records::id(&row.once).to_owned()),
        (lang.field_subject(), records::subject(row).unwrap_or_default()),
        (lang.delivery_sent(), sent.unwrap_or_default()),
        (lang.field_received(), moments::shown(lang, row.received_at)),
        (lang.delivery_reading(), reading),
        (
            lang.delivery_sample(),
            if row.is_sample {
                lang.sample()
            } else {
                String::new()
            },
        ),
        (lang.field_account(), row.account.clone()),
        (lang.field_key(), row.key.clone().unwrap_or_default()),
        (lang.field_state(), row.state.to_string()),
        (lang.field_attempts(), row.attempts.to_string()),
        (lang.field_error(), row.error.clone().unwrap_or_default()),
        (
            lang.field_due(),
            if row.state.is_open() {
                moments::shown(lang, row.due)
            } else {
                String::new()
            },
        ),
        (
            lang.field_ended(),
            row.ended_at
                .map(|ended| moments::shown(lang, ended))
                .unwrap_or_default(),
        ),
        (
            lang.field_copies(),
            status::copies(lang, row.copies, row.differing),
        ),
        (lang.field_handled(), event.handled.join(", ")),
        (lang.field_body(), body),
    ];
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    rows.map(|(name, value)| vec![name, value]).collect()
}
