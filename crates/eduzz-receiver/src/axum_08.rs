//! An extractor for axum 0.8.

use axum_core::extract::{FromRef, FromRequest, Request};
use axum_core::response::{IntoResponse, Response};
use bytes::Bytes;
use eduzz_webhook::{Delivery, Ping, Receipt, Verdict};

use crate::{Intake, Refused, reply};

/// A genuine delivery, read and verified by the [`Intake`] in the application's state.
///
/// Other requests are answered without the handler; a handler that takes `Result<Received,
/// NotReceived>` gets them too. Route it with `any`, not `post`, because checks of the URL may come
/// with GET or HEAD.
///
/// A panic in an axum handler closes the connection without an answer, which Eduzz treats as a
/// failure. [`Receiver`](crate::Receiver) answers after a panic.
///
/// ```
/// use axum::extract::{FromRef, State};
/// use eduzz_receiver::Intake;
/// use eduzz_receiver::axum_08::{Answer, Received};
/// use eduzz_webhook::Verdict;
/// # use eduzz_types::webhook::WebhookSecret;
/// # use eduzz_webhook::{Key, Keys};
///
/// #[derive(Clone, FromRef)]
/// struct App {
///     intake: Intake,
///     database: Database,
/// }
///
/// async fn eduzz(State(database): State<Database>, Received(delivery): Received) -> Answer {
///     Answer(database.keep(delivery.dedup_key(), delivery.body()).await.into())
/// }
///
/// # #[derive(Clone)]
/// # struct Database;
/// # impl Database {
/// #     async fn keep(&self, _: &str, _: &[u8]) -> Result<(), std::io::Error> { Ok(()) }
/// # }
/// # let keys = Keys::new("2026", Key::new(&WebhookSecret::new("invented-secret"))?);
/// # let database = Database;
/// let state = App { intake: Intake::new(keys), database };
/// let app: axum::Router = axum::Router::new().route("/eduzz", axum::routing::any(eduzz)).with_state(state);
/// # let _ = app;
/// # let _ = Verdict::ACCEPTED;
/// # Ok::<(), eduzz_webhook::BlankSecret>(())
/// ```
#[derive(Debug)]
#[allow(clippy::exhaustive_structs, reason = "an extractor is destructured")]
pub struct Received(pub Delivery<Bytes>);

/// A request that is not a delivery. As a response it is the answer that Eduzz expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "such a request is a check or refused")]
pub enum NotReceived {
    /// A check of the URL, answered with 200.
    Ping(Ping),
    /// A refused request.
    Refused(Refused),
}

/// A verdict as the response of a handler.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs, reason = "a newtype for another trait")]
pub struct Answer(pub Verdict);

impl<S> FromRequest<S> for Received
where
    S: Send + Sync,
    Intake: FromRef<S>,
{
    type Rejection = NotReceived;

    async fn from_request(request: Request, state: &S) -> Result<Self, NotReceived> {
        match Intake::from_ref(state).receive(request).await {
            Ok(Receipt::Delivery(delivery)) => Ok(Self(delivery)),
            Ok(Receipt::Ping(ping)) => Err(NotReceived::Ping(ping)),
            Err(refused) => Err(NotReceived::Refused(refused)),
        }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        reply(self.0).into_response()
    }
}

impl IntoResponse for NotReceived {
    fn into_response(self) -> Response {
        let verdict = match self {
            Self::Ping(_) => Verdict::PING,
            Self::Refused(refused) => refused.into(),
        };
        Answer(verdict).into_response()
    }
}
