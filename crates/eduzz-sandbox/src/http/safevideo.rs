//! `/safevideo/v1/medias`.

use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use super::call::Call;
use super::problem::Problem;
use crate::render::json::{Json, object};
use crate::state::safevideo::{Library, Media};

const NOT_FOUND: Problem = Problem::new(StatusCode::NOT_FOUND, "Media not found");

/// The pictures that are made of a media, the smallest first.
const RESOLUTIONS: [(u64, u64); 3] = [(640, 360), (1_280, 720), (1_920, 1_080)];

/// `GET /safevideo/v1/medias`: a bare list (Q34), newest first; 404 when there are none (Q153).
pub(super) fn list_medias(call: &Call<'_>) -> Result<Response, Problem> {
    let library = call.running.library();
    if library.medias.is_empty() {
        return Err(Problem::new(StatusCode::NOT_FOUND, "Medias not found"));
    }
    let row = |media: &Media| {
        object! {
            "id" => &media.id,
            "key" => &media.key,
            "title" => &media.title,
            "status" => "encoded",
            "duration" => media.duration,
            "createdAt" => media.created.with_millis(),
            "updatedAt" => media.updated.with_millis(),
            "thumbnail" => format!("https://video.example.com/thumbs/{}.jpg", media.key),
        }
    };
    let rows = library.medias.iter().rev().map(row).collect::<Vec<_>>();
    Ok(Json::from(rows).into_response())
}

/// `GET /safevideo/v1/medias/:id`: a list with one, as the example has it (Q155).
pub(super) fn get_media(call: &Call<'_>) -> Result<Response, Problem> {
    let library = call.running.library();
    let media = library.media(&call.parameter()).ok_or(NOT_FOUND)?;
    Ok(Json::from(vec![whole(&library, media)]).into_response())
}

/// `PUT /safevideo/v1/medias/:id`: what is not given stays as it is (Q149).
pub(super) fn update_media(call: &Call<'_>) -> Result<Response, Problem> {
    let body = call.fields()?;
    let (title, description) = (body.text("title")?, body.text("description")?);
    if title.is_none() && description.is_none() {
        return Err(Problem::invalid("title", "must be a text"));
    }
    let now = call.running.now();
    let mut library = call.running.library();
    let media = library.changing(&call.parameter(), now).ok_or(NOT_FOUND)?;
    if let Some(title) = title {
        title.clone_into(&mut media.title);
    }
    if let Some(description) = description {
        description.clone_into(&mut media.description);
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `DELETE /safevideo/v1/medias/:id`; an id of another form is 400, as documented.
pub(super) fn delete_media(call: &Call<'_>) -> Result<Response, Problem> {
    let id = call.parameter();
    if id.len() != 24 || !id.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(Problem::invalid("id", "must be 24 hexadecimal digits"));
    }
    let was_there = call.running.library().delete(&id);
    was_there
        .then(|| StatusCode::NO_CONTENT.into_response())
        .ok_or(NOT_FOUND)
}

/// `GET /safevideo/v1/medias/:id/embed`.
pub(super) fn get_media_embed(call: &Call<'_>) -> Result<Response, Problem> {
    let library = call.running.library();
    let media = library.media(&call.parameter()).ok_or(NOT_FOUND)?;
    Ok(embed(media).into_response())
}

/// `PUT /safevideo/v1/medias/:id/domains`: 201, and refusals call the field `referrers` (Q156).
pub(super) fn set_media_domains(call: &Call<'_>) -> Result<Response, Problem> {
    let is_address = |text: &String| {
        let address: Option<Uri> = text.parse().ok();
        address.is_some_and(|address| matches!(address.scheme_str(), Some("https" | "http")))
    };
    let domains = call
        .fields()?
        .texts("domains")
        .map_err(|_| Problem::invalid("referrers", "must be an array"))?;
    if domains.is_empty() || !domains.iter().all(is_address) {
        return Err(Problem::invalid("referrers", "must be an array of addresses"));
    }
    let now = call.running.now();
    let mut library = call.running.library();
    let media = library.changing(&call.parameter(), now).ok_or(NOT_FOUND)?;
    media.domains = domains;
    Ok((StatusCode::CREATED, embed(media)).into_response())
}

/// `DELETE /safevideo/v1/medias/:id/domains`.
pub(super) fn remove_media_domains(call: &Call<'_>) -> Result<Response, Problem> {
    let now = call.running.now();
    let mut library = call.running.library();
    let media = library.changing(&call.parameter(), now).ok_or(NOT_FOUND)?;
    media.domains.clear();
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// No link but an element, whose `src` has no quotes (Q150).
fn embed(media: &Media) -> Json {
    let player = format!("https://player.example.com/{}", media.key);
    object! { "link" => format!("<iframe src={player} width=\"100%\" height=\"100%\"></iframe>") }
}

fn whole(library: &Library, media: &Media) -> Json {
    let size = |(width, height)| object! { "width" => width, "height" => height };
    let [.., (width, height)] = RESOLUTIONS;
    object! {
        "source" => object! {
            "filename" => &media.filename,
            "size" => media.size,
            "width" => width,
            "height" => height,
        },
        "id" => &media.id,
        "key" => &media.key,
        "userId" => &library.user,
        "userEmail" => &library.email,
        "title" => &media.title,
        "filename" => &media.filename,
        "status" => "encoded",
        "duration" => media.duration,
        "order" => media.order,
        "tags" => media.tags.iter().copied().map(Json::from).collect::<Vec<_>>(),
        "storage" => "r2",
        "deletedAt" => Json::Null,
        "encoded" => vec![object! {
            "format" => "hls",
            "codec" => "h264",
            "size" => media.size / 4 * 3,
            "resolutions" => RESOLUTIONS.map(size).to_vec(),
        }],
        "createdAt" => media.created.with_millis(),
        "updatedAt" => media.updated.with_millis(),
        "description" => &media.description,
    }
}
