//! `eduzz customers`: list, show.

use clap::ArgMatches;
use eduzz_api::myeduzz::{GetCustomer, ListCustomers};
use eduzz_wire::Days;

use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::show::Shown;
use crate::lists::wanted::{filter, word};
use crate::lists::{days, job};
use crate::output::Output;

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("list", matches)) => job::run(output, matches, || list(output.lang, matches)).await,
        Some(("show", matches)) => {
            let (shown, found) =
                Shown::of(output, matches, &GetCustomer::new(word(matches, "email"))).await?;
            shown.one(&found)
        }
        _ => Err(Failure::usage(output.lang.missing_command())),
    }
}

fn list(lang: Lang, matches: &ArgMatches) -> Result<(ListCustomers, Option<Days>), Failure> {
    let days = days::if_given(lang, matches)?;
    let mut list = ListCustomers::new();
    list.start_date = days.as_ref().map(|days| days.first().clone());
    list.end_date = days.as_ref().map(|days| days.last().clone());
    list.order = filter(lang, matches, "sort")?;
    Ok((list, days))
}
