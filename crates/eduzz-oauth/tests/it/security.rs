//! RFC 9700 (best current practice for OAuth 2.0 security), for clients. `docs/security.md` lists
//! the points and these tests.

use std::collections::HashSet;

use eduzz_oauth::{App, CallbackErrorKind, ExchangeCode, State};
use eduzz_wire::{Endpoint as _, Origins, Repeat, Service};
use http::header;
use proptest::prelude::*;

use crate::support::*;

/// §2.1: both calls send the registered return URL unchanged.
#[test]
fn return_url_is_exact_in_both_calls() {
    let url = "https://shop.example.com/Caminho/?a=1&b=%C3%A7";
    let app = App::new(CLIENT_ID, SECRET, url).unwrap();
    let sign_in = begin(&app);
    let mut parameters = form_urlencoded::parse(sign_in.url().as_bytes());
    let (_, sent_url) = parameters.find(|(name, _)| name == "redirectTo").unwrap();
    assert_eq!(sent_url, url);
    let exchange = sign_in.into_pending().returned(&app, &callback()).unwrap();
    assert_eq!(sent(&exchange)["redirect_uri"], url);
}

/// §2.1, §4.7: a state that is bound to the sign-in and used once prevents forged callbacks.
#[test]
fn callback_without_the_state_is_a_forgery() {
    for callback in [
        format!("code={CODE}"),
        format!("code={CODE}&state=undefined"),
        format!("code={CODE}&state={STATE}1"),
    ] {
        let error = pending().returned(&app(), &callback).unwrap_err();
        assert!(error.kind().is_forgery(), "{callback}");
    }
}

proptest! {
    /// §4.7: a state cannot be guessed: it is the caller's random bytes, each of their bits.
    #[test]
    fn state_has_all_random_bits(bytes: [u8; 32], bit in 0_usize..256) {
        let state = |bytes: [u8; 32]| {
            let sign_in = app().authorize(&Origins::production(), State::from_random(bytes));
            sign_in.url().rsplit_once("state=").unwrap().1.to_owned()
        };
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        prop_assert_eq!(state(bytes), hex);
        let mut other = bytes;
        other[bit / 8] ^= 1 << (bit % 8);
        prop_assert_ne!(state(bytes), state(other));
    }
}

/// §2.1.1: the service does not document PKCE (`docs/quirks.md`, Q31), so it is not used. The state
/// rejects callbacks of another sign-in. Another user's code in one's own sign-in (§4.5), which
/// only PKCE prevents, is not prevented.
#[test]
fn callback_of_another_sign_in_is_refused() {
    let other = app().authorize(&Origins::production(), State::from_random([8; 32]));
    let error = other.into_pending().returned(&app(), &callback()).unwrap_err();
    assert_eq!(error.kind(), &CallbackErrorKind::OtherState);
    assert_eq!(sent(&exchange())["client_secret"], SECRET);
}

/// §2.1.2: only the code grant is used; no token passes through the browser.
#[test]
fn browser_gets_no_token() {
    let sign_in = begin(&app());
    let types: HashSet<String> = form_urlencoded::parse(sign_in.url().as_bytes())
        .filter(|(name, _)| name.to_lowercase().starts_with("response"))
        .map(|(_, value)| value.into_owned())
        .collect();
    assert_eq!(types, HashSet::from(["code".to_owned()]));
    let fragment = format!("{RETURN_URL}#access_token=t&state={STATE}&code={CODE}");
    assert!(pending().returned(&app(), &fragment).is_err());
}

/// §4.2, §4.3.2: no secret or token is in a URL, which histories, logs and referrers would keep.
#[test]
fn url_has_no_secret() {
    let sign_in = begin(&app());
    assert!(!sign_in.url().contains(SECRET));
    let request = request(&exchange());
    assert_eq!(request.uri(), "https://accounts-api.eduzz.com/oauth/token");
}

/// §4.4, mix-up: the origins are fixed, and a sign-in belongs to one application.
#[test]
fn sign_in_belongs_to_one_application() {
    let other = App::new("another-application", SECRET, RETURN_URL).unwrap();
    let error = pending().returned(&other, &callback()).unwrap_err();
    assert_eq!(error.kind(), &CallbackErrorKind::OtherApp);
}

/// §4.5: a code is exchanged once. (It is not `Clone`.)
#[test]
fn code_is_sent_once() {
    assert_eq!(ExchangeCode::ROUTE.repeatability(), Repeat::Unsent);
}

/// §2.5 (and RFC 6749 §2.3.1): the client secret is sent to the token endpoint only, in the body,
/// without a token.
#[test]
fn secret_goes_to_the_token_endpoint_only() {
    assert_eq!(ExchangeCode::ROUTE.service(), Service::AccountsApi);
    let request = request(&exchange());
    assert!(!request.headers().contains_key(header::AUTHORIZATION));
    assert!(!format!("{:?}", request.headers()).contains(SECRET));
}

/// §4.11: no open redirector: no part of a callback becomes a URL.
#[test]
fn callback_never_becomes_a_url() {
    let callback = format!(
        "code={CODE}&state={STATE}&redirectTo=https%3A%2F%2Fevil.example.com&redirect_uri=https%3A%2F%2Fevil.example.com"
    );
    let exchange = pending().returned(&app(), &callback).unwrap();
    let request = request(&exchange);
    assert_eq!(request.uri().host(), Some("accounts-api.eduzz.com"));
    assert!(!String::from_utf8_lossy(request.body()).contains("evil"));
}

/// §2.6: https end to end, or loopback.
#[test]
fn origins_and_return_urls_are_https_or_loopback() {
    assert!(App::new(CLIENT_ID, SECRET, "http://shop.example.com/callback").is_err());
    assert!(Origins::sandbox("http://10.0.0.1:4000").is_err());
    let origins = Origins::production();
    for origin in [origins.accounts(), origins.accounts_api(), origins.api()] {
        assert!(origin.to_string().starts_with("https://"));
    }
}
