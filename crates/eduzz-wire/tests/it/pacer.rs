//! No period has more calls than the pace allows.

use std::time::Duration;

use eduzz_wire::{Pace, Pacer};
use proptest::prelude::*;

proptest! {
    #[test]
    fn reserved_times_keep_the_pace_and_the_order(
        gaps in proptest::collection::vec(0_u64..5_000, 1..200), requests in 1_u32..40, holds in proptest::collection::vec(0_usize..200, 0..3),
        impatient in proptest::collection::vec(0_usize..200, 0..150),
    ) {
        let pace = Pace { requests, per: Duration::from_secs(60) };
        let mut pacer = Pacer::new(pace);
        let mut now = Duration::ZERO;
        let mut times: Vec<Duration> = Vec::new();
        for (index, gap) in gaps.into_iter().enumerate() {
            now += Duration::from_millis(gap);
            if holds.contains(&index) {
                pacer.hold(now + Duration::from_secs(7));
                prop_assert!(pacer.clone().reserve(now) >= Duration::from_secs(7));
            }
            let time = now + pacer.reserve(now);
            if time > now && impatient.contains(&index) {
                pacer.release(time);
            } else {
                times.push(time);
            }
        }
        prop_assert!(times.is_sorted());
        let count = usize::try_from(requests).unwrap();
        for window in times.windows(count + 1) {
            prop_assert!(window[count] - window[0] > pace.per);
        }
    }

    #[test]
    fn idle_pacer_gives_no_wait(requests in 1_u32..40, rounds in 1_u32..5) {
        let mut pacer = Pacer::new(Pace { requests, per: Duration::from_secs(60) });
        for round in 0..rounds {
            let now = Duration::from_secs(61) * round;
            for _ in 0..requests {
                prop_assert_eq!(pacer.reserve(now), Duration::ZERO);
            }
        }
    }
}

#[test]
fn time_for_matches_the_pacer() {
    for calls in [0_u64, 1, 30, 31, 60, 61, 100] {
        let mut pacer = Pacer::new(Pace::DOCUMENTED);
        let waits = (0..calls).map(|_| pacer.reserve(Duration::ZERO));
        let longest = waits.max().unwrap_or_default();
        let estimate = Pace::DOCUMENTED.time_for(calls);
        assert_eq!(longest.as_secs(), estimate.as_secs(), "{calls}");
    }
}

#[test]
fn clock_that_goes_back_does_no_harm() {
    let pacer = |requests, per| Pacer::new(Pace { requests, per });
    let mut one_a_minute = pacer(1, Duration::from_secs(60));
    assert_eq!(one_a_minute.reserve(Duration::from_secs(100)), Duration::ZERO);
    assert!(one_a_minute.reserve(Duration::from_secs(50)) > Duration::from_secs(110));
    let longest = pacer(0, Duration::MAX).reserve(Duration::ZERO);
    assert!(longest.is_zero());
}

#[test]
fn released_times_do_not_delay_other_callers() {
    let mut pacer = Pacer::new(Pace::DOCUMENTED);
    let second = Duration::from_secs(1);
    for _ in 0..30 {
        pacer.reserve(Duration::ZERO);
    }
    // One call a second, each released after a second.
    for now in (1..60).map(|count| second * count) {
        let time = now + pacer.reserve(now);
        assert!(time > now);
        pacer.release(time);
    }
    assert_eq!(pacer.reserve(second * 61), Duration::ZERO);
}
