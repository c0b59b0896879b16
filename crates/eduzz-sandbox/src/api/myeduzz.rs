//! `/myeduzz`: answered from the shop, group by group as the documentation has them.

pub(super) mod affiliates;
pub(super) mod customers;
pub(super) mod financial;
pub(super) mod fiscal_documents;
pub(super) mod products;
pub(super) mod sales;
pub(super) mod subscriptions;

use axum::http::StatusCode;

use super::Call;
use super::json::{Json, object};
use crate::problem::Problem;
use crate::world::shop::Human;

const fn not_found(message: &'static str) -> Problem {
    Problem::bare(StatusCode::NOT_FOUND, message)
}

/// A telephone number in its parts, as customers and subscriptions have it.
fn phone(human: &Human) -> Json {
    object! { "countryCode" => "55", "areaCode" => human.area_code, "number" => &human.phone }
}

/// The word of an enum as the live service was seen to spell it: `waitingPayment`, not `waiting_payment` (Q29).
fn camel(word: &str) -> String {
    let mut spelled = String::with_capacity(word.len());
    let mut upper = false;
    for letter in word.chars() {
        match letter {
            '_' => upper = true,
            letter if upper => {
                spelled.push(letter.to_ascii_uppercase());
                upper = false;
            }
            letter => spelled.push(letter),
        }
    }
    spelled
}
