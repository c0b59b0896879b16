//! The handle to a sandbox's deliveries, and the task that sends them.

use std::fmt;
use std::sync::{Arc, Weak};
use std::time::SystemTime;

use tokio::task::JoinSet;

use crate::clock::Clock;
use crate::config::Sender;
use crate::running::Running;
use crate::webhooks::{Attempt, DeliveryRecord, ReceiverAnswer, sender};

/// The name of the event that checks a receiver.
const PING: &str = "ping";

/// The deliveries of a sandbox's webhooks: the history, and, where a test [sends them by
/// hand](crate::Sender::ByHand), the deliveries that are due. Only the sandbox's
/// [`Clock`](crate::Clock) decides when something is due, so a test can step through days without a
/// socket and without waiting.
///
/// A clone is a handle to the same sandbox.
#[derive(Clone)]
pub struct Deliveries {
    running: Arc<Running>,
}

impl Deliveries {
    pub(crate) const fn new(running: Arc<Running>) -> Self {
        Self { running }
    }

    /// Takes out everything that is due, in this order. Each is in flight from here on, until it is
    /// [answered](Self::answered).
    #[must_use]
    pub fn due(&self) -> Vec<Attempt> {
        self.running.arrive();
        self.running.take_due()
    }

    /// Takes out what is due, and waits until there is something: a call that activates a
    /// subscription waits for the answer to its ping, so a test that sends by hand has to wait for
    /// the ping in turn.
    pub async fn next_due(&self) -> Vec<Attempt> {
        let mut changes = self.running.webhooks.subscribe();
        loop {
            changes.borrow_and_update();
            let due = self.due();
            if !due.is_empty() {
                return due;
            }
            let wake = self.wake();
            tokio::select! {
                changed = changes.changed() => if changed.is_err() { return due },
                () = self.running.config.clock.reach(wake) => {}
            }
        }
    }

    /// When the next delivery is due, if nothing happens before; `None` when none waits.
    #[must_use]
    pub fn wake(&self) -> Option<SystemTime> {
        self.running.wake()
    }

    /// Reports the receiver's answer to a delivery that was taken out. A second answer is ignored.
    pub fn answered(&self, attempt: &Attempt, answer: ReceiverAnswer) {
        self.running.delivered(attempt, answer);
    }

    /// The last 20,000 deliveries, the oldest first: pings, events and samples.
    #[must_use]
    pub fn history(&self) -> Vec<DeliveryRecord> {
        self.running.webhooks.borrow().history()
    }

    /// The delivery of the history with this number, or the newest of the event with this id.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<DeliveryRecord> {
        let queue = self.running.webhooks.borrow();
        let numbered = name.parse().ok().and_then(|number| queue.record(number));
        let found = numbered.or_else(|| queue.records().rev().find(|record| record.id == name));
        found.cloned()
    }

    /// The newest delivery of an event; pings are not counted.
    #[must_use]
    pub fn newest(&self) -> Option<DeliveryRecord> {
        let queue = self.running.webhooks.borrow();
        queue.records().rev().find(|record| record.event != PING).cloned()
    }

    /// Takes all receivers down from now on, or up again: while they are down, deliveries fail as
    /// without a connection. (A test that sends by hand answers them itself.)
    pub fn set_outage(&self, is_down: bool) {
        self.running.set_outage(is_down);
    }

    /// Breaks the next `count` attempts: they fail as without a connection, and are retried as any
    /// other; 0 ends it. (A test that sends by hand answers them itself.)
    pub fn break_next(&self, count: u64) {
        self.running.set_broken(count);
    }

    /// How many of the next attempts are to be broken.
    #[must_use]
    pub fn broken_left(&self) -> u64 {
        self.running.broken()
    }

    /// Sends an example of an event to the receiver of a subscription, at any status, and gives the
    /// number of its delivery; `None` when there is no such subscription or event. Call it within
    /// a tokio runtime.
    #[allow(clippy::must_use_candidate, reason = "it is called for what it does")]
    pub fn sample(&self, subscription: &str, event: &str) -> Option<u64> {
        let holder = self.running.webhooks.borrow().any(subscription)?.holder.clone();
        start_sending(&self.running);
        self.running
            .change_queue(|queue| queue.sample(&holder, subscription, event))
    }

    /// Ends a subscription as two days of its backup without a success do, without waiting for
    /// them: it is disabled, and its stored events are erased. Gives the number of erased
    /// deliveries; `None` when there is no such subscription, or it takes no events.
    #[allow(clippy::must_use_candidate, reason = "it is called for what it does")]
    pub fn end_backup(&self, subscription: &str) -> Option<usize> {
        self.running.change_queue(|queue| queue.end_backup(subscription))
    }

    /// Sends a delivery of the history again, as the console can: with the same id and the same
    /// body. False when its subscription does not exist or is not active.
    #[allow(clippy::must_use_candidate, reason = "it is called for what it does")]
    pub fn resend(&self, record: &DeliveryRecord) -> bool {
        let now = self.running.config.clock.now();
        self.running
            .change_queue(|queue| queue.resend(record.number, now))
    }
}

impl fmt::Debug for Deliveries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deliveries").finish_non_exhaustive()
    }
}

/// Starts the task that sends deliveries, once, unless a test sends them. Call it within a tokio
/// runtime.
pub(crate) fn start_sending(running: &Arc<Running>) {
    if running.config.webhooks.sender == Sender::Sockets {
        let clock = running.config.clock.clone();
        running
            .sender
            .get_or_init(|| tokio::spawn(send_all(Arc::downgrade(running), clock)).abort_handle());
    }
}

/// Sends everything until the sandbox ends.
async fn send_all(running: Weak<Running>, clock: Clock) {
    let Some(mut changes) = running.upgrade().map(|running| running.webhooks.subscribe()) else {
        return;
    };
    let mut in_flight = JoinSet::new();
    loop {
        let wake = {
            let Some(running) = running.upgrade() else { return };
            running.arrive();
            changes.borrow_and_update();
            let time_out = running.config.webhooks.time_out;
            for attempt in running.take_due() {
                let is_down = running.has_outage() || running.breaks_next();
                in_flight.spawn(async move {
                    let answer = if is_down {
                        ReceiverAnswer::none("no connection: receivers are down on purpose")
                    } else {
                        sender::deliver(&attempt, time_out).await
                    };
                    (attempt, answer)
                });
            }
            running.wake()
        };
        tokio::select! {
            changed = changes.changed() => if changed.is_err() { return },
            () = clock.reach(wake) => {}
            Some(delivered) = in_flight.join_next() => {
                if let (Ok((attempt, answer)), Some(running)) = (delivered, running.upgrade()) {
                    running.delivered(&attempt, answer);
                }
            }
        }
    }
}
