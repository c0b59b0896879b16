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
    // Wrong usage is found before a token is needed.
    let call = known.prepare(lang, &given)?;
    let walks = matches.get_flag("all");
    if walks && !known.is_paged() {
        return Err(Failure::usage(lang.not_paged(known.name)));
    }
    let caller = Caller::new(output, matches.get_flag("show-body"))?;
    let answer = if walks {
        known.walk(lang, &given, &caller).await?
    } else {
        call.send(&caller).await?
    };
    let text = if output.json {
        json::compact(&answer)
    } else {
        json::pretty(&answer)
    };
    output.bytes(&text.unwrap_or(answer))
}
