//! Webhooks: the calls, the life of a subscription on the sandbox's own clock, and real deliveries.

mod bodies;
mod calls;
mod life;
mod participants;
mod parts;
mod sockets;

use eduzz_api::webhook::{CreateWebhookSubscription, GetWebhookSecret, SetWebhookSubscriptionStatus};
use eduzz_sandbox::{Attempt, Config, Deliveries, ReceiverAnswer, Sender};
use eduzz_types::webhook::subscriptions::{Subscription, SubscriptionStatus};
use eduzz_webhook::{Delivery, Key};

use crate::client::Client;

const URL: &str = "http://127.0.0.1:9/eduzz?key=invented";

/// A sandbox whose deliveries the test carries, on a clock that stands.
struct ByHand {
    client: Client,
    deliveries: Deliveries,
}

impl ByHand {
    fn new() -> Self {
        Self::with(|_| {})
    }

    fn with(change: impl FnOnce(&mut Config)) -> Self {
        let client = Client::with(|config| {
            config.webhooks.sender = Sender::ByHand;
            change(config);
        });
        let deliveries = client.control.deliveries();
        Self { client, deliveries }
    }

    async fn subscribe(&self, events: &[&str]) -> Subscription {
        let create = CreateWebhookSubscription::new("Vendas", URL, events.iter().copied());
        self.client.call(&create).await.unwrap()
    }

    /// Activates, while the receiver answers the ping so.
    async fn activate(&self, id: &str, answer: ReceiverAnswer) -> Result<Subscription, String> {
        let call = SetWebhookSubscriptionStatus::new(id, SubscriptionStatus::Active);
        let carry = async {
            let [ping] = <[Attempt; 1]>::try_from(self.deliveries.next_due().await).unwrap();
            assert_eq!(ping.event, "ping");
            self.deliveries.answered(&ping, answer);
            ping
        };
        let (activated, ping) = tokio::join!(self.client.call(&call), carry);
        assert!(self.open(&ping).await.is_ping());
        activated
    }

    /// A subscription to these events that is active.
    async fn active(&self, events: &[&str]) -> String {
        let id = self.subscribe(events).await.id.to_string();
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

    /// Takes out what is due, and answers all of it so.
    fn answer(&self, status: u16) -> Vec<String> {
        let due = self.deliveries.due();
        for attempt in &due {
            self.deliveries.answered(attempt, ReceiverAnswer::status(status));
        }
        due.into_iter().map(|attempt| attempt.id).collect()
    }

    async fn status(&self, id: &str) -> String {
        let all = self.client.json("/webhook/v1/subscription").await;
        let mut all = all.as_array().unwrap().iter();
        let found = all.find(|row| row["id"] == id).expect("a subscription");
        found["status"].as_str().unwrap().to_owned()
    }
}
