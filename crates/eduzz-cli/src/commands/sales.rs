//! `eduzz sales`: list, show, summary, chargebacks.

use clap::ArgMatches;
use eduzz_api::myeduzz::{GetSale, GetSalesSummary, ListChargebacks, ListSales};
use eduzz_types::Money;
use eduzz_types::myeduzz::{ChargebackStatus, SaleReferenceDate, SaleStatus, SalesSummary};
use eduzz_wire::{Days, Order};

use crate::client::Caller;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::show::Shown;
use crate::lists::wanted::{filter, word};
use crate::lists::{HALF_A_YEAR, days, job};
use crate::output::Output;

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("list", matches)) => job::run(output, matches, || list(output.lang, matches)).await,
        Some(("chargebacks", matches)) => {
            job::run(output, matches, || chargebacks(output.lang, matches)).await
        }
        Some(("show", matches)) => {
            let (shown, found) = Shown::of(output, matches, &GetSale::new(word(matches, "id"))).await?;
            shown.one(&found)
        }
        Some(("summary", matches)) => summary(output, matches).await,
        _ => Err(Failure::usage(output.lang.missing_command())),
    }
}

fn list(lang: Lang, matches: &ArgMatches) -> Result<(ListSales, Option<Days>), Failure> {
    let days = days::or_this_month(lang, matches)?;
    let mut list = ListSales::new(days.first().clone(), days.last().clone());
    let given = |name: &str| filter(lang, matches, name);
    list.reference_date = given("date")?.map(|date| match date.as_str() {
        "created" => SaleReferenceDate::CreatedAt,
        "paid" => SaleReferenceDate::PaidAt,
        "due" => SaleReferenceDate::DueDate,
        "updated" => SaleReferenceDate::UpdatedAt,
        other => other.into(),
    });
    list.status = given("status")?.as_deref().map(SaleStatus::from);
    list.product_id = given("product")?.map(Into::into);
    list.affiliate_id = given("affiliate")?.map(Into::into);
    list.contract_id = given("contract")?.map(Into::into);
    list.buyer_email = given("buyer")?.map(Into::into);
    list.buyer_document = given("document")?.map(Into::into);
    Ok((list, Some(days)))
}

fn chargebacks(lang: Lang, matches: &ArgMatches) -> Result<(ListChargebacks, Option<Days>), Failure> {
    let days = days::or_this_month(lang, matches)?;
    let mut list = ListChargebacks::new(days.first().clone(), days.last().clone());
    let given = |name: &str| filter(lang, matches, name);
    list.chargeback_status = given("status")?.as_deref().map(ChargebackStatus::from);
    list.id = given("sale")?.map(Into::into);
    list.buyer_email = given("buyer")?.map(Into::into);
    Ok((list, Some(days)))
}

async fn summary(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    let lang = output.lang;
    let days = days::or_this_month(lang, matches)?;
    let mut call = GetSalesSummary::new(days.first().clone(), days.last().clone());
    let given = |name: &str| filter(lang, matches, name);
    call.status = given("status")?.as_deref().map(SaleStatus::from);
    call.product_id = given("product")?.map(Into::into);
    call.affiliate_id = given("affiliate")?.map(Into::into);
    call.contract_id = given("contract")?.map(Into::into);
    let shown = Shown::read(output, matches)?;
    let caller = Caller::new(output, matches.get_flag("show-body"))?;
    let mut whole: Option<SalesSummary> = None;
    for days in days.slices(HALF_A_YEAR, Order::OldestFirst) {
        call.start_date = days.first().clone();
        call.end_date = days.last().clone();
        let part = caller.call(&call).await?;
        whole = Some(match whole {
            Some(whole) => sum(whole, &part).ok_or_else(|| Failure::no(lang.summary_currencies()))?,
            None => part,
        });
    }
    match whole {
        Some(whole) => shown.one(&whole),
        None => Err(Failure::usage(lang.days_backwards())),
    }
}

/// The sums of two stretches of days; none if their currencies differ.
fn sum(mut whole: SalesSummary, part: &SalesSummary) -> Option<SalesSummary> {
    let add = |whole: &mut Money, part: &Money| {
        if part.value.is_zero() {
            return Some(());
        }
        if whole.value.is_zero() {
            whole.currency = part.currency.clone();
        }
        whole.value = whole.value.checked_add(part.value)?;
        (whole.currency == part.currency).then_some(())
    };
    add(&mut whole.discount, &part.discount)?;
    add(&mut whole.gross_gain, &part.gross_gain)?;
    add(&mut whole.net_gain, &part.net_gain)?;
    add(&mut whole.partners_gain, &part.partners_gain)?;
    add(&mut whole.affiliates_gain, &part.affiliates_gain)?;
    add(&mut whole.fee, &part.fee)?;
    add(&mut whole.others, &part.others)?;
    add(&mut whole.total, &part.total)?;
    Some(whole)
}
