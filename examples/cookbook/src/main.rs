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
mod net_revenue;
mod paid_sales;
mod reconcile;

use std::collections::HashSet;
use std::error::Error;

use eduzz::sandbox::{Config, Sandbox};
use eduzz::types::Sale;
use eduzz::{AccessToken, Client, Cursor, Date, Days, Grant, Kept, Origins, Pacing, Timestamp};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut config = Config::default();
    // The recipes make more than 30 calls in a minute. Never disable the pace for the real service.
    config.pace = None;
    let sandbox = Sandbox::start(config).await?;
    let client = Client::builder()
        .origins(Origins::sandbox(&sandbox.url())?)
        .pacing(Pacing::off())
        .build()?;
    let account = client.signed_in(Grant::personal(AccessToken::new(
        &*sandbox.person().personal_token,
    )));

    let today = Date::in_brasilia(Timestamp::now())?;
    let last_month = Days::month_before(&today)?;
    let last_year = Days::new(today.plus_days(-364)?, today)?;

    let sales = paid_sales::paid_sales(&account, &last_month).await?;
    let net = net_revenue::net_revenue(&sales).ok_or("no sale in reais")?;
    println!("{} sales were paid last month: {}", sales.len(), net.pt_br());

    let late = in_arrears::in_arrears(&account, &last_year).await?;
    println!("{} subscriptions of the last year are overdue", late.len());

    let credited = Days::new(last_month.first(), last_month.last().plus_days(60)?)?;
    let mismatches = reconcile::reconcile(&account, &last_month, &credited).await?;
    for mismatch in &mismatches {
        println!(
            "sale {}: net gain {}, in the statement {:?}",
            mismatch.sale, mismatch.net_gain, mismatch.in_statement
        );
    }
    println!(
        "{} sales of last month differ from the statement",
        mismatches.len()
    );
    if sales.is_empty() || !mismatches.is_empty() {
        return Err("the sandbox's sales and statement agree, so a recipe is wrong".into());
    }

    // Stopped after every two pages, stored, and resumed.
    let mut filled = HashSet::new();
    let mut stored: Option<String> = None;
    loop {
        let mut pages = 0;
        let cursor = match &stored {
            Some(text) => Some(serde_json::from_str(text)?),
            None => None,
        };
        let store = |sales: Vec<Kept<Sale>>, cursor: Cursor| {
            pages += 1;
            let is_new = sales.into_iter().all(|sale| filled.insert(sale.row.id));
            stored = serde_json::to_string(&cursor).ok();
            assert!(is_new, "a sale came twice");
            pages < 2
        };
        if back_fill::back_fill(&account, &last_year, cursor, store).await? {
            break;
        }
    }
    let filled = filled.len();
    println!("{filled} sales of the last year were read");
    if filled < sales.len() {
        return Err("the year has fewer sales than the month, so the back-fill is wrong".into());
    }
    sandbox.stop().await;
    Ok(())
}

#[cfg(test)]
mod tests {
    /// The Portuguese page has the same code, with comments in Portuguese.
    fn without_comments(text: &str) -> String {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        code.collect::<Vec<_>>().join("\n")
    }

    /// The pages show this compiled code: copy a changed recipe into both.
    #[test]
    fn cookbook_pages_show_these_recipes() {
        let recipes = [
            include_str!("paid_sales.rs"),
            include_str!("in_arrears.rs"),
            include_str!("reconcile.rs"),
            include_str!("back_fill.rs"),
            include_str!("net_revenue.rs"),
        ];
        let english = include_str!("../../../docs/cookbook.md");
        let portuguese = without_comments(include_str!("../../../docs/cookbook.pt-BR.md"));
        for recipe in recipes {
            let (title, code) = recipe.split_once("\n\n").unwrap();
            assert!(english.contains(code.trim()), "{title}");
            assert!(portuguese.contains(without_comments(code).trim()), "{title}");
        }
    }
}
