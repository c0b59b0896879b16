//! `/accounts/v1`: the account of the token.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::call::Call;
use crate::problem::Problem;
use crate::render::json::object;

/// `GET /accounts/v1/me`. The `eduzzId` is in the token answer only.
pub(super) fn get_me(call: &Call<'_>) -> Result<Response, Problem> {
    let person = call.running.config.person(&call.bearer.account_id);
    let person = person.ok_or(Problem::new(StatusCode::NOT_FOUND, "the token's account is gone"))?;
    let me = object! { "id" => &person.account_id, "name" => &person.name, "email" => &person.email };
    Ok(me.into_response())
}
