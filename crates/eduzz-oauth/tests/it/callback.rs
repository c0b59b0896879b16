//! What a browser, or anybody, comes back with.

use eduzz_oauth::{App, CallbackError, CallbackErrorKind};
use eduzz_testkit::canary;
use eduzz_wire::EndpointExt as _;
use eduzz_wire::Origins;
use proptest::prelude::*;

use crate::support::{CODE, RETURN_URL, SECRET, STATE, app, pending};

fn refused(callback: &str) -> CallbackError {
    pending().returned(&app(), callback).unwrap_err()
}

/// The code that an accepted callback sends on.
fn accepted(callback: &str) -> Option<String> {
    let exchange = pending().returned(&app(), callback).ok()?;
    let request = exchange.request(&Origins::production(), None).unwrap();
    let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
    Some(body["code"].as_str().unwrap().to_owned())
}

#[test]
fn the_forms_that_are_read() {
    for callback in [
        format!("code={CODE}&state={STATE}"),
        format!("?code={CODE}&state={STATE}"),
        format!("{RETURN_URL}?state={STATE}&code={CODE}"),
        format!("{RETURN_URL}?code={CODE}&state={STATE}#_=_"),
        format!("  {RETURN_URL}?utm=1&utm=2&code={CODE}&state={STATE}\n"),
        format!("/callback?code={CODE}&state={STATE}"),
    ] {
        assert_eq!(accepted(&callback).as_deref(), Some(CODE), "{callback}");
    }
}

#[test]
fn what_does_not_answer_this_sign_in_leaves_it_open() {
    use CallbackErrorKind::*;
    let megabyte = format!("code={}&state={STATE}", "x".repeat(1_000_000));
    for (callback, kind) in [
        (String::new(), NotAQuery),
        ("hello".to_owned(), NotAQuery),
        (RETURN_URL.to_owned(), NotAQuery),
        ("https://shop.example.com/code=x".to_owned(), NotAQuery),
        (megabyte, TooLong),
        (format!("code={CODE}"), NoState),
        ("error=access_denied".to_owned(), NoState),
        (format!("code={CODE}&state=undefined"), StateUndefined),
        (format!("code={CODE}&state="), OtherState),
        (
            format!("code={CODE}&state={}", STATE.replace('0', "1")),
            OtherState,
        ),
        (format!("code={CODE}&state={STATE}0"), OtherState),
        (format!("code={CODE}&state={}", &STATE[1..]), OtherState),
        (format!("code={CODE}&State={STATE}"), NoState),
        (format!("error=access_denied&state={STATE}x"), OtherState),
        (format!("code={CODE}&state={STATE}&state={STATE}"), StateTwice),
        (format!("state={STATE}"), NoCode),
        (format!("code=&state={STATE}"), NoCode),
        (format!("code=+&state={STATE}"), NoCode),
    ] {
        let error = refused(&callback);
        assert_eq!(error.kind(), &kind, "{callback:.80}");
        let pending = error.into_pending().expect("the sign-in goes on waiting");
        assert!(
            pending
                .returned(&app(), &format!("code={CODE}&state={STATE}"))
                .is_ok()
        );
    }
}

#[test]
fn what_answers_it_with_no_code_ends_it() {
    use CallbackErrorKind::*;
    for (callback, kind) in [
        (format!("code=a&code=b&state={STATE}"), CodeTwice),
        (format!("code=a&code=a&error=x&state={STATE}"), CodeTwice),
        (
            format!("code={CODE}&error=access_denied&state={STATE}"),
            CodeAndError,
        ),
        (format!("error=access_denied&state={STATE}"), Refused),
        (format!("error=a&error=b&state={STATE}"), Failed(None)),
    ] {
        let error = refused(&callback);
        assert_eq!(error.kind(), &kind, "{callback}");
        assert!(error.into_pending().is_none(), "{callback}");
    }
}

#[test]
fn an_error_of_the_service_is_kept_and_not_printed() {
    let error = refused(&format!(
        "error=server_error&error_description={}&state={STATE}",
        canary::PERSONAL
    ));
    canary::error_is_clean(&error);
    let CallbackErrorKind::Failed(Some(service)) = error.kind() else {
        panic!("{error:?}")
    };
    assert_eq!(&*service.error, "server_error");
    assert_eq!(service.description.as_ref().unwrap().as_str(), canary::PERSONAL);
}

#[test]
fn the_callback_of_another_application_is_refused() {
    let other = App::new("another-application", SECRET, RETURN_URL).unwrap();
    let error = pending()
        .returned(&other, &format!("code={CODE}&state={STATE}"))
        .unwrap_err();
    assert_eq!(error.kind(), &CallbackErrorKind::OtherApp);
}

/// Text that looks like a callback more often than chance would make it.
fn callbacks() -> impl Strategy<Value = String> {
    let pair = prop_oneof![
        4 => Just(format!("state={STATE}")),
        4 => "code=[a-zA-Z0-9_-]{0,3}",
        1 => Just("error=access_denied".to_owned()),
        1 => "state=(undefined|[0-9a-f]{0,64})",
        1 => "(code|state|error|CODE|a)(=|%3D)?.{0,4}",
        1 => any::<String>(),
    ];
    let query = proptest::collection::vec(pair, 0..5).prop_map(|pairs| pairs.join("&"));
    (
        prop_oneof![
            Just(""),
            Just("?"),
            Just("https://shop.example.com/eduzz/callback?"),
            Just("#")
        ],
        query,
    )
        .prop_map(|(start, query)| format!("{start}{query}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn a_code_comes_out_exactly_with_our_state_one_code_and_no_error(callback in callbacks()) {
        // The model: the parameters, as a browser's query is read.
        let trimmed = callback.trim();
        let before_fragment = trimmed.split('#').next().unwrap();
        let query = before_fragment.split_once('?').map_or(before_fragment, |(_, query)| query);
        let has_query = before_fragment.contains('?') || !(before_fragment.contains("://") || before_fragment.starts_with('/'));
        let all = |wanted: &str| -> Vec<String> {
            form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == wanted).map(|(_, value)| value.into_owned()).collect()
        };
        let codes = all("code");
        let good = has_query && all("state") == [STATE] && codes.len() == 1 && !codes[0].trim().is_empty() && all("error").is_empty();
        prop_assert_eq!(accepted(&callback), good.then(|| codes[0].trim().to_owned()));
    }

    #[test]
    fn no_text_panics_or_prints(callback in any::<String>()) {
        if let Err(error) = pending().returned(&app(), &format!("{callback}&code={}&x={}", canary::SECRET, canary::PERSONAL)) {
            canary::error_is_clean(&error);
        }
    }
}
