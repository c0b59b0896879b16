//! `/myeduzz/v1/subscriptions`: the subscriptions, their invoices, and what can be done to them.

use std::cmp::Reverse;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use eduzz_types::myeduzz::{DueDateDay, DueDateMotive, SaleStatus, SubscriptionDateFilter};
use serde_json::Value;

use super::{Call, Json, camel, not_found, object, phone};
use crate::http::fields;
use crate::problem::Problem;
use crate::state::calendar::Moment;
use crate::state::money::Cents;
use crate::state::shop::{CannotChange, Interruption, Sale, Shop, Subscription};

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
    let shop = call.world.shop();
    let asked_for = |subscription: &&Subscription| match by {
        SubscriptionDateFilter::Update => days.has(subscription.updated.unwrap_or(subscription.created)),
        _ => days.has(subscription.created),
    };
    let mut rows: Vec<&Subscription> = shop.subscriptions.iter().filter(asked_for).collect();
    rows.sort_by_key(|subscription| Reverse((subscription.created, subscription.id)));
    Ok(paging.of(&rows, |subscription| whole(&shop, subscription)))
}

/// `GET /myeduzz/v1/subscriptions/:id`.
pub(in crate::http) fn get_subscription(call: &Call<'_>) -> Result<Response, Problem> {
    let shop = call.world.shop();
    let subscription = shop.subscription(&call.parameter()).ok_or(NOT_FOUND)?;
    Ok(whole(&shop, subscription).into_response())
}

/// `GET /myeduzz/v1/subscriptions/:id/invoices`: `{ items }` (Q34), in the order of their making.
pub(in crate::http) fn list_subscription_invoices(call: &Call<'_>) -> Result<Response, Problem> {
    let shop = call.world.shop();
    let subscription = shop.subscription(&call.parameter()).ok_or(NOT_FOUND)?;
    let invoices = shop.charges(subscription.id).map(invoice).collect::<Vec<_>>();
    Ok(object! { "items" => invoices }.into_response())
}

/// `GET /myeduzz/v1/subscriptions/customers/:email`: a customer who has subscriptions, with all of them.
pub(in crate::http) fn list_customer_subscriptions(call: &Call<'_>) -> Result<Response, Problem> {
    let email = call.parameter();
    let shop = call.world.shop();
    let customer = shop.customer(&email).ok_or(not_found("Customer not found."))?;
    let all = shop
        .subscriptions
        .iter()
        .filter(|subscription| subscription.client.id == customer.id);
    let all: Vec<Json> = all.map(|subscription| of_customer(&shop, subscription)).collect();
    Ok(object! {
        "name" => &customer.name,
        "email" => &customer.email,
        "phone" => phone(customer),
        "subscriptions" => all,
    }
    .into_response())
}

/// `PUT /myeduzz/v1/subscriptions/:id/recurring-date`: the service asks the customer; here the day changes at once.
pub(in crate::http) fn set_recurring_date(call: &Call<'_>) -> Result<Response, Problem> {
    let body = call.object()?;
    let text = |name| body.get(name).and_then(Value::as_str);
    let day = text("dueDateDay")
        .map(DueDateDay::from)
        .filter(DueDateDay::is_known);
    let day = day.and_then(|day| day.as_str().parse().ok());
    let day = day.ok_or(Problem::invalid("dueDateDay", "is none of the known values"))?;
    // The literal text is the key, so its case and its blanks count.
    let motive = text("motive").filter(|text| {
        let motive = DueDateMotive::from(*text);
        motive.is_known() && motive.as_str() == *text
    });
    motive.ok_or(Problem::invalid("motive", "is none of the known values"))?;
    let now = call.world.now();
    let changed = call.world.shop().charge_on(&call.parameter(), day, now);
    changed.map_err(|error| refusal(error, "The subscription has ended."))?;
    Ok(object! { "message" => "Pedido de mudança enviado." }.into_response())
}

/// `POST /myeduzz/v1/subscriptions/bulk-cancel`: the service does it later; here it is done at once.
pub(in crate::http) fn bulk_cancel_subscriptions(call: &Call<'_>) -> Result<Response, Problem> {
    let body = call.object()?;
    let ids = body
        .get("subscriptions")
        .and_then(Value::as_array)
        .filter(|ids| !ids.is_empty());
    let ids = ids.ok_or(Problem::invalid("subscriptions", "must be a list of ids"))?;
    let ids: Option<Vec<String>> = ids.iter().map(fields::id).collect();
    let ids = ids.ok_or(Problem::invalid("subscriptions", "must be a list of ids"))?;
    let reason = body.get("cancelReason").and_then(Value::as_str);
    let reason = reason.ok_or(Problem::invalid("cancelReason", "is required"))?;
    let person = call.world.config.person(&call.bearer.account_id);
    let responsible = person.map_or("API", |person| person.name.as_str());
    let now = call.world.now();
    let cancelled = call.world.shop().cancel(&ids, reason, responsible, now);
    cancelled.map_err(|error| refusal(error, "The subscription has ended."))?;
    let body = object! { "message" => "Cancelamento recebido, em processamento." };
    Ok((StatusCode::ACCEPTED, body).into_response())
}

/// `POST /myeduzz/v1/subscriptions/:id/reactivate`: the service does it later; here it is done at once.
pub(in crate::http) fn reactivate_subscription(call: &Call<'_>) -> Result<Response, Problem> {
    let now = call.world.now();
    let back = call.world.shop().reactivate(&call.parameter(), now);
    back.map_err(|error| refusal(error, "The subscription is not canceled."))?;
    Ok(object! { "message" => "Reativação recebida, em processamento." }.into_response())
}

/// `PUT /myeduzz/v1/subscriptions/:id/send-card-change-email`: 202 with an empty object (Q54).
pub(in crate::http) fn send_card_change_email(call: &Call<'_>) -> Result<Response, Problem> {
    let sent = call.world.shop().email_card_change(&call.parameter());
    sent.map_err(|error| refusal(error, "The subscription is not paid by card, or has ended."))?;
    Ok((StatusCode::ACCEPTED, object! {}).into_response())
}

const fn refusal(error: CannotChange, not_now: &'static str) -> Problem {
    match error {
        CannotChange::NotFound => NOT_FOUND,
        CannotChange::NotNow => Problem::bare(StatusCode::CONFLICT, not_now),
    }
}

/// A subscription as its own call and the list have it.
fn whole(shop: &Shop, subscription: &Subscription) -> Json {
    object! {
        "id" => subscription.id.to_string(),
        "createdAt" => subscription.created.with_millis(),
        "updatedAt" => subscription.updated.map(Moment::with_millis),
        "status" => subscription.status.as_str().to_owned(),
        "firstInvoiceId" => first_invoice(shop, subscription),
        "isFinite" => subscription.charges.is_some(),
        "isUnlimitedInstallments" => false,
        "hasNegotiation" => false,
        "interruption" => subscription.interruption.as_ref().map(interruption),
        "recurrence" => recurrence(subscription),
        "charges" => charges(shop, subscription),
        "products" => vec![object! {
            "id" => subscription.product.id.to_string(),
            "title" => subscription.product.name,
            "hasMembershipFee" => subscription.product.membership_fee > Cents(0),
            "membershipFee" => subscription.product.membership_fee,
            "deliveries" => vec![Json::from(subscription.product.delivery.as_str().to_owned())],
        }],
        "payment" => payment(subscription),
        "client" => object! {
            "name" => &subscription.client.name,
            "email" => &subscription.client.email,
            "phone" => phone(&subscription.client),
        },
    }
}

/// A subscription as the customer's list has it: other names, and less of it.
fn of_customer(shop: &Shop, subscription: &Subscription) -> Json {
    object! {
        "id" => subscription.id.to_string(),
        "startDate" => subscription.created.with_millis(),
        "updatedAt" => subscription.updated.map(Moment::with_millis),
        "status" => subscription.status.as_str().to_owned(),
        "firstInvoiceId" => first_invoice(shop, subscription),
        "interruption" => subscription.interruption.as_ref().map(interruption),
        "isUnlimitedInstallments" => false,
        "hasNegotiation" => false,
        "isFinite" => subscription.charges.is_some(),
        "recurrence" => recurrence(subscription),
        "products" => vec![object! {
            "id" => subscription.product.id.to_string(),
            "name" => subscription.product.name,
            "hasMembershipFee" => subscription.product.membership_fee > Cents(0),
            "membershipFee" => subscription.product.membership_fee,
        }],
        "payment" => payment(subscription),
        "charges" => charges(shop, subscription),
    }
}

fn first_invoice(shop: &Shop, subscription: &Subscription) -> Option<String> {
    shop.charges(subscription.id)
        .next()
        .map(|sale| sale.id.to_string())
}

fn interruption(made: &Interruption) -> Json {
    object! {
        "createdAt" => made.at.with_millis(),
        "type" => "cancel",
        "removeAccessDate" => made.access_until.with_millis(),
        "reason" => &made.reason,
        "origin" => "MyEduzz",
        "previousStatus" => made.previous.as_str().to_owned(),
        "responsible" => &made.responsible,
    }
}

fn recurrence(subscription: &Subscription) -> Json {
    // The charge after so many others.
    let after = |count: u64| {
        let mut due = subscription.created.day();
        for _ in 0..count {
            due = due.next(subscription.day);
        }
        due.at(0).with_millis()
    };
    object! {
        "startsAt" => subscription.created.with_millis(),
        "nextDueDate" => subscription.next_due.at(0).with_millis(),
        "currentDueDate" => subscription.current_due.at(0).with_millis(),
        "finalDueDate" => subscription.charges.map(|count| after(count.saturating_sub(1))),
        "finishesAt" => subscription.charges.map(after),
        "frequency" => object! { "type" => "monthly", "value" => 1_u64 }, // Q53
    }
}

/// `current` is how many charges were made, each of which is a sale; `total` how many there will be, as far as that is known.
fn charges(shop: &Shop, subscription: &Subscription) -> Json {
    let (mut current, mut paid) = (0_u64, 0_u64);
    for sale in shop.charges(subscription.id) {
        current += 1;
        paid += u64::from(sale.paid.is_some());
    }
    let total = subscription.charges.unwrap_or(current).max(current);
    let counted = if subscription.is_alive() { total } else { current };
    object! {
        "total" => total,
        "current" => current,
        "paid" => paid,
        "pending" => counted - paid,
        "negotiated" => 0_u64,
    }
}

fn payment(subscription: &Subscription) -> Json {
    object! {
        "price" => subscription.product.price,
        "method" => subscription.method.as_str().to_owned(),
        "installments" => 1_u64,
    }
}

/// A charge as an invoice: it has the id of its sale (Q36).
fn invoice(sale: &Sale) -> Json {
    let line = |description: &'static str, amount: Cents| {
        object! {
            "product" => object! { "id" => sale.product.id.to_string(), "title" => sale.product.name },
            "description" => description,
            "amount" => amount, // Q46
            "total" => amount,
            "quantity" => 1_u64,
        }
    };
    let mut lines = vec![line("Mensalidade", sale.price - sale.discount)];
    if sale.membership_fee > Cents(0) {
        lines.push(line("Taxa de adesão", sale.membership_fee));
    }
    // Only `open` is documented (Q46); a closed one has its sale's word.
    let status = if sale.is_open() {
        SaleStatus::Open
    } else {
        sale.status.clone()
    };
    object! {
        "id" => sale.id.to_string(),
        "subscriptionId" => sale.subscription.map(|id| id.to_string()),
        "createdAt" => sale.created.with_millis(),
        "dueDate" => sale.due.with_millis(),
        "coupon" => sale.coupon.as_ref().map(|coupon| coupon.code),
        "hasAffiliate" => sale.affiliate.is_some(),
        "status" => camel(status.as_str()), // Q46
        "payment" => object! {
            "amount" => sale.gross(),
            "link" => sale.is_open().then(|| format!("https://pay.example.com/{}", sale.id)),
            "method" => sale.method.as_str().to_owned(),
        },
        "items" => lines,
    }
}
