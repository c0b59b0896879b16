//! The post office of a sandbox: the outbox behind a lock, and the task that carries what is in it.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError, Weak};

use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::carrier;
use super::outbox::Outbox;
use crate::config::{Carrier, Config};
use crate::state::World;

/// The outbox, and who is told that it changed.
#[derive(Debug)]
pub(crate) struct PostOffice {
    outbox: Mutex<Outbox>,
    changes: watch::Sender<u64>,
    /// The task that carries; it is begun when somebody first subscribes.
    carrier: OnceLock<AbortHandle>,
}

impl PostOffice {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            outbox: Mutex::new(Outbox::new(config.seed, config.webhooks.clone())),
            changes: watch::Sender::new(0),
            carrier: OnceLock::new(),
        }
    }

    /// Looks into the outbox.
    pub(crate) fn look(&self) -> MutexGuard<'_, Outbox> {
        // Each change is whole before anything that could panic.
        self.outbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the outbox, and tells whoever waits for that.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Outbox) -> T) -> T {
        let changed = change(&mut self.look());
        self.changes.send_modify(|count| *count = count.wrapping_add(1));
        changed
    }

    /// Tells of each change from now on.
    pub(crate) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Begins to carry, if that is the sandbox's own task and was not begun. It is called from within a runtime.
    pub(crate) fn carry(&self, config: &Config, world: Weak<World>) {
        if config.webhooks.carrier == Carrier::Sockets {
            self.carrier.get_or_init(|| {
                let carrying = carrier::carry(world, self.changes(), config.clone());
                tokio::spawn(carrying).abort_handle()
            });
        }
    }

    /// Ends the carrying: nothing is sent any more.
    pub(crate) fn stop(&self) {
        if let Some(carrier) = self.carrier.get() {
            carrier.abort();
        }
    }
}

impl Drop for PostOffice {
    fn drop(&mut self) {
        self.stop();
    }
}
