//! Failures on purpose: slow, cut and broken answers by route, late and duplicate deliveries by
//! event.

mod about;
mod written;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::{Method, StatusCode};

pub use self::written::BadFault;
use crate::random::Random;
use crate::record::Why;

/// A failure on purpose.
///
/// Without [`on`](Self::on) it applies to every call of the API, and not to the sign-in; a fault of
/// deliveries applies to all events. It counts the requests that it applies to, so the same
/// requests fail again in the same order. If several faults apply to a request, the first one that
/// strikes is taken; of those of a delivery, all that strike are.
///
/// ```
/// use std::time::Duration;
///
/// use eduzz_sandbox::{Config, Fault};
///
/// let mut config = Config::default();
/// config.faults = vec![
///     // The third, sixth, ninth … page of sales is cut.
///     Fault::cut().on("GET /myeduzz/v1/sales").every(3),
///     // After ten requests, three in a row are refused; then no more.
///     Fault::too_many(Some(2)).after(10).times(3),
///     Fault::slow(Duration::from_secs(40)).on("/oauth/token"),
/// ];
/// ```
///
/// A fault has a text, which JSON, forms and the program use: `KIND`, then `@N` for every Nth or
/// `@P%` for one at random, then options.
///
/// ```
/// # use eduzz_sandbox::Fault;
/// let fault: Fault = "502@3,on=GET /myeduzz/v1/sales,times=2".parse()?;
/// assert_eq!(fault, Fault::bad_gateway().every(3).on("GET /myeduzz/v1/sales").times(2));
/// # Ok::<(), eduzz_sandbox::BadFault>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Fault {
    harm: Harm,
    route: Option<String>,
    after: u64,
    every: u64,
    in_a_row: u64,
    times: Option<u64>,
    /// In thousandths.
    chance: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Harm {
    Slow(Duration),
    Cut,
    Page(StatusCode),
    Json(StatusCode),
    TooMany(Option<u64>),
    Unauthorized,
    Revoked,
    /// For deliveries only.
    Delivery(DeliveryHarm),
}

/// A failure of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DeliveryHarm {
    Twice,
    Late(Duration),
    Never,
    Shuffled(Duration),
}

impl Fault {
    const fn new(harm: Harm) -> Self {
        Self {
            harm,
            route: None,
            after: 0,
            every: 1,
            in_a_row: 1,
            times: None,
            chance: 1_000,
        }
    }

    /// The answer is delayed by `wait`, of tokio's time. The request is carried out before the
    /// wait.
    #[must_use]
    pub const fn slow(wait: Duration) -> Self {
        Self::new(Harm::Slow(wait))
    }

    /// The answer ends in the middle of its body. The request is carried out.
    #[must_use]
    pub const fn cut() -> Self {
        Self::new(Harm::Cut)
    }

    /// 502 with a page of HTML, as a gateway answers. The request is not carried out.
    #[must_use]
    pub const fn bad_gateway() -> Self {
        Self::new(Harm::Page(StatusCode::BAD_GATEWAY))
    }

    /// A page of HTML with this status. The request is not carried out.
    #[must_use]
    pub const fn page(status: StatusCode) -> Self {
        Self::new(Harm::Page(status))
    }

    /// 200 with a page of HTML, as a proxy's sign-in answers. The request is not carried out.
    #[must_use]
    pub const fn page_instead() -> Self {
        Self::new(Harm::Page(StatusCode::OK))
    }

    /// 500 with JSON in the documented form. The request is not carried out.
    #[must_use]
    pub const fn server_error() -> Self {
        Self::new(Harm::Json(StatusCode::INTERNAL_SERVER_ERROR))
    }

    /// JSON in the documented form with this status. The request is not carried out.
    #[must_use]
    pub const fn json(status: StatusCode) -> Self {
        Self::new(Harm::Json(status))
    }

    /// 429, with `Retry-After` in seconds or without. The request is not carried out.
    #[must_use]
    pub const fn too_many(retry_after: Option<u64>) -> Self {
        Self::new(Harm::TooMany(retry_after))
    }

    /// 401 of the gateway, as for a revoked token. The request is not carried out.
    #[must_use]
    pub const fn unauthorized() -> Self {
        Self::new(Harm::Unauthorized)
    }

    /// The request's token is revoked before the call, once: this call gets 401, and so do all
    /// later ones with the token. With [`after`](Self::after), that is in the middle of a run.
    #[must_use]
    pub const fn revoked() -> Self {
        Self::new(Harm::Revoked).times(1)
    }

    /// An event is not delivered, to each subscription that the fault strikes. The history has it,
    /// as [`DeliveryState::Lost`](crate::DeliveryState::Lost).
    #[must_use]
    pub const fn delivered_never() -> Self {
        Self::new(Harm::Delivery(DeliveryHarm::Never))
    }

    /// An event is delivered at some time within this span, by the sandbox's clock, that the seed
    /// draws: the events of one span arrive in any order.
    #[must_use]
    pub const fn delivered_shuffled(within: Duration) -> Self {
        Self::new(Harm::Delivery(DeliveryHarm::Shuffled(within)))
    }

    /// An event is delivered twice, to each subscription that the fault strikes.
    #[must_use]
    pub const fn delivered_twice() -> Self {
        Self::new(Harm::Delivery(DeliveryHarm::Twice))
    }

    /// An event is delivered later, by the sandbox's clock: events that follow overtake it.
    #[must_use]
    pub const fn delivered_late(wait: Duration) -> Self {
        Self::new(Harm::Delivery(DeliveryHarm::Late(wait)))
    }

    /// Applies to this route only: a path as the documentation writes it, with or without its
    /// method (`GET /myeduzz/v1/sales/:id`, `/oauth/token`). For a delivery it is an event's name
    /// (`myeduzz.invoice_paid`).
    #[must_use]
    pub fn on(mut self, route: impl Into<String>) -> Self {
        self.route = Some(route.into());
        self
    }

    /// Skips the first `requests` requests or deliveries.
    #[must_use]
    pub const fn after(mut self, requests: u64) -> Self {
        self.after = requests;
        self
    }

    /// Strikes the `k`th request, the `2k`th, and so on; 0 is as 1.
    #[must_use]
    pub const fn every(mut self, k: u64) -> Self {
        self.every = k;
        self
    }

    /// Strikes `requests` requests in a row, the last of them the `k`th, the `2k`th, and so on.
    #[must_use]
    pub const fn in_a_row(mut self, requests: u64) -> Self {
        self.in_a_row = requests;
        self
    }

    /// Strikes with this probability only, in thousandths, as the seed draws it.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use eduzz_sandbox::Fault;
    ///
    /// // Of the deliveries, 30 % are lost, 30 % come twice, and all arrive in any order.
    /// let faults = [
    ///     Fault::delivered_never().chance(300),
    ///     Fault::delivered_twice().chance(300),
    ///     Fault::delivered_shuffled(Duration::from_secs(60)),
    /// ];
    /// # drop(faults);
    /// ```
    #[must_use]
    pub const fn chance(mut self, thousandths: u32) -> Self {
        self.chance = thousandths;
        self
    }

    /// Strikes at most `requests` times.
    #[must_use]
    pub const fn times(mut self, requests: u64) -> Self {
        self.times = Some(requests);
        self
    }

    fn applies_to(&self, method: &Method, path: &str, listed: Option<&str>) -> bool {
        if matches!(self.harm, Harm::Delivery(_)) {
            return false;
        }
        let Some(route) = &self.route else {
            return listed.is_some();
        };
        let (on_method, on_path) = match route.split_once(' ') {
            Some((method, path)) => (Some(method), path.trim()),
            None => (None, route.as_str()),
        };
        on_method.is_none_or(|wanted| wanted.eq_ignore_ascii_case(method.as_str()))
            && listed.unwrap_or(path) == on_path
    }

    fn applies_to_event(&self, event: &str) -> bool {
        matches!(self.harm, Harm::Delivery(_)) && self.route.as_deref().is_none_or(|on| on == event)
    }

    /// Whether it strikes the request of this number, counted from 1, after it has struck `struck`
    /// times.
    fn strikes(&self, number: u64, struck: u64) -> bool {
        let Some(number) = number.checked_sub(self.after).filter(|number| *number > 0) else {
            return false;
        };
        let every = self.every.max(1);
        let place = (number - 1) % every;
        place.saturating_add(self.in_a_row) >= every && self.times.is_none_or(|most| struck < most)
    }
}

/// The faults of a sandbox, with their counters.
#[derive(Debug)]
pub(crate) struct Faults {
    faults: Mutex<Vec<Counted>>,
    struck: AtomicU64,
    seed: u64,
}

/// A fault that strikes a request.
#[derive(Debug)]
pub(crate) struct Struck {
    /// Its place in the list, from 1.
    place: usize,
    fault: Fault,
}

impl Struck {
    pub(crate) const fn harm(&self) -> &Harm {
        &self.fault.harm
    }

    /// The explanation for the panel.
    pub(crate) fn why(&self) -> Why {
        let Self { place, fault } = self;
        let (pt, en) = Fault::about(fault.kind());
        Why::new(
            format!("Falha {place} da lista: {fault}. {pt}"),
            format!("Fault {place} of the list: {fault}. {en}"),
        )
    }
}

#[derive(Debug)]
struct Counted {
    /// No other fault of the list has it.
    number: u64,
    fault: Fault,
    seen: u64,
    struck: u64,
    random: Random,
}

impl Counted {
    /// Counts a request or a delivery, and says whether the fault strikes it.
    fn strikes(&mut self) -> bool {
        self.seen += 1;
        // A draw for each one: which are struck does not depend on the other settings.
        let is_drawn = self.random.below(1_000) < u64::from(self.fault.chance);
        is_drawn && self.fault.strikes(self.seen, self.struck)
    }
}

impl Faults {
    pub(crate) fn new(faults: Vec<Fault>, seed: u64) -> Self {
        let all = Self {
            faults: Mutex::default(),
            struck: AtomicU64::new(0),
            seed,
        };
        all.set(faults);
        all
    }

    fn counted(&self) -> MutexGuard<'_, Vec<Counted>> {
        // Counters stay valid after a panic.
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set(&self, faults: Vec<Fault>) {
        let counted = |(number, fault)| Counted {
            number,
            fault,
            seen: 0,
            struck: 0,
            random: Random::stream(self.seed, &format!("fault/{number}")),
        };
        *self.counted() = (0..).zip(faults).map(counted).collect();
    }

    /// Adds a fault; the others keep their counts.
    pub(crate) fn add(&self, fault: Fault) {
        let mut counted = self.counted();
        let number = counted.iter().map(|known| known.number + 1).max();
        let number = number.unwrap_or_default();
        let random = Random::stream(self.seed, &format!("fault/{number}"));
        counted.push(Counted {
            number,
            fault,
            seen: 0,
            struck: 0,
            random,
        });
    }

    /// Takes the fault at this place out; `None` for a place beyond the list.
    pub(crate) fn remove(&self, place: usize) -> Option<Fault> {
        let mut counted = self.counted();
        (place < counted.len()).then(|| counted.remove(place).fault)
    }

    /// The faults, in their order.
    pub(crate) fn list(&self) -> Vec<Fault> {
        self.counted()
            .iter()
            .map(|counted| counted.fault.clone())
            .collect()
    }

    pub(crate) fn struck(&self) -> u64 {
        self.struck.load(Ordering::Relaxed)
    }

    /// The failure of this request.
    pub(crate) fn next(&self, method: &Method, path: &str, listed: Option<&str>) -> Option<Struck> {
        self.first(|fault| fault.applies_to(method, path, listed))
    }

    /// How often each fault has struck, in their order.
    pub(crate) fn strikes(&self) -> Vec<u64> {
        self.counted().iter().map(|counted| counted.struck).collect()
    }

    /// The waits of the copies of this event's delivery; none when it is lost.
    pub(crate) fn copies(&self, event: &str) -> Vec<Duration> {
        let mut waits = vec![Duration::ZERO];
        let (mut is_struck, mut is_lost) = (false, false);
        for counted in self.counted().iter_mut() {
            let Harm::Delivery(harm) = counted.fault.harm else {
                continue;
            };
            if !counted.fault.applies_to_event(event) || !counted.strikes() {
                continue;
            }
            counted.struck += 1;
            is_struck = true;
            match harm {
                DeliveryHarm::Never => is_lost = true,
                DeliveryHarm::Twice => waits.push(Duration::ZERO),
                DeliveryHarm::Late(late) => {
                    for wait in &mut waits {
                        *wait = wait.saturating_add(late);
                    }
                }
                DeliveryHarm::Shuffled(within) => {
                    let most = u64::try_from(within.as_millis()).unwrap_or(u64::MAX);
                    for wait in &mut waits {
                        let drawn = counted.random.below(most.saturating_add(1));
                        *wait = wait.saturating_add(Duration::from_millis(drawn));
                    }
                }
            }
        }
        if is_struck {
            self.struck.fetch_add(1, Ordering::Relaxed);
        }
        if is_lost { Vec::new() } else { waits }
    }

    fn first(&self, goes: impl Fn(&Fault) -> bool) -> Option<Struck> {
        let mut first = None;
        for (place, counted) in (1..).zip(self.counted().iter_mut()) {
            if !goes(&counted.fault) {
                continue;
            }
            if counted.strikes() && first.is_none() {
                counted.struck += 1;
                let fault = counted.fault.clone();
                first = Some(Struck { place, fault });
            }
        }
        if first.is_some() {
            self.struck.fetch_add(1, Ordering::Relaxed);
        }
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn struck(fault: &Fault) -> Vec<u64> {
        let mut struck = 0;
        let mut all = Vec::new();
        for number in 1..=12 {
            if fault.strikes(number, struck) {
                struck += 1;
                all.push(number);
            }
        }
        all
    }

    #[test]
    fn fault_strikes_by_count() {
        assert_eq!(struck(&Fault::cut().every(5)), [5, 10]);
        assert_eq!(struck(&Fault::cut().every(5).in_a_row(2)), [4, 5, 9, 10]);
        assert_eq!(struck(&Fault::cut().every(5).in_a_row(2).times(3)), [4, 5, 9]);
        assert_eq!(struck(&Fault::cut().after(10)), [11, 12]);
        assert_eq!(struck(&Fault::cut().every(0).times(2)), [1, 2]);
        assert_eq!(struck(&Fault::cut().after(3).every(4)), [7, 11]);
    }

    #[test]
    fn route_names_a_path_of_the_documentation() {
        let goes = |fault: &Fault, method: Method, path, listed| fault.applies_to(&method, path, listed);
        let one = Fault::cut().on("GET /myeduzz/v1/sales/:id");
        let template = Some("/myeduzz/v1/sales/:id");
        assert!(goes(&one, Method::GET, "/myeduzz/v1/sales/7", template));
        assert!(!goes(&one, Method::PUT, "/myeduzz/v1/sales/7", template));
        let summary = Some("/myeduzz/v1/sales/summary");
        assert!(!goes(&one, Method::GET, "/myeduzz/v1/sales/summary", summary));
        let sign_in = Fault::cut().on("/oauth/authorize");
        assert!(goes(&sign_in, Method::GET, "/oauth/authorize", None));
        let all = Fault::cut();
        assert!(goes(
            &all,
            Method::GET,
            "/accounts/v1/me",
            Some("/accounts/v1/me")
        ));
        assert!(!goes(&all, Method::GET, "/oauth/authorize", None));
    }
}
