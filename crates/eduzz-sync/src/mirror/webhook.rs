//! Which events a mirror follows, and when it looks at the subscription that they come by.

use super::window::next_night;
use super::{Choice, Kind};
use crate::Moment;

/// The events that [`notices`](super::notices) tells records of, with the kinds of these.
const FOLLOWED: &[(&str, &[Kind])] = &[
    ("myeduzz.commission_processed", &[Kind::Sale]),
    (
        "myeduzz.contract_bankslip_attempted",
        &[Kind::Sale, Kind::Subscription],
    ),
    (
        "myeduzz.contract_card_attempted",
        &[Kind::Sale, Kind::Subscription],
    ),
    ("myeduzz.contract_created", &[Kind::Subscription]),
    (
        "myeduzz.contract_eduzz_balance_attempted",
        &[Kind::Sale, Kind::Subscription],
    ),
    (
        "myeduzz.contract_pix_attempted",
        &[Kind::Sale, Kind::Subscription],
    ),
    ("myeduzz.contract_updated", &[Kind::Subscription]),
    ("myeduzz.invoice_canceled", INVOICE),
    ("myeduzz.invoice_chargeback", INVOICE),
    ("myeduzz.invoice_expired", INVOICE),
    ("myeduzz.invoice_negotiated", INVOICE),
    ("myeduzz.invoice_opened", INVOICE),
    ("myeduzz.invoice_paid", INVOICE),
    ("myeduzz.invoice_recovering", INVOICE),
    ("myeduzz.invoice_refunded", INVOICE),
    ("myeduzz.invoice_scheduled", INVOICE),
    ("myeduzz.invoice_waiting_payment", INVOICE),
    ("myeduzz.invoice_waiting_refund", INVOICE),
];

/// An invoice is a sale, and can be of a subscription.
const INVOICE: &[Kind] = &[Kind::Sale, Kind::Subscription];

/// The events that tell a mirror of its records: the subscription that they come by has to have
/// all of them.
pub fn followed(choice: &Choice) -> impl Iterator<Item = &'static str> {
    let is_followed = |kinds: &[Kind]| kinds.iter().any(|kind| choice.has(*kind));
    let events = FOLLOWED.iter().filter(move |(_, kinds)| is_followed(kinds));
    events.map(|(event, _)| *event)
}

/// When to look at the subscription again: the next night, or at the next run after a look that
/// found something wrong, which a person may have mended.
#[must_use]
pub fn next_look(checked_at: Moment, is_well: bool) -> Moment {
    if is_well {
        next_night(checked_at)
    } else {
        checked_at
    }
}
