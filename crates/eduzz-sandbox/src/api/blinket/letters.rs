//! What deliveries say of participants: the same that the API says of them, in the events' words.

use super::participants::custom_fields;
use super::{Call, Json, object};
use crate::world::blinket::{Agenda, Participant};
use crate::world::calendar::Moment;

/// Somebody was added by hand.
pub(super) const ADDED: &str = "blinket.attendance_added";
/// Somebody was checked in, or it was undone: the moment, null or not, is all that tells (Q309).
pub(super) const CHECKED_IN: &str = "blinket.attendance_checkin";
/// Somebody else holds a ticket, or more is known of who does.
pub(super) const EDITED: &str = "blinket.attendance_edited";
/// Somebody got a tag, or lost one.
pub(super) const TAGGED: &str = "blinket.attendance_tag_changed";

/// Tells whoever subscribed to the event what became of these participants.
pub(super) fn tell(call: &Call<'_>, agenda: &Agenda, event: &'static str, of: &[Participant]) {
    let now = call.world.now();
    for participant in of {
        call.world
            .emit_with(event, || data(agenda, event, participant, now));
    }
}

fn data(agenda: &Agenda, name: &str, participant: &Participant, now: Moment) -> Json {
    let owner = &agenda.owner;
    let event = agenda.event(&participant.event);
    let start = object! {
        "producer" => object! { "id" => owner.id.to_string(), "name" => &owner.name, "email" => &owner.email },
        "event" => event.map(|event| object! {
            "id" => &event.id,
            "name" => &event.title,
            "type" => event.kind.as_str().to_owned(),
        }),
    };
    let (ticket, link) = if name == ADDED {
        let kind = event.and_then(|event| event.ticket(&participant.ticket));
        let ticket = kind.map(|kind| object! { "name" => kind.name, "isPaid" => kind.is_paid });
        let link = format!("https://ingressos.example.com/{}", participant.invite_key);
        (object! { "ticket" => ticket }, object! { "checkInLink" => link })
    } else {
        (object! {}, object! {})
    };
    start.and(ticket).and(object! {
        "participant" => self::participant(agenda, participant).and(link),
        "createdAt" => now.with_millis(),
    })
}

fn participant(agenda: &Agenda, participant: &Participant) -> Json {
    let holder = &participant.holder;
    let tags = participant.tags.iter().filter_map(|id| agenda.tag(id));
    let tags = tags.map(|tag| object! { "id" => &tag.id, "title" => &tag.title, "color" => &tag.color });
    object! {
        "id" => &participant.id,
        "inviteKey" => participant.invite_key.to_string(),
        "name" => &holder.name,
        "email" => &holder.email,
        "phone" => holder.phone.as_ref().map(|phone| format!("+55{phone}")),
        "document" => object! {
            "type" => holder.document_type.as_ref().map(|kind| kind.as_str().to_owned()),
            "number" => holder.document.as_ref(),
        },
        "status" => "paid",
        "assigned" => true,
        "manuallyCreated" => participant.purchase.is_none(),
        "checkInAt" => participant.checked_in.map(Moment::with_millis),
        "tags" => tags.collect::<Vec<_>>(),
        "customFields" => custom_fields(participant),
    }
}
