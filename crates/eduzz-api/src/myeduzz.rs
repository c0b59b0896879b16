//! MyEduzz: affiliates, subscriptions, customers, money, products, sales.

mod bulk_cancel_subscriptions;
mod change_affiliate_fiscal_document_status;
mod change_buyer_fiscal_document_status;
mod get_customer;
mod get_product;
mod get_sale;
mod get_sales_summary;
mod get_subscription;
mod list_affiliate_fiscal_documents;
mod list_affiliates;
mod list_buyer_fiscal_documents;
mod list_chargebacks;
mod list_coupons;
mod list_customer_subscriptions;
mod list_customers;
mod list_product_campaigns;
mod list_product_offers;
mod list_product_partners;
mod list_products;
mod list_sales;
mod list_statement;
mod list_subscription_invoices;
mod list_subscriptions;
mod list_transfers;
mod reactivate_subscription;
mod send_card_change_email;
mod set_recurring_date;

pub use bulk_cancel_subscriptions::BulkCancelSubscriptions;
pub use change_affiliate_fiscal_document_status::ChangeAffiliateFiscalDocumentStatus;
pub use change_buyer_fiscal_document_status::ChangeBuyerFiscalDocumentStatus;
pub use get_customer::GetCustomer;
pub use get_product::GetProduct;
pub use get_sale::GetSale;
pub use get_sales_summary::GetSalesSummary;
pub use get_subscription::GetSubscription;
pub use list_affiliate_fiscal_documents::ListAffiliateFiscalDocuments;
pub use list_affiliates::ListAffiliates;
pub use list_buyer_fiscal_documents::ListBuyerFiscalDocuments;
pub use list_chargebacks::ListChargebacks;
pub use list_coupons::ListCoupons;
pub use list_customer_subscriptions::ListCustomerSubscriptions;
pub use list_customers::ListCustomers;
pub use list_product_campaigns::ListProductCampaigns;
pub use list_product_offers::ListProductOffers;
pub use list_product_partners::ListProductPartners;
pub use list_products::ListProducts;
pub use list_sales::ListSales;
pub use list_statement::ListStatement;
pub use list_subscription_invoices::ListSubscriptionInvoices;
pub use list_subscriptions::ListSubscriptions;
pub use list_transfers::ListTransfers;
pub use reactivate_subscription::ReactivateSubscription;
pub use send_card_change_email::SendCardChangeEmail;
pub use set_recurring_date::SetRecurringDate;

use eduzz_types::myeduzz::SaleStatus;

/// The text of a status in a filter, in camel case, which was seen to be accepted; older pages have
/// another spelling (Q29).
fn status_filter(status: &SaleStatus) -> &str {
    match status {
        SaleStatus::WaitingPayment => "waitingPayment",
        SaleStatus::WaitingRefund => "waitingRefund",
        other => other.as_str(),
    }
}
