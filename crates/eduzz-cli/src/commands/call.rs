//! `eduzz call`: a call of the SDK's list.

use clap::ArgMatches;

use crate::calls::Known;
use crate::client::Caller;
use crate::failure::Failure;
use crate::fields::Given;
use crate::json;
use crate::output::Output;

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    let lang = output.lang;
    let name = matches
        .get_one::<String>("name")
        .map(String::as_str)
        .unwrap_or_default();
    let known = Known::named(lang, name)?;
    let words = matches.get_many::<String>("set").into_iter().flatten();
    let given = Given::read(lang, words, known.name, known.fields)?;
    let show_body = matches.get_flag("show-body");
    // Wrong usage is found before a token is needed.
    let answer = if matches.get_flag("all") {
        let walk = known.prepare_walk(lang, &given)?;
        walk.walk(output, &Caller::new(output, show_body)?).await?
    } else {
        let call = known.prepare(lang, &given)?;
        call.send(&Caller::new(output, show_body)?).await?
    };
    let text = if output.json {
        json::compact(&answer)
    } else {
        json::pretty(&answer)
    };
    output.bytes(&text.unwrap_or(answer))
}
