//! The lists: pages, filters, days, and refused parameters.

use serde_json::{Value, json};

use crate::cases::{Ids, brasilia, check_filters, fill, table};
use crate::client::{ALWAYS, Client, segment, text};

/// All paged lists, with their required parameters.
fn lists() -> [String; 10] {
    let days = "startDate=2026-01-01&endDate=2026-10-31";
    [
        format!("/myeduzz/v1/sales?{days}"),
        format!("/myeduzz/v1/sales/chargebacks?{days}"),
        format!("/myeduzz/v1/subscriptions?{days}&filterBy=creation"),
        format!("/myeduzz/v2/financial/statement?{days}"),
        "/myeduzz/v1/financial/transfers?x=1".to_owned(),
        "/myeduzz/v1/financial/buyer/fiscal-documents?x=1".to_owned(),
        "/myeduzz/v1/financial/affiliate/fiscal-documents?x=1".to_owned(),
        "/myeduzz/v1/customers?x=1".to_owned(),
        "/myeduzz/v1/products?x=1".to_owned(),
        "/myeduzz/v1/affiliates?x=1".to_owned(),
    ]
}

#[tokio::test]
async fn list_is_cut_into_pages() {
    let client = Client::new();
    for list in lists() {
        let page = async |size: u64, page: u64| {
            client
                .json(&format!("{list}&itemsPerPage={size}&page={page}"))
                .await
        };
        let all = client.all(&list).await;
        assert!(!all.is_empty(), "{list}");
        let first = client.json(&list).await;
        assert_eq!(first, page(10, 1).await, "{list}");
        assert_eq!(first.as_object().unwrap().len(), 5, "{list}"); // Q10
        for size in [1, 7, 10, 100] {
            let pages = all.len().div_ceil(size);
            for (number, items) in (1..).zip(all.chunks(size)).take(5) {
                let expected = json!({
                    "pages": pages, "page": number, "itemsPerPage": size, "totalItems": all.len(), "items": items,
                });
                assert_eq!(page(size as u64, number).await, expected, "{list}");
            }
        }
        // No more than 100.
        let most = page(5_000, 1).await;
        assert_eq!(most["itemsPerPage"], 100);
        assert!(most["items"].as_array().unwrap().len() <= 100);
        // A page behind the end is empty, and no error.
        for number in [1_000, u64::MAX] {
            let behind = page(10, number).await;
            assert_eq!(
                (&behind["items"], &behind["totalItems"]),
                (&json!([]), &json!(all.len()))
            );
            assert_eq!(behind["page"], number);
        }
    }
}

// Q8
#[tokio::test]
async fn unknown_parameters_are_ignored() {
    let client = Client::new();
    for list in lists() {
        let plain = client.get(&list).await.is(200).body;
        let other = format!("{list}&limit=3&per_page=3&Page=2&q=%00");
        assert_eq!(client.get(&other).await.body, plain, "{list}");
    }
}

#[tokio::test]
async fn page_that_is_not_a_number_is_refused() {
    let client = Client::new();
    for list in lists() {
        for bad in ["0", "-1", "1.5", "x", "18446744073709551616", "1e1", "%00"] {
            for name in ["page", "itemsPerPage"] {
                refused(&client, &list, &format!("{name}={bad}"), name).await;
            }
        }
    }
}

/// Expects a 422 about the field. Q27: the message is bare.
async fn refused(client: &Client, list: &str, query: &str, field: &str) {
    let sign = if list.contains('?') { '&' } else { '?' };
    let target = format!("{list}{sign}{query}");
    let answer = client.get(&target).await;
    let answer = answer.is(422).json();
    assert_eq!(answer["message"], "validation error", "{target}");
    assert_eq!(answer["errors"][0]["field"], *field, "{target}");
    assert!(answer.get("code").is_none());
}

#[tokio::test]
async fn days_that_are_missing_or_not_plain_are_refused() {
    let client = Client::new();
    // Q9
    let refusals = "
        x=1 | startDate
        startDate=2026-01-01 | endDate
        startDate=&endDate=2026-01-01 | startDate
        startDate=2026-01-02&endDate=2026-01-01 | endDate";
    let bad = "2026-01-01T00:00:00Z 2026-01-01T00:00:00.000-03:00 2026-02-30 01/01/2026 20260101 x";
    for list in [
        "/myeduzz/v1/sales",
        "/myeduzz/v1/sales/summary",
        "/myeduzz/v1/sales/chargebacks",
        "/myeduzz/v1/subscriptions?filterBy=update",
        "/myeduzz/v2/financial/statement",
    ] {
        for [query, field] in table(refusals) {
            refused(&client, list, query, field).await;
        }
        for bad in bad.split(' ') {
            refused(
                &client,
                list,
                &format!("startDate={bad}&endDate=2026-12-31"),
                "startDate",
            )
            .await;
            refused(
                &client,
                list,
                &format!("startDate=2026-01-01&endDate={bad}"),
                "endDate",
            )
            .await;
        }
        let sign = if list.contains('?') { '&' } else { '?' };
        let day = "startDate=2026-01-01&endDate=2026-01-01";
        client.json(&format!("{list}{sign}{day}")).await;
    }
    let subscriptions = format!("/myeduzz/v1/subscriptions?{ALWAYS}");
    for query in ["x=1", "filterBy=due"] {
        refused(&client, &subscriptions, query, "filterBy").await;
    }
    for list in ["/myeduzz/v1/customers", "/myeduzz/v1/financial/transfers"] {
        refused(&client, list, "startDate=2026-01-01T00:00:00Z", "startDate").await;
        let whole = client.json(list).await["totalItems"].as_u64();
        let half = client.json(&format!("{list}?endDate=2026-06-30")).await["totalItems"].as_u64();
        let rest = client.json(&format!("{list}?startDate=2026-07-01")).await["totalItems"].as_u64();
        assert_eq!(whole, half.zip(rest).map(|(half, rest)| half + rest), "{list}");
        assert!(half > Some(0) && rest > Some(0));
    }
}

/// The text at this pointer of the first row that has one.
fn with<'a>(rows: &'a [Value], pointer: &str) -> &'a str {
    let found = rows.iter().find_map(|row| row.pointer(pointer)?.as_str());
    found.expect(pointer)
}

#[tokio::test]
async fn sales_are_filtered() {
    let client = Client::new();
    let sales = client.sales().await;
    // A sale that was made after nine in the evening: in UTC it is the next day.
    let is_late = |sale: &&Value| text(&sale["createdAt"])[11..13] < *"03";
    let late = text(&sales.iter().find(is_late).unwrap()["createdAt"]);
    assert_ne!(brasilia(late), late[..10]);
    let (buyer, product) = (&sales[5]["buyer"], &sales[5]["product"]);
    let email = text(&buyer["email"]);
    let ids = Ids::from([
        ("list", format!("/myeduzz/v1/sales?{ALWAYS}")),
        ("late", brasilia(late)),
        ("affiliate", with(&sales, "/affiliate/id").to_owned()),
        ("contract", with(&sales, "/contractId").to_owned()),
        ("product", text(&product["id"]).to_owned()),
        ("document", text(&buyer["document"]).to_owned()),
        ("email", email.to_owned()),
        ("sent", segment(email)),
        ("SENT", segment(&email.to_uppercase())),
    ]);
    // Days are days in Brasília, and both ends are included. Q29
    let cases = "
        {list} | startDate={late}&endDate={late} | /createdAt in {late}..{late}
        {list} | startDate={late}&endDate={late}&referenceDate=paidAt | /paidAt in {late}..{late}
        {list} | startDate=2026-03-30&endDate=2026-05-02 | /createdAt in 2026-03-30..2026-05-02
        {list} | startDate=2026-03-30&endDate=2026-05-02&referenceDate=createdAt | /createdAt in 2026-03-30..2026-05-02
        {list} | startDate=2026-03-30&endDate=2026-05-02&referenceDate=CREATED_AT | /createdAt in 2026-03-30..2026-05-02
        {list} | startDate=2026-03-30&endDate=2026-05-02&referenceDate=paidAt | /paidAt in 2026-03-30..2026-05-02
        {list} | startDate=2026-03-30&endDate=2026-05-02&referenceDate=dueDate | /dueDate in 2026-03-30..2026-05-02
        {list} | startDate=2026-03-30&endDate=2026-05-02&referenceDate=updatedAt | /updatedAt in 2026-03-30..2026-05-02
        {list} | affiliateId={affiliate} | /affiliate/id = {affiliate}
        {list} | contractId={contract} | /contractId = {contract}
        {list} | productId={product} | /product/id = {product}
        {list} | buyerEmail={sent} | /buyer/email = {email}
        {list} | buyerEmail={SENT} | /buyer/email = {email}
        {list} | buyerDocument={document} | /buyer/document = {document}
        {list} | status=paid | /status = paid
        {list} | status=waiting_payment | /status = waitingPayment
        {list} | status=WaitingPayment | /status = waitingPayment
        {list} | status=paid&productId={product}&referenceDate=paidAt | /status = paid and /product/id = {product}
        {list} | productId=1 | /id = none
        {list} | productId=x | /id = none
        {list} | status= | ";
    check_filters(&client, &fill(&ids, cases)).await;
    // Q15
    for (list, query, field) in [
        ("/myeduzz/v1/sales", "status=approved", "status"),
        ("/myeduzz/v1/sales/summary", "status=approved", "status"),
        ("/myeduzz/v1/sales", "referenceDate=creditDate", "referenceDate"),
    ] {
        refused(&client, &format!("{list}?{ALWAYS}"), query, field).await;
    }
}

#[tokio::test]
async fn other_lists_are_filtered() {
    let client = Client::new();
    let chargebacks = format!("/myeduzz/v1/sales/chargebacks?{ALWAYS}");
    let disputed = client.all(&chargebacks).await;
    let place = |pointer| with(&disputed, pointer).to_owned();
    let affiliations = client.all("/myeduzz/v1/affiliates").await;
    let product = |row: &Value| text(&row["product"]["id"]).to_owned();
    // The statement of more than a year is empty (Q13).
    let statement = "/myeduzz/v2/financial/statement?startDate=2025-12-01&endDate=2026-11-30";
    let entries = client.all(statement).await;
    let dates: Vec<&str> = entries.iter().map(|entry| text(&entry["creditDate"])).collect();
    assert!(dates.is_sorted_by(|newer, older| newer >= older));
    let ids = Ids::from([
        ("chargebacks", chargebacks.clone()),
        ("statement", statement.to_owned()),
        (
            "subscriptions",
            format!("/myeduzz/v1/subscriptions?{ALWAYS}&filterBy=creation"),
        ),
        ("id", place("/id")),
        ("email", place("/buyer/email")),
        ("sent", segment(&place("/buyer/email"))),
        ("status", place("/chargeback/status")),
        ("day", brasilia(&place("/chargeback/requestedAt"))),
        ("sale", with(&entries, "/saleId").to_owned()),
        ("one", product(&affiliations[0])),
        ("two", product(affiliations.last().unwrap())),
    ]);
    let cases = "
        {chargebacks} | id={id} | /id = {id}
        {chargebacks} | buyerEmail={sent} | /buyer/email = {email}
        {chargebacks} | chargebackStatus={status} | /chargeback/status = {status}
        {chargebacks} | startDate={day}&endDate={day} | /chargeback/requestedAt in {day}..{day}
        {statement} | startDate=2026-02-10&endDate=2026-02-20 | /creditDate in 2026-02-10..2026-02-20
        {statement} | saleId={sale} | /saleId = {sale}
        {subscriptions} | startDate=2026-04-01&endDate=2026-08-15 | /createdAt in 2026-04-01..2026-08-15
        {subscriptions} | startDate=2026-04-01&endDate=2026-08-15&filterBy=update | /updatedAt,/createdAt in 2026-04-01..2026-08-15
        {subscriptions} | startDate=2026-04-01&endDate=2026-08-15&filterBy=UPDATE | /updatedAt,/createdAt in 2026-04-01..2026-08-15
        /myeduzz/v1/affiliates | productIds={one},%20{two} | /product/id = {one} or {two}";
    check_filters(&client, &fill(&ids, cases)).await;
    refused(&client, &chargebacks, "chargebackStatus=gone", "chargebackStatus").await;
}

// Q13
#[tokio::test]
async fn statement_of_more_than_a_year_is_empty() {
    let client = Client::new();
    let path = |last: &str| format!("/myeduzz/v2/financial/statement?startDate=2025-10-01&endDate={last}");
    assert!(client.json(&path("2026-10-01")).await["totalItems"].as_u64() > Some(500));
    let empty = json!({ "pages": 1, "page": 1, "itemsPerPage": 10, "totalItems": 0, "items": [] });
    assert_eq!(client.json(&path("2026-10-02")).await, empty);
}

#[tokio::test]
async fn customers_are_ordered() {
    let client = Client::new();
    let names = async |order: &str| -> Vec<String> {
        let rows = client.all(&format!("/myeduzz/v1/customers?order={order}")).await;
        rows.iter().map(|row| text(&row["name"]).to_lowercase()).collect()
    };
    assert!(names("name").await.is_sorted());
    assert!(names("name:DESC").await.is_sorted_by(|a, b| a >= b));
    let plain = client.get("/myeduzz/v1/customers").await.body;
    let other = client.get("/myeduzz/v1/customers?order=shoe-size:asc").await.body;
    assert_eq!(other, plain);
}
