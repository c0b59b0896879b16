//! The subscriptions and the queue of their deliveries. No IO and no clock: time is an argument.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use eduzz_types::webhook::Envelope;
use eduzz_types::{DateTime, FreeForm};
use eduzz_webhook::Key;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::delivery::{Attempt, DeliveryAttempt, DeliveryRecord, DeliveryState, ReceiverAnswer};
use super::event_list;
use super::receiver::Receiver;
use super::saved::{self, SavedQueue, SavedSubscription};
use super::schedule::{Rules, Schedule, Stage};
use super::secret::Secret;
use crate::config::Webhooks;
use crate::random::Random;
use crate::render::json::{Json, object};
use crate::state::calendar::{instant, later};

/// Maximum deliveries in the history; the oldest are dropped.
const REMEMBERED: usize = 20_000;
/// Maximum subscriptions of an application. The service documents no limit; anybody can make them
/// here.
const MOST_SUBSCRIPTIONS: usize = 1_000;

/// The subscriptions, their deliveries, and the history.
#[derive(Debug)]
pub(crate) struct WebhookQueue {
    settings: Webhooks,
    /// In the order of creation.
    subscriptions: Vec<Subscription>,
    subscription_ids: Random,
    event_ids: Random,
    history: History,
    /// Samples to be sent, with their subscriptions.
    samples: Vec<(String, Arc<Payload>)>,
    /// Attempts that are not answered: subscription and number.
    in_flight: BTreeSet<(String, u64)>,
}

/// A subscription to events.
#[derive(Debug)]
pub(crate) struct Subscription {
    pub(crate) id: String,
    pub(crate) holder: Holder,
    pub(crate) wanted: Wanted,
    pub(crate) secret_id: String,
    key: Key,
    schedule: Schedule<Arc<Payload>>,
}

/// The application and the account whose token made a subscription. It receives the events of this
/// account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Holder {
    pub(crate) client_id: String,
    pub(crate) account_id: String,
}

/// The settings that a caller chose for a subscription.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Wanted {
    pub(crate) name: String,
    pub(crate) receiver: Receiver,
    /// Full names of events.
    pub(crate) events: Vec<String>,
    pub(crate) filters: Vec<Filter>,
}

/// Lets an event through that has one of the values.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Filter {
    metadata: String,
    values: Vec<FilterValue>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum FilterValue {
    Text(String),
    Number(serde_json::Number),
}

impl FilterValue {
    fn is(&self, value: &str) -> bool {
        match self {
            Self::Text(text) => text == value,
            Self::Number(number) => number.to_string() == value,
        }
    }
}

/// An event as it is sent to one subscription.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Payload {
    /// The number of the delivery in the history.
    record: u64,
    id: String,
    event: String,
    #[serde(with = "saved::body")]
    body: Arc<[u8]>,
}

impl WebhookQueue {
    pub(crate) fn new(seed: u64, settings: Webhooks) -> Self {
        Self {
            settings,
            subscriptions: Vec::new(),
            subscription_ids: Random::stream(seed, "webhook/ids"),
            event_ids: Random::stream(seed, "webhook/events"),
            history: History::default(),
            samples: Vec::new(),
            in_flight: BTreeSet::new(),
        }
    }

    /// Makes a subscription, which is disabled; `None` when the application has too many.
    pub(crate) fn subscribe(
        &mut self,
        of: &Holder,
        secret: &Secret,
        wanted: Wanted,
    ) -> Option<&Subscription> {
        if self.of(of).count() >= MOST_SUBSCRIPTIONS {
            return None;
        }
        let rules = self.rules();
        let subscription = Subscription {
            id: self.subscription_ids.word(25),
            holder: of.clone(),
            wanted,
            secret_id: secret.id.clone(),
            key: secret.key.clone(),
            schedule: Schedule::new(rules),
        };
        self.subscriptions.push(subscription);
        self.subscriptions.last()
    }

    /// What a snapshot has of it.
    pub(crate) fn saved(&self) -> SavedQueue {
        let subscriptions = self.subscriptions.iter().map(|of| SavedSubscription {
            id: of.id.clone(),
            holder: of.holder.clone(),
            wanted: of.wanted.clone(),
            schedule: of.schedule.clone(),
        });
        SavedQueue::new(
            subscriptions.collect(),
            (self.subscription_ids.clone(), self.event_ids.clone()),
            self.samples.clone(),
            self.history.dropped,
            self.history.records.iter().cloned(),
        )
    }

    /// The queue of a snapshot, as it goes on. What was in flight waits again, and a ping is
    /// sent again; a sample is not.
    pub(crate) fn resume(&mut self, seed: u64, mut saved: SavedQueue) {
        self.history = History {
            records: saved.take_records().collect(),
            dropped: saved.dropped,
        };
        let subscriptions = saved.subscriptions.into_iter().filter_map(|saved| {
            let secret = Secret::of(seed, &saved.holder.client_id).ok()?;
            Some(Subscription {
                id: saved.id,
                holder: saved.holder,
                wanted: saved.wanted,
                secret_id: secret.id,
                key: secret.key,
                schedule: saved.schedule.resumed(self.rules()),
            })
        });
        self.subscriptions = subscriptions.collect();
        self.subscription_ids = saved.subscription_ids;
        self.event_ids = saved.event_ids;
        self.samples = saved.samples;
        let waiting = self.subscriptions.iter().flat_map(|of| of.schedule.queued());
        let waiting: BTreeSet<u64> = waiting.map(|payload| payload.record).collect();
        for record in &mut self.history.records {
            if record.state == DeliveryState::UnderWay {
                record.state = match waiting.contains(&record.number) {
                    true => DeliveryState::Waiting { until: None },
                    false => DeliveryState::Erased,
                };
            }
        }
    }

    /// The rules of all schedules.
    fn rules(&self) -> Rules {
        Rules {
            parallel: self.settings.parallel,
            backup: self.settings.backup,
            waits: self.settings.retries.clone(),
        }
    }

    /// The subscriptions of an application and an account, in the order of creation.
    pub(crate) fn of(&self, of: &Holder) -> impl Iterator<Item = &Subscription> {
        self.subscriptions
            .iter()
            .filter(move |subscription| subscription.holder == *of)
    }

    pub(crate) fn find(&self, of: &Holder, id: &str) -> Option<&Subscription> {
        self.of(of).find(|subscription| subscription.id == id)
    }

    /// All subscriptions, in the order of creation.
    pub(crate) fn all(&self) -> impl DoubleEndedIterator<Item = &Subscription> {
        self.subscriptions.iter()
    }

    /// The subscription with this id, of any application and account.
    pub(crate) fn any(&self, id: &str) -> Option<&Subscription> {
        self.all().find(|subscription| subscription.id == id)
    }

    fn find_mut(&mut self, of: &Holder, id: &str) -> Option<&mut Subscription> {
        self.subscriptions
            .iter_mut()
            .find(|subscription| subscription.holder == *of && subscription.id == id)
    }

    /// Changes a subscription. Another address disables it, as it was not tried.
    pub(crate) fn change(&mut self, of: &Holder, id: &str, wanted: Wanted) -> Option<&Subscription> {
        let subscription = self.find_mut(of, id)?;
        let moves = subscription.wanted.receiver != wanted.receiver;
        subscription.wanted = wanted;
        if moves {
            self.disable(of, id);
        }
        self.find(of, id)
    }

    /// Deletes a subscription; `false` if it does not exist.
    pub(crate) fn delete(&mut self, of: &Holder, id: &str) -> bool {
        self.disable(of, id);
        let before = self.subscriptions.len();
        self.subscriptions
            .retain(|subscription| subscription.holder != *of || subscription.id != id);
        self.subscriptions.len() < before
    }

    /// Begins to activate a subscription: its receiver must accept a ping first.
    pub(crate) fn activate(&mut self, of: &Holder, id: &str) {
        if let Some(subscription) = self.find_mut(of, id) {
            subscription.schedule.activate();
        }
    }

    /// Ends all deliveries of a subscription. Queued events are erased.
    pub(crate) fn disable(&mut self, of: &Holder, id: &str) {
        if let Some(subscription) = self.find_mut(of, id) {
            let erased = subscription.schedule.disable();
            self.history.erase(&erased);
        }
    }

    /// Whether an account has subscriptions, active or not.
    pub(crate) fn has_subscriptions_of(&self, account: &str) -> bool {
        let mut subscriptions = self.subscriptions.iter();
        subscriptions.any(|subscription| subscription.holder.account_id == account)
    }

    /// Whether an active subscription of the account has this event.
    pub(crate) fn is_wanted(&self, account: &str, event: &str) -> bool {
        let mut subscriptions = self.subscriptions.iter();
        subscriptions.any(|subscription| subscription.takes(account, event))
    }

    /// Queues an event of an account for each subscription that has it. `copies` gives the waits of
    /// the copies of each delivery; none for one that is lost. Gives the number of deliveries.
    pub(crate) fn send(
        &mut self,
        account: &str,
        event: &str,
        data: Json,
        now: SystemTime,
        mut copies: impl FnMut() -> Vec<Duration>,
    ) -> u64 {
        // Only filters read the data.
        let filtered = self.subscriptions.iter().any(Subscription::has_filters);
        let metadata = filtered.then(|| serde_json::to_value(&data).unwrap_or_default());
        let metadata = metadata.unwrap_or_default();
        let (id, body) = self.envelope(event, data, sent_at(now));
        let mut made = 0;
        for subscription in &mut self.subscriptions {
            if !subscription.takes(account, event) || !subscription.lets_through(event, &metadata) {
                continue;
            }
            let waits = copies();
            if waits.is_empty() {
                let lost = self.history.add(subscription, &id, event, &body);
                self.history
                    .change(lost.record, |record| record.state = DeliveryState::Lost);
            }
            for wait in waits {
                let payload = self.history.add(subscription, &id, event, &body);
                subscription.schedule.arrive(payload, later(now, wait));
                made += 1;
            }
        }
        made
    }

    /// Ends a subscription as two days of backup without a success do: it is disabled, and all that
    /// waits is erased. Gives the number of erased deliveries; `None` when it takes no events.
    pub(crate) fn end_backup(&mut self, id: &str) -> Option<usize> {
        let mut subscriptions = self.subscriptions.iter_mut();
        let of = subscriptions.find(|of| of.id == id && of.schedule.takes())?;
        let erased = of.schedule.disable();
        self.history.erase(&erased);
        Some(erased.len())
    }

    /// Sends a delivery of the history again, with the same body. False when it is not in the
    /// history, or its subscription is not active.
    pub(crate) fn resend(&mut self, record: u64, now: SystemTime) -> bool {
        let Some(past) = self.history.get(record).cloned() else {
            return false;
        };
        let mut subscriptions = self.subscriptions.iter_mut();
        let active = subscriptions.find(|to| to.id == past.subscription && to.schedule.takes());
        let Some(subscription) = active else { return false };
        let payload = self.history.add(subscription, &past.id, &past.event, &past.body);
        subscription.schedule.arrive(payload, now)
    }

    /// Sends an example of an event to a subscription's receiver, at any status; gives the
    /// number of its delivery.
    pub(crate) fn sample(&mut self, of: &Holder, id: &str, event: &str) -> Option<u64> {
        let example = example(event)?;
        // A sample looks like a delivery: the event's real name, an id of its own, and the old date
        // of the example.
        let mut data = example.data.into_value();
        // Seen: receivers tell samples from sales by it.
        if let Some(secret) = data.pointer_mut("/producer/originSecret") {
            *secret = Value::from("originsecrettest");
        }
        let (event_id, body) = self.envelope(event, Json::Echo(data), example.sent_date);
        let mut subscriptions = self.subscriptions.iter();
        let to = subscriptions.find(|to| to.holder == *of && to.id == id)?;
        let payload = self.history.add(to, &event_id, event, &body);
        let record = payload.record;
        self.samples.push((to.id.clone(), payload));
        Some(record)
    }

    /// A delivery of the history.
    pub(crate) fn record(&self, record: u64) -> Option<&DeliveryRecord> {
        self.history.get(record)
    }

    /// Takes out everything to be sent now.
    pub(crate) fn due(&mut self, now: SystemTime) -> Vec<Attempt> {
        let mut due = Vec::new();
        for place in 0..self.subscriptions.len() {
            let Some(subscription) = self.subscriptions.get_mut(place) else {
                continue;
            };
            self.history.erase(&subscription.schedule.expire(now));
            for (number, payload) in subscription.schedule.poll(now) {
                let payload = payload.or_else(|| self.ping(place, now));
                due.extend(payload.and_then(|payload| self.attempt(place, number, &payload, false, now)));
            }
        }
        for (subscription, payload) in std::mem::take(&mut self.samples) {
            let mut subscriptions = self.subscriptions.iter_mut().enumerate();
            match subscriptions.find(|(_, to)| to.id == subscription) {
                Some((place, to)) => {
                    let number = to.schedule.number();
                    due.extend(self.attempt(place, number, &payload, true, now));
                }
                // Its subscription was deleted.
                None => self.history.erase(&[payload]),
            }
        }
        due
    }

    /// When there will be something to send, if nothing happens before.
    pub(crate) fn wake(&self) -> Option<SystemTime> {
        let subscriptions = self.subscriptions.iter();
        let schedules = subscriptions.filter_map(|subscription| subscription.schedule.wake());
        let samples = (!self.samples.is_empty()).then_some(SystemTime::UNIX_EPOCH);
        schedules.chain(samples).min()
    }

    /// Takes a receiver's answer to an attempt. A second answer is ignored.
    pub(crate) fn answered(&mut self, attempt: &Attempt, answer: ReceiverAnswer, now: SystemTime) {
        let key = (attempt.subscription.clone(), attempt.number);
        if !self.in_flight.remove(&key) {
            return;
        }
        let is_taken = answer.is_success();
        let mut subscriptions = self.subscriptions.iter_mut();
        let of = subscriptions.find(|of| of.id == attempt.subscription && !attempt.is_sample);
        let state = match of {
            Some(of) => of.schedule.answered(attempt.number, is_taken, now),
            None if is_taken => DeliveryState::Taken,
            None => DeliveryState::GivenUp,
        };
        self.history.change(attempt.record, |record| {
            record.state = state;
            record.attempts.push(DeliveryAttempt {
                sent_at: attempt.sent_at,
                took: now.duration_since(attempt.sent_at).unwrap_or_default(),
                answer,
            });
        });
    }

    /// The deliveries of the history, the oldest first.
    pub(crate) fn records(&self) -> impl DoubleEndedIterator<Item = &DeliveryRecord> {
        self.history.records.iter()
    }

    /// The history, the oldest first.
    pub(crate) fn history(&self) -> Vec<DeliveryRecord> {
        self.history.records.iter().cloned().collect()
    }

    fn ping(&mut self, place: usize, now: SystemTime) -> Option<Arc<Payload>> {
        let (id, body) = self.envelope("ping", object! { "message" => "ping" }, sent_at(now));
        let to = self.subscriptions.get(place)?;
        Some(self.history.add(to, &id, "ping", &body))
    }

    fn attempt(
        &mut self,
        place: usize,
        number: u64,
        payload: &Payload,
        is_sample: bool,
        now: SystemTime,
    ) -> Option<Attempt> {
        let to = self.subscriptions.get(place)?;
        self.in_flight.insert((to.id.clone(), number));
        self.history
            .change(payload.record, |record| record.state = DeliveryState::UnderWay);
        Some(Attempt {
            number,
            record: payload.record,
            is_sample,
            sent_at: now,
            subscription: to.id.clone(),
            url: to.wanted.receiver.as_str().to_owned(),
            event: payload.event.clone(),
            id: payload.id.clone(),
            signature: to.key.sign(&payload.body).to_string(),
            body: Arc::clone(&payload.body),
        })
    }

    /// The id and the body of a new event.
    fn envelope(&mut self, event: &str, data: Json, sent: Option<DateTime>) -> (String, Arc<[u8]>) {
        let id = self.event_ids.word(25);
        let body = Envelope::new(id.as_str().into(), event, data, sent);
        // Texts as keys and finite numbers: it can always be written.
        let body = serde_json::to_vec(&body).unwrap_or_default().into();
        (id, body)
    }
}

fn sent_at(now: SystemTime) -> Option<DateTime> {
    Some(DateTime::from_text(&instant(now)))
}

impl Subscription {
    /// The status, as its own API calls it.
    pub(crate) const fn status(&self) -> &'static str {
        match self.schedule.stage() {
            Stage::Disabled | Stage::Checking { .. } => "disabled",
            Stage::Active => "active",
            Stage::Backup { .. } => "backup", // Q79
        }
    }

    /// How many events wait to be sent or answered.
    pub(crate) fn waiting(&self) -> usize {
        self.schedule.waiting()
    }

    /// Since when events are stored, when the first of them is tried next, and when all are erased.
    pub(crate) fn backup(&self) -> Option<[SystemTime; 3]> {
        self.schedule.backup()
    }

    /// Whether the ping is not answered yet.
    pub(crate) const fn is_being_checked(&self) -> bool {
        matches!(self.schedule.stage(), Stage::Checking { .. })
    }

    /// Whether an event of this account and name is queued.
    fn takes(&self, account: &str, event: &str) -> bool {
        self.schedule.takes()
            && self.holder.account_id == account
            && self.wanted.events.iter().any(|wanted| wanted == event)
    }

    const fn has_filters(&self) -> bool {
        !self.wanted.filters.is_empty()
    }

    /// Whether all filters let the event through. An event without the metadatum does not pass its
    /// filter.
    fn lets_through(&self, event: &str, data: &Value) -> bool {
        self.wanted.filters.iter().all(|filter| {
            let values = event_list::values(event, data, &filter.metadata);
            let is_wanted = |value: &String| filter.values.iter().any(|wanted| wanted.is(value));
            values.iter().any(is_wanted)
        })
    }
}

/// The example of an event's delivery, with the event's full name.
pub(crate) fn example(event: &str) -> Option<Envelope<FreeForm>> {
    let (origin, known) = event_list::find(event)?;
    let body = eduzz_fixtures::find_event(origin.prefix, known.name)?.plain()?;
    let mut example: Envelope<FreeForm> = serde_json::from_slice(body).ok()?;
    example.event = event.into();
    Some(example)
}

/// The deliveries of the history.
#[derive(Debug, Default)]
struct History {
    records: VecDeque<DeliveryRecord>,
    /// How many records were dropped.
    dropped: u64,
}

impl History {
    fn add(&mut self, to: &Subscription, id: &str, event: &str, body: &Arc<[u8]>) -> Arc<Payload> {
        if self.records.len() >= REMEMBERED {
            self.records.pop_front();
            self.dropped += 1;
        }
        let record = self.dropped + u64::try_from(self.records.len()).unwrap_or(u64::MAX);
        self.records.push_back(DeliveryRecord {
            number: record,
            subscription: to.id.clone(),
            url: to.wanted.receiver.as_str().to_owned(),
            event: event.to_owned(),
            id: id.to_owned(),
            body: Arc::clone(body),
            state: DeliveryState::Waiting { until: None },
            attempts: Vec::new(),
        });
        Arc::new(Payload {
            record,
            id: id.to_owned(),
            event: event.to_owned(),
            body: Arc::clone(body),
        })
    }

    /// The place of a record; `None` when it was dropped.
    fn place(&self, record: u64) -> Option<usize> {
        usize::try_from(record.checked_sub(self.dropped)?).ok()
    }

    fn get(&self, record: u64) -> Option<&DeliveryRecord> {
        self.records.get(self.place(record)?)
    }

    fn change(&mut self, record: u64, change: impl FnOnce(&mut DeliveryRecord)) {
        let place = self.place(record);
        if let Some(record) = place.and_then(|place| self.records.get_mut(place)) {
            change(record);
        }
    }

    fn erase(&mut self, payloads: &[Arc<Payload>]) {
        for payload in payloads {
            self.change(payload.record, |record| record.state = DeliveryState::Erased);
        }
    }
}
