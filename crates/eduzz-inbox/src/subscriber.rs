//! Subscribes a receiver through the API.

use std::time::Duration;

use eduzz_api::webhook::{
    CreateWebhookSubscription, GetWebhookSecret, ListWebhookOrigins, ListWebhookSubscriptions,
    SetWebhookSubscriptionStatus, UpdateWebhookSubscription,
};
use eduzz_hyper::{Account, CallError};
use eduzz_sync::subscription::{self, Action, Decision, Unmet, Wanted, decide, is_public};
use eduzz_types::webhook::subscriptions::{
    SigningSecret, Subscription, SubscriptionStatus, WebhookSubscriptionId,
};
use eduzz_wire::{Endpoint, Rejection, RejectionKind};
use tokio::time::{Instant, sleep_until};

/// How long an activation waits after one that the service refused.
const BETWEEN: Duration = Duration::from_secs(1);

/// Subscribes receivers to an account's webhooks.
///
/// The receiver has to know the key before its subscription is activated, because Eduzz checks the
/// address with a `ping` then (Q86):
///
/// ```no_run
/// use eduzz_inbox::{Inbox, Subscriber};
/// use eduzz_sync::subscription::Wanted;
/// use eduzz_webhook::{Key, Keys};
///
/// # async fn program(account: eduzz_hyper::Account, store: eduzz_store::Sqlite) -> Result<(), Box<dyn std::error::Error>> {
/// let subscriber = Subscriber::new(account);
/// let secret = subscriber.secret().await?;
/// let inbox = Inbox::new(store);
/// let receiver = inbox.receiver(Keys::new("api", Key::new(&secret.secret)?));
/// let app = axum::Router::<()>::new().route_service("/eduzz", receiver);
/// let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
/// let serving = tokio::spawn(async move { axum::serve(listener, app).await });
///
/// let wanted = Wanted::new("shop", "https://shop.example.com/eduzz", ["myeduzz.invoice_paid"]);
/// let subscribed = subscriber.subscribe(&wanted).await?;
/// println!("subscription {}", subscribed.subscription.id);
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct Subscriber {
    account: Account,
    patience: Duration,
}

/// A subscription that is there, and what was done for it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Subscribed {
    /// The subscription. Its status is active, or one of which the documentation does not tell,
    /// such as the console's backup (Q79).
    pub subscription: Subscription,
    /// Whether it was made.
    pub is_new: bool,
    /// Whether it was given events. Its filters, which no answer has, may be gone then (Q83).
    pub is_changed: bool,
    /// Whether it was activated.
    pub is_activated: bool,
}

/// A receiver is not subscribed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SubscribeError {
    /// The service cannot reach the address: it is of this machine, of a private network, or no
    /// http address. Nothing was sent.
    #[error("the address is not public: use a server, or a tunnel to this machine")]
    NotPublic,
    /// The token lacks one of these scopes, or the account may not do this.
    #[error("the token needs the scopes {}", .scopes.join(", "))]
    Refused {
        /// The scopes of the call.
        scopes: &'static [&'static str],
        /// The service's answer.
        #[source]
        error: CallError,
    },
    /// Several subscriptions that are not disabled have the address; nothing was changed. All but
    /// one of them have to be deleted or disabled.
    #[error("{} subscriptions have the address", .0.len())]
    Several(Vec<WebhookSubscriptionId>),
    /// The subscription is there and stays disabled: the service does not activate it, most likely
    /// because the receiver did not answer its `ping` with 2xx.
    #[error("the subscription stays disabled: the receiver has to answer a ping with 2xx")]
    NotActivated {
        /// The subscription.
        id: WebhookSubscriptionId,
        /// Whether it was made by this call.
        is_new: bool,
        /// The service's rejection; `None` if it accepted the call.
        #[source]
        rejection: Option<Box<Rejection>>,
    },
    /// The service accepted a call, and did something else.
    #[error("{0}")]
    Unmet(Unmet),
    /// A call failed, after the client's own retries.
    #[error(transparent)]
    Call(CallError),
}

impl Subscriber {
    /// Subscribes to the events of this account.
    #[must_use]
    pub const fn new(account: Account) -> Self {
        Self {
            account,
            patience: Duration::ZERO,
        }
    }

    /// Repeats an activation that is refused until this time is over: a tunnel or a server may
    /// still be starting. Without it, there is one attempt.
    #[must_use]
    pub const fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The secret that signs the deliveries of subscriptions made through the API.
    ///
    /// # Errors
    ///
    /// The call fails, or the token lacks `webhook_read`.
    pub async fn secret(&self) -> Result<SigningSecret, SubscribeError> {
        self.call(&GetWebhookSecret::new()).await
    }

    /// The names of all events that the service offers.
    ///
    /// # Errors
    ///
    /// The call fails.
    pub async fn events(&self) -> Result<Vec<String>, SubscribeError> {
        let origins = self.call(&ListWebhookOrigins::new()).await?;
        let events = origins.into_iter().flat_map(|origin| origin.events);
        Ok(events.map(|event| event.name.into()).collect())
    }

    /// The subscriptions of the account.
    ///
    /// # Errors
    ///
    /// The call fails, or the token lacks `webhook_read`.
    pub async fn list(&self) -> Result<Vec<Subscription>, SubscribeError> {
        Ok(self.call(&ListWebhookSubscriptions::new()).await?.into_vec())
    }

    /// Sees to it that a subscription of the address is there, has all events, and is active: makes
    /// one, gives it the events that it lacks, activates it. Called again, it does nothing.
    ///
    /// # Errors
    ///
    /// Something is missing, as the error says. What was done until then stays, and the next call
    /// goes on there.
    pub async fn subscribe(&self, wanted: &Wanted) -> Result<Subscribed, SubscribeError> {
        let origins = self.account.client().origins();
        let is_elsewhere = !origins.api().is_loopback();
        if is_elsewhere && !is_public(wanted.url.as_str()) {
            return Err(SubscribeError::NotPublic);
        }
        let mut list = self.list().await?;
        let (mut is_new, mut is_changed, mut is_activated) = (false, false, false);
        loop {
            let action = match decide(&list, wanted) {
                Decision::Act(action) => action,
                Decision::Several(ids) => return Err(SubscribeError::Several(ids)),
                Decision::Done(id) => {
                    let own = list.into_iter().find(|own| own.id == id);
                    let subscription = own.ok_or(SubscribeError::Unmet(Unmet::Other))?;
                    return Ok(Subscribed {
                        subscription,
                        is_new,
                        is_changed,
                        is_activated,
                    });
                }
            };
            let answer = match &action {
                Action::Create => {
                    let (name, url) = (wanted.name.as_str(), wanted.url.clone());
                    let call = CreateWebhookSubscription::new(name, url, &wanted.events);
                    let answer = self.call(&call).await?;
                    is_new = true;
                    answer
                }
                Action::Change {
                    id,
                    name,
                    url,
                    events,
                    ..
                } => {
                    let (name, url) = (name.as_str(), url.clone());
                    let call = UpdateWebhookSubscription::new(id.clone(), name, url, events);
                    let answer = self.call(&call).await?;
                    is_changed = true;
                    answer
                }
                Action::Activate(id) => {
                    let answer = self.activated(id, is_new).await?;
                    is_activated = true;
                    answer
                }
                _ => return Err(SubscribeError::Unmet(Unmet::Other)),
            };
            action.check(&answer, wanted).map_err(SubscribeError::Unmet)?;
            subscription::take(&mut list, answer);
        }
    }

    /// Disables a subscription: nothing is delivered any more.
    ///
    /// # Errors
    ///
    /// The call fails, or the token lacks `webhook_write`.
    pub async fn disable(&self, id: &WebhookSubscriptionId) -> Result<Subscription, SubscribeError> {
        let call = SetWebhookSubscriptionStatus::new(id.clone(), SubscriptionStatus::Disabled);
        self.call(&call).await
    }

    /// Activates a subscription, as [`patience`](Self::patience) says.
    ///
    /// # Errors
    ///
    /// The service refuses, or a call fails.
    pub async fn activate(&self, id: &WebhookSubscriptionId) -> Result<Subscription, SubscribeError> {
        self.activated(id, false).await
    }

    async fn activated(
        &self,
        id: &WebhookSubscriptionId,
        is_new: bool,
    ) -> Result<Subscription, SubscribeError> {
        let end = Instant::now() + self.patience;
        let call = SetWebhookSubscriptionStatus::new(id.clone(), SubscriptionStatus::Active);
        loop {
            let rejection = match self.account.call(&call).await {
                Ok(answer) if answer.status != SubscriptionStatus::Disabled => return Ok(answer),
                Ok(_) => None,
                Err(error) => match error.rejection() {
                    Some(rejection) if is_of_receiver(rejection) => Some(Box::new(rejection.clone())),
                    _ => return Err(failed::<SetWebhookSubscriptionStatus>(error)),
                },
            };
            let next = Instant::now() + BETWEEN;
            if next > end {
                let id = id.clone();
                return Err(SubscribeError::NotActivated {
                    id,
                    is_new,
                    rejection,
                });
            }
            sleep_until(next).await;
        }
    }

    async fn call<E: Endpoint>(&self, call: &E) -> Result<E::Output, SubscribeError> {
        self.account.call(call).await.map_err(failed::<E>)
    }
}

fn failed<E: Endpoint>(error: CallError) -> SubscribeError {
    match error.rejection().map(Rejection::kind) {
        Some(RejectionKind::MissingScope | RejectionKind::Forbidden) => SubscribeError::Refused {
            scopes: E::ROUTE.needed_scopes(),
            error,
        },
        _ => SubscribeError::Call(error),
    }
}

/// Whether an activation was refused because of the receiver. The answer is not documented (Q86),
/// so it is every rejection that says nothing else.
fn is_of_receiver(rejection: &Rejection) -> bool {
    matches!(
        rejection.kind(),
        RejectionKind::Invalid
            | RejectionKind::Malformed
            | RejectionKind::ReceiverFailed
            | RejectionKind::Conflict
            | RejectionKind::Other
    )
}
