//! The extractor for axum.

use axum::Router;
use axum::body::Body;
use axum::extract::{FromRef, State};
use axum::routing::any;
use eduzz_receiver::axum_08::{Answer, NotReceived, Received};
use eduzz_receiver::{Intake, Refused};
use eduzz_webhook::{Forged, Ping, Verdict};
use http::Request;
use http_body_util::BodyExt as _;
use tower_service::Service as _;

use crate::support::{EVENT, Seen, keys, signed, unsigned};

#[derive(Clone, FromRef)]
struct App {
    intake: Intake,
    seen: Seen,
}

async fn status(seen: &Seen, request: Request<Body>) -> (u16, String) {
    async fn take(State(seen): State<Seen>, Received(delivery): Received) -> Answer {
        seen.handle(&delivery);
        Answer(Verdict::ACCEPTED)
    }
    let state = App {
        intake: Intake::new(keys()),
        seen: seen.clone(),
    };
    let mut app = Router::new().route("/", any(take)).with_state(state);
    let (head, body) = app.call(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    (head.status.as_u16(), String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn only_deliveries_reach_the_handler_and_every_request_is_answered() {
    let seen = Seen::default();
    for (request, expected) in [
        (signed(EVENT), (200, "recebido")),
        (
            signed(r#"{"event":"ping","data":{"message":"ping"}}"#),
            (200, "pong"),
        ),
        (unsigned("GET", ""), (200, "pong")),
        (unsigned("POST", ""), (200, "pong")),
        (unsigned("POST", EVENT), (401, "sem assinatura (x-signature)")),
        (unsigned("PUT", EVENT), (405, "metodo nao permitido")),
    ] {
        let (status, body) = status(&seen, request.map(Body::new)).await;
        assert_eq!((status, body.as_str()), expected);
    }
    assert_eq!(seen.handled(), ["1nv3nt3d"]);
}

/// axum's own limit of 2 MB does not apply.
#[tokio::test]
async fn body_limit_is_that_of_the_intake() {
    let large = "a".repeat(5 << 20).leak();
    let (code, _) = status(&Seen::default(), unsigned("POST", large).map(Body::new)).await;
    assert_eq!(code, 413);
    let large: &str = "a".repeat(3 << 20).leak();
    let (code, _) = status(&Seen::default(), signed(large).map(Body::new)).await;
    assert_eq!(code, 200);
}

#[tokio::test]
async fn handler_may_take_other_requests_too() {
    async fn see(received: Result<Received, NotReceived>) -> Answer {
        let instead = received.unwrap_err();
        let forged = NotReceived::Refused(Refused::Forged(Forged::Unsigned));
        assert!(instead == forged || instead == NotReceived::Ping(Ping::Empty));
        Answer(Verdict::LATER)
    }
    let mut app = Router::new().route("/", any(see)).with_state(Intake::new(keys()));
    for body in [EVENT, ""] {
        let response = app.call(unsigned("POST", body).map(Body::new)).await.unwrap();
        assert_eq!(response.status(), 503);
    }
}
