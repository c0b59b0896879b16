//! `eduzz webhook trigger`: sends a signed example to a receiver.

use clap::ArgMatches;
use http::HeaderValue;
use serde::Serialize;
use tokio::time::Instant;

use super::post::{self, Receiver};
use super::{keys, sample};
use crate::events::Known;
use crate::failure::Failure;
use crate::output::Output;

#[derive(Serialize)]
struct Told<'a> {
    event: &'static str,
    id: &'a str,
    signature: &'a str,
    status: u16,
    milliseconds: u128,
}

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    let lang = output.lang;
    let word = |name: &str| matches.get_one::<String>(name).map_or("", String::as_str);
    let event = Known::named(lang, word("event"))?;
    let receiver = Receiver::new(lang, "--to", word("to"))?;
    let body = sample::body(lang, &event, matches.get_many("set").into_iter().flatten())?;
    let key = keys::key(lang)?;
    let bytes = body.to_string().into_bytes();
    let signature = key.sign(&bytes);
    let header = HeaderValue::from_str(signature.as_str()).map_err(|_| Failure::usage(lang.no_client()))?;

    let start = Instant::now();
    let answer = receiver.post(header, None, bytes).await;
    let milliseconds = start.elapsed().as_millis();
    let answer =
        answer.map_err(|error| Failure::network(lang.not_delivered(event.name, &post::why(lang, &error))))?;
    let status = answer.status();
    let id = body
        .get("id")
        .and_then(serde_json::Value::as_str)
        .unwrap_or_default();
    if output.json {
        output.json(&Told {
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
    let shown = matches.get_flag("show-body").then(|| answer.into_body());
    if output.json && shown.is_none() {
        return Err(Failure::told());
    }
    Err(Failure::no(lang.not_taken(status.as_u16())).with_body(shown))
}
