//! `/blinket/v1/events`.

use axum::response::{IntoResponse, Response};
use eduzz_types::blinket::{EventOrder, EventType};

use crate::http::call::Call;
use crate::http::problem::Problem;
use crate::render::json::{Json, object};
use crate::state::blinket::{Agenda, Event, Lot, NotDone, Place, Ticket};
use crate::state::calendar::Moment;

/// `GET /blinket/v1/events`: ordered by their beginning, the last first when nobody says.
pub(in crate::http) fn list_events(call: &Call<'_>) -> Result<Response, Problem> {
    let query = &call.query;
    let (paging, moments) = (query.page()?, query.moments()?);
    let order = query.word("order", |text| {
        Some(EventOrder::from(text)).filter(EventOrder::is_known)
    })?;
    let kind = query.word("type", |text| {
        Some(EventType::from(text)).filter(EventType::is_known)
    })?;
    let search = query.text("search").map(str::to_lowercase);
    let found = |text: &str| {
        search
            .as_deref()
            .is_none_or(|search| text.to_lowercase().contains(search))
    };
    let now = call.running.now();
    let agenda = call.running.agenda();
    let asked_for = |event: &&Event| {
        moments.has(event.starts)
            && kind.as_ref().is_none_or(|kind| event.kind == *kind)
            && (found(&event.title) || found(event.description))
    };
    let mut rows: Vec<&Event> = agenda.events.iter().filter(asked_for).collect();
    rows.sort_by_key(|event| event.starts);
    if order != Some(EventOrder::Asc) {
        rows.reverse();
    }
    Ok(paging.of(&rows, |event| before(&agenda, event, now).and(after(event))))
}

/// `GET /blinket/v1/events/:id`.
pub(in crate::http) fn get_event(call: &Call<'_>) -> Result<Response, Problem> {
    let now = call.running.now();
    let agenda = call.running.agenda();
    let event = agenda.event(&call.parameter()).ok_or(NotDone::NoEvent)?;
    let tickets = event.tickets.iter().map(|kind| ticket(event, kind, now));
    let tickets = object! { "tickets" => tickets.collect::<Vec<_>>() };
    Ok(before(&agenda, event, now)
        .and(tickets)
        .and(after(event))
        .into_response())
}

/// What stands before the tickets.
fn before(agenda: &Agenda, event: &Event, now: Moment) -> Json {
    object! {
        "id" => &event.id,
        "userId" => &agenda.user,
        "type" => event.kind.as_str().to_owned(),
        "title" => &event.title,
        "description" => event.description,
        "saleUrl" => &event.slug, // Q140
        "streamUrl" => event.stream.as_ref(),
        "reserveTime" => event.tickets.iter().any(|ticket| ticket.is_paid).then_some(15_u64),
        "transmissionLinks" => event.stream.iter().map(Json::from).collect::<Vec<_>>(),
        "isLive" => event.kind == EventType::Live && event.starts <= now && !event.is_over(now),
        "files" => Vec::<Json>::new(),
        "activePrecheckout" => false,
        "imageUrl" => format!("https://img.example.com/{}.png", event.id),
    }
}

/// What stands behind the tickets.
fn after(event: &Event) -> Json {
    object! {
        "startAt" => event.starts.plain(),
        "endAt" => event.ends.plain(),
        "createdAt" => event.created.plain(),
        "modifiedAt" => event.modified.plain(),
        "address" => event.place.map(address),
    }
}

fn address(place: &Place) -> Json {
    let at = format!("{},{}", place.latitude, place.longitude);
    object! {
        "place" => place.name,
        "country" => "Brasil",
        "state" => place.state,
        "city" => place.city,
        "district" => place.district,
        "street" => place.street,
        "complement" => Json::Null,
        "number" => place.number,
        "zip" => place.zip,
        "reference" => place.reference,
        "geolocation" => object! { "latitude" => place.latitude, "longitude" => place.longitude }, // Q141
        "mapUrl" => format!("https://mapas.example.com/?q={at}"),
    }
}

fn ticket(event: &Event, ticket: &Ticket, now: Moment) -> Json {
    let lots = ticket.lots.iter().map(|kind| lot(event, ticket, kind, now));
    let product = ticket.lots.first().map(|lot| lot.product.to_string());
    object! {
        "id" => &ticket.id,
        "eventId" => &event.id,
        "name" => ticket.name,
        "isPaid" => ticket.is_paid,
        "showOnPage" => ticket.is_shown,
        "buyLimit" => ticket.buy_limit, // Q142
        "buyMinimum" => 1_u64,
        "isUnlimited" => ticket.is_unlimited(),
        "isActive" => !event.is_over(now),
        "lots" => lots.collect::<Vec<_>>(),
        "createdAt" => event.created.plain(),
        "modifiedAt" => event.created.plain(),
        "eduzzProductId" => product,
    }
}

fn lot(event: &Event, ticket: &Ticket, lot: &Lot, now: Moment) -> Json {
    object! {
        "id" => &lot.id,
        "ticketId" => &ticket.id,
        "name" => lot.name,
        "quantity" => lot.quantity,
        "value" => lot.value.decimal(), // Q143
        "isActive" => lot.is_sold_at(now),
        "startSaleAt" => lot.from.plain(),
        "endSaleAt" => lot.until.plain(),
        "createdAt" => event.created.plain(),
        "modifiedAt" => event.created.plain(),
        "eduzzProductId" => lot.product.to_string(),
    }
}
