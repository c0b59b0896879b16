//! `eduzz webhook`: tools for those who receive events.

mod events;
mod keys;
mod listen;
mod post;
mod sample;
mod serve;
mod sign;
pub(super) mod told;
mod trigger;
mod verify;

use clap::ArgMatches;

use crate::failure::Failure;
use crate::output::Output;

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("events", _)) => events::run(output),
        Some(("listen", matches)) => listen::run(output, matches).await,
        Some(("sign", matches)) => sign::run(output, matches).await,
        Some(("trigger", matches)) => trigger::run(output, matches).await,
        Some(("verify", matches)) => verify::run(output, matches).await,
        _ => Err(Failure::usage(output.lang.missing_command())),
    }
}
