//! `/blinket/v1/attendance-list`: who attends.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use eduzz_types::blinket::DocumentType;

use crate::http::call::Call;
use crate::http::fields::Fields;
use crate::http::problem::Problem;
use crate::render::json::{Json, object};
use crate::state::blinket::{Agenda, NotDone, Participant, Said};
use crate::state::calendar::Moment;

/// The only status that is known.
const STATUS: &str = "presence_confirmed";

/// `GET /blinket/v1/attendance-list/by-event/:id`: newest first.
pub(in crate::http) fn list_participants(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page()?;
    let id = call.parameter();
    let agenda = call.running.agenda();
    agenda.event(&id).ok_or(NotDone::NoEvent)?;
    let mut rows: Vec<&Participant> = agenda.attending(&id).collect();
    rows.reverse();
    Ok(paging.of(&rows, |participant| whole(&agenda, participant)))
}

/// `POST /blinket/v1/attendance-list/add-manually`.
pub(in crate::http) fn add_participant(call: &Call<'_>) -> Result<Response, Problem> {
    let body = call.fields()?;
    let (event, ticket) = (body.needed("eventId")?, body.needed("ticketId")?);
    body.needed("name")?;
    body.needed("email")?;
    let who = said(&body)?;
    let from_stock = body.flag("useStock")?.unwrap_or_default();
    let now = call.running.now();
    let mut agenda = call.running.agenda();
    let added = agenda.add(event, ticket, who, from_stock, now)?;
    let phone = added.holder.phone.as_ref();
    let answer = holder(added, object! { "phoneNumber" => phone }); // Q146
    Ok((StatusCode::CREATED, answer).into_response())
}

/// `PUT /blinket/v1/attendance-list/update-by-invitekey/:id`: what is not given stays as it is (Q149).
pub(in crate::http) fn update_participant(call: &Call<'_>) -> Result<Response, Problem> {
    let said = said(&call.fields()?)?;
    let now = call.running.now();
    let mut agenda = call.running.agenda();
    let changed = agenda.change(&call.parameter(), said, now)?;
    let phone = changed.holder.phone.as_ref();
    Ok(holder(changed, object! { "phone" => phone }).into_response()) // Q146
}

/// `PUT /blinket/v1/attendance-list/check-in`.
pub(in crate::http) fn check_in(call: &Call<'_>) -> Result<Response, Problem> {
    let body = call.fields()?;
    let is_in = body
        .flag("checkin")?
        .ok_or(Problem::invalid("checkin", "is required"))?;
    let attendances = body.objects("attendances")?;
    if attendances.is_empty() {
        return Err(Problem::invalid("attendances", "must be a list of { inviteKey }"));
    }
    let key = |attendance: &Fields| {
        attendance
            .id("inviteKey")?
            .ok_or(Problem::invalid("inviteKey", "is required"))
    };
    let keys = attendances.iter().map(key).collect::<Result<Vec<_>, _>>()?;
    let now = call.running.now();
    call.running.agenda().check_in(&keys, is_in, now)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST /blinket/v1/attendance-list/resend-ticket-email`.
pub(in crate::http) fn resend_ticket_email(call: &Call<'_>) -> Result<Response, Problem> {
    let body = call.fields()?;
    let (event, email) = (body.needed("eventId")?, body.needed("userEmail")?);
    call.running.agenda().mail(event, email)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// What the caller says of a holder.
fn said(body: &Fields) -> Result<Said, Problem> {
    let text = |name| {
        let text = body.text(name)?.map(str::trim);
        match text {
            Some("") => Err(Problem::invalid(name, "must not be empty")),
            text => Ok(text.map(str::to_owned)),
        }
    };
    let document_type = text("documentType")?.map(|text| DocumentType::from(&*text));
    if document_type.as_ref().is_some_and(|kind| !kind.is_known()) {
        return Err(Problem::invalid("documentType", "is none of the known values"));
    }
    Ok(Said {
        name: text("name")?,
        email: body.email("email")?.map(str::to_owned),
        document: text("document")?,
        document_type,
        phone: text("phone")?,
    })
}

/// A participant as the list has them.
fn whole(agenda: &Agenda, participant: &Participant) -> Json {
    let holder = &participant.holder;
    let event = agenda.event(&participant.event);
    let ticket = event.and_then(|event| event.ticket(&participant.ticket));
    let titles = participant
        .tags
        .iter()
        .filter_map(|id| agenda.tag(id))
        .map(|tag| Json::from(&tag.title));
    let bought = participant.purchase.as_ref();
    let buyer = bought.map(|purchase| &purchase.buyer);
    object! {
        "id" => &participant.id,
        "name" => &holder.name,
        "email" => &holder.email,
        "document" => holder.document.as_ref(),
        "documentType" => holder.document_type.as_ref().map(|kind| kind.as_str().to_owned()),
        "phone" => holder.phone.as_ref(),
        "inviteKey" => participant.invite_key.to_string(),
        "status" => STATUS,
        "ticketId" => &participant.ticket,
        "ticketName" => ticket.map(|ticket| ticket.name),
        "checkinDate" => participant.checked_in.map(Moment::spaced), // Q144
        "manuallyCreated" => bought.is_none(),
        "fromSqueeze" => false,
        "eduzzId" => holder.id.to_string(),
        "firstEduzzId" => participant.first_holder.to_string(),
        "invoiceId" => participant.invoice.to_string(),
        "eventId" => &participant.event,
        "createdAt" => participant.created.spaced(),
        "modifiedAt" => participant.modified.spaced(),
        "invoiceCustomerName" => buyer.map(|buyer| &buyer.name),
        "invoiceCustomerEmail" => buyer.map(|buyer| &buyer.email),
        "invoiceCustomerEduzzId" => buyer.map(|buyer| buyer.id.to_string()),
        "invoiceCustomerDocument" => buyer.map(|buyer| &buyer.document),
        "invoiceCreatedAt" => bought.map(|purchase| purchase.created.spaced()),
        "invoicePaidAt" => bought.map(|purchase| purchase.paid.spaced()),
        "invoiceAmount" => bought.map(|purchase| purchase.amount.decimal()), // Q143
        "customFields" => answers(participant),
        "statusDescription" => "Atribuído",
        "tags" => titles.collect::<Vec<_>>(), // Q145
    }
}

/// What a participant answered to the producer's questions.
pub(crate) fn answers(participant: &Participant) -> Json {
    let answers = participant.answers.iter();
    Json::Object(
        answers
            .map(|(question, answer)| (*question, Json::Fixed(answer)))
            .collect(),
    )
}

/// Who holds a ticket, as those calls answer that add and change; the telephone number has another name in each.
fn holder(participant: &Participant, phone: Json) -> Json {
    let holder = &participant.holder;
    object! {
        "id" => &participant.id,
        "inviteKey" => participant.invite_key.to_string(),
        "name" => &holder.name,
        "document" => holder.document.as_ref(),
        "documentType" => holder.document_type.as_ref().map(|kind| kind.as_str().to_owned()),
    }
    .and(phone)
    .and(object! {
        "email" => &holder.email,
        "status" => STATUS,
        "manuallyCreated" => participant.purchase.is_none(),
        "modifiedAt" => participant.modified.plain(),
        "eduzzId" => holder.id.to_string(),
        "invoiceId" => participant.invoice.to_string(),
    })
}
