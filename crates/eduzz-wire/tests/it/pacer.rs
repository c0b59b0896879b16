//! No period has more calls than the pace allows, as the service counts them.

use std::time::Duration;

use eduzz_wire::{Pace, Ticket, Turn};
use proptest::prelude::*;
use proptest::sample::Index;

type Pacer = eduzz_wire::Pacer;

const SECOND: Duration = Duration::from_secs(1);

/// What happens after a gap of time.
#[derive(Clone, Debug)]
enum Step {
    Join,
    /// A caller that waits no longer than this many seconds.
    JoinFor(u8),
    /// A caller gives up, wherever it stands.
    GiveUp(Index),
    /// A call in flight is answered; it arrived at this part of the time since its turn.
    Answer(Index, u8),
    /// A call does not leave this machine.
    Unsent(Index),
    Hold,
    /// The program starts again with the stored state, after a while.
    Restart,
}

fn steps() -> impl Strategy<Value = Vec<(u64, Step)>> {
    let step = prop_oneof![
        8 => Just(Step::Join),
        2 => any::<u8>().prop_map(Step::JoinFor),
        2 => any::<Index>().prop_map(Step::GiveUp),
        6 => (any::<Index>(), any::<u8>()).prop_map(|(call, part)| Step::Answer(call, part)),
        1 => any::<Index>().prop_map(Step::Unsent),
        1 => Just(Step::Hold),
        1 => Just(Step::Restart),
    ];
    proptest::collection::vec((0_u64..4_000, step), 1..200)
}

/// A pacer with its callers and a service that notes when each call arrives.
struct World {
    pacer: Pacer,
    now: Duration,
    waiting: Vec<(Ticket, Duration)>,
    in_flight: Vec<(Ticket, Duration)>,
    arrivals: Vec<Duration>,
}

impl World {
    fn new(requests: u32) -> Self {
        let per = SECOND * 60;
        Self {
            pacer: Pacer::new(Pace { requests, per }),
            now: Duration::ZERO,
            waiting: Vec::new(),
            in_flight: Vec::new(),
            arrivals: Vec::new(),
        }
    }

    fn join(&mut self) {
        self.waiting.push((self.pacer.join(), Duration::MAX));
    }

    fn join_for(&mut self, seconds: u8) {
        let until = self.now + SECOND * u32::from(seconds);
        self.waiting.push((self.pacer.join_until(until), until));
    }

    /// Lets every caller ask in its order; gives the shortest wait of those that wait on.
    fn poll(&mut self) -> Option<Duration> {
        let mut shortest = None;
        for (ticket, until) in std::mem::take(&mut self.waiting) {
            match self.pacer.poll(ticket, self.now) {
                Turn::Go => {
                    assert!(shortest.is_none(), "first come, first served");
                    self.in_flight.push((ticket, self.now));
                }
                Turn::Wait(wait) => {
                    assert!(self.now + wait <= until, "it would wait too long");
                    shortest = Some(shortest.unwrap_or(wait).min(wait));
                    self.waiting.push((ticket, until));
                }
                Turn::Busy(busy) => {
                    assert!(self.now + busy.wait > until);
                    // It has left the queue.
                    assert!(matches!(self.pacer.poll(ticket, self.now), Turn::Busy(_)));
                }
            }
        }
        shortest
    }

    fn answer(&mut self, call: usize, part: u8) {
        let (ticket, turn) = self.in_flight.swap_remove(call);
        self.arrive(turn, part);
        self.pacer.answered(ticket, self.now);
    }

    fn arrive(&mut self, turn: Duration, part: u8) {
        self.arrivals
            .push(turn + (self.now - turn) / 255 * u32::from(part));
    }

    fn take(&mut self, step: &Step) {
        match step {
            Step::Join => self.join(),
            Step::JoinFor(seconds) => self.join_for(*seconds),
            Step::GiveUp(caller) if !self.waiting.is_empty() => {
                let caller = caller.index(self.waiting.len());
                self.pacer.give_back(self.waiting.remove(caller).0);
            }
            Step::Answer(call, part) if !self.in_flight.is_empty() => {
                self.answer(call.index(self.in_flight.len()), *part);
            }
            Step::Unsent(call) if !self.in_flight.is_empty() => {
                let (ticket, _) = self.in_flight.swap_remove(call.index(self.in_flight.len()));
                self.pacer.give_back(ticket);
            }
            Step::Hold => self.pacer.hold(self.now + SECOND * 7),
            Step::Restart => {
                for (_, turn) in std::mem::take(&mut self.in_flight) {
                    self.arrive(turn, 255);
                }
                let stored = serde_json::to_string(&self.pacer.state(self.now)).unwrap();
                let state = serde_json::from_str(&stored).unwrap();
                self.now += SECOND;
                self.pacer = Pacer::resume(self.pacer.pace(), &state, SECOND, self.now);
                let waiting = self.waiting.len();
                self.waiting.clear();
                for _ in 0..waiting {
                    self.join();
                }
            }
            _ => {}
        }
    }
}

proptest! {
    #[test]
    fn any_history_keeps_the_pace_and_loses_no_turn(requests in 1_u32..12, steps in steps()) {
        let mut world = World::new(requests);
        for (gap, step) in &steps {
            world.now += Duration::from_millis(*gap);
            world.take(step);
            world.poll();
        }
        // Every caller that is left gets its turn, no later than its place in the queue asks for.
        let rounds = u32::try_from(world.waiting.len()).unwrap() / requests + 2;
        let end = world.now + (SECOND * 61) * rounds + SECOND * 7;
        while !world.in_flight.is_empty() || !world.waiting.is_empty() {
            while !world.in_flight.is_empty() {
                world.answer(0, 128);
            }
            if let Some(wait) = world.poll() {
                world.now += if world.in_flight.is_empty() { wait } else { Duration::ZERO };
            }
            prop_assert!(world.now <= end, "{:?} after {end:?}", world.now);
        }
        // No turn is lost: after a period and a hold, a whole period's calls go at once.
        world.now += SECOND * 68;
        prop_assert!(world.pacer.is_idle(world.now));
        for _ in 0..requests {
            world.join();
        }
        prop_assert_eq!(world.poll(), None);
        while !world.in_flight.is_empty() {
            world.answer(0, 0);
        }
        world.arrivals.sort();
        let count = usize::try_from(requests).unwrap();
        for window in world.arrivals.windows(count + 1) {
            prop_assert!(window[count] - window[0] > SECOND * 60, "{:?}", window);
        }
    }

    #[test]
    fn any_stored_state_waits_at_most_an_hour(
        answered in proptest::collection::vec(any::<u64>(), 0..50), held: u64, since: u64, now: u32,
    ) {
        let json = serde_json::json!({ "answered_ms": answered, "held_ms": held });
        let state = serde_json::from_value(json).unwrap();
        let (since, now) = (Duration::from_millis(since), Duration::from_millis(now.into()));
        let mut pacer = Pacer::resume(Pace::DOCUMENTED, &state, since, now);
        prop_assert!(pacer.would_wait(now) <= SECOND * 3_600);
    }
}

/// The time of calls that go as soon as they may, and are answered after this long.
fn waits(pace: Pace, calls: u64, each: Duration) -> Duration {
    let mut pacer = Pacer::new(pace);
    let mut now = Duration::ZERO;
    for _ in 0..calls {
        let ticket = pacer.join();
        while let Turn::Wait(wait) = pacer.poll(ticket, now) {
            now += wait;
        }
        now += each;
        pacer.answered(ticket, now);
    }
    now
}

#[test]
fn time_for_matches_the_pacer() {
    for calls in [0_u64, 1, 30, 31, 60, 61, 100] {
        for each in [0, 50, 1_000, 3_000].map(Duration::from_millis) {
            let estimate = Pace::DOCUMENTED.time_for(calls, each);
            assert_eq!(
                waits(Pace::DOCUMENTED, calls, each).as_secs(),
                estimate.as_secs(),
                "{calls} of {each:?}"
            );
        }
    }
}

proptest! {
    #[test]
    fn pacer_takes_any_durations(requests: u32, per: u64, calls: u64, moments in proptest::collection::vec((any::<u64>(), any::<bool>()), 1..20)) {
        let pace = Pace { requests, per: Duration::from_secs(per) };
        let _ = pace.time_for(calls, Duration::from_secs(per));
        let mut pacer = Pacer::new(pace);
        for (seconds, longest) in moments {
            let now = if longest { Duration::MAX } else { Duration::from_secs(seconds) };
            let ticket = pacer.join();
            let _ = (pacer.poll(ticket, now), pacer.would_wait(now), pacer.state(now));
            pacer.answered(ticket, now);
            pacer.hold(now);
            pacer = Pacer::resume(pace, &pacer.state(now), Duration::from_secs(per), now);
        }
    }
}

#[test]
fn would_wait_is_what_a_caller_waits() {
    let mut pacer = Pacer::new(Pace::DOCUMENTED);
    let tickets: Vec<_> = (0..90).map(|_| pacer.join()).collect();
    for (place, ticket) in tickets.iter().enumerate() {
        let turn = pacer.poll(*ticket, Duration::ZERO);
        assert_eq!(turn == Turn::Go, place < 30, "{place}");
        if turn == Turn::Go {
            pacer.answered(*ticket, Duration::ZERO);
        }
    }
    assert_eq!(pacer.would_wait(Duration::ZERO).as_secs(), 180);
    // The last 60 give up, in any order: no time is erased, and none is lost.
    for ticket in tickets[30..].iter().rev() {
        pacer.give_back(*ticket);
    }
    assert_eq!(pacer.would_wait(SECOND).as_secs(), 59);
    assert_eq!(pacer.would_wait(SECOND * 61), Duration::ZERO);
}

#[test]
fn clock_that_goes_back_does_no_harm() {
    let mut one_a_minute = Pacer::new(Pace {
        requests: 1,
        per: SECOND * 60,
    });
    let first = one_a_minute.join();
    assert_eq!(one_a_minute.poll(first, SECOND * 100), Turn::Go);
    one_a_minute.answered(first, SECOND * 100);
    assert!(one_a_minute.would_wait(SECOND * 50) > SECOND * 110);
    let mut longest = Pacer::new(Pace {
        requests: 0,
        per: Duration::MAX,
    });
    assert!(longest.would_wait(Duration::ZERO).is_zero());
}

#[test]
fn hold_of_a_429_lets_no_call_through_and_is_stored() {
    let mut pacer = Pacer::new(Pace::DOCUMENTED);
    pacer.hold(SECOND * 100);
    let ticket = pacer.join();
    assert_eq!(pacer.poll(ticket, SECOND * 90), Turn::Wait(SECOND * 10));
    assert_eq!(pacer.would_wait(SECOND * 98), SECOND * 2);
    let state = pacer.state(SECOND * 90);
    let resumed = Pacer::resume(Pace::DOCUMENTED, &state, SECOND * 3, SECOND * 500);
    assert_eq!(resumed.held_for(SECOND * 500), SECOND * 7);
    assert_eq!(pacer.poll(ticket, SECOND * 100), Turn::Go);
}

/// Thirty calls, one answered in each second.
fn answered_once_a_second() -> Pacer {
    let mut pacer = Pacer::new(Pace::DOCUMENTED);
    for second in 0..30 {
        let ticket = pacer.join();
        assert_eq!(pacer.poll(ticket, SECOND * second), Turn::Go);
        pacer.answered(ticket, SECOND * second);
    }
    pacer
}

#[test]
fn caller_waits_for_the_place_that_its_turn_needs() {
    let mut pacer = answered_once_a_second();
    let now = SECOND * 29;
    for before in 0..30 {
        assert_eq!(pacer.would_wait(now).as_secs(), 31 + before, "{before}");
        pacer.join();
    }
    assert_eq!(pacer.would_wait(now).as_secs(), 31 + 60);
}

#[test]
fn stored_pacer_keeps_when_calls_were_answered() {
    let state = answered_once_a_second().state(SECOND * 29);
    let mut resumed = Pacer::resume(Pace::DOCUMENTED, &state, SECOND * 11, SECOND * 500);
    assert_eq!(resumed.would_wait(SECOND * 500).as_secs(), 20);
}

#[test]
fn pacer_is_idle_without_callers_calls_and_holds() {
    let idle = || Pacer::new(Pace::DOCUMENTED);
    assert!(idle().is_idle(SECOND));
    let mut held = idle();
    held.hold(SECOND * 2);
    assert!(!held.is_idle(SECOND));
    let mut pacer = idle();
    let ticket = pacer.join();
    assert!(!pacer.is_idle(SECOND));
    assert_eq!(pacer.poll(ticket, SECOND), Turn::Go);
    assert!(!pacer.is_idle(SECOND));
    pacer.answered(ticket, SECOND);
    assert!(!pacer.is_idle(SECOND * 60));
    assert!(pacer.is_idle(SECOND * 62));
}

#[test]
fn calls_of_another_pacer_take_places_too() {
    let per = SECOND * 60;
    let mut pacer = Pacer::new(Pace { requests: 2, per });
    let theirs = pacer.in_flight();
    let mine = pacer.join();
    assert_eq!(pacer.poll(mine, per), Turn::Go);
    let next = pacer.join();
    assert_eq!(pacer.poll(next, per), Turn::Wait(per));
    pacer.answered(theirs, per);
    assert!(matches!(pacer.poll(next, per * 2), Turn::Wait(_)));
    assert_eq!(pacer.poll(next, per * 2 + SECOND), Turn::Go);
}
