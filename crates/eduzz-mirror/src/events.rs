//! Events that an inbox stored in the same database.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use eduzz_store::mirror::MirrorStore;
use eduzz_store::{Filter, Row, Store};
use eduzz_sync::Moment;
use eduzz_sync::mirror::{Choice, notices};
use eduzz_types::DateTime;
use eduzz_webhook::Stored;

use crate::{Done, Mirror, MirrorError};

/// How far back events are looked for: in PostgreSQL, one with a smaller number can be committed
/// later.
const OVERLAP: Duration = Duration::from_secs(600);

/// Events that are read at a time.
const PAGE: u32 = 200;

/// The name of the mark of the last event.
const MARK: &str = "events";

/// The numbers of events that were told within the overlap.
#[derive(Debug, Default)]
pub(crate) struct Told(Mutex<BTreeSet<i64>>);

impl<S: Store + MirrorStore> Mirror<S> {
    /// Tells the mirror's records what the inbox received since the last time. An event that is
    /// told twice changes nothing.
    pub(crate) async fn take_events(&self, done: &mut Done) -> Result<(), MirrorError> {
        let now = self.store.now().await?;
        let since = match self.store.mark(&self.name, MARK).await? {
            Some(last) => last.before(OVERLAP),
            None => now.before(OVERLAP),
        };
        let mut filter = Filter::default();
        filter.since = Some(since);
        filter.limit = Some(PAGE);
        let mut seqs = Vec::new();
        loop {
            let rows = Store::list(&self.store, filter.clone()).await?;
            filter.below = rows.last().map(|row| row.seq);
            let is_last = rows.len() < PAGE as usize;
            let is_ours = |row: &Row| {
                let account = self.inbox.as_ref();
                !row.is_sample && account.is_none_or(|account| *account == row.account)
            };
            seqs.extend(rows.into_iter().filter(is_ours).map(|row| row.seq));
            if is_last {
                break;
            }
        }
        let choice = self.choice().await?;
        // The newest came first.
        for seq in seqs.iter().rev().filter(|seq| !self.told.has(**seq)) {
            done.changed += self.tell(&choice, *seq).await?;
        }
        self.told.keep(&seqs);
        Ok(self.store.set_mark(&self.name, MARK, now).await?)
    }

    async fn tell(&self, choice: &Choice, seq: i64) -> Result<u64, MirrorError> {
        let Some(event) = Store::get(&self.store, seq).await? else {
            return Ok(0);
        };
        let Some(body) = event.body else { return Ok(0) };
        let sent = event.row.sent.as_deref().map(DateTime::from_text);
        let stored = Stored::verified_before(body.bytes);
        let received: Moment = event.row.received_at;
        let mut notices = notices(&stored.event(), sent.as_ref(), received);
        notices.retain(|notice| choice.has(notice.kind));
        if notices.is_empty() {
            return Ok(0);
        }
        Ok(MirrorStore::tell(&self.store, &self.name, notices).await?)
    }
}

impl Told {
    fn has(&self, seq: i64) -> bool {
        let told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.contains(&seq)
    }

    /// Remembers these, and no others.
    fn keep(&self, seqs: &[i64]) {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *told = seqs.iter().copied().collect();
    }
}
