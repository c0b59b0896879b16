//! `/panel/requests`: the requests as they come, each with its answer.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Serialize;
use tokio::time::timeout;

use super::view::isolated;
use super::{Lang, Place, View, pretty, repeat};
use crate::record::{Message, RequestRecord, Why};
use crate::running::Running;
use crate::state::calendar::{Moment, instant};

/// Requests on a page.
const ON_A_PAGE: usize = 100;
/// The longest time that the list in JSON waits for a request.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// The kinds of answers that the list can be limited to, by the first digit of their status.
const KINDS: [(&str, u16); 4] = [("2xx", 2), ("3xx", 3), ("4xx", 4), ("5xx", 5)];

pub(super) async fn list(view: View) -> Response {
    let before: Option<u64> = view.asked("before").and_then(|number| number.parse().ok());
    let kind = view.asked("status");
    let digit = KINDS
        .iter()
        .find(|(name, _)| Some(*name) == kind)
        .map(|(_, digit)| *digit);
    let text = view.asked("q").map(str::to_lowercase);
    let all = view.running.records.all();
    let fitting = all.iter().rev().filter(|record| {
        before.is_none_or(|before| record.number < before)
            && digit.is_none_or(|digit| record.status().is_some_and(|status| status / 100 == digit))
            && text.as_deref().is_none_or(|text| matches(&view, record, text))
    });
    let mut shown: Vec<_> = fitting.take(ON_A_PAGE + 1).collect();
    let has_older = shown.len() > ON_A_PAGE;
    shown.truncate(ON_A_PAGE);
    let title = view.say("Requisições", "Requests");
    let is_filtered = kind.is_some() || text.is_some();
    let body = html! {
        div.head {
            h1 { (title) }
            (filter(&view, kind))
        }
        div #requests data-live=[before.is_none().then_some("requests")] {
            @if shown.is_empty() {
                (nothing(&view, is_filtered))
            } @else {
                (table(&view, &shown))
            }
            p.pages {
                @if before.is_some() {
                    a href=(view.here_but("before", None)) { (view.say("Mais novas", "Newest")) }
                }
                @if let (true, Some(last)) = (has_older, shown.last()) {
                    a href=(view.here_but("before", Some(&last.number.to_string()))) {
                        (view.say("Mais antigas", "Older"))
                    }
                } @else if !shown.is_empty() {
                    span.note {
                        (view.say(
                            "O sandbox guarda as últimas 500 requisições; as deste painel não contam.",
                            "The sandbox keeps the last 500 requests; those of this panel do not count.",
                        ))
                    }
                }
            }
        }
    };
    view.page(Place::Requests, title, &body)
}

/// Whether a request has this text, in lower case, in its path, its template or its account.
fn matches(view: &View, record: &RequestRecord, text: &str) -> bool {
    let account = record.account_id.as_deref().map(|id| view.account(id));
    [
        Some(record.method.as_str()),
        Some(&record.target),
        record.template,
        account,
    ]
    .into_iter()
    .flatten()
    .any(|field| field.to_lowercase().contains(text))
}

fn filter(view: &View, kind: Option<&str>) -> Markup {
    html! {
        form.filter method="get" action="/panel/requests" role="search" {
            div.choices {
                a href=(view.here_but("status", None)) aria-current=[kind.is_none().then_some("true")] {
                    (view.say("Todas", "All"))
                }
                @for (name, _) in KINDS {
                    a href=(view.here_but("status", Some(name)))
                        aria-current=[(kind == Some(name)).then_some("true")] { (name) }
                }
            }
            @if let Some(kind) = kind { input type="hidden" name="status" value=(kind); }
            input type="search" name="q" value=(view.asked("q").unwrap_or_default()) dir="auto"
                placeholder=(view.say("caminho ou conta", "path or account"))
                aria-label=(view.say("Buscar por caminho ou conta", "Search by path or account"));
            button type="submit" { (view.say("Buscar", "Search")) }
        }
    }
}

fn nothing(view: &View, is_filtered: bool) -> Markup {
    html! {
        div.empty {
            @if is_filtered {
                p { (view.say("Nenhuma requisição combina com este filtro.", "No request matches this filter.")) }
                p { a href="/panel/requests" { (view.say("Mostrar todas", "Show all")) } }
            } @else {
                p { (view.say("Nenhuma requisição ainda.", "No requests yet.")) }
                p.note { (view.say("Faça uma, por exemplo:", "Make one, for example:")) }
                (view.code_block(&format!("curl {}/accounts/v1/me", view.origin)))
            }
        }
    }
}

/// The requests, one a row; on a phone each is a card.
pub(super) fn table(view: &View, records: &[&Arc<RequestRecord>]) -> Markup {
    html! {
        table.rows {
            thead {
                tr {
                    th scope="col" { (view.say("Hora", "Time")) }
                    th scope="col" { "Status" }
                    th scope="col" { (view.say("Requisição", "Request")) }
                    th scope="col" { (view.say("Conta", "Account")) }
                    th.number scope="col" { (view.say("Duração", "Duration")) }
                }
            }
            tbody {
                @for record in records {
                    tr id={ "r" (record.number) } data-row {
                        td.time { time { (time_of_day(record)) } }
                        td.state { (status(view.lang, record.status())) }
                        td.what {
                            a href={ "/panel/requests/" (record.number) } {
                                span.method { (record.method) }
                                span.path { (isolated(&record.target)) }
                            }
                            @if let Some(why) = &record.why {
                                span.why { (isolated(text(why, view.lang))) }
                            }
                        }
                        td.account {
                            @if let Some(id) = &record.account_id { (isolated(view.account(id))) }
                        }
                        td.number { (view.lang.span(record.took)) }
                    }
                }
            }
        }
    }
}

fn time_of_day(record: &RequestRecord) -> String {
    Moment::at(record.at).in_brasilia().1
}

fn text(why: &Why, lang: Lang) -> &str {
    lang.say(&why.pt, &why.en)
}

/// A status as a coloured mark.
pub(super) fn status(lang: Lang, status: Option<u16>) -> Markup {
    html! {
        @match status {
            Some(status) => {
                span.mark.good[status / 100 == 2].plain[status < 200 || status / 100 == 3].bad[status / 100 == 4]
                    .broken[status >= 500] { (status) }
            }
            None => {
                span.mark.broken title=(lang.say("o cliente desistiu antes da resposta", "the client left before the answer")) { "—" }
            }
        }
    }
}

pub(super) async fn one(view: View, Path(number): Path<String>) -> Response {
    let record = number
        .parse()
        .ok()
        .and_then(|number| view.running.records.get(number));
    let Some(record) = record else {
        let title = view.say(
            "Esta requisição não está mais guardada",
            "This request is not kept any more",
        );
        let body = html! {
            div.head { h1 { (title) } }
            div.empty {
                p { (view.say("O sandbox guarda as últimas 500.", "The sandbox keeps the last 500.")) }
                p { a href="/panel/requests" { (view.say("Ver as requisições", "See the requests")) } }
            }
        };
        return view.page_of(StatusCode::NOT_FOUND, Place::Requests, title, &body);
    };
    let title = format!("{} {}", record.method, record.path());
    let body = html! {
        div.head {
            p.crumb { a href="/panel/requests" { (view.say("Requisições", "Requests")) } " / " (record.number) }
            h1.request {
                (status(view.lang, record.status())) " "
                span.method { (record.method) } " "
                (isolated(record.path()))
            }
        }
        (facts(&view, &record))
        @if let Some(why) = &record.why { (reason(&view, why)) }
        (again(&view, &record))
        (message(&view, view.say("Requisição", "Request"), "request", Some(&record.target), &record.request))
        @if let Some(answer) = &record.response {
            (message(&view, view.say("Resposta", "Answer"), "answer", None, &answer.message))
        } @else {
            p.note {
                (view.say(
                    "O cliente fechou a conexão antes da resposta.",
                    "The client closed the connection before the answer.",
                ))
            }
        }
    };
    view.page(Place::Requests, &title, &body)
}

fn facts(view: &View, record: &RequestRecord) -> Markup {
    html! {
        dl.facts {
            div { dt { (view.say("Hora", "Time")) } dd { (view.lang.moment(record.at)) } }
            div { dt { (view.say("Duração", "Duration")) } dd { (view.lang.span(record.took)) } }
            @if let Some(template) = record.template {
                div { dt { (view.say("Rota", "Route")) } dd { code { (template) } } }
            }
            @if let Some(id) = &record.account_id {
                div { dt { (view.say("Conta", "Account")) } dd { (isolated(view.account(id))) } }
            }
            @if let Some(id) = &record.client_id {
                div { dt { (view.say("Aplicativo", "Application")) } dd { (isolated(view.app(id))) } }
            }
        }
    }
}

fn reason(view: &View, why: &Why) -> Markup {
    html! {
        section.reason {
            h2 { (view.say("Por que esta resposta", "Why this answer")) }
            p { (isolated(text(why, view.lang))) }
            @if !why.quirks.is_empty() {
                p.note {
                    @for (place, quirk) in why.quirks.iter().enumerate() {
                        @if place > 0 { ", " }
                        "Q" (quirk)
                    }
                    (view.say(" em ", " in ")) code { "docs/quirks.md" }
                }
            }
        }
    }
}

/// The lines that repeat it.
fn again(view: &View, record: &RequestRecord) -> Markup {
    let curl = repeat::curl(record, &view.origin);
    let eduzz = repeat::eduzz(record);
    let has_secret = curl.contains("***");
    html! {
        section {
            h2 { (view.say("Repetir", "Repeat")) }
            (view.code_block(&curl))
            @if let Some(line) = &eduzz { (view.code_block(line)) }
            @if has_secret {
                p.note {
                    (view.say(
                        "Troque *** pelo valor, que o sandbox não guarda.",
                        "Put the value in the place of ***; the sandbox does not keep it.",
                    ))
                }
            }
            @if record.request.size > 0 && !repeat::is_repeatable(record) {
                p.note {
                    (view.say(
                        "O corpo não está inteiro aqui: ponha-o no arquivo body.",
                        "The body is not whole here: put it into the file body.",
                    ))
                }
            }
        }
    }
}

/// The head and the body of one side.
fn message(view: &View, title: &str, id: &str, target: Option<&str>, message: &Message) -> Markup {
    html! {
        section.message aria-labelledby=(id) {
            div.between {
                h2 id=(id) { (title) }
                span.note { (view.lang.bytes(message.size)) }
            }
            @if let Some(target) = target.filter(|target| target.contains('?')) {
                p.target { (isolated(target)) }
            }
            @if !message.headers.is_empty() {
                details {
                    summary { (view.say("Cabeçalhos", "Headers")) " (" (message.headers.len()) ")" }
                    dl.headers {
                        @for (name, value) in &message.headers {
                            div { dt { code { (name) } } dd { code { (isolated(value)) } } }
                        }
                    }
                }
            }
            (body_of(view, message))
        }
    }
}

fn body_of(view: &View, message: &Message) -> Markup {
    let is_kept = message.is_text && !message.body.is_empty();
    html! {
        @if is_kept {
            (view.code_block(&pretty::json(&message.body)))
        }
        @if !message.is_text {
            p.note { (view.say("O corpo não é texto.", "The body is not text.")) }
        } @else if !message.is_whole && message.body.is_empty() {
            p.note { (view.say("O sandbox não leu o corpo.", "The sandbox did not read the body.")) }
        } @else if !message.is_whole {
            p.note {
                (view.say(
                    "O corpo não está inteiro: foi cortado, ou tem mais de 64 KiB.",
                    "The body is not whole: it was cut, or it is larger than 64 KiB.",
                ))
            }
        } @else if message.body.is_empty() {
            p.note { (view.say("Sem corpo.", "No body.")) }
        }
    }
}

/// A record in JSON, for `eduzz sandbox logs` and other programs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Written<'a> {
    number: u64,
    at: String,
    took_ms: f64,
    method: &'a str,
    target: &'a str,
    template: Option<&'a str>,
    status: Option<u16>,
    account: Option<Named<'a>>,
    application: Option<Named<'a>>,
    why: Option<WrittenWhy<'a>>,
}

#[derive(Serialize)]
struct Named<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct WrittenWhy<'a> {
    pt: &'a str,
    en: &'a str,
    quirks: &'a [u16],
}

#[derive(Serialize)]
struct List<'a> {
    last: u64,
    requests: Vec<Written<'a>>,
}

/// `GET /panel/requests.json?after=N&wait=SECONDS`: the requests after number `N`, the oldest
/// first, without their bodies. With `wait` it waits until there is one. A number that is not yet
/// reached is another sandbox's: then all are given.
pub(super) async fn json(State(running): State<Arc<Running>>, view: View) -> Response {
    let number = |name| view.asked(name).and_then(|number| number.parse::<u64>().ok());
    let after = number("after").unwrap_or_default();
    if let Some(seconds) = number("wait") {
        let mut last = running.records.watch();
        let mut ended = running.has_ended.subscribe();
        let is_new = |last: &u64| *last > after || *last < after && *last > 0;
        let wait = Duration::from_secs(seconds).min(LONGEST_WAIT);
        // Either end leads to an answer.
        let _ = timeout(wait, async {
            tokio::select! {
                _ = last.wait_for(is_new) => {}
                _ = ended.wait_for(|ended| *ended) => {}
            }
        })
        .await;
    }
    let all = running.records.all();
    let last = all.last().map_or(0, |record| record.number);
    let after = if after > last { 0 } else { after };
    let requests = all.iter().filter(|record| record.number > after);
    let requests = requests.map(|record| Written {
        number: record.number,
        at: instant(record.at),
        took_ms: (record.took.as_secs_f64() * 1_000_000.0).round() / 1_000.0,
        method: &record.method,
        target: &record.target,
        template: record.template,
        status: record.status(),
        account: record.account_id.as_deref().map(|id| Named {
            id,
            name: view.account(id),
        }),
        application: record.client_id.as_deref().map(|id| Named {
            id,
            name: view.app(id),
        }),
        why: record.why.as_ref().map(|why| WrittenWhy {
            pt: &why.pt,
            en: &why.en,
            quirks: &why.quirks,
        }),
    });
    let list = List {
        last,
        requests: requests.collect(),
    };
    axum::Json(list).into_response()
}
