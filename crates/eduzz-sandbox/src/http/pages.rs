//! The pages a person sees: HTML and CSS, no scripts.

pub(crate) mod accounts;
pub(crate) mod cart;
pub(crate) mod consent;
pub(crate) mod problem;
mod scopes;

use std::fmt::Write as _;

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

/// Where the account chooser posts to.
pub(crate) const ACCOUNT_PATH: &str = "/oauth/authorize/account";
/// Where the consent page posts to.
pub(crate) const ANSWER_PATH: &str = "/oauth/authorize/answer";
/// The style sheet of all pages.
pub(crate) const STYLE_PATH: &str = "/sandbox.css";
/// The icon of all pages.
pub(crate) const ICON_PATH: &str = "/sandbox.svg";

/// The hidden fields of every form: only the page that was shown can send it, once.
#[derive(Clone, Copy)]
pub(crate) struct Ticket<'a> {
    pub(crate) csrf: &'a str,
    pub(crate) request: &'a str,
}

impl Ticket<'_> {
    fn fields(self) -> Markup {
        html! {
            input type="hidden" name="csrf" value=(self.csrf);
            input type="hidden" name="request" value=(self.request);
        }
    }
}

/// Sets the headers of every page: no cache, no frame, no script, no referrer.
pub(crate) async fn guarded(mut response: Response) -> Response {
    // No `form-action`: Chromium applies it to the redirect after a form, which leads to the
    // application.
    const POLICY: HeaderValue = HeaderValue::from_static(
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

pub(crate) async fn style() -> impl IntoResponse {
    (
        [
            (CONTENT_TYPE, "text/css; charset=utf-8"),
            (CACHE_CONTROL, "no-cache"),
        ],
        include_str!("pages/style.css"),
    )
}

pub(crate) async fn icon() -> impl IntoResponse {
    (
        [(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "no-cache")],
        include_str!("pages/icon.svg"),
    )
}

/// A URL for a header: percent-encodes everything but visible ASCII.
pub(crate) fn header_text(url: &str) -> String {
    url.bytes()
        .fold(String::with_capacity(url.len()), |mut text, byte| {
            if byte.is_ascii_graphic() {
                text.push(char::from(byte));
            } else {
                // Writing to a `String` cannot fail.
                let _ = write!(text, "%{byte:02X}");
            }
            text
        })
}

fn page(status: StatusCode, title: &str, body: &Markup) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang="pt-BR" {
            head { (head(title, STYLE_PATH)) }
            body {
                header.ribbon { "Sandbox local, não é a Eduzz" }
                (body)
            }
        }
    };
    (status, Html(page.into_string())).into_response()
}

/// What the head of every page has, the panel's too.
pub(super) fn head(title: &str, style: &str) -> Markup {
    html! {
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        meta name="robots" content="noindex";
        meta name="color-scheme" content="light dark";
        title { (title) " · Sandbox local" }
        link rel="stylesheet" href=(style);
        link rel="icon" type="image/svg+xml" href=(ICON_PATH);
    }
}

/// The initials of the first and the last name, in place of a picture.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    words
        .next()
        .into_iter()
        .chain(words.next_back())
        .flat_map(char::to_uppercase)
        .collect()
}

fn avatar(name: &str) -> Markup {
    html! { span.avatar aria-hidden="true" { (initials(name)) } }
}

#[cfg(test)]
mod tests {
    use super::{header_text, initials};

    #[test]
    fn initials_are_first_and_last() {
        assert_eq!(initials("Helena de Souza Tavares"), "HT");
        assert_eq!(initials("  ícaro "), "Í");
        assert_eq!(initials(""), "");
    }

    #[test]
    fn url_for_a_header_is_ascii() {
        assert_eq!(
            header_text("http://a/ação\r\nx: y?b=%20"),
            "http://a/a%C3%A7%C3%A3o%0D%0Ax:%20y?b=%20"
        );
    }
}
