//! The school at Nutror: that it agrees with the shop and with itself, and that what is done to it is there to be read.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use eduzz_api::nutror as calls;
use eduzz_types::nutror::ErrorKind;
use eduzz_types::{AccessToken, Date, DateTime};
use eduzz_wire::{
    Completeness, Endpoint, EndpointExt as _, Next, Origins, RejectionKind, ResponseError, Row, Walk,
};
use http::header::AUTHORIZATION;
use http::{Method, Request, Response, StatusCode};
use serde_json::{Value, json};

use crate::browser::Answer;
use crate::client::{Client, text};

const STUDENTS: &str = "/nutror/v1/students";
const COMMENTS: &str = "/nutror/v1/comments";
const COURSES: &str = "/nutror/v1/courses";

fn id(row: &Value) -> String {
    row["id"]
        .as_u64()
        .map_or_else(|| text(&row["id"]).to_owned(), |id| id.to_string())
}

fn rows(list: Value) -> Vec<Value> {
    match list {
        Value::Array(rows) => rows,
        list => panic!("{list}"),
    }
}

/// All rows of a list whose pages have at most 50.
async fn all(client: &Client, target: &str) -> Vec<Value> {
    let mut found = Vec::new();
    for page in 1.. {
        let list = client
            .json(&format!("{target}?itemsPerPage=50&page={page}"))
            .await;
        found.extend(list["items"].as_array().unwrap().iter().cloned());
        if list["pages"] == page {
            assert_eq!(list["totalItems"], found.len());
            break;
        }
    }
    found
}

/// A student with their enrolments, newest first, of whom this holds.
async fn student_with(client: &Client, holds: impl Fn(&[Value]) -> bool) -> (String, Vec<Value>) {
    for student in all(client, STUDENTS).await {
        let made = enrollments(client, &id(&student)).await;
        if holds(&made) {
            return (id(&student), made);
        }
    }
    panic!("nobody")
}

async fn enrollments(client: &Client, student: &str) -> Vec<Value> {
    let list = client.json(&format!("{STUDENTS}/{student}/enrollments")).await;
    rows(list["items"].clone())
}

async fn act(client: &Client, method: Method, target: &str, body: Option<Value>) -> Answer {
    client.send(method, target, body.as_ref()).await
}

/// Nutror's form, with these, and nothing else.
fn refusal(answer: Answer, status: StatusCode, code: impl Into<Value>, has_errors: bool) -> Value {
    let body = answer.expect(status).json();
    let fields: HashSet<&str> = body.as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected = HashSet::from(["code", "message"]);
    expected.extend(has_errors.then_some("errors"));
    assert_eq!(fields, expected, "{body}");
    assert_eq!(body["code"], code.into());
    body
}

fn not_found(answer: Answer, code: u64, has_errors: bool) {
    let body = refusal(answer, StatusCode::NOT_FOUND, code, has_errors);
    assert!(!has_errors || body["errors"] == json!([]));
}

#[tokio::test]
async fn the_school_agrees_with_the_shop_and_with_itself() {
    let client = Client::new();
    let courses = rows(client.json(COURSES).await);
    let products: HashMap<String, Value> = client
        .all("/myeduzz/v1/products")
        .await
        .into_iter()
        .map(|product| (id(&product), product))
        .collect();
    let mut titles: HashMap<String, String> = HashMap::new();
    let mut sold = HashSet::new();
    for course in &courses {
        assert_eq!(text(&course["hash"]).len(), 40);
        titles.insert(
            text(&course["hash"]).to_owned(),
            text(&course["title"]).to_owned(),
        );
        if let Some(product) = course["myEduzzAssociation"]["contentId"].as_str() {
            assert_eq!(course["myEduzzAssociation"]["title"], products[product]["name"]);
            sold.insert(product.to_owned());
        }
        let modules = rows(client.json(&format!("{COURSES}/{}/modules", id(course))).await);
        let sequence: Vec<u64> = modules
            .iter()
            .map(|part| part["sequence"].as_u64().unwrap())
            .collect();
        assert_eq!(sequence, (0..modules.len() as u64).collect::<Vec<_>>());
        for part in &modules {
            assert_eq!(part["courseId"], id(course));
            let one = client
                .json(&format!("{COURSES}/{}/modules/{}", id(course), id(part)))
                .await;
            // Q61
            let created = text(&part["createdAt"])
                .replace('T', " ")
                .replace('Z', ".0000000");
            assert_eq!(one["createdAt"], created);
            assert_eq!(one["banner"], part["banner"]);
        }
    }
    // Besides those that are sold there is one in the making.
    assert_eq!(
        courses
            .iter()
            .filter(|course| course["published"] == false)
            .count(),
        1
    );

    // Who paid for one of the products is a student, and nobody else.
    let paid: Vec<Value> = client
        .sales()
        .await
        .into_iter()
        .filter(|sale| sold.contains(text(&sale["product"]["id"])) && !sale["paidAt"].is_null())
        .collect();
    let students = all(&client, STUDENTS).await;
    let by_email: HashMap<&str, &Value> = students.iter().map(|one| (text(&one["email"]), one)).collect();
    assert_eq!(by_email.len(), students.len(), "nobody twice");
    // The recipient of a sale is its buyer, but for presents.
    let mut found = 0;
    for sale in &paid {
        if let Some(student) = by_email.get(text(&sale["buyer"]["email"])) {
            found += 1;
            assert_eq!(student["name"], sale["buyer"]["name"]);
        }
    }
    assert!(found * 10 > paid.len() * 8, "{found} of {}", paid.len());
    let mut inactive = 0;
    for student in &students {
        let made = enrollments(&client, &id(student)).await;
        assert!(!made.is_empty());
        for one in made {
            inactive += usize::from(one["status"] == "inactive");
            let content = rows(one["content"]["courses"].clone());
            assert_eq!(one["content"]["type"] == "package", content.len() > 1, "{one}");
            for course in content {
                assert_eq!(titles[text(&course["hash"])], text(&course["title"]));
            }
        }
    }
    assert!(inactive > 0, "somebody's money went back");

    // Only students say something.
    let names: HashSet<&str> = students.iter().map(|one| text(&one["name"])).collect();
    let comments = client.all(COMMENTS).await;
    assert!(comments.len() > 20);
    let times: Vec<&str> = comments.iter().map(|said| text(&said["createdAt"])).collect();
    assert!(times.is_sorted_by(|newer, older| newer >= older));
    for said in &comments {
        assert!(names.contains(text(&said["author"])));
        let answers = client.json(&format!("{COMMENTS}/{}/answers", id(said))).await;
        assert_eq!(said["isAnswered"], answers["totalItems"] != 0);
    }
}

#[tokio::test]
async fn the_school_follows_from_the_seed_and_not_from_the_looks() {
    let look = async |client: &Client| {
        (
            client.json(COURSES).await,
            all(client, STUDENTS).await,
            client.all(COMMENTS).await,
        )
    };
    let (one, same, other) = (Client::seeded(7), Client::seeded(7), Client::seeded(8));
    let first = look(&one).await;
    assert_eq!(first, look(&same).await);
    assert_ne!(first.1, look(&other).await.1);

    // Who looks late sees the same as who looked before, and those who came since.
    let late = Client::seeded(7);
    for client in [&one, &late] {
        client.control.sell(40);
    }
    let newer = look(&one).await;
    assert_eq!(newer, look(&late).await);
    assert!(newer.1.len() > first.1.len(), "some of forty buy a course");
    let grown = newer.1.len() - first.1.len();
    assert_eq!(newer.1[grown..], first.1);
    let fresh = enrollments(&one, &id(&newer.1[0])).await.remove(0);
    assert_eq!(fresh["status"], "active");
    assert_eq!(
        (&fresh["progress"], &fresh["acceptedTermAt"]),
        (&json!(0), &Value::Null)
    );
}

#[tokio::test]
async fn a_blocked_enrolment_shows_and_stays() {
    let client = Client::new();
    let (student, made) = student_with(&client, |made| made[0]["status"] == "active").await;
    let path = format!("/nutror/v1/enrollments/{}", id(&made[0]));
    for _ in 0..2 {
        let answer = act(&client, Method::PUT, &format!("{path}/block"), None).await;
        assert_eq!(answer.expect(StatusCode::CREATED).body, "");
    }
    let now = enrollments(&client, &student).await;
    assert_eq!(now[0]["status"], "inactive");
    for (call, body) in [
        ("release-modules", None),
        ("extend-access", Some(json!({ "expiredAt": "2028-01-31" }))),
    ] {
        let answer = act(&client, Method::PUT, &format!("{path}/{call}"), body).await;
        refusal(answer, StatusCode::CONFLICT, 91, true);
    }
    assert_eq!(enrollments(&client, &student).await, now, "nothing else changed");
}

#[tokio::test]
async fn the_end_of_an_access_moves_and_comes() {
    let client = Client::new();
    let (student, made) = student_with(&client, |made| {
        made[0]["status"] == "active"
            && made[0]["allModulesReleased"] == false
            && !made[0]["expiredAt"].is_null()
    })
    .await;
    let path = format!("/nutror/v1/enrollments/{}", id(&made[0]));
    let extend =
        async |body: Value| act(&client, Method::PUT, &format!("{path}/extend-access"), Some(body)).await;
    for (body, end) in [
        (json!({ "expiredAt": "2028-01-31" }), "2028-02-01T02:59:59Z"),
        (json!({ "expireAt": "2026-11-03" }), "2026-11-04T02:59:59Z"), // Q65
        (
            json!({ "expiredAt": "2026-11-05T10:00:00-03:00" }),
            "2026-11-05T13:00:00Z",
        ),
    ] {
        assert_eq!(extend(body).await.expect(StatusCode::CREATED).body, "");
        assert_eq!(enrollments(&client, &student).await[0]["expiredAt"], end);
    }
    for (body, field) in [
        (json!({}), "expireAt"), // Q65
        (json!({ "expiredAt": null }), "expireAt"),
        (json!({ "expiredAt": "2028-02-30" }), "expiredAt"),
        (json!({ "expiredAt": "2028-02-01 10:00:00" }), "expiredAt"),
        (json!({ "expiredAt": 7 }), "expiredAt"),
    ] {
        let told = refusal(extend(body).await, StatusCode::BAD_REQUEST, "0010", true);
        assert_eq!(told["errors"][0]["field"], field);
    }
    let answer = act(&client, Method::PUT, &format!("{path}/release-modules"), None).await;
    answer.expect(StatusCode::CREATED);
    let now = enrollments(&client, &student).await.remove(0);
    assert_eq!(
        (&now["allModulesReleased"], &now["status"]),
        (&json!(true), &json!("active"))
    );
    client.config.clock.advance(Duration::from_secs(4 * 86_400));
    assert_eq!(enrollments(&client, &student).await[0]["status"], "inactive");
}

#[tokio::test]
async fn what_is_deleted_is_gone() {
    let client = Client::new();
    let (student, made) = student_with(&client, |made| made.len() > 1).await;
    let delete = async |target: &str| act(&client, Method::DELETE, target, None).await;

    let one = format!("/nutror/v1/enrollments/{}", id(&made[0]));
    assert_eq!(delete(&one).await.expect(StatusCode::NO_CONTENT).body, "");
    not_found(delete(&one).await, 2, true);
    assert_eq!(enrollments(&client, &student).await, made[1..]);
    // Q57
    for (call, code) in [("block", 2), ("release-modules", 12), ("extend-access", 12)] {
        let body = json!({ "expiredAt": "2028-01-31" });
        not_found(
            act(&client, Method::PUT, &format!("{one}/{call}"), Some(body)).await,
            code,
            true,
        );
    }

    let path = format!("{STUDENTS}/{student}");
    let before = all(&client, STUDENTS).await;
    delete(&path).await.expect(StatusCode::NO_CONTENT);
    not_found(delete(&path).await, 2, true);
    not_found(client.get(&path).await, 12, true);
    not_found(client.get(&format!("{path}/enrollments")).await, 12, true);
    let other = format!("/nutror/v1/enrollments/{}/block", id(&made[1]));
    not_found(act(&client, Method::PUT, &other, None).await, 2, true);
    let after = all(&client, STUDENTS).await;
    assert_eq!(after.len() + 1, before.len());
    assert!(after.iter().all(|one| id(one) != student));

    // A course goes with its modules, with what was said below its lessons, and from what students have.
    let comments = client.all(COMMENTS).await.len();
    let courses = rows(client.json(COURSES).await);
    let gone = &courses[0];
    let path = format!("{COURSES}/{}", id(gone));
    let modules = rows(client.json(&format!("{path}/modules")).await);
    let module = format!("{path}/modules/{}", id(&modules[0]));
    let told = delete(&module).await.expect(StatusCode::OK).json();
    assert_eq!(
        (told["code"].clone(), told["message"].is_string()),
        (Value::Null, true)
    );
    not_found(delete(&module).await, 2, false);
    not_found(client.get(&module).await, 2, false);
    assert_eq!(rows(client.json(&format!("{path}/modules")).await), modules[1..]);
    delete(&path).await.expect(StatusCode::OK);
    for target in [&path, &format!("{path}/modules"), &module] {
        not_found(client.get(target).await, 2, false);
    }
    not_found(delete(&path).await, 2, false);
    assert!(client.all(COMMENTS).await.len() < comments);
    for student in all(&client, STUDENTS).await.iter().step_by(9) {
        for one in enrollments(&client, &id(student)).await {
            assert!(!one["content"].to_string().contains(text(&gone["hash"])));
        }
    }
    for course in &courses[1..] {
        delete(&format!("{COURSES}/{}", id(course)))
            .await
            .expect(StatusCode::OK);
    }
    not_found(client.get(COURSES).await, 2, false);
    assert!(client.all(COMMENTS).await.is_empty());
}

#[tokio::test]
async fn what_is_changed_in_a_course_shows() {
    let client = Client::new();
    let course = client.json(COURSES).await[1].clone();
    let path = format!("{COURSES}/{}", id(&course));
    let before = client.json(&path).await;
    client.config.clock.advance(Duration::from_secs(90));
    let put = async |target: &str, body: Value| act(&client, Method::PUT, target, Some(body)).await;

    put(
        &path,
        json!({ "title": "Outro nome", "authorId": 3, "more": true }),
    )
    .await
    .expect(StatusCode::OK);
    let advanced = json!({
        "daysAvailable": 30, "releaseDate": "2027-02-01", "progressBar": true, "pixelFacebook": "1",
        "pixelGoogleAnalytics": "UA-1", "duration": 12.5, "certificateProgress": 60,
        "supportExternalUrl": "https://a.example.com", "allowMultipleAccess": true, "secretaryStatus": true,
        "secretaryUrl": "https://b.example.com",
    });
    put(&format!("{path}/advanced"), advanced.clone())
        .await
        .expect(StatusCode::OK);
    let images = json!({ "background": "https://img.example.com/x.jpg" });
    put(&format!("{path}/customization"), images)
        .await
        .expect(StatusCode::OK);

    let mut expected = before.clone();
    expected["title"] = json!("Outro nome");
    expected["customization"]["background"] = json!("https://img.example.com/x.jpg");
    for (name, value) in advanced.as_object().unwrap() {
        expected[name] = value.clone();
    }
    assert_eq!(client.json(&path).await, expected, "what is not sent stays");
    let listed = client.json(COURSES).await[1].clone();
    assert_eq!(
        (&listed["title"], &listed["updatedAt"]),
        (&json!("Outro nome"), &json!("2026-11-02T12:01:30Z"))
    );
    assert_eq!(listed["createdAt"], course["createdAt"]);

    let module = rows(client.json(&format!("{path}/modules")).await).remove(0);
    let part = format!("{path}/modules/{}", id(&module));
    let change = json!({
        "title": "Por fim", "daysLocked": 2, "isDraft": true, "availableDays": 5, "releaseDate": "2027-03-01",
        "sequence": 90, "isFree": false,
    });
    put(&part, change.clone()).await.expect(StatusCode::OK);
    let modules = rows(client.json(&format!("{path}/modules")).await);
    let last = modules.last().unwrap();
    assert_eq!(id(last), id(&module), "they come in their order");
    for (name, value) in change.as_object().unwrap() {
        assert_eq!(&last[name], value);
    }

    // Nothing of what is refused is done. Q70
    let before = (client.json(&path).await, client.json(&part).await);
    for (target, body, code) in [
        (&*path, json!({ "description": "x", "title": " " }), 5),
        (&path, json!({ "description": "x", "published": "yes" }), 5),
        (&path, json!({ "authorId": -1 }), 5),
        (
            &format!("{path}/advanced"),
            json!({ "progressBar": false, "daysAvailable": 1.5 }),
            5,
        ),
        (
            &format!("{path}/advanced"),
            json!({ "releaseDate": "2027-02-30" }),
            5,
        ),
        (&format!("{path}/advanced"), json!({ "duration": -1 }), 5),
        (&format!("{path}/customization"), json!({ "background": 1 }), 22),
        (&part, json!({ "title": "x", "sequence": -1 }), 22),
        (&part, json!([]), 22),
    ] {
        refusal(put(target, body).await, StatusCode::BAD_REQUEST, code, false);
    }
    assert_eq!((client.json(&path).await, client.json(&part).await), before);
    for target in [
        &format!("{COURSES}/1"),
        &format!("{path}/modules/1"),
        &format!("{COURSES}/x/modules/1"),
    ] {
        not_found(put(target, json!({ "title": "x" })).await, 2, false);
    }
}

#[tokio::test]
async fn a_comment_is_marked_answered_and_deleted() {
    let client = Client::new();
    let comments = client.all(COMMENTS).await;
    let said = comments
        .iter()
        .find(|said| said["status"] == "inModeration" && said["isAnswered"] == false)
        .unwrap();
    let path = format!("{COMMENTS}/{}", id(said));
    let marks = json!({ "isFixed": true, "isApproved": true, "isRead": true, "isFavorite": true });
    let patch = async |body: Value| act(&client, Method::PATCH, &path, Some(body)).await;
    assert_eq!(patch(marks).await.expect(StatusCode::NO_CONTENT).body, "");
    let now = client.json(&path).await;
    for name in ["isFixed", "isRead", "isFavorite"] {
        assert_eq!(now[name], true);
    }
    assert_eq!(now["status"], "approved");
    patch(json!({ "isFixed": false }))
        .await
        .expect(StatusCode::NO_CONTENT);
    let then = client.json(&path).await;
    assert_eq!(
        (&then["isFixed"], &then["isRead"]),
        (&json!(false), &json!(true)),
        "the others stay"
    );
    let told = refusal(
        patch(json!({ "isRead": 1 })).await,
        StatusCode::BAD_REQUEST,
        "0010",
        true,
    );
    assert_eq!(told["errors"][0]["field"], "isRead");

    let answers = format!("{path}/answers");
    let answer = async |body: Value| act(&client, Method::POST, &answers, Some(body)).await;
    assert_eq!(
        answer(json!({ "text": "Obrigada!" }))
            .await
            .expect(StatusCode::CREATED)
            .body,
        ""
    );
    answer(json!({ "text": "E até logo." }))
        .await
        .expect(StatusCode::CREATED);
    for body in [json!({}), json!({ "text": " " }), json!({ "text": 1 }), json!([])] {
        refusal(answer(body).await, StatusCode::BAD_REQUEST, "0010", true);
    }
    let listed = client.json(&answers).await;
    let texts: Vec<&Value> = listed["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["text"])
        .collect();
    assert_eq!(texts, ["Obrigada!", "E até logo."]);
    assert_eq!(listed["items"][0]["parentId"], id(said));
    assert_eq!(client.json(&path).await["isAnswered"], true);

    for one in listed["items"].as_array().unwrap() {
        let target = format!("/nutror/v1/answers/{}", id(one));
        act(&client, Method::DELETE, &target, None)
            .await
            .expect(StatusCode::NO_CONTENT);
        not_found(act(&client, Method::DELETE, &target, None).await, 2, true);
    }
    assert_eq!(client.json(&path).await["isAnswered"], false);
    act(&client, Method::DELETE, &path, None)
        .await
        .expect(StatusCode::NO_CONTENT);
    assert_eq!(client.all(COMMENTS).await.len() + 1, comments.len());
    for (method, target) in [
        (Method::GET, &path),
        (Method::DELETE, &path),
        (Method::GET, &answers),
        (Method::PATCH, &path),
        (Method::POST, &answers),
    ] {
        not_found(
            act(&client, method, target, Some(json!({ "text": "x" }))).await,
            2,
            true,
        );
    }
}

#[tokio::test]
async fn students_are_found_by_id_and_by_address_a_page_at_a_time() {
    let client = Client::new();
    let students = all(&client, STUDENTS).await;
    for student in students.iter().step_by(17) {
        let email = crate::client::segment(&text(&student["email"]).to_uppercase());
        let by_id = client.json(&format!("{STUDENTS}?id={}", id(student))).await;
        for found in [by_id, client.json(&format!("{STUDENTS}?email={email}")).await] {
            assert_eq!(
                (&found["items"], &found["totalItems"]),
                (&json!([student]), &json!(1))
            );
        }
        assert_eq!(
            &client.json(&format!("{STUDENTS}/{}", id(student))).await,
            student
        );
    }
    let nobody = client
        .json(&format!("{STUDENTS}?email=nobody%40example.com"))
        .await;
    assert_eq!((&nobody["items"], &nobody["pages"]), (&json!([]), &json!(1)));
    // Q67
    assert_eq!(
        client.json(&format!("{STUDENTS}?itemsPerPage=500")).await["itemsPerPage"],
        50
    );
    assert_eq!(client.json(STUDENTS).await["itemsPerPage"], 10);
    assert_eq!(client.json(&format!("{STUDENTS}?page=51")).await["page"], 50);
    for (target, field) in [
        (format!("{STUDENTS}?page=0"), "page"),
        (format!("{COMMENTS}?itemsPerPage=x"), "itemsPerPage"),
        (
            format!("{STUDENTS}/{}/enrollments?page=-1", id(&students[0])),
            "page",
        ),
        (format!("{COMMENTS}/1/answers?page=a"), "page"),
    ] {
        let told = refusal(client.get(&target).await, StatusCode::BAD_REQUEST, "0010", true);
        assert_eq!(told["errors"][0]["field"], field, "{target}");
    }
}

// Q67
#[tokio::test]
async fn a_walk_over_more_students_than_can_be_listed_says_so() {
    let client = Client::with(|config| config.sales_per_day = 12);
    let mut walk = Walk::new(calls::ListStudents::new().items_per_page(10_u32));
    let mut found = HashSet::new();
    loop {
        match walk.next() {
            Next::Call(call) => walk.received(client.call(&call).await.unwrap()),
            Next::Row(Row::Read(student)) => assert!(found.insert(student.id), "none twice"),
            Next::Row(Row::Unreadable(row)) => panic!("{row:?}"),
            Next::End => break,
        }
    }
    let total = client.json(STUDENTS).await["totalItems"].as_u64().unwrap();
    assert!((found.len() as u64) < total, "{} of {total}", found.len());
    assert!(found.len() > 300, "{} of {total}", found.len());
    assert_eq!(walk.progress().completeness, Completeness::RowsMayBeMissing);
}

/// Of an account that has the scopes and is not the producer's.
#[tokio::test]
async fn who_is_not_the_producer_administers_nothing() {
    let client = Client::with(|config| config.apps[1].scopes = config.apps[0].scopes.clone());
    let token = client.config.people[1].personal_token.clone();
    let (student, made) = student_with(&client, |made| made[0]["status"] == "active").await;
    let course = client.json(COURSES).await[0].clone();
    let module = client.json(&format!("{COURSES}/{}/modules", id(&course))).await[0].clone();
    let (made, course, module) = (id(&made[0]), id(&course), id(&module));

    macro_rules! kinds {
        ($call:expr) => {{
            let call = $call;
            let origins = Origins::sandbox("http://127.0.0.1:8080").unwrap();
            let request = call.request(&origins, Some(&AccessToken::new(&*token))).unwrap();
            let (parts, body) = request.into_parts();
            let request = Request::from_parts(parts, axum::body::Body::from(body));
            assert!(request.headers().contains_key(AUTHORIZATION));
            let answer = client.try_send(request).await.unwrap();
            let mut response = Response::new(answer.body);
            *response.status_mut() = answer.status;
            told(&call, &response)
        }};
    }
    let day = Date::new(2028, 1, 31).unwrap();
    let no = Some((RejectionKind::Forbidden, Some(ErrorKind::NoAdminPermission)));
    assert_eq!(kinds!(calls::BlockEnrollment::new(&*made)), no); // Q28
    assert_eq!(kinds!(calls::ReleaseModules::new(&*made)), no);
    assert_eq!(kinds!(calls::ExtendAccess::new(&*made, DateTime::from(day))), no);
    assert_eq!(kinds!(calls::DeleteEnrollment::new(&*made)), no);
    // What is not there is not told to who may not touch it.
    assert_eq!(kinds!(calls::DeleteEnrollment::new("1")), no);
    let no = Some((RejectionKind::Forbidden, Some(ErrorKind::NoPermission)));
    assert_eq!(kinds!(calls::UpdateCourse::new(&*course).title("x")), no);
    assert_eq!(
        kinds!(calls::UpdateCourseAdvanced::new(&*course).progress_bar(true)),
        no
    );
    assert_eq!(
        kinds!(calls::UpdateCourseImages::new(&*course).background("x")),
        no
    );
    assert_eq!(
        kinds!(calls::UpdateModule::new(&*course, &*module).title("x")),
        no
    );
    assert_eq!(kinds!(calls::DeleteModule::new(&*course, &*module)), no);
    assert_eq!(kinds!(calls::DeleteCourse::new(&*course)), no);
    // They read, as whoever has the scope.
    assert_eq!(kinds!(calls::ListCourses::new()), None);
    assert_eq!(kinds!(calls::GetStudent::new(&*student)), None);
    let gone = Some((RejectionKind::NotFound, Some(ErrorKind::UserNotFound)));
    assert_eq!(kinds!(calls::GetStudent::new("1")), gone);
    assert_eq!(enrollments(&client, &student).await[0]["status"], "active");
}

/// None when it was answered well; else what the SDK makes of the refusal.
fn told<E: Endpoint>(call: &E, response: &Response<String>) -> Option<(RejectionKind, Option<ErrorKind>)> {
    match call.response(response) {
        Ok(_) => None,
        Err(ResponseError::Rejected(no)) => Some((no.kind(), no.code().map(ErrorKind::from))),
        Err(error) => panic!("{error}"),
    }
}
