//! A sale in the shop reaches the other products, which send their events once and at that time.

use std::collections::HashSet;
use std::time::Duration;

use eduzz_sandbox::{Arrivals, SaleAction};
use serde_json::Value;

use super::ByHand;
use crate::client::text;

const ENROLLED: &str = "nutror.enrollment_created";

/// The data of the events of this name that were sent since.
fn told(test: &ByHand, event: &str) -> Vec<Value> {
    let told = test.told().into_iter().filter(|(name, _)| name == event);
    told.map(|(_, data)| data).collect()
}

#[tokio::test]
async fn purchase_of_a_course_is_sent_once_as_an_enrollment() {
    let test = ByHand::new();
    test.sell(40);
    test.active(&[ENROLLED, "myeduzz.invoice_paid"]).await;
    assert!(told(&test, ENROLLED).is_empty(), "what was before is no news");

    let students = test.client.all("/nutror/v1/students").await;
    let known: HashSet<&str> = students.iter().map(|student| text(&student["email"])).collect();
    test.sell(60);
    let enrolled = told(&test, ENROLLED);
    assert!(enrolled.len() > 3, "{}", enrolled.len());
    for data in &enrolled {
        let email = text(&data["learner"]["email"]);
        let target = format!("/nutror/v1/students?email={}", email.replace('+', "%2B"));
        let found = test.client.json(&target).await;
        assert_eq!(found["items"][0]["email"], email);
        assert!(!data["courses"].as_array().unwrap().is_empty() && data["content"]["title"].is_string());
    }
    let new = enrolled
        .iter()
        .filter(|data| !known.contains(text(&data["learner"]["email"])));
    assert!(new.count() > 0);
    assert!(told(&test, ENROLLED).is_empty());
}

#[tokio::test]
async fn payment_enrolls_and_refund_ends_the_access() {
    let test = ByHand::with(|config| config.sales_per_day = 0);
    test.active(&[ENROLLED]).await;
    // A course has the name of the product that it is sold as.
    let courses = test.client.json("/nutror/v1/courses").await;
    let mut sale = None;
    for _ in 0..60 {
        let ordered = test.client.control.order().unwrap();
        let whole = test.client.json(&format!("/myeduzz/v1/sales/{ordered}")).await;
        let is_it = |course: &Value| course["title"] == whole["product"]["name"];
        if courses.as_array().unwrap().iter().any(is_it) {
            sale = Some(ordered);
        }
    }
    let sale = &*sale.expect("an order of a course");
    assert!(told(&test, ENROLLED).is_empty(), "nobody paid yet");
    assert!(test.client.all("/nutror/v1/students").await.is_empty());
    test.client.control.apply(sale, SaleAction::Pay).unwrap();
    let enrolled = told(&test, ENROLLED);
    assert_eq!(enrolled.len(), 1);
    let students = test.client.all("/nutror/v1/students").await;
    assert_eq!(students.len(), 1);
    assert_eq!(students[0]["email"], enrolled[0]["learner"]["email"]);
    let enrollments = format!("/nutror/v1/students/{}/enrollments", text(&students[0]["id"]));
    let status = |all: &[Value]| all[0]["status"].clone();
    assert_eq!(status(&test.client.all(&enrollments).await), "active");
    test.client.control.apply(sale, SaleAction::Refund).unwrap();
    assert_eq!(status(&test.client.all(&enrollments).await), "inactive");
}

#[tokio::test]
async fn sales_that_arrive_by_the_clock_are_sent_without_a_call() {
    let test = ByHand::with(|config| config.arrivals = Some(Arrivals::Every(Duration::from_secs(60))));
    test.active(&["myeduzz.invoice_paid"]).await;
    for _ in 0..3 {
        test.advance(Duration::from_secs(59));
        assert!(test.deliveries.due().is_empty());
        assert_eq!(test.pass(), Some(Duration::from_secs(1)));
        assert_eq!(told(&test, "myeduzz.invoice_paid").len(), 1);
    }
}
