//! The routes.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::response::Response;
use axum::routing::{get, post};

use super::{authorize, calls, faults, host, pages, panel, record, token};
use crate::problem::Problem;
use crate::running::Running;

/// The largest body that is read.
const BODY_LIMIT: usize = 1024 * 1024;

pub(crate) fn router(running: Arc<Running>) -> Router {
    let pages = Router::new()
        .route("/oauth/authorize", get(authorize::show))
        .route(pages::ACCOUNT_PATH, post(authorize::choose_account))
        .route(pages::ANSWER_PATH, post(authorize::answer))
        .layer(map_response(pages::guarded));

    pages
        .merge(panel::routes())
        .route(pages::STYLE_PATH, get(pages::style))
        .route(pages::ICON_PATH, get(pages::icon))
        .route("/oauth/token", post(token::exchange))
        .fallback(cart_or_call)
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(Arc::clone(&running), faults::strike))
        .layer(from_fn(host::loopback_only))
        .layer(from_fn_with_state(Arc::clone(&running), record::keep))
        .with_state(running)
}

/// The page of a cart, or else a call of the API: a template of the router cannot begin with
/// letters.
async fn cart_or_call(State(running): State<Arc<Running>>, request: Request) -> Response {
    match request.uri().path().strip_prefix(pages::cart::CART_PATH) {
        Some(key) if request.method() == Method::GET => {
            pages::guarded(pages::cart::show(&running, key)).await
        }
        Some(key) if request.method() == Method::POST => {
            pages::guarded(pages::cart::pay(&running, key)).await
        }
        _ => calls::dispatch(&running, request).await,
    }
}
