//! The pace that processes share.

use eduzz_sync::Moment;
use eduzz_sync::mirror::{LaneStep, LaneTurn};

use super::Result;
use super::change::places;
use crate::mirror::rows::paced;
use crate::mirror::sql;
use crate::postgres::link::Open;
use crate::postgres::reads;
use crate::{StoreError, StoreErrorKind};

pub(super) async fn step(
    open: &mut Open,
    lane: &str,
    step: &LaneStep,
    fixed: Option<Moment>,
) -> Result<Option<LaneTurn>> {
    let Open {
        client, statements, ..
    } = open;
    let transaction = client.transaction().await?;
    let lock = places(&format!("{} for no key update", sql::LANE));
    let lock = statements.get(&transaction, &lock).await?;
    let mut row = transaction.query_opt(&lock, &[&lane]).await?;
    if row.is_none() {
        let make = statements.get(&transaction, &places(sql::MAKE_LANE)).await?;
        transaction.execute(&make, &[&lane]).await?;
        row = transaction.query_opt(&lock, &[&lane]).await?;
    }
    let row = row.ok_or_else(|| StoreError::new(StoreErrorKind::Busy))?;
    // Read after the lock, or another process's turn could be later.
    let now = match fixed {
        Some(now) => now,
        None => {
            let now = statements.get(&transaction, reads::NOW).await?;
            Moment::from_millis(transaction.query_one(&now, &[]).await?.try_get(0)?)
        }
    };
    let stored = Moment::from_millis(row.try_get(1)?);
    let (turn, state) = paced(row.try_get(0)?, stored, step, now);
    if let Some(state) = state {
        let set = statements.get(&transaction, &places(sql::SET_LANE)).await?;
        transaction.execute(&set, &[&lane, &state, &now.millis()]).await?;
    }
    transaction.commit().await?;
    Ok(turn)
}
