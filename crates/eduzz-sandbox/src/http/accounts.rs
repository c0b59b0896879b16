//! `/accounts/v1`: who the token speaks for.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::call::Call;
use super::problem::Problem;

/// `GET /accounts/v1/me`. It does not give the `eduzzId`; only the token answer does.
pub(super) fn get_me(call: &Call<'_>) -> Result<Response, Problem> {
    #[derive(Serialize)]
    struct Me<'a> {
        id: &'a str,
        name: &'a str,
        email: &'a str,
    }

    let person = call.running.config.person(&call.bearer.account_id);
    let person = person.ok_or(Problem::new(StatusCode::NOT_FOUND, "the token's account is gone"))?;
    Ok(Json(Me {
        id: &person.account_id,
        name: &person.name,
        email: &person.email,
    })
    .into_response())
}
