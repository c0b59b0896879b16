//! Decisions about an account's subscriptions to webhooks.
//!
//! ```text
//! list ──▶ decide ──▶ Act(action) ──call──▶ answer ──▶ check ──▶ take ──▶ decide … ──▶ Done
//!                 └─▶ Several                             └─▶ Unmet
//! ```
//!
//! [`decide`] says what a wanted subscription lacks, one [`Action`] at a time; after its call,
//! [`Action::check`] says whether the service did what was asked, and [`take`] puts the answer into
//! the list. It ends after three actions at most. [`examine`] only looks.

use alloc::borrow::ToOwned as _;
use alloc::collections::BTreeSet;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use eduzz_types::PersonalText;
use eduzz_types::webhook::subscriptions::{Subscription, SubscriptionStatus, WebhookSubscriptionId};

/// A subscription that should be there, active.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wanted {
    /// Its name, for people, if it is made.
    pub name: String,
    /// Where the events go. It often holds a key, so it does not print.
    pub url: PersonalText,
    /// The full names of the events. A subscription may have more.
    pub events: BTreeSet<String>,
}

/// What a wanted subscription needs next.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "a caller has to handle every decision")]
pub enum Decision {
    /// Do this, [check](Action::check) the answer, and decide again.
    Act(Action),
    /// It is there with all events, and not disabled.
    Done(WebhookSubscriptionId),
    /// Several subscriptions that are not disabled have the address: each event comes as often.
    /// Which of them a person wants cannot be known.
    Several(Vec<WebhookSubscriptionId>),
}

/// A call that changes subscriptions.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// Make the wanted one.
    Create,
    /// Give one more events.
    #[non_exhaustive]
    Change {
        /// The subscription.
        id: WebhookSubscriptionId,
        /// Its name.
        name: String,
        /// Its address, as the service has it.
        url: PersonalText,
        /// The events that it has, in their order, and then those that are added.
        events: Vec<String>,
    },
    /// Activate one that is disabled.
    Activate(WebhookSubscriptionId),
}

/// What the service did not do although it accepted the call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unmet {
    /// It answered another subscription, or another address.
    Other,
    /// The subscription does not have these events.
    Events(Vec<String>),
    /// It is not active.
    Status(SubscriptionStatus),
}

/// Why events do not come, or not all.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ailment {
    /// No subscription has the address.
    Missing,
    /// The subscription is disabled.
    Disabled,
    /// It has a status of which the documentation does not tell, such as the console's backup
    /// (Q79).
    Status(String),
    /// It does not have these events.
    Events(Vec<String>),
    /// Several have the address, so each event comes several times.
    Several(usize),
    /// The service does not show the subscriptions to the token.
    Refused,
}

impl Wanted {
    /// A subscription of these events.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        url: impl Into<PersonalText>,
        events: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self {
            name: name.into(),
            url: url.into(),
            events: events.into_iter().map(Into::into).collect(),
        }
    }
}

/// What the wanted subscription needs next, by the account's subscriptions.
///
/// One that is there is never given fewer events, and an active one is preferred to disabled ones
/// of the same address. A status that is neither active nor disabled is left alone: the console's
/// backup ends by itself.
#[must_use]
pub fn decide(subscriptions: &[Subscription], wanted: &Wanted) -> Decision {
    let of_url = || of_url(subscriptions, &wanted.url);
    let mut live = of_url().filter(|own| is_live(own));
    let lacking = |own: &&Subscription| lacking(own, &wanted.events).len();
    let own = match (live.next(), live.next()) {
        (Some(_), Some(_)) => {
            let live = of_url().filter(|own| is_live(own));
            return Decision::Several(live.map(|own| own.id.clone()).collect());
        }
        (Some(own), None) => own,
        // The one that lacks fewest events; the first of several.
        _ => match of_url().min_by_key(lacking) {
            Some(own) => own,
            None => return Decision::Act(Action::Create),
        },
    };
    let missing = self::lacking(own, &wanted.events);
    if !missing.is_empty() {
        let has = own.events.iter().map(|event| event.name.to_string());
        return Decision::Act(Action::Change {
            id: own.id.clone(),
            name: own.name.as_deref().unwrap_or(&wanted.name).to_owned(),
            url: own.url.clone(),
            events: has.chain(missing).collect(),
        });
    }
    match own.status {
        SubscriptionStatus::Disabled => Decision::Act(Action::Activate(own.id.clone())),
        _ => Decision::Done(own.id.clone()),
    }
}

impl Action {
    /// Whether the service did what was asked, by its answer.
    ///
    /// # Errors
    ///
    /// It did not. Another call would not help: a person has to look.
    pub fn check(&self, answer: &Subscription, wanted: &Wanted) -> Result<(), Unmet> {
        let (id, url) = match self {
            Self::Create => (None, &wanted.url),
            Self::Change { id, url, .. } => (Some(id), url),
            Self::Activate(id) => (Some(id), &wanted.url),
        };
        if id.is_some_and(|id| *id != answer.id) || !is_same_url(answer.url.as_str(), url.as_str()) {
            return Err(Unmet::Other);
        }
        let missing = lacking(answer, &wanted.events);
        if !missing.is_empty() {
            return Err(Unmet::Events(missing));
        }
        match self {
            Self::Activate(_) if answer.status == SubscriptionStatus::Disabled => {
                Err(Unmet::Status(answer.status.clone()))
            }
            _ => Ok(()),
        }
    }
}

/// Puts the answer to an action into the list, at its beginning: of several that fit alike,
/// [`decide`] goes on with the one that it began with.
pub fn take(subscriptions: &mut Vec<Subscription>, answer: Subscription) {
    subscriptions.retain(|own| own.id != answer.id);
    subscriptions.insert(0, answer);
}

/// Whether events come to the address: a subscription is there, active, alone, and has all of them.
///
/// # Errors
///
/// The first ailment that is found.
pub fn examine<'a>(
    subscriptions: &[Subscription],
    url: &PersonalText,
    events: impl IntoIterator<Item = &'a str>,
) -> Result<(), Ailment> {
    let mut live = of_url(subscriptions, url).filter(|own| is_live(own));
    let Some(own) = live.next() else {
        let is_there = of_url(subscriptions, url).next().is_some();
        return Err(if is_there {
            Ailment::Disabled
        } else {
            Ailment::Missing
        });
    };
    let others = live.count();
    let wanted = events.into_iter().map(str::to_owned).collect();
    let missing = lacking(own, &wanted);
    if others > 0 {
        Err(Ailment::Several(others + 1))
    } else if own.status != SubscriptionStatus::Active {
        Err(Ailment::Status(own.status.as_str().to_owned()))
    } else if !missing.is_empty() {
        Err(Ailment::Events(missing))
    } else {
        Ok(())
    }
}

impl Ailment {
    /// The ailment as it is stored, with what it names. It does not change.
    #[must_use]
    pub fn to_texts(&self) -> (&'static str, String) {
        match self {
            Self::Missing => ("missing", String::new()),
            Self::Disabled => ("disabled", String::new()),
            Self::Status(status) => ("status", status.clone()),
            Self::Events(events) => ("events", events.join(" ")),
            Self::Several(count) => ("several", count.to_string()),
            Self::Refused => ("refused", String::new()),
        }
    }

    /// The ailment of stored texts.
    #[must_use]
    pub fn from_texts(code: &str, names: &str) -> Option<Self> {
        Some(match code {
            "missing" => Self::Missing,
            "disabled" => Self::Disabled,
            "status" => Self::Status(names.to_owned()),
            "events" => Self::Events(names.split(' ').map(str::to_owned).collect()),
            "several" => Self::Several(names.parse().ok()?),
            "refused" => Self::Refused,
            _ => return None,
        })
    }
}

impl fmt::Display for Ailment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("no subscription has the address"),
            Self::Disabled => f.write_str("the subscription is disabled"),
            Self::Status(status) => write!(f, "the subscription has the status {status:?}"),
            Self::Events(events) => write!(f, "the subscription lacks events: {}", events.join(", ")),
            Self::Several(count) => write!(f, "{count} subscriptions have the address"),
            Self::Refused => f.write_str("the service does not show the subscriptions to the token"),
        }
    }
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other => f.write_str("the service answered another subscription"),
            Self::Events(events) => write!(f, "the service left events out: {}", events.join(", ")),
            Self::Status(_) => f.write_str("the service did not activate the subscription"),
        }
    }
}

/// Whether the address may be reached from outside: http or https at a name with a dot, or at a
/// public IP address. That something answers there is not known.
#[must_use]
pub fn is_public(url: &str) -> bool {
    let Some((scheme, authority, _)) = parts(url) else {
        return false;
    };
    let host_and_port = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let host = match host_and_port.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host_and_port.split(':').next().unwrap_or_default(),
    };
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    is_web
        && match host.parse::<IpAddr>() {
            Ok(IpAddr::V4(address)) => is_public_v4(address),
            Ok(IpAddr::V6(address)) => is_public_v6(address),
            Err(_) => {
                let local = [".local", ".localhost", ".internal", ".lan"];
                host.contains('.') && !local.iter().any(|end| host.ends_with(end))
            }
        }
}

const fn is_public_v4(address: Ipv4Addr) -> bool {
    !(address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_unspecified()
        || address.is_broadcast()
        || address.is_multicast())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    match address.to_ipv4_mapped() {
        Some(address) => is_public_v4(address),
        None => {
            !(address.is_loopback()
                || address.is_unspecified()
                || address.is_multicast()
                || address.is_unique_local()
                || address.is_unicast_link_local())
        }
    }
}

/// Whether both are one address: scheme and host in any case, and `/` as good as no path.
fn is_same_url(one: &str, other: &str) -> bool {
    match (parts(one), parts(other)) {
        (Some((scheme, authority, path)), Some((other_scheme, other_authority, other_path))) => {
            scheme.eq_ignore_ascii_case(other_scheme)
                && authority.eq_ignore_ascii_case(other_authority)
                && path == other_path
        }
        _ => one.trim() == other.trim(),
    }
}

/// Scheme, authority, and the rest, which is `/` at least.
fn parts(url: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = url.trim().split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end)?;
    Some((scheme, authority, if path.is_empty() { "/" } else { path }))
}

fn of_url<'a>(
    subscriptions: &'a [Subscription],
    url: &'a PersonalText,
) -> impl Iterator<Item = &'a Subscription> {
    let is_own = |own: &&Subscription| is_same_url(own.url.as_str(), url.as_str());
    subscriptions.iter().filter(is_own)
}

fn is_live(own: &Subscription) -> bool {
    own.status != SubscriptionStatus::Disabled
}

/// The events that it does not have.
fn lacking(own: &Subscription, events: &BTreeSet<String>) -> Vec<String> {
    let has = |name: &&String| own.events.iter().any(|event| *event.name == ***name);
    events.iter().filter(|name| !has(name)).cloned().collect()
}
