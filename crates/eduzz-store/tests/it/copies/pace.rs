//! A pace that programs share.

use std::collections::BTreeSet;

use eduzz_sync::mirror::{EndedTurn, LaneStep, LaneTurn, TURN_LEASE};
use eduzz_wire::{Pace, TurnEnd};

use super::{Again, SECOND, Setup};

const LANE: &str = "5f3c9a0d21e4b867 GET /myeduzz/v1/sales";

fn takes() -> LaneStep {
    let mut step = LaneStep::new(Pace::DOCUMENTED);
    step.takes = true;
    step
}

fn ends(turn: u64, end: TurnEnd) -> LaneStep {
    let mut step = LaneStep::new(Pace::DOCUMENTED);
    step.ended = vec![EndedTurn::new(turn, end)];
    step
}

pub(super) async fn programs_at_once_take_each_turn_once<S: Again>(setup: Setup<S>) {
    let mut programs = Vec::new();
    for _ in 0..4 {
        let store = S::again(&setup).await;
        programs.push(tokio::spawn(async move {
            let mut turns = Vec::new();
            while let Some(LaneTurn::Go(turn)) = store.pace(LANE, takes()).await.unwrap() {
                turns.push(turn);
            }
            turns
        }));
    }
    let mut turns = Vec::new();
    for program in programs {
        turns.extend(program.await.unwrap());
    }
    assert_eq!(turns.len(), 30, "{turns:?}");
    assert_eq!(turns.into_iter().collect::<BTreeSet<_>>().len(), 30);
    // Another lane is not concerned.
    let other = setup.store.pace("other", takes()).await.unwrap();
    assert_eq!(other, Some(LaneTurn::Go(0)));
}

pub(super) async fn programs_wait_for_each_others_calls<S: Again>(setup: Setup<S>) {
    let other = S::again(&setup).await;
    for turn in 0..30 {
        let taken = setup.store.pace(LANE, takes()).await.unwrap();
        assert_eq!(taken, Some(LaneTurn::Go(turn)));
        setup.store.pace(LANE, ends(turn, TurnEnd::Sent)).await.unwrap();
        setup.hands.pass(SECOND);
    }
    // The first call was answered 30 seconds ago.
    let turn = other.pace(LANE, takes()).await.unwrap();
    assert!(
        matches!(turn, Some(LaneTurn::Wait(wait)) if wait.as_secs() == 30),
        "{turn:?}"
    );
    setup.hands.pass(SECOND * 30 + SECOND / 1_000);
    assert_eq!(other.pace(LANE, takes()).await.unwrap(), Some(LaneTurn::Go(30)));
    // A clock that was set back frees no place, and a call that was not sent frees its own.
    setup.hands.go_back(SECOND * 3_600);
    assert!(matches!(
        other.pace(LANE, takes()).await.unwrap(),
        Some(LaneTurn::Wait(_))
    ));
    let mut again = ends(30, TurnEnd::Unsent);
    again.takes = true;
    assert_eq!(other.pace(LANE, again).await.unwrap(), Some(LaneTurn::Go(31)));
}

pub(super) async fn a_hold_and_a_death_concern_all_programs<S: Again>(setup: Setup<S>) {
    let other = S::again(&setup).await;
    assert_eq!(
        setup.store.pace(LANE, takes()).await.unwrap(),
        Some(LaneTurn::Go(0))
    );
    let held = setup.store.pace(LANE, ends(0, TurnEnd::Held(SECOND * 40))).await;
    assert_eq!(held.unwrap(), None);
    assert_eq!(
        other.pace(LANE, takes()).await.unwrap(),
        Some(LaneTurn::Wait(SECOND * 40))
    );
    setup.hands.pass(SECOND * 40);
    for _ in 0..29 {
        let turn = other.pace(LANE, takes()).await.unwrap();
        assert!(matches!(turn, Some(LaneTurn::Go(_))), "{turn:?}");
    }
    // That program is killed: its calls may have been answered at the end of the lease.
    setup.hands.pass(TURN_LEASE + Pace::DOCUMENTED.per);
    let turn = setup.store.pace(LANE, takes()).await.unwrap();
    assert!(matches!(turn, Some(LaneTurn::Go(_))), "the first place");
    let turn = setup.store.pace(LANE, takes()).await.unwrap();
    assert!(matches!(turn, Some(LaneTurn::Wait(_))), "{turn:?}");
    setup.hands.pass(SECOND / 1_000);
    let turn = setup.store.pace(LANE, takes()).await.unwrap();
    assert!(matches!(turn, Some(LaneTurn::Go(_))), "{turn:?}");
}

pub(super) async fn a_state_of_another_form_is_a_full_lane<S: Again>(setup: Setup<S>) {
    setup.store.pace(LANE, takes()).await.unwrap();
    setup.database.run("update eduzz_pace set state = 'odd'").await;
    let turn = setup.store.pace(LANE, takes()).await.unwrap();
    assert!(matches!(turn, Some(LaneTurn::Wait(_))), "{turn:?}");
    setup.hands.pass(Pace::DOCUMENTED.per + SECOND);
    let turn = setup.store.pace(LANE, takes()).await.unwrap();
    assert!(matches!(turn, Some(LaneTurn::Go(_))), "{turn:?}");
}
