//! Webhooks: the calls, the life of a subscription on the sandbox's own clock, and real deliveries.

mod bodies;
mod calls;
mod harm;
mod life;
mod participants;
mod parts;
mod sockets;
mod steering;

use std::time::Duration;

use eduzz_api::webhook::{CreateWebhookSubscription, GetWebhookSecret, SetWebhookSubscriptionStatus};
use eduzz_sandbox::{Attempt, Config, Deliveries, ReceiverAnswer, Sender};
use eduzz_types::webhook::subscriptions::{Subscription, SubscriptionStatus};
use eduzz_webhook::{Delivery, Key};
use serde_json::Value;

use crate::client::{Client, text};

const URL: &str = "http://127.0.0.1:9/eduzz?key=invented";

/// A sandbox whose deliveries the test sends, on a manual clock.
pub(crate) struct ByHand {
    pub(crate) client: Client,
    pub(crate) deliveries: Deliveries,
}

impl ByHand {
    fn new() -> Self {
        Self::with(|_| {})
    }

    pub(crate) fn with(change: impl FnOnce(&mut Config)) -> Self {
        let client = Client::with(|config| {
            config.webhooks.sender = Sender::ByHand;
            change(config);
        });
        let deliveries = client.control.deliveries();
        Self { client, deliveries }
    }

    async fn subscribe(&self, events: &[&str]) -> String {
        subscribe(&self.client, URL, events).await
    }

    /// Activates, while the receiver answers the ping so.
    async fn activate(&self, id: &str, answer: ReceiverAnswer) -> Result<Subscription, String> {
        let carry = async {
            let [ping] = <[Attempt; 1]>::try_from(self.deliveries.next_due().await).unwrap();
            assert_eq!(ping.event, "ping");
            self.deliveries.answered(&ping, answer);
            ping
        };
        let (activated, ping) = tokio::join!(set_status(&self.client, id, SubscriptionStatus::Active), carry);
        assert!(self.open(&ping).await.is_ping());
        activated
    }

    /// A subscription to these events that is active.
    pub(crate) async fn active(&self, events: &[&str]) -> String {
        let id = self.subscribe(events).await;
        let active = self.activate(&id, ReceiverAnswer::status(204)).await.unwrap();
        assert_eq!(active.status, SubscriptionStatus::Active);
        id
    }

    /// Opens a delivery with the secret that the API gives.
    async fn open(&self, attempt: &Attempt) -> Delivery {
        let secret = self.client.call(&GetWebhookSecret::new()).await.unwrap();
        let key = Key::new(&secret.secret).unwrap();
        key.open(&attempt.signature, attempt.body.to_vec()).unwrap()
    }

    /// Takes out the deliveries that are due, and answers them with this status.
    pub(crate) fn answer(&self, status: u16) -> Vec<String> {
        let due = self.deliveries.due();
        for attempt in &due {
            self.deliveries.answered(attempt, ReceiverAnswer::status(status));
        }
        due.into_iter().map(|attempt| attempt.id).collect()
    }

    /// The events that are due, as name and data, in turn until none is left. Each is answered with
    /// 200 and read whole by its model.
    fn told(&self) -> Vec<(String, Value)> {
        let mut told = Vec::new();
        loop {
            let due = self.deliveries.due();
            if due.is_empty() {
                return told;
            }
            for attempt in due {
                let mut body: Value = serde_json::from_slice(&attempt.body).unwrap();
                bodies::understood(&attempt.event, &body["data"]);
                self.deliveries.answered(&attempt, ReceiverAnswer::status(200));
                told.push((attempt.event, body["data"].take()));
            }
        }
    }

    fn sell(&self, count: u32) -> Vec<String> {
        self.client.control.sell(count)
    }

    fn advance(&self, by: Duration) {
        self.client.config.clock.advance(by);
    }

    /// Moves the clock to the next delivery, and gives the wait; `None` when none is to be sent.
    fn pass(&self) -> Option<Duration> {
        let clock = &self.client.config.clock;
        let wait = self.deliveries.wake()?.duration_since(clock.now()).unwrap();
        clock.advance(wait);
        Some(wait)
    }

    async fn status(&self, id: &str) -> String {
        let all = self.client.all("/webhook/v1/subscription").await;
        let found = all.iter().find(|row| row["id"] == id).expect("a subscription");
        text(&found["status"]).to_owned()
    }
}

/// Makes a subscription, and gives its id.
async fn subscribe(client: &Client, url: &str, events: &[&str]) -> String {
    let create = CreateWebhookSubscription::new("Vendas", url, events.iter().copied());
    client.call(&create).await.unwrap().id.to_string()
}

async fn set_status(client: &Client, id: &str, status: SubscriptionStatus) -> Result<Subscription, String> {
    client.call(&SetWebhookSubscriptionStatus::new(id, status)).await
}
