//! `eduzz check`: whether the SDK understands a captured body.

use clap::ArgMatches;
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

/// What is told to programs: what was checked, and what was found.
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
    /// The kind of what came; of what was added, if nothing came.
    kind: &'static str,
    /// The kind it became.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'static str>,
}

#[derive(Serialize)]
struct Quirk<'a> {
    pointer: &'a str,
    quirk: &'static str,
}

pub(super) async fn response(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    let lang = output.lang;
    let route = matches
        .get_one::<String>("route")
        .map(String::as_str)
        .unwrap_or_default();
    let known = Known::routed(lang, route)?;
    let status = matches.get_one::<u16>("status").copied().unwrap_or(200);
    let body = read(output, matches).await?;
    let body = body.strip_prefix(MARK).unwrap_or(&body);
    let answers = |status| StatusCode::from_u16(status).is_ok_and(|status| known.route.answers_with(status));
    let checked = match status {
        200..=299 => known.check(body),
        // As the client reads it: the call's answer, or else a refusal.
        _ if answers(status) => known.check(body).or_else(|_| fidelity::check::<Problem>(body)),
        _ => fidelity::check::<Problem>(body),
    };
    let route = known.route.to_string();
    let what = format!("{route}, {status}");
    tell(output, &what, Response { route, status }, checked)
}

pub(super) async fn event(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    let lang = output.lang;
    let body = read(output, matches).await?;
    if body.starts_with(MARK) {
        return Err(Failure::usage(lang.body_with_mark()));
    }
    // As a receiver reads it: it gets a body that is signed.
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
    tell(output, known.name, Checked { event: known.name }, found)
}

/// What was understood of a delivery.
fn written<B: AsRef<[u8]>>(known: &events::Known, delivery: &Delivery<B>, original: &Value) -> Value {
    // It was read as the name, with or without its origin.
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

/// What some editors put before a text.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The body that is to be checked.
async fn read(output: Output, matches: &ArgMatches) -> Result<Vec<u8>, Failure> {
    files::read(output, matches.get_one::<String>("file").map(String::as_str)).await
}

fn unreadable(lang: Lang, what: &str, error: &ReadError) -> Failure {
    Failure::usage(lang.unreadable_body(what, &client::read_error(lang, error)))
}

/// Tells what a check found, and ends as it did.
fn tell(
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
        Err(Failure::told())
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
