//! `eduzz statement`: what came into the account, and what went out.

use clap::ArgMatches;
use eduzz_api::myeduzz::ListStatement;

use crate::failure::Failure;
use crate::lists::wanted::filter;
use crate::lists::{days, job};
use crate::output::Output;

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    let lang = output.lang;
    let list = || {
        let days = days::or_this_month(lang, matches)?;
        let mut list = ListStatement::new(days.first().clone(), days.last().clone());
        list.sale_id = filter(lang, matches, "sale")?.map(Into::into);
        Ok((list, Some(days)))
    };
    job::run(output, matches, list).await
}
