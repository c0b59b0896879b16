//! The five products beside the shop: lists, refusals, and changes that later calls show.

use std::collections::HashSet;
use std::time::Duration;

use eduzz_sandbox::SaleAction;
use serde_json::{Value, json};

use crate::cases::{Ids, check_filters, fill, table};
use crate::client::{Client, segment, text};

const TEAM: &str = "/alpaclass/v1/producer/teams/atelie-da-serra";
const EVENTS: &str = "/blinket/v1/events";
const MEMBERS: &str = "/heycamp/v1/members/community/3001";
const POSTS: &str = "/heycamp/v1/posts/community/3001";
const COURSES: &str = "/nutror/v1/courses";
const STUDENTS: &str = "/nutror/v1/students";
const MEDIAS: &str = "/safevideo/v1/medias";

fn id(row: &Value) -> String {
    let id = &row["id"];
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

async fn first(client: &Client, list: &str) -> Value {
    client.all(list).await.remove(0)
}

/// The ids of one record of each kind.
async fn ids(client: &Client) -> Ids {
    let mut ids = Ids::new();
    let lists = "
        student | /alpaclass/v1/producer/teams/atelie-da-serra/students
        delivery | /alpaclass/v1/producer/teams/atelie-da-serra/deliveries
        event | /blinket/v1/events?type=presential
        over | /blinket/v1/events?type=live
        participant | /blinket/v1/attendance-list/by-event/{event}
        guest | /blinket/v1/attendance-list/by-event/{over}
        tag | /blinket/v1/attendance-tags
        member | /heycamp/v1/members/community/3001
        post | /heycamp/v1/posts/community/3001
        comment | /nutror/v1/comments
        course | /nutror/v1/courses
        module | /nutror/v1/courses/{course}/modules
        media | /safevideo/v1/medias";
    for [name, list] in table(lists) {
        let list = fill(&ids, list);
        ids.insert(name, id(&first(client, &list).await));
    }
    let event = client.json(&format!("{EVENTS}/{}", ids["event"])).await;
    ids.insert("ticket", id(&event["tickets"][0]));
    for student in client.all(STUDENTS).await {
        let made = first(client, &format!("{STUDENTS}/{}/enrollments", id(&student))).await;
        if made["status"] == "active" && !made["expiredAt"].is_null() {
            ids.extend([("learner", id(&student)), ("enrollment", id(&made))]);
            break;
        }
    }
    ids
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
    for [list, least] in table(&fill(&ids(&client).await, lists)) {
        let all = client.all(list).await;
        assert!(all.len() >= least.parse().unwrap(), "{list}: {}", all.len());
        let known: HashSet<String> = all.iter().map(id).collect();
        assert_eq!(known.len(), all.len(), "{list}: no record twice");
        let mut threes = all.chunks(3);
        for page in [1, 2] {
            let answer = client.json(&format!("{list}?itemsPerPage=3&page={page}")).await;
            let expected = threes.next().unwrap_or_default();
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

#[tokio::test]
async fn filter_gives_the_rows_that_match() {
    let client = Client::new();
    let mut ids = ids(&client).await;
    let teams = client.json("/alpaclass/v1/producer/teams").await;
    let kitchen = format!("/alpaclass/v1/producer/teams/{}/students", id(&teams["items"][1]));
    let students = format!("{TEAM}/students");
    for (name, list) in [("email", &*students), ("learnerEmail", STUDENTS)] {
        let email = first(&client, list).await["email"].clone();
        ids.insert(name, segment(&text(&email).to_uppercase()));
    }
    ids.insert("first", id(&first(&client, STUDENTS).await));
    let middle = text(&client.all(MEMBERS).await[20]["createdAt"]).to_owned();
    ids.insert("middle", middle);
    let cases = "
        /alpaclass/v1/producer/teams/atelie-da-serra/students | id={student} | /id = {student}
        /alpaclass/v1/producer/teams/atelie-da-serra/students | email={email} | /id = {student}
        /blinket/v1/events | type=live | /type = live
        /blinket/v1/events | search=modas%20DE%20viola | /title = Noite de Modas de Viola
        /blinket/v1/events | startDate=2026-11-02 | /startAt after 2026-11-02
        /heycamp/v1/members/community/3001 | endDate={middle} | /createdAt until {middle}
        /nutror/v1/students | email={learnerEmail} | /id = {first}";
    check_filters(&client, &fill(&ids, cases)).await;
    let [frozen, others] = [true, false].map(|is| format!("{kitchen}?isFrozen={is}"));
    let (frozen, others) = (client.all(&frozen).await.len(), client.all(&others).await.len());
    assert!(frozen > 0 && frozen + others == client.all(&kitchen).await.len());
    let sorts = "
        /alpaclass/v1/producer/teams/atelie-da-serra/students | name:asc,email:desc
        /alpaclass/v1/producer/teams/atelie-da-serra/deliveries | platform:desc,name:asc
        /alpaclass/v1/producer/teams | url:desc";
    for [list, sort] in table(sorts) {
        let (name, order) = sort.split(',').next().unwrap().split_once(':').unwrap();
        let sorted = client.all(&format!("{list}?sort={sort}")).await;
        let mut names: Vec<String> = sorted.iter().map(|row| text(&row[name]).to_lowercase()).collect();
        if order == "desc" {
            names.reverse();
        }
        assert!(names.is_sorted(), "{sort}");
    }
    let mut events = client.all(EVENTS).await;
    events.reverse();
    assert_eq!(client.all(&format!("{EVENTS}?order=asc")).await, events);
    let refusals = "
        /alpaclass/v1/producer/teams/atelie-da-serra/students?sort=platform:asc | sort
        /alpaclass/v1/producer/teams/atelie-da-serra/students?isFrozen=1 | isFrozen
        /alpaclass/v1/producer/teams/atelie-da-serra/students?startDate=2026-02-30 | startDate
        /blinket/v1/events?type=concert | type
        /blinket/v1/events?order=up | order
        /heycamp/v1/members/community/3001?status=frozen | status
        /heycamp/v1/members/community/3001?startDate=2026-02-02&endDate=2026-02-01 | endDate";
    for [target, field] in table(refusals) {
        let refused = client.get(target).await.is(422).json();
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
    for [call, body, status, code] in table(&fill(&ids(&client).await, cases)) {
        let answer = client.make(call, body).await;
        assert_eq!(answer.status.as_str(), status, "{call}");
        let answer = answer.json();
        assert_eq!(answer["code"].to_string(), code, "{call}");
        assert!(answer["message"].is_string(), "{call}");
        // The pages of courses and modules have no list of fields.
        let has_list = call.contains("/nutror") && !call.contains(COURSES);
        assert_eq!(answer.get("errors").is_some(), has_list, "{call}");
        if call.contains("/safevideo") {
            assert_eq!(answer, json!({ "status": 404, "message": "Media not found" }));
        }
    }
}

#[tokio::test]
async fn wrong_field_is_refused_and_changes_nothing() {
    let client = Client::new();
    let mut ids = ids(&client).await;
    let students = format!("{TEAM}/students");
    let before = async || {
        let mut all = Vec::new();
        for list in [
            &*students,
            MEMBERS,
            COURSES,
            "/blinket/v1/attendance-tags",
            MEDIAS,
        ] {
            all.push(client.all(list).await);
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
    for [call, body, status, named] in table(&fill(&ids, cases)) {
        let answer = client.make(call, body).await;
        assert_eq!(answer.status.as_str(), status, "{call} {body}: {}", answer.body);
        let answer = answer.json();
        let told = match &answer["errors"][0]["field"] {
            Value::Null if answer["code"].is_number() => answer["code"].to_string(),
            Value::Null => text(&answer["message"]).split(' ').next().unwrap().to_owned(),
            field => text(field).to_owned(),
        };
        assert_eq!(told, named, "{call} {body}: {answer}");
    }
    assert_eq!(before().await, all);
}

#[tokio::test]
async fn changed_record_is_shown_by_later_calls() {
    let client = Client::new();
    let mut ids = ids(&client).await;
    let list = format!("/blinket/v1/attendance-list/by-event/{}", ids["event"]);
    ids.insert("key", text(&first(&client, &list).await["inviteKey"]).to_owned());
    client.config.clock.advance(Duration::from_secs(90));
    // The call, its body, the record that shows the change, and the expected members.
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
    for [call, body, list, expected] in table(&fill(&ids, cases)) {
        let answer = client.make(call, body).await;
        assert!(answer.status.is_success(), "{call} {body}: {}", answer.body);
        let shown = client.json(list).await;
        let shown = shown.get(0).or_else(|| shown["items"].get(0)).unwrap_or(&shown);
        let expected: Value = serde_json::from_str(expected).unwrap();
        for (name, value) in expected.as_object().unwrap() {
            let pointer = format!("/{}", name.trim_start_matches('/'));
            assert_eq!(shown.pointer(&pointer), Some(value), "{call} {body}: {name}");
        }
    }
    assert_eq!(client.control.ticket_emails().len(), 1);
    let enrollments = format!("{STUDENTS}/{}/enrollments", ids["learner"]);
    client.config.clock.advance(Duration::from_secs(4 * 86_400));
    let ended = first(&client, &enrollments).await;
    assert_eq!(ended["status"], "inactive", "its end came");
    let media = &ids["media"];
    let domains = || client.control.media_domains(media);
    let cases = r#"
        PUT /nutror/v1/enrollments/{enrollment}/block | | 201 | 0
        PUT /nutror/v1/enrollments/{enrollment}/release-modules | | 409 | 0
        PUT /safevideo/v1/medias/{media}/domains | {"domains":["https://a.example.com"]} | 201 | 1
        DELETE /safevideo/v1/medias/{media}/domains | | 204 | 0"#;
    for [call, body, status, count] in table(&fill(&ids, cases)) {
        let answer = client.make(call, body).await;
        assert_eq!(answer.status.as_str(), status, "{call}");
        let expected = vec!["https://a.example.com".to_owned(); count.parse().unwrap()];
        assert_eq!(domains(), Some(expected), "{call}");
    }
    assert_eq!(client.control.media_domains("no"), None);
}

#[tokio::test]
async fn deleted_record_is_gone() {
    let client = Client::new();
    let mut ids = ids(&client).await;
    let members = client.all(MEMBERS).await;
    ids.extend([("second", id(&members[1])), ("third", id(&members[2]))]);
    let posts = client.all(POSTS).await;
    let cases = r#"
        DELETE /blinket/v1/attendance-tags/{tag} | | /blinket/v1/attendance-tags | {tag}
        DELETE /heycamp/v1/members/{member}/community/3001 | | /heycamp/v1/members/community/3001 | {member}
        DELETE /heycamp/v1/members/bulk | {"who":[{second},"{third}",{second}]} | /heycamp/v1/members/community/3001 | {second},{third}
        DELETE /nutror/v1/comments/{comment} | | /nutror/v1/comments | {comment}
        DELETE /nutror/v1/courses/{course}/modules/{module} | | /nutror/v1/courses/{course}/modules | {module}
        DELETE /nutror/v1/students/{learner} | | /nutror/v1/students | {learner}
        DELETE /nutror/v1/courses/{course} | | /nutror/v1/courses | {course}
        DELETE /safevideo/v1/medias/{media} | | /safevideo/v1/medias | {media}"#;
    for [call, body, list, gone] in table(&fill(&ids, cases)) {
        let mut expected = client.all(list).await;
        expected.retain(|row| !gone.split(',').any(|gone| gone == id(row)));
        let answer = client.make(call, body).await;
        assert!(answer.status.is_success(), "{call}: {}", answer.body);
        assert_eq!(client.all(list).await, expected, "{call}");
        client.make(call, body).await.is(404);
    }
    let block = format!("PUT /nutror/v1/enrollments/{}/block", ids["enrollment"]);
    client.make(&block, "").await.is(404);
    assert_eq!(client.all(POSTS).await, posts, "what a member wrote stays");
    let deleted = client.all(&format!("{MEMBERS}?status=deleted")).await;
    let is_it = |row: &&Value| id(row) == ids["member"];
    let deleted = deleted.iter().find(is_it).unwrap();
    assert_eq!(deleted["deletedAt"], "2026-11-02T12:00:00.000Z");
    for (list, member) in [(COURSES, "code"), (MEDIAS, "message")] {
        for row in client.all(list).await {
            client.make(&format!("DELETE {list}/{}", id(&row)), "").await;
        }
        // Q153
        let empty = client.get(list).await.is(404).json();
        assert!(!empty[member].is_null());
    }
    assert!(client.all("/nutror/v1/comments").await.is_empty());
    for student in client.all(STUDENTS).await.iter().step_by(20) {
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
    let sold = client.all(&list).await.len() as u64;
    let body = json!({
        "eventId": ids["event"], "ticketId": ids["ticket"], "name": "N", "email": "n@example.com", "useStock": true,
    });
    for number in sold..=lot {
        let answer = client
            .post("/blinket/v1/attendance-list/add-manually", &body)
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
    let by_uuid = client.json(&POSTS.replace("3001", &uuid)).await;
    assert_eq!(by_uuid, client.json(POSTS).await);
    let posts = client.all(POSTS).await;
    let counts = posts.iter().map(|post| post["totalComments"].as_u64().unwrap());
    let expected = json!({ "totalComments": counts.sum::<u64>() });
    assert_eq!(client.json(&format!("{POSTS}/total/comments")).await, expected);
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
    let deliveries = client.all(&format!("{TEAM}/deliveries")).await;
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
        let come = client.all(&list).await;
        let is_theirs = |row: &&Value| place < 2 || row["invoiceId"] == sale["id"];
        let one = come.iter().find(is_theirs).expect("the recipient");
        assert_eq!(one["name"], sale["recipient"]["name"]);
        let refunded = client.control.apply(text(&sale["id"]), SaleAction::Refund);
        assert_eq!(refunded, Ok(()));
        let after = client.all(&list).await;
        match place {
            0 => {
                let made = client.all(&format!("{STUDENTS}/{}/enrollments", id(one))).await;
                assert!(made.iter().any(|made| made["status"] == "inactive"));
            }
            1 => {
                let made = client
                    .all(&format!("{TEAM}/students/{}/enrollments", id(one)))
                    .await;
                let is_it = |made: &Value| made["course"]["name"] == sold[1].0["name"];
                assert!(made.iter().any(is_it));
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

#[tokio::test]
async fn other_account_than_the_producers_administers_nothing() {
    let client = Client::with(|config| config.apps[1].scopes = config.apps[0].scopes.clone());
    let mut other = client.clone();
    // An account that has the scopes and is not the producer's.
    other.config.people.swap(0, 1);
    // The answer to an account that may not change a record does not tell whether it exists.
    let cases = r#"
        PUT /nutror/v1/enrollments/{enrollment}/block | | 411 | 6
        PUT /nutror/v1/enrollments/{enrollment}/release-modules | | 411 | 6
        PUT /nutror/v1/enrollments/{enrollment}/extend-access | {"expiredAt":"2028-01-31"} | 411 | 6
        DELETE /nutror/v1/enrollments/1 | | 411 | 6
        PUT /nutror/v1/courses/{course} | {"title":"x"} | 403 | 11
        PUT /nutror/v1/courses/{course}/advanced | {"progressBar":true} | 403 | 11
        PUT /nutror/v1/courses/{course}/customization | {"background":"x"} | 403 | 11
        PUT /nutror/v1/courses/{course}/modules/{module} | {"title":"x"} | 403 | 11
        DELETE /nutror/v1/courses/{course}/modules/{module} | | 403 | 11
        DELETE /nutror/v1/courses/{course} | | 403 | 11
        GET /nutror/v1/courses | | 200 | null
        GET /nutror/v1/courses/{course} | | 404 | 2
        GET /nutror/v1/students/1 | | 404 | 12"#;
    for [call, body, status, code] in table(&fill(&ids(&client).await, cases)) {
        let answer = other.make(call, body).await; // Q28
        let told = (answer.status.as_str(), answer.json()["code"].to_string());
        assert_eq!(told, (status, code.to_owned()), "{call}");
    }
    // SafeVideo documents its own refusals without a token and without a scope.
    let stranger = client.config.people[2].personal_token.clone();
    for (token, status, message) in [
        ("invented", 401, "Unauthorized"),
        (&stranger, 403, "Forbbiden scope invalid"),
    ] {
        other.config.people[0].personal_token = token.to_owned();
        let answer = other.get(MEDIAS).await.json();
        assert_eq!(answer, json!({ "status": status, "message": message }));
    }
}
