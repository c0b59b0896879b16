//! `/myeduzz`, group by group as the documentation has them.

pub(super) mod customers;
pub(super) mod financial;
pub(super) mod products;
pub(super) mod sales;
pub(super) mod subscriptions;

use axum::http::StatusCode;

use crate::problem::Problem;

const fn not_found(message: &'static str) -> Problem {
    Problem::bare(StatusCode::NOT_FOUND, message)
}
