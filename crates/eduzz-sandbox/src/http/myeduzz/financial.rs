//! `/myeduzz/v2/financial/statement`, `/myeduzz/v1/financial/transfers` and the fiscal documents.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use eduzz_types::myeduzz::FiscalDocumentStatus;

use super::not_found;
use crate::http::call::Call;
use crate::problem::Problem;
use crate::render::json::object;
use crate::render::{financial, lists};
use crate::state::shop::FiscalKind;

/// The statement is empty for a range of more days than this (Q13: "about 12 months").
const MOST_DAYS: i64 = 366;

/// `GET /myeduzz/v2/financial/statement`: latest credit first.
pub(in crate::http) fn list_statement(call: &Call<'_>) -> Result<Response, Problem> {
    let (paging, days) = (call.query.page()?, call.query.days()?);
    let shop = call.shown();
    // Q13
    let rows = match days.count() {
        ..=MOST_DAYS => lists::entries(&shop, days.moments()),
        _ => Vec::new(),
    };
    let rows = rows.into_iter();
    let rows = rows.filter(|entry| call.query.admits_id("saleId", entry.sale(&shop)));
    Ok(paging.of(rows, |entry| entry.row(&shop)))
}

/// `GET /myeduzz/v1/financial/transfers`: newest first, of a range of days if one is named (Q47).
pub(in crate::http) fn list_transfers(call: &Call<'_>) -> Result<Response, Problem> {
    let (paging, days) = (call.query.page()?, call.query.any_days()?);
    let shop = call.shown();
    let newest_first = shop.transfers.iter().rev();
    let rows = newest_first.filter(|transfer| days.has_day(transfer.requested));
    Ok(paging.of(rows, |made| financial::transfer(&shop, made)))
}

/// `GET /myeduzz/v1/financial/{affiliate|buyer}/fiscal-documents`: newest first. The names of the
/// filters are unknown (Q52).
pub(in crate::http) fn list_fiscal_documents(call: &Call<'_>, kind: FiscalKind) -> Result<Response, Problem> {
    let paging = call.query.page()?;
    let shop = call.shown();
    Ok(paging.of(lists::documents(&shop, kind), |(document, sale)| {
        financial::fiscal_document(&shop, document, sale)
    }))
}

/// `PATCH /myeduzz/v1/financial/{affiliate|buyer}/fiscal-documents/:id/change-status`.
pub(in crate::http) fn change_fiscal_document_status(
    call: &Call<'_>,
    kind: FiscalKind,
) -> Result<Response, Problem> {
    let body = call.object()?;
    let status = body.get("status").and_then(serde_json::Value::as_str);
    let status = status.map(FiscalDocumentStatus::from);
    let status = status.filter(FiscalDocumentStatus::is_known);
    let status = status.ok_or(Problem::invalid("status", "is not one of the known values"))?;
    let mut shop = call.shop();
    let updated = shop.change_document(kind, &call.parameter(), status);
    let updated = updated.ok_or(not_found("Fiscal document not found."))?;
    Ok((StatusCode::OK, object! { "updated" => updated }).into_response())
}
