//! How a call waits for its turn: as a future.

use core::pin::Pin;
use core::time::Duration;
use std::sync::Arc;

use eduzz_driver::{Joined, Keeper, NoTurn, Wake};
use eduzz_wire::{Lane, Turn};
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::watch::Watch;

/// The rate limit for each endpoint, first come, first served. Clones share the pace: use one for
/// all clients whose calls the service counts together.
///
/// ```no_run
/// use core::time::Duration;
/// use eduzz_hyper::{Client, Pacing};
/// use eduzz_wire::Pace;
///
/// let pacing = Pacing::new(Pace { requests: 10, per: Duration::from_secs(60) });
/// let one = Client::builder().pacing(pacing.clone()).build()?;
/// let other = Client::builder().pacing(pacing).build()?;
/// # Ok::<(), eduzz_hyper::BuildError>(())
/// ```
pub type Pacing = eduzz_driver::Pacing<Waker, dyn Turns>;

pub(crate) type Permit<'a> = eduzz_driver::Permit<'a, Waker, dyn Turns>;

/// Takes turns from a [`Keeper`] other than the process. [`Pacer`](eduzz_wire::Pacer) decides, and
/// its [`PacerState`](eduzz_wire::PacerState) can be stored.
pub trait Turns: Keeper {
    /// Waits for the next turn of a lane, no longer than `patience`, and gives a number for it. The
    /// text of a lane (`to_string`) is its key. The future may be dropped at any point.
    fn take<'a>(&'a self, lane: &'a Lane, patience: Option<Duration>) -> TurnFuture<'a>;
}

/// The future of [`Turns::take`].
pub type TurnFuture<'a> = Pin<Box<dyn Future<Output = Result<u64, NoTurn>> + Send + 'a>>;

/// Wakes a future that waits for its turn.
#[derive(Clone, Debug, Default)]
pub struct Waker(Arc<Notify>);

impl Wake for Waker {
    type Instant = Instant;

    fn now() -> Instant {
        Instant::now()
    }

    fn since(moment: Instant) -> Duration {
        moment.elapsed()
    }

    fn wake(&self) {
        self.0.notify_one();
    }
}

/// Waits for the lane's next turn, no longer than `patience`.
pub(crate) async fn turn<'a>(
    pacing: &'a Pacing,
    lane: &'a Lane,
    watch: Watch<'_>,
    patience: Option<Duration>,
) -> Result<Permit<'a>, NoTurn> {
    let mut queued = match pacing.join(lane, patience) {
        Joined::Granted(permit) => return Ok(permit),
        Joined::Elsewhere(keeper) => {
            let turn = keeper.take(lane, patience).await?;
            return Ok(Pacing::granted(lane, keeper, turn));
        }
        Joined::Queued(queued) => queued,
    };
    let mut waker = None;
    loop {
        match queued.turn() {
            Turn::Go => return Ok(queued.granted()),
            Turn::Busy(busy) => return Err(busy.into()),
            Turn::Wait(wait) => {
                let waker = waker.get_or_insert_with(Waker::default);
                if !queued.wake_with(|| waker.clone()) {
                    watch.paced(wait);
                    // Neither can be lost: the pacer is asked again.
                    let _ = tokio::time::timeout(wait, waker.0.notified()).await;
                    queued.poll();
                }
            }
        }
    }
}
