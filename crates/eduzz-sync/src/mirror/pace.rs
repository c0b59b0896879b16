//! A pace that several processes keep together, and which of a mirror's flows has the next turn.

use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use eduzz_wire::{Pace, Pacer, PacerState, Turn, TurnEnd};
use serde::{Deserialize, Serialize};

/// After this long without a report, the process of a turn is taken for gone, and its call for
/// answered. Longer than an attempt of a client may take.
pub const TURN_LEASE: Duration = Duration::from_secs(60);

/// The calls of a lane that processes share: what [`Pacer`] decides, kept in a row of a database.
///
/// ```text
/// lock the row ─▶ from_text ─▶ step(since it was stored) ─▶ to_text ─▶ commit
/// ```
///
/// A step that reports nothing and is granted nothing need not be stored, unless the clock was set
/// back.
///
/// Only the database's clock is read, and only under the lock, so it does not matter how far the
/// clocks of the processes are apart. A turn counts from its commit to one period after its answer.
/// A database's clock that is set back frees places late, one that is set forward, early.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SharedLane {
    /// The places of calls that were answered, and the hold of a 429.
    answered: PacerState,
    /// Turns without a report.
    in_flight: Vec<InFlight>,
    /// The next turn's number.
    next: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct InFlight {
    number: u64,
    age_ms: u64,
}

/// What a process says of a lane, and asks of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LaneStep {
    /// The pace, which has to be the same in all processes.
    pub pace: Pace,
    /// Turns of the process that have ended.
    pub ended: Vec<EndedTurn>,
    /// Whether the process asks for a turn.
    pub takes: bool,
}

/// The end of a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EndedTurn {
    /// The turn's number.
    pub number: u64,
    /// How it ended.
    pub end: TurnEnd,
    /// How long ago, at least.
    pub age: Duration,
}

/// The answer to a process that asks for a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "a process sends or waits")]
pub enum LaneTurn {
    /// It may send; the turn has this number.
    Go(u64),
    /// The next place is free after this long, or later.
    Wait(Duration),
}

impl LaneStep {
    /// Asks for nothing yet.
    #[must_use]
    pub const fn new(pace: Pace) -> Self {
        Self {
            pace,
            ended: Vec::new(),
            takes: false,
        }
    }
}

impl LaneTurn {
    /// Whether the process may send.
    #[must_use]
    pub const fn is_go(self) -> bool {
        matches!(self, Self::Go(_))
    }
}

impl EndedTurn {
    /// A turn that ended just now.
    #[must_use]
    pub const fn new(number: u64, end: TurnEnd) -> Self {
        Self {
            number,
            end,
            age: Duration::ZERO,
        }
    }

    /// Says how long ago it ended, at least.
    #[must_use]
    pub const fn ago(self, age: Duration) -> Self {
        Self { age, ..self }
    }
}

impl SharedLane {
    /// Reads a stored text. In one of another form, all places of the pace are taken: the service's
    /// limit holds, and the lane goes on after one period.
    #[must_use]
    pub fn from_text(text: &str, pace: Pace) -> Self {
        serde_json::from_str(text).unwrap_or_else(|_| {
            let mut pacer = Pacer::<()>::new(pace);
            for _ in 0..pace.requests.max(1) {
                pacer.in_flight();
            }
            Self {
                answered: pacer.state(Duration::ZERO),
                ..Self::default()
            }
        })
    }

    /// The text to store.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Takes a step, `since` the lane was stored. `None` if the step asks for no turn.
    pub fn step(&mut self, since: Duration, step: &LaneStep) -> Option<LaneTurn> {
        let pace = step.pace;
        // No stored time that counts is longer ago.
        let now = pace.per;
        let mut pacer = Pacer::<()>::resume(pace, &self.answered, since, now);
        let mut in_flight = Vec::new();
        for turn in &self.in_flight {
            let age = Duration::from_millis(turn.age_ms).saturating_add(since);
            let ticket = pacer.in_flight();
            match age.checked_sub(TURN_LEASE) {
                Some(over) if over > pace.per => pacer.give_back(ticket),
                Some(over) => pacer.answered(ticket, now.saturating_sub(over)),
                None => in_flight.push((ticket, turn.number, age)),
            }
        }
        for ended in &step.ended {
            let at = now.saturating_sub(ended.age);
            let place = in_flight
                .iter()
                .position(|(_, number, _)| *number == ended.number);
            match place.map(|place| in_flight.swap_remove(place)) {
                Some((ticket, ..)) => pacer.ended(ticket, ended.end, at),
                None if ended.end == TurnEnd::Unsent => {}
                None => {
                    // Its lease was over; its call was answered only now.
                    let ticket = pacer.in_flight();
                    pacer.ended(ticket, ended.end, at);
                }
            }
        }
        let turn = step.takes.then(|| {
            let ticket = pacer.join();
            match pacer.poll(ticket, now) {
                Turn::Go => {
                    let number = self.next;
                    self.next = number.wrapping_add(1);
                    in_flight.push((ticket, number, Duration::ZERO));
                    LaneTurn::Go(number)
                }
                Turn::Wait(wait) => LaneTurn::Wait(wait),
                Turn::Busy(busy) => LaneTurn::Wait(busy.wait),
            }
        });
        for (ticket, ..) in &in_flight {
            pacer.give_back(*ticket);
        }
        self.answered = pacer.state(now);
        let stored = |(_, number, age): (_, u64, Duration)| InFlight {
            number,
            age_ms: u64::try_from(age.as_millis()).unwrap_or(u64::MAX),
        };
        self.in_flight = in_flight.into_iter().map(stored).collect();
        turn
    }
}

/// A flow of a mirror's calls. Flows can use the same lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Flow {
    /// Records that an event told of.
    Refetch,
    /// What changed lately.
    CatchUp,
    /// Windows that were not read, and those that are checked.
    BackFill,
}

impl Flow {
    /// Every flow, the most urgent first.
    pub const ALL: [Self; 3] = [Self::Refetch, Self::CatchUp, Self::BackFill];

    /// Its part of the turns when all flows wait, in hundredths.
    #[must_use]
    pub const fn share(self) -> u32 {
        match self {
            Self::Refetch => 60,
            Self::CatchUp | Self::BackFill => 20,
        }
    }
}

/// The flow that has the next turn: of those that wait, the one that has had the smallest part of
/// its share. `had` gives the turns of a flow in the last period. What a flow does not use, the
/// others have.
pub fn next_flow(waiting: impl IntoIterator<Item = Flow>, had: impl Fn(Flow) -> u32) -> Option<Flow> {
    let with_this = |flow: Flow| u64::from(had(flow)) + 1;
    waiting.into_iter().min_by(|one, other| {
        let part = |flow: &Flow, other: &Flow| with_this(*flow) * u64::from(other.share());
        part(one, other).cmp(&part(other, one)).then(one.cmp(other))
    })
}
