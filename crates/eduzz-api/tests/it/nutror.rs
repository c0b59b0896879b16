//! Nutror: lists in any shape, answers of unknown form, and calls refused before sending.

use std::fmt::Debug;

use eduzz_api::nutror::{
    AnswerComment, BlockEnrollment, DeleteComment, EndName, ExtendAccess, GetModule, ListCommentAnswers,
    ListComments, ListCourseModules, ListCourses, ListStudents, UpdateComment, UpdateCourse,
    UpdateCourseAdvanced, UpdateCourseImages, UpdateModule,
};
use eduzz_testkit::canary;
use eduzz_types::nutror::{Comment, Course, EnrollmentStatus, ErrorKind, Student};
use eduzz_types::{Date, DateTime};
use eduzz_wire::{EncodeError, Endpoint, EndpointExt as _, Paged as _};
use http::Response;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::support::{body, request};

#[test]
fn list_reads_in_every_shape() {
    let ids = |body: &'static str| -> Vec<String> {
        let call = ListCourseModules::new("1");
        let modules = call.response(&Response::new(body)).unwrap();
        assert_eq!(modules.len(), modules.clone().into_vec().len());
        modules.iter().map(|module| module.id.to_string()).collect()
    };
    assert_eq!(ids(r#"{"id":7,"title":"a"}"#), ["7"]);
    assert_eq!(ids(r#"[{"id":7},{"id":"8"}]"#), ["7", "8"]);
    assert_eq!(ids(r#"{"more":1,"items":[{"id":7},{"id":8}]}"#), ["7", "8"]);
    assert!(ids("[]").is_empty());
    assert!(ids(r#"{"items":null}"#).is_empty());
    // A body that is not a course is neither a course nor an empty list.
    for body in [
        r#"{"code":2,"message":"x"}"#,
        "{}",
        r#"{"items":[{}]}"#,
        "[7]",
        "7",
        "",
    ] {
        let courses = ListCourses::new().response(&Response::new(body));
        assert!(courses.is_err(), "{body}");
    }
}

#[test]
fn comment_answers_are_kept_unchanged() {
    let page = r#"{"pages":1,"page":1,"itemsPerPage":50,"totalItems":2,"items":[{"id":5,"by":{"x":null}},{"id":6}]}"#;
    let call = ListCommentAnswers::new("1");
    let page = call.response(&Response::new(page)).unwrap();
    let rows: Vec<&Value> = page.items.iter().map(eduzz_types::FreeForm::as_value).collect();
    assert_eq!(rows, [&json!({"id":5,"by":{"x":null}}), &json!({"id":6})]);
    let keys: Vec<_> = page.items.iter().map(ListCommentAnswers::key).collect();
    assert_ne!(keys[0], keys[1]);

    let call = AnswerComment::new("1", "Sim.");
    let said = |body: &'static str| call.response(&Response::new(body)).unwrap().into_value();
    assert_eq!(said(""), json!({}));
    assert_eq!(said(r#"{"id":9}"#), json!({"id":9}));
}

#[test]
fn change_without_fields_is_not_sent() {
    fn nothing(call: &impl Endpoint) {
        assert!(matches!(request(call), Err(EncodeError::Missing { .. })));
    }
    nothing(&UpdateComment::new("1"));
    nothing(&UpdateCourse::new("1"));
    nothing(&UpdateCourseAdvanced::new("1"));
    nothing(&UpdateCourseImages::new("1"));
    nothing(&UpdateModule::new("1", "2"));
    nothing(&AnswerComment::new("1", " \n"));
    // Only set fields are sent, and no field becomes zero or an empty text by itself.
    let comment = body(&UpdateComment::new("1").is_approved(false));
    assert_eq!(comment, Ok(json!({"isApproved": false})));
    let module = body(&UpdateModule::new("1", "2").sequence(0));
    assert_eq!(module, Ok(json!({"sequence": 0})));
    let course = body(&UpdateCourse::new("1").description("").author_id(7));
    assert_eq!(course, Ok(json!({"description": "", "authorId": 7})));
}

#[test]
fn invalid_day_is_not_sent() {
    let none = Date::from_text("2026-02-30");
    for error in [
        request(&UpdateCourseAdvanced::new("1").release_date(none.clone())).unwrap_err(),
        request(&UpdateModule::new("1", "2").release_date(none.clone())).unwrap_err(),
    ] {
        assert_eq!(error, EncodeError::NoSuchDay { name: "release_date" });
    }
    for text in ["2026-02-30", "", "amanhã", "2026-02-01T25:00:00Z"] {
        assert_eq!(
            request(&ExtendAccess::new("1", DateTime::from_text(text))).unwrap_err(),
            EncodeError::NoSuchMoment { name: "expired_at" },
            "{text}"
        );
    }
}

#[test]
fn access_end_is_day_or_moment_under_either_name() {
    let day = Date::new(2027, 8, 31).unwrap();
    let call = ExtendAccess::new("1", day);
    assert_eq!(body(&call).unwrap(), json!({"expiredAt": "2027-08-31"}));
    let other = call.end_named(EndName::ExpireAt);
    assert_eq!(body(&other).unwrap(), json!({"expireAt": "2027-08-31"}));
    let moment = ExtendAccess::new("1", DateTime::from_text("2027-08-31T23:59:59Z"));
    assert_eq!(body(&moment), Ok(json!({"expiredAt": "2027-08-31T23:59:59Z"})));
    let read = json!({"id": 1, "expired_at": "2027-08-31", "end_named": "expireAt"});
    assert_eq!(serde_json::from_value::<ExtendAccess>(read).unwrap(), other);
}

#[test]
fn empty_id_is_refused() {
    for (course, module, name) in [
        ("", "1", "courseId"),
        ("1", " ", "moduleId"),
        ("..", "1", "courseId"),
    ] {
        let error = request(&GetModule::new(course, module)).unwrap_err();
        assert_eq!(error, EncodeError::PathValue { name });
    }
    assert!(request(&DeleteComment::new("")).is_err());
}

#[test]
fn rejection_names_meaning_of_code() {
    let kind = |status: u16, body: &'static str| {
        let response = Response::builder().status(status).body(body).unwrap();
        let error = BlockEnrollment::new("1").response(&response).unwrap_err();
        error.rejection().unwrap().code().map(ErrorKind::from)
    };
    assert_eq!(kind(411, r#"{"code":6}"#), Some(ErrorKind::NoAdminPermission));
    assert_eq!(kind(409, r#"{"code":"91"}"#), Some(ErrorKind::EnrollmentBlocked));
    assert_eq!(kind(404, r#"{"code":null}"#), None);
    assert_eq!(kind(411, "<html></html>"), None);
}

#[test]
fn personal_data_does_not_print() {
    fn clean<T: DeserializeOwned + Debug>(fields: &[&str]) {
        let fields = fields.iter().map(|field| (*field, canary::PERSONAL));
        let record = fields.chain([("id", "1")]).collect::<Value>();
        canary::debug_is_clean(&serde_json::from_value::<T>(record).unwrap());
    }
    canary::debug_is_clean(&ListStudents::new().email(canary::PERSONAL));
    canary::debug_is_clean(&ListComments::new().extra_query("who", canary::PERSONAL));
    canary::debug_is_clean(&AnswerComment::new("1", canary::PERSONAL));
    clean::<Student>(&["name", "email", "avatar"]);
    clean::<Comment>(&["author", "text"]);
    clean::<Course>(&["replyEmail"]);
}

#[test]
fn enrollment_status_matches_whatever_its_case() {
    assert_eq!(EnrollmentStatus::from("ACTIVE"), EnrollmentStatus::Active);
}
