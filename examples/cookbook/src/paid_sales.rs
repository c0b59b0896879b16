//! Reads all sales that were paid in some days.

use eduzz::api::ListSales;
use eduzz::types::{Sale, SaleReferenceDate, SaleStatus};
use eduzz::{Account, CallError, Completeness, Days, Row};

/// Reads the sales that were paid in these days. For last month:
/// `Days::month_before(&Date::in_brasilia(now)?)?`.
pub async fn paid_sales(account: &Account, days: &Days) -> Result<Vec<Sale>, CallError> {
    let list = ListSales::new(days)
        .reference_date(SaleReferenceDate::PaidAt)
        .status(SaleStatus::Paid);
    let mut rows = account.rows(list);
    let mut sales = Vec::new();
    while let Some(row) = rows.next().await {
        match row? {
            Row::Read(sale) => sales.push(sale),
            // Do not give up the month for one unreadable row. Look at it, and report it.
            Row::Unreadable(row) => eprintln!("left out: {}", row.source),
        }
    }
    // The walk handles sales that appear or disappear meanwhile. This reports whether it succeeded.
    if rows.progress().completeness == Completeness::RowsMayBeMissing {
        eprintln!("rows may be missing, because the list kept changing: read it again later");
    }
    Ok(sales)
}
