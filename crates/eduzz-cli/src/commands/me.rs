//! `eduzz me`: whose the token is.

use clap::ArgMatches;
use eduzz_api::accounts::GetMe;
use eduzz_types::PersonalText;

use crate::client::Caller;
use crate::failure::Failure;
use crate::output::Output;

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    let lang = output.lang;
    let caller = Caller::new(output, matches.get_flag("show-body"))?;
    let me = caller.call(&GetMe::new()).await?;
    if output.json {
        return output.json(&me);
    }
    let text = |text: &Option<PersonalText>| text.as_ref().map_or("–", PersonalText::as_str).to_owned();
    output.table(
        &[],
        [
            vec![lang.me_id(), me.id.as_str().to_owned()],
            vec![lang.me_name(), text(&me.name)],
            vec![lang.me_email(), text(&me.email)],
        ],
    )
}
