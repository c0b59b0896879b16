//! The answers of a receiver.

use core::convert::Infallible;

use crate::{Forged, Refusal};

/// The default limit for a body, in bytes: 4 MiB.
///
/// Documented bodies have a few kilobytes, but `blinket.attendances_printed` has one record for
/// each printed ticket, and refusing a genuine delivery for its size blocks all later ones. The
/// limit is not larger because anyone can make a receiver hold this much for each connection.
pub const BODY_LIMIT: usize = 4 * 1024 * 1024;

/// The answer to a delivery: a status, and a short text for the history in Eduzz's console.
///
/// Eduzz retries after any answer other than 2xx. With the backup of events on, three failures of
/// *one* event stop all deliveries; after two days without a success the configuration is disabled
/// and the waiting events are **deleted**. Therefore:
///
/// | Request | Answer | Why |
/// |---|---|---|
/// | a genuine event that was accepted | [`ACCEPTED`](Self::ACCEPTED), 200 | |
/// | a duplicate | [`ACCEPTED`](Self::ACCEPTED), 200 | it was accepted before |
/// | a genuine event that is unknown, unusable or not of interest | [`ACCEPTED`](Self::ACCEPTED), 200 | a retry would be the same, and block the others |
/// | a check of the URL | [`PING`](Self::PING), 200 | otherwise the configuration cannot be saved |
/// | an event that could not be stored, for example because the database is down | [`LATER`](Self::LATER), 503 | it must be retried |
/// | an event on which the handler failed | [`FAILED`](Self::FAILED), 500 | it must be retried once the handler is fixed |
/// | a forgery | 401, from [`Forged`] | if the configured key is wrong, a genuine event must be retried |
/// | a body that was cut | [`CUT`](Self::CUT), 400 | |
/// | a method other than POST, GET and HEAD | [`METHOD`](Self::METHOD), 405 | |
/// | a body that was too slow | [`TOO_SLOW`](Self::TOO_SLOW), 408 | |
/// | a body that is too large | [`TOO_LARGE`](Self::TOO_LARGE), 413 | |
///
/// The texts are Portuguese without accents, since the producer reads them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub struct Verdict {
    status: u16,
    body: &'static str,
}

impl Verdict {
    /// Accepted: no retry.
    pub const ACCEPTED: Self = Self::of(200, "recebido");
    /// The answer to a check of the URL.
    pub const PING: Self = Self::of(200, "pong");
    /// Temporarily not accepted: retry.
    pub const LATER: Self = Self::of(503, "indisponivel: enviar de novo");
    /// The handler failed: retry.
    pub const FAILED: Self = Self::of(500, "falha no receptor: enviar de novo");
    /// The body was cut.
    pub const CUT: Self = Self::of(400, "corpo incompleto");
    /// A method other than POST, GET and HEAD.
    pub const METHOD: Self = Self::of(405, "metodo nao permitido");
    /// The body was too slow.
    pub const TOO_SLOW: Self = Self::of(408, "corpo lento demais");
    /// The body is larger than the receiver's limit.
    pub const TOO_LARGE: Self = Self::of(413, "corpo grande demais");

    const fn of(status: u16, body: &'static str) -> Self {
        Self { status, body }
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// The body, plain text.
    #[must_use]
    pub const fn body(&self) -> &'static str {
        self.body
    }

    /// Whether Eduzz treats it as a success and does not retry.
    #[must_use]
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }
}

impl From<()> for Verdict {
    fn from((): ()) -> Self {
        Self::ACCEPTED
    }
}

impl From<Infallible> for Verdict {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// An error becomes [`LATER`](Verdict::LATER): the delivery was not accepted and must be retried.
/// The answer does not contain the error, so log it.
impl<T: Into<Self>, E> From<Result<T, E>> for Verdict {
    fn from(handled: Result<T, E>) -> Self {
        handled.map_or(Self::LATER, Into::into)
    }
}

impl From<Forged> for Verdict {
    fn from(forged: Forged) -> Self {
        Self::of(
            401,
            match forged {
                Forged::Unsigned => "sem assinatura (x-signature)",
                Forged::Malformed => "assinatura malformada",
                Forged::Several => "mais de uma assinatura",
                Forged::OtherKey => "assinatura de outra chave ou de outro corpo",
            },
        )
    }
}

impl From<Refusal> for Verdict {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Method => Self::METHOD,
            Refusal::Forged(forged) => forged.into(),
        }
    }
}
