//! `eduzz doctor --live`: calls that only read, and what their answers say about open questions of
//! `docs/quirks.md`. The report has kinds, forms, counts and words of enums; no value of a person.

mod questions;
mod shape;

use std::path::{Path, PathBuf};

use eduzz_types::Date;
use eduzz_wire::{RawCall, ResponseError};
use http::HeaderMap;
use serde::Serialize;
use serde_json::{Map, Value};

use self::questions::{QUESTIONS, Question};
use self::shape::Shape;
use crate::client::Api;
use crate::failure::Failure;
use crate::files;
use crate::lang::Lang;
use crate::lists::BodyOption;
use crate::lists::days;
use crate::output::Output;
use crate::version;

/// The report's name without `--out`.
const FILE: &str = "eduzz-doctor.json";

/// The report.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    report: &'static str,
    version: String,
    sandbox: bool,
    day: String,
    calls: usize,
    findings: Vec<Finding>,
}

/// What an answer says about a question.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding {
    quirks: &'static str,
    question: &'static str,
    /// The template; values of the account are not shown.
    call: String,
    /// None if there was no answer.
    status: Option<u16>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    limit_headers: Vec<String>,
    /// The numbers beside the rows of a page.
    #[serde(skip_serializing_if = "Map::is_empty")]
    page: Map<String, Value>,
    rows: Option<usize>,
    body: Shape,
}

pub(super) async fn run(output: Output, out: Option<PathBuf>) -> Result<(), Failure> {
    let lang = output.lang;
    let path = out.unwrap_or_else(|| FILE.into());
    let is_markdown = match path.extension().and_then(|ending| ending.to_str()) {
        Some("json") => false,
        Some("md") => true,
        _ => {
            return Err(Failure::usage(
                lang.doctor_live_ending(&path.display().to_string()),
            ));
        }
    };
    let api = Api::new(output, BodyOption::new(false, false))?;
    let today = days::today(lang)?;
    let mut findings = Vec::new();
    let mut calls = 0;
    for (question, number) in QUESTIONS.iter().zip(1..) {
        output.note(&lang.doctor_live_step(number, QUESTIONS.len(), question.quirks));
        let target = filled(question.target, &today);
        let (finding, first) = ask(&api, question, question.target, &target).await?;
        findings.push(finding);
        calls += 1;
        if let (Some(then), Some(id)) = (question.then, first) {
            let (finding, _) = ask(&api, question, then, &then.replace("{id}", &id)).await?;
            findings.push(finding);
            calls += 1;
        }
    }
    let report = Report {
        report: "eduzz doctor --live",
        version: version::long(),
        sandbox: api.origins().api().is_loopback(),
        day: today.as_str().to_owned(),
        calls,
        findings,
    };
    write(lang, &path, &report, is_markdown)?;
    if output.json {
        return output.json(&report);
    }
    output.line(&lang.doctor_live_done(calls, &path.display().to_string()))
}

/// Makes a call; gives what its answer says, and the id of the first row, for the next call.
async fn ask(
    api: &Api,
    question: &Question,
    template: &'static str,
    target: &str,
) -> Result<(Finding, Option<String>), Failure> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut call = RawCall::get(path);
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        call = call.query(name, value);
    }
    let answer = api.account().call(&call).await;
    let (status, headers, body) = match &answer {
        Ok(answer) => (
            Some(answer.status.as_u16()),
            Some(&answer.headers),
            answer.body.as_slice(),
        ),
        Err(eduzz_hyper::CallError::Response(ResponseError::Rejected(rejection))) => {
            if rejection.status.as_u16() == 401 {
                return Err(api.failed(
                    &[],
                    &eduzz_hyper::CallError::Response(ResponseError::Rejected(rejection.clone())),
                ));
            }
            let status = rejection.status.as_u16();
            (Some(status), Some(&rejection.headers), rejection.body.as_slice())
        }
        Err(eduzz_hyper::CallError::Network(_)) => (None, None, &[][..]),
        Err(error) => return Err(api.failed(&[], error)),
    };
    let body: Option<Value> = serde_json::from_slice(body).ok();
    let rows = body.as_ref().and_then(rows_of);
    let first = rows.and_then(|rows| rows.first()?.get("id")).and_then(id_of);
    Ok((
        Finding {
            quirks: question.quirks,
            question: question.asks,
            call: format!("GET {template}"),
            status,
            limit_headers: headers.map(limit_headers).unwrap_or_default(),
            page: body.as_ref().map(page_of).unwrap_or_default(),
            rows: rows.map(Vec::len),
            body: Shape::of(body.as_ref(), status.is_some_and(|status| status < 300)),
        },
        first,
    ))
}

/// The rows of a page, of `{ items }` or of a bare list.
fn rows_of(body: &Value) -> Option<&Vec<Value>> {
    body.as_array().or_else(|| body.get("items")?.as_array())
}

/// An id that can stand in a path.
fn id_of(id: &Value) -> Option<String> {
    let id = match id {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    (!id.is_empty() && id.bytes().all(is_plain)).then_some(id)
}

/// The counts of a page's envelope.
fn page_of(body: &Value) -> Map<String, Value> {
    const COUNTS: [&str; 4] = ["pages", "page", "itemsPerPage", "totalItems"];
    let count = |name: &str| Some((name.to_owned(), body.get(name)?.clone()));
    let counts = COUNTS.into_iter().filter_map(count);
    counts.filter(|(_, value)| value.is_u64()).collect()
}

/// The names of headers about limits (Q32).
fn limit_headers(headers: &HeaderMap) -> Vec<String> {
    let names = headers.keys().map(|name| name.as_str().to_owned());
    let is_limit =
        |name: &String| name.contains("ratelimit") || name.contains("rate-limit") || name == "retry-after";
    names.filter(is_limit).collect()
}

/// A target with its days: `{0}` is today, `{-30}` thirty days ago.
fn filled(target: &str, today: &Date) -> String {
    let mut text = String::new();
    let mut rest = target;
    while let Some((before, after)) = rest.split_once('{') {
        let (days, after) = after.split_once('}').unwrap_or((after, ""));
        text.push_str(before);
        let day = days.parse().ok().and_then(|days| today.plus_days(days).ok());
        text.push_str(day.as_ref().map_or("", Date::as_str));
        rest = after;
    }
    text.push_str(rest);
    text
}

/// Writes the report.
fn write(lang: Lang, path: &Path, report: &Report, is_markdown: bool) -> Result<(), Failure> {
    let cannot_write = |error: &std::io::Error| files::cannot_write(lang, path, error);
    let text = if is_markdown {
        markdown(report).map_err(|error| cannot_write(&error.into()))?
    } else {
        serde_json::to_string_pretty(report).map_err(|error| cannot_write(&error.into()))?
    };
    files::replace(path, format!("{}\n", text.trim_end()).as_bytes()).map_err(|error| cannot_write(&error))
}

/// The report with a section for each question.
fn markdown(report: &Report) -> Result<String, serde_json::Error> {
    let place = if report.sandbox { "a sandbox" } else { "Eduzz" };
    let mut text = format!(
        "# {}\n\n{}, {place}, {}, {} calls\n",
        report.report, report.version, report.day, report.calls
    );
    for finding in &report.findings {
        let shown = serde_json::to_string_pretty(finding)?;
        text = format!(
            "{text}\n## {}: {}\n\n```json\n{shown}\n```\n",
            finding.quirks, finding.question
        );
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calls::Known;

    #[test]
    fn days_of_a_target_are_filled_in() {
        let today = Date::from_text("2026-03-01");
        let filled = |target| filled(target, &today);
        assert_eq!(filled("/a?b={-1}&c={0}"), "/a?b=2026-02-28&c=2026-03-01");
        assert_eq!(filled("/a"), "/a");
        assert_eq!(filled("/a?b={0}T00:00:00Z"), "/a?b=2026-03-01T00:00:00Z");
    }

    #[test]
    fn questions_are_few_and_name_quirks_that_exist() {
        let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/quirks.md");
        let page = std::fs::read_to_string(page).unwrap();
        let calls = QUESTIONS
            .iter()
            .map(|question| 1 + usize::from(question.then.is_some()));
        assert!(calls.sum::<usize>() <= 40);
        for question in QUESTIONS {
            for quirk in question.quirks.split(", ") {
                let row = format!("| {quirk} |");
                assert!(page.contains(&row), "{quirk}");
            }
            for target in [Some(question.target), question.then].into_iter().flatten() {
                let path = target.split('?').next().unwrap();
                assert!(Known::routed(Lang::En, &format!("GET {path}")).is_ok(), "{path}");
            }
        }
    }
}
