//! `/myeduzz/v1/sales`: the sales, their sums and their chargebacks.

use axum::response::{IntoResponse, Response};
use eduzz_types::myeduzz::{ChargebackStatus, SaleReferenceDate, SaleStatus};

use super::not_found;
use crate::http::call::Call;
use crate::problem::Problem;
use crate::render::{lists, sales};
use crate::state::shop::{Sale, Shop};

/// `GET /myeduzz/v1/sales`: newest first by creation.
pub(in crate::http) fn list_sales(call: &Call<'_>) -> Result<Response, Problem> {
    let paging = call.query.page()?;
    let known = |text: &str| Some(SaleReferenceDate::from(text)).filter(SaleReferenceDate::is_known);
    let reference = call.query.word("referenceDate", known)?;
    let shop = call.shown();
    let rows = asked_for(call, &shop, &reference.unwrap_or(SaleReferenceDate::CreatedAt))?;
    let rows = rows
        .into_iter()
        .filter(|sale| call.query.admits_text("buyerEmail", &sale.buyer.email))
        .filter(|sale| call.query.admits_text("buyerDocument", &sale.buyer.document));
    Ok(paging.of(rows, |made| sales::sale(&shop, made)))
}

/// `GET /myeduzz/v1/sales/:id`.
pub(in crate::http) fn get_sale(call: &Call<'_>) -> Result<Response, Problem> {
    let shop = call.shown();
    let made = call.parameter().parse().ok().and_then(|id| shop.sale(id));
    let made = made.ok_or(not_found("Sale not found."))?;
    Ok(sales::details(&shop, made).into_response())
}

/// `GET /myeduzz/v1/sales/summary`: the sums over the list with the same filters.
pub(in crate::http) fn get_sales_summary(call: &Call<'_>) -> Result<Response, Problem> {
    let shop = call.shown();
    let rows = asked_for(call, &shop, &SaleReferenceDate::CreatedAt)?;
    Ok(sales::summary(&rows).into_response())
}

/// `GET /myeduzz/v1/sales/chargebacks`: by the day of the request.
pub(in crate::http) fn list_chargebacks(call: &Call<'_>) -> Result<Response, Problem> {
    let (paging, days) = (call.query.page()?, call.query.days()?);
    let known = |text: &str| Some(ChargebackStatus::from(text)).filter(ChargebackStatus::is_known);
    let status = call.query.word("chargebackStatus", known)?;
    let shop = call.shown();
    let rows = lists::chargebacks(&shop)
        .filter(|(_, chargeback)| days.has(chargeback.requested))
        .filter(|(_, chargeback)| status.as_ref().is_none_or(|status| chargeback.status == *status))
        .filter(|(sale, _)| call.query.admits_id("id", Some(sale.id)))
        .filter(|(sale, _)| call.query.admits_text("buyerEmail", &sale.buyer.email));
    Ok(paging.of(rows, |(sale, chargeback)| {
        sales::chargeback(&shop, sale, chargeback)
    }))
}

/// The sales of the list and of the summary, newest first.
fn asked_for<'a>(
    call: &Call<'_>,
    shop: &'a Shop,
    reference: &SaleReferenceDate,
) -> Result<Vec<&'a Sale>, Problem> {
    let days = call.query.days()?;
    let known = |text: &str| Some(SaleStatus::from(text)).filter(SaleStatus::is_known); // Q29
    let status = call.query.word("status", known)?; // Q15
    let affiliate = |sale: &Sale| sale.affiliate.as_ref().map(|(affiliate, _)| affiliate.id);
    let newest_first = shop.sales.iter().rev();
    Ok(newest_first
        .filter(|sale| sale.reference(reference).is_some_and(|moment| days.has(moment)))
        .filter(|sale| status.as_ref().is_none_or(|status| sale.status == *status))
        .filter(|sale| call.query.admits_id("contractId", sale.subscription))
        .filter(|sale| call.query.admits_id("productId", Some(sale.product.id)))
        .filter(|sale| call.query.admits_id("affiliateId", affiliate(sale)))
        .collect())
}
