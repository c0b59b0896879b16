//! `/nutror`: answered from the school, group by group. Its errors have forms and codes of their own (Q56).

pub(super) mod comments;
pub(super) mod courses;
pub(super) mod enrollments;
pub(super) mod modules;
pub(super) mod students;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::call::Call;
use super::problem::{Code, Problem};
use crate::render::json::{Json, object};

/// There is no such thing.
const fn not_found(message: &'static str) -> Problem {
    Problem::nutror(StatusCode::NOT_FOUND, Code::Number(2), message)
}

/// There is no such student (Q57).
fn no_student() -> Problem {
    let code = Code::Number(12);
    Problem::nutror(StatusCode::NOT_FOUND, code, "Usuário não encontrado").listing(None)
}

/// What was sent to comments, students and enrolments does not pass.
fn invalid(cause: Problem) -> Problem {
    let code = Code::Text("0010");
    Problem::nutror(StatusCode::BAD_REQUEST, code, "Dados de entrada inválidos").listing(Some(cause))
}

/// Whether the token is the producer's, whose school it is.
fn is_producers(call: &Call<'_>) -> bool {
    let live = call.running.config.apps.first();
    live.is_some_and(|app| app.owner == call.bearer.account_id)
}

/// Only the producer changes courses and modules.
fn permitted(call: &Call<'_>) -> Result<(), Problem> {
    let refusal = Problem::nutror(
        StatusCode::FORBIDDEN,
        Code::Number(11),
        "Este usuário não tem permissão",
    );
    is_producers(call).then_some(()).ok_or(refusal)
}

/// Only the producer administers enrolments; the status is that for a missing length (Q28).
fn administers(call: &Call<'_>) -> Result<(), Problem> {
    let refusal = || {
        let message = "Sem permissão administrativa para realizar esta ação";
        Problem::nutror(StatusCode::LENGTH_REQUIRED, Code::Number(6), message).listing(None)
    };
    is_producers(call).then_some(()).ok_or_else(refusal)
}

/// The success of a change of courses and modules (Q68).
fn acknowledged(message: &'static str) -> Response {
    object! { "code" => Json::Null, "message" => message }.into_response()
}

/// Puts what was given into its place.
fn set<T>(place: &mut T, given: Option<impl Into<T>>) {
    if let Some(given) = given {
        *place = given.into();
    }
}
