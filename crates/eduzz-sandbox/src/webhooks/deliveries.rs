//! The handle to a sandbox's deliveries.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use super::delivery::{DeliveryRecord, Dispatch, ReceiverAnswer};
use crate::state::World;

/// The deliveries of a sandbox's webhooks: what became of them, and, where a test [carries them by hand](crate::Carrier::ByHand), what
/// is to be sent. What is sent when goes by the sandbox's [`Clock`](crate::Clock) alone, so a test can walk through days of it without a
/// socket and without waiting.
///
/// A clone is a handle to the same sandbox.
#[derive(Clone)]
pub struct Deliveries {
    world: Arc<World>,
}

impl Deliveries {
    pub(crate) const fn new(world: Arc<World>) -> Self {
        Self { world }
    }

    /// Takes out everything that is to be sent now, in this order. Each is under way from here on, until it is
    /// [answered](Self::answered).
    #[must_use]
    pub fn due(&self) -> Vec<Dispatch> {
        super::carrier::arrive(&self.world);
        self.world.post.look().due(self.world.config.clock.now())
    }

    /// Takes out what is to be sent now, and waits until that is something: a call that activates a subscription waits for the answer
    /// to its ping, so whoever carries has to wait for the ping in turn.
    pub async fn next_due(&self) -> Vec<Dispatch> {
        let mut changes = self.world.post.changes();
        loop {
            changes.borrow_and_update();
            let due = self.due();
            if !due.is_empty() {
                return due;
            }
            let wake = self.wake();
            tokio::select! {
                changed = changes.changed() => if changed.is_err() { return due },
                () = self.world.config.clock.reach(wake) => {}
            }
        }
    }

    /// When there will be something to send, if nothing happens before; none when nothing waits.
    #[must_use]
    pub fn wake(&self) -> Option<SystemTime> {
        let next_arrival = self.world.next_arrival();
        let wake = self.world.post.look().wake();
        wake.into_iter().chain(next_arrival).min()
    }

    /// Tells what the receiver answered to a delivery that was taken out. A second answer is ignored.
    pub fn answered(&self, dispatch: &Dispatch, answer: ReceiverAnswer) {
        let now = self.world.config.clock.now();
        self.world
            .post
            .change(|outbox| outbox.answered(dispatch.number, answer, now));
    }

    /// All deliveries that are remembered, the oldest first: pings, events and samples. The last 20,000 are.
    #[must_use]
    pub fn history(&self) -> Vec<DeliveryRecord> {
        self.world.post.look().history()
    }

    /// Sends a delivery of the history again, as the console can: with the same id and the same body. False when its subscription is not
    /// there or not active.
    #[allow(clippy::must_use_candidate, reason = "it is called for what it does")]
    pub fn resend(&self, record: &DeliveryRecord) -> bool {
        let now = self.world.config.clock.now();
        self.world.post.change(|outbox| outbox.resend(record.number, now))
    }
}

impl fmt::Debug for Deliveries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deliveries").finish_non_exhaustive()
    }
}
