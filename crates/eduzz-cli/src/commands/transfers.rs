//! `eduzz transfers`: the transfers to the bank.

use clap::ArgMatches;
use eduzz_api::myeduzz::ListTransfers;

use crate::failure::Failure;
use crate::lists::{days, job};
use crate::output::Output;

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    let list = || {
        let days = days::or_this_month(output.lang, matches)?;
        let mut list = ListTransfers::new();
        list.start_date = Some(days.first().clone());
        list.end_date = Some(days.last().clone());
        Ok((list, Some(days)))
    };
    job::run(output, matches, list).await
}
