//! `eduzz customers`: list, show.

use eduzz_api::myeduzz::{GetCustomer, ListCustomers};
use eduzz_types::myeduzz::{Customer, CustomerSummary};

use crate::cli::filled;
use crate::lists::{AnyDays, Column, Fields, Request};

commands! {
    /// Clientes: lista, detalhes | Customers: list, details
    Customers { List(CustomersList), Show(CustomersShow) }
}

list_commands! {
    /// Lista os clientes | Lists the customers
    CustomersList "customers list": ListCustomers(
        // Which date of a customer the days are of is not documented (Q42), so they are not sliced:
        // a row could repeat.
        #[command(flatten)]
        days: AnyDays,
        /// Ordem da lista, no formato da API | Order of the list, in the API's format
        #[arg(long, value_name = "ORDEM | ORDER", value_parser = filled::<String>)]
        sort: Option<String>,
    ), |lang| {
        let mut call = ListCustomers::new();
        (call.start_date, call.end_date) = days.ends(lang)?;
        call.order = sort;
        Ok(Request::of(call))
    };
}

impl Fields for CustomerSummary {
    const CSV: &'static str = "\
        id name email phone.countryCode phone.areaCode phone.number \
        purchaseHistoryOverview.productsQuantity purchaseHistoryOverview.gross.value \
        purchaseHistoryOverview.gross.currency purchaseHistoryOverview.net.value \
        purchaseHistoryOverview.net.currency";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("name", "NOME", "NAME"),
        ("email", "E-MAIL", "E-MAIL"),
        ("purchaseHistoryOverview.productsQuantity", "PRODUTOS", "PRODUCTS"),
        ("purchaseHistoryOverview.gross", "PAGO", "PAID"),
        ("purchaseHistoryOverview.net", "LÍQUIDO", "NET"),
    ];
    const LEAVES: &'static str = "\
        purchaseHistoryOverview.productsQuantity purchaseHistoryOverview.net name \
        purchaseHistoryOverview.gross";
}

record_commands! {
    /// Mostra um cliente pelo e-mail | Shows a customer by the e-mail address
    CustomersShow: GetCustomer(
        /// E-mail do cliente | The customer's e-mail address
        email
    ) -> Customer, |records, customer| records.one(&customer);
}

impl Fields for Customer {
    const CSV: &'static str = "\
        id name email phone.countryCode phone.areaCode phone.number address.street address.number \
        address.supplement address.cep address.state address.country";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("name", "NOME", "NAME"),
        ("email", "E-MAIL", "E-MAIL"),
    ];
    const LEAVES: &'static str = "name";
}
