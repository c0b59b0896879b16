//! The configuration: people, applications, time, and limits.

use std::fmt;
use std::time::Duration;

use crate::clock::Clock;
use crate::fault::Fault;
use crate::random::Random;
use crate::snapshot::Snapshot;

/// The return URL that the default applications have registered.
pub const DEFAULT_RETURN_URL: &str = "http://127.0.0.1:8484/retorno";

/// Everything a run depends on; the default is seeded and repeatable.
///
/// ```
/// use eduzz_sandbox::{AppConfig, Config, Person};
///
/// let mut config = Config::default();
/// let iara = Person::invented(config.seed, "Iara Novaes", "iara.novaes@example.com");
/// config.apps.push(AppConfig::invented(config.seed, "Minha Loja", &iara));
/// config.people.push(iara);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Config {
    /// The source of every id, code and token.
    pub seed: u64,
    /// The clock of expiry, limits and deliveries.
    pub clock: Clock,
    /// The port to listen on; 0 is any free one.
    pub port: u16,
    /// The applications, as they would be made in the developer console.
    pub apps: Vec<AppConfig>,
    /// The accounts that can sign in. Each has a shop of its own.
    pub people: Vec<Person>,
    /// Older and generic forms of the sign-in; none is accepted by default.
    pub sign_in: SignIn,
    /// The limit of requests by endpoint and token; `None` is no limit.
    pub pace: Option<Pace>,
    /// How long a code is valid.
    pub code_lifetime: Duration,
    /// The length of the shop's past at the start, in whole days; at most ten years.
    pub history: Duration,
    /// The average number of sales on a day of that past; at most 1,000.
    pub sales_per_day: u32,
    /// The number of older sales, in the three years before that past; at most 5,000,000. None by
    /// default.
    ///
    /// They are for measurements of large shops: they are made when they are read, so they take
    /// hardly any memory and no time at the start. A third as many customers buy them. They are in
    /// the lists of sales, chargebacks, customers and the statement, and in the summary. They do
    /// not change, have no subscriptions, transfers and fiscal documents, and their buyers are no
    /// students or participants.
    pub older_sales: u64,
    /// Whether new sales come in by themselves.
    pub arrivals: Option<Arrivals>,
    /// How far the reads of MyEduzz are behind: they answer from the shop as it was that long ago,
    /// by the sandbox's clock, while events are sent at once. Zero by default. It can be changed at
    /// run time: [`SandboxControl::set_lag`](crate::SandboxControl::set_lag).
    pub lag: Duration,
    /// The size of every page, whatever size is asked for; `None` answers the size that is asked
    /// for, up to 100. It can be changed at run time:
    /// [`SandboxControl::set_page_size`](crate::SandboxControl::set_page_size).
    pub page_size: Option<u64>,
    /// Failures on purpose. They can be changed at run time:
    /// [`SandboxControl::set_faults`](crate::SandboxControl::set_faults).
    pub faults: Vec<Fault>,
    /// How webhooks are delivered.
    pub webhooks: Webhooks,
    /// The world to go on with, instead of one that begins; see
    /// [`Snapshot::config`](crate::Snapshot::config).
    pub snapshot: Option<Snapshot>,
}

/// Forms of the sign-in that are accepted beside the documented one. Programs in use send them;
/// whether the service still takes them is not known. And a sign-in without pages, for scripts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignIn {
    /// The authorize call of the first documents (Q181): `redirect_uri` instead of `redirectTo`,
    /// and no response type.
    pub older_authorize: bool,
    /// An exchange without `redirect_uri` (Q181).
    pub exchange_without_redirect_uri: bool,
    /// The authorize URL answers at once with the redirect that follows the consent, without a
    /// page. The first person who may authorize the application signs in, or the one whose account
    /// id or e-mail address the URL names in `account`.
    pub approved: bool,
    /// The application's id and secret by HTTP Basic instead of the body, as generic OAuth clients
    /// send them by default (Q185).
    pub basic_credentials: bool,
}

impl SignIn {
    /// All of these forms, with the pages.
    #[must_use]
    pub const fn any() -> Self {
        Self {
            approved: false,
            older_authorize: true,
            exchange_without_redirect_uri: true,
            basic_credentials: true,
        }
    }
}

/// How webhooks are delivered to subscriptions. Only the rules of the backup are documented; the
/// rest is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Webhooks {
    /// The maximum of deliveries in flight for each subscription: a setting of the console. 0
    /// counts as 1.
    pub parallel: usize,
    /// Whether subscriptions have the backup of events: a setting of the console.
    ///
    /// With it, the third error of one event stores all events; one delivery is tried each minute,
    /// and after a success the rest is sent; after two days without one, the subscription is
    /// disabled and the stored events are erased.
    pub backup: bool,
    /// The waits before the second attempt, the third, and so on, by the sandbox's clock. After the
    /// last one the event is given up; with the backup it is not.
    pub retries: Vec<Duration>,
    /// How long a receiver may take to answer, by tokio's time.
    pub time_out: Duration,
    /// The sender of deliveries.
    pub sender: Sender,
}

/// The sender of deliveries to their receivers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sender {
    /// The sandbox, over sockets, to receivers on this machine.
    Sockets,
    /// A test, by [`Deliveries`](crate::Deliveries): the sandbox sends nothing.
    ByHand,
}

impl Default for Webhooks {
    fn default() -> Self {
        let minutes = |count: u64| Duration::from_secs(60 * count);
        Self {
            parallel: 5,
            backup: false,
            retries: vec![minutes(1), minutes(5), minutes(30), minutes(120)],
            time_out: Duration::from_secs(10),
            sender: Sender::Sockets,
        }
    }
}

/// When a new paid sale comes in by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Arrivals {
    /// One after this many successful calls of the API; 0 is never.
    AfterRequests(u32),
    /// One after each such span of the clock's time, in whole seconds; less than one is never.
    Every(Duration),
    /// This number of happenings a minute of the clock's time, at whole seconds; 0 is never.
    ///
    /// A third of them are new paid sales. The rest, as the seed draws it: invoices that open, are
    /// paid, expire, are cancelled, postponed, recovered or negotiated; refunds; chargebacks and
    /// their ends; subscriptions that begin, are charged with success or without, are cancelled and
    /// reactivated. Each sends its documented events.
    Life {
        /// How many a minute.
        per_minute: u32,
    },
}

impl Arrivals {
    /// The seconds from the start to the nth arrival; `None` for arrivals that no clock makes.
    pub(crate) fn nth(self, number: u64) -> Option<i64> {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        match self {
            Self::AfterRequests(_) => None,
            Self::Every(apart) => {
                let apart = i64::try_from(apart.as_secs()).ok().filter(|apart| *apart > 0)?;
                Some(apart.saturating_mul(number))
            }
            Self::Life { per_minute } => {
                let a_minute = i64::from(per_minute);
                let seconds = number.saturating_mul(60).saturating_add(a_minute - 1);
                seconds.checked_div(a_minute)
            }
        }
    }

    /// How many have arrived after these seconds from the start.
    pub(crate) fn by(self, seconds: i64) -> u64 {
        let seconds = seconds.max(0);
        let count = match self {
            Self::AfterRequests(_) => 0,
            Self::Every(apart) => {
                let apart = i64::try_from(apart.as_secs()).unwrap_or(i64::MAX);
                seconds.checked_div(apart).unwrap_or_default()
            }
            Self::Life { per_minute } => seconds.saturating_mul(i64::from(per_minute)) / 60,
        };
        count.unsigned_abs()
    }
}

impl Config {
    /// The default configuration with ids, secrets, codes and tokens of another seed.
    ///
    /// It holds an owner with one application in production and one in development, a developer who
    /// is invited to the latter, and a stranger to both.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        let owner = Person::invented(seed, "Helena Tavares", "helena.tavares@example.com");
        let developer = Person::invented(seed, "Caio Menezes", "caio.menezes@example.com");
        let stranger = Person::invented(seed, "Jurema Prado", "jurema.prado@example.com");

        let mut live = AppConfig::invented(seed, "Painel da Serra", &owner);
        live.state = AppState::Production;
        live.scopes = scopes(
            "myeduzz_sales_read myeduzz_subscriptions_read myeduzz_subscriptions_write \
             myeduzz_products_read myeduzz_customers_read myeduzz_affiliates_read myeduzz_financial_read \
             myeduzz_financial_write sun_cart_write nutror_courses_read nutror_courses_write \
             nutror_comments_read nutror_comments_write nutror_my_students_read nutror_my_students_write \
             alpaclass_team_read alpaclass_team_write alpaclass_student_read alpaclass_delivery_read \
             heycamp_read_comments heycamp_read_invitations heycamp_write_invitations heycamp_read_spaces \
             heycamp_read_members heycamp_write_members heycamp_read_posts blinket_read blinket_write \
             safevideo_contents_read safevideo_contents_write webhook_read webhook_write",
        );
        let mut trial = AppConfig::invented(seed, "Oficina de Relatórios", &owner);
        trial.developers = vec![developer.account_id.clone()];
        trial.scopes = scopes("myeduzz_sales_read myeduzz_financial_read");

        Self {
            seed,
            clock: Clock::system(),
            port: 0,
            apps: vec![live, trial],
            people: vec![owner, developer, stranger],
            sign_in: SignIn::default(),
            pace: Some(Pace::default()),
            code_lifetime: Duration::from_secs(10 * 60),
            history: Duration::from_secs(365 * 24 * 60 * 60),
            sales_per_day: 3,
            older_sales: 0,
            arrivals: None,
            lag: Duration::ZERO,
            page_size: None,
            faults: Vec::new(),
            webhooks: Webhooks::default(),
            snapshot: None,
        }
    }

    /// Checks that there are people and applications, that the applications name only known people,
    /// and that the snapshot, if there is one, is of the same world.
    ///
    /// # Errors
    ///
    /// The first thing that is missing.
    pub fn check(&self) -> Result<(), ConfigError> {
        if self.people.is_empty() {
            return Err(ConfigError::NoPerson);
        }
        if self.apps.is_empty() {
            return Err(ConfigError::NoApp);
        }
        for app in &self.apps {
            let named = std::iter::once(&app.owner).chain(&app.developers);
            for account_id in named {
                if self.person(account_id).is_none() {
                    return Err(ConfigError::UnknownPerson {
                        app: app.name.clone(),
                        account_id: account_id.clone(),
                    });
                }
            }
        }
        match &self.snapshot {
            Some(snapshot) => snapshot.fits(self),
            None => Ok(()),
        }
    }

    pub(crate) fn app(&self, client_id: &str) -> Option<&AppConfig> {
        self.apps.iter().find(|app| app.client_id == client_id)
    }

    pub(crate) fn person(&self, account_id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.account_id == account_id)
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::seeded(0)
    }
}

/// An application, as its owner would make it in the developer console.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AppConfig {
    /// The name that the consent page shows.
    pub name: String,
    /// The application's id, a UUID.
    pub client_id: String,
    /// The application's secret, 64 lower-case hexadecimal digits.
    pub client_secret: String,
    /// The registered return URLs. A request's `redirectTo` must be one of them, letter by letter.
    ///
    /// This includes the port of a loopback URL: RFC 8252 allows it to vary, the service's
    /// documentation does not.
    pub return_urls: Vec<String>,
    /// The permissions saved on the application, which every token of it carries.
    pub scopes: Vec<String>,
    /// The account id of the person who made the application.
    pub owner: String,
    /// The account ids of the invited developers.
    pub developers: Vec<String>,
    /// Whether anybody can authorize it.
    pub state: AppState,
}

impl AppConfig {
    /// An application in development that returns to [`DEFAULT_RETURN_URL`] and has no permissions,
    /// with an id and a secret that follow from the seed and the name.
    #[must_use]
    pub fn invented(seed: u64, name: &str, owner: &Person) -> Self {
        let mut random = Random::stream(seed, name);
        Self {
            name: name.to_owned(),
            client_id: random.uuid(),
            client_secret: random.hex(32),
            return_urls: vec![DEFAULT_RETURN_URL.to_owned()],
            scopes: Vec::new(),
            owner: owner.account_id.clone(),
            developers: Vec::new(),
            state: AppState::Development,
        }
    }

    /// The environment that points the `eduzz` program to a sandbox at this origin, to sign in to
    /// this application.
    pub(crate) fn environment(&self, url: &str) -> [(&'static str, String); 3] {
        [
            ("EDUZZ_SANDBOX", url.to_owned()),
            ("EDUZZ_CLIENT_ID", self.client_id.clone()),
            ("EDUZZ_CLIENT_SECRET", self.client_secret.clone()),
        ]
    }

    /// Whether the person with this account id may authorize the application in its present state.
    pub(crate) fn admits(&self, account_id: &str) -> bool {
        self.state == AppState::Production || self.is_made_by(account_id)
    }

    /// Whether the person with this account id owns the application or was invited to it.
    pub(crate) fn is_made_by(&self, account_id: &str) -> bool {
        self.owner == account_id || self.developers.iter().any(|developer| developer == account_id)
    }
}

impl fmt::Debug for AppConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppConfig")
            .field("name", &self.name)
            .field("client_id", &self.client_id)
            .field("return_urls", &self.return_urls)
            .field("scopes", &self.scopes)
            .field("state", &self.state)
            .finish_non_exhaustive()
    }
}

/// The state of an application in the developer console.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppState {
    /// Only its owner and the invited developers can authorize it.
    Development,
    /// Anybody can authorize it.
    Production,
}

/// An account of the sandbox.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Person {
    /// The account's id, a UUID.
    pub account_id: String,
    /// The person's number as a producer or customer.
    pub eduzz_id: u64,
    /// The person's number at Nutror.
    pub nutror_id: u64,
    /// The full name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// A token that needs no sign-in, as the console's "Copiar Access Token" gives it. It carries
    /// the permissions of all applications that the person owns or was invited to.
    pub personal_token: String,
}

impl Person {
    /// A person whose ids and personal token follow from the seed and the e-mail address.
    #[must_use]
    pub fn invented(seed: u64, name: &str, email: &str) -> Self {
        let mut random = Random::stream(seed, email);
        Self {
            account_id: random.uuid(),
            eduzz_id: random.number(),
            nutror_id: random.number(),
            name: name.to_owned(),
            email: email.to_owned(),
            personal_token: format!("edzpap_invented{}", random.url_safe(53)),
        }
    }

    /// Whether this is the person's account id or e-mail address.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        self.account_id == name || self.email.eq_ignore_ascii_case(name.trim())
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person")
            .field("account_id", &self.account_id)
            .finish_non_exhaustive()
    }
}

/// A limit on requests in a sliding span of time.
///
/// 30 a minute is documented for some endpoints and reported for most. It is not documented how
/// requests are counted; here by endpoint and token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The maximum number of requests.
    pub requests: u32,
    /// The span of time.
    pub per: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            requests: 30,
            per: Duration::from_secs(60),
        }
    }
}

/// An error of a [`Config`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// There are no people.
    #[error("the sandbox has no accounts: add a person to `people`")]
    NoPerson,
    /// There are no applications.
    #[error("the sandbox has no application: add one to `apps`")]
    NoApp,
    /// An application names an unknown account.
    #[error("application `{app}` names account {account_id}, which is not one of `people`")]
    UnknownPerson {
        /// The application's name.
        app: String,
        /// The unknown account id.
        account_id: String,
    },
    /// The snapshot's world began with another setting.
    #[error(
        "the snapshot is of a world with another value of `{setting}`: give the same, or leave the snapshot out"
    )]
    OtherWorld {
        /// The field of [`Config`].
        setting: &'static str,
    },
}

fn scopes(names: &str) -> Vec<String> {
    names.split(' ').map(str::to_owned).collect()
}
