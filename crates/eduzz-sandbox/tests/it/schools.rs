//! Alpaclass: schools that agree with the shop, and what makes a student.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::client::{ALWAYS, Client, text};

const TEAMS: &str = "/alpaclass/v1/producer/teams";

/// A list of the school that the shop's buyers come to.
fn of_first(what: &str) -> String {
    format!("{TEAMS}/atelie-da-serra/{what}")
}

async fn items(client: &Client, target: &str) -> Vec<Value> {
    client.json(target).await["items"].as_array().unwrap().clone()
}

/// What the rows have there, in their order.
fn column<'a>(rows: &'a [Value], name: &str) -> Vec<&'a str> {
    rows.iter().map(|row| text(&row[name])).collect()
}

async fn refused(client: &Client, method: Method, target: &str, body: Option<&Value>, field: &str) {
    let answer = client.send(method, target, body).await;
    let answer = answer.expect(StatusCode::UNPROCESSABLE_ENTITY).json();
    assert_eq!(answer["errors"][0]["field"], field, "{target}");
    // The general form, not MyEduzz's.
    assert!(
        answer["code"].is_string() && answer["link"].is_string(),
        "{answer}"
    );
}

/// The courses that a student is in.
async fn courses(client: &Client, student: &Value) -> HashSet<String> {
    let enrolled = client
        .all(&of_first(&format!(
            "students/{}/enrollments",
            text(&student["id"])
        )))
        .await;
    let courses: HashSet<String> = enrolled
        .iter()
        .map(|enrolled| text(&enrolled["course"]["id"]).to_owned())
        .collect();
    assert_eq!(courses.len(), enrolled.len(), "in none twice");
    courses
}

/// The courses of each delivery of what the shop sells, by the product.
async fn delivered(client: &Client) -> HashMap<String, HashSet<String>> {
    let mut delivered = HashMap::new();
    for delivery in client.all(&of_first("deliveries")).await {
        if delivery["platform"] != "eduzz" {
            continue;
        }
        let id = text(&delivery["id"]);
        let whole = client.json(&of_first(&format!("deliveries/{id}"))).await;
        let product = text(&whole["platformProductId"]);
        let of_shop = client.json(&format!("/myeduzz/v1/products/{product}")).await;
        assert_eq!(of_shop["name"], delivery["name"]);
        let courses = client.all(&of_first(&format!("deliveries/{id}/courses"))).await;
        let ids = courses.iter().map(|course| text(&course["id"]).to_owned());
        delivered.insert(product.to_owned(), ids.collect());
    }
    delivered
}

/// What the shop's paid sales have to make of the school: the courses of each who received something, by the address.
async fn bought(client: &Client) -> HashMap<String, HashSet<String>> {
    let mut bought: HashMap<String, HashSet<String>> = HashMap::new();
    for (product, courses) in delivered(client).await {
        let sales = format!("/myeduzz/v1/sales?{ALWAYS}&productId={product}");
        for sale in client.all(&sales).await {
            if !sale["paidAt"].is_null() {
                let who = text(&sale["recipient"]["email"]).to_owned();
                bought.entry(who).or_default().extend(courses.clone());
            }
        }
    }
    bought
}

#[tokio::test]
async fn who_bought_what_a_delivery_is_of_is_a_student() {
    let client = Client::new();
    for round in 0..2 {
        let bought = bought(&client).await;
        let students = client.all(&of_first("students")).await;
        assert!(students.len() > 40, "{}", students.len());
        let mut found = HashMap::new();
        for student in &students {
            found.insert(
                text(&student["email"]).to_owned(),
                courses(&client, student).await,
            );
        }
        assert_eq!(found, bought, "{round}");
        assert_eq!(found.len(), students.len(), "none twice");
        // And who buys now is a student now.
        client.config.clock.advance(Duration::from_secs(60));
        client.control.sell(150);
    }
}

#[tokio::test]
async fn who_comes_now_has_not_come_far() {
    let client = Client::new();
    let before = client.all(&of_first("students")).await;
    client.config.clock.advance(Duration::from_secs(60));
    client.control.sell(150);
    let after = client.all(&of_first("students")).await;
    let (new, old) = after.split_at(after.len() - before.len());
    assert_eq!(old, before);
    assert!(!new.is_empty());
    for student in new {
        let enrolled = of_first(&format!("students/{}/enrollments", text(&student["id"])));
        for enrolled in client.all(&enrolled).await {
            assert_eq!(
                (&enrolled["progress"], &enrolled["certificateUrl"]),
                (&json!(0), &Value::Null)
            );
        }
    }
}

#[tokio::test]
async fn a_student_that_is_made_is_there_with_the_courses_of_the_api() {
    let client = Client::new();
    client.config.clock.advance(Duration::from_secs(30));
    let body = json!({
        "name": "Nara Exemplo", "email": "Nara@example.com", "phone": "48955550133", "document": "00000000353",
        "tags": ["torno"],
    });
    let made = client
        .send(Method::POST, &of_first("students"), Some(&body))
        .await;
    let made = made.expect(StatusCode::CREATED).json();
    for field in ["name", "email", "phone", "document"] {
        assert_eq!(made[field], body[field]);
    }
    assert!(made.get("tags").is_none()); // Q125
    let id = text(&made["id"]);

    // The newest of the list, and found by each filter.
    let listed = json!({
        "id": id, "name": "Nara Exemplo", "email": "Nara@example.com", "createdAt": "2026-11-02T12:00:30Z",
    });
    assert_eq!(
        items(&client, &of_first("students?itemsPerPage=1")).await,
        std::slice::from_ref(&listed)
    );
    for filter in [
        format!("id={id}"),
        "email=nara%40EXAMPLE.com".to_owned(),
        "document=000.000.003-53".to_owned(),
        "startDate=2026-11-02".to_owned(),
        "startDate=2026-11-02T12:00:30Z&endDate=2026-11-02T09:00:30-03:00".to_owned(),
    ] {
        let found = items(&client, &of_first(&format!("students?{filter}"))).await;
        assert_eq!(found, std::slice::from_ref(&listed), "{filter}");
    }
    assert_eq!(
        items(&client, &of_first(&format!("students?id={id}&isFrozen=true"))).await,
        [] as [Value; 0]
    );

    // Enrolled in what the school delivers by the API.
    let deliveries = client.all(&of_first("deliveries")).await;
    let api = deliveries
        .iter()
        .find(|delivery| delivery["platform"] == "api")
        .unwrap();
    let courses = items(
        &client,
        &of_first(&format!("deliveries/{}/courses", text(&api["id"]))),
    )
    .await;
    let enrolled = items(&client, &of_first(&format!("students/{id}/enrollments"))).await;
    assert_eq!(
        enrolled
            .iter()
            .map(|enrolled| &enrolled["course"])
            .collect::<Vec<_>>(),
        courses.iter().collect::<Vec<_>>()
    );
    for enrolled in &enrolled {
        assert_eq!(enrolled["createdAt"], "2026-11-02T12:00:30.000Z");
        assert_eq!(
            (&enrolled["progress"], &enrolled["certificateUrl"]),
            (&json!(0), &Value::Null)
        );
    }

    // Once more is a conflict, whatever the case, and makes nothing.
    let total = client.json(&of_first("students")).await["totalItems"].clone();
    let again = json!({ "name": "Outra", "email": "NARA@example.com" });
    let answer = client
        .send(Method::POST, &of_first("students"), Some(&again))
        .await;
    answer.expect(StatusCode::CONFLICT);
    assert_eq!(client.json(&of_first("students")).await["totalItems"], total);
    // Another school does not know her.
    let other = text(&items(&client, TEAMS).await[2]["id"]).to_owned();
    let body = json!({ "name": "Nara", "email": "nara@example.com", "phone": null });
    let made = client
        .send(Method::POST, &format!("{TEAMS}/{other}/students"), Some(&body))
        .await;
    let made = made.expect(StatusCode::CREATED).json();
    assert_eq!((&made["phone"], &made["document"]), (&Value::Null, &Value::Null));
    let enrolled = client
        .json(&format!(
            "{TEAMS}/{other}/students/{}/enrollments",
            text(&made["id"])
        ))
        .await;
    assert_eq!(enrolled["totalItems"], 0);
}

#[tokio::test]
async fn a_student_without_what_it_takes_is_not_made() {
    let client = Client::new();
    let students = of_first("students");
    let total = client.json(&students).await["totalItems"].clone();
    for (body, field) in [
        (json!({}), "name"),
        (json!({ "name": " ", "email": "a@example.com" }), "name"),
        (json!({ "name": "Nara" }), "email"),
        (json!({ "name": "Nara", "email": null }), "email"),
        (json!({ "name": "Nara", "email": "nara" }), "email"),
        (json!({ "name": "Nara", "email": "@example.com" }), "email"),
        (json!({ "name": "Nara", "email": 7 }), "email"),
        (
            json!({ "name": "Nara", "email": "a@example.com", "phone": 48 }),
            "phone",
        ),
        (
            json!({ "name": "Nara", "email": "a@example.com", "tags": "torno" }),
            "tags",
        ),
        (
            json!({ "name": "Nara", "email": "a@example.com", "tags": [1] }),
            "tags",
        ),
    ] {
        refused(&client, Method::POST, &students, Some(&body), field).await;
    }
    let answer = client.send(Method::POST, &students, Some(&json!([]))).await;
    answer.expect(StatusCode::BAD_REQUEST);
    assert_eq!(client.json(&students).await["totalItems"], total);
}

#[tokio::test]
async fn a_list_comes_in_the_order_that_is_asked_for() {
    let client = Client::new();
    let lower = |rows: &[Value], name: &str| -> Vec<String> {
        column(rows, name)
            .iter()
            .map(|text| text.to_lowercase())
            .collect()
    };
    let students = of_first("students?itemsPerPage=100");
    let newest = items(&client, &students).await;
    assert!(column(&newest, "createdAt").is_sorted_by(|a, b| a >= b));
    for (field, others) in [("name", "email:desc"), ("email", "name:asc")] {
        let up = items(&client, &format!("{students}&sort={field}:asc,{others}")).await;
        assert!(lower(&up, field).is_sorted(), "{field}");
        let down = items(&client, &format!("{students}&sort={field}:desc")).await;
        assert!(lower(&down, field).is_sorted_by(|a, b| a >= b), "{field}");
        assert_ne!(up, down);
    }
    // Where the first field is alike the second one tells, and then the order that there is without any.
    let deliveries = of_first("deliveries");
    let by_both = items(&client, &format!("{deliveries}?sort=platform:desc,name:asc")).await;
    let pairs: Vec<(String, String)> = lower(&by_both, "platform")
        .into_iter()
        .zip(lower(&by_both, "name"))
        .collect();
    assert!(
        pairs.is_sorted_by(|a, b| (&b.0, &a.1) <= (&a.0, &b.1)),
        "{pairs:?}"
    );
    let teams = items(&client, &format!("{TEAMS}?sort=url:desc")).await;
    assert!(column(&teams, "url").is_sorted_by(|a, b| a >= b));
    let names = items(&client, &format!("{TEAMS}?sort=name:asc")).await;
    assert!(lower(&names, "name").is_sorted());
    let first = text(&items(&client, &deliveries).await[0]["id"]).to_owned();
    let courses = of_first(&format!("deliveries/{first}/courses"));
    let plain = items(&client, &courses).await;
    assert_eq!(
        items(&client, &format!("{courses}?sort=platform:desc")).await,
        plain
    );
    let mut reversed = items(&client, &format!("{courses}?sort=name:desc")).await;
    reversed.reverse();
    assert_eq!(
        items(&client, &format!("{courses}?sort=name:asc")).await,
        reversed
    );
}

#[tokio::test]
async fn what_cannot_be_asked_for_is_refused() {
    let client = Client::new();
    for (target, field) in [
        (of_first("students?sort=name"), "sort"),
        (of_first("students?sort=platform:asc"), "sort"),
        (of_first("deliveries?sort=email:asc"), "sort"),
        (format!("{TEAMS}?sort=name:up"), "sort"),
        (of_first("students?isFrozen=1"), "isFrozen"),
        (of_first("students?startDate=2026-02-30"), "startDate"),
        (of_first("students?startDate=2026-01-01T00:00:00"), "startDate"),
        (
            of_first("students?startDate=2026-01-02&endDate=2026-01-01"),
            "endDate",
        ),
        (of_first("students?page=0"), "page"),
        (of_first("deliveries?itemsPerPage=x"), "itemsPerPage"),
    ] {
        refused(&client, Method::GET, &target, None, field).await;
    }
    for target in [
        format!("{TEAMS}/nenhuma/students"),
        format!("{TEAMS}/nenhuma/deliveries"),
        format!("{TEAMS}/Atelie-da-Serra/deliveries/1/courses"),
        of_first("students/nenhum/enrollments"),
        of_first("deliveries/1"),
        of_first("deliveries/x"),
        of_first("deliveries/1/courses"),
    ] {
        let answer = client.get(&target).await.expect(StatusCode::NOT_FOUND).json();
        assert!(answer["code"].is_string(), "{answer}");
    }
    // A delivery of another school is none of this one.
    let other = text(&items(&client, TEAMS).await[1]["id"]).to_owned();
    let theirs = items(&client, &format!("{TEAMS}/{other}/deliveries")).await;
    let theirs = text(&theirs[0]["id"]);
    client.json(&format!("{TEAMS}/{other}/deliveries/{theirs}")).await;
    client
        .get(&of_first(&format!("deliveries/{theirs}")))
        .await
        .expect(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_schools_have_something_of_everything() {
    let client = Client::new();
    let (mut platforms, mut frozen, mut certified, mut empty) = (HashSet::new(), 0, 0, 0);
    for team in items(&client, TEAMS).await {
        let of = |what: &str| format!("{TEAMS}/{}/{what}", text(&team["id"]));
        let students = client.all(&of("students")).await;
        empty += usize::from(students.is_empty());
        frozen += client.all(&of("students?isFrozen=true")).await.len();
        for delivery in client.all(&of("deliveries")).await {
            platforms.insert(text(&delivery["platform"]).to_owned());
        }
        for student in &students {
            for enrolled in client
                .all(&of(&format!("students/{}/enrollments", text(&student["id"]))))
                .await
            {
                let done = enrolled["progress"] == 100;
                assert_eq!(done, enrolled["certificateUrl"].is_string());
                assert!(enrolled["progress"].as_u64().unwrap() <= 100);
                assert!(text(&enrolled["createdAt"]) >= text(&student["createdAt"]).trim_end_matches('Z'));
                certified += usize::from(done);
            }
        }
    }
    assert_eq!(platforms.len(), 6, "{platforms:?}");
    assert!(
        frozen > 0 && certified > 0 && empty == 1,
        "{frozen} {certified} {empty}"
    );
}
