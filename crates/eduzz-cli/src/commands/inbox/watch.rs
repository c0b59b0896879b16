//! The health page and the metrics of a running inbox.

use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use eduzz_inbox::Inbox;
use eduzz_store::Store;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::{Method, StatusCode};
use serde::Serialize;

use super::records::waiting;
use crate::commands::database;

/// Prometheus's text format.
const METRICS: &str = "text/plain; version=0.0.4; charset=utf-8";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct State {
    up: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    waiting: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    oldest_waiting_seconds: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dead: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
}

/// Answers `/health` with 200 or 503, and `/metrics`.
pub(super) async fn answer<S: Store>(inbox: Inbox<S>, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    match request.uri().path() {
        "/health" => {
            let health = inbox.health().await;
            let counts = health.counts.as_ref().ok();
            let error = health.counts.as_ref().err();
            let state = State {
                up: health.is_up(),
                waiting: counts.map(waiting),
                oldest_waiting_seconds: counts.map(|counts| counts.oldest_open.unwrap_or_default().as_secs()),
                dead: counts.map(|counts| counts.dead),
                error: error.map(|error| database::code(error.kind())),
            };
            let status = if state.up {
                StatusCode::OK
            } else {
                StatusCode::SERVICE_UNAVAILABLE
            };
            let text = serde_json::to_string(&state).unwrap_or_default();
            let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")];
            (status, headers, text).into_response()
        }
        "/metrics" => {
            let text = inbox.health().await.prometheus();
            ([(CONTENT_TYPE, METRICS)], text).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}
