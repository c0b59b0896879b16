//! Every call of the SDK's list is answered, and the SDK reads all of it and loses nothing.

use std::collections::HashSet;

use axum::body::Body;
use eduzz_api::myeduzz as calls;
use eduzz_api::sun::{CreateCart, NewCartCustomer, NewCartItem};
use eduzz_api::{alpaclass, blinket, heycamp, nutror, safevideo, webhook};
use eduzz_types::heycamp::MemberStatus;
use eduzz_types::myeduzz::{
    DueDateDay, DueDateMotive, FiscalDocumentStatus, SaleReferenceDate, SaleStatus, SubscriptionDateFilter,
};
use eduzz_types::webhook::subscriptions::SubscriptionStatus;
use eduzz_types::{Date, DateTime, FreeForm};
use eduzz_wire::{Days, Endpoint};
use http::header::AUTHORIZATION;
use http::{Request, StatusCode};
use serde_json::Value;

use crate::client::{Client, calls as all_calls, segment, text};

fn days(first: &str, last: &str) -> Days {
    Days::new(first, last).unwrap()
}

/// The first row that matches.
fn id_where(rows: &[Value], holds: impl Fn(&Value) -> bool) -> String {
    text(&rows.iter().find(|row| holds(row)).expect("a row")["id"]).to_owned()
}

/// The template with something in each of its places.
fn filled(template: &'static str) -> String {
    let fill = |segment: &'static str| if segment.starts_with(':') { "1" } else { segment };
    template.split('/').map(fill).collect::<Vec<_>>().join("/")
}

/// An id that is written as a number.
fn number(id: &Value) -> String {
    id.as_u64().expect("a number").to_string()
}

#[tokio::test]
async fn answers_of_all_calls_are_read_without_loss() {
    let client = Client::new();
    let years = || days("2025-01-01", "2027-12-31");
    let mut seen = HashSet::new();
    macro_rules! understood {
        ($call:expr) => {{
            let call = $call;
            seen.insert(std::any::type_name_of_val(&call));
            client.understood(&call).await
        }};
    }

    understood!(eduzz_api::accounts::GetMe::new());
    let products = understood!(calls::ListProducts::new().items_per_page(100));
    for product in products["items"].as_array().unwrap() {
        let id = text(&product["id"]);
        understood!(calls::GetProduct::new(id));
        understood!(calls::ListProductCampaigns::new(id));
        understood!(calls::ListProductOffers::new(id));
        understood!(calls::ListProductPartners::new(id));
    }
    understood!(calls::ListCoupons::new());
    understood!(calls::ListAffiliates::new().items_per_page(100));

    for page in 1..=15_u32 {
        let sales = calls::ListSales::new(years());
        understood!(sales.page(page).items_per_page(100));
        understood!(calls::ListCustomers::new().page(page).items_per_page(100));
        let statement = calls::ListStatement::new(days("2026-01-01", "2026-12-31"));
        understood!(statement.page(page).items_per_page(100));
        let documents = calls::ListBuyerFiscalDocuments::new();
        understood!(documents.page(page).items_per_page(100));
        let documents = calls::ListAffiliateFiscalDocuments::new();
        understood!(documents.page(page).items_per_page(100));
    }
    for sale in client.control.seeded_sale_ids().iter().step_by(11) {
        understood!(calls::GetSale::new(sale.as_str()));
    }
    understood!(calls::GetSalesSummary::new(years()).status(SaleStatus::Paid));
    understood!(calls::ListChargebacks::new(years()).items_per_page(100));
    understood!(calls::ListTransfers::new().items_per_page(100));

    let list = calls::ListSubscriptions::new(years(), SubscriptionDateFilter::Creation);
    let listed = understood!(list.items_per_page(100));
    let listed = listed["items"].as_array().unwrap();
    for subscription in listed {
        let (id, email) = (text(&subscription["id"]), text(&subscription["client"]["email"]));
        understood!(calls::GetSubscription::new(id));
        understood!(calls::ListSubscriptionInvoices::new(id));
        understood!(calls::ListCustomerSubscriptions::new(email));
        understood!(calls::GetCustomer::new(email));
    }

    let alive = id_where(listed, |row| {
        row["status"] == "upToDate" && row["payment"]["method"] == "creditCard"
    });
    let (due, motive) = (DueDateDay::Day20, DueDateMotive::CustomerRequest);
    understood!(calls::SetRecurringDate::new(&*alive, due, motive));
    understood!(calls::SendCardChangeEmail::new(&*alive));
    understood!(calls::BulkCancelSubscriptions::new([&*alive], "Pedido"));
    understood!(calls::ReactivateSubscription::new(&*alive));
    let document = |list: &Value| text(&list["items"][0]["document"]["id"]).to_owned();
    let buyers = document(&understood!(calls::ListBuyerFiscalDocuments::new()));
    let waits = || FiscalDocumentStatus::WaitingDocument;
    understood!(calls::ChangeBuyerFiscalDocumentStatus::new(&*buyers, waits()));
    let affiliates = document(&understood!(calls::ListAffiliateFiscalDocuments::new()));
    understood!(calls::ChangeAffiliateFiscalDocumentStatus::new(
        &*affiliates,
        waits()
    ));
    let item = NewCartItem::new(text(&products["items"][0]["id"]), "Uma planilha", 2);
    let customer = NewCartCustomer::new().email("ana@example.com").name("Ana Prado");
    let cart = CreateCart::new("PED-77", "https://shop.example.com/hooks", [item]).customer(customer);
    let cart = cart.return_url("https://shop.example.com/obrigado");
    understood!(cart.installments(3));

    understood!(webhook::ListWebhookOrigins::new());
    understood!(webhook::GetWebhookSample::new("nutror.lesson_watched"));
    understood!(webhook::GetWebhookSecret::new());
    let (receiver, events) = ("http://127.0.0.1:9/eduzz", ["myeduzz.invoice_paid"]);
    let create = webhook::CreateWebhookSubscription::new("Vendas", receiver, events);
    let made = understood!(create);
    let id = text(&made["id"]);
    understood!(webhook::ListWebhookSubscriptions::new());
    let update = webhook::UpdateWebhookSubscription::new(id, "Vendas", receiver, events);
    understood!(update);
    let disabled = SubscriptionStatus::Disabled;
    understood!(webhook::SetWebhookSubscriptionStatus::new(id, disabled));
    understood!(webhook::SendWebhookSample::new(id, "myeduzz.invoice_paid"));
    understood!(webhook::DeleteWebhookSubscription::new(id));
    understood!(webhook::DeleteWebhookSubscriptionsByUrl::new(receiver));

    let teams = understood!(alpaclass::ListTeams::new());
    let team = text(&teams["items"][0]["id"]);
    let students = understood!(alpaclass::ListTeamStudents::new(team).items_per_page(100));
    for student in students["items"].as_array().unwrap() {
        let student = text(&student["id"]);
        understood!(alpaclass::ListTeamStudentEnrollments::new(team, student));
    }
    understood!(alpaclass::CreateTeamStudent::new(team, "Nara", "nara@example.com").phone("48955550133"));
    let deliveries = understood!(alpaclass::ListDeliveries::new(team));
    for delivery in deliveries["items"].as_array().unwrap() {
        understood!(alpaclass::GetDelivery::new(team, text(&delivery["id"])));
        understood!(alpaclass::ListDeliveryCourses::new(team, text(&delivery["id"])));
    }

    for community in client.control.community_ids() {
        let community = community.as_str();
        understood!(heycamp::ListMembers::new(community).items_per_page(100));
        understood!(heycamp::ListMembers::new(community).status(MemberStatus::Deleted));
        understood!(heycamp::ListInvitations::new(community).items_per_page(100));
        understood!(heycamp::ListSpaces::new(community));
        understood!(heycamp::ListCommentingMembers::new(community));
        understood!(heycamp::ListLikingMembers::new(community));
        understood!(heycamp::ListMostCommentedPosts::new(community));
        understood!(heycamp::ListMostLikedPosts::new(community));
        understood!(heycamp::CountComments::new(community));
        let posts = understood!(heycamp::ListPosts::new(community).items_per_page(100));
        for post in posts["items"].as_array().unwrap() {
            let post = post["id"].as_u64().unwrap();
            understood!(heycamp::GetPost::new(post, community));
            understood!(heycamp::ListPostComments::new(post, community));
        }
    }
    let community = client.control.community_ids().remove(0);
    let members = understood!(heycamp::ListMembers::new(&*community));
    let [one, two] = [0, 1].map(|place| members["items"][place]["id"].as_u64().unwrap());
    understood!(heycamp::CreateInvitation::new(&*community, "nara@example.com"));
    understood!(heycamp::GetMember::new(one, &*community));
    understood!(heycamp::UpdateMember::new(one).email("nova@example.com"));
    understood!(heycamp::DeleteMember::new(one, &*community));
    let members = FreeForm::from(serde_json::json!([two]));
    understood!(heycamp::DeleteMembers::new(members));

    let courses = understood!(nutror::ListCourses::new());
    for course in courses.as_array().unwrap() {
        let course = number(&course["id"]);
        understood!(nutror::GetCourse::new(&*course));
        let modules = understood!(nutror::ListCourseModules::new(&*course));
        let module = number(&modules[0]["id"]);
        understood!(nutror::GetModule::new(&*course, &*module));
        understood!(nutror::UpdateModule::new(&*course, &*module).days_locked(3));
        understood!(nutror::DeleteModule::new(&*course, &*module));
        understood!(nutror::UpdateCourse::new(&*course).published(false));
        understood!(nutror::UpdateCourseAdvanced::new(&*course).release_date(Date::from_text("2027-01-15")));
        understood!(nutror::UpdateCourseImages::new(&*course).background("https://img.example.com/1.jpg"));
    }
    let comments = understood!(nutror::ListComments::new().items_per_page(100));
    let comment = number(&comments["items"][0]["id"]);
    understood!(nutror::GetComment::new(&*comment));
    understood!(nutror::UpdateComment::new(&*comment).is_approved(true));
    understood!(nutror::AnswerComment::new(&*comment, "Obrigada!"));
    let answers = understood!(nutror::ListCommentAnswers::new(&*comment));
    let answers = answers["items"].as_array().unwrap();
    understood!(nutror::DeleteAnswer::new(text(&answers.last().unwrap()["id"])));
    understood!(nutror::DeleteComment::new(&*comment));
    let students = understood!(nutror::ListStudents::new().items_per_page(50));
    for student in students["items"].as_array().unwrap() {
        let student = text(&student["id"]);
        understood!(nutror::GetStudent::new(student));
        let made = understood!(nutror::ListStudentEnrollments::new(student));
        let made = text(&made["items"][0]["id"]);
        understood!(nutror::ExtendAccess::new(made, DateTime::from_text("2028-03-01")));
        understood!(nutror::ReleaseModules::new(made));
        understood!(nutror::BlockEnrollment::new(made));
        understood!(nutror::DeleteEnrollment::new(made));
        understood!(nutror::DeleteStudent::new(student));
    }
    let course = number(&courses[0]["id"]);
    understood!(nutror::DeleteCourse::new(&*course));

    let events = understood!(blinket::ListEvents::new().items_per_page(100));
    for event in events["items"].as_array().unwrap() {
        understood!(blinket::GetEvent::new(text(&event["id"])));
        understood!(blinket::ListParticipants::new(text(&event["id"])).items_per_page(100));
    }
    let event = text(&events["items"][0]["id"]);
    let details = understood!(blinket::GetEvent::new(event));
    let ticket = text(&details["tickets"][0]["id"]);
    let add = blinket::AddParticipant::new(event, ticket, "Noa Exemplo", "noa@example.com");
    let added = understood!(add);
    let (attendance, key) = (text(&added["id"]), text(&added["inviteKey"]));
    understood!(blinket::UpdateParticipant::new(key).name("Lia Exemplo"));
    understood!(blinket::CheckIn::new([key]));
    understood!(blinket::ResendTicketEmail::new(event, "noa@example.com"));
    understood!(blinket::ListTags::new());
    let tag = understood!(blinket::CreateTag::new("Monitora", "#1188CC"));
    let tag = text(&tag["id"]);
    understood!(blinket::UpdateTag::new(tag).title("Equipe"));
    understood!(blinket::TagParticipants::new(tag, [attendance]));
    understood!(blinket::ListTaggedParticipants::new(tag));
    understood!(blinket::UntagParticipants::new(tag, [attendance]));
    understood!(blinket::DeleteTag::new(tag));

    let medias = understood!(safevideo::ListMedias::new());
    for media in medias.as_array().unwrap() {
        understood!(safevideo::GetMedia::new(text(&media["id"])));
        understood!(safevideo::GetMediaEmbed::new(text(&media["id"])));
    }
    let media = text(&medias[0]["id"]);
    understood!(safevideo::UpdateMedia::new(media).title("Aula 1"));
    let domains = ["https://escola.example.com"];
    understood!(safevideo::SetMediaDomains::new(media, domains));
    understood!(safevideo::RemoveMediaDomains::new(media));
    understood!(safevideo::DeleteMedia::new(media));

    // Calls that answer with their fixture, made as in their examples.
    macro_rules! rest {
        ($(($product:ident, $endpoint:ident, $call:ident)),* $(,)?) => {
            $(
                if !seen.contains(std::any::type_name::<eduzz_api::$product::$call>()) {
                    let fixture = eduzz_fixtures::find(stringify!($product), stringify!($endpoint)).unwrap();
                    let meta: Value = serde_json::from_str(fixture.meta).unwrap();
                    let call: eduzz_api::$product::$call = serde_json::from_value(meta["call"].clone()).unwrap();
                    understood!(call);
                }
            )*
        };
    }
    eduzz_api::for_each_endpoint!(rest);
    assert_eq!(seen.len(), all_calls());
}

#[tokio::test]
async fn sdk_filters_and_escapes_find_their_rows() {
    let client = Client::new();
    let list = calls::ListSales::new(days("2025-11-01", "2026-11-30"));
    let waiting = list
        .clone()
        .status(SaleStatus::WaitingPayment)
        .reference_date(SaleReferenceDate::DueDate);
    for sale in client.call(&waiting).await.unwrap().items {
        assert_eq!(sale.status, SaleStatus::WaitingPayment);
    }
    let everyones = client.sales().await;
    let mut customers = client.all("/myeduzz/v1/customers").await;
    customers.retain(|customer| text(&customer["email"]).contains(['+', '/', '%', 'ç']));
    for customer in customers {
        let email = text(&customer["email"]);
        let found = client.call(&calls::GetCustomer::new(email)).await.unwrap();
        assert_eq!(found.id.as_str(), customer["id"]);
        let sales = client.call(&list.clone().buyer_email(email)).await.unwrap();
        let theirs = everyones.iter().filter(|sale| sale["buyer"]["email"] == email);
        assert_eq!(sales.total_items, theirs.count() as u64);
    }
}

#[tokio::test]
async fn unknown_id_answers_404_without_a_code() {
    let client = Client::new();
    let escaped = format!("/myeduzz/v1/customers/{}", segment("a/b+c%d@ção"));
    let paths = "
        /myeduzz/v1/sales/1
        /myeduzz/v1/sales/x
        /myeduzz/v1/sales/99999999999999999999999
        /myeduzz/v1/subscriptions/1
        /myeduzz/v1/subscriptions/1/invoices
        /myeduzz/v1/subscriptions/customers/ninguem%40example.com
        /myeduzz/v1/customers/ninguem%40example.com
        /myeduzz/v1/customers/%FF
        /myeduzz/v1/products/1
        /myeduzz/v1/products/1/campaigns
        /myeduzz/v1/products/1/offers
        /myeduzz/v1/products/1/partners
        /myeduzz/v1/affiliates?productIds=1";
    for path in paths.split_whitespace().chain([&*escaped]) {
        let answer = client.get(path).await.is(404).json();
        let fields: Vec<&String> = answer.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["message"], "{path}");
    }
    let error = client.call(&calls::GetSale::new("1")).await.unwrap_err();
    assert!(error.contains("Sale not found."), "{error}");
}

#[tokio::test]
async fn call_without_its_scope_is_forbidden() {
    let client = Client::new();
    let stranger = client.config.people[2].personal_token.clone();
    let mut free = 0;
    macro_rules! refuse_all {
        ($(($product:ident, $endpoint:ident, $call:ident)),* $(,)?) => {
            $(
                let route = <eduzz_api::$product::$call as Endpoint>::ROUTE;
                let request = Request::builder()
                    .method(route.method())
                    .uri(filled(route.template()))
                    .header(AUTHORIZATION, format!("Bearer {stranger}"))
                    .body(Body::from("{}"))
                    .unwrap();
                let answer = client.try_send(request).await.unwrap();
                let is_free = route.needed_scopes().is_empty();
                assert_eq!(answer.status == StatusCode::FORBIDDEN, !is_free, "{route}");
                free += usize::from(is_free);
                // The first application's owner may make every call.
                let owned = &client.config.apps[0].scopes;
                assert!(route.needed_scopes().iter().all(|scope| owned.iter().any(|own| own == scope)), "{route}");
            )*
        };
    }
    eduzz_api::for_each_endpoint!(refuse_all);
    // The caller's account, and the two calls about events.
    assert_eq!(free, 3);
}
