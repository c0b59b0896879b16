//! A local, stateful Eduzz to sign in to, to call, and to be called by, with no account.
//!
//! [`Sandbox::start`] listens on loopback and answers as all three hosts of Eduzz do: the consent
//! page of `accounts.eduzz.com`, the token endpoint of `accounts-api.eduzz.com` and the calls of
//! `api.eduzz.com`. Without a socket, for tests, it is a [`Transport`] of the client, and
//! [`Sandbox::router`] for any other.
//!
//! ```
//! # async fn run() -> Result<(), eduzz_sandbox::StartError> {
//! use eduzz_sandbox::{Config, Sandbox};
//!
//! let sandbox = Sandbox::start(Config::default()).await?;
//! let origin = sandbox.url(); // http://127.0.0.1:PORT, for all three origins
//! let client_id = &sandbox.app().client_id;
//! # let _ = (origin, client_id);
//! sandbox.stop().await;
//! # Ok(())
//! # }
//! ```
//!
//! # What is in it
//!
//! The shop of the first application's owner, with a past of [`history`](Config::history) that ends
//! when the sandbox starts: products, coupons, customers, affiliates, subscriptions, sales, the
//! statement, transfers, fiscal documents. It agrees with itself: each product and person that a
//! sale names exists, and the statement's entries of a sale add up to its net gain. Beside it are
//! schools at Nutror and Alpaclass, communities at HeyCamp, events at Blinket and media at
//! SafeVideo; a buyer in the shop is a student or a participant there. Changes made by calls can be
//! read again.
//!
//! Every other account has a world of its own, which follows from the seed too: tokens and webhooks
//! of one account never show another's ([`SandboxControl::of_account`]).
//!
//! Sales are as varied as field reports say: cards in instalments with interest, bank slips with a
//! link, contracts, order bumps in one invoice, tracker codes, affiliates and partners, and,
//! rarely, another currency or a text that was encoded twice.
//!
//! New sales come in when [`Config::arrivals`] says so, or when [`SandboxControl::sell`] is called;
//! the same handle causes failures ([`Fault`]): slow and cut answers, pages of HTML, 5xx, 429 and
//! 401, by route and by count.
//!
//! # Webhooks
//!
//! Subscriptions are made, activated and deleted through the API, and belong to the application of
//! the token. Events are delivered to them, signed, with the data that the API gives of the same
//! sale: when one is made or paid ([`SandboxControl::sell`], [`order`](SandboxControl::order),
//! [`apply`](SandboxControl::apply)), when a subscription is made, charged, cancelled or
//! reactivated, when a cart is abandoned ([`SandboxControl::abandon_cart`]). A failed delivery is
//! retried, or stored in the backup, by the sandbox's clock ([`Webhooks`]);
//! [`Fault::delivered_twice`] and [`Fault::delivered_late`] make duplicates and another order.
//! [`Deliveries`] has the history.
//!
//! Receivers are on this machine: an address elsewhere is refused, redirects are not followed, and
//! no name is looked up. A test can send the deliveries itself, without a socket and without
//! waiting:
//!
//! ```
//! # async fn run() {
//! use std::time::{Duration, SystemTime};
//!
//! use eduzz_sandbox::{Clock, Config, ReceiverAnswer, Sandbox, Sender};
//!
//! let mut config = Config::default();
//! config.clock = Clock::manual(SystemTime::UNIX_EPOCH + Duration::from_secs(1_780_000_000));
//! config.webhooks.sender = Sender::ByHand;
//! let clock = config.clock.clone();
//! let (router, control) = Sandbox::router_with_control(config);
//! // … subscribe and activate by calls to the router; then:
//! control.sell(1);
//! for attempt in control.deliveries().due() {
//!     assert_eq!(attempt.signature.len(), 64);
//!     control.deliveries().answered(&attempt, ReceiverAnswer::status(503));
//! }
//! clock.advance(Duration::from_secs(60)); // the second attempt is due
//! # drop(router);
//! # }
//! ```
//!
//! # An oracle for copies
//!
//! [`SandboxControl::world`] gives the whole world of an account as rows: each row that the API
//! would give if it was asked for everything, as JSON, by [`WorldKind`] and id. It comes from the
//! state that the calls answer from. A program that copies an account is right when its copy is
//! this world.
//!
//! What makes copying hard can be switched on, and follows from the seed and the clock too:
//!
//! | Trouble | Switch |
//! |---|---|
//! | things happen all the time | [`Arrivals::Life`], [`SandboxControl::live`] |
//! | the total of a list moves while it is paged | [`Arrivals::AfterRequests`] |
//! | reads show an older state than events | [`Config::lag`], [`SandboxControl::set_lag`] |
//! | deliveries are lost | [`Fault::delivered_never`], with a [`Fault::chance`] |
//! | deliveries are doubled | [`Fault::delivered_twice`] |
//! | deliveries are late or shuffled (Q22) | [`Fault::delivered_late`], [`Fault::delivered_shuffled`] |
//! | an outage leads to the backup | [`Webhooks::backup`], [`Deliveries::set_outage`] |
//! | the backup is erased | [`Deliveries::end_backup`], or two days of the clock |
//! | a sale is gone | [`SandboxControl::delete`] |
//! | a row changes without `updatedAt` and event | [`SandboxControl::apply_silently`], [`SandboxControl::patch`] |
//! | a row cannot be read | [`SandboxControl::patch`] |
//! | pages have another size than asked for | [`Config::page_size`], [`SandboxControl::set_page_size`] |
//! | the token ends in the middle | [`Fault::revoked`], [`SandboxControl::revoke_tokens`] |
//! | a shop of a million sales | [`Config::older_sales`], [`SandboxControl::each_row`] |
//!
//! # The panel
//!
//! `/` is a panel in Portuguese and English: the last 500 requests with their answers and why each
//! is as it is, [faults](Fault), accounts and applications. It works without scripts; with them it
//! follows the sandbox. [`SandboxControl::requests`] and `GET /panel/requests.json?after=N` give
//! the same records to programs. Pages of other sites, those of other ports of this machine too,
//! can neither read nor steer it.
//!
//! # Repeatable
//!
//! Everything a run depends on is in its [`Config`]: people, applications, time ([`Clock`]) and the
//! seed of every id, code and token, and of the whole shop. The same seed, clock and requests give
//! the same answers.
//!
//! # What is known and what is chosen
//!
//! Where the service's behaviour is documented or was observed, the sandbox does the same, odd
//! sides included; the code cites the quirk's number (`Q4`) from `docs/quirks.md`. Its section
//! "What the sandbox does where nothing is known" lists everything else.
//!
//! # Not for the open
//!
//! The sandbox binds 127.0.0.1 only and answers only requests for a loopback host. Its randomness
//! is predictable on purpose: nothing in it is a secret.

#[macro_use]
mod words;

mod account;
mod action;
mod clock;
mod config;
mod control;
mod deliveries;
mod fault;
mod http;
mod problem;
mod query;
mod random;
mod record;
mod render;
mod resources;
mod running;
mod sandbox;
mod snapshot;
mod state;
mod transport;
mod visitor;
mod webhooks;
mod world;

pub use crate::action::{Action, Done, Happened, Refused, Thing, Touched};
pub use crate::clock::Clock;
pub use crate::config::{
    AppConfig, AppState, Arrivals, Config, ConfigError, DEFAULT_RETURN_URL, Pace, Person, Sender, SignIn,
    Webhooks,
};
pub use crate::control::{CannotHappen, Changes, SandboxControl};
pub use crate::deliveries::Deliveries;
pub use crate::fault::{BadFault, Fault};
pub use crate::record::{Message, RecordedAnswer, RequestRecord, Why};
pub use crate::sandbox::{Sandbox, StartError};
pub use crate::snapshot::{BadSnapshot, Snapshot};
pub use crate::state::shop::{SaleAction, SaleKind, SubscriptionAction};
pub use crate::transport::Transport;
pub use crate::visitor::{Answer, Step, Visit, VisitError, Visitor};
pub use crate::webhooks::{Attempt, DeliveryAttempt, DeliveryRecord, DeliveryState, ReceiverAnswer};
pub use crate::world::{World, WorldKind, WorldRow};
