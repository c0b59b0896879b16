//! `eduzz statement`: the credits and debits of the account.

use clap::Args;
use eduzz_api::myeduzz::ListStatement;
use eduzz_types::myeduzz::{SaleId, StatementEntry};

use crate::cli::{FILTERS, filled};
use crate::failure::Failure;
use crate::lists::{Column, Fields, HALF_A_YEAR, ListOptions, Listed, Period, Request, list_help, set_days};
use crate::output::Output;

/// Lista o extrato de um período | Lists the statement of a period
#[derive(Debug, Args)]
#[command(next_help_heading = FILTERS, after_help = list_help::<StatementEntry>())]
pub(crate) struct Statement {
    #[command(flatten)]
    list: ListOptions,
    #[command(flatten)]
    period: Period,
    /// Só desta venda | Only of this sale
    #[arg(long, value_name = "ID", value_parser = filled::<SaleId>)]
    sale: Option<SaleId>,
}

impl Statement {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let request = || {
            let days = self.period.days(output.lang)?;
            let mut call = ListStatement::new(days.first().clone(), days.last().clone());
            call.sale_id = self.sale;
            Ok(Request::over(call, days, self.period.order()))
        };
        self.list.run(output, request).await
    }
}

impl Listed for ListStatement {
    const COMMAND: &'static str = "statement";
    const MAX_DAYS: Option<u32> = Some(HALF_A_YEAR);
    set_days!();
}

impl Fields for StatementEntry {
    const CSV: &'static str = "id creditDate type description saleId value.value value.currency";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("creditDate", "DATA", "DATE"),
        ("type", "TIPO", "TYPE"),
        ("saleId", "VENDA", "SALE"),
        ("value", "VALOR", "AMOUNT"),
        ("description", "DESCRIÇÃO", "DESCRIPTION"),
    ];
}
