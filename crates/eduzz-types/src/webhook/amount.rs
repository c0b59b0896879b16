//! Amounts in the events, which may come without one of their members.

use serde::{Deserialize, Serialize};

use crate::{Currency, ExactNumber, Money};

/// An amount of an event, of which any member may be missing:
/// `{ "currency": "BRL", "value": 301.5 }`, in units, not cents.
///
/// No source says that an amount of an event is always complete, and other objects of the events
/// went from null to an object of nulls (Q92). It must not lose a paid invoice, so an incomplete
/// amount is kept as it came (Q101). [`money`](Self::money) gives it if it is complete.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Amount {
    /// The currency. Some tables call it a number (Q101), so the digits of one are read too.
    pub currency: Option<Currency>,
    /// The value, in units of the currency.
    pub value: Option<ExactNumber>,
}

impl Amount {
    /// The amount, when both its currency and its value are there.
    #[must_use]
    pub fn money(&self) -> Option<Money> {
        money(self.currency, self.value)
    }
}

impl From<Money> for Amount {
    fn from(Money { currency, value }: Money) -> Self {
        Self {
            currency: Some(currency),
            value: Some(ExactNumber(value)),
        }
    }
}

/// An amount of the two members, which may be among others.
pub(super) fn money(currency: Option<Currency>, value: Option<ExactNumber>) -> Option<Money> {
    let (currency, ExactNumber(value)) = (currency?, value?);
    Some(Money { currency, value })
}
