//! The life of a subscription, step by step, and any life against a plain model of the rules.

use proptest::prelude::*;

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
    assert_eq!(ping.what, Freight::Ping);
    assert_eq!(
        schedule.answered(ping.ticket, true, at(0)),
        Outcome::Checked(true)
    );
    assert_eq!(schedule.stage(), Stage::Active);
    schedule
}

fn one(step: Step<u32>) -> Sending<u32> {
    assert!(step.erased.is_empty(), "{step:?}");
    let [sending] = <[_; 1]>::try_from(step.send).expect("one delivery");
    sending
}

fn events(step: &Step<u32>) -> Vec<u32> {
    let event = |sending: &Sending<u32>| match sending.what {
        Freight::Ping => None,
        Freight::Event(event) => Some(event),
    };
    step.send.iter().filter_map(event).collect()
}

#[test]
fn an_activation_needs_a_ping_that_is_taken() {
    let mut schedule = Schedule::new(rules(2, true));
    assert!(!schedule.arrive(1, at(0)), "what happens before is not stored");
    assert_eq!(schedule.wake(), None);
    schedule.activate();
    assert!(schedule.wake().is_some_and(|wake| wake <= at(0)));
    let ping = one(schedule.poll(at(0)));
    assert_eq!(schedule.poll(at(1)).send, [], "the answer is waited for");
    assert!(!schedule.arrive(2, at(1)));
    assert_eq!(
        schedule.answered(ping.ticket, false, at(2)),
        Outcome::Checked(false)
    );
    assert_eq!(schedule.stage(), Stage::Disabled);
    // A second answer to the same ping is nobody's.
    schedule.activate();
    assert_eq!(schedule.answered(ping.ticket, true, at(3)), Outcome::Stale);
    let ping = one(schedule.poll(at(3)));
    assert_eq!(
        schedule.answered(ping.ticket, true, at(3)),
        Outcome::Checked(true)
    );
    assert!(schedule.arrive(3, at(4)));
    assert_eq!(events(&schedule.poll(at(4))), [3]);
}

#[test]
fn without_a_backup_an_event_is_given_up_after_the_last_wait() {
    let mut schedule = active(rules(1, false));
    schedule.arrive(7, at(0));
    let mut now = 0;
    for wait in [MINUTE, 5 * MINUTE] {
        let sent = one(schedule.poll(at(now)));
        let again = Outcome::Again(7, at(now + wait));
        assert_eq!(schedule.answered(sent.ticket, false, at(now)), again);
        assert_eq!(schedule.wake(), Some(at(now + wait)));
        assert_eq!(schedule.poll(at(now + wait - 1)).send, []);
        now += wait;
    }
    let sent = one(schedule.poll(at(now)));
    assert_eq!(
        schedule.answered(sent.ticket, false, at(now)),
        Outcome::GivenUp(7)
    );
    assert_eq!(
        (schedule.stage(), schedule.wake(), schedule.waiting()),
        (Stage::Active, None, 0)
    );
}

/// An active schedule whose first event failed three times, at 0, 1 and 6 minutes; a second and third event came meanwhile.
fn in_backup(parallel: usize) -> (Schedule<u32>, u64) {
    let mut schedule = active(rules(parallel, true));
    schedule.arrive(1, at(0));
    let mut now = 0;
    for wait in [MINUTE, 5 * MINUTE] {
        let sent = one(schedule.poll(at(now)));
        schedule.answered(sent.ticket, false, at(now));
        now += wait;
    }
    let sent = one(schedule.poll(at(now)));
    assert_eq!(schedule.answered(sent.ticket, false, at(now)), Outcome::Stored(1));
    assert!(matches!(schedule.stage(), Stage::Backup { .. }));
    for event in [2, 3] {
        assert!(schedule.arrive(event, at(now)));
    }
    assert_eq!(
        schedule.poll(at(now)).send,
        [],
        "what happens meanwhile is stored"
    );
    (schedule, now)
}

#[test]
fn the_backup_tries_each_minute_and_sends_the_rest_in_order() {
    let (mut schedule, mut now) = in_backup(2);
    for _ in 0..3 {
        assert_eq!(schedule.wake(), Some(at(now + MINUTE)));
        assert_eq!(schedule.poll(at(now + MINUTE - 1)).send, []);
        now += MINUTE;
        let probe = one(schedule.poll(at(now)));
        assert_eq!(probe.what, Freight::Event(1));
        // The answer takes ten seconds: the next attempt is a minute after this one all the same.
        assert_eq!(schedule.poll(at(now + 10)).send, []);
        assert_eq!(
            schedule.answered(probe.ticket, false, at(now + 10)),
            Outcome::Stored(1)
        );
    }
    now += MINUTE;
    let probe = one(schedule.poll(at(now)));
    schedule.arrive(4, at(now));
    assert_eq!(schedule.answered(probe.ticket, true, at(now)), Outcome::Taken(1));
    assert_eq!(schedule.stage(), Stage::Active);
    let released = schedule.poll(at(now));
    assert_eq!(
        events(&released),
        [2, 3],
        "in order, no more than may be under way"
    );
    for sent in released.send {
        schedule.answered(sent.ticket, true, at(now));
    }
    assert_eq!(events(&schedule.poll(at(now))), [4]);
}

#[test]
fn after_two_days_it_is_off_and_nothing_is_stored() {
    let (mut schedule, began) = in_backup(1);
    let end = began + 2 * DAY;
    let mut now = began;
    let mut tries = 0;
    while let Some(wake) = schedule.wake() {
        assert!(wake <= at(end));
        let step = schedule.poll(wake);
        now = wake.duration_since(at(0)).unwrap().as_secs();
        match step.send.as_slice() {
            [] => {
                assert_eq!((now, step.erased), (end, vec![1, 2, 3]));
                break;
            }
            [probe] => {
                tries += 1;
                schedule.answered(probe.ticket, false, wake);
            }
            more => panic!("{more:?}"),
        }
    }
    assert_eq!((now, tries), (end, 2 * 24 * 60 - 1));
    assert_eq!((schedule.stage(), schedule.wake()), (Stage::Disabled, None));
    assert!(!schedule.arrive(9, at(end)));
}

#[test]
fn the_last_attempt_of_the_two_days_may_still_succeed() {
    let (mut schedule, began) = in_backup(1);
    let probe = one(schedule.poll(at(began + 2 * DAY - 1)));
    assert_eq!(
        schedule.poll(at(began + 2 * DAY + 5)),
        Step {
            send: vec![],
            erased: vec![]
        }
    );
    schedule.answered(probe.ticket, true, at(began + 2 * DAY + 6));
    assert_eq!(schedule.stage(), Stage::Active);
}

#[test]
fn what_is_under_way_when_the_backup_begins_keeps_its_place() {
    let mut schedule = active(rules(3, true));
    for event in 1..=3 {
        schedule.arrive(event, at(0));
    }
    let first = schedule.poll(at(0)).send;
    assert_eq!(first.len(), 3);
    // The third fails three times, while the other two are slow.
    let mut third = first[2].ticket;
    let mut now = 0;
    for wait in [MINUTE, 5 * MINUTE] {
        schedule.answered(third, false, at(now));
        now += wait;
        third = one(schedule.poll(at(now))).ticket;
    }
    schedule.answered(third, false, at(now));
    assert_eq!(
        schedule.answered(first[0].ticket, true, at(now)),
        Outcome::Taken(1)
    );
    assert!(
        matches!(schedule.stage(), Stage::Backup { .. }),
        "only the first stored event ends it"
    );
    assert_eq!(
        schedule.answered(first[1].ticket, false, at(now)),
        Outcome::Stored(2)
    );
    let probe = one(schedule.poll(at(now + MINUTE)));
    assert_eq!(probe.what, Freight::Event(2), "the second came before the third");
}

#[test]
fn what_was_disabled_under_way_counts_but_changes_nothing() {
    let mut schedule = active(rules(1, true));
    schedule.arrive(1, at(0));
    schedule.arrive(2, at(0));
    let sent = one(schedule.poll(at(0)));
    assert_eq!(schedule.disable(), [2]);
    schedule.activate();
    let ping = one(schedule.poll(at(1)));
    schedule.answered(ping.ticket, true, at(1));
    schedule.arrive(3, at(1));
    assert_eq!(
        schedule.poll(at(1)).send,
        [],
        "the receiver is still busy with the first"
    );
    assert_eq!(schedule.answered(sent.ticket, false, at(2)), Outcome::Stale);
    assert_eq!(events(&schedule.poll(at(2))), [3]);
}

/// What can happen to a subscription.
#[derive(Clone, Debug)]
enum Act {
    Arrive,
    /// So many seconds pass.
    Pass(u64),
    /// Of what is under way, this one is answered so.
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

/// The rules as one would tell them: a list of events in the order of their arrival, and where each stands.
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
    fn any_life_goes_by_the_rules(
        acts in prop::collection::vec(act(), 1..200), parallel in 1..4_usize, backup: bool,
    ) {
        let rules = rules(parallel, backup);
        let mut schedule = active(rules.clone());
        let mut model = Model { rules, mode: Mode::On, events: vec![] };
        // What is under way; of a ping, the how-manyeth it is.
        let mut under_way: Vec<(Ticket, Freight<u32>, Option<usize>)> = vec![];
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
                    // Nothing is to be done before the schedule says so, and something is when it does.
                    if let Some(wake) = schedule.wake() {
                        if wake > at(now) {
                            let early = schedule.clone().poll(wake - Duration::from_secs(1));
                            prop_assert!(early.send.is_empty() && early.erased.is_empty(), "{:?}", early);
                        }
                        let there = schedule.clone().poll(wake.max(at(now)));
                        prop_assert!(!there.send.is_empty() || !there.erased.is_empty());
                    }
                    now += seconds;
                }
                Act::Answer(_, _) if under_way.is_empty() => {}
                Act::Answer(which, is_taken) => {
                    let (ticket, event, which_ping) = under_way.swap_remove(which.index(under_way.len()));
                    let outcome = schedule.answered(ticket, is_taken, at(now));
                    match event {
                        Freight::Ping if model.mode == Mode::Pinging(pings) && which_ping == Some(pings) => {
                            model.mode = if is_taken { Mode::On } else { Mode::Off };
                            prop_assert_eq!(outcome, Outcome::Checked(is_taken));
                        }
                        // It was turned off since.
                        Freight::Ping => prop_assert_eq!(outcome, Outcome::Stale),
                        Freight::Event(event) => {
                            let number = usize::try_from(event).unwrap();
                            model.answer(number, is_taken, now);
                            let expected = match model.events[number].0 {
                                Place::Taken => Outcome::Taken(event),
                                Place::GivenUp => Outcome::GivenUp(event),
                                Place::Erased => Outcome::Stale,
                                _ if matches!(model.mode, Mode::Backup { .. }) => Outcome::Stored(event),
                                Place::Waits { until } => Outcome::Again(event, at(until)),
                                other => panic!("{other:?}"),
                            };
                            prop_assert_eq!(outcome, expected);
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
                        prop_assert_eq!(&ping.what, &Freight::Ping);
                        under_way.push((ping.ticket, ping.what, Some(pings)));
                    }
                }
            }
            let step = schedule.poll(at(now));
            prop_assert_eq!(events(&step), model.due(now), "at {}", now);
            under_way.extend(step.send.into_iter().map(|sending| (sending.ticket, sending.what, None)));
            prop_assert!(schedule.under_way() <= parallel, "never more than the limit");
            // Nothing is lost: whatever was taken in stands somewhere, and only what was turned off is gone.
            let waits = model.events.iter().filter(|(place, _)| matches!(place, Place::Waits { .. })).count();
            prop_assert_eq!((schedule.waiting(), schedule.under_way()), (waits, model.flying()));
            let is_backup = matches!(schedule.stage(), Stage::Backup { .. });
            prop_assert_eq!(is_backup, matches!(model.mode, Mode::Backup { .. }));
            prop_assert!(!backup || !model.events.iter().any(|(place, _)| *place == Place::GivenUp));
        }
    }
}
