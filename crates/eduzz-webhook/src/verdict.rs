//! What a receiver answers.

use core::convert::Infallible;

use crate::{Forged, Refusal};

/// How large a body a receiver should take, in bytes, if nothing else is said: 4 MiB.
///
/// The bodies of the documentation have a few kilobytes; but `blinket.attendances_printed` has one record for each ticket that
/// was printed, and a genuine delivery that is refused for its size holds back everything behind it. Whoever has no key can
/// make a receiver hold this much for each connection, so it is not larger.
pub const BODY_LIMIT: usize = 4 * 1024 * 1024;

/// The answer to a delivery: a status, and a short text for the history in Eduzz's console.
///
/// Eduzz knows two answers, 2xx and everything else, and sends the latter again. With the backup of events on, three failures of
/// *one* event stop the deliveries of all; after two days without a success the configuration is turned off and what waited
/// is **deleted**. So:
///
/// | What came | Answer | Why |
/// |---|---|---|
/// | a genuine event that was taken | [`ACCEPTED`](Self::ACCEPTED), 200 | |
/// | the same one again | [`ACCEPTED`](Self::ACCEPTED), 200 | it was taken |
/// | a genuine event that is unknown, unusable, or of no interest | [`ACCEPTED`](Self::ACCEPTED), 200 | sent again it would be the same, and hold back the others |
/// | a check of the URL | [`PING`](Self::PING), 200 | otherwise the configuration cannot be saved |
/// | an event that could not be stored: the database is down | [`LATER`](Self::LATER), 503 | it has to come again |
/// | an event on which the handler broke | [`FAILED`](Self::FAILED), 500 | it has to come again, when the handler is mended |
/// | a forgery | 401, from [`Forged`] | perhaps the key is the wrong one, and then it has to come again |
/// | a body that ended in the middle | [`CUT`](Self::CUT), 400 | |
/// | another method than POST, GET and HEAD | [`METHOD`](Self::METHOD), 405 | |
/// | a body that came too slowly | [`TOO_SLOW`](Self::TOO_SLOW), 408 | |
/// | a body that is too large | [`TOO_LARGE`](Self::TOO_LARGE), 413 | |
///
/// The texts are Portuguese, without accents: who reads them is the producer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub struct Verdict {
    status: u16,
    body: &'static str,
}

impl Verdict {
    /// It was taken: do not send it again.
    pub const ACCEPTED: Self = Self::of(200, "recebido");
    /// The URL answers.
    pub const PING: Self = Self::of(200, "pong");
    /// It could not be taken now: send it again.
    pub const LATER: Self = Self::of(503, "indisponivel: enviar de novo");
    /// The handler broke: send it again.
    pub const FAILED: Self = Self::of(500, "falha no receptor: enviar de novo");
    /// The body ended in the middle.
    pub const CUT: Self = Self::of(400, "corpo incompleto");
    /// Another method than POST, GET and HEAD.
    pub const METHOD: Self = Self::of(405, "metodo nao permitido");
    /// The body came too slowly.
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

    /// Whether Eduzz takes it for a success, and will not send again.
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

/// An error means that the delivery was not taken, and has to come again: [`LATER`](Verdict::LATER). It is not told to the
/// sender: log it.
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
