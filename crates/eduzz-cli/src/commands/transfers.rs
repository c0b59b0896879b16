//! `eduzz transfers`: the transfers to the bank.

use clap::Args;
use eduzz_api::myeduzz::ListTransfers;
use eduzz_types::myeduzz::Transfer;

use crate::failure::Failure;
use crate::lists::{Column, Fields, ListOptions, Listed, Month, Request, list_help};
use crate::output::Output;

/// Lista as transferências para o banco | Lists the transfers to the bank
#[derive(Debug, Args)]
#[command(after_help = list_help::<Transfer>())]
pub(crate) struct Transfers {
    #[command(flatten)]
    list: ListOptions,
    #[command(flatten)]
    month: Month,
}

impl Transfers {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let request = || {
            let days = self.month.days(output.lang)?;
            let mut call = ListTransfers::new();
            call.start_date = Some(days.first().clone());
            call.end_date = Some(days.last().clone());
            Ok(Request::of(call))
        };
        self.list.run(output, request).await
    }
}

// Whether the service applies the days is not certain (Q47), so they are not sliced: a row could
// repeat.
impl Listed for ListTransfers {
    const COMMAND: &'static str = "transfers";
}

impl Fields for Transfer {
    const CSV: &'static str = "\
        id status value.value value.currency requestedAt completedAt createdAt details \
        bankAccount.type bankAccount.bankCode bankAccount.agency bankAccount.account";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("requestedAt", "PEDIDO EM", "REQUESTED"),
        ("completedAt", "CONCLUÍDO EM", "COMPLETED"),
        ("status", "STATUS", "STATUS"),
        ("value", "VALOR", "AMOUNT"),
        ("bankAccount.bankCode", "BANCO", "BANK"),
    ];
}
