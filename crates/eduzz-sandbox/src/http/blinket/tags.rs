//! `/blinket/v1/attendance-tags`: the tags, and who carries them.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::http::call::Call;
use crate::http::fields::Fields;
use crate::http::problem::Problem;
use crate::render::json::{Json, object};
use crate::state::blinket::{NotDone, Tag};

/// `GET /blinket/v1/attendance-tags`: newest first.
pub(in crate::http) fn list_tags(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page()?;
    let agenda = call.running.agenda();
    let rows: Vec<&Tag> = agenda.tags.iter().rev().collect();
    Ok(paging.of(&rows, |tag| written(tag)))
}

/// `POST /blinket/v1/attendance-tags`.
pub(in crate::http) fn create_tag(call: &Call<'_>) -> Result<Response, Problem> {
    let body = call.fields()?;
    let title = body.needed("title")?;
    let color = color(&body)?.ok_or(Problem::invalid("color", "is required"))?;
    let made = call.running.agenda().make_tag(title, color, call.running.now());
    Ok((StatusCode::CREATED, written(&made)).into_response())
}

/// `PUT /blinket/v1/attendance-tags/:id`: what is not given stays as it is (Q149).
pub(in crate::http) fn update_tag(call: &Call<'_>) -> Result<Response, Problem> {
    let body = call.fields()?;
    let title = body.text("title")?.map(str::trim);
    let color = color(&body)?;
    match (title, color) {
        (None, None) => return Err(Problem::invalid("title", "title or color is required")),
        (Some(""), _) => return Err(Problem::invalid("title", "must not be empty")),
        _ => {}
    }
    let now = call.running.now();
    let mut agenda = call.running.agenda();
    let changed = agenda.change_tag(&call.parameter(), title, color, now)?;
    Ok(written(changed).into_response())
}

/// `DELETE /blinket/v1/attendance-tags/:id`.
pub(in crate::http) fn delete_tag(call: &Call<'_>) -> Result<Response, Problem> {
    let now = call.running.now();
    call.running.agenda().delete_tag(&call.parameter(), now)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `GET /blinket/v1/attendance-tags/:id/attendance-list`: in the order of their coming.
pub(in crate::http) fn list_tagged_participants(call: &Call<'_>) -> Result<Response, Problem> {
    let id = call.parameter();
    let agenda = call.running.agenda();
    agenda.tag(&id).ok_or(NotDone::NoTag)?;
    let carrying = agenda
        .participants
        .iter()
        .filter(|participant| participant.tags.contains(&id));
    let carrying: Vec<Json> = carrying.map(|participant| Json::from(&participant.id)).collect();
    Ok(object! { "items" => carrying }.into_response())
}

/// `POST /blinket/v1/attendance-tags/:id/attendance-list`: who carries the tag already, goes on to.
pub(in crate::http) fn tag_participants(call: &Call<'_>) -> Result<Response, Problem> {
    mark(call, true)
}

/// `DELETE /blinket/v1/attendance-tags/:id/attendance-list`, with a body (Q154).
pub(in crate::http) fn untag_participants(call: &Call<'_>) -> Result<Response, Problem> {
    mark(call, false)
}

fn mark(call: &Call<'_>, carry: bool) -> Result<Response, Problem> {
    let ids = call.fields()?.texts("attendanceIds")?;
    if ids.is_empty() {
        return Err(Problem::invalid("attendanceIds", "must be a list of ids"));
    }
    let now = call.running.now();
    call.running.agenda().mark(&call.parameter(), &ids, carry, now)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A hexadecimal colour, with or without its opacity.
fn color(body: &Fields) -> Result<Option<&str>, Problem> {
    let is_color = |text: &str| {
        let digits = text.strip_prefix('#').unwrap_or_default();
        matches!(digits.len(), 6 | 8) && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
    };
    match body.text("color")? {
        Some(text) if !is_color(text) => Err(Problem::invalid("color", "must be a hexadecimal color")),
        color => Ok(color),
    }
}

fn written(tag: &Tag) -> Json {
    object! {
        "id" => &tag.id,
        "title" => &tag.title,
        "color" => &tag.color,
        "createdAt" => tag.created.plain(),
        "modifiedAt" => tag.modified.plain(),
    }
}
