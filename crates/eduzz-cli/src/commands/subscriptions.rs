//! `eduzz subscriptions`: list, show, invoices.

use clap::ArgMatches;
use eduzz_api::myeduzz::{GetSubscription, ListSubscriptionInvoices, ListSubscriptions};
use eduzz_types::myeduzz::SubscriptionDateFilter;
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
                Shown::of(output, matches, &GetSubscription::new(word(matches, "id"))).await?;
            shown.one(&found)
        }
        Some(("invoices", matches)) => {
            let call = ListSubscriptionInvoices::new(word(matches, "id"));
            let (shown, found) = Shown::of(output, matches, &call).await?;
            shown.all(&found.items)
        }
        _ => Err(Failure::usage(output.lang.missing_command())),
    }
}

fn list(lang: Lang, matches: &ArgMatches) -> Result<(ListSubscriptions, Option<Days>), Failure> {
    let days = days::or_this_month(lang, matches)?;
    let date = match filter(lang, matches, "date")?.as_deref() {
        None | Some("created") => SubscriptionDateFilter::Creation,
        Some("updated") => SubscriptionDateFilter::Update,
        Some(other) => other.into(),
    };
    let list = ListSubscriptions::new(days.first().clone(), days.last().clone(), date);
    Ok((list, Some(days)))
}
