//! Do the statement and the sales agree?

use std::collections::HashMap;
use std::error::Error;

use eduzz_api::myeduzz::{ListSales, ListStatement};
use eduzz_hyper::Account;
use eduzz_types::myeduzz::{SaleReferenceDate, SaleStatus};
use eduzz_types::{Currency, SaleId};
use eduzz_wire::{Days, Order};
use rust_decimal::Decimal;

/// A sale whose entries of the statement do not add up to what it brought.
pub struct Mismatch {
    pub sale: SaleId,
    pub brought: Decimal,
    pub in_statement: Decimal,
}

/// Compares the sales that were paid in these days with the entries that the statement has for them.
///
/// Money may be credited later than it was paid, so give the statement some days more. It is read half a year at a time: for
/// more than about a year it answers an empty success (Q13). Nothing is left out here: a row that cannot be read is an error.
pub async fn reconcile(
    account: &Account,
    paid: &Days,
    statement: &Days,
) -> Result<Vec<Mismatch>, Box<dyn Error>> {
    let mut credited: HashMap<(SaleId, Currency), Decimal> = HashMap::new();
    for slice in statement.slices(180, Order::OldestFirst) {
        let mut entries = account.rows(ListStatement::new(slice.first().clone(), slice.last().clone()));
        while let Some(row) = entries.next().await {
            let entry = row?.into_result()?;
            if let Some(sale) = entry.sale_id {
                *credited.entry((sale, entry.value.currency)).or_default() += entry.value.value;
            }
        }
    }

    let list = ListSales::new(paid.first().clone(), paid.last().clone())
        .reference_date(SaleReferenceDate::PaidAt)
        .status(SaleStatus::Paid);
    let mut sales = account.rows(list);
    let mut mismatches = Vec::new();
    while let Some(row) = sales.next().await {
        let sale = row?.into_result()?;
        let Some(brought) = sale.net_gain else { continue };
        let in_statement = credited
            .get(&(sale.id.clone(), brought.currency))
            .copied()
            .unwrap_or_default();
        let brought = brought.value;
        if in_statement != brought {
            mismatches.push(Mismatch {
                sale: sale.id,
                brought,
                in_statement,
            });
        }
    }
    Ok(mismatches)
}
