//! A back-fill that can be stopped at any row and gone on with.

use eduzz_api::myeduzz::ListSales;
use eduzz_hyper::{Account, CallError};
use eduzz_types::myeduzz::Sale;
use eduzz_wire::{Cursor, Days, Order, Row, Slices, Walk};
use serde::{Deserialize, Serialize};

/// How far a back-fill has come: to be stored as JSON, beside what it has filled.
#[derive(Serialize, Deserialize)]
pub struct BackFill {
    left: Slices,
    slice: Option<Days>,
    cursor: Option<Cursor>,
}

impl BackFill {
    /// All sales of these days, the newest month first.
    pub fn new(days: &Days) -> Self {
        Self {
            left: days.slices(30, Order::NewestFirst),
            slice: None,
            cursor: None,
        }
    }

    /// Goes on, and gives each sale to `keep`, which says whether to go on. What `keep` was given is not given again.
    ///
    /// After an error, too, the back-fill is where it was: store it, and go on later. To stop it let `keep` say so; a future that is
    /// dropped begins the slice under way again.
    pub async fn run(
        &mut self,
        account: &Account,
        mut keep: impl FnMut(Sale) -> bool,
    ) -> Result<bool, CallError> {
        loop {
            let Some(slice) = self.slice.take().or_else(|| self.left.next()) else {
                return Ok(true);
            };
            let list = ListSales::new(slice.first().clone(), slice.last().clone());
            let walk = match self.cursor.take() {
                // Another list's cursor can only come from a file that was tampered with: begin the slice again.
                Some(cursor) => Walk::resume(list.clone(), cursor).unwrap_or_else(|_| Walk::new(list)),
                None => Walk::new(list),
            };
            let mut rows = account.walk(walk);
            self.slice = Some(slice);
            while let Some(row) = rows.next().await {
                let go_on = match row {
                    Ok(Row::Read(sale)) => keep(sale),
                    Ok(Row::Unreadable(broken)) => {
                        eprintln!("left out: {}", broken.source);
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
