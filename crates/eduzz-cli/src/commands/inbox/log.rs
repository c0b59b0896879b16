//! The lines of a running inbox. A thread prints them: an output that nobody reads must not hold
//! up deliveries.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::output::Output;

/// Lines that wait; further ones are dropped, and counted.
const QUEUE: usize = 4_096;

/// The time for the last lines.
const FLUSH: Duration = Duration::from_secs(1);

pub(super) struct Log {
    lines: Mutex<Option<SyncSender<String>>>,
    dropped: Arc<AtomicU64>,
    ended: Mutex<Receiver<()>>,
}

impl Log {
    pub(super) fn start(output: Output) -> Self {
        let (lines, waiting) = sync_channel::<String>(QUEUE);
        let (end, ended) = channel();
        let dropped = Arc::new(AtomicU64::new(0));
        let missing = Arc::clone(&dropped);
        thread::spawn(move || {
            for line in waiting {
                // A reader that is gone does not end the inbox.
                let _ = output.offer(line.as_bytes());
                let count = missing.swap(0, Ordering::Relaxed);
                if count > 0 {
                    output.note(&output.lang.lines_dropped(count));
                }
            }
            let _ = end.send(());
        });
        Self {
            lines: Mutex::new(Some(lines)),
            dropped,
            ended: Mutex::new(ended),
        }
    }

    pub(super) fn line(&self, line: &str) {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lines) = &*lines
            && lines.try_send(format!("{line}\n")).is_err()
        {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Waits a moment until all is printed.
    pub(super) fn end(&self) {
        drop(self.lines.lock().unwrap_or_else(PoisonError::into_inner).take());
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = ended.recv_timeout(FLUSH);
    }
}
