//! `eduzz products`: list, show.

use eduzz_api::myeduzz::{GetProduct, ListProducts};
use eduzz_types::myeduzz::Product;

use crate::lists::{Column, Fields, Request};

commands! {
    /// Produtos: lista, detalhes | Products: list, details
    Products { List(ProductsList), Show(ProductsShow) }
}

list_commands! {
    /// Lista os produtos | Lists the products
    ProductsList "products list": ListProducts(), |_| Ok(Request::of(ListProducts::new()));
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
    const LEAVES: &'static str = "createdAt payment.type type status";
}

record_commands! {
    /// Mostra um produto inteiro | Shows a whole product
    ProductsShow: GetProduct(
        /// Id do produto | The product's id
        id
    ) -> Product, |records, product| records.one(&product);
}
