//! `/nutror/v1/enrollments`: what a student has access to is blocked, extended, opened and taken away.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use eduzz_types::DateTime;

use super::{administers, invalid, no_student, not_found};
use crate::http::call::Call;
use crate::http::fields::Fields;
use crate::http::problem::{Code, Problem};
use crate::state::calendar::{Day, Moment};
use crate::state::nutror::Enrollment;

fn no_enrollment() -> Problem {
    not_found("Matrícula não encontrada").listing(None)
}

/// `PUT /nutror/v1/enrollments/:id/block`: 201, without a body; what is blocked stays so.
pub(in crate::http) fn block_enrollment(call: &Call<'_>) -> Result<Response, Problem> {
    administers(call)?;
    let mut school = call.running.nutror();
    let enrollment = school
        .enrollment_mut(&call.parameter())
        .ok_or_else(no_enrollment)?;
    enrollment.is_blocked = true;
    Ok(StatusCode::CREATED.into_response())
}

/// `PUT /nutror/v1/enrollments/:id/extend-access`.
pub(in crate::http) fn extend_access(call: &Call<'_>) -> Result<Response, Problem> {
    administers(call)?;
    let end = call.fields().and_then(|fields| end(&fields)).map_err(invalid)?;
    open(call, |enrollment| enrollment.ends = Some(end))
}

/// `PUT /nutror/v1/enrollments/:id/release-modules`.
pub(in crate::http) fn release_modules(call: &Call<'_>) -> Result<Response, Problem> {
    administers(call)?;
    open(call, |enrollment| enrollment.all_modules_released = Some(true))
}

/// `DELETE /nutror/v1/enrollments/:id`.
pub(in crate::http) fn delete_enrollment(call: &Call<'_>) -> Result<Response, Problem> {
    administers(call)?;
    let deleted = call.running.nutror().delete_enrollment(&call.parameter());
    deleted.ok_or_else(no_enrollment)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Changes an enrolment that is not blocked. One that is not there is called a student that is not there (Q57).
fn open(call: &Call<'_>, change: impl FnOnce(&mut Enrollment)) -> Result<Response, Problem> {
    let mut school = call.running.nutror();
    let enrollment = school.enrollment_mut(&call.parameter()).ok_or_else(no_student)?;
    if enrollment.is_blocked {
        let code = Code::Number(91);
        let message = "Não é possível realizar esta ação: a matrícula está bloqueada";
        return Err(Problem::nutror(StatusCode::CONFLICT, code, message).listing(None));
    }
    change(enrollment);
    Ok(StatusCode::CREATED.into_response())
}

/// The new end, under either of its names (Q65): a moment, or a day, to its end.
fn end(fields: &Fields) -> Result<Moment, Problem> {
    let text = match fields.text("expiredAt")? {
        Some(text) => text,
        None => fields.needed("expireAt")?,
    };
    let day = Day::read(text).map(|day| day.plus(1).at(-1));
    let moment = || DateTime::from_text(text).timestamp().ok().map(Moment::from);
    day.or_else(moment).ok_or(Problem::invalid(
        "expiredAt",
        "must be a day, or a moment with its zone",
    ))
}
