//! `eduzz webhook verify`: whether a captured delivery is genuine.

use clap::ArgMatches;
use eduzz_webhook::{Forged, Key};
use serde::Serialize;

use super::keys;
use super::told::{self, Reading};
use crate::failure::Failure;
use crate::files;
use crate::output::Output;

#[derive(Serialize)]
struct Genuine<'a> {
    genuine: bool,
    #[serde(flatten)]
    reading: Reading<'a>,
}

#[derive(Serialize)]
struct NotGenuine {
    genuine: bool,
    why: &'static str,
}

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    let lang = output.lang;
    let key = keys::key(lang)?;
    let signature = matches.get_one::<String>("signature").map_or("", String::as_str);
    let body = files::read(output, matches.get_one::<String>("file").map(String::as_str)).await?;
    let delivery = match key.open(signature, &body) {
        Ok(delivery) => delivery,
        Err(forged) => return Err(refused(output, &key, forged, signature, &body)?),
    };
    let event = delivery.event();
    let reading = Reading::of(&delivery, &event);
    if output.json {
        return output.json(&Genuine {
            genuine: true,
            reading,
        });
    }
    output.line(&lang.genuine(reading.event.unwrap_or("?")))?;
    let rows = [
        ("id", reading.id.map(str::to_owned)),
        ("sentDate", reading.sent_date.map(str::to_owned)),
        ("event", Some(reading.in_words(lang, &event))),
    ];
    let row = |(name, value): (&str, Option<String>)| Some(vec![name.to_owned(), value?]);
    output.table(&[], rows.into_iter().filter_map(row))
}

/// Tells that it is no genuine delivery.
fn refused(
    output: Output,
    key: &Key,
    forged: Forged,
    signature: &str,
    body: &[u8],
) -> Result<Failure, Failure> {
    let lang = output.lang;
    if output.json {
        output.json(&NotGenuine {
            genuine: false,
            why: told::forged_code(forged),
        })?;
        return Ok(Failure::told());
    }
    let why = match forged {
        Forged::OtherKey if is_of_trimmed(key, signature, body) => lang.signature_of_trimmed(),
        forged => told::forged(lang, forged),
    };
    Ok(Failure::no(lang.not_genuine(&why)))
}

/// Whether the signature fits the body without what editors and shells put around it: the commonest reason why a captured one
/// does not fit.
fn is_of_trimmed(key: &Key, signature: &str, body: &[u8]) -> bool {
    let bare = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii();
    bare.len() < body.len() && key.open(signature, bare).is_ok()
}
