//! `eduzz heycamp`: members: list.

use clap::ArgMatches;
use eduzz_api::heycamp::ListMembers;
use eduzz_types::heycamp::MemberStatus;
use eduzz_wire::Days;

use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::wanted::{filter, word};
use crate::lists::{days, job};
use crate::output::Output;

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("members", matches)) => match matches.subcommand() {
            Some(("list", matches)) => job::run(output, matches, || list(output.lang, matches)).await,
            _ => Err(Failure::usage(output.lang.missing_command())),
        },
        _ => Err(Failure::usage(output.lang.missing_command())),
    }
}

fn list(lang: Lang, matches: &ArgMatches) -> Result<(ListMembers, Option<Days>), Failure> {
    let days = days::if_given(lang, matches)?;
    let mut list = ListMembers::new(word(matches, "community"));
    list.start_date = days.as_ref().map(|days| days.first().clone().into());
    list.end_date = days.as_ref().map(|days| days.last().clone().into());
    list.status = filter(lang, matches, "status")?
        .as_deref()
        .map(MemberStatus::from);
    Ok((list, days))
}
