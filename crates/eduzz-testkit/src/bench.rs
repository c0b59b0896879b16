//! Arguments and measurements of the benchmarks that compare several implementations.

use std::hint::black_box;
use std::time::{Duration, Instant};

use crate::counting;

/// The one side to run, for example under callgrind, and the number of rounds; `None` compares all.
///
/// # Panics
///
/// The rounds are not a number.
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

/// The measurements of one side.
#[derive(Debug)]
pub struct Meter {
    allocations: u64,
    times: Vec<Duration>,
}

/// Allocations and median time of a round.
pub type Taken = (u64, Duration);

impl Meter {
    /// Measures a round; its result is dropped outside of the measurement.
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

/// Measures the sides alternately, `turn` rounds each. A turn of about a millisecond spreads other
/// load of the machine over all sides. A side runs one round and measures a part of it. The program
/// needs the allocator [`Counting`](counting::Counting).
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

/// Declares plain structs with fields in camel case, as a program that only reads them would write.
#[macro_export]
macro_rules! plain_structs {
    ($(struct $name:ident { $($field:ident: $type:ty,)* })*) => {$(
        #[derive(serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[allow(dead_code, reason = "only its reading matters")]
        struct $name {
            $($field: $type,)*
        }
    )*};
}
