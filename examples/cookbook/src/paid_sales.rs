//! All paid sales of some days.

use eduzz_api::myeduzz::ListSales;
use eduzz_hyper::{Account, CallError};
use eduzz_types::myeduzz::{Sale, SaleReferenceDate, SaleStatus};
use eduzz_wire::{Completeness, Days, Row};

/// Reads the sales that were paid in these days. For last month: `Days::month_before(&Date::in_brasilia(now)?)?`.
pub async fn paid_sales(account: &Account, days: &Days) -> Result<Vec<Sale>, CallError> {
    let list = ListSales::new(days.first().clone(), days.last().clone())
        .reference_date(SaleReferenceDate::PaidAt)
        .status(SaleStatus::Paid);
    let mut rows = account.rows(list);
    let mut sales = Vec::new();
    while let Some(row) = rows.next().await {
        match row? {
            Row::Read(sale) => sales.push(sale),
            // One odd row does not lose the month; look at it, and tell the SDK's authors.
            Row::Unreadable(broken) => eprintln!("left out: {}", broken.source),
        }
    }
    // Sales that came and went while we read were taken care of; this says whether something may be missing all the same.
    if rows.progress().completeness == Completeness::RowsMayBeMissing {
        eprintln!("the list never stood still: read it again later");
    }
    Ok(sales)
}
