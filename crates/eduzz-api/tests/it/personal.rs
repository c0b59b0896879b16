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
use eduzz_types::myeduzz::SubscriptionDateFilter;
use eduzz_wire::{Days, Endpoint};
use serde_json::Value;

/// Puts a canary at every place of these names (separated by blanks), and finds it in no `Debug` of
/// the answer.
pub(crate) fn answer_is_clean<E: Endpoint>(endpoint: &str, personal: &str)
where
    E::Output: std::fmt::Debug,
{
    let product = E::ROUTE.template().split('/').nth(1).unwrap();
    let fixture = eduzz_fixtures::find(product, endpoint).unwrap();
    let mut body: Value = serde_json::from_slice(fixture.success().unwrap().body).unwrap();
    for name in personal.split_whitespace() {
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
fn myeduzz_answers_do_not_print_personal_data() {
    let client = "email countryCode areaCode number responsible reason";
    let named = format!("{client} client/name");
    answer_is_clean::<ListSubscriptions>("list_subscriptions", &named);
    answer_is_clean::<GetSubscription>("get_subscription", &named);
    answer_is_clean::<ListCustomerSubscriptions>("list_customer_subscriptions", client);
    answer_is_clean::<ListSubscriptionInvoices>("list_subscription_invoices", "link");
    answer_is_clean::<ListStatement>("list_statement", "description");
    answer_is_clean::<ListTransfers>("list_transfers", "details bankCode agency account");
    let fiscal = "document/name client/name companyName source/document client/document taxId ie im email \
        street number complement district zipCode city uf countryForeign country neighborhood state \
        tel tel2 cell";
    answer_is_clean::<ListAffiliateFiscalDocuments>("list_affiliate_fiscal_documents", fiscal);
    let with_phones = format!("{fiscal} telephone telephone2 cellphone");
    answer_is_clean::<ListBuyerFiscalDocuments>("list_buyer_fiscal_documents", &with_phones);
    answer_is_clean::<GetProduct>("get_product", "author");
    answer_is_clean::<ListProductPartners>("list_product_partners", "name email");
}

#[test]
fn blinket_and_safevideo_answers_do_not_print_personal_data() {
    let address = "address/place district street complement number zip reference latitude longitude \
        mapUrl streamUrl files/0";
    answer_is_clean::<ListEvents>("list_events", &format!("{address} transmissionLinks/0"));
    answer_is_clean::<GetEvent>("get_event", address);
    let participant = "name email document phone invoiceCustomerName invoiceCustomerEmail \
        invoiceCustomerDocument almoço";
    answer_is_clean::<ListParticipants>("list_participants", participant);
    answer_is_clean::<AddParticipant>("add_participant", "name email document phoneNumber");
    answer_is_clean::<UpdateParticipant>("update_participant", "name email document phone");
    answer_is_clean::<ListMedias>("list_medias", "key thumbnail");
    answer_is_clean::<GetMedia>("get_media", "key userEmail");
    answer_is_clean::<GetMediaEmbed>("get_media_embed", "link");
    answer_is_clean::<SetMediaDomains>("set_media_domains", "link");
}

#[test]
fn calls_do_not_print_personal_data() {
    let who = canary::PERSONAL;
    let day = Days::new("2026-03-01", "2026-03-01").unwrap();
    let subscriptions = ListSubscriptions::new(day, SubscriptionDateFilter::Creation);
    let holder = UpdateParticipant::new("1").name(who).document(who);
    canary::debug_is_clean(&ListCustomerSubscriptions::new(who));
    canary::debug_is_clean(&BulkCancelSubscriptions::new(["1"], who));
    canary::debug_is_clean(&ListAffiliateFiscalDocuments::new().extra_query("who", who));
    canary::debug_is_clean(&subscriptions.extra_query("who", who));
    canary::debug_is_clean(&ListEvents::new().search(who));
    canary::debug_is_clean(&ListTags::new().extra_query("who", who));
    canary::debug_is_clean(&ListParticipants::new("1").extra_query("who", who));
    canary::debug_is_clean(&ListMedias::new().extra_query("who", who));
    canary::debug_is_clean(&ResendTicketEmail::new("1", who));
    canary::debug_is_clean(&AddParticipant::new("1", "2", who, who).document(who).phone(who));
    canary::debug_is_clean(&holder.email(who).phone(who));
}
