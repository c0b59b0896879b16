//! One file a command.

mod api;
mod call;
mod check;
mod demo;
mod endpoints;
mod login;
mod logout;
mod me;
mod sandbox;

use clap::ArgMatches;

use crate::failure::Failure;
use crate::output::Output;

/// Runs the command that was given.
pub(crate) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("api", matches)) => api::run(output, matches).await,
        Some(("call", matches)) => call::run(output, matches).await,
        Some(("check", matches)) => match matches.subcommand() {
            Some((_, matches)) => check::response(output, matches).await,
            None => Err(Failure::usage(output.lang.missing_command())),
        },
        Some(("demo", _)) => demo::run(output).await,
        Some(("endpoints", _)) => endpoints::run(output),
        Some(("login", matches)) => login::run(output, matches).await,
        Some(("logout", _)) => logout::run(output),
        Some(("me", matches)) => me::run(output, matches).await,
        Some(("sandbox", matches)) => sandbox::run(output, matches).await,
        _ => Err(Failure::usage(output.lang.missing_command())),
    }
}
