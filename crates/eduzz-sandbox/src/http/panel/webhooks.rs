//! `/panel/webhooks`: the subscriptions, their deliveries with every attempt, and what waits.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::view::{coded, isolated};
use super::{Place, View, names, pretty, requests};
use crate::record;
use crate::webhooks::queue::Subscription;
use crate::webhooks::{DeliveryAttempt, DeliveryRecord, DeliveryState, ReceiverAnswer};

/// Deliveries on a page.
const ON_A_PAGE: usize = 50;

/// The deliveries that the list can be limited to.
const KINDS: [(&str, &str, &str); 4] = [
    ("waiting", "na fila", "waiting"),
    ("stored", "no backup", "in the backup"),
    ("failed", "não entregues", "not delivered"),
    ("taken", "aceitas", "accepted"),
];

fn is_of(kind: &str, state: DeliveryState) -> bool {
    match state {
        DeliveryState::Waiting { .. } | DeliveryState::UnderWay => kind == "waiting",
        DeliveryState::Stored => kind == "stored",
        DeliveryState::Taken => kind == "taken",
        DeliveryState::Lost | DeliveryState::GivenUp | DeliveryState::Erased => kind == "failed",
    }
}

pub(super) async fn show(view: View) -> Response {
    let title = "Webhooks";
    let lists = {
        let queue = view.running.webhooks.borrow();
        let kind = view.asked("state");
        let before: Option<u64> = view.asked("before").and_then(|number| number.parse().ok());
        let fitting = queue.records().rev().filter(|record| {
            before.is_none_or(|before| record.number() < before)
                && kind.is_none_or(|kind| is_of(kind, record.state))
        });
        let mut shown: Vec<&DeliveryRecord> = fitting.take(ON_A_PAGE + 1).collect();
        let last = shown.get(ON_A_PAGE - 1).filter(|_| shown.len() > ON_A_PAGE);
        let last = last.map(|record| record.number());
        shown.truncate(ON_A_PAGE);
        let subscriptions: Vec<&Subscription> = queue.all().rev().collect();
        html! {
            section #subscriptions data-live="webhooks" {
                h2 { (view.say("Configurações de webhook", "Webhook subscriptions")) }
                @if subscriptions.is_empty() {
                    (no_subscriptions(&view))
                } @else {
                    div.cards { @for one in subscriptions { (subscription(&view, one)) } }
                }
            }
            section #deliveries data-live="webhooks" {
                div.head {
                    h2 { (view.say("Entregas", "Deliveries")) }
                    (filter(&view, kind))
                }
                @if shown.is_empty() {
                    div.empty { p { (view.say("Nenhuma entrega aqui.", "No deliveries here.")) } }
                } @else {
                    (table(&view, &shown))
                }
                p.pages {
                    @if before.is_some() {
                        a href=(view.here_but("before", None)) { (view.say("Mais novas", "Newest")) }
                    }
                    @if let Some(last) = last {
                        a href=(view.here_but("before", Some(&last.to_string()))) {
                            (view.say("Mais antigas", "Older"))
                        }
                    }
                }
            }
        }
    };
    let body = html! {
        div.head {
            h1 { (title) }
            (breaking(&view))
        }
        (lists)
    };
    view.page(Place::Webhooks, title, &body)
}

/// The form that breaks the next attempts.
fn breaking(view: &View) -> Markup {
    let left = view.running.broken();
    let body = html! {
        @if left > 0 {
            span.note { (view.say("Ainda vão falhar: ", "Still to fail: ")) strong { (left) } }
            button type="submit" name="count" value="0" { (view.say("Parar", "Stop")) }
        } @else {
            label.note for="broken" { (view.say("Simular falha nas próximas", "Simulate failure of the next")) }
            input #broken type="number" name="count" value="3" min="1" max="1000" required;
            span.note { (view.say("entregas", "deliveries")) }
            button type="submit" { (view.say("Ativar", "Switch on")) }
        }
    };
    html! { div #breaking data-live="shop webhooks" { (view.form("filter", &[("action", "break")], &body)) } }
}

fn no_subscriptions(view: &View) -> Markup {
    html! {
        div.empty {
            p { (view.say("Nenhuma configuração de webhook ainda.", "No webhook subscriptions yet.")) }
            p.note {
                (coded(view.say(
                    "Crie uma com `POST /webhook/v1/subscription`, ou copie as linhas que `eduzz sandbox` mostra ao iniciar.",
                    "Make one with `POST /webhook/v1/subscription`, or copy the lines that `eduzz sandbox` prints.",
                )))
            }
            (view.code_block("eduzz webhook listen --port 9000"))
        }
    }
}

fn subscription(view: &View, one: &Subscription) -> Markup {
    let (status, mark) = match one.status() {
        _ if one.is_being_checked() => ("ping…", "plain"),
        "active" => (view.say("ativa", "active"), "good"),
        "backup" => (view.say("em backup", "in backup"), "bad"),
        _ => (view.say("desativada", "disabled"), ""),
    };
    html! {
        article.card id={ "w" (one.id) } {
            header.between {
                h3 { (isolated(&one.wanted.name)) }
                span class={ "mark " (mark) } { (status) }
            }
            p { code { (isolated(one.wanted.receiver.as_str())) } }
            dl.pairs {
                div { dt { "Id" } dd { code { (one.id) } } }
                div {
                    dt { (view.say("De", "Of")) }
                    dd { (isolated(view.account(&one.holder.account_id))) " · " (isolated(view.app(&one.holder.client_id))) }
                }
                div { dt { (view.say("Na fila", "Waiting")) } dd { (one.waiting()) } }
                @if let Some([since, probe, end]) = one.backup() {
                    div {
                        dt { "Backup" }
                        dd {
                            (view.say("desde ", "since ")) (view.lang.moment(since))
                            (view.say("; próxima tentativa ", "; next attempt ")) (view.lang.moment(probe))
                            (view.say("; apaga tudo em ", "; erases all ")) (view.lang.moment(end))
                        }
                    }
                }
            }
            details id={ "events" (one.id) } {
                summary { (view.say("Eventos", "Events")) " (" (one.wanted.events.len()) ")" }
                ul.scopes { @for event in &one.wanted.events { li { code { (event) } } } }
            }
            (view.form("filter", &[("action", "sample"), ("id", &one.id)], &html! {
                select name="event" aria-label=(view.say("Evento", "Event")) {
                    @for event in &one.wanted.events { option value=(event) { (event) } }
                }
                button type="submit" { (view.say("Enviar exemplo", "Send a sample")) }
            }))
        }
    }
}

fn filter(view: &View, kind: Option<&str>) -> Markup {
    let with = |kind: Option<&str>| match kind {
        Some(kind) => format!("/panel/webhooks?state={kind}"),
        None => "/panel/webhooks".to_owned(),
    };
    html! {
        div.choices {
            a href=(with(None)) aria-current=[kind.is_none().then_some("true")] { (view.say("Todas", "All")) }
            @for (name, pt, en) in KINDS {
                a href=(with(Some(name))) aria-current=[(kind == Some(name)).then_some("true")] { (view.say(pt, en)) }
            }
        }
    }
}

fn table(view: &View, shown: &[&DeliveryRecord]) -> Markup {
    html! {
        table.rows {
            thead {
                tr {
                    th scope="col" { (view.say("Última tentativa", "Last attempt")) }
                    th scope="col" { (view.say("Estado", "State")) }
                    th scope="col" { (view.say("Evento", "Event")) }
                    th.number scope="col" { (view.say("Tentativas", "Attempts")) }
                    th scope="col" { (view.say("Ação", "Action")) }
                }
            }
            tbody { @for record in shown { (row(view, record)) } }
        }
    }
}

fn row(view: &View, record: &DeliveryRecord) -> Markup {
    let last = record.attempts.last();
    html! {
        tr id={ "d" (record.number()) } data-row {
            td.time {
                @if let Some(last) = last { time { (view.lang.moment(last.sent_at)) } } @else { "—" }
            }
            td.state { (state(view, record.state)) }
            td.what {
                a href={ "/panel/webhooks/" (record.number()) } {
                    span.method { (record.number()) } " " span.path { (isolated(&record.event)) }
                }
                span.why { (isolated(&record.url)) @if let Some(last) = last { " · " (answer(view, &last.answer)) } }
                @if let DeliveryState::Waiting { until: Some(until) } = record.state {
                    span.why { (view.say("tenta de novo em ", "tries again ")) (view.lang.moment(until)) }
                }
            }
            td.number {
                (record.attempts.len())
                span.narrow {
                    " " @if record.attempts.len() == 1 { (view.say("tentativa", "attempt")) }
                    @else { (view.say("tentativas", "attempts")) }
                }
            }
            td.deeds { (resend(view, record)) }
        }
    }
}

fn resend(view: &View, record: &DeliveryRecord) -> Markup {
    let button = html! { button type="submit" { (view.say("Enviar de novo", "Send again")) } };
    let fields = [("action", "resend"), ("id", &*record.number().to_string())];
    view.form("acts", &fields, &button)
}

fn state(view: &View, state: DeliveryState) -> Markup {
    let (name, kind) = names::delivery(view.lang, state);
    html! { span class={ "mark " (kind) } { (name) } }
}

fn answer(view: &View, answer: &ReceiverAnswer) -> Markup {
    match answer {
        ReceiverAnswer::Status { status, .. } => requests::status(view.lang, Some(*status)),
        ReceiverAnswer::None { reason } => isolated(&names::reason(view.lang, reason)),
    }
}

/// One delivery: its attempts with their answers, and its body.
pub(super) async fn one(view: View, Path(number): Path<String>) -> Response {
    let number: Option<u64> = number.parse().ok();
    let record = number.and_then(|number| view.running.webhooks.borrow().record(number).cloned());
    let Some(record) = record else {
        let title = view.say("Esta entrega não existe", "There is no such delivery");
        let body = html! {
            div.head { h1 { (title) } }
            div.empty { p { a href="/panel/webhooks" { (view.say("Ver as entregas", "See the deliveries")) } } }
        };
        return view.page_of(StatusCode::NOT_FOUND, Place::Webhooks, title, &body);
    };
    let body = html! {
        div.head {
            p.crumb { a href="/panel/webhooks" { "Webhooks" } " / " (record.number()) }
            h1.request { (isolated(&record.event)) }
        }
        section #delivery data-live="webhooks" {
            p { (state(&view, record.state)) }
            dl.facts {
                div { dt { (view.say("Id do evento", "Event's id")) } dd { code { (isolated(&record.id)) } } }
                div { dt { (view.say("Receptor", "Receiver")) } dd { code { (isolated(&record.url)) } } }
                div { dt { (view.say("Configuração de webhook", "Webhook subscription")) } dd { code { (record.subscription) } } }
                @if let DeliveryState::Waiting { until: Some(until) } = record.state {
                    div { dt { (view.say("Próxima tentativa", "Next attempt")) } dd { (view.lang.moment(until)) } }
                }
            }
            (resend(&view, &record))
            h2 { (view.say("Tentativas", "Attempts")) }
            @if record.attempts.is_empty() {
                p.note { (view.say("Nenhuma respondida ainda.", "None answered yet.")) }
            }
            @for (place, attempt) in (1..).zip(&record.attempts) { (attempted(&view, place, attempt)) }
        }
        section {
            h2 { (view.say("Corpo", "Body")) }
            (view.code_block(&pretty::json(&record::masked(&record.body))))
        }
    };
    view.page(Place::Webhooks, &record.event, &body)
}

fn attempted(view: &View, place: u64, attempt: &DeliveryAttempt) -> Markup {
    html! {
        div.attempt {
            p {
                strong { (place) ". " } time { (view.lang.moment(attempt.sent_at)) } " · "
                (answer(view, &attempt.answer)) " · " span.note { (view.lang.span(attempt.took)) }
            }
            @if let ReceiverAnswer::Status { body, .. } = &attempt.answer {
                @if !body.is_empty() { (view.code_block(&pretty::json(&record::masked(body.as_bytes())))) }
            }
        }
    }
}
