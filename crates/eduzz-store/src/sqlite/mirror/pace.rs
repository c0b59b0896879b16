//! The pace that processes share.

use eduzz_sync::Moment;
use eduzz_sync::mirror::{LaneStep, LaneTurn};
use rusqlite::{Connection, params};

use super::Result;
use crate::mirror::rows::paced;
use crate::mirror::sql;

/// The transaction has the file's lock.
pub(super) fn step(
    connection: &Connection,
    lane: &str,
    step: &LaneStep,
    now: Moment,
) -> Result<Option<LaneTurn>> {
    connection.prepare_cached(sql::MAKE_LANE)?.execute([lane])?;
    let (state, stored): (String, i64) = connection
        .prepare_cached(sql::LANE)?
        .query_row([lane], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (turn, state) = paced(&state, Moment::from_millis(stored), step, now);
    if let Some(state) = state {
        connection
            .prepare_cached(sql::SET_LANE)?
            .execute(params![lane, state, now.millis()])?;
    }
    Ok(turn)
}
