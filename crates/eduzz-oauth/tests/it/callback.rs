//! Callbacks, genuine and forged.

use eduzz_oauth::{CallbackError, CallbackErrorKind};
use eduzz_testkit::canary;
use proptest::prelude::*;

use crate::support::*;

fn refused(callback: &str) -> CallbackError {
    pending().returned(&app(), callback).unwrap_err()
}

/// The code that an accepted callback sends on.
fn accepted(callback: &str) -> Option<String> {
    let exchange = pending().returned(&app(), callback).ok()?;
    let request = request(&exchange);
    let body: serde_json::Value = serde_json::from_slice(request.body()).unwrap();
    Some(body["code"].as_str().unwrap().to_owned())
}

#[test]
fn query_url_and_path_are_read() {
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
fn callback_without_proof_leaves_the_sign_in_open() {
    use CallbackErrorKind::*;
    let other = STATE.replace('0', "1");
    let megabyte = format!("code={}&state={STATE}", "x".repeat(1_000_000));
    for (text, kind) in [
        (String::new(), NotAQuery),
        ("hello".to_owned(), NotAQuery),
        (RETURN_URL.to_owned(), NotAQuery),
        ("https://shop.example.com/code=x".to_owned(), NotAQuery),
        (megabyte, TooLong),
        (format!("code={CODE}"), NoState),
        ("error=access_denied".to_owned(), NoState),
        (format!("code={CODE}&state=undefined"), StateUndefined),
        (format!("code={CODE}&state="), OtherState),
        (format!("code={CODE}&state={other}"), OtherState),
        (format!("code={CODE}&state={STATE}0"), OtherState),
        (format!("code={CODE}&state={}", &STATE[1..]), OtherState),
        (format!("code={CODE}&State={STATE}"), NoState),
        (format!("error=access_denied&state={STATE}x"), OtherState),
        (format!("code={CODE}&state={STATE}&state={STATE}"), StateTwice),
        (format!("state={STATE}"), NoCode),
        (format!("code=&state={STATE}"), NoCode),
        (format!("code=+&state={STATE}"), NoCode),
    ] {
        let error = refused(&text);
        assert_eq!(error.kind(), &kind, "{text:.80}");
        assert_eq!(kind.is_forgery(), kind != NoCode, "{text:.80}");
        let pending = error.into_pending().expect("the sign-in stays open");
        assert!(pending.returned(&app(), &callback()).is_ok());
    }
}

#[test]
fn answer_without_one_code_ends_the_sign_in() {
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
        assert!(!kind.is_forgery(), "{callback}");
        assert!(error.into_pending().is_none(), "{callback}");
    }
}

#[test]
fn callback_is_read_up_to_16_kib() {
    let end = format!("code={CODE}&state={STATE}");
    let padded = |length: usize| format!("utm={}&{end}", "x".repeat(length - end.len() - 5));
    assert_eq!(accepted(&padded(16 * 1024)).as_deref(), Some(CODE));
    assert_eq!(
        refused(&padded(16 * 1024 + 1)).kind(),
        &CallbackErrorKind::TooLong
    );
}

#[test]
fn message_of_a_refused_callback_says_what_is_wrong() {
    for (callback, text) in [
        ("hello".to_owned(), "not a query"),
        (format!("code={CODE}&state=undefined"), "without a state"),
        (format!("error=access_denied&state={STATE}"), "did not authorize"),
    ] {
        let message = refused(&callback).to_string();
        assert!(message.contains(text), "{message}");
    }
}

#[test]
fn error_of_the_service_is_kept_and_not_printed() {
    let error = refused(&format!(
        "error=server_error&error_description={}&state={STATE}",
        canary::PERSONAL
    ));
    canary::error_is_clean(&error);
    assert!(format!("{:?}", error.kind()).contains("ServiceError(***)"));
    let CallbackErrorKind::Failed(Some(service)) = error.kind() else {
        panic!("{error:?}")
    };
    assert_eq!(&*service.error, "server_error");
    assert_eq!(service.description.as_ref().unwrap().as_str(), canary::PERSONAL);
}

/// The parameters of a callback, often a valid one.
fn parameters() -> impl Strategy<Value = Vec<(String, String)>> {
    let own = |name: &'static str, value: &'static str| Just((name.to_owned(), value.to_owned()));
    let pair = prop_oneof![
        4 => own("state", STATE),
        4 => "[a-zA-Z0-9_-]{0,3}".prop_map(|code| ("code".to_owned(), code)),
        1 => own("error", "access_denied"),
        1 => own("state", "undefined"),
        1 => "[0-9a-f]{0,64}".prop_map(|state| ("state".to_owned(), state)),
        1 => own("iss", "https://accounts.example.com/?a=b"),
        1 => ("(CODE|State|a|codes|)", "[ -~é]{0,8}"),
    ];
    proptest::collection::vec(pair, 1..5)
}

/// Encodes them as a browser may: with few characters escaped, or with all.
fn write(pairs: &[(String, String)], bare: bool) -> String {
    if bare {
        // RFC 3986 allows `/`, `:` and `?` in a query.
        let escape = |text: &str| {
            text.replace('%', "%25")
                .replace('+', "%2B")
                .replace('&', "%26")
                .replace('#', "%23")
                .replace(' ', "+")
        };
        let pairs: Vec<String> = pairs
            .iter()
            .map(|(name, value)| format!("{}={}", escape(name).replace('=', "%3D"), escape(value)))
            .collect();
        pairs.join("&")
    } else {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn code_is_given_only_with_the_state_one_code_and_no_error(
        pairs in parameters(), bare: bool, start in prop_oneof![Just(""), Just("?"), Just("https://shop.example.com/eduzz/callback?"), Just("/callback?")],
    ) {
        let all = |wanted: &str| -> Vec<&str> {
            pairs.iter().filter(|(name, _)| name == wanted).map(|(_, value)| value.as_str()).collect()
        };
        let codes = all("code");
        let good = all("state") == [STATE] && codes.len() == 1 && !codes[0].is_empty() && all("error").is_empty();
        let callback = format!("{start}{}", write(&pairs, bare));
        prop_assert_eq!(accepted(&callback), good.then(|| codes[0].to_owned()), "{}", callback);
    }

    #[test]
    fn any_text_neither_panics_nor_prints(callback in any::<String>()) {
        if let Err(error) = pending().returned(&app(), &format!("{callback}&code={}&x={}", canary::SECRET, canary::PERSONAL)) {
            canary::error_is_clean(&error);
        }
    }
}
