//! What the views say of some days.

use eduzz_sync::mirror::Span;
use rusqlite::{Connection, ToSql};

use super::Result;
use crate::mirror::Figures;
use crate::mirror::figures::{Cells, day_text, of_days, of_now};

pub(super) fn read(connection: &Connection, account: &str, span: Span) -> Result<Figures> {
    let (first, last) = (day_text(span.first)?, day_text(span.last)?);
    let snapshot = connection.unchecked_transaction()?;
    let (mut days, mut now) = <([Vec<Cells>; 5], [Vec<Cells>; 3])>::default();
    for (sql, rows) in of_days("text").iter().zip(&mut days) {
        *rows = self::rows(&snapshot, sql, &[&account, &first, &last])?;
    }
    for (sql, rows) in of_now().iter().zip(&mut now) {
        *rows = self::rows(&snapshot, sql, &[&account])?;
    }
    snapshot.finish()?;
    Figures::new(days, now)
}

fn rows(connection: &Connection, sql: &str, values: &[&dyn ToSql]) -> Result<Vec<Cells>> {
    let mut select = connection.prepare_cached(sql)?;
    let rows = select.query_map(values, |row| {
        Ok((
            [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?],
            [row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?, row.get(8)?],
        ))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
