//! `eduzz safevideo`: media: list, show.

use clap::ArgMatches;
use eduzz_api::safevideo::{GetMedia, ListMedias};

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
            let (shown, found) = Shown::of(output, matches, &ListMedias::new()).await?;
            shown.all(&found)
        }
        Some(("show", matches)) => {
            let (shown, found) = Shown::of(output, matches, &GetMedia::new(word(matches, "id"))).await?;
            shown.one(&found.into_inner())
        }
        _ => Err(Failure::usage(output.lang.missing_command())),
    }
}
