//! MyEduzz: affiliates, customers, sales.

mod get_customer;
mod get_sale;
mod get_sales_summary;
mod list_affiliates;
mod list_chargebacks;
mod list_customers;
mod list_sales;

pub use get_customer::GetCustomer;
pub use get_sale::GetSale;
pub use get_sales_summary::GetSalesSummary;
pub use list_affiliates::ListAffiliates;
pub use list_chargebacks::ListChargebacks;
pub use list_customers::ListCustomers;
pub use list_sales::ListSales;

use eduzz_types::myeduzz::SaleStatus;

/// The text of a status in a filter: of the two spellings of a status the camel-case one was seen to be accepted, while
/// the other stands on the older pages (Q29).
fn status_filter(status: &SaleStatus) -> &str {
    match status {
        SaleStatus::WaitingPayment => "waitingPayment",
        SaleStatus::WaitingRefund => "waitingRefund",
        other => other.as_str(),
    }
}
