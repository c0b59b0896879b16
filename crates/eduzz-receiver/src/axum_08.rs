//! An extractor for axum 0.8.

use axum_core::extract::{FromRef, FromRequest, Request};
use axum_core::response::{IntoResponse, Response};
use bytes::Bytes;
use eduzz_webhook::{Delivery, Ping, Receipt, Verdict};

use crate::{Intake, Refused, reply};

/// A genuine delivery, read and verified with the [`Intake`] of the application's state.
///
/// Whatever else comes is answered without the handler; a handler that wants to see it takes a `Result<Received, NotReceived>`.
/// Route it with `any`, not `post`, because checks of the URL may come with GET or HEAD.
///
/// A panic in a handler of axum closes the connection without an answer. Eduzz takes that for a failure too; where you want an
/// answer, [`Receiver`](crate::Receiver) gives one.
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
#[allow(clippy::exhaustive_structs, reason = "an extractor is taken apart")]
pub struct Received(pub Delivery<Bytes>);

/// What came instead of a delivery. As a response it is what Eduzz expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    clippy::exhaustive_enums,
    reason = "what is no delivery is a check or refused"
)]
pub enum NotReceived {
    /// A check of the URL, which is answered with 200.
    Ping(Ping),
    /// Something that is refused.
    Refused(Refused),
}

/// A verdict as the response of a handler.
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_structs, reason = "it is a verdict for another trait")]
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
