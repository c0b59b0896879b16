//! A back-fill that can be stopped at any row and resumed.

use eduzz::api::ListSales;
use eduzz::types::Sale;
use eduzz::{Account, CallError, Cursor, Days, Order, Row, Slices, Walk};
use serde::{Deserialize, Serialize};

/// The progress of a back-fill: store it as JSON, beside the data that it has read.
#[derive(Serialize, Deserialize)]
pub struct BackFill {
    left: Slices,
    slice: Option<Days>,
    cursor: Option<Cursor>,
}

impl BackFill {
    /// Begins a back-fill of all sales of these days, newest first.
    pub fn new(days: &Days) -> Self {
        Self {
            left: days.slices(30, Order::NewestFirst),
            slice: None,
            cursor: None,
        }
    }

    /// Continues, and passes each sale to `keep`, which returns whether to continue. No sale is
    /// passed twice. Returns whether the back-fill is complete.
    ///
    /// After an error the progress is kept: store it, and continue later. To stop, return `false`
    /// from `keep`; dropping the future repeats the current slice.
    pub async fn run(
        &mut self,
        account: &Account,
        mut keep: impl FnMut(Sale) -> bool,
    ) -> Result<bool, CallError> {
        loop {
            let Some(slice) = self.slice.take().or_else(|| self.left.next()) else {
                return Ok(true);
            };
            let list = ListSales::new(&slice);
            let walk = match self.cursor.take() {
                // A cursor of another list means that the file was edited: restart the slice.
                Some(cursor) => Walk::resume(list.clone(), cursor).unwrap_or_else(|_| Walk::new(list)),
                None => Walk::new(list),
            };
            let mut rows = account.walk(walk);
            self.slice = Some(slice);
            while let Some(row) = rows.next().await {
                let go_on = match row {
                    Ok(Row::Read(sale)) => keep(sale),
                    Ok(Row::Unreadable(row)) => {
                        eprintln!("left out: {}", row.source);
                        true
                    }
                    Err(error) => {
                        self.cursor = Some(rows.cursor().clone());
                        return Err(error);
                    }
                };
                if !go_on {
                    self.cursor = Some(rows.cursor().clone());
                    return Ok(false);
                }
            }
            (self.slice, self.cursor) = (None, None);
        }
    }
}
