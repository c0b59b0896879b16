//! The five products beside the shop: lists, refusals, and changes that later calls show.
//!
//! Cases are tables of text, one a line, with `|` between columns. `{name}` is an id of [`ids`].

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use eduzz_api::nutror::{self, ListStudents};
use eduzz_sandbox::SaleAction;
use eduzz_types::nutror::ErrorKind;
use eduzz_types::{AccessToken, Date, DateTime};
use eduzz_wire::{
    Completeness, Endpoint, EndpointExt as _, Next, Origins, RejectionKind, ResponseError, Row, Walk,
};
use http::{Method, Request, Response, StatusCode};
use serde_json::{Value, json};

use crate::browser::Answer;
use crate::client::{Client, segment, text};

const TEAM: &str = "/alpaclass/v1/producer/teams/atelie-da-serra";
const EVENTS: &str = "/blinket/v1/events";
const TAGS: &str = "/blinket/v1/attendance-tags";
const MEMBERS: &str = "/heycamp/v1/members/community/3001";
const POSTS: &str = "/heycamp/v1/posts/community/3001";
const COURSES: &str = "/nutror/v1/courses";
const STUDENTS: &str = "/nutror/v1/students";
const MEDIAS: &str = "/safevideo/v1/medias";

type Ids = HashMap<&'static str, String>;

fn id(row: &Value) -> String {
    row["id"]
        .as_str()
        .map_or_else(|| row["id"].to_string(), str::to_owned)
}

/// All rows of a list, with pages or without.
async fn rows(client: &Client, list: &str) -> Vec<Value> {
    let sign = if list.contains('?') { '&' } else { '?' };
    let mut found = Vec::new();
    for page in 1.. {
        let answer = client
            .json(&format!("{list}{sign}itemsPerPage=50&page={page}"))
            .await;
        let rows = answer.as_array().or_else(|| answer["items"].as_array()).unwrap();
        found.extend(rows.iter().cloned());
        if answer.get("pages").is_none_or(|pages| *pages == page) {
            break;
        }
    }
    found
}

async fn first(client: &Client, list: &str) -> Value {
    rows(client, list).await.remove(0)
}

/// The ids of one record of each kind.
async fn ids(client: &Client) -> Ids {
    let mut ids = Ids::new();
    for (name, list) in [
        ("student", format!("{TEAM}/students")),
        ("delivery", format!("{TEAM}/deliveries")),
        ("event", format!("{EVENTS}?type=presential")),
        ("over", format!("{EVENTS}?type=live")),
        ("tag", TAGS.to_owned()),
        ("member", MEMBERS.to_owned()),
        ("post", POSTS.to_owned()),
        ("comment", "/nutror/v1/comments".to_owned()),
        ("course", COURSES.to_owned()),
        ("media", MEDIAS.to_owned()),
    ] {
        ids.insert(name, id(&first(client, &list).await));
    }
    for (name, list) in [
        (
            "participant",
            format!("/blinket/v1/attendance-list/by-event/{}", ids["event"]),
        ),
        (
            "guest",
            format!("/blinket/v1/attendance-list/by-event/{}", ids["over"]),
        ),
        ("module", format!("{COURSES}/{}/modules", ids["course"])),
    ] {
        ids.insert(name, id(&first(client, &list).await));
    }
    let event = client.json(&format!("{EVENTS}/{}", ids["event"])).await;
    ids.insert("ticket", id(&event["tickets"][0]));
    for student in rows(client, STUDENTS).await {
        let made = first(client, &format!("{STUDENTS}/{}/enrollments", id(&student))).await;
        if made["status"] == "active" && !made["expiredAt"].is_null() {
            ids.extend([("learner", id(&student)), ("enrollment", id(&made))]);
            break;
        }
    }
    ids
}

/// The lines of a table as columns.
fn table(ids: &Ids, table: &str) -> Vec<Vec<String>> {
    let mut table = table.to_owned();
    for (name, id) in ids {
        table = table.replace(&format!("{{{name}}}"), id);
    }
    let lines = table.lines().filter(|line| !line.trim().is_empty());
    let columns = |line: &str| line.split('|').map(|column| column.trim().to_owned()).collect();
    lines.map(columns).collect()
}

/// Makes the call of the first two columns: the method with the path, and the body.
async fn make(client: &Client, case: &[String]) -> Answer {
    let (method, path) = case[0].split_once(' ').unwrap();
    let body: Option<Value> = (!case[1].is_empty()).then(|| serde_json::from_str(&case[1]).unwrap());
    client
        .send(Method::try_from(method).unwrap(), path, body.as_ref())
        .await
}

#[tokio::test]
async fn pages_of_a_list_are_the_list() {
    let client = Client::new();
    let lists = "
        /alpaclass/v1/producer/teams/atelie-da-serra/students | 40
        /alpaclass/v1/producer/teams/atelie-da-serra/students/{student}/enrollments | 1
        /alpaclass/v1/producer/teams/atelie-da-serra/deliveries | 4
        /alpaclass/v1/producer/teams/atelie-da-serra/deliveries/{delivery}/courses | 2
        /blinket/v1/events | 12
        /blinket/v1/attendance-list/by-event/{event} | 10
        /blinket/v1/attendance-tags | 3
        /heycamp/v1/members/community/3001 | 30
        /heycamp/v1/members/community/3001/comments | 10
        /heycamp/v1/members/community/3001/likes | 10
        /heycamp/v1/invitations/3001 | 40
        /heycamp/v1/spaces/community/3001 | 4
        /heycamp/v1/posts/community/3001 | 30
        /nutror/v1/comments | 20
        /nutror/v1/comments/{comment}/answers | 0
        /nutror/v1/students | 60
        /nutror/v1/students/{learner}/enrollments | 1";
    for case in table(&ids(&client).await, lists) {
        let list = &case[0];
        let all = rows(&client, list).await;
        assert!(all.len() >= case[1].parse().unwrap(), "{list}: {}", all.len());
        let known: HashSet<String> = all.iter().map(id).collect();
        assert_eq!(known.len(), all.len(), "{list}: no record twice");
        for (page, expected) in [
            (1, &all[..all.len().min(3)]),
            (2, all.get(3..all.len().min(6)).unwrap_or_default()),
        ] {
            let answer = client.json(&format!("{list}?itemsPerPage=3&page={page}")).await;
            assert_eq!(answer["items"].as_array().unwrap(), expected, "{list}");
            let told = ["pages", "page", "itemsPerPage", "totalItems"].map(|name| answer[name].clone());
            let expected = [all.len().div_ceil(3).max(1), page, 3, all.len()];
            assert_eq!(told, expected.map(Value::from), "{list}");
        }
        let most = client.json(&format!("{list}?itemsPerPage=500")).await["itemsPerPage"].clone();
        assert_eq!(most, if list == STUDENTS { 50 } else { 100 }, "{list}");
        let refused = client.get(&format!("{list}?page=0")).await;
        assert!(refused.status.is_client_error(), "{list}");
        assert_eq!(refused.json()["errors"][0]["field"], "page", "{list}");
    }
}

// Q67
#[tokio::test]
async fn walk_over_too_many_students_says_that_rows_may_be_missing() {
    let client = Client::with(|config| config.sales_per_day = 12);
    let mut walk = Walk::new(ListStudents::new().items_per_page(10_u32));
    let mut found = HashSet::new();
    loop {
        match walk.next() {
            Next::Call(call) => walk.received(client.call(&call).await.unwrap()),
            Next::Row(Row::Read(student)) => assert!(found.insert(student.id), "no student twice"),
            Next::Row(Row::Unreadable(row)) => panic!("{row:?}"),
            Next::End => break,
        }
    }
    let total = client.json(STUDENTS).await["totalItems"].as_u64().unwrap();
    assert!(
        (300..total).contains(&(found.len() as u64)),
        "{} of {total}",
        found.len()
    );
    assert_eq!(walk.progress().completeness, Completeness::RowsMayBeMissing);
}

#[tokio::test]
async fn filter_gives_the_rows_that_match() {
    let client = Client::new();
    let mut ids = ids(&client).await;
    let teams = client.json("/alpaclass/v1/producer/teams").await;
    ids.insert("kitchen", id(&teams["items"][1]));
    for (name, list) in [
        ("email", format!("{TEAM}/students")),
        ("learnerEmail", STUDENTS.to_owned()),
    ] {
        let email = first(&client, &list).await["email"].clone();
        ids.insert(name, segment(&text(&email).to_uppercase()));
    }
    let middle = text(&rows(&client, MEMBERS).await[20]["createdAt"]).to_owned();
    ids.insert("middle", middle);
    // The list, the query, the member, and how it is to be.
    let cases = "
        /alpaclass/v1/producer/teams/atelie-da-serra/students | id={student} | id | = {student}
        /alpaclass/v1/producer/teams/atelie-da-serra/students | email={email} | id | = {student}
        /blinket/v1/events | type=live | type | = live
        /blinket/v1/events | search=modas%20DE%20viola | title | = Noite de Modas de Viola
        /blinket/v1/events | startDate=2026-11-02 | startAt | > 2026-11-02
        /heycamp/v1/members/community/3001 | endDate={middle} | createdAt | < {middle}
        /nutror/v1/students | email={learnerEmail} | id | first";
    for case in table(&ids, cases) {
        let [list, query, member, wanted] = <&[String; 4]>::try_from(&*case).unwrap();
        let all = rows(&client, list).await;
        let matches = |row: &&Value| match wanted.split_once(' ') {
            Some(("=", wanted)) => row[&**member] == wanted,
            Some((">", wanted)) => text(&row[&**member]) > wanted,
            Some((_, wanted)) => text(&row[&**member]) <= wanted,
            None => **row == all[0],
        };
        let expected: Vec<Value> = all.iter().filter(matches).cloned().collect();
        assert!(!expected.is_empty() && expected.len() < all.len(), "{query}");
        assert_eq!(
            rows(&client, &format!("{list}?{query}")).await,
            expected,
            "{list}?{query}"
        );
    }
    let kitchen = format!("/alpaclass/v1/producer/teams/{}/students", ids["kitchen"]);
    let [frozen, others] = [true, false].map(|is| format!("{kitchen}?isFrozen={is}"));
    let (frozen, others) = (
        rows(&client, &frozen).await.len(),
        rows(&client, &others).await.len(),
    );
    assert!(frozen > 0 && frozen + others == rows(&client, &kitchen).await.len());
    for (list, sort, name) in [
        (format!("{TEAM}/students"), "name:asc,email:desc", "name"),
        (format!("{TEAM}/deliveries"), "platform:desc,name:asc", "platform"),
        ("/alpaclass/v1/producer/teams".to_owned(), "url:desc", "url"),
    ] {
        let sorted = rows(&client, &format!("{list}?sort={sort}")).await;
        let names: Vec<String> = sorted.iter().map(|row| text(&row[name]).to_lowercase()).collect();
        let is_down = sort.starts_with(&format!("{name}:desc"));
        assert!(
            names.is_sorted_by(|a, b| if is_down { a >= b } else { a <= b }),
            "{sort}"
        );
    }
    let mut events = rows(&client, EVENTS).await;
    events.reverse();
    assert_eq!(rows(&client, &format!("{EVENTS}?order=asc")).await, events);
    for (target, field) in [
        (format!("{TEAM}/students?sort=platform:asc"), "sort"),
        (format!("{TEAM}/students?isFrozen=1"), "isFrozen"),
        (format!("{TEAM}/students?startDate=2026-02-30"), "startDate"),
        (format!("{EVENTS}?type=concert"), "type"),
        (format!("{EVENTS}?order=up"), "order"),
        (format!("{MEMBERS}?status=frozen"), "status"),
        (
            format!("{MEMBERS}?startDate=2026-02-02&endDate=2026-02-01"),
            "endDate",
        ),
    ] {
        let refused = client
            .get(&target)
            .await
            .expect(StatusCode::UNPROCESSABLE_ENTITY)
            .json();
        assert_eq!(refused["errors"][0]["field"], field, "{target}");
    }
}

#[tokio::test]
async fn unknown_record_is_refused_in_the_products_form() {
    let client = Client::new();
    let cases = r#"
        GET /alpaclass/v1/producer/teams/no/students | | 404 | "SANDBOX_404"
        GET /alpaclass/v1/producer/teams/atelie-da-serra/students/no/enrollments | | 404 | "SANDBOX_404"
        GET /alpaclass/v1/producer/teams/atelie-da-serra/deliveries/1/courses | | 404 | "SANDBOX_404"
        GET /blinket/v1/events/no | | 404 | "ERR_NF404"
        PUT /blinket/v1/attendance-tags/no | {"title":"x"} | 404 | "ERR_NF404"
        POST /blinket/v1/attendance-tags/{tag}/attendance-list | {"attendanceIds":["no"]} | 404 | "ERR_NF404"
        PUT /blinket/v1/attendance-list/update-by-invitekey/1 | {"name":"x"} | 404 | "ERR_NF404"
        POST /blinket/v1/attendance-list/resend-ticket-email | {"eventId":"{event}","userEmail":"no"} | 404 | "ERR_NF404"
        GET /heycamp/v1/members/1/community/3001 | | 404 | "SANDBOX_404"
        GET /heycamp/v1/members/{member}/community/3002 | | 404 | "SANDBOX_404"
        GET /heycamp/v1/posts/1/community/3001 | | 404 | "SANDBOX_404"
        GET /heycamp/v1/members/community/9 | | 403 | "SANDBOX_403"
        DELETE /heycamp/v1/members/bulk | {"members":[{member},1]} | 404 | "SANDBOX_404"
        GET /nutror/v1/courses/1 | | 404 | 2
        PUT /nutror/v1/courses/{course}/modules/1 | {"title":"x"} | 404 | 2
        POST /nutror/v1/comments/1/answers | {"text":"x"} | 404 | 2
        DELETE /nutror/v1/answers/1 | | 404 | 2
        GET /nutror/v1/students/1 | | 404 | 12
        DELETE /nutror/v1/students/1 | | 404 | 2
        PUT /nutror/v1/enrollments/1/block | | 404 | 2
        PUT /nutror/v1/enrollments/1/release-modules | | 404 | 12
        GET /safevideo/v1/medias/no/embed | | 404 | null
        PUT /safevideo/v1/medias/no | {"title":"x"} | 404 | null"#;
    for case in table(&ids(&client).await, cases) {
        let answer = make(&client, &case).await;
        assert_eq!(answer.status.as_str(), case[2], "{case:?}");
        let body = answer.json();
        assert_eq!(body["code"].to_string(), case[3], "{case:?}");
        assert!(body["message"].is_string(), "{case:?}");
        // The pages of courses and modules have no list of fields.
        let has_list = case[0].contains("/nutror") && !case[0].contains(COURSES);
        assert_eq!(body.get("errors").is_some(), has_list, "{case:?}");
        if case[0].contains("/safevideo") {
            assert_eq!(body, json!({ "status": 404, "message": "Media not found" }));
        }
    }
}

#[tokio::test]
async fn wrong_field_is_refused_and_changes_nothing() {
    let client = Client::new();
    let mut ids = ids(&client).await;
    let lists = [
        format!("{TEAM}/students"),
        MEMBERS.to_owned(),
        COURSES.to_owned(),
        TAGS.to_owned(),
        MEDIAS.to_owned(),
    ];
    let before = async || {
        let mut all = Vec::new();
        for list in &lists {
            all.push(rows(&client, list).await);
        }
        all
    };
    let all = before().await;
    ids.insert("known", text(&all[0][0]["email"]).to_uppercase());
    ids.insert("there", text(&all[1][0]["email"]).to_owned());
    ids.insert("other", text(&all[1][1]["email"]).to_owned());
    // Nutror's refusals of courses and modules have a code and no field (Q70). Then conflicts, and
    // an event that is over.
    let cases = r##"
        POST /alpaclass/v1/producer/teams/atelie-da-serra/students | {"name":" ","email":"a@example.com"} | 422 | name
        POST /alpaclass/v1/producer/teams/atelie-da-serra/students | {"name":"N","email":"@example.com"} | 422 | email
        POST /alpaclass/v1/producer/teams/atelie-da-serra/students | {"name":"N","email":"a@b","tags":[1]} | 422 | tags
        POST /blinket/v1/attendance-tags | {"title":"x","color":"red"} | 422 | color
        PUT /blinket/v1/attendance-tags/{tag} | {} | 422 | title
        DELETE /blinket/v1/attendance-tags/{tag}/attendance-list | {"attendanceIds":[]} | 422 | attendanceIds
        POST /blinket/v1/attendance-list/add-manually | {"eventId":"{event}","ticketId":"x","name":"N","email":"no"} | 422 | email
        PUT /blinket/v1/attendance-list/check-in | {"checkin":true,"attendances":[{}]} | 422 | attendances
        PUT /blinket/v1/attendance-list/check-in | {"attendances":[{"inviteKey":"1"}]} | 422 | checkin
        POST /heycamp/v1/invitations | {"communityId":3001,"email":"bia"} | 422 | email
        POST /heycamp/v1/invitations | {"email":"bia@example.com"} | 422 | communityId
        PUT /heycamp/v1/members/{member} | {"email":null,"socialMedias":null} | 422 | email
        PUT /heycamp/v1/members/{member} | {"socialMedias":{"x":7}} | 422 | socialMedias
        PUT /nutror/v1/courses/{course} | {"description":"x","title":" "} | 400 | 5
        PUT /nutror/v1/courses/{course}/advanced | {"progressBar":false,"daysAvailable":1.5} | 400 | 5
        PUT /nutror/v1/courses/{course}/customization | {"background":1} | 400 | 22
        PUT /nutror/v1/courses/{course}/modules/{module} | [] | 400 | 22
        PATCH /nutror/v1/comments/{comment} | {"isRead":1} | 400 | isRead
        POST /nutror/v1/comments/{comment}/answers | {"text":" "} | 400 | text
        PUT /nutror/v1/enrollments/{enrollment}/extend-access | {} | 400 | expireAt
        PUT /nutror/v1/enrollments/{enrollment}/extend-access | {"expiredAt":"2028-02-30"} | 400 | expiredAt
        PUT /safevideo/v1/medias/{media} | {"title":"x","description":[]} | 400 | description
        PUT /safevideo/v1/medias/{media}/domains | {"domains":["a b"]} | 400 | referrers
        DELETE /safevideo/v1/medias/7 | | 400 | id
        POST /alpaclass/v1/producer/teams/atelie-da-serra/students | {"name":"N","email":"{known}"} | 409 | the
        PUT /heycamp/v1/members/{member} | {"email":"{other}"} | 409 | a
        POST /heycamp/v1/invitations | {"communityId":3001,"email":"{there}"} | 409 | a
        POST /blinket/v1/attendance-tags/{tag}/attendance-list | {"attendanceIds":["{participant}","{guest}"]} | 422 | Event"##;
    for case in table(&ids, cases) {
        let answer = make(&client, &case).await;
        assert_eq!(answer.status.as_str(), case[2], "{case:?}: {}", answer.body);
        let body = answer.json();
        let told = match &body["errors"][0]["field"] {
            Value::Null if body["code"].is_number() => body["code"].to_string(),
            Value::Null => text(&body["message"]).split(' ').next().unwrap().to_owned(),
            field => text(field).to_owned(),
        };
        assert_eq!(told, case[3], "{case:?}: {body}");
    }
    assert_eq!(before().await, all);
}

#[tokio::test]
async fn changed_record_shows() {
    let client = Client::new();
    let mut ids = ids(&client).await;
    let list = format!("/blinket/v1/attendance-list/by-event/{}", ids["event"]);
    ids.insert("key", text(&first(&client, &list).await["inviteKey"]).to_owned());
    client.config.clock.advance(Duration::from_secs(90));
    // The call, the record that shows it, and what is different there.
    let cases = r##"
        PUT /nutror/v1/courses/{course} | {"title":"Outro nome","authorId":3} | /nutror/v1/courses/{course} | {"title":"Outro nome"}
        GET /nutror/v1/courses | | /nutror/v1/courses | {"title":"Outro nome","updatedAt":"2026-11-02T12:01:30Z"}
        PUT /nutror/v1/courses/{course}/advanced | {"daysAvailable":30,"duration":12.5} | /nutror/v1/courses/{course} | {"daysAvailable":30,"duration":12.5,"title":"Outro nome"}
        PUT /nutror/v1/courses/{course}/customization | {"background":"https://a.example.com"} | /nutror/v1/courses/{course} | {"/customization/background":"https://a.example.com"}
        PUT /nutror/v1/courses/{course}/modules/{module} | {"title":"Início","isDraft":true} | /nutror/v1/courses/{course}/modules | {"title":"Início","isDraft":true,"sequence":0}
        PATCH /nutror/v1/comments/{comment} | {"isFixed":true,"isApproved":true} | /nutror/v1/comments/{comment} | {"isFixed":true,"status":"approved"}
        POST /nutror/v1/comments/{comment}/answers | {"text":"Obrigada!"} | /nutror/v1/comments/{comment} | {"isAnswered":true}
        PUT /safevideo/v1/medias/{media} | {"title":"Aula nova"} | /safevideo/v1/medias | {"title":"Aula nova","updatedAt":"2026-11-02T12:01:30.000Z"}
        PUT /safevideo/v1/medias/{media} | {"description":""} | /safevideo/v1/medias/{media} | {"title":"Aula nova","description":""}
        PUT /heycamp/v1/members/{member} | {"email":"novo@example.com"} | /heycamp/v1/members/{member}/community/3001 | {"email":"novo@example.com"}
        PUT /heycamp/v1/members/{member} | {"socialMedias":{"x":"https://x.example.com"}} | /heycamp/v1/members/community/3001 | {"/socialMedias/x":"https://x.example.com","email":"novo@example.com"}
        PUT /blinket/v1/attendance-tags/{tag} | {"title":"Equipe"} | /blinket/v1/attendance-tags | {"title":"Equipe"}
        POST /blinket/v1/attendance-tags/{tag}/attendance-list | {"attendanceIds":["{participant}"]} | /blinket/v1/attendance-list/by-event/{event} | {"/tags/0":"Equipe"}
        GET /blinket/v1/attendance-tags/{tag}/attendance-list | | /blinket/v1/attendance-list/by-event/{event} | {"id":"{participant}"}
        PUT /blinket/v1/attendance-list/check-in | {"checkin":true,"attendances":[{"inviteKey":"{key}"}]} | /blinket/v1/attendance-list/by-event/{event} | {"checkinDate":"2026-11-02 12:01:30"}
        PUT /blinket/v1/attendance-list/check-in | {"checkin":false,"attendances":[{"inviteKey":{key}}]} | /blinket/v1/attendance-list/by-event/{event} | {"checkinDate":null}
        PUT /blinket/v1/attendance-list/update-by-invitekey/{key} | {"phone":"119"} | /blinket/v1/attendance-list/by-event/{event} | {"phone":"119","manuallyCreated":false}
        DELETE /blinket/v1/attendance-tags/{tag}/attendance-list | {"attendanceIds":["{participant}"]} | /blinket/v1/attendance-list/by-event/{event} | {"tags":[]}
        POST /blinket/v1/attendance-list/add-manually | {"eventId":"{event}","ticketId":"{ticket}","name":"Noa","email":"noa@example.com"} | /blinket/v1/attendance-list/by-event/{event} | {"name":"Noa","manuallyCreated":true,"invoicePaidAt":null}
        POST /blinket/v1/attendance-list/resend-ticket-email | {"eventId":"{event}","userEmail":"NOA@example.com"} | /blinket/v1/attendance-list/by-event/{event} | {"name":"Noa"}
        POST /heycamp/v1/invitations | {"communityId":"3001","email":"bia@example.com"} | /heycamp/v1/invitations/3001 | {"email":"bia@example.com","redeemedAt":null}
        POST /alpaclass/v1/producer/teams/atelie-da-serra/students | {"name":"Nara","email":"nara@example.com"} | /alpaclass/v1/producer/teams/atelie-da-serra/students | {"email":"nara@example.com","createdAt":"2026-11-02T12:01:30Z"}
        PUT /nutror/v1/enrollments/{enrollment}/extend-access | {"expireAt":"2026-11-03"} | /nutror/v1/students/{learner}/enrollments | {"expiredAt":"2026-11-04T02:59:59Z","status":"active"}
        PUT /nutror/v1/enrollments/{enrollment}/extend-access | {"expiredAt":"2026-11-05T10:00:00-03:00"} | /nutror/v1/students/{learner}/enrollments | {"expiredAt":"2026-11-05T13:00:00Z"}
        PUT /nutror/v1/enrollments/{enrollment}/release-modules | | /nutror/v1/students/{learner}/enrollments | {"allModulesReleased":true}"##;
    for case in table(&ids, cases) {
        let answer = make(&client, &case).await;
        assert!(answer.status.is_success(), "{case:?}: {}", answer.body);
        let shown = client.json(&case[2]).await;
        let shown = shown.get(0).or_else(|| shown["items"].get(0)).unwrap_or(&shown);
        let expected: Value = serde_json::from_str(&case[3]).unwrap();
        for (name, value) in expected.as_object().unwrap() {
            let pointer = if name.starts_with('/') {
                name.clone()
            } else {
                format!("/{name}")
            };
            assert_eq!(shown.pointer(&pointer), Some(value), "{case:?}: {name}");
        }
    }
    assert_eq!(client.control.ticket_emails().len(), 1);
    let enrollments = format!("{STUDENTS}/{}/enrollments", ids["learner"]);
    client.config.clock.advance(Duration::from_secs(4 * 86_400));
    assert_eq!(
        first(&client, &enrollments).await["status"],
        "inactive",
        "its end came"
    );
    let path = format!("/nutror/v1/enrollments/{}", ids["enrollment"]);
    for (call, status) in [
        ("block", StatusCode::CREATED),
        ("release-modules", StatusCode::CONFLICT),
    ] {
        client
            .send(Method::PUT, &format!("{path}/{call}"), None)
            .await
            .expect(status);
    }
    let media = &ids["media"];
    let domains = format!("{MEDIAS}/{media}/domains");
    let body = json!({ "domains": ["https://a.example.com"] });
    client
        .send(Method::PUT, &domains, Some(&body))
        .await
        .expect(StatusCode::CREATED);
    assert_eq!(
        client.control.media_domains(media),
        Some(vec!["https://a.example.com".to_owned()])
    );
    client
        .send(Method::DELETE, &domains, None)
        .await
        .expect(StatusCode::NO_CONTENT);
    assert_eq!(
        (
            client.control.media_domains(media),
            client.control.media_domains("no")
        ),
        (Some(vec![]), None)
    );
}

#[tokio::test]
async fn deleted_record_is_gone() {
    let client = Client::new();
    let mut ids = ids(&client).await;
    let members = rows(&client, MEMBERS).await;
    ids.extend([("second", id(&members[1])), ("third", id(&members[2]))]);
    let posts = rows(&client, POSTS).await;
    let cases = r#"
        DELETE /blinket/v1/attendance-tags/{tag} | | /blinket/v1/attendance-tags | {tag}
        DELETE /heycamp/v1/members/{member}/community/3001 | | /heycamp/v1/members/community/3001 | {member}
        DELETE /heycamp/v1/members/bulk | {"who":[{second},"{third}",{second}]} | /heycamp/v1/members/community/3001 | {second},{third}
        DELETE /nutror/v1/comments/{comment} | | /nutror/v1/comments | {comment}
        DELETE /nutror/v1/courses/{course}/modules/{module} | | /nutror/v1/courses/{course}/modules | {module}
        DELETE /nutror/v1/students/{learner} | | /nutror/v1/students | {learner}
        DELETE /nutror/v1/courses/{course} | | /nutror/v1/courses | {course}
        DELETE /safevideo/v1/medias/{media} | | /safevideo/v1/medias | {media}"#;
    for case in table(&ids, cases) {
        let mut expected = rows(&client, &case[2]).await;
        let gone: Vec<&str> = case[3].split(',').collect();
        expected.retain(|row| !gone.contains(&&*id(row)));
        let answer = make(&client, &case).await;
        assert!(answer.status.is_success(), "{case:?}: {}", answer.body);
        assert_eq!(rows(&client, &case[2]).await, expected, "{case:?}");
        assert_eq!(
            make(&client, &case).await.status,
            StatusCode::NOT_FOUND,
            "{case:?}"
        );
    }
    let path = format!("/nutror/v1/enrollments/{}/block", ids["enrollment"]);
    client
        .send(Method::PUT, &path, None)
        .await
        .expect(StatusCode::NOT_FOUND);
    assert_eq!(rows(&client, POSTS).await, posts, "what a member wrote stays");
    let deleted = rows(&client, &format!("{MEMBERS}?status=deleted")).await;
    assert!(
        deleted
            .iter()
            .any(|member| id(member) == ids["member"] && member["deletedAt"] == "2026-11-02T12:00:00.000Z")
    );
    for (list, member) in [(COURSES, "code"), (MEDIAS, "message")] {
        for row in rows(&client, list).await {
            client
                .send(Method::DELETE, &format!("{list}/{}", id(&row)), None)
                .await;
        }
        // Q153
        let empty = client.get(list).await.expect(StatusCode::NOT_FOUND).json();
        assert!(!empty[member].is_null());
    }
    assert!(rows(&client, "/nutror/v1/comments").await.is_empty());
    for student in rows(&client, STUDENTS).await.iter().step_by(20) {
        let made = first(&client, &format!("{STUDENTS}/{}/enrollments", id(student))).await;
        assert_eq!(made["content"]["courses"], json!([]));
    }
}

#[tokio::test]
async fn ticket_from_the_stock_is_refused_when_the_lot_is_gone() {
    let client = Client::new();
    let ids = ids(&client).await;
    let event = client.json(&format!("{EVENTS}/{}", ids["event"])).await;
    let lot = event["tickets"][0]["lots"][0]["quantity"].as_u64().unwrap();
    let list = format!("/blinket/v1/attendance-list/by-event/{}", ids["event"]);
    let sold = rows(&client, &list).await.len() as u64;
    let body = json!({
        "eventId": ids["event"], "ticketId": ids["ticket"], "name": "N", "email": "n@example.com", "useStock": true,
    });
    for number in sold..=lot {
        let answer = client
            .send(
                Method::POST,
                "/blinket/v1/attendance-list/add-manually",
                Some(&body),
            )
            .await;
        assert_eq!(answer.status.is_success(), number < lot, "{number}");
    }
}

#[tokio::test]
async fn community_has_two_ids_and_counts_what_is_written_and_liked() {
    let client = Client::new();
    assert_eq!(client.control.community_ids(), ["3001", "3002"]);
    // Q128
    let uuid = client.control.community_uuids().remove(0).to_uppercase();
    assert_eq!(
        client.json(&POSTS.replace("3001", &uuid)).await,
        client.json(POSTS).await
    );
    let posts = rows(&client, POSTS).await;
    let total: u64 = posts
        .iter()
        .map(|post| post["totalComments"].as_u64().unwrap())
        .sum();
    assert_eq!(
        client.json(&format!("{POSTS}/total/comments")).await,
        json!({ "totalComments": total })
    );
    for (top, count) in [("commented", "totalComments"), ("liked", "totalLikes")] {
        let mut most: Vec<&Value> = posts.iter().collect();
        most.sort_by_key(|post| std::cmp::Reverse(post[count].as_u64()));
        let five = client.json(&format!("{POSTS}/top/{top}")).await;
        assert_eq!(five, json!({ "items": most[..5] }));
    }
    let empty = client.json("/heycamp/v1/posts/community/3002/top/liked").await;
    assert_eq!(empty, json!({ "items": [] }));
}

#[tokio::test]
async fn buyer_is_a_student_and_a_participant_until_the_money_goes_back() {
    let client = Client::new();
    let ids = ids(&client).await;
    let deliveries = rows(&client, &format!("{TEAM}/deliveries")).await;
    let bought = |row: &&Value| row["platform"] == "eduzz" && row["isSubscription"] == false;
    let delivery = id(deliveries.iter().find(bought).unwrap());
    let delivery = client.json(&format!("{TEAM}/deliveries/{delivery}")).await;
    let event = client.json(&format!("{EVENTS}/{}", ids["event"])).await;
    let sold = [
        (first(&client, COURSES).await, "/myEduzzAssociation/contentId"),
        (delivery, "/platformProductId"),
        (event, "/tickets/0/lots/0/eduzzProductId"),
    ];
    let mut found = [0; 3];
    for sale in client.control.sell(120) {
        let sale = client.json(&format!("/myeduzz/v1/sales/{sale}")).await;
        let is_it =
            |(record, pointer): &(Value, &str)| record.pointer(pointer) == Some(&sale["product"]["id"]);
        let Some(place) = sold.iter().position(is_it) else {
            continue;
        };
        found[place] += 1;
        let email = segment(text(&sale["recipient"]["email"]));
        let list = match place {
            0 => format!("{STUDENTS}?email={email}"),
            1 => format!("{TEAM}/students?email={email}"),
            _ => format!("/blinket/v1/attendance-list/by-event/{}", ids["event"]),
        };
        let come = rows(&client, &list).await;
        let is_theirs = |row: &&Value| place < 2 || row["invoiceId"] == sale["id"];
        let one = come.iter().find(is_theirs).expect("the recipient");
        assert_eq!(one["name"], sale["recipient"]["name"]);
        client
            .control
            .apply(text(&sale["id"]), SaleAction::Refund)
            .unwrap();
        let after = rows(&client, &list).await;
        match place {
            0 => {
                let made = rows(&client, &format!("{STUDENTS}/{}/enrollments", id(one))).await;
                assert!(made.iter().any(|made| made["status"] == "inactive"));
            }
            1 => {
                let made = rows(&client, &format!("{TEAM}/students/{}/enrollments", id(one))).await;
                assert!(
                    made.iter()
                        .any(|made| made["course"]["name"] == sold[1].0["name"])
                );
            }
            _ => {
                assert_eq!(one["invoiceCustomerEmail"], sale["buyer"]["email"]);
                assert_eq!(one["invoiceAmount"], sale["grossGain"]["value"]);
                assert!(!after.contains(one));
            }
        }
    }
    assert!(found.iter().all(|count| *count > 0), "{found:?}");
}

/// An account that has the scopes and is not the producer's.
#[tokio::test]
async fn other_account_than_the_producers_administers_nothing() {
    let client = Client::with(|config| config.apps[1].scopes = config.apps[0].scopes.clone());
    let ids = ids(&client).await;
    let [course, module, enrollment] = ["course", "module", "enrollment"].map(|name| ids[name].as_str());
    let origins = Origins::sandbox("http://127.0.0.1:8080").unwrap();
    let send = async |request: Request<axum::body::Body>| client.try_send(request).await.unwrap();
    macro_rules! refusal {
        ($call:expr) => {{
            let call = $call;
            let token = AccessToken::new(&*client.config.people[1].personal_token);
            let answer = send(call.request(&origins, Some(&token)).unwrap().map(Into::into)).await;
            let mut response = Response::new(answer.body);
            *response.status_mut() = answer.status;
            refused(&call, &response)
        }};
    }
    let day = DateTime::from(Date::new(2028, 1, 31).unwrap());
    let no = Some((RejectionKind::Forbidden, Some(ErrorKind::NoAdminPermission)));
    assert_eq!(refusal!(nutror::BlockEnrollment::new(enrollment)), no); // Q28
    assert_eq!(refusal!(nutror::ReleaseModules::new(enrollment)), no);
    assert_eq!(refusal!(nutror::ExtendAccess::new(enrollment, day)), no);
    // A caller who may not touch a record is not told whether it is there.
    assert_eq!(refusal!(nutror::DeleteEnrollment::new("1")), no);
    let no = Some((RejectionKind::Forbidden, Some(ErrorKind::NoPermission)));
    assert_eq!(refusal!(nutror::UpdateCourse::new(course).title("x")), no);
    assert_eq!(
        refusal!(nutror::UpdateCourseAdvanced::new(course).progress_bar(true)),
        no
    );
    assert_eq!(
        refusal!(nutror::UpdateCourseImages::new(course).background("x")),
        no
    );
    assert_eq!(refusal!(nutror::UpdateModule::new(course, module).title("x")), no);
    assert_eq!(refusal!(nutror::DeleteModule::new(course, module)), no);
    assert_eq!(refusal!(nutror::DeleteCourse::new(course)), no);
    assert_eq!(
        refusal!(nutror::ListCourses::new()),
        None,
        "reading asks for the scope alone"
    );
    let gone = Some((RejectionKind::NotFound, Some(ErrorKind::UserNotFound)));
    assert_eq!(refusal!(nutror::GetStudent::new("1")), gone);
    // SafeVideo documents what it answers without a token and without a scope.
    for (token, status, message) in [
        ("invented", 401, "Unauthorized"),
        (
            &client.config.people[2].personal_token,
            403,
            "Forbbiden scope invalid",
        ),
    ] {
        let request = Request::get(MEDIAS).header("authorization", format!("Bearer {token}"));
        let answer = send(request.body(axum::body::Body::empty()).unwrap())
            .await
            .json();
        assert_eq!(answer, json!({ "status": status, "message": message }));
    }
}

/// The kind and the code of a refusal; none when the call was answered.
fn refused<E: Endpoint>(call: &E, response: &Response<String>) -> Option<(RejectionKind, Option<ErrorKind>)> {
    match call.response(response) {
        Ok(_) => None,
        Err(ResponseError::Rejected(no)) => Some((no.kind(), no.code().map(ErrorKind::from))),
        Err(error) => panic!("{error}"),
    }
}
