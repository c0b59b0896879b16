//! Blinket: events with their tickets, the people who attend, and the tags that they carry.

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
