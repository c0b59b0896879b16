//! What the SDK costs beside hand-written code on the same libraries.
//!
//! - `eduzz-bench list`: the cases.
//! - `eduzz-bench once CASE N`: runs a case `N` times, for callgrind.
//! - `eduzz-bench allocations CASE`: the allocations of one run, warm.
//! - `eduzz-bench time CASE CASE`: the time of the second as a ratio to the first.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark"
)]

mod bodies;
mod floors;
mod ours;
mod server;

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use tokio::runtime::{Builder, Runtime};

use crate::bodies::Shop;
use crate::server::Server;

/// The rows of a walk.
const ROWS: u64 = 2_000;

static PAGE: LazyLock<String> = LazyLock::new(|| Shop::new(100).page(1, 100));

/// Runs a case this many times.
type Run = fn(u32);

const CASES: &[(&str, Run)] = &[
    ("exchange-floor", |n| repeat(n, floors::exchange)),
    ("exchange", |n| repeat(n, || ours::exchange(ours::code()))),
    ("exchange-code", |n| repeat(n, ours::code)),
    ("url-floor", |n| repeat(n, floors::authorize_url)),
    ("url", |n| repeat(n, ours::authorize_url)),
    ("page-floor", |n| {
        repeat(n, || serde_json::from_str::<floors::Page>(&PAGE).unwrap());
    }),
    ("page", |n| repeat(n, || ours::page(PAGE.as_bytes()))),
    ("me-h1-floor", |n| floor(n, false, &async |http| http.me().await)),
    ("me-h1", |n| client(n, false, &async |http| http.me().await)),
    ("me-h2-floor", |n| floor(n, true, &async |http| http.me().await)),
    ("me-h2", |n| client(n, true, &async |http| http.me().await)),
    ("token-h1-floor", |n| {
        floor(n, false, &async |http| http.exchange().await);
    }),
    ("token-h1", |n| {
        client(n, false, &async |http| http.exchange().await);
    }),
    ("token-h2-floor", |n| {
        floor(n, true, &async |http| http.exchange().await);
    }),
    ("token-h2", |n| {
        client(n, true, &async |http| http.exchange().await);
    }),
    // Not by hand: what proves that no row is lost is beside pages that prove nothing.
    ("walk-floor", |n| {
        walked(n, &async |server| ours::pages(server).await);
    }),
    ("walk-by-hand", |n| {
        walked(n, &async |server| floors::walk(server).await);
    }),
    ("walk", |n| walked(n, &async |server| ours::walk(server).await)),
];

fn repeat<R>(times: u32, run: impl Fn() -> R) {
    (0..times).for_each(|_| drop(black_box(run())));
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn floor(times: u32, http2: bool, call: &impl AsyncFn(&floors::Http)) {
    let server = Server::start(0);
    runtime().block_on(async {
        let http = floors::Http::new(&server, http2);
        counted(times, || call(&http)).await;
    });
}

fn client(times: u32, http2: bool, call: &impl AsyncFn(&ours::Http)) {
    let server = Server::start(0);
    runtime().block_on(async {
        let http = ours::Http::new(&server, http2);
        counted(times, || call(&http)).await;
    });
}

/// Walks all sales of a shop.
fn walked(times: u32, walk: &impl AsyncFn(&Server) -> usize) {
    let server = Server::start(ROWS);
    runtime().block_on(counted(times, async || {
        assert_eq!(u64::try_from(walk(&server).await), Ok(ROWS));
    }));
}

/// Calls twice to warm up, and then as often as is counted.
async fn counted(times: u32, call: impl AsyncFn()) {
    call().await;
    call().await;
    LAST.store(ALLOCATIONS.load(Ordering::Relaxed), Ordering::Relaxed);
    let start = Instant::now();
    for _ in 0..times {
        call().await;
    }
    let nanoseconds = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
    NANOSECONDS.store(nanoseconds, Ordering::Relaxed);
    let before = LAST.load(Ordering::Relaxed);
    LAST.store(ALLOCATIONS.load(Ordering::Relaxed) - before, Ordering::Relaxed);
}

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);
static LAST: AtomicU64 = AtomicU64::new(0);
static NANOSECONDS: AtomicU64 = AtomicU64::new(0);

struct Counting;

// SAFETY: every call is passed to the system's allocator unchanged, and counting does not allocate.
#[allow(unsafe_code, reason = "counting allocations needs an allocator")]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // One thread allocates, so that a load and a store are enough.
        ALLOCATIONS.store(ALLOCATIONS.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.store(ALLOCATIONS.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn find(name: &str) -> Run {
    let found = CASES.iter().find(|(case, _)| *case == name);
    found.unwrap_or_else(|| panic!("no case {name}")).1
}

/// The allocations of a run, and its time in nanoseconds.
fn measured(name: &str, times: u32) -> (f64, f64) {
    let run = find(name);
    LAST.store(0, Ordering::Relaxed);
    let (before, start) = (ALLOCATIONS.load(Ordering::Relaxed), Instant::now());
    run(times);
    let (allocations, time) = match LAST.load(Ordering::Relaxed) {
        // A case of the core.
        0 => {
            let allocations = ALLOCATIONS.load(Ordering::Relaxed) - before;
            (allocations as f64, start.elapsed().as_nanos() as f64)
        }
        allocations => (allocations as f64, NANOSECONDS.load(Ordering::Relaxed) as f64),
    };
    (allocations / f64::from(times), time / f64::from(times))
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["serve", sales] => server::serve(sales.parse().unwrap()),
        ["list"] => CASES.iter().for_each(|(name, _)| println!("{name}")),
        ["once", name, times] => find(name)(times.parse().unwrap()),
        ["allocations", name, times] => {
            find(name)(1);
            println!("{:.1}", measured(name, times.parse().unwrap()).0);
        }
        ["time", floor, ours, times] => {
            let times = times.parse().unwrap();
            let mut ratios: Vec<f64> = (0..5)
                .map(|_| measured(ours, times).1 / measured(floor, times).1)
                .collect();
            ratios.sort_by(f64::total_cmp);
            println!("{:.2}", ratios[2]);
        }
        _ => println!("eduzz-bench list | once CASE N | allocations CASE N | time CASE CASE N"),
    }
}
