//! The migrations, in order. The inbox and the mirror have a line of their own each, so that a
//! program with one of them leaves the other's tables alone. A released one is never changed: its
//! checksum is stored.

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

/// The tables of a part, and the table that says which migrations it has.
pub(crate) struct Line {
    pub(crate) table: &'static str,
    pub(crate) migrations: &'static [Migration],
}

#[cfg(feature = "sqlite")]
pub(crate) const SQLITE: Line = Line {
    table: "eduzz_migration",
    migrations: migrations! { "sqlite": 1 "0001_inbox", },
};

#[cfg(all(feature = "sqlite", feature = "mirror"))]
pub(crate) const SQLITE_MIRROR: Line = Line {
    table: "eduzz_mirror_migration",
    migrations: migrations! {
        "sqlite/mirror": 1 "0001_mirror", 2 "0002_windows", 3 "0003_pace", 4 "0004_cross_checks", 5 "0005_sweeps", 6 "0006_forgotten", 7 "0007_webhook",
    },
};

#[cfg(feature = "postgres")]
pub(crate) const POSTGRES: Line = Line {
    table: "eduzz_migration",
    migrations: migrations! { "postgres": 1 "0001_inbox", },
};

#[cfg(all(feature = "postgres", feature = "mirror"))]
pub(crate) const POSTGRES_MIRROR: Line = Line {
    table: "eduzz_mirror_migration",
    migrations: migrations! {
        "postgres/mirror": 1 "0001_mirror", 2 "0002_windows", 3 "0003_pace", 4 "0004_cross_checks", 5 "0005_sweeps", 6 "0006_forgotten", 7 "0007_webhook",
    },
};

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
