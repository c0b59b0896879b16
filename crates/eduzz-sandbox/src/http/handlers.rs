//! The handlers: which function answers which call of the SDK's list.

use eduzz_wire::{Endpoint, Route};

use super::call::Handler;
use super::myeduzz::{customers, financial, products, sales, subscriptions};
use super::{accounts, sun, webhook};
use crate::state::shop::FiscalKind;

/// Pairs the SDK's types of calls with handlers, so that a call that does not exist does not
/// compile.
macro_rules! handlers {
    ($kind:ident: $($product:ident::$call:ident => $handler:expr,)+) => {
        &[$((<eduzz_api::$product::$call as Endpoint>::ROUTE, Handler::$kind($handler)),)+]
    };
}

const NOW: &[(Route, Handler)] = handlers! {
    Now:
    accounts::GetMe => accounts::get_me,
    sun::CreateCart => sun::create_cart,
    myeduzz::ListAffiliates => customers::list_affiliates,
    myeduzz::ListSubscriptions => subscriptions::list_subscriptions,
    myeduzz::GetSubscription => subscriptions::get_subscription,
    myeduzz::ListSubscriptionInvoices => subscriptions::list_subscription_invoices,
    myeduzz::ListCustomerSubscriptions => subscriptions::list_customer_subscriptions,
    myeduzz::SetRecurringDate => subscriptions::set_recurring_date,
    myeduzz::BulkCancelSubscriptions => subscriptions::bulk_cancel_subscriptions,
    myeduzz::ReactivateSubscription => subscriptions::reactivate_subscription,
    myeduzz::SendCardChangeEmail => subscriptions::send_card_change_email,
    myeduzz::ListCustomers => customers::list_customers,
    myeduzz::GetCustomer => customers::get_customer,
    myeduzz::ListStatement => financial::list_statement,
    myeduzz::ListTransfers => financial::list_transfers,
    myeduzz::ListAffiliateFiscalDocuments => |call| financial::list_fiscal_documents(call, FiscalKind::Affiliate),
    myeduzz::ListBuyerFiscalDocuments => |call| financial::list_fiscal_documents(call, FiscalKind::Buyer),
    myeduzz::ChangeAffiliateFiscalDocumentStatus =>
        |call| financial::change_fiscal_document_status(call, FiscalKind::Affiliate),
    myeduzz::ChangeBuyerFiscalDocumentStatus =>
        |call| financial::change_fiscal_document_status(call, FiscalKind::Buyer),
    myeduzz::ListProducts => products::list_products,
    myeduzz::GetProduct => products::get_product,
    myeduzz::ListCoupons => products::list_coupons,
    myeduzz::ListProductCampaigns => products::list_product_campaigns,
    myeduzz::ListProductOffers => products::list_product_offers,
    myeduzz::ListProductPartners => products::list_product_partners,
    myeduzz::ListSales => sales::list_sales,
    myeduzz::GetSale => sales::get_sale,
    myeduzz::ListChargebacks => sales::list_chargebacks,
    myeduzz::GetSalesSummary => sales::get_sales_summary,
    webhook::CreateWebhookSubscription => webhook::create_webhook_subscription,
    webhook::ListWebhookSubscriptions => webhook::list_webhook_subscriptions,
    webhook::UpdateWebhookSubscription => webhook::update_webhook_subscription,
    webhook::DeleteWebhookSubscription => webhook::delete_webhook_subscription,
    webhook::DeleteWebhookSubscriptionsByUrl => webhook::delete_webhook_subscriptions_by_url,
    webhook::ListWebhookOrigins => webhook::list_webhook_origins,
    webhook::GetWebhookSample => webhook::get_webhook_sample,
    webhook::GetWebhookSecret => webhook::get_webhook_secret,
};

const WAITING: &[(Route, Handler)] = handlers! {
    Waiting:
    webhook::SetWebhookSubscriptionStatus => webhook::set_webhook_subscription_status,
    webhook::SendWebhookSample => webhook::send_webhook_sample,
};

/// The handler of a call; `None` for a call that answers with its fixture.
pub(super) fn find(route: &Route) -> Option<Handler> {
    let mut all = NOW.iter().chain(WAITING);
    all.find(|(of, _)| of == route).map(|(_, handler)| *handler)
}
