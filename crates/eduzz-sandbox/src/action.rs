//! Everything that can be done to a running sandbox, as a value: the panel's pages, its JSON and
//! the program's commands all do it through here.

use std::fmt;
use std::time::Duration;

use serde::de::{Error as _, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::control::{CannotHappen, SandboxControl};
use crate::fault::Fault;
use crate::state::shop::{SaleAction, SaleKind, SubscriptionAction};

/// Maximum leap of the clock at a time: ten years.
const LONGEST_LEAP: Duration = Duration::from_secs(3_660 * 86_400);
/// Maximum number of rows in a report; the count is of all.
const REPORTED: usize = 10;
/// Maximum return URLs of an application.
const MOST_RETURN_URLS: usize = 50;
/// Maximum faults at a time.
const MOST_FAULTS: usize = 100;

/// Something that can be done to a running sandbox ([`SandboxControl::act`]).
///
/// Without an `id` it is done to the newest row that allows it: the newest open sale is paid, the
/// newest paid one is refunded.
///
/// ```
/// use eduzz_sandbox::{Action, Config, SaleAction, Sandbox};
///
/// let (_, control) = Sandbox::router_with_control(Config::default());
/// let sell: Action = serde_json::from_str(r#"{ "action": "sell", "kind": "bankslip", "unpaid": true }"#)?;
/// let made = control.act(&sell)?;
/// let paid = control.act(&Action::Sale { change: SaleAction::Pay, id: None })?;
/// assert_eq!(paid.rows[0].id, made.rows[0].id);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Action {
    /// Changes a sale: it is paid, refunded, charged back, and so on.
    Sale {
        /// What happens to it.
        change: SaleAction,
        /// The sale.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
    },
    /// Changes a subscription: it is charged, cancelled, and so on.
    Subscription {
        /// What happens to it.
        change: SubscriptionAction,
        /// The subscription.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
    },
    /// Makes new sales.
    Sell {
        /// Their kind; without one, the kinds take turns.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<SaleKind>,
        /// Their number, from 1 to 1,000.
        #[serde(default = "one", deserialize_with = "whole")]
        count: u32,
        /// They wait for their payment.
        #[serde(default, deserialize_with = "flag", skip_serializing_if = "is_false")]
        unpaid: bool,
    },
    /// Orders a cart: its sale waits for the payment.
    OrderCart {
        /// The cart; without one, the newest that was not ordered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
    },
    /// Abandons a cart.
    Abandon {
        /// The cart; without one, the newest that was not ordered, or one that is filled for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
    },
    /// Moves the clock forward.
    Advance {
        /// How far: `90s`, `15m`, `3days`.
        #[serde(with = "span")]
        by: Duration,
    },
    /// Sends a delivery of the history again.
    Resend {
        /// The delivery's number in the history, or its event's id; without one, the newest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
    },
    /// Sends an example of an event to a subscription's receiver.
    Sample {
        /// The subscription of webhooks; without one, the newest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// The event's full name; without one, the subscription's first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        event: Option<String>,
    },
    /// Breaks the next attempts to deliver.
    Break {
        /// How many; 0 ends it.
        #[serde(default = "one", deserialize_with = "whole")]
        count: u32,
    },
    /// Causes another failure from now on.
    AddFault {
        /// The fault.
        fault: Fault,
    },
    /// Ends one of the failures on purpose.
    RemoveFault {
        /// Its place in the list, from 0.
        #[serde(deserialize_with = "whole")]
        place: u32,
    },
    /// Ends all failures on purpose.
    ClearFaults,
    /// Registers another return URL of an application.
    AddReturnUrl {
        /// The application's client id; without one, the first application.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// The URL, such as `http://127.0.0.1:3000/callback`.
        url: String,
    },
    /// Takes a return URL out of an application's registered ones.
    RemoveReturnUrl {
        /// The application's client id; without one, the first application.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// The URL, letter by letter.
        url: String,
    },
    /// Revokes all tokens of an account.
    RevokeTokens {
        /// The account's id or e-mail address; without one, the account whose shop is controlled.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
    },
}

const fn one() -> u32 {
    1
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

words! {
    /// A kind of thing that an [`Action`] is done to.
    Thing {
        /// A sale.
        Sale "sale",
        /// A subscription of a customer.
        Subscription "subscription",
        /// A cart.
        Cart "cart",
        /// A subscription of webhooks.
        Webhook "webhook",
        /// A delivery of a webhook.
        Delivery "delivery",
        /// A failure on purpose.
        Fault "fault",
        /// An account.
        Account "account",
        /// An application.
        Application "application",
    }
}

/// What an [`Action`] made or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Done {
    /// How many rows were made or changed.
    pub count: u64,
    /// The first of them.
    pub rows: Vec<Touched>,
    /// The events that happened, in this order.
    pub events: Vec<Happened>,
    /// The sandbox's time afterwards: `2026-03-01T12:00:00Z`.
    pub now: String,
}

/// A row that was made or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Touched {
    /// Its kind.
    pub kind: Thing,
    /// Its id; the text of a fault.
    pub id: String,
    /// Its status afterwards, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

/// An event that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Happened {
    /// Its full name.
    pub name: String,
    /// How often.
    pub times: u64,
    /// How many deliveries it made: 0 when no active subscription has it.
    pub deliveries: u64,
}

/// Why an [`Action`] is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "reason", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Refused {
    /// The id is unknown.
    #[error("the sandbox has no {kind} with this id")]
    Unknown {
        /// The kind of row.
        kind: Thing,
    },
    /// The row's status does not allow it.
    #[error(
        "the {kind} {id} is {status}, which does not allow this; allowed now: {}",
        listed(allowed)
    )]
    NotNow {
        /// The kind of row.
        kind: Thing,
        /// The row.
        id: String,
        /// Its status.
        status: String,
        /// What its status allows.
        allowed: Vec<String>,
    },
    /// No id was given, and there is no row that allows it.
    #[error("there is no {kind} that allows this now")]
    Nothing {
        /// The kind of row.
        kind: Thing,
    },
    /// The shop has nothing to sell of the kind.
    #[error("the shop has nothing to sell of this kind")]
    NothingToSell,
    /// A field has a value that is not allowed.
    #[error("{field} {message}")]
    Invalid {
        /// The field.
        field: String,
        /// What is allowed.
        message: String,
    },
}

fn listed(words: &[String]) -> String {
    if words.is_empty() {
        "nothing".to_owned()
    } else {
        words.join(", ")
    }
}

impl Refused {
    fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid {
            field: field.to_owned(),
            message: message.into(),
        }
    }
}

impl SandboxControl {
    /// Does it, and says what was made or changed.
    ///
    /// # Errors
    ///
    /// The row does not exist or does not allow it, or a value is not allowed. Nothing was changed.
    pub fn act(&self, action: &Action) -> Result<Done, Refused> {
        let before = self.told();
        let (count, rows) = self.carry_out(action)?;
        self.has_changed();
        let was = |name: &&str| before.get(name).copied().unwrap_or_default();
        let events = self.told().into_iter().filter_map(|(name, (times, deliveries))| {
            let (times_before, deliveries_before) = was(&name);
            let happened = Happened {
                name: name.to_owned(),
                times: times.saturating_sub(times_before),
                deliveries: deliveries.saturating_sub(deliveries_before),
            };
            (happened.times > 0).then_some(happened)
        });
        let mut events: Vec<Happened> = events.collect();
        let order = self.latest();
        events.sort_by_key(|event| order.iter().position(|name| *name == event.name));
        Ok(Done {
            count,
            rows,
            events,
            now: self.now_written(),
        })
    }

    fn carry_out(&self, action: &Action) -> Result<(u64, Vec<Touched>), Refused> {
        match action {
            Action::Sale { change, id } => self.change_sale(*change, id.as_deref()),
            Action::Subscription { change, id } => self.change_subscription(*change, id.as_deref()),
            Action::Sell { kind, count, unpaid } => self.make_sales(*kind, *count, *unpaid),
            Action::OrderCart { id } => {
                let cart = self
                    .cart_of(id.as_deref())?
                    .ok_or(Refused::Nothing { kind: Thing::Cart })?;
                let sale = self
                    .order_cart(&cart)
                    .map_err(|error| self.cart_refusal(error, &cart))?;
                Ok(only(self.touched_sale(&sale)))
            }
            Action::Abandon { id } => {
                let cart = match self.cart_of(id.as_deref())? {
                    Some(cart) => cart,
                    None => self.fill_cart().ok_or(Refused::NothingToSell)?,
                };
                let abandoned = self.abandon_cart(&cart);
                abandoned.map_err(|error| self.cart_refusal(error, &cart))?;
                Ok(only(touched(Thing::Cart, cart, Some("abandoned"))))
            }
            Action::Advance { by } => {
                if by.is_zero() || *by > LONGEST_LEAP {
                    return Err(Refused::invalid(
                        "by",
                        "must be more than 0 and at most 3660 days",
                    ));
                }
                self.advance(*by);
                Ok((0, Vec::new()))
            }
            Action::Resend { id } => self.resend(id.as_deref()),
            Action::Sample { id, event } => self.sample(id.as_deref(), event.as_deref()),
            Action::Break { count } => {
                self.deliveries().break_next((*count).into());
                Ok((u64::from(*count), Vec::new()))
            }
            Action::AddFault { fault } => {
                if self.faults().len() >= MOST_FAULTS {
                    return Err(Refused::invalid(
                        "fault",
                        "is one too many: there are 100 already",
                    ));
                }
                self.add_fault(fault.clone());
                Ok(only(touched(Thing::Fault, fault.to_string(), None)))
            }
            Action::RemoveFault { place } => {
                let place = usize::try_from(*place).unwrap_or(usize::MAX);
                let removed = self.remove_fault(place);
                let removed = removed.ok_or(Refused::Unknown { kind: Thing::Fault })?;
                Ok(only(touched(Thing::Fault, removed.to_string(), None)))
            }
            Action::ClearFaults => {
                let count = self.faults().len();
                self.clear_faults();
                Ok((as_u64(count), Vec::new()))
            }
            Action::AddReturnUrl { id, url } => {
                let (app, known) = self.app_of(id.as_deref())?;
                let url = url.trim();
                if !is_url(url) {
                    return Err(Refused::invalid(
                        "url",
                        "must be a URL, such as http://127.0.0.1:3000/callback",
                    ));
                }
                if known >= MOST_RETURN_URLS {
                    return Err(Refused::invalid("url", "is one too many: there are 50 already"));
                }
                let added = self.add_return_url(&app, url);
                added.map_err(|_| Refused::Unknown {
                    kind: Thing::Application,
                })?;
                Ok(only(touched(Thing::Application, app, None)))
            }
            Action::RemoveReturnUrl { id, url } => {
                let (app, _) = self.app_of(id.as_deref())?;
                let removed = self.remove_return_url(&app, url.trim());
                removed.map_err(|_| Refused::invalid("url", "is not a registered return URL"))?;
                Ok(only(touched(Thing::Application, app, None)))
            }
            Action::RevokeTokens { id } => {
                let of = match id.as_deref().map(str::trim) {
                    None => self.account_id().to_owned(),
                    Some(named) => {
                        let known = self.account_named(named);
                        known.ok_or(Refused::Unknown { kind: Thing::Account })?
                    }
                };
                let count = self.revoke_tokens(&of);
                Ok((as_u64(count), vec![touched(Thing::Account, of, None)]))
            }
        }
    }

    fn change_sale(&self, change: SaleAction, id: Option<&str>) -> Result<(u64, Vec<Touched>), Refused> {
        let kind = Thing::Sale;
        let id = match id {
            Some(id) => id.trim().to_owned(),
            None => self.newest_sale(change).ok_or(Refused::Nothing { kind })?,
        };
        match self.apply(&id, change) {
            Ok(()) => Ok(only(self.touched_sale(&id))),
            Err(CannotHappen::NotFound) => Err(Refused::Unknown { kind }),
            Err(CannotHappen::NotNow) => {
                let (status, allowed) = self.allowed(&id).ok_or(Refused::Unknown { kind })?;
                let allowed = allowed.iter().map(ToString::to_string).collect();
                Err(Refused::NotNow {
                    kind,
                    id,
                    status,
                    allowed,
                })
            }
        }
    }

    fn change_subscription(
        &self,
        change: SubscriptionAction,
        id: Option<&str>,
    ) -> Result<(u64, Vec<Touched>), Refused> {
        let kind = Thing::Subscription;
        let id = match id {
            Some(id) => id.trim().to_owned(),
            None => self
                .newest_subscription(change)
                .ok_or(Refused::Nothing { kind })?,
        };
        match self.apply_to_subscription(&id, change) {
            Ok(sale) => {
                let status = self.allowed_of_subscription(&id).map(|(status, _)| status);
                let mut rows = vec![touched(kind, id, status.as_deref())];
                rows.extend(sale.map(|sale| self.touched_sale(&sale)));
                Ok((as_u64(rows.len()), rows))
            }
            Err(CannotHappen::NotFound) => Err(Refused::Unknown { kind }),
            Err(CannotHappen::NotNow) => {
                let found = self.allowed_of_subscription(&id);
                let (status, allowed) = found.ok_or(Refused::Unknown { kind })?;
                let allowed = allowed.iter().map(ToString::to_string).collect();
                Err(Refused::NotNow {
                    kind,
                    id,
                    status,
                    allowed,
                })
            }
        }
    }

    fn make_sales(
        &self,
        kind: Option<SaleKind>,
        count: u32,
        unpaid: bool,
    ) -> Result<(u64, Vec<Touched>), Refused> {
        if !(1..=1_000).contains(&count) {
            return Err(Refused::invalid("count", "must be from 1 to 1000"));
        }
        let made = match (kind, unpaid) {
            (None, false) => self.sell(count),
            (kind, _) => {
                let kind = kind.unwrap_or(SaleKind::Pix);
                let one = |_| match unpaid {
                    true => self.order_kind(kind),
                    false => self.sell_kind(kind),
                };
                (0..count).map_while(one).collect()
            }
        };
        if made.is_empty() {
            return Err(Refused::NothingToSell);
        }
        let rows = made.iter().take(REPORTED).map(|id| self.touched_sale(id));
        Ok((as_u64(made.len()), rows.collect()))
    }

    fn resend(&self, id: Option<&str>) -> Result<(u64, Vec<Touched>), Refused> {
        let kind = Thing::Delivery;
        let deliveries = self.deliveries();
        let found = match id.map(str::trim) {
            Some(id) => deliveries.named(id).ok_or(Refused::Unknown { kind })?,
            None => deliveries.newest().ok_or(Refused::Nothing { kind })?,
        };
        if !deliveries.resend(&found) {
            return Err(Refused::NotNow {
                kind,
                id: found.number().to_string(),
                status: "sent to a subscription that is not active".to_owned(),
                allowed: Vec::new(),
            });
        }
        Ok(only(touched(kind, found.number().to_string(), None)))
    }

    fn sample(&self, id: Option<&str>, event: Option<&str>) -> Result<(u64, Vec<Touched>), Refused> {
        let kind = Thing::Webhook;
        let found = match id.map(str::trim) {
            Some(id) => self.webhook(id).ok_or(Refused::Unknown { kind })?,
            None => self.newest_webhook().ok_or(Refused::Nothing { kind })?,
        };
        let (id, first) = found;
        let event = event.map(str::trim).unwrap_or(&first);
        let sent = self.deliveries().sample(&id, event);
        let sent = sent.ok_or_else(|| Refused::invalid("event", "is not the name of an event"))?;
        let delivery = touched(Thing::Delivery, sent.to_string(), None);
        Ok((1, vec![delivery, touched(kind, id, None)]))
    }

    /// The client id of the application with this one, else of the first; and its number of return
    /// URLs.
    fn app_of(&self, id: Option<&str>) -> Result<(String, usize), Refused> {
        let id = match id.map(str::trim) {
            Some(id) => Some(id.to_owned()),
            None => self.first_app(),
        };
        let found = id.and_then(|id| Some((self.return_urls(&id)?.len(), id)));
        let (known, id) = found.ok_or(Refused::Unknown {
            kind: Thing::Application,
        })?;
        Ok((id, known))
    }

    /// The cart with this id, else the newest one that was not ordered.
    fn cart_of(&self, id: Option<&str>) -> Result<Option<String>, Refused> {
        match id.map(str::trim) {
            Some(id) if self.has_cart(id) => Ok(Some(id.to_owned())),
            Some(_) => Err(Refused::Unknown { kind: Thing::Cart }),
            None => Ok(self.newest_cart()),
        }
    }

    fn cart_refusal(&self, error: CannotHappen, cart: &str) -> Refused {
        let kind = Thing::Cart;
        match error {
            CannotHappen::NotFound => Refused::Unknown { kind },
            CannotHappen::NotNow => Refused::NotNow {
                kind,
                id: cart.to_owned(),
                status: "ordered".to_owned(),
                allowed: Vec::new(),
            },
        }
    }

    fn touched_sale(&self, id: &str) -> Touched {
        let status = self.allowed(id).map(|(status, _)| status);
        touched(Thing::Sale, id.to_owned(), status.as_deref())
    }
}

/// Whether a text has the form of an absolute URL; which schemes the service takes is not known.
fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    let is_scheme = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter));
    is_scheme
        && !rest.is_empty()
        && text.len() <= 2_000
        && text.chars().all(|letter| letter.is_ascii_graphic())
}

fn touched(kind: Thing, id: String, status: Option<&str>) -> Touched {
    Touched {
        kind,
        id,
        status: status.map(str::to_owned),
    }
}

fn only(row: Touched) -> (u64, Vec<Touched>) {
    (1, vec![row])
}

fn as_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// A span of time as a text.
mod span {
    use super::*;

    pub(super) fn serialize<S: Serializer>(span: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&humantime::format_duration(*span))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        let text = String::deserialize(from)?;
        let read = humantime::parse_duration(text.trim());
        read.map_err(|_| D::Error::custom("a span of time is like 90s, 15m, 2h, or 3d"))
    }
}

/// A number, or the text of one: forms have texts.
fn whole<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    struct Whole;

    impl Visitor<'_> for Whole {
        type Value = u32;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a whole number")
        }

        fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<u32, E> {
            u32::try_from(number).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<u32, E> {
            let read = text.trim().parse();
            read.map_err(|_| E::invalid_value(Unexpected::Other("this text"), &self))
        }
    }

    from.deserialize_any(Whole)
}

/// `true` or `false`, or their text: forms have texts.
fn flag<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    struct Flag;

    impl Visitor<'_> for Flag {
        type Value = bool;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("true or false")
        }

        fn visit_bool<E: serde::de::Error>(self, flag: bool) -> Result<bool, E> {
            Ok(flag)
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<bool, E> {
            let read = text.trim().parse();
            read.map_err(|_| E::invalid_value(Unexpected::Other("this text"), &self))
        }
    }

    from.deserialize_any(Flag)
}
