//! `/myeduzz/v2/financial/statement` and `/myeduzz/v1/financial/transfers`: the money.

use std::cmp::Reverse;

use axum::response::Response;

use super::{Call, Json, object};
use crate::problem::Problem;
use crate::state::calendar::Day;
use crate::state::shop::{Entry, Transfer};

/// The statement is empty for a range of more days than this (Q13: "about 12 months").
const MOST_DAYS: i64 = 366;

/// `GET /myeduzz/v2/financial/statement`: what counts last comes first.
pub(in crate::http) fn list_statement(call: &Call<'_>) -> Result<Response, Problem> {
    let (paging, days) = (call.query.page()?, call.query.days()?);
    let shop = call.world.shop();
    let mut rows: Vec<&Entry> = shop
        .entries
        .iter()
        .filter(|entry| days.count() <= MOST_DAYS && days.has(entry.credit)) // Q13
        .filter(|entry| call.query.admits_id("saleId", entry.sale))
        .collect();
    rows.sort_by_key(|entry| Reverse((entry.credit, entry.id)));
    Ok(paging.of(&rows, |entry| statement_entry(entry)))
}

/// `GET /myeduzz/v1/financial/transfers`: newest first, of a range of days if one is named (Q47).
pub(in crate::http) fn list_transfers(call: &Call<'_>) -> Result<Response, Problem> {
    let (paging, days) = (call.query.page()?, call.query.any_days()?);
    let shop = call.world.shop();
    let rows: Vec<&Transfer> = shop
        .transfers
        .iter()
        .rev()
        .filter(|transfer| days.has_day(transfer.requested))
        .collect();
    Ok(paging.of(&rows, |made| transfer(made)))
}

fn statement_entry(entry: &Entry) -> Json {
    object! {
        "id" => entry.id.to_string(),
        "creditDate" => entry.credit.with_millis(),
        "description" => &entry.description,
        "saleId" => entry.sale.map(|id| id.to_string()), // Q48
        "type" => entry.kind.as_ref().map(|kind| kind.as_str().to_owned()), // Q48
        "value" => entry.value,
    }
}

fn transfer(made: &Transfer) -> Json {
    // Q33: bare days.
    object! {
        "id" => made.id.to_string(),
        "value" => made.value,
        "requestedAt" => made.requested.written(),
        "completedAt" => made.completed.map(Day::written),
        "createdAt" => made.requested.written(),
        "status" => made.status.as_str().to_owned(),
        "details" => made.details,
        "bankAccount" => object! { "type" => "checkingAccount", "bankCode" => "000", "agency" => "0001", "account" => "00000-0" },
    }
}
