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
mod cancel;
mod in_arrears;
mod keep_current;
mod many_producers;
mod net_revenue;
mod paid_sales;
mod reconcile;

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use eduzz::api::GetMe;
use eduzz::sandbox::{Config, Sandbox};
use eduzz::types::{Sale, SubscriptionId, SubscriptionStatus};
use eduzz::{
    AccessToken, Client, Cursor, Date, Days, Grant, Kept, Origins, Pacing, Session, SignedOut, Timestamp,
};

use crate::many_producers::Sessions;

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

    let mut copy = HashSet::new();
    let mut keep = |sales: Vec<Kept<Sale>>| copy.extend(sales.into_iter().map(|sale| sale.row.id));
    let since = keep_current::changed_sales(&account, last_year.first().clone(), &mut keep).await?;
    let made = sandbox.control().sell(3);
    keep_current::changed_sales(&account, since, &mut keep).await?;
    println!("the copy has {} sales", copy.len());
    if !made
        .iter()
        .all(|id| copy.iter().any(|copied| copied.as_str() == id))
    {
        return Err("a new sale is missing in the copy".into());
    }

    let subscription = SubscriptionId::new(&sandbox.control().subscribe().ok_or("nothing to subscribe")?);
    let status = cancel::cancel(&account, &subscription, "Pedido do cliente").await?;
    println!("subscription {subscription}: {}", status.as_str());
    if status != SubscriptionStatus::Canceled {
        return Err("the subscription was not cancelled".into());
    }

    let person = sandbox.person();
    let session = serde_json::to_string(&account.session())?;
    let table = Arc::new(Table(Mutex::new(HashMap::from([(
        person.account_id.clone(),
        session,
    )]))));
    let producer = many_producers::account_of(&client, &table, &person.account_id)?;
    let producer = producer.ok_or("the producer is not in the table")?;
    producer.call(&GetMe::new()).await?;
    sandbox.control().revoke_tokens(&person.account_id);
    let is_revoked = producer
        .call(&GetMe::new())
        .await
        .is_err_and(|error| error.needs_sign_in());
    let stored = table.load(&person.account_id).ok_or("the producer is lost")?;
    let stored: Session = serde_json::from_str(&stored)?;
    if !is_revoked || stored.why_signed_out() != Some(SignedOut::Rejected) {
        return Err("the end of the session was not stored".into());
    }
    sandbox.stop().await;
    Ok(())
}

/// A table of sessions in memory.
struct Table(Mutex<HashMap<String, String>>);

impl Sessions for Table {
    fn load(&self, producer: &str) -> Option<String> {
        let rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rows.get(producer).cloned()
    }

    fn replace(&self, producer: &str, before: &str, after: &str) {
        let mut rows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(row) = rows.get_mut(producer).filter(|row| *row == before) {
            after.clone_into(row);
        }
    }
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
            include_str!("keep_current.rs"),
            include_str!("cancel.rs"),
            include_str!("many_producers.rs"),
            include_str!("net_revenue.rs"),
            include_str!("../../offline-test/src/lib.rs"),
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
