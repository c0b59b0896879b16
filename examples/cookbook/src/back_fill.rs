//! A back-fill that can be stopped at any page and resumed.

use std::error::Error;

use eduzz::api::ListSales;
use eduzz::types::Sale;
use eduzz::wire::Paged as _;
use eduzz::{Account, Cursor, Days, Kept, Row, Sweep};

/// Reads all sales of these days, newest first, month by month. `store` writes a page of sales and
/// the cursor after them in one transaction: then no sale is lost or stored twice, wherever the
/// program stops. To continue, pass the cursor that was stored last. Returns whether the back-fill
/// is complete; it is not if `store` returned `false`.
pub async fn back_fill(
    account: &Account,
    days: &Days,
    cursor: Option<Cursor>,
    mut store: impl FnMut(Vec<Kept<Sale>>, Cursor) -> bool,
) -> Result<bool, Box<dyn Error>> {
    // Each sale keeps its JSON, which may have fields that this version does not know.
    let list = ListSales::new(days).keep_json();
    let mut sweep = Sweep::new(list).slice_days(30);
    if let Some(cursor) = cursor {
        sweep = sweep.resume(cursor)?;
    }
    let mut batches = account.sweep(sweep).batches();
    while let Some(batch) = batches.next().await {
        let batch = batch?;
        let mut sales = Vec::new();
        for row in batch.rows {
            match row {
                Row::Read(sale) => sales.push(sale),
                // Its JSON is in `row.json`: store it too, or report it.
                Row::Unreadable(row) => eprintln!("left out: {}", row.source),
            }
        }
        if !store(sales, batch.cursor) {
            return Ok(false);
        }
    }
    Ok(true)
}
