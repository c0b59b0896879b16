//! Who is in arrears.

use eduzz_api::myeduzz::ListSubscriptions;
use eduzz_hyper::{Account, CallError};
use eduzz_types::myeduzz::{Subscription, SubscriptionDateFilter, SubscriptionStatus};
use eduzz_wire::{Days, Row};

/// Reads the subscriptions begun in these days whose charges are late. The list has no filter by status, so all are read.
pub async fn in_arrears(account: &Account, days: &Days) -> Result<Vec<Subscription>, CallError> {
    let (first, last) = (days.first().clone(), days.last().clone());
    let mut rows = account.rows(ListSubscriptions::new(
        first,
        last,
        SubscriptionDateFilter::Creation,
    ));
    let mut late = Vec::new();
    while let Some(row) = rows.next().await {
        let subscription = match row? {
            Row::Read(subscription) => subscription,
            Row::Unreadable(broken) => {
                eprintln!("left out: {}", broken.source);
                continue;
            }
        };
        match subscription.status {
            SubscriptionStatus::Late | SubscriptionStatus::Defaulter => late.push(subscription),
            // A status that is new to the SDK is kept as its text: decide what it means to you, do not guess.
            status if !status.is_known() => eprintln!("an unknown status: {}", status.as_str()),
            _ => {}
        }
    }
    Ok(late)
}
