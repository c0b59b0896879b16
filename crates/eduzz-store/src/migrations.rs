//! The migrations, in order. A released one is never changed: its checksum is stored.

use sha2::{Digest as _, Sha256};

use crate::{StoreError, StoreErrorKind};

pub(crate) struct Migration {
    pub(crate) version: i64,
    pub(crate) name: &'static str,
    pub(crate) sql: &'static str,
}

macro_rules! migrations {
    ($folder:literal: $($version:literal $name:literal,)+) => {
        &[$(Migration {
            version: $version,
            name: $name,
            sql: include_str!(concat!("../migrations/", $folder, "/", $name, ".sql")),
        }),+]
    };
}

#[cfg(feature = "sqlite")]
pub(crate) const SQLITE: &[Migration] = migrations! { "sqlite": 1 "0001_inbox", };

#[cfg(feature = "postgres")]
pub(crate) const POSTGRES: &[Migration] = migrations! { "postgres": 1 "0001_inbox", };

impl Migration {
    pub(crate) fn checksum(&self) -> String {
        Sha256::digest(self.sql)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

/// The migrations that follow those that were applied, given by version and checksum.
pub(crate) fn missing(
    all: &'static [Migration],
    applied: &[(i64, String)],
) -> Result<&'static [Migration], StoreError> {
    for (at, (version, checksum)) in applied.iter().enumerate() {
        match all.get(at) {
            None => return Err(StoreError::new(StoreErrorKind::NewerSchema)),
            Some(migration) if migration.version != *version || migration.checksum() != *checksum => {
                return Err(StoreError::new(StoreErrorKind::OtherSchema));
            }
            Some(_) => {}
        }
    }
    Ok(all.get(applied.len()..).unwrap_or_default())
}
