//! `eduzz webhook`: tools for those who receive events.

mod events;

use clap::ArgMatches;

use crate::failure::Failure;
use crate::output::Output;

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("events", _)) => events::run(output),
        _ => Err(Failure::usage(output.lang.missing_command())),
    }
}
