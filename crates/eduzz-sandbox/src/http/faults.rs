//! The middleware that causes failures on purpose.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use futures_core::Stream;

use super::calls;
use super::record::Listed;
use crate::fault::Harm;
use crate::problem::{Problem, Unauthorized};
use crate::running::Running;

/// Larger answers are not cut; no answer is so large.
const LARGEST: usize = 64 * 1024 * 1024;

/// Lets a request through, or makes it fail.
pub(crate) async fn strike(State(running): State<Arc<Running>>, request: Request, next: Next) -> Response {
    let (method, path) = (request.method(), request.uri().path());
    let listed = request.extensions().get::<Listed>();
    let listed = listed.and_then(|listed| listed.0);
    let Some(struck) = running.faults.next(method, path, listed) else {
        return next.run(request).await;
    };
    let mut response = match *struck.harm() {
        Harm::Delivery(_) => return next.run(request).await,
        Harm::Slow(wait) => {
            let response = next.run(request).await;
            tokio::time::sleep(wait).await;
            response
        }
        Harm::Cut => cut(next.run(request).await).await,
        Harm::Page(status) => (status, Html(PAGE)).into_response(),
        Harm::Json(status) => Problem::new(status, "the sandbox was told to fail here").into_response(),
        Harm::TooMany(seconds) => {
            Problem::too_many("the sandbox was told to refuse this request", seconds).into_response()
        }
        Harm::Revoked => {
            if let Ok(token) = calls::bearer_token(request.headers()) {
                running.access().revoke_token(token);
            }
            next.run(request).await
        }
        Harm::Unauthorized => Unauthorized::InvalidToken.into_response(),
    };
    response.extensions_mut().insert(struck.why());
    response
}

const PAGE: &str = "<!doctype html><html><head><title>Bad Gateway</title></head>\
    <body><h1>Bad Gateway</h1><p>The sandbox was told to answer with a page.</p></body></html>\n";

/// The same answer with half of its body. The head still announces all of it.
async fn cut(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(body) = axum::body::to_bytes(body, LARGEST).await else {
        return StatusCode::BAD_GATEWAY.into_response();
    };
    parts
        .headers
        .insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    let half = body.slice(..body.len() / 2);
    Response::from_parts(parts, Body::from_stream(Broken { half: Some(half) }))
}

/// Half a body, then an error.
struct Broken {
    half: Option<Bytes>,
}

impl Stream for Broken {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let half = self.half.take().map(Ok);
        Poll::Ready(Some(
            half.unwrap_or_else(|| Err(io::ErrorKind::ConnectionReset.into())),
        ))
    }
}
