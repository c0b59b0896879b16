//! Participants: the holders of tickets to an event.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{AttendanceId, BlinketEventId, CustomFields, InviteKey, TicketId};
use crate::page::filled;
use crate::personal::optional_digits;
use crate::{DateTime, EduzzId, ExactNumber, InvoiceId, PersonalText};

/// A participant of an event: the item of `GET /blinket/v1/attendance-list/by-event/:id` (docs page
/// `/reference/api/get-blinket-v1-attendance-list-by-event-id`).
///
/// Only an example is known. The dates have no time zone, in contrast to those of every other call
/// of Blinket (Q144). A participant added by hand bought nothing, so all fields of the purchase may
/// be missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Participant {
    /// Id of the participant, used to add and remove tags.
    pub id: AttendanceId,
    /// The holder's name.
    pub name: Option<PersonalText>,
    /// The holder's e-mail address.
    pub email: Option<PersonalText>,
    /// The number of the holder's document, without points and dashes in the example.
    #[serde(default, deserialize_with = "optional_digits")]
    pub document: Option<PersonalText>,
    /// Kind of the document.
    pub document_type: Option<DocumentType>,
    /// The holder's telephone number: area code and number, without the country's code.
    #[serde(default, deserialize_with = "optional_digits")]
    pub phone: Option<PersonalText>,
    /// Number of the ticket, by which the holder is checked in or changed.
    pub invite_key: Option<InviteKey>,
    /// Status of the participation.
    pub status: Option<ParticipantStatus>,
    /// The status as a label in Portuguese, for people.
    pub status_description: Option<Box<str>>,
    /// The kind of ticket.
    pub ticket_id: Option<TicketId>,
    /// Name of the kind of ticket.
    pub ticket_name: Option<Box<str>>,
    /// When the holder was checked in, without a time zone (Q144); assumed to be missing before.
    pub checkin_date: Option<DateTime>,
    /// Whether the producer added the participant by hand.
    pub manually_created: Option<bool>,
    /// Its meaning is not documented.
    pub from_squeeze: Option<bool>,
    /// Number of the holder at Eduzz.
    pub eduzz_id: Option<EduzzId>,
    /// Number at Eduzz of the first holder of the ticket.
    pub first_eduzz_id: Option<EduzzId>,
    /// The invoice of MyEduzz by which the ticket was bought.
    pub invoice_id: Option<InvoiceId>,
    /// The event.
    pub event_id: Option<BlinketEventId>,
    /// When the participant was made, without a time zone (Q144).
    pub created_at: Option<DateTime>,
    /// When the participant was last changed, without a time zone (Q144).
    pub modified_at: Option<DateTime>,
    /// The buyer's name.
    pub invoice_customer_name: Option<PersonalText>,
    /// The buyer's e-mail address.
    pub invoice_customer_email: Option<PersonalText>,
    /// Number of the buyer at Eduzz.
    pub invoice_customer_eduzz_id: Option<EduzzId>,
    /// The number of the buyer's document.
    #[serde(default, deserialize_with = "optional_digits")]
    pub invoice_customer_document: Option<PersonalText>,
    /// When the invoice was made, without a time zone (Q144).
    pub invoice_created_at: Option<DateTime>,
    /// When the invoice was paid, without a time zone (Q144).
    pub invoice_paid_at: Option<DateTime>,
    /// Total of the invoice, in units of a currency that the service does not name (Q143).
    pub invoice_amount: Option<ExactNumber>,
    /// The answers to the producer's own questions.
    pub custom_fields: Option<CustomFields>,
    /// The **titles** of the tags that the participant carries; every other call identifies tags by
    /// id (Q145).
    #[serde(default, deserialize_with = "filled")]
    pub tags: Vec<Box<str>>,
}

open_enum! {
    /// Status of a participation. Its values are known from examples only.
    ParticipantStatus {
        /// The status in every example, before and after the check-in; the date of the check-in
        /// shows the attendance.
        PresenceConfirmed = "presence_confirmed",
        /// Paid; named by the webhooks only.
        Paid = "paid",
        /// Cancelled; named by the webhooks only.
        Canceled = "canceled",
    }
}

open_enum! {
    /// Kind of a participant's document.
    DocumentType {
        /// A Brazilian tax number (CPF).
        Cpf = "cpf",
        /// A passport.
        Passport = "passport",
    }
}

/// Holder of a ticket, as answered by the calls that add or change a participant (docs pages
/// `/reference/api/post-blinket-v1-attendance-list-add-manually` and
/// `/reference/api/put-blinket-v1-attendance-list-update-by-invitekey-id`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TicketHolder {
    /// Id of the participant.
    pub id: AttendanceId,
    /// Number of the ticket.
    pub invite_key: Option<InviteKey>,
    /// The name.
    pub name: Option<PersonalText>,
    /// The number of the document.
    #[serde(default, deserialize_with = "optional_digits")]
    pub document: Option<PersonalText>,
    /// Kind of the document.
    pub document_type: Option<DocumentType>,
    /// The telephone number, as a change answers it (Q146). [`telephone`](Self::telephone) reads
    /// either.
    #[serde(default, deserialize_with = "optional_digits")]
    pub phone: Option<PersonalText>,
    /// The telephone number, as an addition answers it (Q146).
    #[serde(default, deserialize_with = "optional_digits")]
    pub phone_number: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// Status of the participation.
    pub status: Option<ParticipantStatus>,
    /// Whether the producer added the participant by hand.
    pub manually_created: Option<bool>,
    /// When the participant was last changed.
    pub modified_at: Option<DateTime>,
    /// Number of the holder at Eduzz.
    pub eduzz_id: Option<EduzzId>,
    /// An invoice of MyEduzz; in the example, a participant added by hand has one too.
    pub invoice_id: Option<InvoiceId>,
}

impl TicketHolder {
    /// The telephone number, from either of the two fields (Q146): `phone`, else `phoneNumber`.
    #[must_use]
    pub fn telephone(&self) -> Option<&PersonalText> {
        self.phone.as_ref().or(self.phone_number.as_ref())
    }
}
