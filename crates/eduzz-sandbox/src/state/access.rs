//! Sessions, authorization requests, codes, tokens, and their limits.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::config::{AppConfig, Config, Pace, Person};
use crate::random::Random;

/// Sessions and open requests kept; the oldest are dropped. Anybody can make them by opening a
/// page.
const KEPT: usize = 1_024;

/// A call of the SDK's list: its product and its name.
pub(crate) type CallName = (&'static str, &'static str);

/// Sessions, authorization requests, codes, tokens, and the requests counted against the limit.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Access {
    #[serde(skip)]
    seed: u64,
    pages: Random,
    codes: Random,
    tokens: Random,
    #[serde(skip)]
    sessions: Recent<Session>,
    #[serde(skip)]
    requests: Recent<Request>,
    issued_codes: BTreeMap<String, IssuedCode>,
    bearers: BTreeMap<String, Bearer>,
    /// Personal tokens that were revoked.
    revoked: BTreeSet<String>,
    /// The return URLs of the applications whose list was changed, by client id.
    return_urls: BTreeMap<String, Vec<String>>,
    /// When each call was last made with each token.
    #[serde(skip)]
    taken: HashMap<(CallName, String), VecDeque<SystemTime>>,
}

/// A browser at the consent page.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// The cookie's value.
    pub(crate) id: String,
    /// The value that every form of this browser must send back.
    pub(crate) csrf: String,
    /// The account signed in.
    pub(crate) account_id: Option<String>,
}

/// A valid authorization request.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Asked {
    pub(crate) client_id: String,
    pub(crate) return_url: String,
    pub(crate) state: Option<String>,
}

/// An authorization request that was shown to a browser.
#[derive(Debug)]
struct Request {
    session: String,
    asked: Asked,
    answered: bool,
}

/// Why a request cannot be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoRequest {
    /// It was never shown to this browser, or too long ago.
    Unknown,
    /// It was answered before.
    Answered,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct IssuedCode {
    asked: Asked,
    account_id: String,
    expires: SystemTime,
    used: bool,
}

/// Why a code gives no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadCode {
    /// The code is unknown, or another application's.
    NotFound,
    /// It was exchanged before.
    Used,
    /// It expired.
    Expired,
    /// It was issued for another return URL.
    OtherReturnUrl,
}

/// An access token as it was issued.
#[derive(Debug)]
pub(crate) struct IssuedToken {
    pub(crate) id: String,
    pub(crate) access_token: String,
    pub(crate) credential_id: String,
    pub(crate) created_at: u64,
}

/// The account of a token, and the token's scopes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Bearer {
    pub(crate) account_id: String,
    /// The token's application; of a personal token, the first one that its person makes.
    pub(crate) client_id: String,
    pub(crate) scopes: Vec<String>,
}

impl Access {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            pages: Random::stream(seed, "pages"),
            codes: Random::stream(seed, "codes"),
            tokens: Random::stream(seed, "tokens"),
            ..Self::default()
        }
    }

    /// What outlives the sandbox: not the browsers at its pages, and not the counts of the limit.
    pub(crate) fn lasting(&self, seed: u64) -> Self {
        Self {
            seed,
            pages: self.pages.clone(),
            codes: self.codes.clone(),
            tokens: self.tokens.clone(),
            issued_codes: self.issued_codes.clone(),
            bearers: self.bearers.clone(),
            revoked: self.revoked.clone(),
            return_urls: self.return_urls.clone(),
            ..Self::default()
        }
    }

    pub(crate) fn session(&mut self, id: &str) -> Option<Session> {
        self.sessions.get_mut(id).cloned()
    }

    /// Opens a session for the account, or for a browser that is not signed in. The session that it
    /// replaces ends, so that an id planted before the sign-in is worth nothing after it.
    pub(crate) fn open_session(
        &mut self,
        account_id: Option<String>,
        instead_of: Option<&Session>,
    ) -> Session {
        if let Some(old) = instead_of {
            self.sessions.remove(&old.id);
        }
        let session = Session {
            id: self.pages.url_safe(32),
            csrf: self.pages.url_safe(32),
            account_id,
        };
        self.sessions.insert(session.id.clone(), session.clone());
        session
    }

    /// Stores a request under the id that the page's forms carry.
    pub(crate) fn ask(&mut self, session: &Session, asked: Asked) -> String {
        let id = self.pages.url_safe(32);
        let request = Request {
            session: session.id.clone(),
            asked,
            answered: false,
        };
        self.requests.insert(id.clone(), request);
        id
    }

    /// The open request that this browser was shown under this id.
    pub(crate) fn asked(&mut self, session: &Session, request: &str) -> Result<Asked, NoRequest> {
        self.open_request(session, request)
            .map(|request| request.asked.clone())
    }

    /// Closes a request, once.
    pub(crate) fn close(&mut self, session: &Session, request: &str) -> Result<(), NoRequest> {
        self.open_request(session, request)
            .map(|request| request.answered = true)
    }

    /// Closes a request, once, and issues the code that it asked for.
    pub(crate) fn grant(
        &mut self,
        session: &Session,
        request: &str,
        account_id: &str,
        expires: SystemTime,
    ) -> Result<String, NoRequest> {
        let request = self.open_request(session, request)?;
        request.answered = true;
        let issued = IssuedCode {
            asked: request.asked.clone(),
            account_id: account_id.to_owned(),
            expires,
            used: false,
        };
        let code = self.codes.url_safe(32);
        self.issued_codes.insert(code.clone(), issued);
        Ok(code)
    }

    /// Spends a code and gives the account that granted it. A refused code is not spent. Without a
    /// return URL none is compared.
    pub(crate) fn redeem(
        &mut self,
        code: &str,
        app: &AppConfig,
        return_url: Option<&str>,
        now: SystemTime,
    ) -> Result<String, BadCode> {
        let issued = self.issued_codes.get_mut(code);
        let issued = issued.filter(|issued| issued.asked.client_id == app.client_id);
        let issued = issued.ok_or(BadCode::NotFound)?;
        if issued.used {
            return Err(BadCode::Used);
        }
        if now >= issued.expires {
            return Err(BadCode::Expired);
        }
        if return_url.is_some_and(|given| given != issued.asked.return_url) {
            return Err(BadCode::OtherReturnUrl);
        }
        issued.used = true;
        Ok(issued.account_id.clone())
    }

    /// Issues a token of the application for the account.
    pub(crate) fn issue_token(&mut self, app: &AppConfig, account_id: &str, created_at: u64) -> IssuedToken {
        let token = IssuedToken {
            id: self.tokens.uuid(),
            // 53 bytes are 72 characters, the last of them `=`: length and look of the documented
            // sample.
            access_token: self.tokens.base64(53),
            credential_id: Random::stream(self.seed, &app.client_id).uuid(),
            created_at,
        };
        let bearer = Bearer {
            account_id: account_id.to_owned(),
            client_id: app.client_id.clone(),
            scopes: app.scopes.clone(),
        };
        self.bearers.insert(token.access_token.clone(), bearer);
        token
    }

    /// The account and the scopes of a token of either kind.
    pub(crate) fn bearer(&self, config: &Config, token: &str) -> Option<Bearer> {
        let person = config.people.iter().find(|person| person.personal_token == token);
        match person {
            Some(_) if self.revoked.contains(token) => None,
            Some(person) => Some(personal_bearer(config, person)),
            None => self.bearers.get(token).cloned(),
        }
    }

    /// The registered return URLs of an application.
    pub(crate) fn return_urls(&self, app: &AppConfig) -> Vec<String> {
        let changed = self.return_urls.get(&app.client_id);
        changed.unwrap_or(&app.return_urls).clone()
    }

    /// Registers other return URLs of an application from now on.
    pub(crate) fn set_return_urls(&mut self, app: &AppConfig, urls: Vec<String>) {
        self.return_urls.insert(app.client_id.clone(), urls);
    }

    /// The number of an account's valid tokens from sign-ins, and whether its personal token is
    /// valid.
    pub(crate) fn valid_tokens(&self, person: &Person) -> (usize, bool) {
        let bearers = self.bearers.values();
        let signed_in = bearers.filter(|bearer| bearer.account_id == person.account_id);
        (signed_in.count(), !self.revoked.contains(&person.personal_token))
    }

    /// Ends one token.
    pub(crate) fn revoke_token(&mut self, token: &str) {
        if self.bearers.remove(token).is_none() {
            self.revoked.insert(token.to_owned());
        }
    }

    /// Ends all tokens of an account, and gives their number.
    pub(crate) fn revoke(&mut self, config: &Config, account_id: &str) -> usize {
        let before = self.bearers.len();
        self.bearers.retain(|_, bearer| bearer.account_id != account_id);
        let person = config.person(account_id);
        let is_new = person.is_some_and(|person| self.revoked.insert(person.personal_token.clone()));
        before - self.bearers.len() + usize::from(is_new)
    }

    /// Counts a request against the limit, or gives the time to wait. A refused request does not
    /// count.
    pub(crate) fn take(
        &mut self,
        pace: Pace,
        call: CallName,
        token: &str,
        now: SystemTime,
    ) -> Result<(), Duration> {
        let taken = self.taken.entry((call, token.to_owned())).or_default();
        // A clock that was set back makes no request younger than now.
        let age = |time: &SystemTime| now.duration_since(*time).unwrap_or_default();
        while taken.front().is_some_and(|oldest| age(oldest) >= pace.per) {
            taken.pop_front();
        }
        if u32::try_from(taken.len()).is_ok_and(|count| count < pace.requests) {
            taken.push_back(now);
            return Ok(());
        }
        let passed = taken.front().map_or(Duration::ZERO, age);
        Err(pace.per.saturating_sub(passed))
    }

    fn open_request(&mut self, session: &Session, id: &str) -> Result<&mut Request, NoRequest> {
        let request = self.requests.get_mut(id);
        match request.filter(|request| request.session == session.id) {
            None => Err(NoRequest::Unknown),
            Some(request) if request.answered => Err(NoRequest::Answered),
            Some(request) => Ok(request),
        }
    }
}

fn personal_bearer(config: &Config, person: &Person) -> Bearer {
    let apps = config.apps.iter();
    let apps = apps.filter(|app| app.is_made_by(&person.account_id));
    let client_id = apps.clone().map(|app| app.client_id.clone()).next();
    Bearer {
        account_id: person.account_id.clone(),
        client_id: client_id.unwrap_or_default(),
        scopes: apps.flat_map(|app| app.scopes.iter().cloned()).collect(),
    }
}

/// The last `KEPT` entries, by key.
#[derive(Debug)]
struct Recent<T>(VecDeque<(String, T)>);

impl<T> Recent<T> {
    fn insert(&mut self, key: String, value: T) {
        if self.0.len() >= KEPT {
            self.0.pop_front();
        }
        self.0.push_back((key, value));
    }

    fn get_mut(&mut self, key: &str) -> Option<&mut T> {
        let mut newest_first = self.0.iter_mut().rev();
        let found = newest_first.find(|(kept, _)| kept == key);
        found.map(|(_, value)| value)
    }

    fn remove(&mut self, key: &str) {
        self.0.retain(|(kept, _)| kept != key);
    }
}

impl<T> Default for Recent<T> {
    fn default() -> Self {
        Self(VecDeque::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_beyond_the_limit_drop_the_oldest() {
        let mut access = Access::new(1);
        let first = access.open_session(None, None);
        for _ in 0..KEPT {
            access.open_session(None, None);
        }
        assert!(access.session(&first.id).is_none());
        assert_eq!(access.sessions.0.len(), KEPT);
    }
}
