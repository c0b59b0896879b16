//! Compares the statement with the sales.

use std::collections::HashMap;
use std::error::Error;

use eduzz_api::myeduzz::{ListSales, ListStatement};
use eduzz_hyper::Account;
use eduzz_types::Currency;
use eduzz_types::myeduzz::{SaleId, SaleReferenceDate, SaleStatus};
use eduzz_wire::{Days, Order};
use rust_decimal::Decimal;

/// A sale whose entries in the statement do not add up to its net gain.
pub struct Mismatch {
    pub sale: SaleId,
    pub net_gain: Decimal,
    pub in_statement: Decimal,
}

/// Compares the sales that were paid in these days with their entries in the statement.
///
/// Money may be credited later than it was paid, so pass a longer range for the statement. It is
/// read in slices of half a year, because it is empty for more than about 12 months (Q13). Nothing
/// is left out: an unreadable row is an error.
pub async fn reconcile(
    account: &Account,
    paid: &Days,
    statement: &Days,
) -> Result<Vec<Mismatch>, Box<dyn Error>> {
    let mut credited: HashMap<(SaleId, Currency), Decimal> = HashMap::new();
    for slice in statement.slices(180, Order::OldestFirst) {
        let mut entries = account.rows(ListStatement::new(slice));
        while let Some(row) = entries.next().await {
            let entry = row?.into_result()?;
            if let Some(sale) = entry.sale_id {
                *credited.entry((sale, entry.value.currency)).or_default() += entry.value.value;
            }
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
        let in_statement = credited
            .get(&(sale.id.clone(), net_gain.currency))
            .copied()
            .unwrap_or_default();
        let net_gain = net_gain.value;
        if in_statement != net_gain {
            mismatches.push(Mismatch {
                sale: sale.id,
                net_gain,
                in_statement,
            });
        }
    }
    Ok(mismatches)
}
