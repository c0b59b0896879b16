//! Blinket: who attends.

use super::producer;
use crate::http::blinket::participants::answers;
use crate::render::json::{Json, object};
use crate::state::blinket::{Agenda, Change, News, Participant};
use crate::state::calendar::Moment;
use crate::state::shop::Producer;

/// The full name of the event.
pub(crate) fn event(news: &News) -> &'static str {
    match news.what {
        Change::Added => "blinket.attendance_added",
        Change::Assigned => "blinket.attendance_assigned",
        Change::Canceled => "blinket.attendance_canceled",
        Change::CheckedIn => "blinket.attendance_checkin",
        Change::Edited => "blinket.attendance_edited",
        Change::Tagged => "blinket.attendance_tag_changed",
    }
}

/// The data of the event.
pub(crate) fn data(agenda: &Agenda, of: &Producer, news: &News) -> Json {
    let event = agenda.event(&news.who.event);
    let mut data = object! {
        "producer" => producer(of),
        "event" => event.map(|event| object! {
            "id" => &event.id, "name" => &event.title, "type" => event.kind.as_str().to_owned(),
        }),
    };
    let mut who = participant(agenda, news);
    if news.what == Change::Added {
        data = data.and(bought(agenda, &news.who));
        let link = format!("https://ingressos.example.com/confirmar/{}", news.who.invite_key);
        who = who.and(object! { "checkInLink" => link });
    }
    data.and(object! { "participant" => who, "createdAt" => news.at.with_millis() })
}

/// The ticket, its lot, and who bought it: who was added by hand bought nothing, and is named as the buyer.
fn bought(agenda: &Agenda, who: &Participant) -> Json {
    let ticket = agenda
        .event(&who.event)
        .and_then(|event| event.ticket(&who.ticket));
    let purchase = who.purchase.as_ref();
    let lot = ticket.and_then(|ticket| {
        let product = purchase?.product;
        ticket.lots.iter().find(|lot| lot.product == product)
    });
    let buyer = purchase.map(|purchase| &purchase.buyer);
    object! {
        "ticket" => ticket.map(|ticket| object! { "name" => ticket.name, "isPaid" => ticket.is_paid }),
        "batch" => lot.map(|lot| object! {
            "contentId" => lot.product.to_string(), "name" => lot.name, "price" => lot.value,
        }),
        "buyer" => buyer.map_or_else(
            || object! {
                "id" => who.holder.id.to_string(),
                "name" => &who.holder.name,
                "email" => &who.holder.email,
                "phone" => phone(who.holder.phone.as_deref()),
            },
            |buyer| object! {
                "id" => buyer.id.to_string(),
                "name" => &buyer.name,
                "email" => &buyer.email,
                "phone" => phone(Some(&buyer.flat_phone())),
            },
        ),
    }
}

/// A cancelled ticket tells less.
fn participant(agenda: &Agenda, news: &News) -> Json {
    let who = &news.who;
    let tags = who
        .tags
        .iter()
        .filter_map(|id| agenda.tag(id))
        .map(|tag| object! { "id" => &tag.id, "title" => &tag.title, "color" => &tag.color });
    let is_canceled = news.what == Change::Canceled;
    let mut data = object! {
        "id" => &who.id,
        "inviteKey" => who.invite_key.to_string(),
        "name" => &who.holder.name,
        "email" => &who.holder.email,
        "phone" => phone(who.holder.phone.as_deref()),
    };
    if !is_canceled {
        let kind = who
            .holder
            .document_type
            .as_ref()
            .map(|kind| kind.as_str().to_owned());
        data = data.and(object! {
            "document" => who.holder.document.as_ref().map(|number| object! { "type" => kind, "number" => number }),
        });
    }
    data = data.and(object! { "status" => if is_canceled { "canceled" } else { "paid" } });
    if !is_canceled {
        // The API calls everybody's ticket assigned.
        data = data.and(object! { "assigned" => true });
    }
    data = data.and(object! { "manuallyCreated" => who.purchase.is_none() });
    if !is_canceled {
        data = data.and(object! { "checkInAt" => who.checked_in.map(Moment::with_millis) });
    }
    data.and(object! {
        "tags" => tags.collect::<Vec<_>>(), "customFields" => answers(who),
    })
}

/// As deliveries write it; what a caller wrote with a plus sign stays.
fn phone(text: Option<&str>) -> Option<String> {
    let text = text?;
    Some(if text.starts_with('+') {
        text.to_owned()
    } else {
        format!("+55{text}")
    })
}
