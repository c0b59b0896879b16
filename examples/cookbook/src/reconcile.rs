//! Compares the statement with the sales.

use std::collections::HashMap;
use std::error::Error;

use eduzz::api::{ListSales, ListStatement};
use eduzz::types::{SaleId, SaleReferenceDate, SaleStatus};
use eduzz::{Account, Days, Money};

/// A sale whose entries in the statement do not add up to its net gain. Without entries, or with
/// several currencies, there is no sum.
pub struct Mismatch {
    pub sale: SaleId,
    pub net_gain: Money,
    pub in_statement: Option<Money>,
}

/// Compares the sales that were paid in these days with their entries in the statement.
///
/// Money may be credited later than it was paid, so pass a longer range for the statement. Nothing
/// is left out: an unreadable row is an error.
pub async fn reconcile(
    account: &Account,
    paid: &Days,
    statement: &Days,
) -> Result<Vec<Mismatch>, Box<dyn Error>> {
    let mut credited: HashMap<SaleId, Vec<Money>> = HashMap::new();
    let mut entries = account.rows(ListStatement::new(statement));
    while let Some(row) = entries.next().await {
        let entry = row?.into_result()?;
        if let Some(sale) = entry.sale_id {
            credited.entry(sale).or_default().push(entry.value);
        }
    }

    let list = ListSales::new(paid)
        .reference_date(SaleReferenceDate::PaidAt)
        .status(SaleStatus::Paid);
    let mut sales = account.rows(list);
    let mut mismatches = Vec::new();
    while let Some(row) = sales.next().await {
        let sale = row?.into_result()?;
        let Some(net_gain) = sale.net_gain else { continue };
        let entries = credited.remove(&sale.id).unwrap_or_default();
        let in_statement = Money::sum(&entries);
        let is_free = entries.is_empty() && net_gain.value.is_zero();
        if !is_free && in_statement.as_ref() != Some(&net_gain) {
            mismatches.push(Mismatch {
                sale: sale.id,
                net_gain,
                in_statement,
            });
        }
    }
    Ok(mismatches)
}
