//! `eduzz api`: a call that is not modelled.

use clap::ArgMatches;
use eduzz_types::AccessToken;
use eduzz_wire::{Origins, RawCall};
use http::Method;
use serde_json::value::RawValue;

use crate::client::Caller;
use crate::failure::Failure;
use crate::output::Output;
use crate::{client, files, json};

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    let lang = output.lang;
    let word = |name: &str| {
        matches
            .get_one::<String>(name)
            .map(String::as_str)
            .unwrap_or_default()
    };
    let method = Method::from_bytes(word("method").to_ascii_uppercase().as_bytes())
        .ok()
        .filter(|method| {
            [
                Method::GET,
                Method::POST,
                Method::PUT,
                Method::PATCH,
                Method::DELETE,
            ]
            .contains(method)
        })
        .ok_or_else(|| Failure::usage(lang.bad_method()))?;
    let mut call = RawCall::new(method, word("path"));
    for pair in matches.get_many::<String>("query").into_iter().flatten() {
        let (name, value) = pair
            .split_once('=')
            .ok_or_else(|| Failure::usage(lang.not_an_assignment("--query")))?;
        call = call.query(name, value);
    }
    let body = match matches.get_one::<String>("body") {
        Some(file) => Some(files::read(output, Some(file)).await?),
        None => None,
    };
    if let Some(body) = &body {
        // The text goes out as it is: numbers keep their digits, and fields their order.
        let body: &RawValue = serde_json::from_slice(body).map_err(|_| Failure::usage(lang.bad_body()))?;
        call = call.json(&body).map_err(|_| Failure::usage(lang.bad_body()))?;
    }
    // What is wrong with the call is found before a token is needed: this one goes nowhere.
    call.request(&Origins::production(), Some(&AccessToken::new("-")))
        .map_err(|error| Failure::usage(client::encode(lang, error)))?;
    let caller = Caller::new(output, matches.get_flag("show-body"))?;
    let answer = caller.raw(&call).await?;
    if answer.body.trim_ascii().is_empty() {
        return Ok(());
    }
    match json::pretty(&answer.body) {
        Some(_) if output.json => output.bytes(&json::compact(&answer.body).unwrap_or_default()),
        Some(text) => output.bytes(&text),
        None if output.json => Err(Failure::no(lang.answer_not_json(answer.status.as_u16()))),
        None => output.bytes(&answer.body),
    }
}
