//! Subscribes a receiver through the API, and says what was done.

use std::time::Duration;

use clap::Args;
use eduzz_inbox::{SubscribeError, Subscribed, Subscriber};
use eduzz_sync::subscription::Wanted;
use eduzz_types::PersonalText;
use eduzz_types::webhook::subscriptions::{
    SigningSecret, Subscription, SubscriptionStatus, WebhookSubscriptionId,
};
use eduzz_webhook::{Key, Keys};

use super::post;
use crate::client::Api;
use crate::events::Known;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::BodyOption;
use crate::output::Output;

/// How long an activation is repeated: a tunnel may still be starting.
const PATIENCE: Duration = Duration::from_secs(15);

/// The label of the key that the API gave.
const LABEL: &str = "api";

// The address and the events of a subscription.
#[derive(Debug, Args)]
pub(in crate::commands) struct Place {
    /// URL pública em que a Eduzz entrega: cria a configuração de webhook, ou completa a que
    /// existe, e ativa
    /// | Public URL at which Eduzz delivers: makes the webhook subscription, or completes the one
    /// that is there, and activates it
    #[arg(long, value_name = "URL", value_parser = post::url)]
    pub(in crate::commands) url: Option<PersonalText>,
    #[command(flatten)]
    pub(in crate::commands) chosen: Chosen,
}

// The events of a subscription.
#[derive(Debug, Args)]
pub(in crate::commands) struct Chosen {
    /// Eventos da configuração, com ou sem a origem (padrão: todos os que o serviço oferece,
    /// também os que o SDK ainda não conhece)
    /// | The subscription's events, with or without their origin (default: all that the service
    /// offers, also those that the SDK does not know yet)
    #[arg(long, value_name = "EVENTO,… | EVENT,…", value_delimiter = ',')]
    pub(in crate::commands) event: Vec<String>,
}

impl Chosen {
    /// Refuses unknown events before anything is done.
    pub(in crate::commands) fn check(&self, lang: Lang) -> Result<(), Failure> {
        names(lang, &self.event).map(drop)
    }
}

/// An account whose receiver can be subscribed.
pub(in crate::commands) struct Subscribing {
    output: Output,
    api: Api,
    subscriber: Subscriber,
}

impl Subscribing {
    pub(in crate::commands) fn new(output: Output) -> Result<Self, Failure> {
        let api = Api::new(output, BodyOption::new(false, false))?;
        let subscriber = Subscriber::new(api.account().clone()).patience(PATIENCE);
        Ok(Self {
            output,
            api,
            subscriber,
        })
    }

    pub(in crate::commands) const fn output(&self) -> Output {
        self.output
    }

    pub(in crate::commands) const fn api(&self) -> &Api {
        &self.api
    }

    pub(in crate::commands) const fn subscriber(&self) -> &Subscriber {
        &self.subscriber
    }

    /// The secret of subscriptions made through the API.
    pub(in crate::commands) async fn secret(&self) -> Result<SigningSecret, Failure> {
        self.subscriber
            .secret()
            .await
            .map_err(|error| self.failed(&error))
    }

    /// The keys of a receiver: that of the environment, if there is one, and that of the API.
    pub(in crate::commands) fn keys(
        lang: Lang,
        known: Option<Keys>,
        secret: &SigningSecret,
    ) -> Result<Keys, Failure> {
        let key = Key::new(&secret.secret).map_err(|_| Failure::usage(lang.empty_webhook_secret()))?;
        Ok(match known {
            Some(known) => known.and(LABEL, key),
            None => Keys::new(LABEL, key),
        })
    }

    /// Sees to it that a subscription of this address is active, and says what it did.
    pub(in crate::commands) async fn subscribe(
        &self,
        url: &PersonalText,
        chosen: &Chosen,
    ) -> Result<Subscribed, Failure> {
        let events = self.events(chosen).await?;
        let wanted = Wanted::new("eduzz-cli", url.clone(), events);
        let subscribed = self.subscriber.subscribe(&wanted).await;
        let subscribed = subscribed.map_err(|error| self.failed(&error))?;
        let lang = self.output.lang;
        let own = &subscribed.subscription;
        let id = own.id.as_str();
        let told = [
            (subscribed.is_new, lang.hook_made(id)),
            (subscribed.is_changed, lang.hook_changed(id)),
            (subscribed.is_activated, lang.hook_activated(id)),
        ];
        for (is_done, text) in told {
            if is_done {
                self.output.note(&text);
            }
        }
        self.output.note(&standing(lang, own));
        Ok(subscribed)
    }

    /// The full names of the events.
    async fn events(&self, chosen: &Chosen) -> Result<Vec<String>, Failure> {
        if chosen.event.is_empty() {
            return self
                .subscriber
                .events()
                .await
                .map_err(|error| self.failed(&error));
        }
        names(self.output.lang, &chosen.event)
    }

    /// Notes that the subscription signs with a secret that the receiver does not know.
    pub(in crate::commands) fn compare_secret(&self, own: &Subscription, secret: &SigningSecret) {
        if own.secret_id.as_ref().is_some_and(|id| *id != secret.id) {
            self.output
                .note(&self.output.lang.hook_other_secret(own.id.as_str()));
        }
    }

    /// Disables what this run made or activated, and says so.
    pub(in crate::commands) async fn end(&self, subscribed: &Subscribed) {
        let lang = self.output.lang;
        let id = &subscribed.subscription.id;
        let text = match self.subscriber.disable(id).await {
            Ok(_) => lang.hook_disabled(id.as_str()),
            Err(_) => lang.hook_not_disabled(id.as_str()),
        };
        self.output.note(&text);
    }

    /// The error of a subscription.
    pub(in crate::commands) fn failed(&self, error: &SubscribeError) -> Failure {
        let lang = self.output.lang;
        match error {
            SubscribeError::NotPublic => Failure::usage(lang.hook_not_public()),
            SubscribeError::Refused { scopes, error } => self.api.failure("Webhook", scopes, error),
            SubscribeError::Several(ids) => {
                let ids: Vec<&str> = ids.iter().map(WebhookSubscriptionId::as_str).collect();
                Failure::rejected(lang.hook_several(&ids.join(", ")))
            }
            SubscribeError::NotActivated { id, .. } => {
                Failure::rejected(lang.hook_not_activated(id.as_str()))
            }
            SubscribeError::Unmet(unmet) => Failure::rejected(lang.unmet(unmet)),
            SubscribeError::Call(error) => self.api.failure("Webhook", &[], error),
            _ => Failure::rejected(error.to_string()),
        }
    }
}

/// The full names of events that a person names.
pub(super) fn names(lang: Lang, given: &[String]) -> Result<Vec<String>, Failure> {
    let named = |name: &String| Known::named(lang, name).map(|known| known.name.to_owned());
    given.iter().map(named).collect()
}

/// How a subscription stands.
fn standing(lang: Lang, own: &Subscription) -> String {
    let id = own.id.as_str();
    match &own.status {
        SubscriptionStatus::Active => lang.hook_ready(id, own.events.len()),
        other => lang.hook_other_status(id, super::report::shown(other.as_str(), "-_", 40)),
    }
}
