//! Blinket: events, participants, and tags.

mod add_participant;
mod check_in;
mod create_tag;
mod delete_tag;
mod get_event;
mod list_events;
mod list_participants;
mod list_tagged_participants;
mod list_tags;
mod resend_ticket_email;
mod tag_participants;
mod untag_participants;
mod update_participant;
mod update_tag;

pub use add_participant::AddParticipant;
pub use check_in::CheckIn;
pub use create_tag::CreateTag;
pub use delete_tag::DeleteTag;
pub use get_event::GetEvent;
pub use list_events::ListEvents;
pub use list_participants::ListParticipants;
pub use list_tagged_participants::ListTaggedParticipants;
pub use list_tags::ListTags;
pub use resend_ticket_email::ResendTicketEmail;
pub use tag_participants::TagParticipants;
pub use untag_participants::UntagParticipants;
pub use update_participant::UpdateParticipant;
pub use update_tag::UpdateTag;
