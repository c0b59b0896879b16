//! The life of a subscription, step by step, and any life against a plain model of the rules.

use proptest::prelude::*;

use super::DeliveryState::{Erased, GivenUp, Stored, Taken, Waiting};
use super::*;

const MINUTE: u64 = 60;
const DAY: u64 = 24 * 60 * MINUTE;

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 + seconds)
}

fn rules(parallel: usize, backup: bool) -> Rules {
    Rules {
        parallel,
        backup,
        waits: vec![Duration::from_secs(MINUTE), Duration::from_secs(5 * MINUTE)],
    }
}

/// A schedule that is active from the beginning.
fn active(rules: Rules) -> Schedule<u32> {
    let mut schedule = Schedule::new(rules);
    schedule.activate();
    let ping = one(schedule.poll(at(0)));
    assert_eq!(ping.1, None);
    assert_eq!(schedule.answered(ping.0, true, at(0)), Taken);
    assert_eq!(schedule.stage(), Stage::Active);
    schedule
}

type Sent = (u64, Option<u32>);

fn one(sent: Vec<Sent>) -> Sent {
    let [sent] = <[_; 1]>::try_from(sent).expect("one delivery");
    sent
}

fn events(sent: &[Sent]) -> Vec<u32> {
    sent.iter().filter_map(|(_, event)| *event).collect()
}

/// An active schedule whose first event failed three times, at 0, 1 and 6 minutes; a second and
/// third event came meanwhile.
fn in_backup(parallel: usize) -> (Schedule<u32>, u64) {
    let mut schedule = active(rules(parallel, true));
    schedule.arrive(1, at(0));
    let mut now = 0;
    for wait in [MINUTE, 5 * MINUTE] {
        let sent = one(schedule.poll(at(now)));
        schedule.answered(sent.0, false, at(now));
        now += wait;
    }
    let sent = one(schedule.poll(at(now)));
    assert_eq!(schedule.answered(sent.0, false, at(now)), Stored);
    assert!(matches!(schedule.stage(), Stage::Backup { .. }));
    for event in [2, 3] {
        assert!(schedule.arrive(event, at(now)));
    }
    assert_eq!(schedule.poll(at(now)), [], "what happens meanwhile is stored");
    (schedule, now)
}

#[test]
fn probe_in_flight_at_the_end_of_the_backup_may_succeed() {
    let (mut schedule, began) = in_backup(1);
    let probe = one(schedule.poll(at(began + 2 * DAY - 1)));
    assert!(schedule.expire(at(began + 2 * DAY + 5)).is_empty());
    assert_eq!(schedule.poll(at(began + 2 * DAY + 5)), []);
    schedule.answered(probe.0, true, at(began + 2 * DAY + 6));
    assert_eq!(schedule.stage(), Stage::Active);
}

#[test]
fn event_in_flight_when_the_backup_begins_keeps_its_place() {
    let mut schedule = active(rules(3, true));
    for event in 1..=3 {
        schedule.arrive(event, at(0));
    }
    let first = schedule.poll(at(0));
    assert_eq!(first.len(), 3);
    // The third fails three times, while the other two are slow.
    let mut third = first[2].0;
    let mut now = 0;
    for wait in [MINUTE, 5 * MINUTE] {
        schedule.answered(third, false, at(now));
        now += wait;
        third = one(schedule.poll(at(now))).0;
    }
    schedule.answered(third, false, at(now));
    assert_eq!(schedule.answered(first[0].0, true, at(now)), Taken);
    assert!(
        matches!(schedule.stage(), Stage::Backup { .. }),
        "only the first stored event ends it"
    );
    assert_eq!(schedule.answered(first[1].0, false, at(now)), Stored);
    let probe = one(schedule.poll(at(now + MINUTE)));
    assert_eq!(probe.1, Some(2), "the second came before the third");
}

#[test]
fn event_in_flight_when_disabled_counts_and_changes_nothing() {
    let mut schedule = active(rules(1, true));
    schedule.arrive(1, at(0));
    schedule.arrive(2, at(0));
    let sent = one(schedule.poll(at(0)));
    assert_eq!(schedule.disable(), [2]);
    schedule.activate();
    let ping = one(schedule.poll(at(1)));
    schedule.answered(ping.0, true, at(1));
    schedule.arrive(3, at(1));
    assert_eq!(
        schedule.poll(at(1)),
        [],
        "the receiver is still busy with the first"
    );
    assert_eq!(schedule.answered(sent.0, false, at(2)), Erased);
    assert_eq!(events(&schedule.poll(at(2))), [3]);
}

/// What can happen to a subscription.
#[derive(Clone, Debug)]
enum Act {
    Arrive,
    /// This number of seconds passes.
    Pass(u64),
    /// One of the deliveries in flight is answered.
    Answer(prop::sample::Index, bool),
    Disable,
    Activate,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => Just(Act::Arrive),
        4 => prop_oneof![0..90_u64, 60 * 30..3_600_u64].prop_map(Act::Pass),
        1 => (DAY..3 * DAY).prop_map(Act::Pass),
        8 => (any::<prop::sample::Index>(), prop::bool::weighted(0.4)).prop_map(|(which, is_taken)| Act::Answer(which, is_taken)),
        1 => Just(Act::Disable),
        1 => Just(Act::Activate),
    ]
}

/// A plain model of the rules: the events in the order of their arrival, each with its place.
#[derive(Debug)]
struct Model {
    rules: Rules,
    mode: Mode,
    events: Vec<(Place, u32)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Mode {
    Off,
    /// The ping of this number is out.
    Pinging(usize),
    On,
    Backup {
        since: u64,
        next: u64,
    },
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Waits {
        until: u64,
    },
    /// Under way since then; the try of a backup or not.
    Flies {
        since: u64,
        probe: bool,
    },
    /// Under way, for a subscription that was turned off.
    Forgotten,
    Taken,
    GivenUp,
    Erased,
}

impl Model {
    fn flying(&self) -> usize {
        let flies = |place| matches!(place, Place::Flies { .. } | Place::Forgotten);
        self.events.iter().filter(|(place, _)| flies(*place)).count()
    }

    fn turn_off(&mut self) {
        self.mode = Mode::Off;
        for (place, _) in &mut self.events {
            *place = match *place {
                Place::Waits { .. } => Place::Erased,
                Place::Flies { .. } => Place::Forgotten,
                other => other,
            };
        }
    }

    /// The events that are sent at this moment.
    fn due(&mut self, now: u64) -> Vec<u32> {
        let probing = self
            .events
            .iter()
            .any(|(place, _)| matches!(place, Place::Flies { probe: true, .. }));
        let free = self.rules.parallel.saturating_sub(self.flying());
        let (most, may_wait, probe) = match self.mode {
            Mode::Off | Mode::Pinging(_) => return vec![],
            Mode::On => (free, false, false),
            Mode::Backup { .. } if probing => return vec![],
            Mode::Backup { since, .. } if now >= since + 2 * DAY => {
                self.turn_off();
                return vec![];
            }
            Mode::Backup { next, .. } if now < next => return vec![],
            Mode::Backup { since, .. } => {
                if free > 0 {
                    self.mode = Mode::Backup {
                        since,
                        next: now + MINUTE,
                    };
                }
                (free.min(1), true, true)
            }
        };
        let mut sent = Vec::new();
        for (number, (place, _)) in (0..).zip(&mut self.events) {
            if let Place::Waits { until } = *place
                && sent.len() < most
                && (may_wait || until <= now)
            {
                *place = Place::Flies { since: now, probe };
                sent.push(number);
            }
        }
        sent
    }

    fn answer(&mut self, event: usize, is_taken: bool, now: u64) {
        let (place, errors) = &mut self.events[event];
        let was = *place;
        if is_taken {
            *place = Place::Taken;
            if matches!(was, Place::Flies { probe: true, .. }) {
                self.mode = Mode::On;
                for (place, errors) in &mut self.events {
                    if let Place::Waits { .. } = place {
                        (*place, *errors) = (Place::Waits { until: now }, 0);
                    }
                }
            }
            return;
        }
        let Place::Flies { since: sent, probe } = was else {
            *place = Place::Erased;
            return;
        };
        *errors += 1;
        *place = Place::Waits { until: now };
        match self.mode {
            Mode::Backup { since, .. } => {
                if probe {
                    self.mode = Mode::Backup {
                        since,
                        next: now.max(sent + MINUTE),
                    };
                }
            }
            _ if self.rules.backup && *errors >= 3 => {
                self.mode = Mode::Backup {
                    since: now,
                    next: now + MINUTE,
                };
            }
            _ => match *errors {
                1 => *place = Place::Waits { until: now + MINUTE },
                2 => {
                    *place = Place::Waits {
                        until: now + 5 * MINUTE,
                    }
                }
                _ => *place = Place::GivenUp,
            },
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn schedule_of_any_life_agrees_with_the_model(
        acts in prop::collection::vec(act(), 1..200), parallel in 1..4_usize, backup: bool,
    ) {
        let rules = rules(parallel, backup);
        let mut schedule = active(rules.clone());
        let mut model = Model { rules, mode: Mode::On, events: vec![] };
        // Attempts that are not answered; a ping with its number among the pings.
        let mut in_flight: Vec<(Sent, Option<usize>)> = vec![];
        let (mut now, mut pings) = (0, 0);
        for act in acts {
            match act {
                Act::Arrive => {
                    let event = u32::try_from(model.events.len()).unwrap();
                    let wanted = matches!(model.mode, Mode::On | Mode::Backup { .. });
                    prop_assert_eq!(schedule.arrive(event, at(now)), wanted);
                    let place = if wanted { Place::Waits { until: now } } else { Place::Erased };
                    model.events.push((place, 0));
                }
                Act::Pass(seconds) => {
                    // Nothing is to be done before the schedule says so, and something is when it
                    // does.
                    if let Some(wake) = schedule.wake() {
                        if wake > at(now) {
                            let mut early = schedule.clone();
                            let before = wake - Duration::from_secs(1);
                            prop_assert!(early.expire(before).is_empty() && early.poll(before).is_empty());
                        }
                        let (mut there, then) = (schedule.clone(), wake.max(at(now)));
                        prop_assert!(!there.expire(then).is_empty() || !there.poll(then).is_empty());
                    }
                    now += seconds;
                }
                Act::Answer(_, _) if in_flight.is_empty() => {}
                Act::Answer(which, is_taken) => {
                    let ((number, event), which_ping) = in_flight.swap_remove(which.index(in_flight.len()));
                    let state = schedule.answered(number, is_taken, at(now));
                    match event {
                        None if model.mode == Mode::Pinging(pings) && which_ping == Some(pings) => {
                            model.mode = if is_taken { Mode::On } else { Mode::Off };
                            prop_assert_eq!(state, if is_taken { Taken } else { GivenUp });
                        }
                        // It was turned off since.
                        None => prop_assert_eq!(state, if is_taken { Taken } else { Erased }),
                        Some(event) => {
                            let number = usize::try_from(event).unwrap();
                            model.answer(number, is_taken, now);
                            let expected = match model.events[number].0 {
                                Place::Taken => Taken,
                                Place::GivenUp => GivenUp,
                                Place::Erased => Erased,
                                _ if matches!(model.mode, Mode::Backup { .. }) => Stored,
                                Place::Waits { until } => Waiting { until: Some(at(until)) },
                                other => panic!("{other:?}"),
                            };
                            prop_assert_eq!(state, expected);
                        }
                    }
                }
                Act::Disable => {
                    schedule.disable();
                    model.turn_off();
                }
                Act::Activate => {
                    schedule.activate();
                    if model.mode == Mode::Off {
                        pings += 1;
                        model.mode = Mode::Pinging(pings);
                        let ping = one(schedule.poll(at(now)));
                        prop_assert_eq!(ping.1, None);
                        in_flight.push((ping, Some(pings)));
                    }
                }
            }
            schedule.expire(at(now));
            let sent = schedule.poll(at(now));
            prop_assert_eq!(events(&sent), model.due(now), "at {}", now);
            in_flight.extend(sent.into_iter().map(|sent| (sent, None)));
            prop_assert!(schedule.in_flight.len() <= parallel, "never more than the limit");
            // Nothing is lost: each event is queued, in flight or answered, and only a disabled
            // subscription erases.
            let waits = model.events.iter().filter(|(place, _)| matches!(place, Place::Waits { .. })).count();
            prop_assert_eq!((schedule.queued.len(), schedule.in_flight.len()), (waits, model.flying()));
            let is_backup = matches!(schedule.stage(), Stage::Backup { .. });
            prop_assert_eq!(is_backup, matches!(model.mode, Mode::Backup { .. }));
            prop_assert!(!backup || !model.events.iter().any(|(place, _)| *place == Place::GivenUp));
        }
    }
}
