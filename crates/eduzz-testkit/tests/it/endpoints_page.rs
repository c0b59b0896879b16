//! docs/endpoints.md lists every call and event of the code, with the facts of their fixtures.

use std::fmt::Write as _;

use eduzz_oauth::ExchangeCode;
use eduzz_testkit::meta::{self, CERTAINTIES, Meta};
use eduzz_wire::{Endpoint as _, Route};
use expect_test::expect_file;

use crate::workspace;

macro_rules! calls {
    ($(($product:ident, $endpoint:ident, $call:ident)),* $(,)?) => {
        const CALLS: &[(&str, &str, &str, &Route)] = &[
            ("oauth", "exchange_code", "ExchangeCode", &ExchangeCode::ROUTE),
            $((
                stringify!($product),
                stringify!($endpoint),
                stringify!($call),
                &eduzz_api::$product::$call::ROUTE,
            ),)*
        ];
    };
}

eduzz_api::for_each_endpoint!(calls);

macro_rules! events {
    ($(($origin:ident, $event:ident, $data:ident, $variant:ident)),* $(,)?) => {
        const EVENTS: &[(&str, &str, &str, fn(&str, &str) -> Vec<String>)] = &[$((
            stringify!($origin),
            stringify!($event),
            stringify!($data),
            eduzz_testkit::event::required::<eduzz_types::webhook::$origin::$data>,
        )),*];
    };
}

eduzz_webhook::for_each_event!(events);

/// `UPDATE_EXPECT=1 cargo test -p eduzz-testkit endpoints_page` writes the page.
#[test]
fn endpoints_page_matches_the_code() {
    let mut text = format!(
        "\
# Calls and events

<!-- Written by `UPDATE_EXPECT=1 cargo test -p eduzz-testkit endpoints_page`; do not edit. -->

The {} calls (one of them the exchange of a code) and {} events that the SDK knows. How to add one:
[adding-an-endpoint.md](adding-an-endpoint.md).

* **Headings** of calls are products: modules of `eduzz_api` and features of the same names, all on
  by default. The exchange of a code is a call of `eduzz_oauth`.
* **Repeat**: whether a client retries after a failure, see [repeats.md](repeats.md).
* **Limit**: requests a minute, where the page states one. The client sends at most 30 a minute
  unless another limit is set.
* **Facts**: the page of the documentation, and how much of it was read for the model. `meta.json`
  of the fixtures names the source of each body; [quirks.md](quirks.md) lists what the
  documentation leaves open.
* **Always there**: the members of an event's data that every body of it must have to be read.

| Facts | |
|---|---|
",
        CALLS.len(),
        EVENTS.len()
    );
    for (certainty, meaning) in CERTAINTIES {
        row(&mut text, &[certainty, meaning]);
    }
    let mut group = "";
    for (product, endpoint, call, route) in CALLS {
        if group != *product {
            group = product;
            let columns = "| Call | Type | Scopes | Repeat | Limit | Facts | Fixtures |";
            let _ = write!(
                text,
                "\n## `{product}`\n\n{columns}\n|---|---|---|---|---|---|---|\n"
            );
        }
        let fixture = eduzz_fixtures::find(product, endpoint).expect(endpoint);
        let meta = meta::read(fixture.meta);
        let source = match *product {
            "oauth" => "crates/eduzz-oauth/src/exchange.rs".to_owned(),
            _ => format!("crates/eduzz-api/src/{product}/{endpoint}.rs"),
        };
        let limit = meta.rate_limit.map(|limit| limit.to_string());
        row(
            &mut text,
            &[
                &format!("`{} {}`", route.method(), route.template()),
                &link(&format!("`{call}`"), &source),
                &code(route.needed_scopes()),
                route.repeatability().as_str(),
                limit.as_deref().unwrap_or("–"),
                &facts(&meta),
                &link(
                    &format!("`{product}/{endpoint}`"),
                    &format!("crates/eduzz-fixtures/api/{product}/{endpoint}"),
                ),
            ],
        );
    }
    group = "";
    text += "\n# Events of webhooks\n";
    for (origin, event, data, required) in EVENTS {
        if group != *origin {
            group = origin;
            let columns = "| Event | Data | Always there | Facts | Fixtures |";
            let _ = write!(
                text,
                "\n## Events of `{origin}`\n\n{columns}\n|---|---|---|---|---|\n"
            );
        }
        let fixture = eduzz_fixtures::find_event(origin, event).expect(event);
        let required = required(origin, event);
        row(
            &mut text,
            &[
                &format!("`{origin}.{event}`"),
                &link(
                    &format!("`{data}`"),
                    &format!("crates/eduzz-types/src/webhook/{origin}.rs"),
                ),
                &code(&required),
                &facts(&meta::read(fixture.meta)),
                &link(
                    &format!("`{origin}/{event}`"),
                    &format!("crates/eduzz-fixtures/events/{origin}/{event}"),
                ),
            ],
        );
    }
    expect_file!["../../../../docs/endpoints.md"].assert_eq(&text);
}

fn row(text: &mut String, cells: &[&str]) {
    let _ = writeln!(text, "| {} |", cells.join(" | "));
}

/// The words as code; a dash for an empty list.
fn code<T: std::fmt::Display>(words: &[T]) -> String {
    let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    if words.is_empty() {
        "–".to_owned()
    } else {
        words.join(" ")
    }
}

/// A link to a path of the workspace, which must exist.
fn link(text: &str, path: &str) -> String {
    assert!(workspace(path).exists(), "{path}");
    format!("[{text}](../{path})")
}

/// The certainty, linked if the page is one of the documentation's.
fn facts(meta: &Meta) -> String {
    let Meta { page, certainty, .. } = meta;
    if page.starts_with('/') {
        format!("[{certainty}](https://developers.eduzz.com{page})")
    } else {
        certainty.clone()
    }
}
