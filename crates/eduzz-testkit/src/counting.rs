//! Allocators that count allocations (for benchmarks) or bytes in use (for tests of leaks).

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::atomic::{AtomicUsize, Ordering};

thread_local! {
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
    /// The bytes in use. Memory that another thread frees makes it too large, or negative.
    static HELD: Cell<i64> = const { Cell::new(0) };
    static MOST: Cell<i64> = const { Cell::new(0) };
}

/// The system's allocator with a count of allocations and bytes for each thread, because a
/// benchmark's server and other tests run in the same process.
///
/// `#[global_allocator] static ALLOCATOR: Counting = Counting;`
#[derive(Clone, Copy, Debug)]
pub struct Counting;

/// The allocations of this thread so far.
#[must_use]
pub fn allocations() -> u64 {
    ALLOCATIONS.try_with(Cell::get).unwrap_or_default()
}

/// The most bytes that this thread held since the start, beyond those at the start.
#[derive(Clone, Copy, Debug)]
pub struct Peak(i64);

impl Peak {
    /// Starts again: an earlier peak of the thread ends.
    #[must_use]
    pub fn start() -> Self {
        let held = HELD.try_with(Cell::get).unwrap_or_default();
        let _ = MOST.try_with(|most| most.set(held));
        Self(held)
    }

    /// The most bytes so far.
    #[must_use]
    pub fn bytes(self) -> usize {
        let most = MOST.try_with(Cell::get).unwrap_or_default();
        usize::try_from(most - self.0).unwrap_or_default()
    }
}

fn count(bytes: usize) {
    let _ = ALLOCATIONS.try_with(|count| count.set(count.get() + 1));
    hold(i64::try_from(bytes).unwrap_or(i64::MAX));
}

fn hold(bytes: i64) {
    let held = HELD.try_with(|held| {
        held.set(held.get().saturating_add(bytes));
        held.get()
    });
    let _ = MOST.try_with(|most| most.set(most.get().max(held.unwrap_or_default())));
}

fn release(bytes: usize) {
    hold(i64::try_from(bytes).map_or(i64::MIN, |bytes| -bytes));
}

// SAFETY: every call is passed to the system's allocator unchanged, and counting does not allocate.
#[allow(unsafe_code, reason = "counting allocations needs an allocator")]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        release(layout.size());
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // A moved block is held twice for a moment.
        count(size);
        release(layout.size());
        // SAFETY: the caller's promise.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

static LIVE: AtomicUsize = AtomicUsize::new(0);

/// The system's allocator with a count of the bytes in use by the whole process.
///
/// `#[global_allocator] static ALLOCATOR: Weighing = Weighing;`
#[derive(Clone, Copy, Debug)]
pub struct Weighing;

/// The bytes in use by all threads.
#[must_use]
pub fn live() -> usize {
    LIVE.load(Ordering::Relaxed)
}

// SAFETY: every call is passed to the system's allocator unchanged, and counting does not allocate.
#[allow(unsafe_code, reason = "counting bytes in use needs an allocator")]
unsafe impl GlobalAlloc for Weighing {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        LIVE.fetch_add(size, Ordering::Relaxed);
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise.
        unsafe { System.realloc(pointer, layout, size) }
    }
}
