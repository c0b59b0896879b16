//! The pages at the end of a sign-in. They hold no name, no code and no query.

use axum::http::header::{
    CACHE_CONTROL, CONNECTION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::lang::Lang;
use crate::login::Outcome;

/// The page that ends the sign-in.
pub(super) fn ended(lang: Lang, outcome: Outcome) -> Response {
    let (mark, title, text) = match outcome {
        Outcome::Done => (Mark::Done, lang.page_done_title(), lang.page_done_text()),
        Outcome::Refused => (Mark::Stopped, lang.page_refused_title(), lang.page_refused_text()),
        Outcome::Failed => (Mark::Failed, lang.page_failed_title(), lang.page_failed_text()),
    };
    page(lang, StatusCode::OK, mark, &title, &[text, lang.page_close()])
}

/// The page for any other request: a callback that does not answer this sign-in, another method,
/// another host, an unknown path.
pub(super) fn stopped(lang: Lang, status: StatusCode) -> Response {
    let (title, text) = match status {
        StatusCode::BAD_REQUEST => (lang.page_stray_title(), lang.page_stray_text()),
        StatusCode::METHOD_NOT_ALLOWED => (lang.page_method_title(), lang.page_unknown_text()),
        _ => (lang.page_unknown_title(), lang.page_unknown_text()),
    };
    page(lang, status, Mark::Stopped, &title, &[text])
}

/// Redirects to an address without a query, so that code and state stay out of the browser's
/// history.
pub(super) fn see_other(path: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    // The path of a parsed URL is a valid header.
    if let Ok(path) = HeaderValue::try_from(path) {
        response.headers_mut().insert(LOCATION, path);
    }
    guarded(response)
}

/// The drawing at the head of a page.
#[derive(Clone, Copy)]
enum Mark {
    Done,
    Stopped,
    Failed,
}

fn page(lang: Lang, status: StatusCode, mark: Mark, title: &str, texts: &[String]) -> Response {
    let page = html! {
        (DOCTYPE)
        html lang=(lang.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                meta name="color-scheme" content="light dark";
                title { (title) " · eduzz" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    (drawing(mark))
                    h1 { (title) }
                    @for text in texts { p { (prose(text)) } }
                }
                footer { "eduzz" }
            }
        }
    };
    let mut response = (status, page.into_string()).into_response();
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    guarded(response)
}

/// Text between backticks is code.
fn prose(text: &str) -> Markup {
    html! {
        @for (index, piece) in text.split('`').enumerate() {
            @if index % 2 == 0 { (piece) } @else { code { (piece) } }
        }
    }
}

fn drawing(mark: Mark) -> Markup {
    let (class, line) = match mark {
        Mark::Done => ("mark done", "M5 12.5l4.5 4.5L19 7.5"),
        Mark::Stopped => ("mark stopped", "M6 12h12"),
        Mark::Failed => ("mark failed", "M12 6v7.5M12 17.5v.5"),
    };
    html! {
        svg class=(class) viewBox="0 0 24 24" aria-hidden="true" focusable="false" {
            path d=(line) {}
        }
    }
}

/// No caching, framing, scripts or referrer; and the connection ends, as the program does.
fn guarded(mut response: Response) -> Response {
    // The style is inline: a file would be one more request to wait for.
    const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                          frame-ancestors 'none'";
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (CONNECTION, "close"),
    ] {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

const STYLE: &str = include_str!("pages.css");
