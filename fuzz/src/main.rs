//! `cargo run -p eduzz-fuzz -- [TARGET] [--seconds N] [--seed N] [--input FILE]`
//!
//! Feeds mutated inputs to the readers of untrusted data, each for some seconds, on every core. A
//! target fails by a panic: the program then prints the seed, keeps the input below `target/fuzz`,
//! and ends with 1. The toolchain is the stable one, so nothing guides the mutations; the first
//! inputs are the fixtures, and the mutations know the words that readers treat in their own way.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test program: a target fails by a panic"
)]

mod mutate;
mod targets;

use std::collections::VecDeque;
use std::num::NonZero;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant, SystemTime};
use std::{env, fs};

use fastrand::Rng;

use crate::targets::{ALL, Target};

/// An input that takes longer is a failure.
const SLOW: Duration = Duration::from_secs(2);

struct Options {
    targets: Vec<&'static Target>,
    time: Duration,
    seed: u64,
    input: Option<PathBuf>,
}

fn main() -> ExitCode {
    let options = match options(env::args().skip(1)) {
        Some(options) => options,
        None => {
            println!("cargo run -p eduzz-fuzz -- [TARGET] [--seconds N] [--seed N] [--input FILE]\n");
            for target in ALL {
                println!("  {:<12} {}", target.name, target.what);
            }
            return ExitCode::from(2);
        }
    };
    println!("seed {}", options.seed);
    panic::set_hook(Box::new(|info| println!("{info}")));
    let queue: Mutex<VecDeque<&Target>> = Mutex::new(options.targets.iter().copied().collect());
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let failures: usize = thread::scope(|scope| {
        let work = || {
            let mut failures = 0;
            while let Some(target) = queue.lock().unwrap().pop_front() {
                failures += usize::from(!run(target, &options));
            }
            failures
        };
        let workers: Vec<_> = (0..cores.min(options.targets.len()))
            .map(|_| scope.spawn(work))
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).sum()
    });
    if failures == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn options(arguments: impl Iterator<Item = String>) -> Option<Options> {
    let mut arguments = arguments.peekable();
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let mut options = Options {
        targets: ALL.iter().collect(),
        time: Duration::from_secs(60),
        seed: u64::from(now.subsec_nanos()),
        input: None,
    };
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--seconds" => options.time = Duration::from_secs(arguments.next()?.parse().ok()?),
            "--seed" => options.seed = arguments.next()?.parse().ok()?,
            "--input" => options.input = Some(arguments.next()?.into()),
            name => options.targets = vec![ALL.iter().find(|target| target.name == name)?],
        }
    }
    Some(options)
}

/// Runs a target until its time is over or an input fails; `false` if one failed.
fn run(target: &Target, options: &Options) -> bool {
    let seeds = (target.seeds)();
    let mut rng = Rng::with_seed(options.seed);
    let start = Instant::now();
    let (mut count, mut slowest) = (0_u64, Duration::ZERO);
    let fixed = match &options.input {
        Some(path) => vec![fs::read(path).expect("the input can be read")],
        None => seeds.clone(),
    };
    let only_fixed = options.input.is_some();
    let random = std::iter::repeat_with(|| mutate::mutated(&mut rng, &seeds)).take_while(|_| !only_fixed);
    for input in fixed.into_iter().chain(random) {
        if count > 0 && start.elapsed() >= options.time {
            break;
        }
        let began = Instant::now();
        let outcome = panic::catch_unwind(AssertUnwindSafe(|| (target.run)(&input)));
        count += 1;
        let took = began.elapsed();
        slowest = slowest.max(took);
        let problem = match outcome {
            Err(_) => "failed",
            Ok(()) if took > SLOW => "is slow",
            Ok(()) => continue,
        };
        let kept = keep(target, &input);
        println!(
            "{}: input {count} with seed {} {problem}: {}\n  \"{}\"",
            target.name,
            options.seed,
            kept.display(),
            input.escape_ascii(),
        );
        return false;
    }
    println!(
        "{:<12} {count:>9} inputs held, the slowest in {} ms",
        target.name,
        slowest.as_millis()
    );
    true
}

/// Writes an input, for `--input`.
fn keep(target: &Target, input: &[u8]) -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = here.parent().unwrap_or(here).join("target/fuzz");
    let path = folder.join(target.name);
    // Without a file, the text below shows the input.
    let _ = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, input));
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seed_and_some_mutations_hold() {
        for target in ALL {
            let seeds = (target.seeds)();
            assert!(!seeds.is_empty(), "{}", target.name);
            seeds.iter().for_each(|seed| (target.run)(seed));
            let mut rng = Rng::with_seed(0);
            (0..200).for_each(|_| (target.run)(&mutate::mutated(&mut rng, &seeds)));
        }
    }
}
