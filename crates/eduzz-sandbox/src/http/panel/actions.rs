//! `POST /panel/actions`: does what a page, a command or a program asks for; `GET
//! /panel/state.json`: the faults and the deliveries, for programs.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::view::{Notice, see_again};
use super::{Lang, View, names};
use crate::action::{Action, Done, Refused, Thing};
use crate::control::SandboxControl;
use crate::running::Running;
use crate::state::calendar::instant;
use crate::webhooks::{DeliveryRecord, DeliveryState, ReceiverAnswer};

pub(super) const PATH: &str = "/panel/actions";

/// An action on the shop of an account.
#[derive(Deserialize)]
struct Order {
    /// The account's id or e-mail address; without one, the first application's owner.
    #[serde(default)]
    account: Option<String>,
    #[serde(flatten)]
    action: Action,
}

/// A refusal, with its sentence.
#[derive(Serialize)]
struct Problem<'a> {
    message: String,
    #[serde(flatten)]
    refused: &'a Refused,
}

/// What was done, with what people read of each row.
#[derive(Serialize)]
struct Answered<'a> {
    #[serde(flatten)]
    done: &'a Done,
    outcomes: Vec<Option<Said>>,
}

/// A text for people.
#[derive(Serialize)]
struct Said {
    pt: String,
    en: String,
}

impl Said {
    fn of(say: impl Fn(Lang) -> Option<String>) -> Option<Self> {
        let (pt, en) = (say(Lang::Pt)?, say(Lang::En)?);
        Some(Self { pt, en })
    }
}

/// Does it. JSON is answered with JSON; a form of the pages with the page that it names in `back`,
/// which shows the outcome once.
pub(super) async fn act(view: View, headers: HeaderMap, body: Result<Bytes, BytesRejection>) -> Response {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim();
    let invalid = |message: String| Refused::Invalid {
        field: "body".to_owned(),
        message,
    };
    let Ok(body) = body else {
        return answer(&Err(invalid("could not be read, or is too large".to_owned())));
    };
    let read = |order: Result<Order, serde_json::Error>| {
        order.map_err(|error| invalid(format!("is not an action: {error}")))
    };
    if kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        let (fields, back) = fields(&body);
        let order = read(serde_json::from_value(Value::Object(fields)));
        let done = order.and_then(|order| Ok((perform(&view.running, &order)?, order.action)));
        let notice = match done {
            Ok((done, action)) => Notice::good(names::done(view.lang, &action, &done)),
            Err(refused) => Notice::bad(names::refused(view.lang, &refused)),
        };
        return see_again(&back, &notice);
    }
    if kind.eq_ignore_ascii_case("application/json") {
        let order = read(serde_json::from_slice(&body));
        return answer(&order.and_then(|order| Ok((perform(&view.running, &order)?, order.action))));
    }
    let text = "send application/json, or a form of the panel's pages\n";
    (StatusCode::UNSUPPORTED_MEDIA_TYPE, text).into_response()
}

fn perform(running: &Arc<Running>, order: &Order) -> Result<Done, Refused> {
    let first = SandboxControl::new(Arc::clone(running));
    let named = order.account.as_deref().map(str::trim);
    let control = match named.filter(|name| !name.is_empty()) {
        None => first,
        Some(name) => {
            let account = first.account_named(name);
            let control = account.and_then(|account| first.of_account(&account));
            control.ok_or(Refused::Unknown { kind: Thing::Account })?
        }
    };
    control.act(&order.action)
}

fn answer(outcome: &Result<(Done, Action), Refused>) -> Response {
    match outcome {
        Ok((done, action)) => {
            let outcomes = done
                .rows
                .iter()
                .map(|row| Said::of(|lang| names::outcome(lang, action, row)));
            let outcomes = outcomes.collect();
            Json(Answered { done, outcomes }).into_response()
        }
        Err(refused) => {
            let status = match refused {
                Refused::Unknown { .. } => StatusCode::NOT_FOUND,
                Refused::Invalid { .. } => StatusCode::UNPROCESSABLE_ENTITY,
                _ => StatusCode::CONFLICT,
            };
            let message = refused.to_string();
            (status, Json(Problem { message, refused })).into_response()
        }
    }
}

/// The fields of a form that are filled in, and the page that it leads back to.
fn fields(body: &[u8]) -> (Map<String, Value>, String) {
    let mut fields = Map::new();
    let mut back = "/panel/shop".to_owned();
    for (name, value) in form_urlencoded::parse(body) {
        match &*name {
            "back" => back = value.into_owned(),
            _ if value.trim().is_empty() => {}
            _ => {
                fields.insert(name.into_owned(), Value::from(value.trim()));
            }
        }
    }
    (fields, back)
}

/// The state of what programs steer.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Steered {
    now: String,
    broken_left: u64,
    faults: Vec<KnownFault>,
    subscriptions: Vec<Subscription>,
    /// Newest first.
    deliveries: Vec<Delivery>,
}

#[derive(Serialize)]
struct KnownFault {
    fault: String,
    strikes: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Subscription {
    id: String,
    name: String,
    url: String,
    status: &'static str,
    account: String,
    events: Vec<String>,
    waiting: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Delivery {
    number: u64,
    subscription: String,
    event: String,
    id: String,
    state: &'static str,
    /// The state for people.
    state_name: Option<Said>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_attempt: Option<String>,
    attempts: Vec<Attempt>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Attempt {
    sent_at: String,
    took_ms: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The reason for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Said>,
}

/// Deliveries in the answer, where the query names no number.
const SHOWN: usize = 100;

/// `GET /panel/state.json?deliveries=N`.
pub(super) async fn state(State(running): State<Arc<Running>>, view: View) -> Response {
    let count = view.asked("deliveries").and_then(|count| count.parse().ok());
    let control = SandboxControl::new(Arc::clone(&running));
    let faults = control.faults().into_iter().zip(control.fault_strikes());
    let faults = faults.map(|(fault, strikes)| KnownFault {
        fault: fault.to_string(),
        strikes,
    });
    let queue = running.webhooks.borrow();
    let subscriptions = queue.all().map(|made| Subscription {
        id: made.id.clone(),
        name: made.wanted.name.clone(),
        url: made.wanted.receiver.as_str().to_owned(),
        status: made.status(),
        account: made.holder.account_id.clone(),
        events: made.wanted.events.clone(),
        waiting: made.waiting(),
    });
    let deliveries = queue.records().rev().take(count.unwrap_or(SHOWN));
    Json(Steered {
        now: instant(running.config.clock.now()),
        broken_left: running.broken(),
        faults: faults.collect(),
        subscriptions: subscriptions.collect(),
        deliveries: deliveries.map(Delivery::of).collect(),
    })
    .into_response()
}

impl Delivery {
    fn of(record: &DeliveryRecord) -> Self {
        let next = match record.state {
            DeliveryState::Waiting { until } => until,
            _ => None,
        };
        let attempts = record.attempts.iter().map(|attempt| {
            let (status, reason) = match &attempt.answer {
                ReceiverAnswer::Status { status, .. } => (Some(*status), None),
                ReceiverAnswer::None { reason } => (None, Some(reason.clone())),
            };
            let why = reason.as_deref();
            let why = why.and_then(|why| Said::of(|lang| Some(names::reason(lang, why).into_owned())));
            Attempt {
                why,
                sent_at: instant(attempt.sent_at),
                took_ms: u64::try_from(attempt.took.as_millis()).unwrap_or(u64::MAX),
                status,
                reason,
            }
        });
        Self {
            number: record.number(),
            subscription: record.subscription.clone(),
            event: record.event.clone(),
            id: record.id.clone(),
            state: record.state.as_str(),
            state_name: Said::of(|lang| Some(names::delivery(lang, record.state).0.to_owned())),
            next_attempt: next.map(instant),
            attempts: attempts.collect(),
        }
    }
}
