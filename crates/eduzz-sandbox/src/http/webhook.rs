//! `/webhook/v1`: subscriptions, events, the secret.

use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::call::{Call, Waiting};
use crate::deliveries;
use crate::problem::Problem;
use crate::random::Random;
use crate::render::json::{Json, object};
use crate::webhooks::queue::{Filter, Subscription, Wanted, example};
use crate::webhooks::receiver::Receiver;
use crate::webhooks::secret::Secret;
use crate::webhooks::{DeliveryState, ReceiverAnswer, event_list};

const NOT_FOUND: Problem = Problem::new(
    StatusCode::NOT_FOUND,
    "the application has no subscription of this id",
);

/// `POST /webhook/v1/subscription`: a new one is disabled.
pub(super) fn create_webhook_subscription(call: &Call<'_>) -> Result<Response, Problem> {
    let body = call.object()?;
    let wanted = wanted(&body)?;
    let secret = secret(call)?;
    // Q82
    match text(&body, "secretId")? {
        Some(id) if id != secret.id => {
            return Err(invalid("the application has no secret of this secretId"));
        }
        _ => {}
    }
    let holder = call.holder();
    deliveries::start_sending(call.running);
    let made = call.running.change_queue(|queue| {
        let made = queue.subscribe(&holder, &secret, wanted);
        made.map(|made| {
            object! {
                "id" => &made.id,
                "name" => &made.wanted.name,
                "url" => made.wanted.receiver.as_str().to_owned(),
                "secretId" => &made.secret_id,
                "events" => with_conditions(made),
                "status" => made.status(),
            }
        })
    });
    // Q77: the newer of two statuses.
    let made = made.ok_or(Problem::new(
        StatusCode::CONFLICT,
        "the application has 1,000 subscriptions, the sandbox's maximum",
    ))?;
    Ok(made.into_response())
}

/// `GET /webhook/v1/subscription`: a bare list (Q34) of the application's, in which events are
/// names (Q78).
pub(super) fn list_webhook_subscriptions(call: &Call<'_>) -> Result<Response, Problem> {
    let (queue, holder) = (call.running.webhooks.borrow(), call.holder());
    let rows = queue.of(&holder).map(|made| {
        let names = made.wanted.events.iter().map(Json::from);
        object! {
            "id" => &made.id,
            "secretId" => &made.secret_id,
            "name" => &made.wanted.name,
            "status" => made.status(),
            "url" => made.wanted.receiver.as_str().to_owned(),
            "events" => names.collect::<Vec<_>>(),
        }
    });
    Ok(Json::List(rows.collect()).into_response())
}

/// `PUT /webhook/v1/subscription/:subscriptionId`: absent fields keep their values; another address
/// disables (Q83).
pub(super) fn update_webhook_subscription(call: &Call<'_>) -> Result<Response, Problem> {
    let body = call.object()?;
    let (of, id) = (&call.holder(), call.parameter());
    let queue = call.running.webhooks.borrow();
    let before = queue.find(of, &id).map(|made| made.wanted.clone());
    let before = before.ok_or(NOT_FOUND)?;
    drop(queue);
    let wanted = Wanted {
        name: text(&body, "name")?.unwrap_or(before.name),
        receiver: receiver(&body)?.unwrap_or(before.receiver),
        events: events(&body)?.unwrap_or(before.events),
        filters: filters(&body)?.unwrap_or(before.filters),
    };
    let changed = call.running.change_queue(|queue| {
        let made = queue.change(of, &id, wanted)?;
        let names = made.wanted.events.iter().map(|name| object! { "name" => name });
        Some(last_the_id(made, names.collect()))
    });
    Ok(changed.ok_or(NOT_FOUND)?.into_response())
}

/// `DELETE /webhook/v1/subscription/:id`.
pub(super) fn delete_webhook_subscription(call: &Call<'_>) -> Result<Response, Problem> {
    let (of, id) = (&call.holder(), call.parameter());
    if !call.running.change_queue(|queue| queue.delete(of, &id)) {
        return Err(NOT_FOUND);
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `DELETE /webhook/v1/subscription`: all with the address in the body (Q85). 204 if there are
/// none.
pub(super) fn delete_webhook_subscriptions_by_url(call: &Call<'_>) -> Result<Response, Problem> {
    let body = call.object()?;
    let url = text(&body, "url")?.filter(|url| !url.trim().is_empty());
    let url = url.ok_or(invalid("url is required"))?;
    let of = &call.holder();
    call.running.change_queue(|queue| {
        let goes_there = |made: &&Subscription| made.wanted.receiver.as_str() == url;
        let found = queue.of(of).filter(goes_there);
        for id in found.map(|made| made.id.clone()).collect::<Vec<_>>() {
            queue.delete(of, &id);
        }
    });
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST /webhook/v1/subscription/:id/status`: activates after the receiver has accepted a ping
/// (Q86).
pub(super) fn set_webhook_subscription_status<'a>(call: &'a Call<'a>) -> Waiting<'a> {
    Box::pin(async move {
        let body = call.object()?;
        let (of, id) = (&call.holder(), call.parameter());
        let status = text(&body, "status")?.ok_or(invalid("status is required"))?;
        if call.running.webhooks.borrow().find(of, &id).is_none() {
            return Err(NOT_FOUND);
        }
        let is_to_be_active = match status.as_str() {
            "active" => true,
            "disabled" => false,
            _ => return Err(invalid("status must be active or disabled")), // Q79
        };
        let mut changes = call.running.webhooks.subscribe();
        deliveries::start_sending(call.running);
        // Earlier events are not sent to this subscription.
        call.running.settle_all(&call.bearer.account_id);
        call.running.change_queue(|queue| {
            if is_to_be_active {
                queue.activate(of, &id);
            } else {
                queue.disable(of, &id);
            }
        });
        loop {
            let stands = call.running.webhooks.borrow().find(of, &id).map(|made| {
                let answer = last_the_id(made, with_conditions(made));
                (made.is_being_checked(), made.status(), answer)
            });
            match stands {
                // It was deleted meanwhile.
                None => return Err(NOT_FOUND),
                Some((true, ..)) => {}
                Some((false, "disabled", _)) if is_to_be_active => {
                    return Err(invalid(
                        "the receiver did not answer the ping with a status from 200 to 299; the subscription stays disabled",
                    ));
                }
                Some((false, _, answer)) => return Ok(answer.into_response()),
            }
            if changes.changed().await.is_err() {
                return Err(NOT_FOUND);
            }
        }
    })
}

/// `POST /webhook/v1/subscription/sample`: 200 when the receiver accepted it, else 404 with the
/// same body (Q81).
pub(super) fn send_webhook_sample<'a>(call: &'a Call<'a>) -> Waiting<'a> {
    Box::pin(async move {
        let body = call.object()?;
        let id = text(&body, "subscriptionId")?.ok_or(invalid("subscriptionId is required"))?;
        let event = text(&body, "event")?.ok_or(invalid("event is required"))?;
        let of = &call.holder();
        if call.running.webhooks.borrow().find(of, &id).is_none() {
            return Err(NOT_FOUND);
        }
        let mut changes = call.running.webhooks.subscribe();
        deliveries::start_sending(call.running);
        let sample = call.running.change_queue(|queue| queue.sample(of, &id, &event));
        let sample = sample.ok_or(invalid("event is unknown"))?;
        let answered = loop {
            let record = call.running.webhooks.borrow().record(sample).cloned();
            match record {
                Some(record) if !record.attempts.is_empty() || record.state == DeliveryState::Erased => {
                    break record.attempts.into_iter().next();
                }
                Some(_) if changes.changed().await.is_ok() => {}
                _ => return Err(NOT_FOUND),
            }
        };
        let (code, body, took) = match answered.map(|attempt| (attempt.answer, attempt.took)) {
            None => (0, "a configuração foi apagada".to_owned(), Duration::ZERO),
            Some((ReceiverAnswer::Status { status, body }, took)) => (status, body, took),
            Some((ReceiverAnswer::None { reason }, took)) => (0, reason, took),
        };
        let is_taken = ReceiverAnswer::status(code).is_success();
        let status = if is_taken {
            StatusCode::OK
        } else {
            StatusCode::NOT_FOUND
        };
        let took = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let report = object! { "statusCode" => u64::from(code), "body" => body, "timeTaken" => took };
        Ok((status, report).into_response())
    })
}

/// `GET /webhook/v1/origin`: every event that the SDK knows.
pub(super) fn list_webhook_origins(call: &Call<'_>) -> Result<Response, Problem> {
    let mut ids = Random::stream(call.running.config.seed, "webhook/origins");
    let origins = event_list::ORIGINS.iter().map(|origin| {
        let events = origin.events.iter().map(|event| {
            let metadata = event.metadata.iter().map(|(name, _)| Json::from(*name));
            object! {
                "name" => format!("{}.{}", origin.prefix, event.name),
                "metadata" => metadata.collect::<Vec<_>>(),
                "description" => event.description,
            }
        });
        object! {
            "id" => ids.word(25),
            "name" => origin.name,
            "prefix" => origin.prefix,
            "events" => events.collect::<Vec<_>>(),
        }
    });
    Ok(Json::List(origins.collect()).into_response())
}

/// `GET /webhook/v1/origin/sample/:event`: the SDK's own example.
pub(super) fn get_webhook_sample(call: &Call<'_>) -> Result<Response, Problem> {
    let example = example(&call.parameter());
    let example = example.ok_or(Problem::new(StatusCode::NOT_FOUND, "there is no such event"))?;
    Ok(axum::Json(example).into_response())
}

/// `GET /webhook/v1/secret`.
pub(super) fn get_webhook_secret(call: &Call<'_>) -> Result<Response, Problem> {
    let secret = secret(call)?;
    let app = &call.bearer.client_id;
    Ok(object! {
        "id" => secret.id,
        "name" => format!("APP: {app}"),
        "appId" => app,
        "secret" => secret.secret.expose().to_owned(),
        "default" => false,
    }
    .into_response())
}

fn secret(call: &Call<'_>) -> Result<Secret, Problem> {
    Secret::of(call.running.config.seed, &call.bearer.client_id)
        .map_err(|_| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the application has no secret"))
}

/// A subscription, in the order of two of the three examples.
fn last_the_id(made: &Subscription, events: Vec<Json>) -> Json {
    object! {
        "name" => &made.wanted.name,
        "url" => made.wanted.receiver.as_str().to_owned(),
        "secretId" => &made.secret_id,
        "events" => events,
        "status" => made.status(),
        "id" => &made.id,
    }
}

fn with_conditions(made: &Subscription) -> Vec<Json> {
    // Q80
    let event = |name| object! { "name" => name, "conditions" => Json::List(Vec::new()) };
    made.wanted.events.iter().map(event).collect()
}

/// A whole subscription.
fn wanted(body: &Map<String, Value>) -> Result<Wanted, Problem> {
    Ok(Wanted {
        name: text(body, "name")?.ok_or(invalid("name is required"))?,
        receiver: receiver(body)?.ok_or(invalid("url is required"))?,
        events: events(body)?.ok_or(invalid("events is required"))?,
        filters: filters(body)?.unwrap_or_default(),
    })
}

fn text(body: &Map<String, Value>, name: &str) -> Result<Option<String>, Problem> {
    field(body, name, invalid("a field is not a text"))
}

/// A field, if it is there; `refusal` for one of another shape.
fn field<T: DeserializeOwned>(
    body: &Map<String, Value>,
    name: &str,
    refusal: Problem,
) -> Result<Option<T>, Problem> {
    let value = body.get(name).map_or(Ok(None), Option::<T>::deserialize);
    value.map_err(|_| refusal)
}

fn receiver(body: &Map<String, Value>) -> Result<Option<Receiver>, Problem> {
    let url = text(body, "url")?;
    url.map(|url| Receiver::read(&url).map_err(invalid)).transpose()
}

/// The events, as names or as objects with one (Q78).
fn events(body: &Map<String, Value>) -> Result<Option<Vec<String>>, Problem> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Event {
        Name(String),
        Object { name: String },
    }

    const MISSHAPEN: Problem = invalid("events must be a list of { name }, with at least one");
    let Some(events) = field::<Vec<Event>>(body, "events", MISSHAPEN)? else {
        return Ok(None);
    };
    let mut names = Vec::new();
    for Event::Name(name) | Event::Object { name } in events {
        if event_list::find(&name).is_none() {
            return Err(invalid("events has an unknown name"));
        }
        // Duplicate names count once.
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        Err(MISSHAPEN)
    } else {
        Ok(Some(names))
    }
}

fn filters(body: &Map<String, Value>) -> Result<Option<Vec<Filter>>, Problem> {
    field(
        body,
        "filters",
        invalid("filters must be a list of { metadata, values }"),
    )
}

const fn invalid(message: &'static str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, message)
}
