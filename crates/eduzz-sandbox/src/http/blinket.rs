//! `/blinket`: answered from the events, group by group as the documentation has them.

pub(super) mod events;
pub(crate) mod participants;
pub(super) mod tags;

use axum::http::StatusCode;

use super::problem::Problem;
use crate::state::blinket::NotDone;

impl From<NotDone> for Problem {
    fn from(reason: NotDone) -> Self {
        let not_found = |what| Self::new(StatusCode::NOT_FOUND, what);
        let refused = |what| Self::new(StatusCode::UNPROCESSABLE_ENTITY, what);
        match reason {
            NotDone::NoEvent => not_found("Event not found"),
            NotDone::NoTicket => not_found("Ticket not found"),
            NotDone::NoTag => not_found("Tag not found"),
            NotDone::NoParticipant => not_found("Attendance not found"),
            NotDone::Closed => refused("Event is closed"),
            NotDone::SoldOut => refused("No ticket is left"),
        }
    }
}
