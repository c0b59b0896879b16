//! What the sandbox remembers: who is signed in, what was asked, which codes and tokens are out, and what each product has.

pub(crate) mod alpaclass;
pub(crate) mod blinket;
pub(crate) mod calendar;
pub(crate) mod heycamp;
pub(crate) mod money;
pub(crate) mod nutror;
pub(crate) mod safevideo;
pub(crate) mod shop;

use std::collections::{HashMap, VecDeque};
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::{Duration, SystemTime};

use self::alpaclass::Schools;
use self::blinket::Agenda;
use self::calendar::Moment;
use self::heycamp::Communities;
use self::nutror::School;
use self::safevideo::Library;
use self::shop::{Producer, Shop};
use crate::config::{AppConfig, Arrivals, Config, Person};
use crate::faults::Faults;
use crate::http::json::Json;
use crate::random::Random;
use crate::webhooks::event_list;
use crate::webhooks::payloads::Tells;
use crate::webhooks::post::PostOffice;

/// How many sessions and unanswered requests are kept; the oldest go first. Anybody can make them by opening a page.
const KEPT: usize = 1_024;

/// A call of the SDK's list: its product and its name.
pub(crate) type CallName = (&'static str, &'static str);

/// The configured world, and what has happened in it.
///
/// Every method locks once and briefly, and never across an await.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) config: Config,
    pub(crate) faults: Faults,
    ledger: Mutex<Ledger>,
    /// When the world was made; the shop's past ends there.
    born: Moment,
    shop: Part<Shop>,
    schools: Part<Schools>,
    communities: Part<Communities>,
    nutror: Part<School>,
    agenda: Part<Agenda>,
    library: Part<Library>,
    /// How many calls were answered well.
    answered: AtomicU64,
    pub(crate) post: PostOffice,
    /// Whose shop it is, for what is told of it.
    producer: Producer,
    /// How many times money had come or gone in the shop when the other parts last heard of it.
    settled: AtomicUsize,
    /// Itself, for the task that carries the post.
    this: Weak<Self>,
}

/// A part of the world, for whoever reads or changes it. What happened to it is told when it is closed.
#[derive(Debug)]
pub(crate) struct Open<'a, P: Tells> {
    world: &'a World,
    part: MutexGuard<'a, P>,
}

impl<P: Tells> Deref for Open<'_, P> {
    type Target = P;

    fn deref(&self) -> &P {
        &self.part
    }
}

impl<P: Tells> DerefMut for Open<'_, P> {
    fn deref_mut(&mut self) -> &mut P {
        &mut self.part
    }
}

impl<P: Tells> Drop for Open<'_, P> {
    fn drop(&mut self) {
        for news in self.part.take_news() {
            let data = || self.part.data(&self.world.producer, &news);
            self.world.emit(P::event(&news), data);
        }
    }
}

#[derive(Debug)]
struct Ledger {
    pages: Random,
    codes: Random,
    tokens: Random,
    sessions: Recent<Session>,
    requests: Recent<Request>,
    issued_codes: HashMap<String, IssuedCode>,
    bearers: HashMap<String, Bearer>,
    /// When each call was last made with each token.
    taken: HashMap<(CallName, String), VecDeque<SystemTime>>,
}

/// A browser at the consent page.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// What the cookie holds.
    pub(crate) id: String,
    /// What every form of this browser must send back.
    pub(crate) csrf: String,
    /// Who is signed in.
    pub(crate) account_id: Option<String>,
}

/// What an application asks for: a valid authorization request.
#[derive(Clone, Debug)]
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

#[derive(Debug)]
struct IssuedCode {
    asked: Asked,
    account_id: String,
    expires: SystemTime,
    used: bool,
}

/// Why a code gives no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadCode {
    /// There is no such code, or it is another application's.
    NotFound,
    /// It has given its token.
    Used,
    /// It waited too long.
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

/// Whom a token speaks for, and what it allows.
#[derive(Clone, Debug)]
pub(crate) struct Bearer {
    pub(crate) account_id: String,
    /// The application that the token was made for; of a personal token, the first one that its person makes.
    pub(crate) client_id: String,
    pub(crate) scopes: Vec<String>,
}

impl World {
    pub(crate) fn new(config: Config) -> Self {
        let stream = |purpose| Random::stream(config.seed, purpose);
        let ledger = Ledger {
            pages: stream("pages"),
            codes: stream("codes"),
            tokens: stream("tokens"),
            sessions: Recent::default(),
            requests: Recent::default(),
            issued_codes: HashMap::new(),
            bearers: HashMap::new(),
            taken: HashMap::new(),
        };
        Self {
            faults: Faults::new(config.faults.clone()),
            ledger: Mutex::new(ledger),
            born: Moment::at(config.clock.now()),
            shop: Part::default(),
            schools: Part::default(),
            communities: Part::default(),
            nutror: Part::default(),
            agenda: Part::default(),
            library: Part::default(),
            answered: AtomicU64::new(0),
            post: PostOffice::new(&config),
            producer: Producer::of(&config),
            settled: AtomicUsize::new(0),
            this: Weak::new(),
            config,
        }
    }

    /// A world that several share, and that carries its own post.
    pub(crate) fn shared(config: Config) -> Arc<Self> {
        Arc::new_cyclic(|this| Self {
            this: Weak::clone(this),
            ..Self::new(config)
        })
    }

    /// Begins to carry deliveries to their receivers, if that is the sandbox's part. It is called from within a runtime.
    pub(crate) fn carry_post(&self) {
        self.post.carry(&self.config, Weak::clone(&self.this));
    }

    /// Tells of something that happened: whoever subscribed to the event is sent a delivery with these data, which are made only if
    /// somebody did. The name is the event's full one, the data are as the event's page documents them.
    ///
    /// A part of the world leaves its news to [`Open`], which comes here when the part is closed.
    fn emit(&self, event: &'static str, data: impl FnOnce() -> Json) {
        debug_assert!(event_list::find(event).is_some(), "{event} is an event");
        if !self.post.look().is_wanted(event) {
            return;
        }
        let now = self.config.clock.now();
        let harm = || self.faults.next_delivery(event);
        self.post.change(|outbox| outbox.post(event, data(), now, harm));
    }

    /// The time now.
    pub(crate) fn now(&self) -> Moment {
        Moment::at(self.config.clock.now())
    }

    /// The shop as it stands now.
    pub(crate) fn shop(&self) -> Open<'_, Shop> {
        let mut shop = self.shop.lock(|| Shop::new(&self.config, self.born));
        if let Some(Arrivals::Every(apart)) = self.config.arrivals
            && let Ok(apart @ 1..) = i64::try_from(apart.as_secs())
        {
            let passed = self.now().since(self.born).max(0);
            let nth = |count: u64| {
                self.born
                    .plus(apart.saturating_mul(i64::try_from(count).unwrap_or(i64::MAX)))
            };
            shop.arrive_until((passed / apart).unsigned_abs(), nth);
        }
        Open {
            world: self,
            part: shop,
        }
    }

    /// The schools as they stand now. Who bought what a delivery is of is a student there.
    pub(crate) fn schools(&self) -> Open<'_, Schools> {
        // Always in this order: nobody who has the schools asks for the shop.
        let shop = self.shop();
        let mut schools = self.schools.lock(|| Schools::new(&self.config, self.born, &shop));
        schools.let_in(&shop, self.born);
        Open {
            world: self,
            part: schools,
        }
    }

    /// The communities as they stand now.
    pub(crate) fn communities(&self) -> MutexGuard<'_, Communities> {
        self.communities
            .lock(|| Communities::new(&self.config, self.born))
    }

    /// The school at Nutror as it stands now. Who paid for a course is a student there.
    pub(crate) fn nutror(&self) -> Open<'_, School> {
        // Always in this order: nobody who has the school asks for the shop.
        let shop = self.shop();
        let mut school = self.nutror.lock(|| School::new(&self.config, self.born, &shop));
        school.let_in(&shop);
        Open {
            world: self,
            part: school,
        }
    }

    /// The events as they stand now. Who paid for a ticket attends.
    pub(crate) fn agenda(&self) -> Open<'_, Agenda> {
        // Always in this order: nobody who has the events asks for the shop.
        let shop = self.shop();
        let mut agenda = self.agenda.lock(|| Agenda::new(&self.config, self.born, &shop));
        agenda.let_in(&shop);
        Open {
            world: self,
            part: agenda,
        }
    }

    /// The media as they stand now.
    pub(crate) fn library(&self) -> MutexGuard<'_, Library> {
        self.library
            .lock(|| Library::new(&self.config, self.born, &self.shop()))
    }

    /// Lets the parts of the world hear of the money that came and went in the shop: who bought a course becomes a student, and that
    /// is news too. Nobody needs it before somebody subscribes, as each part looks for itself when it is opened.
    pub(crate) fn settle(&self) {
        let moves = self.shop().moves();
        if self.settled.swap(moves, Ordering::Relaxed) != moves && self.post.look().has_subscriptions() {
            self.let_all_in();
        }
    }

    /// As [`settle`](Self::settle), whether or not somebody subscribed.
    pub(crate) fn let_all_in(&self) {
        drop(self.nutror());
        drop(self.agenda());
        drop(self.schools());
    }

    /// When the next sale comes in by itself, if one does.
    pub(crate) fn next_arrival(&self) -> Option<SystemTime> {
        let Some(Arrivals::Every(apart)) = self.config.arrivals else {
            return None;
        };
        let apart = Duration::from_secs(apart.as_secs());
        let next = u32::try_from(self.shop().next_arrival()?).ok()?;
        self.born.time().checked_add(apart.checked_mul(next)?)
    }

    /// Counts a call that was answered well; with it, a new sale may arrive.
    pub(crate) fn answered(&self) {
        let Some(Arrivals::AfterRequests(apart)) = self.config.arrivals else {
            return;
        };
        let answered = self.answered.fetch_add(1, Ordering::Relaxed).saturating_add(1);
        let due = answered.checked_div(apart.into()).unwrap_or_default();
        let now = self.now();
        self.shop().arrive_until(due, |_| now);
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        // Each change is complete before anything that could panic, so a poisoned ledger is a good one.
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn session(&self, id: &str) -> Option<Session> {
        self.ledger().sessions.get_mut(id).cloned()
    }

    /// Opens a session for the account, or for nobody yet. The one it replaces ends: an id that somebody planted
    /// before the sign-in is worth nothing after it.
    pub(crate) fn open_session(&self, account_id: Option<String>, instead_of: Option<&Session>) -> Session {
        let mut ledger = self.ledger();
        if let Some(old) = instead_of {
            ledger.sessions.remove(&old.id);
        }
        let session = Session {
            id: ledger.pages.url_safe(32),
            csrf: ledger.pages.url_safe(32),
            account_id,
        };
        ledger.sessions.insert(session.id.clone(), session.clone());
        session
    }

    /// Remembers a request under the id that the page's forms carry.
    pub(crate) fn ask(&self, session: &Session, asked: Asked) -> String {
        let mut ledger = self.ledger();
        let id = ledger.pages.url_safe(32);
        let request = Request {
            session: session.id.clone(),
            asked,
            answered: false,
        };
        ledger.requests.insert(id.clone(), request);
        id
    }

    /// The request that this browser was shown under this id, if it is still open.
    pub(crate) fn asked(&self, session: &Session, request: &str) -> Result<Asked, NoRequest> {
        self.ledger()
            .open_request(session, request)
            .map(|request| request.asked.clone())
    }

    /// Closes a request, once.
    pub(crate) fn close(&self, session: &Session, request: &str) -> Result<(), NoRequest> {
        self.ledger()
            .open_request(session, request)
            .map(|request| request.answered = true)
    }

    /// Closes a request, once, and issues the code that it asked for.
    pub(crate) fn grant(
        &self,
        session: &Session,
        request: &str,
        account_id: &str,
    ) -> Result<String, NoRequest> {
        let now = self.config.clock.now();
        let mut ledger = self.ledger();
        let request = ledger.open_request(session, request)?;
        request.answered = true;
        let issued = IssuedCode {
            asked: request.asked.clone(),
            account_id: account_id.to_owned(),
            expires: calendar::later(now, self.config.code_lifetime),
            used: false,
        };
        let code = ledger.codes.url_safe(32);
        ledger.issued_codes.insert(code.clone(), issued);
        Ok(code)
    }

    /// Spends a code and gives the account that granted it. A code that is refused stays as it was.
    pub(crate) fn redeem(&self, code: &str, app: &AppConfig, return_url: &str) -> Result<String, BadCode> {
        let now = self.config.clock.now();
        let mut ledger = self.ledger();
        let issued = ledger
            .issued_codes
            .get_mut(code)
            .filter(|issued| issued.asked.client_id == app.client_id);
        let issued = issued.ok_or(BadCode::NotFound)?;
        if issued.used {
            return Err(BadCode::Used);
        }
        if now >= issued.expires {
            return Err(BadCode::Expired);
        }
        if issued.asked.return_url != return_url {
            return Err(BadCode::OtherReturnUrl);
        }
        issued.used = true;
        Ok(issued.account_id.clone())
    }

    /// Issues a token of the application for the account.
    pub(crate) fn issue_token(&self, app: &AppConfig, account_id: &str) -> IssuedToken {
        let mut ledger = self.ledger();
        let token = IssuedToken {
            id: ledger.tokens.uuid(),
            // 53 bytes are 72 characters, the last of them `=`: the length and the look of the documented sample.
            access_token: ledger.tokens.base64(53),
            credential_id: Random::stream(self.config.seed, &app.client_id).uuid(),
            created_at: self.config.clock.unix_seconds(),
        };
        let bearer = Bearer {
            account_id: account_id.to_owned(),
            client_id: app.client_id.clone(),
            scopes: app.scopes.clone(),
        };
        ledger.bearers.insert(token.access_token.clone(), bearer);
        token
    }

    /// Whom a token of either kind speaks for.
    pub(crate) fn bearer(&self, token: &str) -> Option<Bearer> {
        if let Some(person) = self
            .config
            .people
            .iter()
            .find(|person| person.personal_token == token)
        {
            return Some(self.personal_bearer(person));
        }
        self.ledger().bearers.get(token).cloned()
    }

    fn personal_bearer(&self, person: &Person) -> Bearer {
        let apps = self
            .config
            .apps
            .iter()
            .filter(|app| app.is_made_by(&person.account_id));
        let mut client_ids = apps.clone().map(|app| app.client_id.clone());
        let client_id = client_ids.next().unwrap_or_default();
        let scopes = apps.flat_map(|app| app.scopes.iter().cloned()).collect();
        Bearer {
            account_id: person.account_id.clone(),
            client_id,
            scopes,
        }
    }

    /// Counts a request against the limit, or says how long to wait. What is refused does not count.
    pub(crate) fn take(&self, call: CallName, token: &str) -> Result<(), Duration> {
        let Some(pace) = self.config.pace else {
            return Ok(());
        };
        let now = self.config.clock.now();
        let mut ledger = self.ledger();
        let taken = ledger.taken.entry((call, token.to_owned())).or_default();
        // A clock that was set back makes no request younger than now.
        let age = |time: &SystemTime| now.duration_since(*time).unwrap_or_default();
        while taken.front().is_some_and(|oldest| age(oldest) >= pace.per) {
            taken.pop_front();
        }
        if u32::try_from(taken.len()).is_ok_and(|count| count < pace.requests) {
            taken.push_back(now);
            return Ok(());
        }
        Err(taken
            .front()
            .map_or(pace.per, |oldest| pace.per.saturating_sub(age(oldest))))
    }
}

impl Ledger {
    fn open_request(&mut self, session: &Session, id: &str) -> Result<&mut Request, NoRequest> {
        let request = self
            .requests
            .get_mut(id)
            .filter(|request| request.session == session.id);
        match request {
            None => Err(NoRequest::Unknown),
            Some(request) if request.answered => Err(NoRequest::Answered),
            Some(request) => Ok(request),
        }
    }
}

/// What a product has. It is made when somebody first asks: who only signs in does not pay for it.
#[derive(Debug)]
struct Part<T>(OnceLock<Mutex<T>>);

impl<T> Part<T> {
    fn lock(&self, make: impl FnOnce() -> T) -> MutexGuard<'_, T> {
        let part = self.0.get_or_init(|| Mutex::new(make()));
        // A change that panicked half-way would be a bug to be seen in the answers, not one to refuse them all for.
        part.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Default for Part<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

/// The last so many entries, by key.
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
        self.0
            .iter_mut()
            .rev()
            .find(|(kept, _)| kept == key)
            .map(|(_, value)| value)
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

/// Gives the id behind the last one.
const fn next_id(last: &mut u64) -> u64 {
    *last = last.saturating_add(1);
    *last
}

/// Addresses are compared whatever their case.
fn is_same_email(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_sessions_are_kept() {
        let world = World::new(Config::default());
        let first = world.open_session(None, None);
        for _ in 0..KEPT {
            world.open_session(None, None);
        }
        assert!(world.session(&first.id).is_none());
        assert_eq!(world.ledger().sessions.0.len(), KEPT);
    }
}
