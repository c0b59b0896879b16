//! One file a command.

mod affiliates;
mod alpaclass;
mod api;
mod blinket;
mod call;
mod check;
mod customers;
mod demo;
mod endpoints;
mod heycamp;
mod login;
mod logout;
mod me;
mod nutror;
mod products;
mod safevideo;
mod sales;
mod sandbox;
mod statement;
mod subscriptions;
mod transfers;
mod webhook;

use clap::ArgMatches;

use crate::failure::Failure;
use crate::output::Output;

/// Runs the command that was given.
pub(crate) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("affiliates", matches)) => affiliates::run(output, matches).await,
        Some(("alpaclass", matches)) => alpaclass::run(output, matches).await,
        Some(("api", matches)) => api::run(output, matches).await,
        Some(("blinket", matches)) => blinket::run(output, matches).await,
        Some(("call", matches)) => call::run(output, matches).await,
        Some(("check", matches)) => match matches.subcommand() {
            Some(("event", matches)) => check::event(output, matches).await,
            Some(("response", matches)) => check::response(output, matches).await,
            _ => Err(Failure::usage(output.lang.missing_command())),
        },
        Some(("customers", matches)) => customers::run(output, matches).await,
        Some(("demo", _)) => demo::run(output).await,
        Some(("endpoints", _)) => endpoints::run(output),
        Some(("heycamp", matches)) => heycamp::run(output, matches).await,
        Some(("login", matches)) => login::run(output, matches).await,
        Some(("logout", _)) => logout::run(output),
        Some(("me", matches)) => me::run(output, matches).await,
        Some(("nutror", matches)) => nutror::run(output, matches).await,
        Some(("products", matches)) => products::run(output, matches).await,
        Some(("safevideo", matches)) => safevideo::run(output, matches).await,
        Some(("sales", matches)) => sales::run(output, matches).await,
        Some(("sandbox", matches)) => sandbox::run(output, matches).await,
        Some(("statement", matches)) => statement::run(output, matches).await,
        Some(("subscriptions", matches)) => subscriptions::run(output, matches).await,
        Some(("transfers", matches)) => transfers::run(output, matches).await,
        Some(("webhook", matches)) => webhook::run(output, matches).await,
        _ => Err(Failure::usage(output.lang.missing_command())),
    }
}

/// Whether the command that was given walks over a list, and so has something to leave when Ctrl-C ends it.
pub(crate) fn walks(matches: &ArgMatches) -> bool {
    match matches.subcommand() {
        Some(("call", _)) => false,
        Some((_, matches)) => walks(matches),
        None => {
            let is_all = matches.try_get_one::<bool>("all");
            let is_resumed = matches.try_get_one::<String>("resume");
            matches!(is_all, Ok(Some(true))) || matches!(is_resumed, Ok(Some(_)))
        }
    }
}

/// Whether the command that was given is a server, which only Ctrl-C ends.
pub(crate) fn serves(matches: &ArgMatches) -> bool {
    match matches.subcommand() {
        Some(("sandbox", _)) => true,
        Some(("webhook", matches)) => matches.subcommand_name() == Some("listen"),
        _ => false,
    }
}
