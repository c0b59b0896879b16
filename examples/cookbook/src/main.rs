//! Runs every recipe of `docs/cookbook.md` against a sandbox.
//!
//! `cargo run -p cookbook`

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub,
    reason = "an example"
)]

mod back_fill;
mod in_arrears;
mod paid_sales;
mod reconcile;

use std::error::Error;
use std::time::SystemTime;

use eduzz_hyper::{Client, Pacing};
use eduzz_oauth::Grant;
use eduzz_sandbox::{Config, Sandbox};
use eduzz_types::{AccessToken, Date, Timestamp};
use eduzz_wire::{Days, Origins};
use rust_decimal::Decimal;

use crate::back_fill::BackFill;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut config = Config::default();
    // The recipes make more than 30 calls in a minute, which a sandbox need not mind. Never turn the pace off for the platform.
    config.pace = None;
    let sandbox = Sandbox::start(config).await?;
    let client = Client::builder()
        .origins(Origins::sandbox(&sandbox.url())?)
        .pacing(Pacing::off())
        .build()?;
    let account = client.signed_in(Grant::personal(AccessToken::new(
        &*sandbox.person().personal_token,
    )));

    let today = today()?;
    let last_month = Days::month_before(&today)?;
    let last_year = Days::new(
        Date::from_days_since_epoch(today.days_since_epoch()? - 364)?,
        today,
    )?;

    let sales = paid_sales::paid_sales(&account, &last_month).await?;
    let sum: Decimal = sales.iter().map(|sale| sale.total.value).sum();
    println!("{} sales were paid last month, {sum} in all", sales.len());

    let late = in_arrears::in_arrears(&account, &last_year).await?;
    println!("{} subscriptions of the last year are in arrears", late.len());

    let credited = Days::new(
        last_month.first().clone(),
        Date::from_days_since_epoch(last_month.last().days_since_epoch()? + 60)?,
    )?;
    let mismatches = reconcile::reconcile(&account, &last_month, &credited).await?;
    for mismatch in &mismatches {
        let (brought, stated) = (mismatch.brought, mismatch.in_statement);
        println!(
            "sale {} brought {brought}, the statement has {stated}",
            mismatch.sale
        );
    }
    println!(
        "{} sales of last month do not agree with the statement",
        mismatches.len()
    );
    if sales.is_empty() || !mismatches.is_empty() {
        return Err("the sandbox's sales and its statement agree; a recipe is wrong".into());
    }

    // Stopped after every hundred sales, stored, and gone on with.
    let mut back_fill = BackFill::new(&last_year);
    let mut filled = 0_u32;
    loop {
        let mut rest = 100_u32;
        let done = back_fill
            .run(&account, |_| {
                filled += 1;
                rest -= 1;
                rest > 0
            })
            .await?;
        if done {
            break;
        }
        back_fill = serde_json::from_str(&serde_json::to_string(&back_fill)?)?;
    }
    println!("{filled} sales of the last year were filled in");
    if usize::try_from(filled)? < sales.len() {
        return Err("the year has less sales than the month; the back-fill is wrong".into());
    }
    sandbox.stop().await;
    Ok(())
}

/// Today in Brasília: the day that the service's people mean.
fn today() -> Result<Date, Box<dyn Error>> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?;
    Ok(Date::in_brasilia(Timestamp::from_unix(i64::try_from(
        since.as_secs(),
    )?))?)
}

#[cfg(test)]
mod tests {
    /// The pages show what is compiled here: copy a changed recipe into both.
    #[test]
    fn the_pages_show_these_recipes() {
        let recipes = [
            include_str!("paid_sales.rs"),
            include_str!("in_arrears.rs"),
            include_str!("reconcile.rs"),
            include_str!("back_fill.rs"),
        ];
        let pages = [
            include_str!("../../../docs/cookbook.md"),
            include_str!("../../../docs/cookbook.pt-BR.md"),
        ];
        for recipe in recipes {
            let (title, code) = recipe.split_once("\n\n").unwrap();
            for page in pages {
                assert!(page.contains(code.trim()), "{title}");
            }
        }
    }
}
