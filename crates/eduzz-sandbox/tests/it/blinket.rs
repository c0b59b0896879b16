//! Blinket: events, who attends, and tags; what calls change is there to be read.

use std::collections::HashSet;
use std::time::Duration;

use eduzz_api::blinket::{AddParticipant, CheckIn, ListParticipants, TagParticipants, UpdateParticipant};
use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::client::{Client, segment, text};

const EVENTS: &str = "/blinket/v1/events";
const TAGS: &str = "/blinket/v1/attendance-tags";
const LIST: &str = "/blinket/v1/attendance-list";

/// The event of this title.
async fn event(client: &Client, title: &str) -> Value {
    let events = client.all(EVENTS).await;
    let found = events
        .iter()
        .find(|event| text(&event["title"]).starts_with(title));
    let id = text(&found.expect("an event")["id"]).to_owned();
    client.json(&format!("{EVENTS}/{id}")).await
}

/// The event that the shop sells the tickets of.
async fn workshop(client: &Client) -> Value {
    event(client, "Imersão").await
}

async fn participants(client: &Client, event: &Value) -> Vec<Value> {
    client
        .all(&format!("{LIST}/by-event/{}", text(&event["id"])))
        .await
}

/// The one of this id, as it is now.
async fn now(client: &Client, event: &Value, id: &Value) -> Value {
    let all = participants(client, event).await;
    all.into_iter()
        .find(|one| one["id"] == *id)
        .expect("a participant")
}

async fn tagged(client: &Client, tag: &str) -> Vec<Value> {
    let list = client.json(&format!("{TAGS}/{tag}/attendance-list")).await;
    list["items"].as_array().expect("items").clone()
}

async fn refused(client: &Client, method: Method, path: &str, body: &Value, status: StatusCode) -> Value {
    client.send(method, path, Some(body)).await.expect(status).json()
}

#[tokio::test]
async fn who_paid_for_a_ticket_in_the_shop_attends() {
    let client = Client::new();
    let workshop = workshop(&client).await;
    let lot = &workshop["tickets"][0]["lots"][0];
    let product = text(&lot["eduzzProductId"]);
    assert_eq!(
        client.json(&format!("/myeduzz/v1/products/{product}")).await["payment"]["price"]["value"],
        lot["value"]
    );
    let sold = async || {
        let sales = client.sales().await;
        let paid = sales.into_iter().filter(|sale| {
            sale["product"]["id"] == product && ["paid", "waitingRefund"].contains(&text(&sale["status"]))
        });
        paid.map(|sale| text(&sale["id"]).to_owned())
            .collect::<HashSet<_>>()
    };
    let all = participants(&client, &workshop).await;
    assert!(all.len() > 10, "{}", all.len());
    for one in &all {
        let sale = client
            .json(&format!("/myeduzz/v1/sales/{}", text(&one["invoiceId"])))
            .await;
        assert_eq!(one["email"], sale["recipient"]["email"]);
        assert_eq!(one["invoiceCustomerEmail"], sale["buyer"]["email"]);
        assert_eq!(one["eduzzId"], sale["recipient"]["id"]);
        assert_eq!(one["invoiceAmount"], sale["grossGain"]["value"]);
        let paid = text(&one["invoicePaidAt"]).replace(' ', "T") + "Z";
        assert_eq!(sale["paidAt"], paid);
        assert_eq!(
            (&one["manuallyCreated"], &one["checkinDate"]),
            (&json!(false), &Value::Null)
        );
        assert_eq!(one["customFields"].as_object().unwrap().len(), 2);
    }
    let invoices = |all: &[Value]| {
        let invoices = all.iter().map(|one| text(&one["invoiceId"]).to_owned());
        invoices.collect::<HashSet<_>>()
    };
    assert_eq!(invoices(&all), sold().await);
    // Those who buy now come too, before the others.
    client.control.sell(200);
    let more = participants(&client, &workshop).await;
    assert!(more.len() > all.len());
    assert_eq!(invoices(&more), sold().await);
    assert_eq!(more[more.len() - all.len()..], all);
}

#[tokio::test]
async fn events_are_found_by_what_is_asked() {
    let client = Client::new();
    let all = client.all(EVENTS).await;
    assert!(all.len() > 10);
    let starts = |events: &[Value]| {
        let starts = events.iter().map(|event| text(&event["startAt"]).to_owned());
        starts.collect::<Vec<_>>()
    };
    assert!(starts(&all).is_sorted_by(|a, b| a >= b));
    let upwards = client.all(&format!("{EVENTS}?order=asc")).await;
    assert!(starts(&upwards).is_sorted());
    assert_eq!(upwards.len(), all.len());
    for kind in ["online", "live", "presential"] {
        let some = client.all(&format!("{EVENTS}?type={kind}")).await;
        let expected = all.iter().filter(|event| event["type"] == kind).count();
        assert!(expected > 0, "{kind}");
        assert_eq!(some.len(), expected, "{kind}");
    }
    let found = client
        .all(&format!("{EVENTS}?search={}", segment("RODA de leitura 1")))
        .await;
    let titles: Vec<&str> = found.iter().map(|event| text(&event["title"])).collect();
    assert_eq!(titles, ["Roda de Leitura 10", "Roda de Leitura 1"]);

    // The clock stands at 2026-11-02T12:00:00Z.
    let coming = client.all(&format!("{EVENTS}?startDate=2026-11-02")).await;
    assert_eq!(starts(&coming).len(), 2);
    let first = text(&coming[1]["startAt"]);
    let from = client
        .all(&format!("{EVENTS}?startDate={}", segment(first)))
        .await;
    assert_eq!(from, coming);
    let day = &first[..10];
    let one = client
        .all(&format!("{EVENTS}?startDate={day}&endDate={day}"))
        .await;
    assert_eq!(one, coming[1..]);
    for query in [
        "order=up",
        "type=concert",
        "startDate=2026-02-30",
        "startDate=2026-02-02&endDate=2026-02-01",
        "page=0",
    ] {
        let problem = client
            .get(&format!("{EVENTS}?{query}"))
            .await
            .expect(StatusCode::UNPROCESSABLE_ENTITY)
            .json();
        assert_eq!(problem["code"], "ERR_INP422", "{query}");
        assert_eq!(problem["message"], "Validation failed", "{query}");
        assert!(query.contains(text(&problem["errors"][0]["field"])), "{problem}");
    }
    // The list has no tickets, the details have.
    assert!(all.iter().all(|event| event.get("tickets").is_none()));
    assert_eq!(workshop(&client).await["tickets"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_check_in_is_there_until_it_is_undone() {
    let client = Client::new();
    let workshop = workshop(&client).await;
    let some = participants(&client, &workshop).await;
    let keys: Vec<&str> = some[..2].iter().map(|one| text(&one["inviteKey"])).collect();
    client.config.clock.advance(Duration::from_secs(90));
    client.call(&CheckIn::new(keys.clone())).await.unwrap();
    for one in &some[..2] {
        let checked = now(&client, &workshop, &one["id"]).await;
        assert_eq!(checked["checkinDate"], "2026-11-02 12:01:30");
        assert_eq!(checked["modifiedAt"], checked["checkinDate"]);
    }
    assert_eq!(now(&client, &workshop, &some[2]["id"]).await, some[2]);
    // Whoever is in came when they came.
    client.config.clock.advance(Duration::from_secs(60));
    client.call(&CheckIn::new(keys.clone())).await.unwrap();
    let checked = now(&client, &workshop, &some[0]["id"]).await;
    assert_eq!(checked["checkinDate"], "2026-11-02 12:01:30");

    client.call(&CheckIn::undo([keys[0]])).await.unwrap();
    let undone = now(&client, &workshop, &some[0]["id"]).await;
    assert_eq!(undone["checkinDate"], Value::Null);
    let other = now(&client, &workshop, &some[1]["id"]).await;
    assert_eq!(other["checkinDate"], "2026-11-02 12:01:30");

    // One wrong number checks nobody in.
    let error = client.call(&CheckIn::new([keys[0], "1"])).await.unwrap_err();
    assert!(error.contains("ERR_NF404"), "{error}");
    assert_eq!(now(&client, &workshop, &some[0]["id"]).await, undone);
    let path = format!("{LIST}/check-in");
    for body in [
        json!({}),
        json!({ "attendances": [{ "inviteKey": keys[0] }] }),
        json!({ "checkin": "true", "attendances": [{ "inviteKey": keys[0] }] }),
        json!({ "checkin": true, "attendances": [] }),
        json!({ "checkin": true, "attendances": [keys[0]] }),
        json!({ "checkin": true, "attendances": [{}] }),
    ] {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        let problem = refused(&client, Method::PUT, &path, &body, status).await;
        assert_eq!(problem["code"], "ERR_INP422", "{body}");
    }
}

#[tokio::test]
async fn a_tag_is_made_given_renamed_taken_and_deleted() {
    let client = Client::new();
    let workshop = workshop(&client).await;
    let some = participants(&client, &workshop).await;
    let body = json!({ "title": "Monitora", "color": "#00AA55" });
    let made = client
        .send(Method::POST, TAGS, Some(&body))
        .await
        .expect(StatusCode::CREATED)
        .json();
    let tag = text(&made["id"]).to_owned();
    assert_eq!(client.all(TAGS).await[0], made);
    assert_eq!(tagged(&client, &tag).await, [] as [Value; 0]);

    let ids: Vec<&str> = some[..3].iter().map(|one| text(&one["id"])).collect();
    for _ in 0..2 {
        // Twice is the same as once.
        client
            .call(&TagParticipants::new(&*tag, ids.clone()))
            .await
            .unwrap();
        assert_eq!(tagged(&client, &tag).await.len(), 3);
    }
    let mut listed = tagged(&client, &tag).await;
    listed.sort_by_key(|id| ids.iter().position(|known| id == known));
    assert_eq!(listed, ids);
    assert_eq!(
        now(&client, &workshop, &some[1]["id"]).await["tags"],
        json!(["Monitora"])
    );

    client.config.clock.advance(Duration::from_secs(60));
    let path = format!("{TAGS}/{tag}");
    let renamed = client
        .send(Method::PUT, &path, Some(&json!({ "title": "Equipe" })))
        .await
        .expect(StatusCode::OK)
        .json();
    assert_eq!(
        (&renamed["title"], &renamed["color"]),
        (&json!("Equipe"), &made["color"])
    );
    assert_eq!(renamed["createdAt"], made["createdAt"]);
    assert_eq!(renamed["modifiedAt"], "2026-11-02T12:01:00Z");
    assert_eq!(
        now(&client, &workshop, &some[1]["id"]).await["tags"],
        json!(["Equipe"])
    );

    let body = json!({ "attendanceIds": [ids[1]] });
    client
        .send(Method::DELETE, &format!("{path}/attendance-list"), Some(&body))
        .await
        .expect(StatusCode::NO_CONTENT);
    assert_eq!(tagged(&client, &tag).await.len(), 2);
    assert_eq!(now(&client, &workshop, &some[1]["id"]).await["tags"], json!([]));

    client
        .send(Method::DELETE, &path, None)
        .await
        .expect(StatusCode::NO_CONTENT);
    assert!(client.all(TAGS).await.iter().all(|other| other["id"] != tag));
    for one in &some[..3] {
        assert_eq!(now(&client, &workshop, &one["id"]).await["tags"], json!([]));
    }
    for (method, path, body) in [
        (Method::DELETE, path.clone(), Value::Null),
        (Method::PUT, path.clone(), json!({ "title": "x" })),
        (Method::GET, format!("{path}/attendance-list"), Value::Null),
        (
            Method::POST,
            format!("{path}/attendance-list"),
            json!({ "attendanceIds": [ids[0]] }),
        ),
    ] {
        let problem = refused(&client, method, &path, &body, StatusCode::NOT_FOUND).await;
        assert_eq!(
            problem,
            json!({ "code": "ERR_NF404", "message": "Tag not found" })
        );
    }
}

#[tokio::test]
async fn tags_are_refused_as_documented() {
    let client = Client::new();
    let workshop = workshop(&client).await;
    let one = participants(&client, &workshop).await[0].clone();
    let tag = text(&client.all(TAGS).await[0]["id"]).to_owned();
    let path = format!("{TAGS}/{tag}");
    let invalid = StatusCode::UNPROCESSABLE_ENTITY;
    for (method, path, body, field) in [
        (Method::POST, TAGS, json!({ "color": "#112233" }), "title"),
        (
            Method::POST,
            TAGS,
            json!({ "title": " ", "color": "#112233" }),
            "title",
        ),
        (Method::POST, TAGS, json!({ "title": "x" }), "color"),
        (
            Method::POST,
            TAGS,
            json!({ "title": "x", "color": "red" }),
            "color",
        ),
        (
            Method::POST,
            TAGS,
            json!({ "title": "x", "color": "#12345" }),
            "color",
        ),
        (Method::PUT, &path, json!({}), "title"), // Q149
        (Method::PUT, &path, json!({ "title": "" }), "title"),
        (Method::PUT, &path, json!({ "title": 7 }), "title"),
    ] {
        let problem = refused(&client, method, path, &body, invalid).await;
        let fields: Vec<&String> = problem.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["code", "errors", "message"], "{body}");
        assert_eq!(problem["errors"][0]["field"], field, "{body}");
    }

    let list = format!("{path}/attendance-list");
    let before = tagged(&client, &tag).await;
    let over = event(&client, "Noite de Modas").await;
    let guest = participants(&client, &over).await[0].clone();
    for method in [Method::POST, Method::DELETE] {
        let body = json!({ "attendanceIds": [one["id"], guest["id"]] });
        let problem = refused(&client, method.clone(), &list, &body, invalid).await;
        assert_eq!(
            problem,
            json!({ "code": "ERR_INP422", "message": "Event is closed" })
        );
        let body = json!({ "attendanceIds": [one["id"], "nobody"] });
        let problem = refused(&client, method.clone(), &list, &body, StatusCode::NOT_FOUND).await;
        assert_eq!(problem["message"], "Attendance not found");
        for body in [
            json!({}),
            json!({ "attendanceIds": [] }),
            json!({ "attendanceIds": [1] }),
        ] {
            let problem = refused(&client, method.clone(), &list, &body, invalid).await;
            assert_eq!(problem["errors"][0]["field"], "attendanceIds", "{body}");
        }
    }
    // All of them, or none.
    assert_eq!(tagged(&client, &tag).await, before);
}

#[tokio::test]
async fn who_is_added_by_hand_is_there_and_can_be_changed() {
    let client = Client::new();
    let workshop = workshop(&client).await;
    let before = participants(&client, &workshop).await;
    let (event, guest) = (text(&workshop["id"]), text(&workshop["tickets"][1]["id"]));
    let call = AddParticipant::new(event, guest, "Noa Exemplo", "noa@example.com");
    let added = client
        .call(&call.clone().document("55555555555").phone("11922223333"))
        .await
        .unwrap();
    assert_eq!(added.manually_created, Some(true));
    assert_eq!(added.phone, None, "it is called otherwise here");
    assert_eq!(added.phone_number.as_ref().unwrap().as_str(), "11922223333");
    let after = participants(&client, &workshop).await;
    assert_eq!(after[1..], before);
    let listed = &after[0];
    assert_eq!(listed["id"], added.id.as_str());
    assert_eq!(
        (&listed["name"], &listed["ticketName"]),
        (&json!("Noa Exemplo"), &json!("Convidado"))
    );
    assert_eq!(listed["phone"], "11922223333");
    for nothing in [
        "checkinDate",
        "invoiceCustomerName",
        "invoicePaidAt",
        "invoiceAmount",
    ] {
        assert_eq!(listed[nothing], Value::Null, "{nothing}");
    }

    let key = added.invite_key.unwrap();
    let change = UpdateParticipant::new(key.as_str())
        .name("Lia Exemplo")
        .email("lia@example.com");
    let changed = client.call(&change).await.unwrap();
    assert_eq!(changed.id, added.id);
    assert_eq!(changed.phone_number, None, "and here it is called so again");
    assert_eq!(changed.phone, added.phone_number, "what is not given stays");
    assert_ne!(changed.eduzz_id, added.eduzz_id, "somebody else");
    let listed = now(&client, &workshop, &listed["id"]).await;
    assert_eq!(
        (&listed["name"], &listed["email"]),
        (&json!("Lia Exemplo"), &json!("lia@example.com"))
    );
    assert_eq!(listed["firstEduzzId"], added.eduzz_id.unwrap().as_str());
    // The same address is the same person.
    let again = client
        .call(&AddParticipant::new(event, guest, "Lia", "LIA@example.com"))
        .await;
    assert_eq!(again.unwrap().eduzz_id, changed.eduzz_id);

    let path = format!("{LIST}/add-manually");
    let good = json!({ "eventId": event, "ticketId": guest, "name": "N", "email": "n@example.com" });
    let but = |name: &str, value: Value| {
        let mut body = good.clone();
        body[name] = value;
        body
    };
    for (name, value) in [
        ("eventId", json!(null)),
        ("ticketId", json!("")),
        ("name", json!(7)),
        ("email", json!("nobody")),
        ("documentType", json!("rg")),
        ("useStock", json!("yes")),
    ] {
        let body = but(name, value);
        let problem = refused(
            &client,
            Method::POST,
            &path,
            &body,
            StatusCode::UNPROCESSABLE_ENTITY,
        )
        .await;
        assert_eq!(problem["errors"][0]["field"], name, "{body}");
    }
    for (name, message) in [("eventId", "Event not found"), ("ticketId", "Ticket not found")] {
        let body = but(name, json!("nowhere"));
        let problem = refused(&client, Method::POST, &path, &body, StatusCode::NOT_FOUND).await;
        assert_eq!(problem["message"], message);
    }
    let unknown = client
        .call(&UpdateParticipant::new("1").name("x"))
        .await
        .unwrap_err();
    assert!(unknown.contains("Attendance not found"), "{unknown}");
    let over = self::event(&client, "Noite de Modas").await;
    let body = json!({
        "eventId": over["id"], "ticketId": over["tickets"][0]["id"], "name": "N", "email": "n@example.com",
    });
    let problem = refused(
        &client,
        Method::POST,
        &path,
        &body,
        StatusCode::UNPROCESSABLE_ENTITY,
    )
    .await;
    assert_eq!(problem["message"], "Event is closed");
}

#[tokio::test]
async fn a_lot_has_an_end_for_who_takes_from_it() {
    let client = Client::new();
    let workshop = workshop(&client).await;
    let (event, ticket) = (text(&workshop["id"]), text(&workshop["tickets"][0]["id"]));
    let lot = workshop["tickets"][0]["lots"][0]["quantity"].as_u64().unwrap();
    let sold = participants(&client, &workshop).await.len() as u64;
    let add = AddParticipant::new(event, ticket, "Noa Exemplo", "noa@example.com");
    for _ in sold..lot {
        client.call(&add.clone().use_stock(true)).await.unwrap();
    }
    let error = client.call(&add.clone().use_stock(true)).await.unwrap_err();
    assert!(error.contains("No ticket is left"), "{error}");
    client.call(&add).await.unwrap();
    let listed = client.call(&ListParticipants::new(event)).await.unwrap();
    assert_eq!(listed.total_items, lot + 1);
}

#[tokio::test]
async fn a_ticket_is_mailed_again_to_who_has_one() {
    let client = Client::new();
    let workshop = workshop(&client).await;
    let one = participants(&client, &workshop).await[0].clone();
    let path = format!("{LIST}/resend-ticket-email");
    let body = json!({ "eventId": workshop["id"], "userEmail": one["email"] });
    client
        .send(Method::POST, &path, Some(&body))
        .await
        .expect(StatusCode::NO_CONTENT);
    let mails = client.control.ticket_emails();
    assert!(mails.contains(&text(&one["inviteKey"]).to_owned()), "{mails:?}");
    let not_found = StatusCode::NOT_FOUND;
    let body = json!({ "eventId": workshop["id"], "userEmail": "nobody@example.com" });
    refused(&client, Method::POST, &path, &body, not_found).await;
    let body = json!({ "eventId": "nowhere", "userEmail": one["email"] });
    refused(&client, Method::POST, &path, &body, not_found).await;
    let body = json!({ "eventId": workshop["id"] });
    let problem = refused(
        &client,
        Method::POST,
        &path,
        &body,
        StatusCode::UNPROCESSABLE_ENTITY,
    )
    .await;
    assert_eq!(problem["errors"][0]["field"], "userEmail");
    assert_eq!(client.control.ticket_emails(), mails);
}

#[tokio::test]
async fn an_event_that_is_not_there_is_not_found() {
    let client = Client::new();
    for path in [format!("{EVENTS}/nowhere"), format!("{LIST}/by-event/nowhere")] {
        let problem = client.get(&path).await.expect(StatusCode::NOT_FOUND).json();
        assert_eq!(
            problem,
            json!({ "code": "ERR_NF404", "message": "Event not found" })
        );
    }
    // Nobody has come to one of those that are.
    let empty = event(&client, "Aulão").await;
    assert_eq!(participants(&client, &empty).await, [] as [Value; 0]);
}
