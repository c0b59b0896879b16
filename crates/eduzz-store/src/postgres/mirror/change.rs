//! A transaction that changes an account's mirror.

use eduzz_sync::Moment;
use eduzz_sync::mirror::Digest;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Row, Statement, Transaction};

use super::Result;
use crate::postgres::link::Open;
use crate::postgres::reads;
use crate::postgres::statements::Statements;
use crate::{StoreError, StoreErrorKind};

/// Values of a statement.
pub(super) type Values<'a> = [&'a (dyn ToSql + Sync)];

/// A transaction that holds the account's lock: no other one changes the account meanwhile, so the
/// numbers of changes are in the order of their commits.
pub(super) struct Changing<'a> {
    transaction: Transaction<'a>,
    statements: &'a mut Statements,
    account: &'a str,
    /// The number of the last change that is committed.
    committed: i64,
    /// The number of the last change.
    pub(super) last: i64,
    /// The moment after the lock was got.
    pub(super) now: Moment,
}

const LOCK: &str = "select last_number from eduzz_feed where account = $1 for no key update";

impl<'a> Changing<'a> {
    pub(super) async fn begin(open: &'a mut Open, account: &'a str, fixed: Option<Moment>) -> Result<Self> {
        let Open {
            client, statements, ..
        } = open;
        let transaction = client.transaction().await?;
        let lock = statements.get(&transaction, LOCK).await?;
        let mut row = transaction.query_opt(&lock, &[&account]).await?;
        if row.is_none() {
            let first = "insert into eduzz_feed (account, last_number) values ($1, 0) on conflict do nothing";
            let first = statements.get(&transaction, first).await?;
            transaction.execute(&first, &[&account]).await?;
            row = transaction.query_opt(&lock, &[&account]).await?;
        }
        let row = row.ok_or_else(|| StoreError::new(StoreErrorKind::Busy))?;
        let last = row.try_get(0)?;
        let now = match fixed {
            Some(now) => now,
            None => {
                let statement = statements.get(&transaction, reads::NOW).await?;
                Moment::from_millis(transaction.query_one(&statement, &[]).await?.try_get(0)?)
            }
        };
        Ok(Self {
            transaction,
            statements,
            account,
            committed: last,
            last,
            now,
        })
    }

    pub(super) const fn account(&self) -> &'a str {
        self.account
    }

    pub(super) async fn query(&mut self, sql: &str, values: &Values<'_>) -> Result<Vec<Row>> {
        let statement = self.statement(sql).await?;
        Ok(self.transaction.query(&statement, values).await?)
    }

    pub(super) async fn query_opt(&mut self, sql: &str, values: &Values<'_>) -> Result<Option<Row>> {
        let statement = self.statement(sql).await?;
        Ok(self.transaction.query_opt(&statement, values).await?)
    }

    pub(super) async fn execute(&mut self, sql: &str, values: &Values<'_>) -> Result<u64> {
        let statement = self.statement(sql).await?;
        Ok(self.transaction.execute(&statement, values).await?)
    }

    async fn statement(&mut self, sql: &str) -> Result<Statement> {
        self.statements.get(&self.transaction, &places(sql)).await
    }

    /// Commits, with the number of the last change.
    pub(super) async fn commit(mut self) -> Result<()> {
        if self.last != self.committed {
            let (account, last) = (self.account, self.last);
            self.execute(
                "update eduzz_feed set last_number = $2 where account = $1",
                &[&account, &last],
            )
            .await?;
        }
        Ok(self.transaction.commit().await?)
    }
}

/// The statement with places as PostgreSQL writes them.
pub(super) fn places(sql: &str) -> String {
    sql.replace('?', "$")
}

/// Runs a statement outside of a transaction.
pub(super) async fn query(open: &mut Open, sql: &str, values: &Values<'_>) -> Result<Vec<Row>> {
    let statement = open.statements.get(&open.client, &places(sql)).await?;
    Ok(open.client.query(&statement, values).await?)
}

/// A count that the database keeps with a sign.
pub(super) fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A digest as the database gives it.
pub(super) fn digest(bytes: &[u8]) -> Result<Digest> {
    let bytes: [u8; 32] = bytes
        .try_into()
        .map_err(|_| StoreError::with(StoreErrorKind::OtherSchema, "a digest has another form"))?;
    Ok(Digest::from_bytes(bytes))
}
