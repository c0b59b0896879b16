//! `/nutror/v1/comments` and `/nutror/v1/answers`: what is said below the lessons.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{invalid, not_found, set};
use crate::http::call::Call;
use crate::http::problem::Problem;
use crate::render::json::{Json, object};
use crate::state::nutror::{Answer, Comment};

fn no_comment() -> Problem {
    not_found("Comentário não encontrado").listing(None)
}

/// `GET /nutror/v1/comments`: newest first. Of its filters nobody knows the names (Q66).
pub(in crate::http) fn list_comments(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page().map_err(invalid)?;
    let school = call.running.nutror();
    let rows: Vec<&Comment> = school.comments.iter().rev().collect();
    Ok(paging.of(&rows, |said| comment(said)))
}

/// `GET /nutror/v1/comments/:id`.
pub(in crate::http) fn get_comment(call: &Call<'_>) -> Result<Response, Problem> {
    let school = call.running.nutror();
    let said = school.comment(&call.parameter()).ok_or_else(no_comment)?;
    Ok(comment(said).into_response())
}

/// `PATCH /nutror/v1/comments/:id`: what is not sent stays.
pub(in crate::http) fn update_comment(call: &Call<'_>) -> Result<Response, Problem> {
    let fields = call.fields().map_err(invalid)?;
    let flag = |name| fields.flag(name).map_err(invalid);
    let (fixed, approved) = (flag("isFixed")?, flag("isApproved")?);
    let (read, favorite) = (flag("isRead")?, flag("isFavorite")?);
    let mut school = call.running.nutror();
    let said = school.comment_mut(&call.parameter()).ok_or_else(no_comment)?;
    set(&mut said.is_fixed, fixed);
    set(&mut said.is_approved, approved);
    set(&mut said.is_read, read);
    set(&mut said.is_favorite, favorite);
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `DELETE /nutror/v1/comments/:id`.
pub(in crate::http) fn delete_comment(call: &Call<'_>) -> Result<Response, Problem> {
    let deleted = call
        .running
        .nutror()
        .delete_comment(&call.parameter(), call.running.now());
    deleted.ok_or_else(no_comment)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `GET /nutror/v1/comments/:id/answers`: oldest first. What an answer looks like is not documented (Q63).
pub(in crate::http) fn list_comment_answers(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page().map_err(invalid)?;
    let school = call.running.nutror();
    let said = school.comment(&call.parameter()).ok_or_else(no_comment)?;
    Ok(paging.of(&said.answers, |given| answer(said, given)))
}

/// `POST /nutror/v1/comments/:id/answers`: 201, without a body (Q63).
pub(in crate::http) fn answer_comment(call: &Call<'_>) -> Result<Response, Problem> {
    let fields = call.fields().map_err(invalid)?;
    let text = fields.needed("text").map_err(invalid)?;
    let now = call.running.now();
    let answered = call.running.nutror().answer(&call.parameter(), text, now);
    answered.ok_or_else(no_comment)?;
    Ok(StatusCode::CREATED.into_response())
}

/// `DELETE /nutror/v1/answers/:id`.
pub(in crate::http) fn delete_answer(call: &Call<'_>) -> Result<Response, Problem> {
    let deleted = call
        .running
        .nutror()
        .delete_answer(&call.parameter(), call.running.now());
    deleted.ok_or_else(|| not_found("Resposta não encontrada").listing(None))?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn comment(said: &Comment) -> Json {
    object! {
        "id" => said.id,
        "type" => "text",
        "isRead" => said.is_read,
        "author" => &said.author,
        "status" => if said.is_approved { "approved" } else { "inModeration" }, // Q58
        "text" => said.text,
        "lessonId" => said.lesson,
        "createdAt" => said.written.plain(),
        "isFixed" => said.is_fixed,
        "isFavorite" => said.is_favorite,
        "isAnswered" => !said.answers.is_empty(),
    }
}

/// The first three fields are those that the webhook about an answer has.
fn answer(said: &Comment, given: &Answer) -> Json {
    object! {
        "id" => given.id.to_string(),
        "text" => &given.text,
        "parentId" => said.id.to_string(),
        "author" => &given.author,
        "createdAt" => given.written.plain(),
    }
}
