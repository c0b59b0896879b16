//! The databases of a simulation, with a table of effects.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use eduzz_store::rusqlite::Connection;
use eduzz_store::{Clock, Memory, Sqlite, Store};
use tempfile::TempDir;
use tokio::runtime::Handle;

/// A database.
pub(crate) trait World: Clone + Send + Sync + 'static {
    type Store: Store;

    async fn new(clock: Clock) -> Self;

    fn store(&self) -> Self::Store;

    /// Runs a call of the store. Virtual time stands still meanwhile.
    fn call<T: Send + 'static>(
        &self,
        call: impl Future<Output = T> + Send + 'static,
    ) -> impl Future<Output = T> + Send;

    /// A handler's writes: one effect more.
    fn effect(&self, once: String) -> <Self::Store as Store>::Writes;

    /// Commits writes on their own.
    fn write_apart(&self, writes: <Self::Store as Store>::Writes);

    /// How many effects each event has.
    async fn effects(&self) -> BTreeMap<String, u32>;
}

#[derive(Clone)]
pub(crate) struct InMemory {
    store: Memory,
    effects: Arc<Mutex<BTreeMap<String, u32>>>,
}

impl World for InMemory {
    type Store = Memory;

    async fn new(clock: Clock) -> Self {
        Self {
            store: Memory::with_clock(clock),
            effects: Arc::default(),
        }
    }

    fn store(&self) -> Memory {
        self.store.clone()
    }

    async fn call<T: Send + 'static>(&self, call: impl Future<Output = T> + Send + 'static) -> T {
        call.await
    }

    fn effect(&self, once: String) -> <Memory as Store>::Writes {
        let effects = Arc::clone(&self.effects);
        Box::new(move || {
            *effects.lock().unwrap().entry(once).or_default() += 1;
            Ok(())
        })
    }

    fn write_apart(&self, writes: <Memory as Store>::Writes) {
        writes().unwrap();
    }

    async fn effects(&self) -> BTreeMap<String, u32> {
        self.effects.lock().unwrap().clone()
    }
}

#[derive(Clone)]
pub(crate) struct OnDisk {
    store: Sqlite,
    file: PathBuf,
    _folder: Arc<TempDir>,
    /// One call at a time, so that the order of the calls is known.
    calls: Arc<Mutex<()>>,
}

impl World for OnDisk {
    type Store = Sqlite;

    async fn new(clock: Clock) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("inbox.sqlite");
        let store = Sqlite::with_clock(&file, clock).await.unwrap();
        let other = Connection::open(&file).unwrap();
        other.execute_batch("create table effect (once text)").unwrap();
        Self {
            store,
            file,
            _folder: Arc::new(folder),
            calls: Arc::default(),
        }
    }

    fn store(&self) -> Sqlite {
        self.store.clone()
    }

    async fn call<T: Send + 'static>(&self, call: impl Future<Output = T> + Send + 'static) -> T {
        let calls = Arc::clone(&self.calls);
        let handle = Handle::current();
        // Virtual time does not pass while such a task runs.
        let called = tokio::task::spawn_blocking(move || {
            let _one = calls.lock().unwrap();
            handle.block_on(call)
        });
        called.await.unwrap()
    }

    fn effect(&self, once: String) -> <Sqlite as Store>::Writes {
        Box::new(move |db| {
            db.execute("insert into effect values (?1)", [once])?;
            Ok(())
        })
    }

    fn write_apart(&self, writes: <Sqlite as Store>::Writes) {
        writes(&Connection::open(&self.file).unwrap()).unwrap();
    }

    async fn effects(&self) -> BTreeMap<String, u32> {
        let other = Connection::open(&self.file).unwrap();
        let mut select = other
            .prepare("select once, count(*) from effect group by once")
            .unwrap();
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.unwrap().map(Result::unwrap).collect()
    }
}
