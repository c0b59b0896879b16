//! Brings a database's tables to the present version.

use tokio::time::timeout;

use super::link::{Link, Open};
use crate::clock::Clock;
use crate::migrations::{self, Line};
use crate::{StoreError, StoreErrorKind};

/// Applies the missing migrations in one transaction. Other programs wait for each other.
pub(super) async fn migrate(link: &mut Link) -> Result<(), StoreError> {
    let limit = link.server.limits.group;
    let migrated = timeout(limit, apply(link.open().await?, &migrations::POSTGRES)).await;
    link.ended(migrated)
}

pub(super) async fn apply(open: &mut Open, line: &Line) -> Result<(), StoreError> {
    let table = line.table;
    let transaction = open.client.transaction().await?;
    let encoding: String = transaction
        .query_one("show server_encoding", &[])
        .await?
        .try_get(0)?;
    if encoding != "UTF8" {
        return Err(StoreError::with(
            StoreErrorKind::OtherSchema,
            "the database's encoding is not UTF8",
        ));
    }
    // "eduzz" in ASCII.
    let lock = "select pg_advisory_xact_lock(x'6564757a7a'::bigint)";
    transaction.batch_execute(lock).await?;
    // A user that may not create tables can use those that are there.
    let has_table = format!("select to_regclass('{table}') is not null");
    if !transaction
        .query_one(&has_table, &[])
        .await?
        .try_get::<_, bool>(0)?
    {
        transaction
            .batch_execute(&format!(
                "create table {table} (
                    version bigint primary key, name text not null, checksum text not null, at bigint not null
                )"
            ))
            .await?;
    }
    let select = format!("select version, checksum from {table} order by version");
    let applied = transaction.query(&select, &[]).await?;
    let applied: Result<Vec<(i64, String)>, tokio_postgres::Error> = applied
        .iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
        .collect();
    for migration in migrations::missing(line.migrations, &applied?)? {
        transaction.batch_execute(migration.sql).await?;
        transaction
            .execute(
                &format!("insert into {table} (version, name, checksum, at) values ($1, $2, $3, $4)"),
                &[
                    &migration.version,
                    &migration.name,
                    &migration.checksum(),
                    &Clock::default().now().millis(),
                ],
            )
            .await?;
    }
    Ok(transaction.commit().await?)
}
