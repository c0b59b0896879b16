//! Commands that change subscriptions.

use eduzz_types::myeduzz::{PaymentMethod, SaleStatus, SubscriptionStatus};
use eduzz_types::webhook::myeduzz::ContractChangeReason;

use super::books::Shop;
use super::event::{InvoiceChange, ShopEvent};
use super::sale::Sale;
use super::subscription::{CannotChange, Subscription};
use crate::state::calendar::Moment;

words! {
    /// An action on a subscription
    /// ([`SandboxControl::apply_to_subscription`](crate::SandboxControl::apply_to_subscription)).
    /// Each sends the documented events.
    SubscriptionAction {
        /// It is charged once more, and the charge is paid.
        Charge "charge",
        /// It is charged once more, and the charge is not paid: the subscription is late.
        FailCharge "fail-charge",
        /// It is cancelled, with its open charges.
        Cancel "cancel",
        /// Its cancellation is taken back.
        Reactivate "reactivate",
    }
}

impl Subscription {
    /// Whether the current status allows the action.
    pub(crate) fn may(&self, what: SubscriptionAction) -> bool {
        match what {
            SubscriptionAction::Charge | SubscriptionAction::FailCharge | SubscriptionAction::Cancel => {
                self.is_alive()
            }
            SubscriptionAction::Reactivate => self.status == SubscriptionStatus::Canceled,
        }
    }

    /// The actions that the current status allows.
    pub(crate) fn allowed(&self) -> impl Iterator<Item = SubscriptionAction> {
        let all = SubscriptionAction::ALL.iter().copied();
        all.filter(|what| self.may(*what))
    }
}

impl Shop {
    /// Applies an action to a subscription, and gives the new sale of a charge.
    ///
    /// # Errors
    ///
    /// The subscription does not exist, or its status does not allow the action.
    pub(crate) fn apply_to_subscription(
        &mut self,
        id: &str,
        what: SubscriptionAction,
        now: Moment,
    ) -> Result<Option<u64>, CannotChange> {
        if !self.subscription(id).ok_or(CannotChange::NotFound)?.may(what) {
            return Err(CannotChange::NotNow);
        }
        match what {
            SubscriptionAction::Charge => self.charge(id, true, now).map(Some),
            SubscriptionAction::FailCharge => self.charge(id, false, now).map(Some),
            SubscriptionAction::Cancel => self
                .cancel(&[id.to_owned()], "Pedido do cliente", "Suporte", now)
                .map(|()| None),
            SubscriptionAction::Reactivate => self.reactivate(id, now).map(|()| None),
        }
    }

    pub(super) fn subscription_mut(&mut self, id: &str) -> Result<&mut Subscription, CannotChange> {
        let id: u64 = id.parse().map_err(|_| CannotChange::NotFound)?;
        self.subscriptions
            .find_mut(|subscription| subscription.id == id)
            .ok_or(CannotChange::NotFound)
    }

    /// Cancels all of these, or none if one is unknown. Ended ones stay unchanged.
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
            let told = subscription.clone();
            let number = told.id;
            self.tell_contract(told, ContractChangeReason::Cancellation);
            self.cancel_open_charges(number, now);
        }
        Ok(())
    }

    /// Takes a cancellation back.
    pub(crate) fn reactivate(&mut self, id: &str, now: Moment) -> Result<(), CannotChange> {
        let subscription = self.subscription_mut(id)?;
        if subscription.status != SubscriptionStatus::Canceled {
            return Err(CannotChange::NotNow);
        }
        // Open charges were cancelled too, so nothing is owed.
        subscription.status = SubscriptionStatus::UpToDate;
        subscription.interruption = None;
        subscription.updated = Some(now);
        while subscription.next_due <= now.day() {
            subscription.next_due = subscription.next_due.next(subscription.day);
        }
        let told = subscription.clone();
        self.tell_contract(told, ContractChangeReason::Reactivation);
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

    pub(super) fn tell_contract(&mut self, told: Subscription, reason: ContractChangeReason) {
        let event = ShopEvent::ContractUpdated(Box::new(told), reason);
        self.events.push(event);
    }

    pub(super) fn cancel_open_charges(&mut self, subscription: u64, at: Moment) {
        let owed = |sale: &Sale| sale.subscription == Some(subscription) && sale.is_open();
        while let Some(sale) = self.sales.find_mut(owed) {
            sale.close(SaleStatus::Canceled, at);
            let told = ShopEvent::Invoice(InvoiceChange::Canceled, Box::new(sale.clone()));
            self.events.push(told);
        }
    }
}
