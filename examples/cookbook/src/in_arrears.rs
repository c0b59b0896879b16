//! Finds the subscriptions with overdue charges.

use eduzz::api::ListSubscriptions;
use eduzz::types::{Subscription, SubscriptionDateFilter, SubscriptionStatus};
use eduzz::{Account, CallError, Days, Row};

/// Reads the subscriptions created in these days whose charges are overdue. The list has no filter
/// by status, so all are read.
pub async fn in_arrears(account: &Account, days: &Days) -> Result<Vec<Subscription>, CallError> {
    let list = ListSubscriptions::new(days, SubscriptionDateFilter::Creation);
    let mut rows = account.rows(list);
    let mut late = Vec::new();
    while let Some(row) = rows.next().await {
        let subscription = match row? {
            Row::Read(subscription) => subscription,
            Row::Unreadable(row) => {
                eprintln!("left out: {}", row.source);
                continue;
            }
        };
        match subscription.status {
            SubscriptionStatus::Late | SubscriptionStatus::Defaulter => late.push(subscription),
            // An unknown status keeps its text: handle it explicitly, do not guess.
            status if !status.is_known() => eprintln!("unknown status: {}", status.as_str()),
            _ => {}
        }
    }
    Ok(late)
}
