//! Blinket: events with their tickets, participants, and tags.

mod custom_fields;
mod events;
mod participants;
mod tags;

pub use custom_fields::CustomFields;
pub use events::{
    BuyLimit, Coordinate, Event, EventAddress, EventOrder, EventType, Geolocation, Lot, Ticket,
};
pub use participants::{DocumentType, Participant, ParticipantStatus, TicketHolder};
pub use tags::Tag;

id! {
    /// Id of an event at Blinket, a UUID: an event with tickets, not one that a webhook delivers.
    BlinketEventId;
    /// Id of a participant of a Blinket event, a UUID. A participant has one ticket.
    AttendanceId;
    /// Number of a ticket at Blinket, as checked at the door.
    InviteKey;
    /// Id of a tag that Blinket participants can have, a UUID.
    AttendanceTagId;
    /// Id of a user of Blinket, a UUID. Whether it is the [`AccountId`](crate::AccountId) is not
    /// documented.
    BlinketUserId;
    /// Id of a kind of ticket to an event of Blinket, a UUID.
    TicketId;
    /// Id of a lot of tickets to an event of Blinket, a UUID.
    LotId;
}
