//! The lists: pages, filters, days, and refused parameters.

use serde_json::Value;

use crate::client::{ALWAYS, Client, segment, text};

fn ids(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| text(&row["id"])).collect()
}

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
        let first = client.json(&list).await;
        let fields: Vec<&String> = first.as_object().unwrap().keys().collect();
        assert_eq!(fields.len(), 5, "{fields:?}"); // Q10
        let total = first["totalItems"].as_u64().unwrap();
        assert!(total > 0, "{list}");
        assert_eq!(
            (&first["page"], &first["itemsPerPage"]),
            (&1.into(), &10.into()),
            "{list}"
        );
        assert_eq!(first["pages"], total.div_ceil(10));
        let expected = client.all(&list).await;
        for size in [1_u64, 7, 99, 100] {
            for page in 1..=total.div_ceil(size).min(5) {
                let got = client
                    .json(&format!("{list}&itemsPerPage={size}&page={page}"))
                    .await;
                let place = usize::try_from(size * (page - 1)).unwrap();
                let count = usize::try_from(size).unwrap();
                let want: Vec<&Value> = expected.iter().skip(place).take(count).collect();
                assert_eq!(
                    got["items"].as_array().unwrap().iter().collect::<Vec<_>>(),
                    want,
                    "{list}"
                );
                assert_eq!(
                    (&got["pages"], &got["itemsPerPage"]),
                    (&total.div_ceil(size).into(), &size.into())
                );
            }
        }
        // No more than 100.
        let most = client.json(&format!("{list}&itemsPerPage=5000")).await;
        assert_eq!(most["itemsPerPage"], 100);
        assert!(most["items"].as_array().unwrap().len() <= 100);
        // A page behind the end is empty, and no error.
        for page in ["1000", "18446744073709551615"] {
            let behind = client.json(&format!("{list}&page={page}")).await;
            assert_eq!(
                (&behind["items"], &behind["totalItems"]),
                (&Value::Array(vec![]), &total.into())
            );
            assert_eq!(behind["page"].to_string(), page);
        }
    }
}

// Q8
#[tokio::test]
async fn unknown_parameters_are_ignored() {
    let client = Client::new();
    for list in lists() {
        let plain = client.get(&list).await.is(200).body;
        let other = client
            .get(&format!("{list}&limit=3&per_page=3&Page=2&q=%00"))
            .await;
        assert_eq!(other.is(200).body, plain, "{list}");
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
    let subscriptions = "/myeduzz/v1/subscriptions";
    for list in [
        "/myeduzz/v1/sales",
        "/myeduzz/v1/sales/summary",
        "/myeduzz/v1/sales/chargebacks",
        "/myeduzz/v1/subscriptions?filterBy=update",
        "/myeduzz/v2/financial/statement",
    ] {
        let refused = async |query: &str, field| refused(&client, list, query, field).await;
        refused("x=1", "startDate").await;
        refused("startDate=2026-01-01", "endDate").await;
        refused("startDate=&endDate=2026-01-01", "startDate").await;
        refused("startDate=2026-01-02&endDate=2026-01-01", "endDate").await;
        // Q9
        let zoned = ["2026-01-01T00:00:00Z", "2026-01-01T00:00:00.000-03:00"];
        for bad in zoned
            .into_iter()
            .chain(["2026-02-30", "01/01/2026", "20260101", "x"])
        {
            refused(&format!("startDate={bad}&endDate=2026-12-31"), "startDate").await;
            refused(&format!("startDate=2026-01-01&endDate={bad}"), "endDate").await;
        }
        let sign = if list.contains('?') { '&' } else { '?' };
        let day = "startDate=2026-01-01&endDate=2026-01-01";
        client.json(&format!("{list}{sign}{day}")).await;
    }
    refused(&client, subscriptions, ALWAYS, "filterBy").await;
    refused(
        &client,
        subscriptions,
        &format!("{ALWAYS}&filterBy=due"),
        "filterBy",
    )
    .await;
    for list in ["/myeduzz/v1/customers", "/myeduzz/v1/financial/transfers"] {
        refused(&client, list, "startDate=2026-01-01T00:00:00Z", "startDate").await;
        let whole = client.json(list).await["totalItems"].as_u64();
        let half = client.json(&format!("{list}?endDate=2026-06-30")).await["totalItems"].as_u64();
        let rest = client.json(&format!("{list}?startDate=2026-07-01")).await["totalItems"].as_u64();
        assert_eq!(whole, half.zip(rest).map(|(half, rest)| half + rest), "{list}");
        assert!(half > Some(0) && rest > Some(0));
    }
}

/// The day in Brasília, three hours behind.
fn brasilia(moment: &Value) -> String {
    let moment: eduzz_types::DateTime = serde_json::from_value(moment.clone()).unwrap();
    let day = eduzz_types::Date::in_brasilia(moment.timestamp().unwrap()).unwrap();
    day.as_str().to_owned()
}

#[tokio::test]
async fn range_of_days_in_brasilia_includes_both() {
    let client = Client::new();
    let sales = client.sales().await;
    // One that was made after nine in the evening: in UTC it is the next day.
    let late = sales
        .iter()
        .find(|sale| text(&sale["createdAt"])[11..13] < *"03")
        .unwrap();
    let day = brasilia(&late["createdAt"]);
    assert_ne!(day, text(&late["createdAt"])[..10]);
    for (name, reference) in [
        ("createdAt", ""),
        ("createdAt", "&referenceDate=createdAt"),
        ("createdAt", "&referenceDate=CREATED_AT"),
        ("paidAt", "&referenceDate=paidAt"),
        ("dueDate", "&referenceDate=dueDate"),
        ("updatedAt", "&referenceDate=updatedAt"),
    ] {
        for (first, last) in [(day.as_str(), day.as_str()), ("2026-03-30", "2026-05-02")] {
            let got = client
                .all(&format!(
                    "/myeduzz/v1/sales?startDate={first}&endDate={last}{reference}"
                ))
                .await;
            let inside =
                |sale: &&Value| sale[name].is_string() && (first..=last).contains(&&*brasilia(&sale[name]));
            let want: Vec<&str> = sales
                .iter()
                .filter(inside)
                .map(|sale| text(&sale["id"]))
                .collect();
            assert_eq!(ids(&got), want, "{reference} {first}");
        }
    }
    let unknown = format!("{ALWAYS}&referenceDate=creditDate");
    refused(&client, "/myeduzz/v1/sales", &unknown, "referenceDate").await;
}

#[tokio::test]
async fn sales_are_filtered() {
    let client = Client::new();
    let sales = client.sales().await;
    let with = |pointer: &str| {
        let found = sales.iter().find_map(|sale| sale.pointer(pointer)?.as_str());
        found.expect(pointer)
    };
    let (affiliate, contract) = (with("/affiliate/id"), with("/contractId"));
    let (product, buyer) = (text(&sales[5]["product"]["id"]), &sales[5]["buyer"]);
    let (email, document) = (text(&buyer["email"]), text(&buyer["document"]));
    let (paid, waiting) = (("/status", "paid"), ("/status", "waitingPayment"));
    // Each filter, with the values that the sales must have.
    for (filter, wanted) in [
        (
            format!("affiliateId={affiliate}"),
            vec![("/affiliate/id", affiliate)],
        ),
        (format!("contractId={contract}"), vec![("/contractId", contract)]),
        (format!("productId={product}"), vec![("/product/id", product)]),
        (
            format!("buyerEmail={}", segment(email)),
            vec![("/buyer/email", email)],
        ),
        (
            format!("buyerEmail={}", segment(&email.to_uppercase())),
            vec![("/buyer/email", email)],
        ),
        (
            format!("buyerDocument={document}"),
            vec![("/buyer/document", document)],
        ),
        ("status=paid".to_owned(), vec![paid]),
        // Q29
        ("status=waiting_payment".to_owned(), vec![waiting]),
        ("status=WaitingPayment".to_owned(), vec![waiting]),
        (
            format!("status=paid&productId={product}&referenceDate=paidAt"),
            vec![paid, ("/product/id", product)],
        ),
        ("productId=1".to_owned(), vec![("/id", "none")]),
        ("productId=x".to_owned(), vec![("/id", "none")]),
        ("status=".to_owned(), vec![]),
    ] {
        let got = client.all(&format!("/myeduzz/v1/sales?{ALWAYS}&{filter}")).await;
        let is_wanted = |sale: &&Value| {
            let mut values = wanted.iter();
            values.all(|(pointer, value)| sale.pointer(pointer).is_some_and(|given| given == value))
        };
        let want: Vec<&str> = sales
            .iter()
            .filter(is_wanted)
            .map(|sale| text(&sale["id"]))
            .collect();
        assert_eq!(ids(&got), want, "{filter}");
    }
    // Q15
    let unknown = format!("{ALWAYS}&status=approved");
    refused(&client, "/myeduzz/v1/sales", &unknown, "status").await;
    refused(&client, "/myeduzz/v1/sales/summary", &unknown, "status").await;
}

#[tokio::test]
async fn chargebacks_are_filtered() {
    let client = Client::new();
    let list = format!("/myeduzz/v1/sales/chargebacks?{ALWAYS}");
    let all = client.all(&list).await;
    let first = &all[0];
    for (filter, place) in [
        (format!("id={}", text(&first["id"])), "/id"),
        (
            format!("buyerEmail={}", segment(text(&first["buyer"]["email"]))),
            "/buyer/email",
        ),
        (
            format!("chargebackStatus={}", text(&first["chargeback"]["status"])),
            "/chargeback/status",
        ),
    ] {
        let got = client.all(&format!("{list}&{filter}")).await;
        let same = |row: &&Value| row.pointer(place) == first.pointer(place);
        let want: Vec<&Value> = all.iter().filter(same).collect();
        assert_eq!(got.iter().collect::<Vec<_>>(), want, "{filter}");
    }
    refused(&client, &list, "chargebackStatus=gone", "chargebackStatus").await;
    let day = brasilia(&first["chargeback"]["requestedAt"]);
    let path = format!("/myeduzz/v1/sales/chargebacks?startDate={day}&endDate={day}");
    assert!(client.all(&path).await.contains(first));
}

#[tokio::test]
async fn statement_is_filtered_by_the_day_of_credit() {
    let client = Client::new();
    let all = client.statement().await;
    let (first, last) = ("2026-02-10", "2026-02-20");
    let path = format!("/myeduzz/v2/financial/statement?startDate={first}&endDate={last}");
    let got = client.all(&path).await;
    assert!(got.len() > 10);
    let want = all
        .iter()
        .filter(|entry| (first..=last).contains(&&*brasilia(&entry["creditDate"])));
    let mut want: Vec<&str> = want.map(|entry| text(&entry["id"])).collect();
    let mut found = ids(&got);
    want.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, want);
    let dates: Vec<&str> = got.iter().map(|entry| text(&entry["creditDate"])).collect();
    assert!(dates.is_sorted_by(|newer, older| newer >= older));

    let sale = got.iter().find_map(|entry| entry["saleId"].as_str()).unwrap();
    for entry in client.all(&format!("{path}&saleId={sale}")).await {
        assert_eq!(entry["saleId"], sale);
    }
}

// Q13
#[tokio::test]
async fn statement_of_more_than_a_year_is_empty() {
    let client = Client::new();
    let path = |last: &str| format!("/myeduzz/v2/financial/statement?startDate=2025-10-01&endDate={last}");
    assert!(client.json(&path("2026-10-01")).await["totalItems"].as_u64() > Some(500));
    let answer = client.json(&path("2026-10-02")).await;
    let empty =
        serde_json::json!({ "pages": 1, "page": 1, "itemsPerPage": 10, "totalItems": 0, "items": [] });
    assert_eq!(answer, empty);
}

#[tokio::test]
async fn subscriptions_are_filtered_by_creation_or_update() {
    let client = Client::new();
    let all = client
        .all(&format!("/myeduzz/v1/subscriptions?{ALWAYS}&filterBy=creation"))
        .await;
    let (first, last) = ("2026-04-01", "2026-08-15");
    for (by, name) in [
        ("creation", "createdAt"),
        ("update", "updatedAt"),
        ("UPDATE", "updatedAt"),
    ] {
        let path = format!("/myeduzz/v1/subscriptions?startDate={first}&endDate={last}&filterBy={by}");
        let got = client.all(&path).await;
        let date = |row: &Value| {
            if row[name].is_string() {
                brasilia(&row[name])
            } else {
                brasilia(&row["createdAt"])
            }
        };
        let want: Vec<&Value> = all
            .iter()
            .filter(|row| (first..=last).contains(&&*date(row)))
            .collect();
        assert!(!want.is_empty());
        assert_eq!(got.iter().collect::<Vec<_>>(), want, "{by}");
    }
}

#[tokio::test]
async fn affiliates_are_filtered_and_customers_ordered() {
    let client = Client::new();
    let all = client.all("/myeduzz/v1/affiliates").await;
    let (one, two) = (
        text(&all[0]["product"]["id"]),
        text(&all.last().unwrap()["product"]["id"]),
    );
    let got = client
        .all(&format!("/myeduzz/v1/affiliates?productIds={one},%20{two}"))
        .await;
    let want = all
        .iter()
        .filter(|row| row["product"]["id"] == one || row["product"]["id"] == two);
    assert_eq!(got.iter().collect::<Vec<_>>(), want.collect::<Vec<_>>());

    let names = |rows: &[Value]| -> Vec<String> {
        rows.iter().map(|row| text(&row["name"]).to_lowercase()).collect()
    };
    let up = names(&client.all("/myeduzz/v1/customers?order=name").await);
    assert!(up.is_sorted());
    let down = names(&client.all("/myeduzz/v1/customers?order=name:DESC").await);
    assert!(down.is_sorted_by(|a, b| a >= b));
    let plain = client.get("/myeduzz/v1/customers").await.body;
    assert_eq!(
        client.get("/myeduzz/v1/customers?order=shoe-size:asc").await.body,
        plain
    );
}
