//! Blinket: tickets and their participants.

use alloc::boxed::Box;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::blinket::{
    AttendanceId, AttendanceTagId, BlinketEventId, BuyLimit, CustomFields, DocumentType, EventType,
    InviteKey, ParticipantStatus,
};
use crate::page::filled;
use crate::personal::optional_digits;
use crate::scalar::optional_count;
use crate::webhook::Amount;
use crate::{DateTime, EduzzId, PersonalText, ProductId};

/// The data of `blinket.attendance_added`: a ticket was bought, or made by hand (docs page
/// `/reference/webhook/blinket-attendance-added`).
///
/// In the example the ticket is not assigned, and the participant repeats the buyer's data:
/// `blinket.attendance_assigned` probably has the real one (Q114).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AttendanceAdded {
    /// Owner of the event.
    pub producer: Option<Producer>,
    /// The event that the ticket is for.
    pub event: Option<Event>,
    /// The type of the ticket.
    pub ticket: Option<TicketType>,
    /// Its lot.
    pub batch: Option<Lot>,
    /// The buyer, who may differ from the participant.
    pub buyer: Option<Buyer>,
    /// The participant, with the link to the check-in.
    pub participant: Participant,
    /// When this message was made.
    pub created_at: Option<DateTime>,
}

/// A change of a ticket: the data of five events (docs pages
/// `/reference/webhook/blinket-attendance-edited` and its siblings).
///
/// | Event | The ticket |
/// |---|---|
/// | `blinket.attendance_assigned` | was assigned to a person |
/// | `blinket.attendance_canceled` | was cancelled; the participant has no document, and neither `assigned` nor `check_in_at` (Q112) |
/// | `blinket.attendance_checkin` | was checked in, **or the check-in was undone**: then [`check_in_at`](Participant::check_in_at) is `None`; no other field differs (Q113) |
/// | `blinket.attendance_edited` | has other data of its participant |
/// | `blinket.attendance_tag_changed` | has other tags; compare with the previous tags to find the changed ones |
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AttendanceChanged {
    /// Owner of the event.
    pub producer: Option<Producer>,
    /// The event that the ticket is for.
    pub event: Option<Event>,
    /// The current holder of the ticket.
    pub participant: Participant,
    /// When this message was made.
    pub created_at: Option<DateTime>,
}

/// The data of `blinket.attendances_printed`: tickets were printed or downloaded (docs page
/// `/reference/webhook/blinket-attendances-printed`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AttendancesPrinted {
    /// Owner of the event.
    pub producer: Option<Producer>,
    /// The event that the tickets are for.
    pub event: Option<Event>,
    /// The holders of the tickets, with the links to the check-in.
    #[serde(default, deserialize_with = "filled")]
    pub participants: Vec<Participant>,
    /// When this message was made.
    pub created_at: Option<DateTime>,
}

/// The data of `blinket.ticket_edited`: types of tickets, or their lots, changed (docs page
/// `/reference/webhook/blinket-ticket-edited`).
///
/// Types and lots have no ids, and other field names than in the API (Q115).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TicketEdited {
    /// Owner of the event.
    pub producer: Option<Producer>,
    /// The event that the tickets are for.
    pub event: Option<Event>,
    /// The types of tickets, as of now.
    #[serde(default, deserialize_with = "filled")]
    pub tickets: Vec<EditedTicketType>,
    /// When this message was made.
    pub created_at: Option<DateTime>,
}

/// Owner of the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Producer {
    /// Number of the producer at Eduzz; the tables call it a number, the examples have texts
    /// (Q111).
    pub id: Option<EduzzId>,
    /// The name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
}

/// An event that tickets are sold for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Event {
    /// Id of the event.
    pub id: Option<BlinketEventId>,
    /// Name of the event.
    pub name: Option<Box<str>>,
    /// Where it takes place.
    #[serde(rename = "type")]
    pub kind: Option<EventType>,
}

/// The type of a ticket that was added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TicketType {
    /// Name of the type.
    pub name: Option<Box<str>>,
    /// Whether it costs something.
    pub is_paid: Option<bool>,
}

/// The lot of a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Lot {
    /// The product of MyEduzz that sells the lot.
    pub content_id: Option<ProductId>,
    /// Name of the lot.
    pub name: Option<Box<str>>,
    /// Price of a ticket of the lot.
    pub price: Option<Amount>,
}

/// A type of tickets, as it is after a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct EditedTicketType {
    /// Name of the type.
    pub name: Option<Box<str>>,
    /// Whether the page of the event shows it.
    pub show_on_event_page: Option<bool>,
    /// Whether it costs something.
    pub is_paid: Option<bool>,
    /// Whether there is no limit to its number.
    pub is_unlimited: Option<bool>,
    /// Maximum number per purchase. The example has 0, whose meaning is not documented.
    pub buy_limit: Option<BuyLimit>,
    /// Minimum number per purchase. The example has 0.
    #[serde(default, deserialize_with = "optional_count")]
    pub buy_minimum: Option<u64>,
    /// Its lots.
    #[serde(default, deserialize_with = "filled")]
    pub batches: Vec<EditedLot>,
}

/// A lot, as it is after a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct EditedLot {
    /// The product of MyEduzz that sells the lot.
    pub content_id: Option<ProductId>,
    /// Name of the lot.
    pub name: Option<Box<str>>,
    /// Number of tickets.
    #[serde(default, deserialize_with = "optional_count")]
    pub quantity: Option<u64>,
    /// Start of its sale.
    pub start_sales_at: Option<DateTime>,
    /// End of its sale.
    pub end_sales_at: Option<DateTime>,
    /// Price of a ticket of the lot.
    pub price: Option<Amount>,
}

/// Buyer of a ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Buyer {
    /// Number of the buyer at Eduzz.
    pub id: Option<EduzzId>,
    /// The name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The telephone number, with `+` and the country's code.
    #[serde(default, deserialize_with = "optional_digits")]
    pub phone: Option<PersonalText>,
}

/// Holder of a ticket, and the ticket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Participant {
    /// Id of the participant: what the API calls an attendance. The examples of 2024 have none, and
    /// identify the participant by [`invite_key`](Self::invite_key) (Q160).
    pub id: Option<AttendanceId>,
    /// Number of the ticket; the tables call it a number, the examples have texts (Q111).
    pub invite_key: Option<InviteKey>,
    /// The name.
    pub name: Option<PersonalText>,
    /// The e-mail address.
    pub email: Option<PersonalText>,
    /// The telephone number, with `+` and the country's code.
    #[serde(default, deserialize_with = "optional_digits")]
    pub phone: Option<PersonalText>,
    /// The document; absent if the ticket was cancelled (Q112).
    pub document: Option<Document>,
    /// Status of the ticket.
    pub status: Option<ParticipantStatus>,
    /// Whether the ticket was assigned to a person; absent if it was cancelled (Q112).
    pub assigned: Option<bool>,
    /// Whether it was made by hand, without a purchase.
    pub manually_created: Option<bool>,
    /// When the ticket was checked in; null before, and when that was undone (Q113).
    pub check_in_at: Option<DateTime>,
    /// A person with this link can use the ticket. Added and printed tickets have it.
    pub check_in_link: Option<PersonalText>,
    /// The participant's tags, as of now.
    #[serde(default, deserialize_with = "filled")]
    pub tags: Vec<Tag>,
    /// The answers to the producer's own questions.
    pub custom_fields: Option<CustomFields>,
}

/// A document of a participant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Document {
    /// Kind of document.
    #[serde(rename = "type")]
    pub kind: Option<DocumentType>,
    /// Its number, digits without punctuation in the examples; the tables call it a number (Q111).
    #[serde(default, deserialize_with = "optional_digits")]
    pub number: Option<PersonalText>,
}

/// A tag of a participant: an object, or in deliveries of 2024 its bare title (Q109).
///
/// Both forms are read, and written back unchanged; [`title`](Self::title) reads both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Tag {
    /// The title alone.
    Title(Box<str>),
    /// A tag with id and colour.
    #[non_exhaustive]
    Whole {
        /// Id of the tag.
        id: Option<AttendanceTagId>,
        /// Title of the tag.
        title: Option<Box<str>>,
        /// Colour of the tag, `#` and six or eight hex digits.
        color: Option<Box<str>>,
    },
}

impl Tag {
    /// Title of the tag.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        match self {
            Self::Title(title) => Some(title),
            Self::Whole { title, .. } => title.as_deref(),
        }
    }

    /// Id of the tag, if it has one.
    #[must_use]
    pub const fn id(&self) -> Option<&AttendanceTagId> {
        match self {
            Self::Title(_) => None,
            Self::Whole { id, .. } => id.as_ref(),
        }
    }
}
