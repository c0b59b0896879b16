//! `eduzz products`: list, show.

use clap::Args;
use eduzz_api::myeduzz::{GetProduct, ListProducts};
use eduzz_types::myeduzz::Product;

use crate::failure::Failure;
use crate::lists::{Column, Fields, ListOptions, Listed, Request, list_help};
use crate::output::Output;

commands! {
    /// Produtos: lista, detalhes | Products: list, details
    Products { List(ProductsList), Show(ProductsShow) }
}

/// Lista os produtos | Lists the products
#[derive(Debug, Args)]
#[command(after_help = list_help::<Product>())]
pub(crate) struct ProductsList {
    #[command(flatten)]
    list: ListOptions,
}

impl ProductsList {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let call = ListProducts::new();
        self.list.run(output, || Ok(Request::of(call))).await
    }
}

impl Listed for ListProducts {
    const COMMAND: &'static str = "products list";
}

impl Fields for Product {
    const CSV: &'static str = "\
        id name type status moderation payment.type payment.price.value payment.price.currency \
        payment.methods.bankslip payment.methods.pix payment.methods.card \
        payment.methods.multipleCards producerId author createdAt updatedAt imageUrl description";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("name", "NOME", "NAME"),
        ("type", "TIPO", "TYPE"),
        ("status", "STATUS", "STATUS"),
        ("payment.type", "PAGAMENTO", "PAYMENT"),
        ("payment.price", "PREÇO", "PRICE"),
        ("createdAt", "CRIADO EM", "CREATED"),
    ];
}

record_commands! {
    /// Mostra um produto inteiro | Shows a whole product
    ProductsShow: GetProduct(
        /// Id do produto | The product's id
        id
    ) -> Product, |records, product| records.one(&product);
}
