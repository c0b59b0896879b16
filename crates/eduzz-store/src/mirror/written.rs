//! Records as they are stored, page by page.

use std::future::Future;

use eduzz_sync::mirror::{Kind, Record};

use crate::StoreError;

/// Rows that are read at a time.
pub(crate) const PAGE: u32 = 500;

/// A record as it is stored.
pub(crate) struct Written {
    pub(crate) key: String,
    pub(crate) parent: String,
    pub(crate) raw: Option<String>,
    pub(crate) overlay: Option<String>,
    pub(crate) status: Option<String>,
}

/// A database whose records can be read in the order of their keys.
pub(crate) trait Reads {
    /// The records after this key, [`PAGE`] at most; of those that are at the service, or of all.
    fn written(
        &self,
        account: &str,
        kind: Kind,
        only_there: bool,
        after: &str,
    ) -> impl Future<Output = Result<Vec<Written>, StoreError>> + Send;
}

impl Written {
    /// The record that is shown.
    pub(crate) fn record(self, kind: Kind) -> Record {
        let shown = match (&self.raw, &self.overlay) {
            (raw, Some(overlay)) => kind.laid_over(raw.as_deref(), overlay).ok(),
            (Some(raw), None) => kind.read(&self.parent, raw).ok(),
            (None, None) => None,
        };
        shown.unwrap_or_else(|| kind.bare(&self.key, self.status.as_deref()))
    }
}
