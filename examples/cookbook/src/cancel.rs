//! Cancels a subscription.

use eduzz::api::{BulkCancelSubscriptions, GetSubscription};
use eduzz::types::{SubscriptionId, SubscriptionStatus};
use eduzz::{Account, CallError};

/// Asks to cancel a subscription, unless it is cancelled, and returns its status then.
pub async fn cancel(
    account: &Account,
    id: &SubscriptionId,
    reason: &str,
) -> Result<SubscriptionStatus, CallError> {
    let subscription = GetSubscription::new(id.clone());
    let status = account.call(&subscription).await?.status;
    if status == SubscriptionStatus::Canceled {
        return Ok(status);
    }
    // Sent once: after a lost answer, call this function again, which looks first.
    account
        .call(&BulkCancelSubscriptions::new([id.clone()], reason))
        .await?;
    // The service may still be at work: the event `myeduzz.contract_updated` reports the end.
    Ok(account.call(&subscription).await?.status)
}
