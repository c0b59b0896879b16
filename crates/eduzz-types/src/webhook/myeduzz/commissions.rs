//! Commissions: the data of `commission_processed`.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::CommissionPartyId;
use crate::page::filled;
use crate::webhook::{Amount, amount};
use crate::{Currency, DateTime, ExactNumber, InvoiceId, Money, PersonalText};

/// Commissions on a paid invoice: the data of `myeduzz.commission_processed` (docs page
/// `/reference/webhook/myeduzz-commission-processed`).
///
/// This, not the `paid` of an invoice, is the producer's income.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CommissionProcessed {
    /// The invoice.
    pub invoice_id: InvoiceId,
    /// When the commissions were calculated; a real delivery had one fractional digit.
    pub created_at: Option<DateTime>,
    /// Total of the transaction.
    pub price: Option<Amount>,
    /// The commissions.
    pub commissions: Option<Commissions>,
}

/// The commissions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Commissions {
    /// The producer.
    pub producer: Option<CommissionShare>,
    /// The coproducers; may be empty or absent.
    #[serde(default, deserialize_with = "filled")]
    pub coproducers: Vec<CommissionShare>,
    /// The affiliates; may be empty, and was seen absent.
    #[serde(default, deserialize_with = "filled")]
    pub affiliates: Vec<CommissionShare>,
}

/// One party's part.
///
/// The table has the amount in `commission`, and so has a real delivery of 2026; the documented
/// example has it flat, as `currency` and `value` (Q93). [`amount`](Self::amount) reads either.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CommissionShare {
    /// Id of the party; the producer's came as a number.
    pub id: Option<CommissionPartyId>,
    /// The name.
    pub name: Option<PersonalText>,
    /// The amount, as the table has it.
    pub commission: Option<Amount>,
    /// The currency, as the example has it.
    pub currency: Option<Currency>,
    /// The amount, in units of the currency, as the example has it.
    pub value: Option<ExactNumber>,
}

impl CommissionShare {
    /// The amount, from the place that has all of it (Q93).
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        let flat = || amount::money(self.currency, self.value);
        self.commission.as_ref().and_then(Amount::money).or_else(flat)
    }
}
