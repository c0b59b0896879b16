//! What the benchmarks of the cores share: their arguments, and the measuring of their sides.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::counting;

/// The side that alone is to run, under callgrind say, and how many rounds; none for a comparison of all.
///
/// # Panics
///
/// The rounds are no number.
#[must_use]
pub fn arguments(rounds: u32) -> (Option<String>, u32) {
    // Cargo adds `--bench`.
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"));
    let side = arguments.next();
    let rounds = arguments
        .next()
        .map_or(rounds, |rounds| rounds.parse().expect("a number of rounds"));
    (side, rounds)
}

/// What the rounds of a side took.
#[derive(Debug)]
pub struct Meter {
    allocations: u64,
    times: Vec<Duration>,
}

/// What a round takes: allocations, and the time of the median.
pub type Taken = (u64, Duration);

impl Meter {
    /// Runs what is measured of a round. What it makes is dropped afterwards.
    pub fn time<R>(&mut self, run: impl FnOnce() -> R) {
        let before = counting::allocations();
        let start = Instant::now();
        let made = black_box(run());
        let time = start.elapsed();
        self.allocations = (counting::allocations() - before).min(self.allocations);
        self.times.push(time);
        drop(made);
    }

    fn taken(mut self) -> Taken {
        self.times.sort_unstable();
        let median = self.times.get(self.times.len() / 2);
        (self.allocations, median.copied().unwrap_or_default())
    }
}

/// Measures the sides in turns of so many rounds: a millisecond or so, so that what else happens on the machine befalls all sides, and
/// not the ratio between them. A side runs one round, and says what of it is measured. The program needs the allocator
/// [`Counting`](counting::Counting).
pub fn measure<const SIDES: usize>(
    rounds: u32,
    turn: u32,
    sides: [&dyn Fn(&mut Meter); SIDES],
) -> [Taken; SIDES] {
    let mut sides = sides.map(|run| {
        let meter = Meter {
            allocations: u64::MAX,
            times: Vec::new(),
        };
        (run, meter)
    });
    for _ in 0..rounds.div_ceil(turn) {
        for (run, meter) in &mut sides {
            (0..turn).for_each(|_| run(meter));
        }
    }
    sides.map(|(_, meter)| meter.taken())
}
