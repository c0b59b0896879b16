//! Subscriptions, and what can be done to them.

use std::sync::Arc;

use eduzz_types::myeduzz::{PaymentMethod, SaleStatus, SubscriptionStatus};
use eduzz_types::webhook::myeduzz::ContractChangeReason;

use super::{Human, InvoiceNews, News, Product, Shop};
use crate::state::calendar::{Day, Moment};

/// A subscription.
#[derive(Clone, Debug)]
pub(crate) struct Subscription {
    pub(crate) id: u64,
    pub(crate) status: SubscriptionStatus,
    pub(crate) created: Moment,
    /// None when it never changed.
    pub(crate) updated: Option<Moment>,
    pub(crate) product: Arc<Product>,
    pub(crate) client: Arc<Human>,
    pub(crate) method: PaymentMethod,
    /// How many charges there will be; none for one without an end.
    pub(crate) charges: Option<u64>,
    /// The day of the month on which it is charged.
    pub(crate) day: u8,
    pub(crate) current_due: Day,
    pub(crate) next_due: Day,
    pub(crate) interruption: Option<Interruption>,
}

/// How a subscription ended before its time.
#[derive(Clone, Debug)]
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

/// Why something cannot be done to a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CannotChange {
    /// There is none of this id.
    NotFound,
    /// It does not stand so that this could be done.
    NotNow,
}

impl Shop {
    pub(super) fn subscription_mut(&mut self, id: &str) -> Result<&mut Subscription, CannotChange> {
        let id: u64 = id.parse().map_err(|_| CannotChange::NotFound)?;
        self.subscriptions
            .iter_mut()
            .find(|subscription| subscription.id == id)
            .ok_or(CannotChange::NotFound)
    }

    /// Cancels all of these, or none when one of them is not there. Those that ended before stay as they are.
    pub(crate) fn cancel(
        &mut self,
        ids: &[String],
        reason: &str,
        responsible: &str,
        now: Moment,
    ) -> Result<(), CannotChange> {
        if ids.iter().any(|id| self.subscription(id).is_none()) {
            return Err(CannotChange::NotFound);
        }
        for id in ids {
            let subscription = self.subscription_mut(id)?;
            if !subscription.is_alive() {
                continue;
            }
            subscription.interrupt(now, reason, responsible);
            let told = Box::new(subscription.clone());
            self.news.push(News::ContractUpdated(
                told.clone(),
                ContractChangeReason::Cancellation,
            ));
            self.cancel_open_charges(told.id, now);
        }
        Ok(())
    }

    /// Takes a cancellation back.
    pub(crate) fn reactivate(&mut self, id: &str, now: Moment) -> Result<(), CannotChange> {
        let subscription = self.subscription_mut(id)?;
        if subscription.status != SubscriptionStatus::Canceled {
            return Err(CannotChange::NotNow);
        }
        // What was open was cancelled with it, so nothing is owed.
        subscription.status = SubscriptionStatus::UpToDate;
        subscription.interruption = None;
        subscription.updated = Some(now);
        while subscription.next_due <= now.day() {
            subscription.next_due = subscription.next_due.next(subscription.day);
        }
        let told = Box::new(subscription.clone());
        self.news
            .push(News::ContractUpdated(told, ContractChangeReason::Reactivation));
        Ok(())
    }

    /// Moves the day of the charges.
    pub(crate) fn charge_on(&mut self, id: &str, day: u8, now: Moment) -> Result<(), CannotChange> {
        let subscription = self.subscription_mut(id)?;
        if !subscription.is_alive() {
            return Err(CannotChange::NotNow);
        }
        subscription.day = day;
        subscription.next_due = now.day().max(subscription.current_due).next(day);
        subscription.updated = Some(now);
        Ok(())
    }

    /// Sends the e-mail to change the card.
    pub(crate) fn email_card_change(&mut self, id: &str) -> Result<(), CannotChange> {
        let subscription = self.subscription_mut(id)?;
        if !subscription.is_alive() || subscription.method != PaymentMethod::CreditCard {
            return Err(CannotChange::NotNow);
        }
        let id = subscription.id;
        self.card_emails.push(id);
        Ok(())
    }

    pub(super) fn cancel_open_charges(&mut self, subscription: u64, at: Moment) {
        for sale in &mut self.sales {
            if sale.subscription == Some(subscription) && sale.is_open() {
                sale.close(SaleStatus::Canceled, at);
                let told = Box::new(sale.clone());
                self.news.push(News::Invoice(InvoiceNews::Canceled, told));
            }
        }
    }
}
