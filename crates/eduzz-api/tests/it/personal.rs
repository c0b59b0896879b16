//! Personal data does not print, in answers and in calls.

use eduzz_api::blinket::{
    AddParticipant, GetEvent, ListEvents, ListParticipants, ListTags, ResendTicketEmail, UpdateParticipant,
};
use eduzz_api::myeduzz::{
    BulkCancelSubscriptions, GetProduct, GetSubscription, ListAffiliateFiscalDocuments,
    ListBuyerFiscalDocuments, ListCustomerSubscriptions, ListProductPartners, ListStatement,
    ListSubscriptionInvoices, ListSubscriptions, ListTransfers,
};
use eduzz_api::safevideo::{GetMedia, GetMediaEmbed, ListMedias, SetMediaDomains};
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
fn blinket_and_safevideo_answers_do_not_print_personal_data() {
    let address = [
        "address/place",
        "district",
        "street",
        "complement",
        "number",
        "zip",
        "reference",
        "latitude",
        "longitude",
        "mapUrl",
        "streamUrl",
        "files/0",
    ];
    answer_is_clean::<ListEvents>(
        "list_events",
        &[address.as_slice(), &["transmissionLinks/0"]].concat(),
    );
    answer_is_clean::<GetEvent>("get_event", &address);
    let holder = ["name", "email", "document"];
    let participant = [
        "phone",
        "invoiceCustomerName",
        "invoiceCustomerEmail",
        "invoiceCustomerDocument",
        "almoço",
    ];
    answer_is_clean::<ListParticipants>(
        "list_participants",
        &[holder.as_slice(), participant.as_slice()].concat(),
    );
    answer_is_clean::<AddParticipant>("add_participant", &[holder.as_slice(), &["phoneNumber"]].concat());
    answer_is_clean::<UpdateParticipant>("update_participant", &[holder.as_slice(), &["phone"]].concat());
    answer_is_clean::<ListMedias>("list_medias", &["key", "thumbnail"]);
    answer_is_clean::<GetMedia>("get_media", &["key", "userEmail"]);
    answer_is_clean::<GetMediaEmbed>("get_media_embed", &["link"]);
    answer_is_clean::<SetMediaDomains>("set_media_domains", &["link"]);
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
    canary::debug_is_clean(&ListEvents::new().search(canary::PERSONAL));
    canary::debug_is_clean(&ListTags::new().extra_query("who", canary::PERSONAL));
    canary::debug_is_clean(&ListParticipants::new("1").extra_query("who", canary::PERSONAL));
    canary::debug_is_clean(&ListMedias::new().extra_query("who", canary::PERSONAL));
    canary::debug_is_clean(&ResendTicketEmail::new("1", canary::PERSONAL));
    canary::debug_is_clean(
        &AddParticipant::new("1", "2", canary::PERSONAL, canary::PERSONAL)
            .document(canary::PERSONAL)
            .phone(canary::PERSONAL),
    );
    canary::debug_is_clean(
        &UpdateParticipant::new("1")
            .name(canary::PERSONAL)
            .document(canary::PERSONAL)
            .email(canary::PERSONAL)
            .phone(canary::PERSONAL),
    );
}
