//! `eduzz webhook sign`: the signature that Eduzz would send with a body.

use clap::ArgMatches;
use eduzz_webhook::SIGNATURE_HEADER;
use serde::Serialize;

use super::keys;
use crate::failure::Failure;
use crate::files;
use crate::output::Output;

#[derive(Serialize)]
struct Told<'a> {
    header: &'static str,
    signature: &'a str,
}

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    let key = keys::key(output.lang)?;
    // As it is, to the last line break: a signature is of bytes.
    let body = files::read(output, matches.get_one::<String>("file").map(String::as_str)).await?;
    let signature = key.sign(&body);
    if output.json {
        output.json(&Told {
            header: SIGNATURE_HEADER,
            signature: signature.as_str(),
        })
    } else {
        output.line(signature.as_str())
    }
}
