//! Blinket: facts beyond the generic properties.

use eduzz_api::blinket::{
    AddParticipant, CheckIn, CreateTag, DeleteTag, ListEvents, ResendTicketEmail, TagParticipants,
    UntagParticipants, UpdateParticipant, UpdateTag,
};
use eduzz_types::{DateTime, ErrorCode, FieldProblem};
use eduzz_wire::{EncodeError, Endpoint, EndpointExt as _, Rejection, RejectionKind};
use http::Response;
use serde_json::{Value, json};

use crate::support::{body, request, target};

fn missing(name: &'static str) -> Result<Value, EncodeError> {
    Err(EncodeError::Missing { name })
}

fn rejection<E: Endpoint>(call: &E, status: u16, body: &str) -> Rejection
where
    E::Output: std::fmt::Debug,
{
    let response = Response::builder().status(status).body(body).unwrap();
    call.response(&response).unwrap_err().rejection().unwrap().clone()
}

#[test]
fn call_without_target_is_not_sent() {
    let nobody: [&str; 0] = [];
    let without_participants = [
        body(&TagParticipants::new("t", nobody)),
        body(&UntagParticipants::new("t", nobody)),
        body(&UntagParticipants::new("t", [" "])),
    ];
    assert_eq!(without_participants, [(); 3].map(|()| missing("attendance_ids")));
    assert_eq!(body(&CheckIn::new(nobody)), missing("invite_keys"));
    assert_eq!(body(&CheckIn::undo([""])), missing("invite_keys"));
    assert_eq!(body(&ResendTicketEmail::new("e", "")), missing("user_email"));
    let no_event = ResendTicketEmail::new("", "lia@example.com");
    assert_eq!(body(&no_event), missing("event_id"));
    assert_eq!(body(&CreateTag::new("", "#112233")), missing("title"));
}

#[test]
fn change_without_fields_is_not_sent() {
    assert_eq!(body(&UpdateTag::new("t")), missing("title or color"));
    let black = body(&UpdateTag::new("t").color("#000000"));
    assert_eq!(black, Ok(json!({ "color": "#000000" })));
    assert_eq!(body(&UpdateTag::new("t").title("x")), Ok(json!({ "title": "x" })));
    let fields = "name, document, document_type, email or phone";
    assert_eq!(body(&UpdateParticipant::new("7")), missing(fields));
    let phone = body(&UpdateParticipant::new("7").phone("11900000000"));
    assert_eq!(phone, Ok(json!({ "phone": "11900000000" })));
}

#[test]
fn unset_field_is_not_sent() {
    assert_eq!(target(&ListEvents::new()), "/blinket/v1/events");
    assert_eq!(
        body(&AddParticipant::new("e", "t", "Lia", "lia@example.com")),
        Ok(json!({ "eventId": "e", "ticketId": "t", "name": "Lia", "email": "lia@example.com" }))
    );
}

#[test]
fn event_range_requires_valid_ordered_dates() {
    let list = |first: &str, last: &str| {
        let list = ListEvents::new()
            .start_date(DateTime::from_text(first))
            .end_date(DateTime::from_text(last));
        request(&list).map(|request| request.uri().query().unwrap().to_owned())
    };
    assert_eq!(
        list("2026-09-01", "2026-09-30T23:59:59Z").unwrap(),
        "startDate=2026-09-01&endDate=2026-09-30T23%3A59%3A59Z"
    );
    assert_eq!(
        list("2026-02-30", "2026-09-30"),
        Err(EncodeError::NoSuchMoment { name: "start_date" })
    );
    assert_eq!(
        list("2026-02-01", "setembro"),
        Err(EncodeError::NoSuchMoment { name: "end_date" })
    );
    assert_eq!(list("2026-09-02", "2026-09-01"), Err(EncodeError::Backwards));
}

#[test]
fn check_in_undo_uses_same_call() {
    assert_eq!(
        body(&CheckIn::undo(["70010001"])),
        Ok(json!({ "checkin": false, "attendances": [{ "inviteKey": "70010001" }] }))
    );
    let read: CheckIn =
        serde_json::from_value(json!({ "checkin": false, "invite_keys": [70_010_001] })).unwrap();
    assert_eq!(read, CheckIn::undo(["70010001"]));
}

#[test]
fn refusal_codes_and_fields_can_be_matched() {
    let gone = rejection(
        &DeleteTag::new("t"),
        404,
        r#"{"code":"ERR_NF404","message":"Tag not found"}"#,
    );
    assert_eq!(gone.kind(), RejectionKind::NotFound);
    assert_eq!(gone.code().map(ErrorCode::as_str), Some("ERR_NF404"));
    assert!(gone.to_string().ends_with("(code ERR_NF404)"), "{gone}");

    let invalid = rejection(
        &UpdateTag::new("t").title(""),
        422,
        r#"{"code":"ERR_INP422","message":"Validation failed","errors":[{"field":"color","message":"x"},{"field":"title","message":"y"}]}"#,
    );
    assert_eq!(invalid.kind(), RejectionKind::Invalid);
    assert_eq!(invalid.code().map(ErrorCode::as_str), Some("ERR_INP422"));
    let problem = invalid.problem.as_ref().unwrap();
    let fields = problem.fields().iter().filter_map(FieldProblem::plain_field);
    assert_eq!(fields.collect::<Vec<_>>(), ["color", "title"]);
}
