//! The URL that the browser is sent to.

use eduzz_oauth::{App, AppError, Dialect, ResponseType, ReturnUrl, ReturnUrlError, State};
use eduzz_wire::Origins;
use proptest::prelude::*;

use crate::support::*;

fn parameters(url: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(url.split_once('?').unwrap().1.as_bytes())
        .into_owned()
        .collect()
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[test]
fn authorize_url_has_the_documented_parameters() {
    let sign_in = begin(&app());
    let page = "https://accounts.eduzz.com/oauth/authorize?";
    assert!(sign_in.url().starts_with(page));
    let expected = [
        ("client_id", CLIENT_ID),
        ("response_type", "code"),
        ("responseType", "code"),
        ("redirectTo", RETURN_URL),
        ("state", STATE),
    ];
    assert_eq!(parameters(sign_in.url()), pairs(&expected));
}

#[test]
fn dialect_names_the_response_type() {
    for (dialect, name) in [
        (ResponseType::SnakeCase, "response_type"),
        (ResponseType::CamelCase, "responseType"),
    ] {
        let app = app().with_dialect(Dialect::default().response_type(dialect));
        let sign_in = begin(&app);
        let names = parameters(sign_in.url()).into_iter().map(|(name, _)| name);
        assert!(names.eq(["client_id", name, "redirectTo", "state"]));
    }
}

#[test]
fn dialect_of_2020_has_redirect_uri_and_no_response_type() {
    let sign_in = begin(&app().with_dialect(Dialect::of_2020()));
    let expected = [
        ("client_id", CLIENT_ID),
        ("redirect_uri", RETURN_URL),
        ("state", STATE),
    ];
    assert_eq!(parameters(sign_in.url()), pairs(&expected));
    assert_eq!(Dialect::default(), Dialect::default().omit_return_url(false));
}

#[test]
fn return_url_is_https_or_loopback() {
    for (text, port, path) in [
        (RETURN_URL, None, "/eduzz/callback"),
        ("https://a.example.com", None, "/"),
        ("https://localhost:8443/x", None, "/x"),
        ("http://127.0.0.1:8484/retorno?a=1", Some(8484), "/retorno"),
        ("http://localhost/x", Some(80), "/x"),
        ("http://[::1]:9000/", Some(9000), "/"),
        ("http://127.0.0.1:4000?x=/y", Some(4000), "/"),
    ] {
        let url = ReturnUrl::parse(text).unwrap();
        assert_eq!(url.as_str(), text);
        assert_eq!((url.loopback_port(), url.path()), (port, path));
    }
    use ReturnUrlError::*;
    for (text, error) in [
        ("", NotAUrl),
        ("/callback", NotAUrl),
        ("shop.example.com/x", NotAUrl),
        ("myapp://callback", NotAUrl),
        ("https://user@a.example.com/", NotAUrl),
        ("http://127.0.0.1:99999/cb", NotAUrl),
        ("http://127.0.0.1:/cb", NotAUrl),
        ("http://127.0.0.1:0/cb", NotAUrl),
        ("https://a.example.com/cb?a=1&state=fixed", TakenParameter),
        ("https://a.example.com/cb?%63ode=1", TakenParameter),
        ("http://shop.example.com/x", PlainHttp),
        ("https://a.example.com/#x", Fragment),
    ] {
        assert_eq!(ReturnUrl::parse(text).unwrap_err(), error, "{text}");
    }
}

#[test]
fn application_without_id_or_secret_is_refused() {
    let error = |id: &str, secret: &str, url: &str| App::new(id, secret, url).unwrap_err();
    assert_eq!(error(" ", SECRET, RETURN_URL), AppError::NoClientId);
    assert_eq!(error(CLIENT_ID, "\n", RETURN_URL), AppError::NoClientSecret);
    let plain = error(CLIENT_ID, SECRET, "http://a.example.com");
    assert_eq!(plain, AppError::ReturnUrl(ReturnUrlError::PlainHttp));
}

proptest! {
    #[test]
    fn registered_values_are_sent_unchanged(client_id in "[!-~é&=+ %]{1,30}", path in "[a-zA-Z0-9/._~&=+%-]{0,30}", bytes: [u8; 16]) {
        prop_assume!(!client_id.trim().is_empty());
        let return_url = format!("https://a.example.com/{path}");
        let app = App::new(&*client_id, SECRET, &return_url).unwrap();
        let sign_in = app.authorize(&Origins::production(), State::from_random(bytes));
        let found = parameters(sign_in.url());
        prop_assert_eq!(&found[0].1, client_id.trim());
        prop_assert_eq!(&found[3].1, &return_url);
        prop_assert!(sign_in.url().is_ascii() && sign_in.url().parse::<http::Uri>().is_ok());
    }
}
