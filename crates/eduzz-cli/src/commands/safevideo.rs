//! `eduzz safevideo`: media: list, show.

use clap::ArgMatches;
use eduzz_api::safevideo::{GetMedia, ListMedias};

use crate::client::Caller;
use crate::failure::Failure;
use crate::lists::show::Shown;
use crate::lists::wanted::word;
use crate::output::Output;

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    let Some(("media", matches)) = matches.subcommand() else {
        return Err(Failure::usage(output.lang.missing_command()));
    };
    match matches.subcommand() {
        Some(("list", matches)) => {
            let shown = Shown::read(output, matches)?;
            let caller = Caller::new(output, matches.get_flag("show-body"))?;
            shown.all(&caller.call(&ListMedias::new()).await?)
        }
        Some(("show", matches)) => {
            let shown = Shown::read(output, matches)?;
            let caller = Caller::new(output, matches.get_flag("show-body"))?;
            let media = caller.call(&GetMedia::new(word(matches, "id"))).await?;
            shown.one(&media.into_inner())
        }
        _ => Err(Failure::usage(output.lang.missing_command())),
    }
}
