//! The pages that a browser sees at the end of a sign-in. They hold nothing of the sign-in: no name, no code, no query.

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
    let (status, mark, title, text) = match outcome {
        Outcome::Done => (
            StatusCode::OK,
            Mark::Done,
            lang.page_done_title(),
            lang.page_done_text(),
        ),
        Outcome::Refused => (
            StatusCode::OK,
            Mark::Stopped,
            lang.page_refused_title(),
            lang.page_refused_text(),
        ),
        Outcome::Failed => (
            StatusCode::OK,
            Mark::Failed,
            lang.page_failed_title(),
            lang.page_failed_text(),
        ),
    };
    page(lang, status, mark, &title, &[text, lang.page_close()])
}

/// A callback that is not the answer to this sign-in.
pub(super) fn stray(lang: Lang) -> Response {
    page(
        lang,
        StatusCode::BAD_REQUEST,
        Mark::Stopped,
        &lang.page_stray_title(),
        &[lang.page_stray_text()],
    )
}

/// A path that leads nowhere.
pub(super) fn unknown(lang: Lang) -> Response {
    page(
        lang,
        StatusCode::NOT_FOUND,
        Mark::Stopped,
        &lang.page_unknown_title(),
        &[lang.page_unknown_text()],
    )
}

/// A request that was meant for another host.
pub(super) fn other_host(lang: Lang) -> Response {
    let title = lang.page_unknown_title();
    page(
        lang,
        StatusCode::MISDIRECTED_REQUEST,
        Mark::Stopped,
        &title,
        &[lang.page_unknown_text()],
    )
}

/// A request that is not a browser's way back.
pub(super) fn other_method(lang: Lang) -> Response {
    let title = lang.page_method_title();
    page(
        lang,
        StatusCode::METHOD_NOT_ALLOWED,
        Mark::Stopped,
        &title,
        &[lang.page_unknown_text()],
    )
}

/// Sends the browser on to an address without a query, so that neither code nor state stay in sight or in its history.
pub(super) fn see_other(path: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    // The path was taken from a URL that was parsed, so it fits into a header.
    if let Ok(path) = HeaderValue::try_from(path) {
        response.headers_mut().insert(LOCATION, path);
    }
    guarded(response)
}

/// What stands at the head of a page.
#[derive(Clone, Copy)]
enum Mark {
    Done,
    Stopped,
    Failed,
}

impl Mark {
    const fn class(self) -> &'static str {
        match self {
            Self::Done => "mark done",
            Self::Stopped => "mark stopped",
            Self::Failed => "mark failed",
        }
    }

    const fn drawing(self) -> &'static str {
        match self {
            Self::Done => "M5 12.5l4.5 4.5L19 7.5",
            Self::Stopped => "M6 12h12",
            Self::Failed => "M12 6v7.5M12 17.5v.5",
        }
    }
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

/// What stands between backticks is typed in a terminal, and looks like it.
fn prose(text: &str) -> Markup {
    html! {
        @for (index, piece) in text.split('`').enumerate() {
            @if index % 2 == 0 { (piece) } @else { code { (piece) } }
        }
    }
}

fn drawing(mark: Mark) -> Markup {
    html! {
        svg class=(mark.class()) viewBox="0 0 24 24" aria-hidden="true" focusable="false" {
            path d=(mark.drawing()) {}
        }
    }
}

/// It is nobody else's to keep, to frame, to script or to hear of; and the connection ends with it, as the program does.
fn guarded(mut response: Response) -> Response {
    // The style stands in the page: a file of its own would be one more request to wait for.
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
