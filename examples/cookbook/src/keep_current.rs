//! Keeps a copy of the sales current.

use std::error::Error;

use eduzz::api::ListSales;
use eduzz::types::{Sale, SaleReferenceDate};
use eduzz::wire::Paged as _;
use eduzz::{Account, Completeness, Date, Days, Kept, Row, Timestamp};

/// Reads the sales that changed on this day or later, and returns the day to pass next time.
/// `store` inserts them, or replaces those with the same id. After an error, pass the same day.
pub async fn changed_sales(
    account: &Account,
    since: Date,
    mut store: impl FnMut(Vec<Kept<Sale>>),
) -> Result<Date, Box<dyn Error>> {
    // A sale that changes during the calls is read again next time, because the day is.
    let today = Date::in_brasilia(Timestamp::now())?;
    let list = ListSales::new(Days::new(since, &today)?)
        .reference_date(SaleReferenceDate::UpdatedAt)
        .keep_json();
    let mut batches = account.rows(list).batches();
    while let Some(batch) = batches.next().await {
        let sales = batch?.rows.into_iter().map(Row::into_result);
        store(sales.collect::<Result<_, _>>()?);
    }
    match batches.rows().progress().completeness {
        Completeness::RowsMayBeMissing => Err("the list kept changing: read it again".into()),
        _ => Ok(today),
    }
}
