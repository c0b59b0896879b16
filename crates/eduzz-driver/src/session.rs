//! A session that the clones of an account share.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use eduzz_oauth::{Session, SignedOut};
use eduzz_types::{AccessToken, Timestamp};
use eduzz_wire::CallError;

/// A session that several callers share. Clones are cheap.
#[derive(Clone)]
pub struct SharedSession {
    session: Arc<Mutex<Session>>,
    on_change: Option<Arc<Hook>>,
}

type Hook = dyn Fn(&Session, &Session) + Send + Sync;

impl SharedSession {
    /// Shares the session.
    #[must_use]
    pub fn new(session: Session) -> Self {
        Self {
            session: Arc::new(Mutex::new(session)),
            on_change: None,
        }
    }

    /// Calls the hook after each change, with the session before and after. It must not use this
    /// session.
    #[must_use]
    pub fn on_change(mut self, hook: impl Fn(&Session, &Session) + Send + Sync + 'static) -> Self {
        self.on_change = Some(Arc::new(hook));
        self
    }

    /// A copy of the session.
    #[must_use]
    pub fn get(&self) -> Session {
        self.lock().clone()
    }

    /// The token for a call.
    ///
    /// # Errors
    ///
    /// The session is signed out, or its token has expired.
    pub fn token(&self) -> Result<AccessToken, SignedOut> {
        self.change(|session| session.token(Timestamp::now()).cloned())
    }

    /// Ends the session if the service rejected this token, and it is the current one.
    pub fn observe<T, N>(&self, used: &AccessToken, outcome: &Result<T, CallError<N>>) {
        if let Some(rejection) = outcome.as_ref().err().and_then(CallError::rejection) {
            self.change(|session| session.observe(used, rejection));
        }
    }

    /// Changes the session, and tells the hook of it.
    pub fn change<T>(&self, act: impl FnOnce(&mut Session) -> T) -> T {
        let mut session = self.lock();
        let Some(hook) = &self.on_change else {
            return act(&mut session);
        };
        let before = session.clone();
        let result = act(&mut session);
        // Under the lock, so that changes are told in their order.
        if *session != before {
            hook(&before, &session);
        }
        result
    }

    fn lock(&self) -> MutexGuard<'_, Session> {
        // Every update is complete, so a poisoned lock is safe to use.
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for SharedSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signed_out = self.lock().why_signed_out();
        f.debug_struct("SharedSession")
            .field("signed_out", &signed_out)
            .finish_non_exhaustive()
    }
}
