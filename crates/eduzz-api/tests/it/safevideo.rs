//! SafeVideo: facts beyond the generic properties.

use eduzz_api::safevideo::{GetMedia, ListMedias, SetMediaDomains, UpdateMedia};
use eduzz_types::PersonalText;
use eduzz_types::safevideo::MediaStatus;
use eduzz_wire::{EncodeError, EndpointExt as _, RejectionKind, ResponseError};
use http::Response;
use serde_json::json;

use crate::support::body;

#[test]
fn media_reads_from_both_forms_only() {
    let read = |body: &'static str| GetMedia::new("1").response(&Response::new(body));
    let object = read(r#"{"id":"1","status":"encoded"}"#).unwrap();
    let listed = read(r#"[{"id":"1","status":"encoded"}]"#).unwrap();
    assert_eq!(object.status, Some(MediaStatus::Encoded));
    assert_eq!(object.into_inner(), listed.into_inner());
    for body in ["[]", r#"[{"id":"1"},{"id":"2"}]"#, "null", r#"{"status":404}"#] {
        assert!(matches!(read(body), Err(ResponseError::Unreadable(_))), "{body}");
    }
}

#[test]
fn empty_change_is_not_sent_but_empty_description_is() {
    let nowhere: [&str; 0] = [];
    let missing = |name| Err(EncodeError::Missing { name });
    assert_eq!(body(&SetMediaDomains::new("1", nowhere)), missing("domains"));
    assert_eq!(body(&SetMediaDomains::new("1", [""])), missing("domains"));
    assert_eq!(body(&UpdateMedia::new("1")), missing("title or description"));
    // An empty text is said, and may be meant: it takes the description away.
    assert_eq!(
        body(&UpdateMedia::new("1").description("")),
        Ok(json!({ "description": "" }))
    );
}

#[test]
fn refusal_kind_and_message_can_be_matched() {
    for (status, message, kind) in [
        (400, "referrers must be an array", RejectionKind::Malformed),
        (401, "Unauthorized", RejectionKind::InvalidToken),
        (403, "Forbbiden scope invalid", RejectionKind::MissingScope),
        (404, "Medias not found", RejectionKind::NotFound),
    ] {
        let body = json!({ "status": status, "message": message }).to_string();
        let response = Response::builder().status(status).body(body).unwrap();
        let error = ListMedias::new().response(&response).unwrap_err();
        let rejection = error.rejection().unwrap();
        assert_eq!(rejection.kind(), kind, "{message}");
        let problem = rejection.problem.as_ref().unwrap();
        assert_eq!(problem.status, Some(status));
        assert_eq!(problem.message.as_ref().map(PersonalText::as_str), Some(message));
        // The service's texts may quote the request.
        assert!(!rejection.to_string().contains(message), "{rejection}");
    }
}
