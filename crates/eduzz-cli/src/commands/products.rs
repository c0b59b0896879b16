//! `eduzz products`: list, show.

use clap::ArgMatches;
use eduzz_api::myeduzz::{GetProduct, ListProducts};

use crate::failure::Failure;
use crate::lists::job;
use crate::lists::show::Shown;
use crate::lists::wanted::word;
use crate::output::Output;

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("list", matches)) => job::run(output, matches, || Ok((ListProducts::new(), None))).await,
        Some(("show", matches)) => {
            let (shown, found) = Shown::of(output, matches, &GetProduct::new(word(matches, "id"))).await?;
            shown.one(&found)
        }
        _ => Err(Failure::usage(output.lang.missing_command())),
    }
}
