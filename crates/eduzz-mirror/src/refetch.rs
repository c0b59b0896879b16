//! Records that are asked for again.

use std::collections::HashSet;

use eduzz_api::blinket::GetEvent;
use eduzz_api::myeduzz::{GetProduct, GetSale, GetSubscription};
use eduzz_api::nutror::GetStudent;
use eduzz_hyper::CallError;
use eduzz_store::Store;
use eduzz_store::mirror::{Cause, List, MirrorStore};
use eduzz_sync::mirror::{By, Crowd, Kind, Span, is_cheaper};
use eduzz_wire::{Endpoint, Kept, Row};
use serde::de::DeserializeOwned;

use crate::ask::One;
use crate::pass::Rows;
use crate::{Done, Mirror, MirrorError};

/// Records that are asked for again in one go. Few: the lease of the last one has to outlast the
/// wait for the turns of all.
const REFETCHED: u32 = 5;

/// Records among which those are looked for that are read together.
const CROWDED: u32 = 2_000;

impl<S: Store + MirrorStore> Mirror<S> {
    /// Asks again for the records that events told of: many of one day by a walk over it, the
    /// others one by one.
    pub(crate) async fn refetch(&self, done: &mut Done) -> Result<(), MirrorError> {
        for kind in Kind::ALL.iter().filter(|kind| kind.has_changes()) {
            for crowd in self.store.crowds(&self.name, *kind, CROWDED).await? {
                unless_refused(self.read_crowd(*kind, crowd, done).await)?;
            }
        }
        loop {
            let due = self.store.refetches(&self.name, REFETCHED).await?;
            if due.is_empty() {
                return Ok(());
            }
            for (kind, key) in due {
                unless_refused(self.ask(&self.list(kind), &key, done).await)?;
            }
        }
    }

    async fn read_crowd(&self, kind: Kind, crowd: Crowd, done: &mut Done) -> Result<(), MirrorError> {
        let mut left: HashSet<String> = crowd.keys.into_iter().collect();
        let mut is_cut = false;
        let span = Span::new(crowd.day, crowd.day);
        self.walk_days(
            kind,
            crowd.by,
            span,
            Cause::Refetch,
            done,
            |records, calls_left| {
                for record in records {
                    left.remove(&*record.key);
                }
                is_cut = !is_cheaper(calls_left, left.len() as u64);
                !is_cut
            },
        )
        .await?;
        // The API does not say yet that the others changed: they stay due.
        if crowd.by == By::Creation || is_cut {
            for key in left {
                self.ask(&self.list(kind), &key, done).await?;
            }
        }
        Ok(())
    }

    /// Asks for one record by its id. Records without such a call are left to the next pass.
    pub(crate) async fn ask(&self, list: &List, key: &str, done: &mut Done) -> Result<(), MirrorError> {
        match list.kind {
            Kind::Sale => self.ask_one(list, key, One(GetSale::new(key)), done).await,
            Kind::Subscription => {
                self.ask_one(list, key, One(GetSubscription::new(key)), done)
                    .await
            }
            Kind::Product => self.ask_one(list, key, One(GetProduct::new(key)), done).await,
            Kind::NutrorStudent => self.ask_one(list, key, One(GetStudent::new(key)), done).await,
            Kind::BlinketEvent => self.ask_one(list, key, One(GetEvent::new(key)), done).await,
            _ => Ok(()),
        }
    }

    async fn ask_one<T, E>(&self, list: &List, key: &str, call: E, done: &mut Done) -> Result<(), MirrorError>
    where
        T: DeserializeOwned,
        E: Endpoint<Output = Kept<T>> + Send + Sync,
    {
        let (answer, times) = self.call(&call, done).await?;
        match answer {
            Ok(record) => {
                let rows = Rows::new(list, [Row::Read(record)]);
                self.merge(rows.batch(list, times, Cause::Refetch), done).await?;
                Ok(())
            }
            Err(error) if is_not_found(&error) => {
                Ok(self.store.not_found(list, key, times.0, times.1).await?)
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// A record that the token may not read stays due; the windows of its kind tell of the refusal.
pub(crate) fn unless_refused(result: Result<(), MirrorError>) -> Result<(), MirrorError> {
    match result {
        Err(error) if error.is_refused() => Ok(()),
        result => result,
    }
}

pub(crate) fn is_not_found(error: &CallError) -> bool {
    error.rejection().is_some_and(|rejection| rejection.status == 404)
}
