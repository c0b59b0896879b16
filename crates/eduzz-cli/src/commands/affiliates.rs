//! `eduzz affiliates`: who may sell the products.

use clap::ArgMatches;
use eduzz_api::myeduzz::ListAffiliates;

use crate::failure::Failure;
use crate::lists::job;
use crate::output::Output;

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    let list = || {
        let products = matches.get_many::<String>("product").into_iter().flatten();
        Ok((
            ListAffiliates::new().product_ids(products.map(String::as_str)),
            None,
        ))
    };
    job::run(output, matches, list).await
}
