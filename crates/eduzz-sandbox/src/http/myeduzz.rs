//! `/myeduzz`: answered from the shop, group by group as the documentation has them.

pub(super) mod affiliates;
pub(super) mod customers;
pub(super) mod financial;
pub(super) mod fiscal_documents;
pub(super) mod products;
pub(crate) mod sales;
pub(super) mod subscriptions;

use axum::http::StatusCode;

use super::Call;
use super::json::{Json, camel, object};
use crate::problem::Problem;
use crate::state::shop::Human;

const fn not_found(message: &'static str) -> Problem {
    Problem::bare(StatusCode::NOT_FOUND, message)
}

/// A telephone number in its parts, as customers and subscriptions have it.
fn phone(human: &Human) -> Json {
    object! { "countryCode" => "55", "areaCode" => human.area_code, "number" => &human.phone }
}
