//! Subscriptions.

use std::sync::Arc;

use eduzz_types::myeduzz::{PaymentMethod, SubscriptionStatus};
use serde::{Deserialize, Serialize};

use super::people::Human;
use super::products::Product;
use crate::state::calendar::{Day, Moment};

/// A subscription.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Subscription {
    pub(crate) id: u64,
    pub(crate) status: SubscriptionStatus,
    pub(crate) created: Moment,
    /// `None` if it never changed.
    pub(crate) updated: Option<Moment>,
    pub(crate) product: Arc<Product>,
    pub(crate) client: Arc<Human>,
    pub(crate) method: PaymentMethod,
    /// The number of charges; `None` without an end.
    pub(crate) charges: Option<u64>,
    /// The day of the month on which it is charged.
    pub(crate) day: u8,
    pub(crate) current_due: Day,
    pub(crate) next_due: Day,
    pub(crate) interruption: Option<Interruption>,
}

/// The cancellation of a subscription.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Interruption {
    pub(crate) at: Moment,
    pub(crate) access_until: Moment,
    pub(crate) reason: String,
    pub(crate) previous: SubscriptionStatus,
    pub(crate) responsible: String,
}

impl Subscription {
    /// Whether it will be charged again.
    pub(crate) fn is_alive(&self) -> bool {
        !matches!(
            self.status,
            SubscriptionStatus::Canceled | SubscriptionStatus::Finished
        )
    }

    pub(super) fn interrupt(&mut self, at: Moment, reason: &str, responsible: &str) {
        self.interruption = Some(Interruption {
            at,
            access_until: self.next_due.at(0),
            reason: reason.to_owned(),
            previous: self.status.clone(),
            responsible: responsible.to_owned(),
        });
        self.status = SubscriptionStatus::Canceled;
        self.updated = Some(at);
    }
}

/// Why a change is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CannotChange {
    /// The id is unknown.
    NotFound,
    /// The current status does not allow it.
    NotNow,
}
