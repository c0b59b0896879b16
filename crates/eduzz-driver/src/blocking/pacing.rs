//! How a call waits for its turn: its thread is parked.

use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use eduzz_wire::{Lane, Turn};

use crate::pacing::{Joined, Keeper, NoTurn, Permit, Wake};

/// The rate limit for each endpoint, first come, first served. Clones share the pace: use one for
/// all clients whose calls the service counts together.
pub type Pacing = crate::Pacing<Waker, dyn Turns>;

/// Takes turns from a [`Keeper`] other than the process. [`Pacer`](eduzz_wire::Pacer) decides, and
/// its [`PacerState`](eduzz_wire::PacerState) can be stored.
pub trait Turns: Keeper {
    /// Waits for the next turn of a lane, no longer than `patience`, and gives a number for it. The
    /// text of a lane (`to_string`) is its key.
    ///
    /// # Errors
    ///
    /// There is no turn within the caller's patience, or turns cannot be granted.
    fn take(&self, lane: &Lane, patience: Option<Duration>) -> Result<u64, NoTurn>;
}

/// Wakes a thread that waits for its turn.
#[derive(Clone, Debug)]
pub struct Waker(Thread);

impl Wake for Waker {
    type Instant = Instant;

    fn now() -> Instant {
        Instant::now()
    }

    fn since(moment: Instant) -> Duration {
        moment.elapsed()
    }

    fn wake(&self) {
        self.0.unpark();
    }
}

/// Waits for the lane's next turn, no longer than `patience`.
pub(super) fn turn<'a>(
    pacing: &'a Pacing,
    lane: &'a Lane,
    patience: Option<Duration>,
) -> Result<Permit<'a, Waker, dyn Turns>, NoTurn> {
    let mut queued = match pacing.join(lane, patience) {
        Joined::Granted(permit) => return Ok(permit),
        Joined::Elsewhere(keeper) => {
            let turn = keeper.take(lane, patience)?;
            return Ok(Pacing::granted(lane, keeper, turn));
        }
        Joined::Queued(queued) => queued,
    };
    loop {
        match queued.turn() {
            Turn::Go => return Ok(queued.granted()),
            Turn::Busy(busy) => return Err(busy.into()),
            Turn::Wait(wait) => {
                if !queued.wake_with(|| Waker(thread::current())) {
                    // It may wake early: the pacer is asked again.
                    thread::park_timeout(wait);
                    queued.poll();
                }
            }
        }
    }
}
