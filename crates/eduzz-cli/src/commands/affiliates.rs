//! `eduzz affiliates`: the affiliates of the products.

use eduzz_api::myeduzz::ListAffiliates;
use eduzz_types::myeduzz::Affiliation;

use crate::lists::{Column, Fields, Request};

list_commands! {
    /// Lista os afiliados aos produtos | Lists the products' affiliates
    Affiliates "affiliates": ListAffiliates(
        /// Só deste produto; pode repetir | Only of this product; may be repeated
        #[arg(long, value_name = "ID")]
        product: Vec<String>,
    ), |_| Ok(Request::of(ListAffiliates::new().product_ids(product)));
}

impl Fields for Affiliation {
    const CSV: &'static str = "\
        id status requestedAt approvedAt createdAt updatedAt product.id product.name customer.id \
        customer.name";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("status", "STATUS", "STATUS"),
        ("requestedAt", "SOLICITADO EM", "REQUESTED"),
        ("approvedAt", "APROVADO EM", "APPROVED"),
        ("product.name", "PRODUTO", "PRODUCT"),
        ("customer.name", "AFILIADO", "AFFILIATE"),
    ];
    const LEAVES: &'static str = "approvedAt requestedAt id product.name";
}
