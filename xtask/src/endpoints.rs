//! docs/endpoints.md: every call and every event, made from the code's own lists and the fixtures' notes.

use std::fmt::Write as _;
use std::fs;

use serde_json::Value;

use crate::cargo::Cargo;
use crate::files::House;
use crate::fixtures::{self, CERTAINTIES, Kind, Source};
use crate::report::{Failure, Outcome};

const PAGE: &str = "docs/endpoints.md";

/// What `cargo xtask endpoints --check` runs.
pub(crate) fn check(house: &House) -> Outcome {
    let (text, note) = made(house)?;
    if fs::read_to_string(house.path(PAGE)).unwrap_or_default() == text {
        Ok(note)
    } else {
        Err(format!("{PAGE}: does not tell what the code has; run `cargo xtask endpoints`").into())
    }
}

/// What `cargo xtask endpoints` runs.
pub(crate) fn write(house: &House) -> Outcome {
    let (text, note) = made(house)?;
    fs::write(house.path(PAGE), text).map_err(|error| format!("{PAGE}: cannot be written: {error}"))?;
    Ok(note)
}

/// The page and a note. The lists come from a program, for xtask depends on none of the house's crates.
fn made(house: &House) -> Result<(String, String), Failure> {
    let printed = Cargo::new(house, &["run", "--quiet", "-p", "catalogue"]).read()?;
    let lists: Value = serde_json::from_str(&printed)
        .map_err(|error| format!("the example `catalogue` printed something else than its lists: {error}"))?;
    let text = page(&lists, |kind, group, name| {
        fixtures::source(house, kind, group, name)
    })?;
    let (calls, events) = (rows(&lists, "calls")?.len(), rows(&lists, "events")?.len());
    Ok((text, format!("{calls} calls, {events} events")))
}

fn page(
    lists: &Value,
    source: impl Fn(Kind, &str, &str) -> Result<Source, Failure>,
) -> Result<String, Failure> {
    let (calls, events) = (rows(lists, "calls")?, rows(lists, "events")?);
    let mut text = format!(
        "# Calls and events\n\n\
         <!-- Written by `cargo xtask endpoints`; do not edit. -->\n\n\
         The {} calls (one of them the exchange of a code) and {} events that the SDK knows, from its own two lists and the notes of\n\
         their fixtures. How to add one: [adding-an-endpoint.md](adding-an-endpoint.md).\n\n\
         * **Headings** of calls are products: modules of `eduzz_api`, and its features of the same names, which are all on by default.\n  \
         The exchange of a code is a call of `eduzz_oauth`.\n\
         * **Repeat**: what may be sent again after a failure, see [repeats.md](repeats.md).\n\
         * **Limit**: requests a minute, where the page states one. The client keeps to 30 everywhere unless it is told otherwise.\n\
         * **Facts**: the page of the documentation, and how much of it was seen when the model was made. The notes of the fixtures\n  \
         say of each body where it comes from, and [quirks.md](quirks.md) what the documentation leaves open.\n\n\
         | Facts | |\n|---|---|\n",
        calls.len(),
        events.len()
    );
    for (certainty, meaning) in CERTAINTIES {
        line(&mut text, &[certainty, meaning]);
    }
    let mut group = "";
    for call in calls {
        let product = field(call, "product")?;
        if group != product {
            group = product;
            text.push_str(&format!(
                "\n## `{product}`\n\n\
                 | Call | Type | Scopes | Repeat | Limit | Facts | Fixtures |\n|---|---|---|---|---|---|---|\n"
            ));
        }
        let (endpoint, library, name) = (
            field(call, "endpoint")?,
            field(call, "library")?,
            field(call, "type")?,
        );
        let scopes: Vec<String> = rows(call, "scopes")?
            .iter()
            .filter_map(Value::as_str)
            .map(|scope| format!("`{scope}`"))
            .collect();
        // The sign-in stands at the front of its library, a call in the module of its product.
        let module = if library == "eduzz_oauth" { "" } else { product };
        let source = source(Kind::Call, product, endpoint)?;
        line(
            &mut text,
            &[
                &format!("`{} {}`", field(call, "method")?, field(call, "path")?),
                &rustdoc(library, module, name),
                &or_dash(scopes.join(" ")),
                field(call, "repeat")?,
                &or_dash(
                    source
                        .rate_limit
                        .map_or_else(String::new, |limit| limit.to_string()),
                ),
                &facts(&source),
                &folder(Kind::Call, product, endpoint),
            ],
        );
    }
    group = "";
    text.push_str("\n# Events of webhooks\n");
    for event in events {
        let (origin, name) = (field(event, "origin")?, field(event, "event")?);
        if group != origin {
            group = origin;
            text.push_str(&format!(
                "\n## Events of `{origin}`\n\n| Event | Data | Facts | Fixtures |\n|---|---|---|---|\n"
            ));
        }
        line(
            &mut text,
            &[
                &format!("`{origin}.{name}`"),
                &rustdoc("eduzz_types", &format!("webhook/{origin}"), field(event, "data")?),
                &facts(&source(Kind::Event, origin, name)?),
                &folder(Kind::Event, origin, name),
            ],
        );
    }
    Ok(text)
}

fn line(text: &mut String, cells: &[&str]) {
    let _ = writeln!(text, "| {} |", cells.join(" | "));
}

/// A type, with the page that rustdoc makes of it.
fn rustdoc(library: &str, module: &str, name: &str) -> String {
    let package = library.replace('_', "-");
    let module = if module.is_empty() {
        String::new()
    } else {
        format!("{module}/")
    };
    format!("[`{name}`](https://docs.rs/{package}/latest/{library}/{module}struct.{name}.html)")
}

/// The certainty, with the page when it is one of the documentation's.
fn facts(source: &Source) -> String {
    let certainty = or_dash(source.certainty.clone().unwrap_or_default());
    if source.page.starts_with('/') {
        format!("[{certainty}](https://developers.eduzz.com{})", source.page)
    } else {
        certainty
    }
}

fn folder(kind: Kind, group: &str, name: &str) -> String {
    format!("[`{group}/{name}`](../{})", fixtures::path_of(kind, group, name))
}

fn or_dash(text: String) -> String {
    if text.is_empty() { "–".to_owned() } else { text }
}

fn rows<'a>(value: &'a Value, key: &str) -> Result<&'a Vec<Value>, Failure> {
    let rows = value.get(key).and_then(Value::as_array);
    rows.ok_or_else(|| format!("the example `catalogue` prints no list `{key}`").into())
}

fn field<'a>(value: &'a Value, key: &str) -> Result<&'a str, Failure> {
    let text = value.get(key).and_then(Value::as_str);
    text.ok_or_else(|| format!("the example `catalogue` prints no `{key}` of {value}").into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn lists() -> Value {
        json!({
            "calls": [
                { "library": "eduzz_oauth", "product": "oauth", "endpoint": "exchange_code", "type": "ExchangeCode",
                  "method": "POST", "path": "/oauth/token", "scopes": [], "repeat": "once" },
                { "library": "eduzz_api", "product": "blinket", "endpoint": "get_event", "type": "GetEvent",
                  "method": "GET", "path": "/blinket/v1/events/:id", "scopes": ["a", "b"], "repeat": "safe" },
            ],
            "events": [
                { "origin": "nutror", "event": "learner_help", "data": "CourseActivity", "variant": "NutrorLearnerHelp" },
            ],
        })
    }

    fn source(_: Kind, group: &str, _: &str) -> Result<Source, Failure> {
        Ok(Source {
            page: format!("/reference/{group}"),
            certainty: (group != "oauth").then(|| "whole page".to_owned()),
            rate_limit: (group == "blinket").then_some(30),
        })
    }

    #[test]
    fn every_call_and_event_has_its_line() {
        let text = page(&lists(), source).unwrap();
        for line in [
            "| `POST /oauth/token` | [`ExchangeCode`](https://docs.rs/eduzz-oauth/latest/eduzz_oauth/struct.ExchangeCode.html) \
             | – | once | – | [–](https://developers.eduzz.com/reference/oauth) \
             | [`oauth/exchange_code`](../crates/eduzz-fixtures/api/oauth/exchange_code) |\n",
            "## `blinket`\n",
            "| `GET /blinket/v1/events/:id` | [`GetEvent`](https://docs.rs/eduzz-api/latest/eduzz_api/blinket/struct.GetEvent.html) \
             | `a` `b` | safe | 30 | [whole page](https://developers.eduzz.com/reference/blinket) \
             | [`blinket/get_event`](../crates/eduzz-fixtures/api/blinket/get_event) |\n",
            "## Events of `nutror`\n",
            "| `nutror.learner_help` \
             | [`CourseActivity`](https://docs.rs/eduzz-types/latest/eduzz_types/webhook/nutror/struct.CourseActivity.html) \
             | [whole page](https://developers.eduzz.com/reference/nutror) \
             | [`nutror/learner_help`](../crates/eduzz-fixtures/events/nutror/learner_help) |\n",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
    }

    #[test]
    fn a_page_that_is_none_has_no_link() {
        let source = |_: Kind, _: &str, _: &str| {
            Ok(Source {
                page: "two programs in use".to_owned(),
                certainty: Some("reported".to_owned()),
                rate_limit: None,
            })
        };
        let text = page(&lists(), source).unwrap();
        assert!(text.contains("| reported |"), "{text}");
        assert!(!text.contains("developers.eduzz.com"), "{text}");
    }

    #[test]
    fn a_list_that_lacks_something_is_a_failure() {
        for (key, value) in [("calls", json!(null)), ("events", json!([{ "origin": "x" }]))] {
            let mut lists = lists();
            lists[key] = value;
            assert!(page(&lists, source).is_err(), "{key}");
        }
    }
}
