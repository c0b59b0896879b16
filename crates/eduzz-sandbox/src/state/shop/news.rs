//! What happens in the shop after it was invented, and the news of it that webhooks tell.

use eduzz_types::myeduzz::{
    ChargebackStatus, PaymentMethod, RecoveringStatus, SaleStatus, SubscriptionStatus,
};
use eduzz_types::webhook::myeduzz::ContractChangeReason;

use super::sale::Chargeback;
use super::{CannotChange, Cart, Sale, Shop, Subscription, history};
use crate::state::calendar::Moment;

/// A piece of news: what happened, and to what, as it stood then.
#[derive(Clone, Debug)]
pub(crate) enum News {
    /// An invoice came to another state.
    Invoice(InvoiceNews, Box<Sale>),
    /// The commissions of a paid invoice were worked out.
    Commission(Box<Sale>),
    ContractCreated(Box<Subscription>),
    ContractUpdated(Box<Subscription>, ContractChangeReason),
    /// Somebody tried to charge a contract.
    Attempted(Box<Subscription>, Box<Sale>),
    CartAbandoned(Box<Cart>, Moment),
}

/// What became of an invoice: the events that there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InvoiceNews {
    Opened,
    Scheduled,
    WaitingPayment,
    Paid,
    WaitingRefund,
    Refunded,
    Chargeback,
    Canceled,
    Expired,
    Recovering,
    Negotiated,
}

/// Something that can happen to a sale, as the person who runs a sandbox has it happen
/// ([`SandboxControl::happen`](crate::SandboxControl::happen)). Each sends the events that the service documents for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SaleAction {
    /// The buyer pays an open sale: `invoice_paid`, then `commission_processed`.
    Pay,
    /// An open sale is cancelled: `invoice_canceled`.
    Cancel,
    /// An open sale is not paid in time: `invoice_expired`.
    Expire,
    /// Its payment is put off: `invoice_scheduled`.
    Schedule,
    /// Its recovery begins: `invoice_recovering`.
    Recover,
    /// A debt is negotiated: `invoice_negotiated`.
    Negotiate,
    /// The buyer of a paid sale asks for the money: `invoice_waiting_refund`.
    AskRefund,
    /// All of the money goes back: `invoice_refunded`.
    Refund,
    /// The holder of the card says that it was not them: `invoice_chargeback`.
    ChargeBack,
    /// The chargeback is decided for the producer: `invoice_chargeback`.
    WinChargeback,
    /// The chargeback is decided for the holder of the card: `invoice_chargeback`, then `invoice_refunded`.
    LoseChargeback,
}

/// Why a buyer gets the money back, when nobody says another reason.
const BUYER_ASKED: &str = "Pedido do comprador";

impl Shop {
    /// Tells that a sale was made, as if each of its first states had been gone through.
    pub(super) fn tell_made(&mut self, made: &Sale) {
        let as_was = |status| {
            let mut sale = made.clone();
            sale.status = status;
            sale.paid = None;
            sale.gains = super::sale::Gains::default();
            Box::new(sale)
        };
        self.news
            .push(News::Invoice(InvoiceNews::Opened, as_was(SaleStatus::Open)));
        if matches!(made.method, PaymentMethod::Pix | PaymentMethod::Bankslip) {
            self.news.push(News::Invoice(
                InvoiceNews::WaitingPayment,
                as_was(SaleStatus::WaitingPayment),
            ));
        }
    }

    pub(super) fn tell_paid(&mut self, paid: &Sale) {
        let paid = Box::new(paid.clone());
        self.news.push(News::Invoice(InvoiceNews::Paid, paid.clone()));
        self.news.push(News::Commission(paid));
    }

    /// Makes a sale that waits for its payment by Pix, newer than all others.
    pub(crate) fn order(&mut self, now: Moment) -> Option<u64> {
        let sale = history::order_by_pix(self, now)?;
        self.tell_made(&sale);
        let id = sale.id;
        self.sales.push(sale);
        Some(id)
    }

    /// Makes a subscription whose first charge is paid at once, newer than all others.
    pub(crate) fn subscribe(&mut self, now: Moment) -> Option<u64> {
        let (subscription, sale) = history::subscribe_by_pix(self, now)?;
        let id = subscription.id;
        self.tell_made(&sale);
        self.news
            .push(News::ContractCreated(Box::new(subscription.clone())));
        self.tell_paid(&sale);
        self.subscriptions.push(subscription);
        self.sales.push(sale);
        self.book(self.sales.len() - 1);
        self.moves.extend(self.sales.last().map(|sale| sale.id));
        Some(id)
    }

    /// Charges a subscription that is alive, and gives the new sale: paid, or not.
    pub(crate) fn charge(&mut self, id: &str, is_paid: bool, now: Moment) -> Result<u64, CannotChange> {
        let now = self.sales.last().map_or(now, |newest| now.max(newest.created));
        let subscription = self.subscription_mut(id)?;
        if !subscription.is_alive() {
            return Err(CannotChange::NotNow);
        }
        subscription.current_due = now.day();
        subscription.next_due = now.day().next(subscription.day);
        let number = subscription.id;
        let sale = history::charge(self, number, now).ok_or(CannotChange::NotNow)?;
        self.tell_made(&sale);
        let (sale_id, method) = (sale.id, sale.method.clone());
        self.sales.push(sale);
        let attempt = self.news.len();
        if is_paid {
            self.pay(sale_id, now)?;
        } else {
            if method == PaymentMethod::CreditCard {
                self.recover(sale_id, now)?;
            }
            self.come_to(id, SubscriptionStatus::Late, now)?;
        }
        // The attempt comes before what came of it, and tells the invoice as it stands since.
        let sale = self.sale(sale_id).ok_or(CannotChange::NotFound)?.clone();
        let subscription = self.subscription_mut(id)?.clone();
        self.news
            .insert(attempt, News::Attempted(Box::new(subscription), Box::new(sale)));
        Ok(sale_id)
    }

    /// Lets something happen to a sale.
    ///
    /// # Errors
    ///
    /// There is no such sale, or it does not stand so that this could happen.
    pub(crate) fn happen(&mut self, id: u64, what: SaleAction, now: Moment) -> Result<(), CannotChange> {
        let sale = self.sale(id).ok_or(CannotChange::NotFound)?;
        // Nothing happens to a sale before the last thing did.
        let now = now.max(sale.updated);
        let is_free = sale.is_paid() && sale.refund.is_none() && sale.chargeback.is_none();
        let is_disputed = sale.is_paid()
            && sale.chargeback.as_ref().is_some_and(|chargeback| {
                matches!(
                    chargeback.status,
                    ChargebackStatus::PendingDocuments | ChargebackStatus::UnderReview
                )
            });
        let may = match what {
            SaleAction::Pay | SaleAction::Cancel | SaleAction::Expire => sale.is_open(),
            SaleAction::Schedule => sale.is_open() && sale.status != SaleStatus::Scheduled,
            SaleAction::Recover => sale.is_open() && sale.status != SaleStatus::Recovering,
            SaleAction::Negotiate => matches!(sale.status, SaleStatus::Recovering | SaleStatus::Expired),
            SaleAction::AskRefund => is_free,
            SaleAction::Refund => is_free || sale.status == SaleStatus::WaitingRefund,
            SaleAction::ChargeBack => is_free && sale.method == PaymentMethod::CreditCard,
            SaleAction::WinChargeback | SaleAction::LoseChargeback => is_disputed,
        };
        if !may {
            return Err(CannotChange::NotNow);
        }
        match what {
            SaleAction::Pay => self.pay(id, now),
            SaleAction::Cancel => self.close(id, SaleStatus::Canceled, InvoiceNews::Canceled, now),
            SaleAction::Expire => self.close(id, SaleStatus::Expired, InvoiceNews::Expired, now),
            SaleAction::Schedule => self.close(id, SaleStatus::Scheduled, InvoiceNews::Scheduled, now),
            SaleAction::Negotiate => self.close(id, SaleStatus::Negotiated, InvoiceNews::Negotiated, now),
            SaleAction::Recover => self.recover(id, now),
            SaleAction::AskRefund => {
                self.alter(id, |sale| sale.ask_refund(now, BUYER_ASKED))?;
                self.tell(id, InvoiceNews::WaitingRefund)
            }
            SaleAction::Refund => {
                self.alter(id, |sale| {
                    let refund = sale.refund.as_ref();
                    let (asked, motive) =
                        refund.map_or((now, BUYER_ASKED), |refund| (refund.requested, refund.motive));
                    sale.refund(asked, now, motive);
                })?;
                self.give_back(id);
                self.tell(id, InvoiceNews::Refunded)
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
                self.tell(id, InvoiceNews::Chargeback)
            }
            SaleAction::WinChargeback => {
                self.alter(id, |sale| sale.settle(ChargebackStatus::Rejected, now))?;
                self.tell(id, InvoiceNews::Chargeback)
            }
            SaleAction::LoseChargeback => {
                self.alter(id, |sale| {
                    let asked = sale.chargeback.as_ref().map_or(now, |made| made.requested);
                    sale.refund(asked, now, "Chargeback");
                    sale.settle(ChargebackStatus::Lost, now);
                })?;
                self.give_back(id);
                self.tell(id, InvoiceNews::Chargeback)?;
                self.tell(id, InvoiceNews::Refunded)
            }
        }
    }

    /// The cart is left without a payment.
    pub(crate) fn abandon(&mut self, cart: u64, now: Moment) -> Result<(), CannotChange> {
        let cart = self.carts.iter().find(|made| made.id == cart);
        let cart = Box::new(cart.ok_or(CannotChange::NotFound)?.clone());
        self.news.push(News::CartAbandoned(cart, now));
        Ok(())
    }

    /// The money of an open sale comes.
    fn pay(&mut self, id: u64, now: Moment) -> Result<(), CannotChange> {
        self.alter(id, |sale| sale.pay(now))?;
        let place = self.sales.iter().position(|sale| sale.id == id);
        self.book(place.ok_or(CannotChange::NotFound)?);
        self.moves.push(id);
        let sale = self.sale(id).ok_or(CannotChange::NotFound)?.clone();
        self.tell_paid(&sale);
        let Some(subscription) = sale.subscription else {
            return Ok(());
        };
        // As long as something else is owed, it is behind.
        if self.charges(subscription).any(Sale::is_open) {
            return Ok(());
        }
        let subscription = subscription.to_string();
        if matches!(
            self.subscription_mut(&subscription)?.status,
            SubscriptionStatus::AwaitingPayment | SubscriptionStatus::Late | SubscriptionStatus::Defaulter
        ) {
            self.come_to(&subscription, SubscriptionStatus::UpToDate, now)?;
        }
        Ok(())
    }

    /// A subscription comes to a state; that is told if it was in another.
    fn come_to(&mut self, id: &str, status: SubscriptionStatus, now: Moment) -> Result<(), CannotChange> {
        let subscription = self.subscription_mut(id)?;
        let was = std::mem::replace(&mut subscription.status, status);
        subscription.updated = Some(now);
        if was != subscription.status {
            let told = Box::new(subscription.clone());
            let reason = ContractChangeReason::StatusUpdated;
            self.news.push(News::ContractUpdated(told, reason));
        }
        Ok(())
    }

    /// The recovery of an open sale begins.
    fn recover(&mut self, id: u64, now: Moment) -> Result<(), CannotChange> {
        self.alter(id, |sale| sale.recovering = RecoveringStatus::Active)?;
        self.close(id, SaleStatus::Recovering, InvoiceNews::Recovering, now)
    }

    /// The money of a refunded sale goes back.
    fn give_back(&mut self, id: u64) {
        self.book_return(id);
        self.moves.push(id);
    }

    fn close(
        &mut self,
        id: u64,
        status: SaleStatus,
        news: InvoiceNews,
        now: Moment,
    ) -> Result<(), CannotChange> {
        self.alter(id, |sale| sale.close(status, now))?;
        self.tell(id, news)
    }

    fn alter(&mut self, id: u64, change: impl FnOnce(&mut Sale)) -> Result<(), CannotChange> {
        let place = self.sales.binary_search_by_key(&id, |sale| sale.id);
        let sale = place.ok().and_then(|place| self.sales.get_mut(place));
        change(sale.ok_or(CannotChange::NotFound)?);
        Ok(())
    }

    fn tell(&mut self, id: u64, news: InvoiceNews) -> Result<(), CannotChange> {
        let sale = Box::new(self.sale(id).ok_or(CannotChange::NotFound)?.clone());
        self.news.push(News::Invoice(news, sale));
        Ok(())
    }
}
