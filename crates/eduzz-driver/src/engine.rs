//! The engine of a client: its settings, its retries, its pace.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{error, fmt};

use eduzz_types::AccessToken;
use eduzz_wire::{
    Attempt, Backoff, Callable, EncodeError, Lane, Origins, Outcome, Quota, Retries, RetryBudget, Settings,
    Then,
};
use http::HeaderValue;

use crate::pacing::{Keeper, Pacing, Wake, random_seed};

/// The configuration of an [`Engine`].
#[non_exhaustive]
pub struct Config<W: Wake, K: ?Sized> {
    /// The origins to call; production by default.
    pub origins: Origins,
    /// The number of attempts of a call, and the waits in between.
    pub backoff: Backoff,
    /// The retry budget of all calls together.
    pub budget: RetryBudget,
    /// The pace of calls.
    pub pacing: Pacing<W, K>,
    /// The program's name, before the client's in the header `user-agent`.
    pub user_agent: Option<String>,
}

impl<W: Wake, K: ?Sized> fmt::Debug for Config<W, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("origins", &self.origins)
            .field("backoff", &self.backoff)
            .field("budget", &self.budget)
            .field("pacing", &self.pacing)
            .field("user_agent", &self.user_agent)
            .finish()
    }
}

impl<W: Wake, K: ?Sized> Default for Config<W, K> {
    fn default() -> Self {
        Self {
            origins: Origins::production(),
            backoff: Backoff::default(),
            budget: RetryBudget::default(),
            pacing: Pacing::default(),
            user_agent: None,
        }
    }
}

impl<W: Wake, K: ?Sized> Clone for Config<W, K> {
    fn clone(&self) -> Self {
        Self {
            origins: self.origins.clone(),
            backoff: self.backoff,
            budget: self.budget,
            pacing: self.pacing.clone(),
            user_agent: self.user_agent.clone(),
        }
    }
}

impl<W: Wake, K: Keeper + ?Sized> Config<W, K> {
    /// The engine of a client with this name, such as `eduzz-hyper/0.1.0`.
    ///
    /// # Errors
    ///
    /// A header cannot carry the program's name.
    pub fn engine(&self, client: &str) -> Result<Engine<W, K>, BadUserAgent> {
        let user_agent = match &self.user_agent {
            Some(program) => HeaderValue::try_from(format!("{program} {client}")),
            None => HeaderValue::try_from(client),
        };
        let mut settings = Settings::new(self.origins.clone());
        settings.backoff = self.backoff;
        settings.user_agent = Some(user_agent.map_err(|_| BadUserAgent(()))?);
        Ok(Engine {
            parts: Arc::new(Parts {
                settings,
                retries: Mutex::new(Retries::new(self.budget, random_seed())),
            }),
            pacing: self.pacing.clone(),
            quota: None,
            max_wait: None,
        })
    }
}

/// What the calls of a client share, except for how they are sent. Clones are cheap.
pub struct Engine<W: Wake, K: ?Sized> {
    parts: Arc<Parts>,
    pacing: Pacing<W, K>,
    quota: Option<Quota>,
    max_wait: Option<Duration>,
}

struct Parts {
    settings: Settings,
    retries: Mutex<Retries>,
}

impl<W: Wake, K: Keeper + ?Sized> Engine<W, K> {
    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.parts.settings
    }

    /// The pace.
    #[must_use]
    pub const fn pacing(&self) -> &Pacing<W, K> {
        &self.pacing
    }

    /// The same engine, whose calls take their turns from this pace.
    #[must_use]
    pub fn paced_by(&self, pacing: Pacing<W, K>) -> Self {
        Self {
            pacing,
            ..self.clone()
        }
    }

    /// The same engine, whose calls count together under this quota, whatever their tokens.
    #[must_use]
    pub fn quota(&self, quota: Quota) -> Self {
        Self {
            quota: Some(quota),
            ..self.clone()
        }
    }

    /// The same engine, whose calls wait no longer than this for their turns and retries.
    #[must_use]
    pub fn max_wait(&self, wait: Duration) -> Self {
        Self {
            max_wait: Some(wait),
            ..self.clone()
        }
    }

    /// The calls that count together with this one.
    #[must_use]
    pub fn lane(&self, call: &impl Callable, token: Option<&AccessToken>) -> Lane {
        let quota = self.quota.unwrap_or_else(|| self.pacing().quota(token));
        Lane::new(quota, &call.route())
    }

    /// At least how long this call would wait for its turn now; `None` if another keeper grants it.
    #[must_use]
    pub fn would_wait(&self, call: &impl Callable, token: Option<&AccessToken>) -> Option<Duration> {
        self.pacing().would_wait(&self.lane(call, token))
    }

    /// The first attempt of a call.
    ///
    /// # Errors
    ///
    /// The call cannot be encoded.
    pub fn attempt<'a, C: Callable>(
        &'a self,
        call: &'a C,
        token: Option<&'a AccessToken>,
    ) -> Result<Attempt<'a, C>, EncodeError> {
        Attempt::first(call, self.settings(), token, self.max_wait)
    }

    /// Decides what to do after an attempt.
    pub fn decide<'a, C: Callable, N>(&self, outcome: Outcome<'a, C, N>) -> Then<'a, C, N> {
        // Every update is complete, so a poisoned lock is safe to use.
        let mut retries = self.parts.retries.lock().unwrap_or_else(PoisonError::into_inner);
        outcome.then(&mut retries)
    }
}

impl<W: Wake, K: ?Sized> Clone for Engine<W, K> {
    fn clone(&self) -> Self {
        Self {
            parts: Arc::clone(&self.parts),
            pacing: self.pacing.clone(),
            quota: self.quota,
            max_wait: self.max_wait,
        }
    }
}

impl<W: Wake, K: ?Sized> fmt::Debug for Engine<W, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Engine")
            .field("origins", &self.parts.settings.origins)
            .field("backoff", &self.parts.settings.backoff)
            .field("pacing", &self.pacing)
            .field("max_wait", &self.max_wait)
            .finish_non_exhaustive()
    }
}

/// The program's name has characters that a header cannot carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadUserAgent(());

impl BadUserAgent {
    /// What is wrong, for the errors of clients.
    #[doc(hidden)]
    pub const CLAUSE: &str = "the user agent has characters that a header cannot carry";
}

impl fmt::Display for BadUserAgent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::CLAUSE)
    }
}

impl error::Error for BadUserAgent {}
