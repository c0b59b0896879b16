//! Error bodies: whatever comes, reading does not fail on it, and nothing of it prints.

use eduzz_testkit::{canary, strategies};
use eduzz_types::{ErrorCode, FieldProblems, Problem};
use proptest::prelude::*;
use serde_json::json;

#[test]
fn unknown_error_form_is_kept_whole() {
    let body = json!({ "message": "validation error", "errors": { "startDate": ["is not a date"] } });
    let problem = Problem::read(body.to_string().as_bytes()).unwrap();
    assert!(problem.fields().is_empty());
    let Some(FieldProblems::Other(errors)) = &problem.errors else {
        panic!("another form")
    };
    assert_eq!(errors.as_value(), &body["errors"]);
}

#[test]
fn field_of_wrong_kind_does_not_hide_others() {
    let problem = Problem::read(br#"{"message":{"pt":"x"},"code":91,"errors":null,"status":"404"}"#).unwrap();
    assert!(problem.message.is_none() && problem.errors.is_none() && problem.status.is_none());
    assert_eq!(problem.code.unwrap().as_str(), "91");
}

#[test]
fn codes_read_from_texts_and_numbers() {
    for (body, code) in [
        (r#"{"code":"0010"}"#, "0010"),
        (r#"{"code":10}"#, "10"),
        (r#"{"code":"ERR_NF404"}"#, "ERR_NF404"),
    ] {
        assert_eq!(
            Problem::read(body.as_bytes()).unwrap().code.unwrap().as_str(),
            code
        );
    }
}

proptest! {
    #[test]
    fn problem_reads_from_any_object(json in strategies::any_json()) {
        let body = json.to_string();
        prop_assert_eq!(Problem::read(body.as_bytes()).is_some(), json.is_object());
    }

    #[test]
    fn texts_of_a_problem_do_not_print(json in strategies::any_json()) {
        let canary = format!("{} {}", canary::PERSONAL, canary::SECRET);
        let body = json!({
            "message": canary, "error_description": canary, "body": canary, "debug": { canary.as_str(): canary },
            "details": [canary], "violations": canary, "error": canary, "timeTaken": canary, "code": canary, "link": canary,
            "errors": [{ "field": canary, "message": canary, "data": json }],
        });
        let problem = Problem::read(body.to_string().as_bytes()).unwrap();
        canary::debug_is_clean(&problem);
    }
}

#[test]
fn only_plain_codes_and_fields_print() {
    let codes = ["ERR_NF404", "TRF_001", "0010", "91", "SANDBOX_404"];
    let long = "A".repeat(25);
    let others = [
        "ana@example.com",
        "123.456.789-09",
        "12345678909",
        "Ana",
        &long,
        "",
    ];
    for code in codes {
        assert_eq!(ErrorCode::new(code).plain(), Some(code));
    }
    for code in others {
        assert_eq!(ErrorCode::new(code).plain(), None, "{code}");
    }
    let plain = |field: &str| {
        let body = json!({ "errors": [{ "field": field }] });
        Problem::read(body.to_string().as_bytes()).unwrap().fields()[0]
            .plain_field()
            .map(str::to_owned)
    };
    for field in ["title", "items[0].price", "buyer.address2", "start_date"] {
        assert_eq!(plain(field).as_deref(), Some(field));
    }
    for field in "customers[ana@example.com].name|a b|11987654321|items[]x|x]||ação".split('|') {
        assert_eq!(plain(field), None, "{field}");
    }
}
