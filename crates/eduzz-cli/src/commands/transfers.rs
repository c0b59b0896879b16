//! `eduzz transfers`: the transfers to the bank.

use eduzz_api::myeduzz::ListTransfers;
use eduzz_types::myeduzz::Transfer;

use crate::lists::{Column, Fields, Month, Request};

list_commands! {
    /// Lista as transferências para o banco | Lists the transfers to the bank
    Transfers "transfers": ListTransfers(
        // Whether the service applies the days is not certain (Q47), so they are not sliced: a row
        // could repeat.
        #[command(flatten)]
        month: Month,
    ), |lang| {
        let days = month.days(lang)?;
        Ok(Request::of_days(ListTransfers::new().days(&days), days))
    };
}

impl Fields for Transfer {
    const CSV: &'static str = "\
        id status value.value value.currency requestedAt completedAt createdAt details \
        bankAccount.type bankAccount.bankCode bankAccount.agency bankAccount.account";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("requestedAt", "SOLICITADO EM", "REQUESTED"),
        ("completedAt", "CONCLUÍDO EM", "COMPLETED"),
        ("status", "STATUS", "STATUS"),
        ("value", "VALOR", "AMOUNT"),
        ("bankAccount.bankCode", "BANCO", "BANK"),
    ];
    const LEAVES: &'static str = "bankAccount.bankCode completedAt requestedAt";
}
