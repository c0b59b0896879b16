//! What the rules allow, told by the calls that the store executed.

use std::collections::BTreeMap;

use eduzz_store::{Claim, Claimed, Settled};
use eduzz_sync::inbox::{Change, HOLD, LEASE, MAX_ATTEMPTS};

/// Follows the events of a store.
pub(crate) struct Tracker {
    pub(crate) is_ordered: bool,
    /// The rules that were broken.
    pub(crate) broken: Vec<String>,
    pub(crate) claims_seen: u64,
    /// Ends of attempts that were refused, because the lease was over.
    pub(crate) late_settlements: u64,
    events: BTreeMap<i64, Event>,
    is_clock_sound: bool,
}

#[derive(Clone, Default)]
struct Event {
    subject: Option<(String, String)>,
    claim: Option<Claim>,
    attempts: u32,
    is_claimed: bool,
    has_ended: bool,
    due: i64,
    first_failure: Option<i64>,
}

fn millis(duration: std::time::Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap()
}

impl Tracker {
    pub(crate) const fn new(is_ordered: bool) -> Self {
        Self {
            is_ordered,
            broken: Vec::new(),
            claims_seen: 0,
            late_settlements: 0,
            events: BTreeMap::new(),
            is_clock_sound: true,
        }
    }

    /// Moments cannot be compared any more.
    pub(crate) fn clock_went_back(&mut self) {
        self.is_clock_sound = false;
    }

    pub(crate) fn stored(&mut self, seq: i64, subject: Option<(String, String)>, now: i64) {
        self.events.entry(seq).or_insert_with(|| Event {
            subject,
            due: now,
            ..Event::default()
        });
    }

    /// All claims that have not ended.
    pub(crate) fn claims(&self) -> Vec<Claim> {
        let claimed = self.events.values().filter(|event| event.is_claimed);
        claimed.filter_map(|event| event.claim).collect()
    }

    /// The event's last claim.
    pub(crate) fn claim(&self, seq: i64) -> Option<Claim> {
        self.events.get(&seq)?.claim
    }

    pub(crate) fn claimed(&mut self, claimed: &Claimed, now: i64) {
        let seq = claimed.claim.seq;
        self.claims_seen += 1;
        if self.is_ordered && self.is_clock_sound {
            self.check_order(seq, now);
        }
        let Some(event) = self.events.get_mut(&seq) else {
            self.broken
                .push(format!("{seq} was claimed before it was stored"));
            return;
        };
        if event.has_ended {
            self.broken.push(format!("{seq} was claimed after its end"));
        }
        if self.is_clock_sound && event.due > now {
            let early = event.due - now;
            let held = if event.is_claimed {
                "while it was held"
            } else {
                "before it was due"
            };
            self.broken
                .push(format!("{seq} was claimed {held}, {early} ms early"));
        }
        if claimed.event.row.attempts > MAX_ATTEMPTS {
            self.broken.push(format!("{seq} has too many attempts"));
        }
        event.claim = Some(claimed.claim);
        event.attempts = claimed.event.row.attempts;
        event.is_claimed = true;
        event.due = now + millis(LEASE);
    }

    /// Nothing of its subject is being handled, nor waits before it, unless it failed an hour ago.
    fn check_order(&mut self, seq: i64, now: i64) {
        let Some(event) = self.events.get(&seq).filter(|event| event.subject.is_some()) else {
            return;
        };
        let others = self
            .events
            .iter()
            .filter(|(other, with)| **other != seq && with.subject == event.subject && !with.has_ended);
        for (other, with) in others {
            let is_over = with.attempts >= MAX_ATTEMPTS && with.due <= now;
            let failed_long_ago = with
                .first_failure
                .is_some_and(|failure| failure + millis(HOLD) <= now);
            // A loss is a failure that is noticed after the lease.
            let was_lost_long_ago = with.is_claimed && with.due + millis(HOLD) <= now;
            let hold_is_over = failed_long_ago || was_lost_long_ago;
            let own_is_over = event
                .first_failure
                .is_some_and(|failure| failure + millis(HOLD) <= now);
            let is_running = with.is_claimed && with.due > now;
            if *other < seq && !is_over && !hold_is_over {
                self.broken.push(format!("{seq} was claimed before {other}"));
                return;
            }
            if is_running && !hold_is_over && !own_is_over {
                self.broken.push(format!("{seq} was claimed beside {other}"));
                return;
            }
        }
    }

    pub(crate) fn renewed(&mut self, claims: &[Claim], now: i64) {
        for claim in claims.iter().copied() {
            if let Some(event) = self.events.get_mut(&claim.seq) {
                if event.claim != Some(claim) {
                    self.broken
                        .push(format!("{} was renewed by a late worker", claim.seq));
                }
                event.due = now + millis(LEASE);
            }
        }
    }

    /// A settlement of this claim ended so.
    pub(crate) fn settled(&mut self, claim: Claim, change: Option<&Change>, settled: &Settled, now: i64) {
        if matches!(settled, Settled::Lost) {
            self.late_settlements += 1;
        }
        if !matches!(settled, Settled::Committed) {
            return;
        }
        let Some(event) = self.events.get_mut(&claim.seq) else {
            return;
        };
        if event.claim != Some(claim) {
            self.broken
                .push(format!("{} was settled by a late worker", claim.seq));
        }
        if self.is_clock_sound && event.due <= now {
            self.broken
                .push(format!("{} was settled after its lease", claim.seq));
        }
        let Some(change) = change else { return };
        event.is_claimed = false;
        event.attempts = change.attempts;
        event.due = now + millis(change.wait);
        event.has_ended = !change.state.is_open();
        if change.holds {
            event.first_failure.get_or_insert(now);
        }
    }
}
