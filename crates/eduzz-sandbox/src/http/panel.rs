//! The panel: the pages that show and steer a sandbox, at its root.
//!
//! Every page is written by the server and works without scripts: forms are posted and answered
//! with 303. `panel.js` only adds copy buttons, and loads the parts marked `data-live="TOPIC…"`
//! again when `/panel/live` tells a topic: `requests`, `webhooks` (deliveries and subscriptions) or
//! `shop` (everything else). Such a part needs an `id`.
//!
//! A page is a handler with a [`View`] that answers with [`View::page`], in [`routes`], and a
//! [`Place`] in the navigation. Another site in the same browser can neither read nor steer it
//! ([`own_pages_only`]).

mod accounts;
mod actions;
mod faults;
mod live;
mod names;
mod pretty;
mod repeat;
mod requests;
mod shop;
mod start;
mod view;
mod webhooks;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, ORIGIN, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use maud::html;

use super::{calls, pages};
use crate::running::Running;
pub(super) use view::{Lang, Place, View};

/// The prefix of the panel's pages, except for the first one, which is at the root.
const PREFIX: &str = "/panel";
const STYLE_PATH: &str = "/panel.css";
const SCRIPT_PATH: &str = "/panel.js";

pub(super) fn routes() -> Router<Arc<Running>> {
    Router::new()
        .route("/", get(start::show))
        .route("/panel/requests", get(requests::list))
        .route("/panel/requests.json", get(requests::json))
        .route("/panel/requests/{number}", get(requests::one))
        .route("/panel/accounts", get(accounts::show))
        .route("/panel/faults", get(faults::show).post(faults::add))
        .route("/panel/shop", get(shop::show))
        .route("/panel/webhooks", get(webhooks::show))
        .route("/panel/webhooks/{number}", get(webhooks::one))
        .route(actions::PATH, post(actions::act))
        .route("/panel/state.json", get(actions::state))
        .route("/panel/live", get(live::stream))
        .route("/panel", any(missing))
        .route("/panel/{*rest}", any(missing))
        .layer(map_response(guarded))
        .layer(from_fn(own_pages_only))
        .route(STYLE_PATH, get(style))
        .route(SCRIPT_PATH, get(script))
}

/// Whether a path is the panel's: such requests are not recorded.
pub(super) fn is_own(path: &str) -> bool {
    let exact = ["/", STYLE_PATH, SCRIPT_PATH, pages::STYLE_PATH, pages::ICON_PATH];
    let below = path.strip_prefix(PREFIX);
    exact.contains(&path) || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Refuses requests that a page of another origin makes, other ports of this machine included. A
/// link to the panel may be followed from anywhere.
///
/// A program sends neither header, and is let through.
async fn own_pages_only(request: Request, next: Next) -> Response {
    if is_foreign(&request) {
        let text = "O painel do sandbox só responde às suas próprias páginas; este pedido veio de outro site.\n\
            The sandbox's panel answers its own pages only; this request came from another site.\n";
        return (StatusCode::FORBIDDEN, text).into_response();
    }
    next.run(request).await
}

fn is_foreign(request: &Request) -> bool {
    const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
    const MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
    const DESTINATION: HeaderName = HeaderName::from_static("sec-fetch-dest");

    let header = |name: HeaderName| {
        let value = request.headers().get(name)?;
        Some(value.to_str().unwrap_or_default())
    };
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let is_link = is_read
        && header(MODE) == Some("navigate")
        && header(DESTINATION).is_none_or(|destination| destination == "document");
    if is_link {
        return false;
    }
    let from_other_site = header(SITE).is_some_and(|site| !matches!(site, "same-origin" | "none"));
    let from_other_origin = header(ORIGIN).is_some_and(|origin| {
        let host = header(HOST).unwrap_or_default();
        origin.strip_prefix("http://") != Some(host)
    });
    from_other_site || from_other_origin
}

/// Sets the headers of every page.
async fn guarded(mut response: Response) -> Response {
    const POLICY: HeaderValue = HeaderValue::from_static(
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    const OPENER: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
    const RESOURCE: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // With `no-referrer` browsers send `Origin: null` with the panel's own forms.
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(OPENER, HeaderValue::from_static("same-origin"));
    headers.insert(RESOURCE, HeaderValue::from_static("same-origin"));
    response
}

/// An unknown address: a page for a browser, else the answer of the API.
async fn missing(State(running): State<Arc<Running>>, view: View, request: Request) -> Response {
    let accepted = request
        .headers()
        .get(ACCEPT)
        .and_then(|kinds| kinds.to_str().ok());
    if !accepted.is_some_and(|kinds| kinds.contains("text/html")) {
        return calls::dispatch(&running, request).await;
    }
    let title = view.say("Esta página não existe", "There is no such page");
    let body = html! {
        div.head { h1 { (title) } }
        div.empty { p { a href="/" { (view.say("Ver a página inicial", "See the first page")) } } }
    };
    view.page_of(StatusCode::NOT_FOUND, None, title, &body)
}

async fn style() -> impl IntoResponse {
    (
        [
            (CONTENT_TYPE, "text/css; charset=utf-8"),
            (CACHE_CONTROL, "no-cache"),
        ],
        include_str!("panel/panel.css"),
    )
}

async fn script() -> impl IntoResponse {
    (
        [
            (CONTENT_TYPE, "text/javascript; charset=utf-8"),
            (CACHE_CONTROL, "no-cache"),
        ],
        include_str!("panel/panel.js"),
    )
}
