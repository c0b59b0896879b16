//! What a window's columns say, page by page, so that a window of any size fits in memory.

use eduzz_sync::mirror::{Column, Digest, Form};
use tokio_postgres::Row;

use super::change::{digest, places};
use super::{Result, cells, passes};
use crate::mirror::{Examined, List, sql};
use crate::postgres::Postgres;
use crate::postgres::link::Open;
use crate::{StoreError, StoreErrorKind};

/// Rows of one page: the most that a window should have.
const PAGE: i64 = 2_000;

/// How often a window of several pages is read anew that changes meanwhile.
const TIMES: u32 = 5;

/// Some rows, and the sums that were proven at that moment.
pub(super) struct Page {
    rows: Vec<Row>,
    seal: Option<(i64, Digest)>,
}

impl Postgres {
    pub(super) async fn examined(&self, list: &List, first: i32) -> Result<Examined> {
        for _ in 0..TIMES {
            let (mut examined, before, after) = self.examine_once(list, first).await?;
            if before == after {
                if let Some((rows, digest)) = after {
                    examined.compare(rows, digest);
                }
                return Ok(examined);
            }
        }
        Err(StoreError::with(
            StoreErrorKind::Busy,
            "the window changes all the time",
        ))
    }

    /// The sums, and those that were proven at the beginning and at the end.
    async fn examine_once(
        &self,
        list: &List,
        first: i32,
    ) -> Result<(Examined, Option<(i64, Digest)>, Option<(i64, Digest)>)> {
        let mut page = self.page(list, first, None).await?;
        let before = page.seal;
        let mut examined = Examined::default();
        let mut last: Option<String> = None;
        loop {
            let Page { rows, seal } = page;
            let is_whole = i64::try_from(rows.len()).is_ok_and(|count| count < PAGE);
            let next: Option<String> = rows.last().map(|row| row.try_get(0)).transpose()?;
            // Reading JSON is work for a thread of its own, while the next page comes.
            let (list_of, skipped) = (list.clone(), last.take());
            let adding = tokio::task::spawn_blocking(move || {
                add(&mut examined, &list_of, skipped.as_deref(), &rows)?;
                Ok::<_, StoreError>(examined)
            });
            let following = if is_whole {
                None
            } else {
                Some(self.page(list, first, next.clone()).await?)
            };
            let added = adding.await;
            examined = added.map_err(|_| StoreError::new(StoreErrorKind::Other))??;
            match following {
                None => return Ok((examined, before, seal)),
                Some(following) => page = following,
            }
            last = next;
        }
    }

    /// The rows from a key on, that one included.
    async fn page(&self, list: &List, first: i32, from: Option<String>) -> Result<Page> {
        let values = (list.clone(), from.unwrap_or_default());
        self.on_values(&self.aside, values, move |open, (list, from), _| {
            Box::pin(page(open, list, first, from))
        })
        .await
    }
}

pub(super) async fn page(open: &mut Open, list: &List, first: i32, from: &str) -> Result<Page> {
    let columns = list.kind.columns();
    let columns: Vec<String> = columns.iter().map(cells::read).collect();
    let select = format!(
        "select key, m_state in ('settled', 'disagrees'), m_digest, raw::text, overlay::text, {} from {}
           and m_gone is null and key >= $4 order by key limit $5",
        columns.join(", "),
        sql::of_window(list.kind)
    );
    let Open {
        client, statements, ..
    } = open;
    let builder = client.build_transaction();
    let builder = builder.isolation_level(tokio_postgres::IsolationLevel::RepeatableRead);
    let transaction = builder.read_only(true).start().await?;
    let rows = statements.get(&transaction, &places(&select)).await?;
    let window = i64::from(first);
    let rows = transaction
        .query(&rows, &[&list.account, &window, &list.parent, &from, &PAGE])
        .await?;
    let seal = statements.get(&transaction, &places(sql::SEAL)).await?;
    let values = (&list.account, list.kind.as_str(), &list.parent);
    let seal = transaction
        .query_opt(&seal, &[values.0, &values.1, values.2, &first])
        .await?;
    transaction.commit().await?;
    let seal = seal.as_ref().map(passes::seal).transpose()?;
    Ok(Page { rows, seal })
}

/// Adds rows, without the one that the last page had.
fn add(examined: &mut Examined, list: &List, skipped: Option<&str>, rows: &[Row]) -> Result<()> {
    let columns: Vec<Column> = list.kind.columns();
    let forms: Vec<Form> = columns.iter().map(|column| column.form).collect();
    for row in rows {
        let key: String = row.try_get(0)?;
        if skipped == Some(&*key) {
            continue;
        }
        let values = cells::values(&forms, row, 5)?;
        let json = (row.try_get(3)?, row.try_get(4)?);
        let stored = digest(row.try_get(2)?)?;
        examined.add(list, key, row.try_get(1)?, stored, json, values.as_deref());
    }
    Ok(())
}
