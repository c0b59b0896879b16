//! `eduzz affiliates`: the affiliates of the products.

use clap::Args;
use eduzz_api::myeduzz::ListAffiliates;
use eduzz_types::myeduzz::Affiliation;

use crate::cli::FILTERS;
use crate::failure::Failure;
use crate::lists::{Column, Fields, ListOptions, Listed, Request, list_help};
use crate::output::Output;

/// Lista os afiliados aos produtos | Lists the products' affiliates
#[derive(Debug, Args)]
#[command(next_help_heading = FILTERS, after_help = list_help::<Affiliation>())]
pub(crate) struct Affiliates {
    #[command(flatten)]
    list: ListOptions,
    /// Só deste produto; pode repetir | Only of this product; may be repeated
    #[arg(long, value_name = "ID")]
    product: Vec<String>,
}

impl Affiliates {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let call = ListAffiliates::new().product_ids(self.product);
        self.list.run(output, || Ok(Request::of(call))).await
    }
}

impl Listed for ListAffiliates {
    const COMMAND: &'static str = "affiliates";
}

impl Fields for Affiliation {
    const CSV: &'static str = "\
        id status requestedAt approvedAt createdAt updatedAt product.id product.name customer.id \
        customer.name";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("status", "STATUS", "STATUS"),
        ("requestedAt", "PEDIDO EM", "REQUESTED"),
        ("approvedAt", "APROVADO EM", "APPROVED"),
        ("product.name", "PRODUTO", "PRODUCT"),
        ("customer.name", "AFILIADO", "AFFILIATE"),
    ];
}
