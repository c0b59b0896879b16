//! The subscriptions, and all that is sent for them. No IO and no clock: time is an argument.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::SystemTime;

use eduzz_types::webhook::Envelope;
use eduzz_types::{DateTime, FreeForm};
use eduzz_webhook::Key;
use serde_json::Value;

use super::delivery::{DeliveryAttempt, DeliveryRecord, DeliveryState, Dispatch, ReceiverAnswer};
use super::event_list;
use super::receiver::Receiver;
use super::schedule::{Freight, Outcome, Rules, Schedule, Stage, Ticket};
use super::secret::Secret;
use crate::config::Webhooks;
use crate::fault::DeliveryHarm;
use crate::random::Random;
use crate::render::json::{Json, object};
use crate::state::calendar::{instant, later};

/// How many deliveries are remembered; the oldest go first.
const REMEMBERED: usize = 20_000;
/// How many subscriptions an application can have. Nothing is known of a limit; here there must be one, as anybody can make them.
const MOST_SUBSCRIPTIONS: usize = 1_000;

/// Everything that Eduzz knows of webhooks.
#[derive(Debug)]
pub(crate) struct WebhookQueue {
    settings: Webhooks,
    /// In the order of their making.
    subscriptions: Vec<Subscription>,
    ids: Random,
    letters: Random,
    records: Records,
    /// Samples that are not under way yet.
    samples: Vec<Sample>,
    reports: BTreeMap<u64, Report>,
    /// What is under way, by the number of its dispatch.
    out: BTreeMap<u64, Out>,
    dispatches: u64,
}

/// Who is told of which events.
#[derive(Debug)]
pub(crate) struct Subscription {
    pub(crate) id: String,
    /// The application that made it.
    pub(crate) app: String,
    pub(crate) wanted: Wanted,
    pub(crate) secret_id: String,
    key: Key,
    schedule: Schedule<Post>,
}

/// What a caller says of a subscription.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) name: String,
    pub(crate) receiver: Receiver,
    /// Full names of events.
    pub(crate) events: Vec<String>,
    pub(crate) filters: Vec<Filter>,
}

/// Lets through what has one of the values.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    pub(crate) metadata: String,
    pub(crate) values: Vec<String>,
}

/// An event as it is sent to everybody.
#[derive(Debug)]
struct Letter {
    id: String,
    event: String,
    body: Arc<[u8]>,
}

/// A letter to one subscription.
#[derive(Clone, Debug)]
struct Post {
    letter: Arc<Letter>,
    record: u64,
}

#[derive(Debug)]
struct Sample {
    number: u64,
    subscription: String,
    post: Post,
}

/// How the receiver of a sample answered.
#[derive(Debug)]
pub(crate) struct Report {
    pub(crate) answer: ReceiverAnswer,
    pub(crate) milliseconds: u64,
}

#[derive(Debug)]
struct Out {
    subscription: String,
    record: u64,
    sent: SystemTime,
    what: What,
}

#[derive(Debug)]
enum What {
    /// Something of a schedule.
    Schedule(Ticket),
    Sample(u64),
}

impl WebhookQueue {
    pub(crate) fn new(seed: u64, settings: Webhooks) -> Self {
        Self {
            settings,
            subscriptions: Vec::new(),
            ids: Random::stream(seed, "webhook/ids"),
            letters: Random::stream(seed, "webhook/events"),
            records: Records::default(),
            samples: Vec::new(),
            reports: BTreeMap::new(),
            out: BTreeMap::new(),
            dispatches: 0,
        }
    }

    /// Makes a subscription, which is disabled; `None` when the application has too many.
    pub(crate) fn subscribe(&mut self, app: &str, secret: &Secret, wanted: Wanted) -> Option<&Subscription> {
        if self.of(app).count() >= MOST_SUBSCRIPTIONS {
            return None;
        }
        let rules = Rules {
            parallel: self.settings.parallel,
            backup: self.settings.backup,
            waits: self.settings.retries.clone(),
        };
        let subscription = Subscription {
            id: self.ids.word(25),
            app: app.to_owned(),
            wanted,
            secret_id: secret.id.clone(),
            key: secret.key.clone(),
            schedule: Schedule::new(rules),
        };
        self.subscriptions.push(subscription);
        self.subscriptions.last()
    }

    /// The subscriptions of an application, in the order of their making.
    pub(crate) fn of(&self, app: &str) -> impl Iterator<Item = &Subscription> {
        self.subscriptions
            .iter()
            .filter(move |subscription| subscription.app == app)
    }

    pub(crate) fn find(&self, app: &str, id: &str) -> Option<&Subscription> {
        self.of(app).find(|subscription| subscription.id == id)
    }

    fn find_mut(&mut self, app: &str, id: &str) -> Option<&mut Subscription> {
        self.subscriptions
            .iter_mut()
            .find(|subscription| subscription.app == app && subscription.id == id)
    }

    /// Changes a subscription. Another address is one that nobody has tried: it is disabled.
    pub(crate) fn change(&mut self, app: &str, id: &str, wanted: Wanted) -> Option<&Subscription> {
        let subscription = self.find_mut(app, id)?;
        let moves = subscription.wanted.receiver != wanted.receiver;
        subscription.wanted = wanted;
        if moves {
            self.disable(app, id);
        }
        self.find(app, id)
    }

    /// Ends a subscription; false when there is none.
    pub(crate) fn delete(&mut self, app: &str, id: &str) -> bool {
        self.disable(app, id);
        let before = self.subscriptions.len();
        self.subscriptions
            .retain(|subscription| subscription.app != app || subscription.id != id);
        self.subscriptions.len() < before
    }

    /// Begins to activate a subscription: its receiver must take a ping first.
    pub(crate) fn activate(&mut self, app: &str, id: &str) {
        if let Some(subscription) = self.find_mut(app, id) {
            subscription.schedule.activate();
        }
    }

    /// Ends all deliveries of a subscription. What waits is erased.
    pub(crate) fn disable(&mut self, app: &str, id: &str) {
        if let Some(subscription) = self.find_mut(app, id) {
            let erased = subscription.schedule.disable();
            self.records.erase(&erased);
        }
    }

    /// Whether anybody subscribed to anything, active or not.
    pub(crate) const fn has_subscriptions(&self) -> bool {
        !self.subscriptions.is_empty()
    }

    /// Whether anybody is told of this event.
    pub(crate) fn is_wanted(&self, event: &str) -> bool {
        self.subscriptions
            .iter()
            .any(|subscription| subscription.takes(event))
    }

    /// Something happened: it is sent to all who want to be told. What is to go wrong with a delivery is asked once for each.
    pub(crate) fn send(
        &mut self,
        event: &str,
        data: Json,
        now: SystemTime,
        mut harm: impl FnMut() -> Option<DeliveryHarm>,
    ) {
        // Only filters look into the data.
        let filtered = self.subscriptions.iter().any(Subscription::has_filters);
        let metadata = filtered
            .then(|| serde_json::to_value(&data).ok())
            .flatten()
            .unwrap_or_default();
        let letter = self.letter(event, data, now);
        let Self {
            subscriptions,
            records,
            ..
        } = self;
        for subscription in subscriptions {
            if !subscription.takes(event) || !subscription.lets_through(event, &metadata) {
                continue;
            }
            let (copies, ready) = match harm() {
                None => (1, now),
                Some(DeliveryHarm::Twice) => (2, now),
                Some(DeliveryHarm::Late(wait)) => (1, later(now, wait)),
            };
            for _ in 0..copies {
                let post = records.add(subscription, &letter);
                subscription.schedule.arrive(post, ready);
            }
        }
    }

    /// Sends a delivery of the past again, as the console's history can: the same body. False when there is none, or its
    /// subscription takes nothing now.
    pub(crate) fn resend(&mut self, record: u64, now: SystemTime) -> bool {
        let Some(past) = self.records.get(record) else {
            return false;
        };
        let letter = Arc::new(Letter {
            id: past.id.clone(),
            event: past.event.clone(),
            body: Arc::clone(&past.body),
        });
        let of = past.subscription.clone();
        let Self {
            subscriptions,
            records,
            ..
        } = self;
        let subscription = subscriptions
            .iter_mut()
            .find(|subscription| subscription.id == of && subscription.schedule.takes());
        let Some(subscription) = subscription else {
            return false;
        };
        let post = records.add(subscription, &letter);
        subscription.schedule.arrive(post, now)
    }

    /// Has an example of an event sent to a subscription's receiver, whatever its status; the report comes under this number.
    pub(crate) fn sample(&mut self, app: &str, id: &str, event: &str) -> Option<u64> {
        let example = example(event)?;
        let place = self
            .subscriptions
            .iter()
            .position(|subscription| subscription.app == app && subscription.id == id)?;
        // Nothing marks a sample as one: the event's real name, an id of its own, and the example's old date.
        let letter = self.envelope(event, Json::Echo(example.data.into_value()), example.sent_date);
        let number = self.number();
        let to = self.subscriptions.get(place)?;
        let (subscription, post) = (to.id.clone(), self.records.add(to, &letter));
        self.samples.push(Sample {
            number,
            subscription,
            post,
        });
        Some(number)
    }

    /// How the receiver of a sample answered, once it has.
    pub(crate) fn report(&mut self, sample: u64) -> Option<Report> {
        self.reports.remove(&sample)
    }

    /// Everything that is to be sent now.
    pub(crate) fn due(&mut self, now: SystemTime) -> Vec<Dispatch> {
        let mut due = Vec::new();
        for place in 0..self.subscriptions.len() {
            let Some(subscription) = self.subscriptions.get_mut(place) else {
                continue;
            };
            let step = subscription.schedule.poll(now);
            self.records.erase(&step.erased);
            for sending in step.send {
                let post = match sending.what {
                    Freight::Event(post) => post,
                    Freight::Ping => {
                        let letter = self.letter("ping", object! { "message" => "ping" }, now);
                        let Some(to) = self.subscriptions.get(place) else {
                            continue;
                        };
                        self.records.add(to, &letter)
                    }
                };
                due.extend(self.dispatch(place, &post, What::Schedule(sending.ticket), now));
            }
        }
        for sample in std::mem::take(&mut self.samples) {
            let place = self
                .subscriptions
                .iter()
                .position(|subscription| subscription.id == sample.subscription);
            let dispatch =
                place.and_then(|place| self.dispatch(place, &sample.post, What::Sample(sample.number), now));
            match dispatch {
                Some(dispatch) => due.push(dispatch),
                // Its subscription was deleted.
                None => {
                    let answer = ReceiverAnswer::none("a configuração foi apagada");
                    self.reports.insert(
                        sample.number,
                        Report {
                            answer,
                            milliseconds: 0,
                        },
                    );
                }
            }
        }
        due
    }

    /// When there will be something to send, if nothing happens before.
    pub(crate) fn wake(&self) -> Option<SystemTime> {
        let schedules = self
            .subscriptions
            .iter()
            .filter_map(|subscription| subscription.schedule.wake());
        let samples = (!self.samples.is_empty()).then_some(SystemTime::UNIX_EPOCH);
        schedules.chain(samples).min()
    }

    /// What a receiver answered to a dispatch, or that it did not.
    pub(crate) fn answered(&mut self, dispatch: u64, answer: ReceiverAnswer, now: SystemTime) {
        let Some(Out {
            subscription,
            record,
            sent,
            what,
        }) = self.out.remove(&dispatch)
        else {
            return;
        };
        let took = now.duration_since(sent).unwrap_or_default();
        let is_taken = answer.is_success();
        let mut state = if is_taken {
            DeliveryState::Taken
        } else {
            DeliveryState::GivenUp
        };
        match what {
            What::Sample(number) => {
                let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
                let answer = answer.clone();
                self.reports.insert(number, Report { answer, milliseconds });
            }
            What::Schedule(ticket) => {
                let of = self.subscriptions.iter_mut().find(|with| with.id == subscription);
                if let Some(of) = of {
                    state = match of.schedule.answered(ticket, is_taken, now) {
                        Outcome::Again(_, at) => DeliveryState::Waiting { until: Some(at) },
                        Outcome::Stored(_) => DeliveryState::Stored,
                        Outcome::Stale if !is_taken => DeliveryState::Erased,
                        _ => state,
                    };
                }
            }
        }
        self.records.answered(
            record,
            state,
            DeliveryAttempt {
                sent_at: sent,
                took,
                answer,
            },
        );
    }

    /// All deliveries that are remembered, the oldest first.
    pub(crate) fn history(&self) -> Vec<DeliveryRecord> {
        self.records.all.iter().cloned().collect()
    }

    fn number(&mut self) -> u64 {
        self.dispatches += 1;
        self.dispatches
    }

    fn dispatch(&mut self, place: usize, post: &Post, what: What, now: SystemTime) -> Option<Dispatch> {
        let number = self.number();
        let subscription = self.subscriptions.get(place)?;
        let dispatch = Dispatch {
            number,
            subscription: subscription.id.clone(),
            url: subscription.wanted.receiver.as_str().to_owned(),
            event: post.letter.event.clone(),
            id: post.letter.id.clone(),
            signature: subscription.key.sign(&post.letter.body).to_string(),
            body: Arc::clone(&post.letter.body),
        };
        self.records.sent(post.record);
        self.out.insert(
            number,
            Out {
                subscription: subscription.id.clone(),
                record: post.record,
                sent: now,
                what,
            },
        );
        Some(dispatch)
    }

    fn letter(&mut self, event: &str, data: Json, now: SystemTime) -> Arc<Letter> {
        self.envelope(event, data, Some(DateTime::from_text(&instant(now))))
    }

    fn envelope(&mut self, event: &str, data: Json, sent_date: Option<DateTime>) -> Arc<Letter> {
        let id = self.letters.word(25);
        let body = Envelope::new(id.as_str().into(), event, data, sent_date);
        Arc::new(Letter {
            id,
            event: event.to_owned(),
            // Texts as keys and finite numbers: it can always be written.
            body: serde_json::to_vec(&body).unwrap_or_default().into(),
        })
    }
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

    /// Whether the answer to the ping is still waited for.
    pub(crate) const fn is_being_checked(&self) -> bool {
        matches!(self.schedule.stage(), Stage::Checking { .. })
    }

    /// Whether this event is to be stored or sent, as far as its name tells.
    fn takes(&self, event: &str) -> bool {
        self.schedule.takes() && self.wanted.events.iter().any(|wanted| wanted == event)
    }

    const fn has_filters(&self) -> bool {
        !self.wanted.filters.is_empty()
    }

    /// Whether all filters let the event through. What does not have a metadatum is not let through by a filter of it.
    fn lets_through(&self, event: &str, data: &Value) -> bool {
        self.wanted.filters.iter().all(|filter| {
            event_list::values(event, data, &filter.metadata)
                .iter()
                .any(|value| filter.values.contains(value))
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

/// The deliveries that are remembered.
#[derive(Debug, Default)]
struct Records {
    all: VecDeque<DeliveryRecord>,
    /// How many there were before the first that is remembered.
    forgotten: u64,
}

impl Records {
    fn add(&mut self, to: &Subscription, letter: &Arc<Letter>) -> Post {
        if self.all.len() >= REMEMBERED {
            self.all.pop_front();
            self.forgotten += 1;
        }
        let record = self.forgotten + u64::try_from(self.all.len()).unwrap_or(u64::MAX);
        self.all.push_back(DeliveryRecord {
            number: record,
            subscription: to.id.clone(),
            url: to.wanted.receiver.as_str().to_owned(),
            event: letter.event.clone(),
            id: letter.id.clone(),
            body: Arc::clone(&letter.body),
            state: DeliveryState::Waiting { until: None },
            attempts: Vec::new(),
        });
        Post {
            letter: Arc::clone(letter),
            record,
        }
    }

    /// Where a record stands; none when it is forgotten.
    fn place(&self, record: u64) -> Option<usize> {
        usize::try_from(record.checked_sub(self.forgotten)?).ok()
    }

    fn get(&self, record: u64) -> Option<&DeliveryRecord> {
        self.all.get(self.place(record)?)
    }

    fn set(&mut self, record: u64, change: impl FnOnce(&mut DeliveryRecord)) {
        let place = self.place(record);
        if let Some(record) = place.and_then(|place| self.all.get_mut(place)) {
            change(record);
        }
    }

    fn sent(&mut self, record: u64) {
        self.set(record, |record| record.state = DeliveryState::UnderWay);
    }

    fn answered(&mut self, record: u64, state: DeliveryState, attempt: DeliveryAttempt) {
        self.set(record, |record| {
            record.state = state;
            record.attempts.push(attempt);
        });
    }

    fn erase(&mut self, posts: &[Post]) {
        for post in posts {
            self.set(post.record, |record| record.state = DeliveryState::Erased);
        }
    }
}
