//! Which path is answered by what.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::{get, post};

use crate::problem::Problem;
use crate::state::World;
use crate::{authorize, faults, host, pages, token};

/// The largest body that is read.
const BODY_LIMIT: usize = 1024 * 1024;

pub(crate) fn router(world: Arc<World>) -> Router {
    let pages = Router::new()
        .route("/", get(pages::index::show))
        .route("/oauth/authorize", get(authorize::show))
        .route(pages::ACCOUNT_PATH, post(authorize::choose_account))
        .route(pages::ANSWER_PATH, post(authorize::answer))
        .layer(map_response(pages::guarded));

    pages
        .route(pages::STYLE_PATH, get(pages::style))
        .route(pages::ICON_PATH, get(pages::icon))
        .route("/oauth/token", post(token::exchange))
        .fallback(pages::cart::show_or_call)
        .method_not_allowed_fallback(async || {
            Problem::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "this path does not answer this method",
            )
        })
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(Arc::clone(&world), faults::strike))
        .layer(from_fn(host::loopback_only))
        .with_state(world)
}
