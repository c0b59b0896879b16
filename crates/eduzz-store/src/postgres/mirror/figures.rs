//! What the views say of some days.

use eduzz_sync::mirror::Span;
use tokio_postgres::Row;

use super::Result;
use super::change::places;
use crate::mirror::Figures;
use crate::mirror::figures::{Cells, day_text, of_days, of_now};
use crate::postgres::link::Open;

pub(super) async fn read(open: &mut Open, account: &str, span: Span) -> Result<Figures> {
    let (first, last) = (day_text(span.first)?, day_text(span.last)?);
    let Open {
        client, statements, ..
    } = open;
    let builder = client.build_transaction();
    let builder = builder.isolation_level(tokio_postgres::IsolationLevel::RepeatableRead);
    let snapshot = builder.read_only(true).start().await?;
    let (mut days, mut now) = <([Vec<Cells>; 5], [Vec<Cells>; 3])>::default();
    for (sql, rows) in of_days("date").iter().zip(&mut days) {
        let statement = statements.get(&snapshot, &places(sql)).await?;
        let found = snapshot.query(&statement, &[&account, &first, &last]).await?;
        *rows = found.iter().map(cells).collect::<Result<_>>()?;
    }
    for (sql, rows) in of_now().iter().zip(&mut now) {
        let statement = statements.get(&snapshot, &places(sql)).await?;
        let found = snapshot.query(&statement, &[&account]).await?;
        *rows = found.iter().map(cells).collect::<Result<_>>()?;
    }
    snapshot.commit().await?;
    Figures::new(days, now)
}

fn cells(row: &Row) -> Result<Cells> {
    Ok((
        [row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, row.try_get(3)?],
        [
            row.try_get(4)?,
            row.try_get(5)?,
            row.try_get(6)?,
            row.try_get(7)?,
            row.try_get(8)?,
        ],
    ))
}
