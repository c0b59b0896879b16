//! `/myeduzz/v1/subscriptions`: the subscriptions, their invoices, and the calls that change them.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use eduzz_types::myeduzz::{DueDateDay, DueDateMotive, SubscriptionDateFilter};
use serde_json::Value;

use super::not_found;
use crate::http::call::Call;
use crate::problem::Problem;
use crate::render::json::object;
use crate::render::{lists, subscriptions};
use crate::resources;
use crate::state::shop::{CannotChange, Subscription};

const NOT_FOUND: Problem = not_found("Subscription not found.");

/// `GET /myeduzz/v1/subscriptions`: newest first.
pub(in crate::http) fn list_subscriptions(call: &Call<'_>) -> Result<Response, Problem> {
    let (paging, days) = (call.query.page()?, call.query.days()?);
    let known =
        |text: &str| Some(SubscriptionDateFilter::from(text)).filter(SubscriptionDateFilter::is_known);
    let by = call
        .query
        .word("filterBy", known)?
        .ok_or(Problem::invalid("filterBy", "is required"))?;
    let shop = call.shown();
    let asked_for = |subscription: &&Subscription| match by {
        SubscriptionDateFilter::Update => days.has(subscription.updated.unwrap_or(subscription.created)),
        _ => days.has(subscription.created),
    };
    let rows = lists::subscriptions(&shop).into_iter().filter(asked_for);
    Ok(paging.of(rows, |subscription| subscriptions::whole(&shop, subscription)))
}

/// `GET /myeduzz/v1/subscriptions/:id`.
pub(in crate::http) fn get_subscription(call: &Call<'_>) -> Result<Response, Problem> {
    let shop = call.shown();
    let subscription = shop.subscription(&call.parameter()).ok_or(NOT_FOUND)?;
    Ok(subscriptions::whole(&shop, subscription).into_response())
}

/// `GET /myeduzz/v1/subscriptions/:id/invoices`: `{ items }` (Q34), oldest first.
pub(in crate::http) fn list_subscription_invoices(call: &Call<'_>) -> Result<Response, Problem> {
    let shop = call.shown();
    let subscription = shop.subscription(&call.parameter()).ok_or(NOT_FOUND)?;
    let invoices = shop.charges(subscription.id);
    let invoices = invoices.map(|sale| subscriptions::invoice(&shop, sale));
    Ok(object! { "items" => invoices.collect::<Vec<_>>() }.into_response())
}

/// `GET /myeduzz/v1/subscriptions/customers/:email`: a customer who has subscriptions, with all of
/// them.
pub(in crate::http) fn list_customer_subscriptions(call: &Call<'_>) -> Result<Response, Problem> {
    let email = call.parameter();
    let shop = call.shown();
    let customer = shop.customer(&email).ok_or(not_found("Customer not found."))?;
    Ok(subscriptions::of_customer(&shop, customer).into_response())
}

/// `PUT /myeduzz/v1/subscriptions/:id/recurring-date`: the service asks the customer; here the day
/// changes at once.
pub(in crate::http) fn set_recurring_date(call: &Call<'_>) -> Result<Response, Problem> {
    let body = call.object()?;
    let text = |name| body.get(name).and_then(Value::as_str);
    let day = text("dueDateDay").map(DueDateDay::from);
    let day = day.filter(DueDateDay::is_known);
    let day = day.and_then(|day| day.as_str().parse().ok());
    let day = day.ok_or(Problem::invalid("dueDateDay", "is not one of the known values"))?;
    // The literal text is the key: case and blanks count.
    let motive = text("motive").filter(|text| {
        let motive = DueDateMotive::from(*text);
        motive.is_known() && motive.as_str() == *text
    });
    motive.ok_or(Problem::invalid("motive", "is not one of the known values"))?;
    let now = call.running.now();
    let changed = call.shop().charge_on(&call.parameter(), day, now);
    changed.map_err(|error| refusal(error, "The subscription has ended."))?;
    Ok(object! { "message" => "Pedido de mudança enviado." }.into_response())
}

/// `POST /myeduzz/v1/subscriptions/bulk-cancel`: the service does it later; here it is done at
/// once.
pub(in crate::http) fn bulk_cancel_subscriptions(call: &Call<'_>) -> Result<Response, Problem> {
    let body = call.object()?;
    let ids = body.get("subscriptions").and_then(Value::as_array);
    let ids = ids.filter(|ids| !ids.is_empty());
    let ids: Option<Vec<String>> = ids.and_then(|ids| ids.iter().map(resources::id).collect());
    let ids = ids.ok_or(Problem::invalid("subscriptions", "must be a list of ids"))?;
    let reason = body.get("cancelReason").and_then(Value::as_str);
    let reason = reason.ok_or(Problem::invalid("cancelReason", "is required"))?;
    let person = call.running.config.person(&call.bearer.account_id);
    let responsible = person.map_or("API", |person| person.name.as_str());
    let now = call.running.now();
    let cancelled = call.shop().cancel(&ids, reason, responsible, now);
    cancelled.map_err(|error| refusal(error, "The subscription has ended."))?;
    let body = object! { "message" => "Cancelamento recebido, em processamento." };
    Ok((StatusCode::ACCEPTED, body).into_response())
}

/// `POST /myeduzz/v1/subscriptions/:id/reactivate`: the service does it later; here it is done at
/// once.
pub(in crate::http) fn reactivate_subscription(call: &Call<'_>) -> Result<Response, Problem> {
    let now = call.running.now();
    let back = call.shop().reactivate(&call.parameter(), now);
    back.map_err(|error| refusal(error, "The subscription is not canceled."))?;
    Ok(object! { "message" => "Reativação recebida, em processamento." }.into_response())
}

/// `PUT /myeduzz/v1/subscriptions/:id/send-card-change-email`: 202 with an empty object (Q54).
pub(in crate::http) fn send_card_change_email(call: &Call<'_>) -> Result<Response, Problem> {
    let sent = call.shop().email_card_change(&call.parameter());
    sent.map_err(|error| refusal(error, "The subscription is not paid by card, or has ended."))?;
    Ok((StatusCode::ACCEPTED, object! {}).into_response())
}

const fn refusal(error: CannotChange, not_now: &'static str) -> Problem {
    match error {
        CannotChange::NotFound => NOT_FOUND,
        CannotChange::NotNow => Problem::bare(StatusCode::CONFLICT, not_now),
    }
}
