//! A sale, which is one invoice.

use std::sync::Arc;

use eduzz_types::Currency;
use eduzz_types::myeduzz::{
    ChargebackStatus, PaymentMethod, RecoveringStatus, RefundType, SaleReferenceDate, SaleStatus,
};
use serde::{Deserialize, Serialize};

use super::people::Human;
use super::products::{Coupon, Product};
use crate::state::calendar::Moment;
use crate::state::interned::{self, Word};
use crate::state::money::Cents;

/// A sale.
///
/// The buyer pays `total - discount`, the gross gain. While a sale is paid, the gross gain is the
/// sum of the net gain, the fee, both shares, the other fees, and the refund. The entries of the
/// statement for a sale always add up to its net gain.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Sale {
    pub(crate) id: u64,
    pub(crate) subscription: Option<u64>,
    pub(crate) status: SaleStatus,
    pub(crate) product: Arc<Product>,
    #[serde(deserialize_with = "interned::word")]
    pub(crate) offer: Word,
    pub(crate) buyer: Arc<Human>,
    /// The recipient; not the buyer for a present.
    pub(crate) recipient: Arc<Human>,
    pub(crate) affiliate: Option<(Arc<Human>, i64)>,
    pub(crate) method: PaymentMethod,
    pub(crate) installments: u64,
    pub(crate) coupon: Option<Arc<Coupon>>,
    /// The currency of all amounts. Sums count it as reais, at a rate of 1.
    pub(crate) currency: Currency,
    /// The price of the product, for all pieces.
    pub(crate) price: Cents,
    pub(crate) quantity: u64,
    /// The other products of the same invoice.
    pub(crate) along: Vec<Line>,
    /// The membership fee, with the first charge.
    pub(crate) membership_fee: Cents,
    pub(crate) discount: Cents,
    /// The interest of instalments, for the buyer only.
    pub(crate) interest: Cents,
    pub(crate) gains: Gains,
    pub(crate) created: Moment,
    pub(crate) due: Moment,
    pub(crate) paid: Option<Moment>,
    pub(crate) credit: Option<Moment>,
    pub(crate) updated: Moment,
    pub(crate) refund: Option<Refund>,
    pub(crate) chargeback: Option<Chargeback>,
    pub(crate) recovering: RecoveringStatus,
    pub(crate) utm: Option<Utm>,
    /// The codes of the links that the buyer came by.
    #[serde(deserialize_with = "interned::three")]
    pub(crate) tracker: [Option<Word>; 3],
    /// Whether the buyer's texts are encoded twice in this sale.
    pub(crate) is_garbled: bool,
    pub(crate) bump: Bump,
    pub(crate) is_infinite_funnel: bool,
}

/// The shares of the payment; none before it (Q38).
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Gains {
    pub(crate) net: Cents,
    pub(crate) partners: Cents,
    pub(crate) affiliates: Cents,
    pub(crate) fee: Option<Cents>,
    pub(crate) others: Cents,
}

/// Money that went back to the buyer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Refund {
    pub(crate) kind: RefundType,
    pub(crate) value: Cents,
    #[serde(deserialize_with = "interned::word")]
    pub(crate) motive: Word,
    pub(crate) requested: Moment,
    /// `None` while it waits.
    pub(crate) refunded: Option<Moment>,
}

/// A dispute of the card holder.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Chargeback {
    pub(crate) status: ChargebackStatus,
    pub(crate) requested: Moment,
    pub(crate) limit: Moment,
    pub(crate) documents: Option<Moment>,
}

/// Another product of the same invoice: an order bump, or a line of a cart.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) product: Arc<Product>,
    /// The price of one piece.
    pub(crate) unit: Cents,
    pub(crate) quantity: u64,
}

impl Line {
    /// The price of all pieces.
    pub(crate) fn price(&self) -> Cents {
        self.unit.times(self.quantity)
    }
}

/// The campaign that the buyer came from.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Utm {
    #[serde(deserialize_with = "interned::word")]
    pub(crate) source: Word,
    #[serde(deserialize_with = "interned::word")]
    pub(crate) medium: Word,
    #[serde(deserialize_with = "interned::perhaps")]
    pub(crate) campaign: Option<Word>,
}

/// The order bump of a sale.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) enum Bump {
    /// No order bump.
    None,
    /// The main sale of an order bump.
    Main,
    /// Bought along with the sale of this id.
    With(u64),
}

impl Sale {
    /// The prices, before any discount.
    pub(crate) fn total(&self) -> Cents {
        self.price + self.membership_fee + self.along.iter().map(Line::price).sum()
    }

    /// The amount that the buyer pays, without interest.
    pub(crate) fn gross(&self) -> Cents {
        self.total() - self.discount
    }

    /// The amount that the buyer pays, with the interest of instalments.
    pub(crate) fn paid_amount(&self) -> Cents {
        self.gross() + self.interest
    }

    /// The price of one piece of the first product.
    pub(crate) fn unit(&self) -> Cents {
        let pieces = i64::try_from(self.quantity).unwrap_or(1).max(1);
        Cents(self.price.0 / pieces)
    }

    /// Sets how the sale is paid, with the interest of its instalments.
    pub(super) fn pay_by(&mut self, method: PaymentMethod, installments: u64) {
        let months = i64::try_from(installments).unwrap_or(1);
        self.interest = self.gross().percent(months - 1);
        self.installments = installments;
        self.due = self
            .created
            .day()
            .plus(days_to_pay(&method))
            .end()
            .max(self.created);
        self.method = method;
    }

    /// The producer's part when it was paid, before any refund.
    pub(super) fn came(&self) -> Cents {
        let fees = self.gains.fee.unwrap_or_default() + self.gains.others;
        self.gross() - fees - self.gains.affiliates - self.gains.partners
    }

    /// Whether the money came and is still there.
    pub(crate) fn is_paid(&self) -> bool {
        matches!(self.status, SaleStatus::Paid | SaleStatus::WaitingRefund)
    }

    /// Whether the buyer can still pay.
    pub(crate) fn is_open(&self) -> bool {
        matches!(
            self.status,
            SaleStatus::Open
                | SaleStatus::WaitingPayment
                | SaleStatus::Processing
                | SaleStatus::Recovering
                | SaleStatus::Scheduled
        )
    }

    /// The date of this reference; `None` for an unknown reference.
    pub(crate) fn reference(&self, reference: &SaleReferenceDate) -> Option<Moment> {
        match reference {
            SaleReferenceDate::CreatedAt => Some(self.created),
            SaleReferenceDate::PaidAt => self.paid,
            SaleReferenceDate::DueDate => Some(self.due),
            SaleReferenceDate::UpdatedAt => Some(self.updated),
            _ => None,
        }
    }

    /// Pays the sale, and shares the payment.
    pub(super) fn pay(&mut self, at: Moment) {
        let gross = self.gross();
        let fee = gross.percent(5) + Cents(100);
        let is_slip = self.method == PaymentMethod::Bankslip;
        let others = Cents(if is_slip { 149 } else { 0 });
        let part = |of: Cents, to: Option<&(Arc<Human>, i64)>| of.percent(to.map_or(0, |(_, share)| *share));
        let affiliates = part(gross, self.affiliate.as_ref());
        let left = gross - fee - others - affiliates;
        let partners = part(left, self.product.partner.as_ref());
        self.gains = Gains {
            net: left - partners,
            partners,
            affiliates,
            fee: Some(fee),
            others,
        };
        self.status = SaleStatus::Paid;
        self.paid = Some(at);
        self.updated = at;
        // When the money is available is undocumented.
        self.credit = Some(match self.method {
            PaymentMethod::CreditCard => at.plus_days(30),
            PaymentMethod::Bankslip => at.plus_days(1),
            _ => at,
        });
    }

    /// The buyer asks for all of the money back.
    pub(super) fn ask_refund(&mut self, requested: Moment, motive: &'static str) {
        self.status = SaleStatus::WaitingRefund;
        self.refund = Some(self.whole_refund(requested, None, motive));
        self.updated = requested;
    }

    /// All of the money goes back.
    pub(super) fn refund(&mut self, requested: Moment, refunded: Moment, motive: &'static str) {
        self.status = SaleStatus::Refunded;
        self.refund = Some(self.whole_refund(requested, Some(refunded), motive));
        self.gains.net = Cents(0);
        self.updated = refunded;
    }

    fn whole_refund(&self, requested: Moment, refunded: Option<Moment>, motive: &'static str) -> Refund {
        Refund {
            kind: RefundType::Common,
            value: self.gross(),
            motive,
            requested,
            refunded,
        }
    }

    /// Refunds a part, at the producer's expense.
    pub(super) fn refund_part(&mut self, part: Cents, requested: Moment, refunded: Moment) {
        self.refund = Some(Refund {
            kind: RefundType::Partial,
            value: part,
            motive: "Uma parte não serviu",
            requested,
            refunded: Some(refunded),
        });
        self.gains.net -= part;
        self.updated = refunded;
    }

    /// Decides the chargeback.
    pub(super) fn settle(&mut self, status: ChargebackStatus, at: Moment) {
        if let Some(chargeback) = &mut self.chargeback {
            chargeback.status = status;
        }
        self.updated = at;
    }

    /// Changes the status, without money.
    pub(super) fn close(&mut self, status: SaleStatus, at: Moment) {
        self.status = status;
        self.updated = at;
    }
}

/// The days in which an invoice can be paid.
pub(super) const fn days_to_pay(method: &PaymentMethod) -> i64 {
    match method {
        PaymentMethod::Bankslip => 3,
        PaymentMethod::Pix => 1,
        _ => 0,
    }
}
