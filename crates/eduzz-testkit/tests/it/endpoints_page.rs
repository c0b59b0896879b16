//! docs/endpoints.md lists every call and event of the code, with the facts of their fixtures.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use eduzz_api::myeduzz::{ListSales, ListSubscriptions};
use eduzz_oauth::ExchangeCode;
use eduzz_testkit::meta::{self, CERTAINTIES, Meta};
use eduzz_types::AccessToken;
use eduzz_types::myeduzz::{SaleReferenceDate, SubscriptionDateFilter};
use eduzz_wire::{Days, Endpoint as _, EndpointExt, Origins, Route};
use expect_test::expect_file;
use serde_json::Value;

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

macro_rules! lists {
    ($(($product:ident, $call:ident)),* $(,)?) => {
        const LISTS: &[&str] = &[$(concat!(stringify!($product), "::", stringify!($call))),*];
    };
}

eduzz_api::for_each_paged!(lists);

/// The filters by the last change, as the calls write them.
fn filters() -> [(&'static str, String); 2] {
    let days = || Days::new("2026-03-01", "2026-03-31").expect("days");
    let sales = ListSales::new(days()).reference_date(SaleReferenceDate::UpdatedAt);
    let subscriptions = ListSubscriptions::new(days(), SubscriptionDateFilter::Update);
    [
        ("myeduzz::ListSales", last_parameter(&sales)),
        ("myeduzz::ListSubscriptions", last_parameter(&subscriptions)),
    ]
}

fn last_parameter(call: &impl EndpointExt) -> String {
    let token = AccessToken::new("invented");
    let request = call
        .request(&Origins::production(), Some(&token))
        .expect("request");
    let query = request.uri().query().expect("query").to_owned();
    query.rsplit('&').next().expect("parameter").to_owned()
}

/// The dates of the last change in the rows of the examples.
fn changed_at(fixture: &eduzz_fixtures::Fixture) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for answer in fixture.answers.iter().filter(|answer| answer.status == 200) {
        let body: Value = serde_json::from_slice(answer.body).unwrap_or_default();
        for row in body["items"].as_array().into_iter().flatten() {
            names.extend(
                ["updatedAt", "modifiedAt"]
                    .iter()
                    .filter(|name| row.get(**name).is_some())
                    .map(ToString::to_string),
            );
        }
    }
    names
}

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
    text += "
# Lists and changes

Whether a list can tell what changed since the last time: by a filter, by a date in each row, or not
at all. A list without a filter is read whole, and one without a date is compared row by row;
webhooks tell of many changes. A range of days alone finds what is new, not what changed.
The entries of the statement are dated by their credit (`creditDate`), which can be later than the
sale: whether entries of days to come are listed is not documented.

| List | Filter of the last change | Date of the last change in a row |
|---|---|---|
";
    let filters = filters();
    for list in LISTS {
        let (product, call) = list.split_once("::").expect(list);
        let (_, endpoint, ..) = CALLS
            .iter()
            .find(|found| found.0 == product && found.2 == call)
            .expect(list);
        let fixture = eduzz_fixtures::find(product, endpoint).expect(endpoint);
        let filter = filters
            .iter()
            .filter(|(name, _)| name == list)
            .map(|(_, filter)| filter);
        let changed_at = changed_at(fixture);
        row(
            &mut text,
            &[
                &link(
                    &format!("`{list}`"),
                    &format!("crates/eduzz-api/src/{product}/{endpoint}.rs"),
                ),
                &code(&filter.collect::<Vec<_>>()),
                &code(&changed_at.iter().collect::<Vec<_>>()),
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
