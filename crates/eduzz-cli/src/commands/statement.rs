//! `eduzz statement`: the credits and debits of the account.

use eduzz_api::myeduzz::ListStatement;
use eduzz_types::myeduzz::{SaleId, StatementEntry};

use crate::cli::filled;
use crate::lists::{Column, Fields, Period, Request};

list_commands! {
    /// Lista o extrato de um período | Lists the statement of a period
    Statement "statement": ListStatement(
        #[command(flatten)]
        period: Period,
        /// Só desta venda | Only of this sale
        #[arg(long, value_name = "ID", value_parser = filled::<SaleId>)]
        sale: Option<SaleId>,
    ), |lang| {
        let days = period.days(lang)?;
        let mut call = ListStatement::new(&days);
        call.sale_id = sale;
        Ok(Request::ordered(call, period.order()))
    };
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
    const LEAVES: &'static str = "id saleId type description";
}
