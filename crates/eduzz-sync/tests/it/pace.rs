//! Processes that share a pace never exceed it, and use it whole; flows have their shares.

use std::collections::BTreeMap;
use std::time::Duration;

use eduzz_sync::mirror::{EndedTurn, Flow, LaneStep, LaneTurn, SharedLane, TURN_LEASE, next_flow};
use eduzz_wire::{Pace, TurnEnd};
use proptest::prelude::*;

const PACE: Pace = Pace::DOCUMENTED;

/// The longest time between a turn and its answer.
const LONGEST_CALL: u64 = 30_000;

/// A row of a database, with the database's clock, in milliseconds.
struct Row {
    text: String,
    stored_at: u64,
}

impl Row {
    /// What a store does with the row under its lock.
    fn step(&mut self, clock: u64, step: &LaneStep) -> Option<LaneTurn> {
        let mut lane = SharedLane::from_text(&self.text, step.pace);
        let since = clock.saturating_sub(self.stored_at);
        let turn = lane.step(Duration::from_millis(since), step);
        if !step.ended.is_empty() || is_go(turn) || clock < self.stored_at {
            (self.text, self.stored_at) = (lane.to_text(), clock);
        }
        turn
    }
}

/// A process that makes one call after another.
#[derive(Clone)]
struct Process {
    /// When it does something next, and what.
    at: u64,
    doing: Doing,
    /// What it has not reported yet: turns, their ends, and when these were.
    unreported: Vec<(u64, TurnEnd, u64)>,
}

#[derive(Clone)]
enum Doing {
    Asks,
    /// Has this turn, and its answer comes then.
    Calls(u64),
}

/// How the next call goes.
#[derive(Clone, Debug)]
struct Fate {
    /// How long it takes, and in which part of that time it arrives.
    takes: u64,
    arrives: u64,
    kind: Kind,
    /// How long after its answer the process reports it.
    late: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Answered,
    Unsent,
    Held(u64),
    /// The process is killed after its turn; another one begins.
    Killed,
}

fn fates() -> impl Strategy<Value = Vec<Fate>> {
    let kind = prop_oneof![
        20 => Just(Kind::Answered),
        2 => Just(Kind::Unsent),
        1 => (0_u64..20_000).prop_map(Kind::Held),
        1 => Just(Kind::Killed),
    ];
    let takes = prop_oneof![3 => 1_u64..2_000, 1 => 1_u64..=LONGEST_CALL];
    let fate = (takes, 0_u64..=100, kind, prop_oneof![Just(0_u64), 0_u64..3_000]).prop_map(
        |(takes, part, kind, late)| Fate {
            takes,
            arrives: takes * part / 100,
            kind,
            late,
        },
    );
    prop::collection::vec(fate, 1..60)
}

/// Runs processes for a time; returns when calls arrived, sorted, by the clock that does not jump.
fn run(processes: usize, fates: &[Fate], end: u64, back: &BTreeMap<u64, u64>) -> Vec<u64> {
    let mut row = Row {
        text: "{}".to_owned(),
        stored_at: 0,
    };
    let mut all: Vec<Process> = (0..processes as u64)
        .map(|number| Process {
            at: number * 37,
            doing: Doing::Asks,
            unreported: Vec::new(),
        })
        .collect();
    let mut fates = fates.iter().cycle();
    let mut arrivals = Vec::new();
    loop {
        let process = all.iter_mut().min_by_key(|process| process.at).unwrap();
        let now = process.at;
        if now > end {
            break;
        }
        // The database's clock was set back sometimes.
        let behind: u64 = back.range(..=now).map(|(_, behind)| behind).sum();
        let clock = 1_000_000_000 + now - behind;
        match process.doing {
            Doing::Asks => {
                let mut step = LaneStep::new(PACE);
                step.takes = true;
                let ended = process.unreported.drain(..);
                step.ended = ended
                    .map(|(turn, end, at)| {
                        EndedTurn::new(turn, end).ago(Duration::from_millis(now.saturating_sub(at)))
                    })
                    .collect();
                match row.step(clock, &step).unwrap() {
                    LaneTurn::Wait(wait) => process.at += wait.as_millis() as u64 + 1,
                    LaneTurn::Go(turn) => {
                        let fate = fates.next().unwrap();
                        if fate.kind != Kind::Unsent {
                            arrivals.push(now + fate.arrives);
                        }
                        let end = match fate.kind {
                            Kind::Answered => TurnEnd::Sent,
                            Kind::Unsent => TurnEnd::Unsent,
                            Kind::Held(wait) => TurnEnd::Held(Duration::from_millis(wait)),
                            Kind::Killed => {
                                *process = Process {
                                    at: now + 1_000,
                                    doing: Doing::Asks,
                                    unreported: Vec::new(),
                                };
                                continue;
                            }
                        };
                        process.unreported.push((turn, end, now + fate.takes));
                        process.at = now + fate.takes;
                        process.doing = Doing::Calls(fate.late);
                    }
                }
            }
            Doing::Calls(late) => {
                process.at += late;
                process.doing = Doing::Asks;
            }
        }
    }
    arrivals.sort_unstable();
    arrivals
}

fn is_go(turn: Option<LaneTurn>) -> bool {
    turn.is_some_and(LaneTurn::is_go)
}

/// The pace is not exceeded, whatever the calls come to.
fn assert_kept(arrivals: &[u64]) -> Result<(), TestCaseError> {
    for window in arrivals.windows(31) {
        prop_assert!(window[30] - window[0] > 60_000, "31 calls in {:?}", window);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Processes are killed, calls take long, are not sent, are held, are reported late, and the
    /// clock is set back.
    #[test]
    fn no_minute_has_more_than_thirty_calls(
        processes in 1_usize..9,
        fates in fates(),
        back in prop::collection::btree_map(0_u64..600_000, 1_u64..100_000, 0..3),
    ) {
        assert_kept(&run(processes, &fates, 600_000, &back))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Busy processes have at least 28.5 of 30 calls a minute.
    #[test]
    fn the_pace_is_used(
        processes in 2_usize..9,
        takes in prop::collection::vec(20_u64..1_200, 1..40),
        late in 0_u64..50,
    ) {
        let fate = |takes: &u64| Fate { takes: *takes, arrives: takes / 2, kind: Kind::Answered, late };
        let fates: Vec<Fate> = takes.iter().map(fate).collect();
        let arrivals = run(processes, &fates, 1_200_000, &BTreeMap::new());
        assert_kept(&arrivals)?;
        // Without the first minute, whose calls all go at once.
        let later = arrivals.iter().filter(|at| (60_000..1_200_000).contains(*at)).count();
        prop_assert!(later as f64 / 19.0 >= 28.5, "{} calls in 19 minutes", later);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// What a killed process took is free again after its lease and a period.
    #[test]
    fn turns_of_the_dead_come_back(taken in 1_u32..=30, after in 0_u64..200_000) {
        let mut lane = SharedLane::default();
        let mut step = LaneStep::new(PACE);
        step.takes = true;
        for _ in 0..taken {
            prop_assert!(is_go(lane.step(Duration::ZERO, &step)));
        }
        let since = Duration::from_millis(after);
        let mut free = 0;
        let mut again = lane.step(since, &step).unwrap();
        let wait = loop {
            match again {
                LaneTurn::Go(_) => free += 1,
                LaneTurn::Wait(wait) => break wait,
            }
            again = lane.step(Duration::ZERO, &step).unwrap();
        };
        let is_over = since > TURN_LEASE + PACE.per;
        prop_assert_eq!(free, if is_over { 30 } else { 30 - taken });
        // It waits no longer than until then.
        prop_assert!(wait <= PACE.per + Duration::from_millis(1));
    }

    /// A text of another form exceeds nothing and blocks nothing.
    #[test]
    fn an_odd_text_is_a_full_lane(text in prop_oneof![".*", Just("{\"next\":-1}".to_owned())]) {
        prop_assume!(serde_json::from_str::<SharedLane>(&text).is_err());
        let mut step = LaneStep::new(PACE);
        step.takes = true;
        let mut lane = SharedLane::from_text(&text, PACE);
        prop_assert!(!is_go(lane.step(Duration::ZERO, &step)));
        prop_assert!(is_go(lane.step(PACE.per + Duration::from_millis(1), &step)));
    }

    /// A lane is the same after it was stored.
    #[test]
    fn a_lane_is_kept_as_text(processes in 1_usize..5, fates in fates(), end in 0_u64..200_000) {
        let mut row = Row { text: "{}".to_owned(), stored_at: 0 };
        let mut step = LaneStep::new(PACE);
        step.takes = true;
        for (number, fate) in fates.iter().enumerate().take(processes * 10) {
            let _turn = row.step(end + number as u64 * fate.takes, &step);
            let lane = SharedLane::from_text(&row.text, PACE);
            prop_assert_eq!(lane.to_text(), row.text.clone());
        }
    }

    /// While all flows wait, thirty turns are shared 18 : 6 : 6; what one does not use, the others
    /// have; and no flow that waits is passed over.
    #[test]
    fn flows_have_their_shares(waits in prop::collection::vec(1_u8..8, 1..8)) {
        let mut turns: Vec<Flow> = Vec::new();
        for mask in waits.iter().flat_map(|mask| [*mask; 60]) {
            let waiting: Vec<Flow> = Flow::ALL
                .into_iter()
                .enumerate()
                .filter(|(at, _)| mask & (1 << at) != 0)
                .map(|(_, flow)| flow)
                .collect();
            let recent = &turns[turns.len().saturating_sub(30)..];
            let had = |flow| u32::try_from(recent.iter().filter(|other| **other == flow).count()).unwrap();
            let next = next_flow(waiting.iter().copied(), had);
            prop_assert!(next.is_some_and(|next| waiting.contains(&next)));
            turns.extend(next);
        }
        let shares: u32 = Flow::ALL.iter().map(|flow| flow.share()).sum();
        prop_assert_eq!(shares, 100);
        for (part, mask) in turns.chunks(60).zip(&waits) {
            let waiting: Vec<Flow> = Flow::ALL
                .into_iter()
                .enumerate()
                .filter(|(at, _)| mask & (1 << at) != 0)
                .map(|(_, flow)| flow)
                .collect();
            let all: u32 = waiting.iter().map(|flow| flow.share()).sum();
            // The second half: what was before is a period ago.
            let later = &part[30..];
            for flow in waiting {
                let had = later.iter().filter(|other| **other == flow).count() as f64;
                let due = f64::from(30 * flow.share()) / f64::from(all);
                prop_assert!((had - due).abs() <= 2.0, "{:?} had {} of {}", flow, had, due);
            }
        }
    }
}

#[test]
fn no_flow_waits_and_none_has_a_turn() {
    assert_eq!(next_flow([], |_| 0), None);
}

#[test]
fn calls_of_killed_processes_count_until_they_may_have_come() {
    let fate = |kind, takes| Fate {
        takes,
        arrives: takes,
        kind,
        late: 0,
    };
    let mut fates = vec![fate(Kind::Killed, LONGEST_CALL); 30];
    fates.extend(vec![fate(Kind::Answered, 1); 30]);
    let arrivals = run(8, &fates, 600_000, &BTreeMap::new());
    assert!(arrivals.len() > 100);
    assert_kept(&arrivals).unwrap();
}
