//! Commands that change the shop after its past was invented. Each adds its events.

use eduzz_types::myeduzz::{
    ChargebackStatus, PaymentMethod, RecoveringStatus, SaleStatus, SubscriptionStatus,
};
use eduzz_types::webhook::myeduzz::ContractChangeReason;

use super::books::Shop;
use super::event::{InvoiceChange, ShopEvent};
use super::orders::{self, SaleKind};
use super::sale::{Chargeback, Gains, Sale};
use super::subscription::{CannotChange, Subscription};
use crate::state::calendar::Moment;

words! {
    /// An action on a sale ([`SandboxControl::apply`](crate::SandboxControl::apply)). Each sends the
    /// documented events.
    SaleAction {
        /// The buyer pays an open sale: `invoice_paid`, then `commission_processed`.
        Pay "pay",
        /// An open sale is cancelled: `invoice_canceled`.
        Cancel "cancel",
        /// An open sale is not paid in time: `invoice_expired`.
        Expire "expire",
        /// The payment is postponed: `invoice_scheduled`.
        Schedule "schedule",
        /// Its recovery begins: `invoice_recovering`.
        Recover "recover",
        /// A debt is negotiated: `invoice_negotiated`.
        Negotiate "negotiate",
        /// All of the money goes back: `invoice_refunded`.
        Refund "refund",
        /// The buyer of a paid sale asks for the money: `invoice_waiting_refund`.
        AskRefund "ask-refund",
        /// The card holder disputes the payment: `invoice_chargeback`.
        ChargeBack "charge-back",
        /// The chargeback is decided for the producer: `invoice_chargeback`.
        WinChargeback "win-chargeback",
        /// The chargeback is decided for the card holder: `invoice_chargeback`, then
        /// `invoice_refunded`.
        LoseChargeback "lose-chargeback",
    }
}

/// The default reason of a refund.
const BUYER_ASKED: &str = "Pedido do comprador";

/// Maximum sales on one day, and of one call to sell.
pub(super) const MOST_A_DAY: u32 = 1_000;
/// Maximum sales that arrive by themselves: a leap of the clock must not fill the memory.
const MOST_ARRIVALS: u64 = 20_000;

impl Sale {
    /// The actions that the current status allows.
    pub(crate) fn allowed(&self) -> impl Iterator<Item = SaleAction> {
        SaleAction::ALL.iter().copied().filter(|what| self.may(*what))
    }

    /// Whether the current status allows the action.
    pub(crate) fn may(&self, what: SaleAction) -> bool {
        let is_free = self.is_paid() && self.refund.is_none() && self.chargeback.is_none();
        let dispute = self.chargeback.as_ref().filter(|_| self.is_paid());
        let is_disputed = dispute.is_some_and(|dispute| {
            use ChargebackStatus::{PendingDocuments, UnderReview};
            matches!(dispute.status, PendingDocuments | UnderReview)
        });
        match what {
            SaleAction::Pay | SaleAction::Cancel | SaleAction::Expire => self.is_open(),
            SaleAction::Schedule => self.is_open() && self.status != SaleStatus::Scheduled,
            SaleAction::Recover => self.is_open() && self.status != SaleStatus::Recovering,
            SaleAction::Negotiate => matches!(self.status, SaleStatus::Recovering | SaleStatus::Expired),
            SaleAction::AskRefund => is_free,
            SaleAction::Refund => is_free || self.status == SaleStatus::WaitingRefund,
            SaleAction::ChargeBack => is_free && self.method == PaymentMethod::CreditCard,
            SaleAction::WinChargeback | SaleAction::LoseChargeback => is_disputed,
        }
    }
}

impl Shop {
    /// Makes paid sales that are newer than all others, and gives their ids.
    pub(crate) fn sell(&mut self, count: u32, now: Moment) -> Vec<u64> {
        (0..count.min(MOST_A_DAY))
            .filter_map(|_| self.sell_one(now))
            .collect()
    }

    /// Makes a sale that is paid at once, newer than all others.
    fn sell_one(&mut self, now: Moment) -> Option<u64> {
        let (sale, subscription) = orders::next(self, now)?;
        let id = sale.id;
        self.make_paid(sale, subscription);
        Some(id)
    }

    /// Makes a sale of this kind, newer than all others: paid at once, or open. `None` when the
    /// shop has nothing to sell of this kind.
    pub(crate) fn sell_kind(&mut self, kind: SaleKind, is_paid: bool, now: Moment) -> Option<u64> {
        let (sale, subscription) = orders::of_kind(self, kind, now)?;
        let id = sale.id;
        if is_paid {
            self.make_paid(sale, subscription);
        } else {
            self.make_open(sale);
            if let Some(subscription) = subscription {
                let told = Box::new(subscription.clone());
                self.events.push(ShopEvent::ContractCreated(told));
                self.subscriptions.push(subscription);
            }
        }
        Some(id)
    }

    /// Makes a sale that is paid at once, with the subscription that it begins.
    fn make_paid(&mut self, mut sale: Sale, subscription: Option<Subscription>) {
        self.tell_made(&sale);
        sale.pay(sale.created);
        if let Some(mut subscription) = subscription {
            subscription.status = SubscriptionStatus::UpToDate;
            subscription.updated = sale.paid;
            let told = Box::new(subscription.clone());
            self.events.push(ShopEvent::ContractCreated(told));
            self.subscriptions.push(subscription);
        }
        self.tell_paid(&sale);
        self.moves.push(sale.id);
        self.sales.push(sale);
        self.book(self.sales.len() - 1);
    }

    /// Makes the next sale that arrives by itself, or lets the next thing happen, unless this many
    /// have since the start of the sandbox; `at` gives the time of the nth. Gives its time.
    pub(crate) fn arrive(&mut self, count: u64, is_life: bool, at: impl Fn(u64) -> Moment) -> Option<Moment> {
        if self.arrived_now() >= count.min(MOST_ARRIVALS) {
            return None;
        }
        self.arrived += 1;
        let at = at(self.arrived_now());
        if is_life {
            self.live_one(at);
        } else {
            self.sell_one(at);
        }
        Some(at)
    }

    /// The number of the next sale that arrives by itself; `None` when no more will.
    pub(crate) fn next_arrival(&self) -> Option<u64> {
        Some(self.arrived_now() + 1).filter(|next| *next <= MOST_ARRIVALS)
    }

    /// Adds the events of a new sale, with each of its first statuses.
    pub(super) fn tell_made(&mut self, made: &Sale) {
        let as_was = |change, status| {
            let sale = Sale {
                status,
                paid: None,
                gains: Gains::default(),
                ..made.clone()
            };
            ShopEvent::Invoice(change, Box::new(sale))
        };
        let opened = as_was(InvoiceChange::Opened, SaleStatus::Open);
        self.events.push(opened);
        if matches!(made.method, PaymentMethod::Pix | PaymentMethod::Bankslip) {
            let waiting = as_was(InvoiceChange::WaitingPayment, SaleStatus::WaitingPayment);
            self.events.push(waiting);
        }
    }

    pub(super) fn tell_paid(&mut self, paid: &Sale) {
        let paid = Box::new(paid.clone());
        let invoice = ShopEvent::Invoice(InvoiceChange::Paid, paid.clone());
        self.events.extend([invoice, ShopEvent::Commission(paid)]);
    }

    /// Makes a sale that waits for its payment, newer than all others.
    pub(crate) fn order(&mut self, method: PaymentMethod, now: Moment) -> Option<u64> {
        let sale = orders::order(self, method, now)?;
        Some(self.make_open(sale))
    }

    fn make_open(&mut self, sale: Sale) -> u64 {
        self.tell_made(&sale);
        let id = sale.id;
        self.sales.push(sale);
        id
    }

    /// Makes the sale of a cart, which waits for its payment by Pix.
    ///
    /// # Errors
    ///
    /// The cart does not exist, or was ordered before.
    pub(crate) fn order_cart(&mut self, id: u64, now: Moment) -> Result<u64, CannotChange> {
        let place = self.carts.iter().position(|cart| cart.id == id);
        let place = place.ok_or(CannotChange::NotFound)?;
        let cart = self.carts.get(place).ok_or(CannotChange::NotFound)?.clone();
        if cart.sale.is_some() {
            return Err(CannotChange::NotNow);
        }
        let sale = orders::of_cart(self, &cart, now).ok_or(CannotChange::NotFound)?;
        let sale = self.make_open(sale);
        if let Some(cart) = self.carts.get_mut(place) {
            cart.sale = Some(sale);
        }
        Ok(sale)
    }

    /// Makes a subscription whose first charge is paid at once, newer than all others.
    pub(crate) fn subscribe(&mut self, now: Moment) -> Option<u64> {
        let (subscription, sale) = orders::subscribe(self, PaymentMethod::Pix, now)?;
        let id = subscription.id;
        self.make_paid(sale, Some(subscription));
        Some(id)
    }

    /// Charges a subscription that is alive, and gives the new sale: paid, or not.
    pub(crate) fn charge(&mut self, id: &str, is_paid: bool, now: Moment) -> Result<u64, CannotChange> {
        let now = self.newest(now);
        let subscription = self.subscription_mut(id)?;
        if !subscription.is_alive() {
            return Err(CannotChange::NotNow);
        }
        subscription.current_due = now.day();
        subscription.next_due = now.day().next(subscription.day);
        subscription.updated = Some(now);
        let number = subscription.id;
        let sale = orders::charge(self, number, now).ok_or(CannotChange::NotNow)?;
        self.tell_made(&sale);
        let (sale_id, method) = (sale.id, sale.method.clone());
        self.sales.push(sale);
        let attempt = self.events.len();
        if is_paid {
            self.pay(sale_id, now)?;
        } else {
            if method == PaymentMethod::CreditCard {
                self.recover(sale_id, now)?;
            }
            self.set_contract_status(id, SubscriptionStatus::Late, now)?;
        }
        // The attempt comes before its consequences, with the invoice's later status.
        let sale = self.sale(sale_id).ok_or(CannotChange::NotFound)?.clone();
        let subscription = self.subscription_mut(id)?.clone();
        let attempted = ShopEvent::Attempted(Box::new(subscription), Box::new(sale));
        self.events.insert(attempt, attempted);
        Ok(sale_id)
    }

    /// Applies an action to a sale.
    ///
    /// # Errors
    ///
    /// The sale does not exist, or its status does not allow the action.
    pub(crate) fn apply(&mut self, id: u64, what: SaleAction, now: Moment) -> Result<(), CannotChange> {
        let sale = self.sale(id).ok_or(CannotChange::NotFound)?;
        // The clock may have been set back.
        let now = now.max(sale.updated);
        if !sale.may(what) {
            return Err(CannotChange::NotNow);
        }
        match what {
            SaleAction::Pay => self.pay(id, now),
            SaleAction::Cancel => self.close(id, SaleStatus::Canceled, InvoiceChange::Canceled, now),
            SaleAction::Expire => self.close(id, SaleStatus::Expired, InvoiceChange::Expired, now),
            SaleAction::Schedule => self.close(id, SaleStatus::Scheduled, InvoiceChange::Scheduled, now),
            SaleAction::Negotiate => self.close(id, SaleStatus::Negotiated, InvoiceChange::Negotiated, now),
            SaleAction::Recover => self.recover(id, now),
            SaleAction::AskRefund => {
                self.alter(id, |sale| sale.ask_refund(now, BUYER_ASKED))?;
                self.tell(id, InvoiceChange::WaitingRefund)
            }
            SaleAction::Refund => {
                self.alter(id, |sale| {
                    let refund = sale.refund.as_ref();
                    let (asked, motive) =
                        refund.map_or((now, BUYER_ASKED), |refund| (refund.requested, refund.motive));
                    sale.refund(asked, now, motive);
                })?;
                self.settle_refund(id);
                self.tell(id, InvoiceChange::Refunded)
            }
            SaleAction::ChargeBack => {
                self.alter(id, |sale| {
                    sale.chargeback = Some(Chargeback {
                        status: ChargebackStatus::PendingDocuments,
                        requested: now,
                        limit: now.plus_days(5),
                        documents: None,
                    });
                    sale.updated = now;
                })?;
                self.tell(id, InvoiceChange::Chargeback)
            }
            SaleAction::WinChargeback => {
                self.alter(id, |sale| sale.settle(ChargebackStatus::Rejected, now))?;
                self.tell(id, InvoiceChange::Chargeback)
            }
            SaleAction::LoseChargeback => {
                self.alter(id, |sale| {
                    let asked = sale.chargeback.as_ref().map_or(now, |made| made.requested);
                    sale.refund(asked, now, "Chargeback");
                    sale.settle(ChargebackStatus::Lost, now);
                })?;
                self.settle_refund(id);
                self.tell(id, InvoiceChange::Chargeback)?;
                self.tell(id, InvoiceChange::Refunded)
            }
        }
    }

    /// Makes a cart as a customer fills one; `None` when the shop has nothing to sell.
    pub(crate) fn fill_cart(&mut self, now: Moment) -> Option<u64> {
        let (lines, buyer) = orders::cart(self, now)?;
        Some(self.open_cart(lines, buyer).id)
    }

    /// Abandons a cart.
    pub(crate) fn abandon(&mut self, cart: u64, now: Moment) -> Result<(), CannotChange> {
        let cart = self.carts.iter().find(|made| made.id == cart);
        let cart = Box::new(cart.ok_or(CannotChange::NotFound)?.clone());
        if cart.sale.is_some() {
            return Err(CannotChange::NotNow);
        }
        self.events.push(ShopEvent::CartAbandoned(cart, now));
        Ok(())
    }

    /// Pays an open sale.
    fn pay(&mut self, id: u64, now: Moment) -> Result<(), CannotChange> {
        self.alter(id, |sale| sale.pay(now))?;
        let place = self.sales.by_key(&id, |sale| sale.id);
        self.book(place.ok_or(CannotChange::NotFound)?);
        self.moves.push(id);
        let sale = self.sale(id).ok_or(CannotChange::NotFound)?.clone();
        self.tell_paid(&sale);
        let Some(subscription) = sale.subscription else {
            return Ok(());
        };
        let contract = subscription.to_string();
        let Ok(changed) = self.subscription_mut(&contract) else {
            // It was deleted at the service.
            return Ok(());
        };
        // It shows how many of its charges are paid.
        changed.updated = Some(now);
        // The subscription stays late while another charge is open.
        if self.charges(subscription).any(Sale::is_open) {
            return Ok(());
        }
        use SubscriptionStatus::{AwaitingPayment, Defaulter, Late, UpToDate};
        let status = &self.subscription_mut(&contract)?.status;
        if matches!(status, AwaitingPayment | Late | Defaulter) {
            self.set_contract_status(&contract, UpToDate, now)?;
        }
        Ok(())
    }

    /// Changes the status of a subscription; a change adds an event.
    fn set_contract_status(
        &mut self,
        id: &str,
        status: SubscriptionStatus,
        now: Moment,
    ) -> Result<(), CannotChange> {
        let subscription = self.subscription_mut(id)?;
        let was = std::mem::replace(&mut subscription.status, status);
        subscription.updated = Some(now);
        if was != subscription.status {
            let told = subscription.clone();
            self.tell_contract(told, ContractChangeReason::StatusUpdated);
        }
        Ok(())
    }

    /// Starts the recovery of an open sale.
    fn recover(&mut self, id: u64, now: Moment) -> Result<(), CannotChange> {
        self.alter(id, |sale| sale.recovering = RecoveringStatus::Active)?;
        self.close(id, SaleStatus::Recovering, InvoiceChange::Recovering, now)
    }

    /// Books the refund of a sale, and notes that its money moved.
    fn settle_refund(&mut self, id: u64) {
        self.book_refund(id);
        self.moves.push(id);
    }

    fn close(
        &mut self,
        id: u64,
        status: SaleStatus,
        change: InvoiceChange,
        now: Moment,
    ) -> Result<(), CannotChange> {
        self.alter(id, |sale| sale.close(status, now))?;
        self.tell(id, change)
    }

    pub(super) fn alter(&mut self, id: u64, change: impl FnOnce(&mut Sale)) -> Result<(), CannotChange> {
        let place = self.sales.by_key(&id, |sale| sale.id);
        let sale = place.and_then(|place| self.sales.get_mut(place));
        change(sale.ok_or(CannotChange::NotFound)?);
        Ok(())
    }

    fn tell(&mut self, id: u64, change: InvoiceChange) -> Result<(), CannotChange> {
        let sale = Box::new(self.sale(id).ok_or(CannotChange::NotFound)?.clone());
        self.events.push(ShopEvent::Invoice(change, sale));
        Ok(())
    }
}
