//! The meaning of Nutror's codes.

use eduzz_types::nutror::{Course, ErrorKind};
use eduzz_types::{ErrorCode, Problem};
use serde_json::json;

#[test]
fn error_code_reads_alike_from_number_and_text() {
    for (code, kind) in [
        ("2", ErrorKind::NotFound),
        ("5", ErrorKind::InvalidData),
        ("6", ErrorKind::NoAdminPermission),
        ("11", ErrorKind::NoPermission),
        ("12", ErrorKind::UserNotFound),
        ("22", ErrorKind::UpdateFailed),
        ("33", ErrorKind::DeleteFailed),
        ("91", ErrorKind::EnrollmentBlocked),
    ] {
        for body in [format!(r#"{{"code":{code}}}"#), format!(r#"{{"code":"{code}"}}"#)] {
            let problem = Problem::read(body.as_bytes()).unwrap();
            assert_eq!(ErrorKind::of(&problem), Some(kind.clone()), "{body}");
        }
        assert_eq!(kind.as_str(), code);
    }
}

#[test]
fn validation_kind_is_text_only_and_missing_code_has_no_kind() {
    let kind = |body: &str| ErrorKind::of(&Problem::read(body.as_bytes()).unwrap());
    let invalid = kind(r#"{"code":"0010","errors":[]}"#);
    assert_eq!(invalid, Some(ErrorKind::InvalidInput));
    for body in [r#"{"code":10}"#, r#"{"code":"10"}"#, r#"{"code":"ERR_NF404"}"#] {
        assert!(!kind(body).unwrap().is_known(), "{body}");
    }
    assert_eq!(kind(r#"{"code":10}"#).unwrap().as_str(), "10");
    for body in [
        r#"{"code":null,"message":"x"}"#,
        r#"{"message":"x"}"#,
        r#"{"code":{}}"#,
    ] {
        assert_eq!(kind(body), None, "{body}");
    }
    let blocked = ErrorKind::from(&ErrorCode::from(91));
    assert_eq!(blocked, ErrorKind::EnrollmentBlocked);
}

#[test]
fn code_that_may_be_data_does_not_print() {
    for (code, shown) in [
        ("33", "33"),
        ("77", "77"),
        ("ERR_NF404", "ERR_NF404"),
        ("ana@example.com ja existe", "***"),
        ("11987650000", "***"),
    ] {
        let kind = ErrorKind::from(code);
        assert_eq!((kind.as_str(), kind.to_string()), (code, shown.to_owned()));
    }
    assert_eq!(format!("{:?}", ErrorKind::from("33")), "DeleteFailed");
    assert_eq!(format!("{:?}", ErrorKind::from("77")), "_Unknown(77)");
    assert_eq!(
        format!("{:?}", ErrorKind::from("ana@example.com ja existe")),
        "_Unknown(***)"
    );
}

#[test]
fn number_instead_of_digits_does_not_lose_course() {
    let course: Course =
        serde_json::from_value(json!({ "id": 1, "pixelFacebook": 123_456_789_012_345_u64 })).unwrap();
    assert_eq!(course.pixel_facebook.as_deref(), Some("123456789012345"));
}
