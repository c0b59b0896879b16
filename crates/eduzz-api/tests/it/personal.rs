//! What is about a person does not print, in no answer and in no call.

use eduzz_api::myeduzz::{
    BulkCancelSubscriptions, GetProduct, GetSubscription, ListAffiliateFiscalDocuments,
    ListBuyerFiscalDocuments, ListCustomerSubscriptions, ListProductPartners, ListStatement,
    ListSubscriptionInvoices, ListSubscriptions, ListTransfers,
};
use eduzz_testkit::{canary, json};
use eduzz_types::Date;
use eduzz_types::myeduzz::SubscriptionDateFilter;
use eduzz_wire::Endpoint;
use serde_json::Value;

/// Puts a canary at every place of these names, and finds it in no `Debug` of the answer.
pub(crate) fn answer_is_clean<E: Endpoint>(endpoint: &str, personal: &[&str])
where
    E::Output: std::fmt::Debug,
{
    let product = E::ROUTE.template().split('/').nth(1).unwrap();
    let fixture = eduzz_fixtures::find(product, endpoint).unwrap();
    let mut body: Value = serde_json::from_slice(fixture.success().unwrap().body).unwrap();
    for name in personal {
        let places: Vec<String> = json::places(&body)
            .into_iter()
            .filter(|pointer| pointer.ends_with(&format!("/{name}")))
            .filter(|pointer| !body.pointer(pointer).unwrap().is_object())
            .collect();
        assert!(!places.is_empty(), "{endpoint}: {name}");
        for pointer in places {
            body = json::with(&body, &pointer, canary::PERSONAL.into());
        }
    }
    canary::debug_is_clean(&serde_json::from_value::<E::Output>(body).unwrap());
}

#[test]
fn answers() {
    let client = [
        "email",
        "countryCode",
        "areaCode",
        "number",
        "responsible",
        "reason",
    ];
    let named = [client.as_slice(), &["client/name"]].concat();
    answer_is_clean::<ListSubscriptions>("list_subscriptions", &named);
    answer_is_clean::<GetSubscription>("get_subscription", &named);
    answer_is_clean::<ListCustomerSubscriptions>("list_customer_subscriptions", &client);
    answer_is_clean::<ListSubscriptionInvoices>("list_subscription_invoices", &["link"]);
    answer_is_clean::<ListStatement>("list_statement", &["description"]);
    answer_is_clean::<ListTransfers>("list_transfers", &["details", "bankCode", "agency", "account"]);
    let fiscal = [
        "document/name",
        "client/name",
        "companyName",
        "source/document",
        "client/document",
        "taxId",
        "ie",
        "im",
        "email",
        "street",
        "number",
        "complement",
        "district",
        "zipCode",
        "city",
        "uf",
        "countryForeign",
        "country",
        "neighborhood",
        "state",
        "tel",
        "tel2",
        "cell",
    ];
    answer_is_clean::<ListAffiliateFiscalDocuments>("list_affiliate_fiscal_documents", &fiscal);
    let phones = ["telephone", "telephone2", "cellphone"];
    answer_is_clean::<ListBuyerFiscalDocuments>(
        "list_buyer_fiscal_documents",
        &[fiscal.as_slice(), phones.as_slice()].concat(),
    );
    answer_is_clean::<GetProduct>("get_product", &["author"]);
    answer_is_clean::<ListProductPartners>("list_product_partners", &["name", "email"]);
}

#[test]
fn calls() {
    canary::debug_is_clean(&ListCustomerSubscriptions::new(canary::PERSONAL));
    canary::debug_is_clean(&BulkCancelSubscriptions::new(["1"], canary::PERSONAL));
    canary::debug_is_clean(&ListAffiliateFiscalDocuments::new().extra_query("who", canary::PERSONAL));
    let day = Date::new(2026, 3, 1).unwrap();
    canary::debug_is_clean(
        &ListSubscriptions::new(day.clone(), day, SubscriptionDateFilter::Creation)
            .extra_query("who", canary::PERSONAL),
    );
}
