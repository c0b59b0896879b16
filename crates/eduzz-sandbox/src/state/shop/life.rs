//! The things that happen by themselves in a shop that is open, beside sales.

use eduzz_types::myeduzz::{PaymentMethod, SubscriptionStatus};

use super::actions::SaleAction;
use super::books::Shop;
use super::subscription::CannotChange;
use crate::random::Random;
use crate::state::calendar::Moment;

/// How many of the newest sales something can happen to.
const RECENT: usize = 300;

impl Shop {
    /// Lets one thing happen that the seed draws: a sale, a payment, a refund, a chargeback or its
    /// end, a charge of a subscription or its cancellation, an invoice that expires.
    pub(crate) fn live_one(&mut self, now: Moment) {
        let mut random = Random::stream(self.seed, &format!("life/{}", self.lived));
        self.lived += 1;
        if self.happen(&mut random, now).is_err() {
            // There is no sale to which it could happen.
            self.sell(1, now);
        }
    }

    fn happen(&mut self, random: &mut Random, now: Moment) -> Result<(), CannotChange> {
        use SaleAction::{
            AskRefund, Cancel, ChargeBack, Expire, LoseChargeback, Negotiate, Pay, Recover, Refund, Schedule,
            WinChargeback,
        };
        let made = |made: Option<u64>| made.map(|_| ()).ok_or(CannotChange::NotNow);
        let ends = [WinChargeback, LoseChargeback];
        let changes = [Cancel, Expire, Recover, Schedule, Negotiate];
        let what = match random.below(100) {
            0..34 => return made(self.sell(1, now).pop()),
            34..50 => {
                let method = match random.below(3) {
                    0 => PaymentMethod::CreditCard,
                    1 => PaymentMethod::Bankslip,
                    _ => PaymentMethod::Pix,
                };
                return made(self.order(method, now));
            }
            50..62 => Pay,
            62..70 => Refund,
            70..73 => AskRefund,
            73..77 => ChargeBack,
            77..80 => random.pick(&ends).copied().unwrap_or(WinChargeback),
            80..87 => random.pick(&changes).copied().unwrap_or(Cancel),
            87..94 => {
                let is_paid = random.percent(75);
                let id = self.contract(random, false)?;
                return self.charge(&id, is_paid, now).map(|_| ());
            }
            94..96 => return made(self.subscribe(now)),
            96..99 => {
                let id = self.contract(random, false)?;
                return self.cancel(&[id], "Pedido do cliente", "Suporte", now);
            }
            _ => {
                let id = self.contract(random, true)?;
                return self.reactivate(&id, now);
            }
        };
        let newest = self.sales.iter().rev().take(RECENT);
        let fitting: Vec<u64> = newest.filter(|sale| sale.may(what)).map(|sale| sale.id).collect();
        let id = random.pick(&fitting).copied().ok_or(CannotChange::NotNow)?;
        self.apply(id, what, now)
    }

    /// One of the subscriptions, cancelled or alive.
    fn contract(&self, random: &mut Random, is_cancelled: bool) -> Result<String, CannotChange> {
        let fits = |status: &SubscriptionStatus, is_alive: bool| match is_cancelled {
            true => *status == SubscriptionStatus::Canceled,
            false => is_alive,
        };
        let all = self.subscriptions.iter();
        let fitting = all.filter(|of| fits(&of.status, of.is_alive()));
        let fitting: Vec<u64> = fitting.map(|of| of.id).collect();
        let id = random.pick(&fitting).ok_or(CannotChange::NotNow)?;
        Ok(id.to_string())
    }
}
