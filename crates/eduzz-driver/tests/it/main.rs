//! How a queue's callers are woken, without waiting.

#![allow(
    missing_docs,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use eduzz_driver::{Joined, Keeper, Queued, Wake};
use eduzz_wire::{Lane, Pace, Quota, Route, Turn, TurnEnd};

/// Counts how often its caller was woken.
#[derive(Clone, Default)]
struct Bell(Arc<AtomicUsize>);

impl Bell {
    fn rings(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

impl Wake for Bell {
    type Instant = Instant;

    fn now() -> Instant {
        Instant::now()
    }

    fn since(moment: Instant) -> Duration {
        moment.elapsed()
    }

    fn wake(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

type Pacing = eduzz_driver::Pacing<Bell, dyn Keeper>;

fn one_an_hour() -> Pacing {
    Pacing::new(Pace {
        requests: 1,
        per: Duration::from_secs(3_600),
    })
}

fn lane() -> Lane {
    Lane::new(Quota::COMMON, &Route::get("/test/v1/things"))
}

fn join<'a>(pacing: &'a Pacing, lane: &'a Lane) -> Queued<'a, Bell, dyn Keeper> {
    match pacing.join(lane, None) {
        Joined::Queued(queued) => queued,
        other => panic!("{other:?}"),
    }
}

#[test]
fn turn_that_comes_before_the_waker_is_known_is_not_missed() {
    let (pacing, lane) = (one_an_hour(), lane());
    let first = join(&pacing, &lane).granted();
    let mut second = join(&pacing, &lane);
    assert!(matches!(second.turn(), Turn::Wait(_)));
    first.ended(TurnEnd::Unsent);
    assert!(second.wake_with(Bell::default));
    assert_eq!(second.turn(), Turn::Go);
}

#[test]
fn change_wakes_the_first_caller_alone() {
    let (pacing, lane) = (one_an_hour(), lane());
    let first = join(&pacing, &lane).granted();
    let mut queue: Vec<_> = (0..3)
        .map(|_| {
            let (bell, mut queued) = (Bell::default(), join(&pacing, &lane));
            queued.wake_with(|| bell.clone());
            (bell, queued)
        })
        .collect();
    let rings = |queue: &[(Bell, _)]| -> Vec<usize> { queue.iter().map(|(bell, _)| bell.rings()).collect() };
    // A caller in the middle gives up: the first may go no sooner, and is asked.
    drop(queue.remove(1));
    assert_eq!(rings(&queue), [1, 0]);
    first.ended(TurnEnd::Unsent);
    assert_eq!(rings(&queue), [2, 0]);
    let (_, mut front) = queue.remove(0);
    front.poll();
    assert_eq!(front.turn(), Turn::Go);
    assert_eq!(rings(&queue), [1], "the next one is first now");
    // Dropped in flight, it counts as sent: the next one waits for an hour.
    drop(front.granted());
    assert_eq!(rings(&queue), [2]);
    let (_, mut last) = queue.remove(0);
    last.poll();
    assert!(matches!(last.turn(), Turn::Wait(wait) if wait > Duration::from_secs(3_500)));
}

#[test]
fn caller_that_gives_up_at_its_turn_leaves_it_to_the_next() {
    let (pacing, lane) = (one_an_hour(), lane());
    // Its turn, but not taken.
    drop(join(&pacing, &lane));
    assert_eq!(join(&pacing, &lane).turn(), Turn::Go);
}
