//! `/panel/faults`: the failures on purpose, and the switches that cause them.

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::response::Response;
use maud::{Markup, html};

use super::view::{Notice, isolated, see_again};
use super::{Place, View};
use crate::action::{Action, Refused};
use crate::control::SandboxControl;
use crate::fault::{BadFault, Fault};
use crate::http::calls;
use crate::webhooks::event_list;

const PATH: &str = "/panel/faults";

pub(super) async fn show(view: View) -> Response {
    let control = SandboxControl::new(view.running.clone());
    let title = view.say("Falhas", "Faults");
    let body = html! {
        div.head {
            h1 { (title) }
            p.lead {
                (view.say(
                    "O que dá errado de propósito, para ver o que o seu programa faz. Se várias se \
                     aplicarem, vale a primeira; cada uma tem sua própria contagem.",
                    "What goes wrong on purpose, to see what your program does. If several \
                     apply, the first one counts; each has a count of its own.",
                ))
            }
        }
        section #active data-live="requests webhooks shop" { (active(&view, &control)) }
        section {
            h2 { (view.say("Nova falha", "New fault")) }
            (form(&view))
        }
        section {
            h2 { (view.say("O que cada uma faz", "What each of them does")) }
            dl.kinds {
                @for kind in Fault::KINDS {
                    div { dt { code { (kind) } } dd { (about(&view, kind)) } }
                }
            }
        }
    };
    view.page(Place::Faults, title, &body)
}

fn about(view: &View, kind: &str) -> &'static str {
    let (pt, en) = Fault::about(kind);
    view.say(pt, en)
}

fn active(view: &View, control: &SandboxControl) -> Markup {
    let faults = control.faults();
    html! {
        div.between {
            h2 { (view.say("Ativas agora", "Switched on now")) }
            @if !faults.is_empty() {
                (view.form("", &[("action", "clear-faults")], &html! {
                    button.danger type="submit" { (view.say("Desligar todas", "Switch all off")) }
                }))
            }
        }
        @if faults.is_empty() {
            p.empty { (view.say("Nenhuma falha ativa.", "No fault is switched on.")) }
        } @else {
            table.rows.faults {
                thead {
                    tr {
                        th scope="col" { (view.say("Falha", "Fault")) }
                        th.number scope="col" { (view.say("Atingiu", "Struck")) }
                        th scope="col" {}
                    }
                }
                tbody {
                    @for (place, (fault, struck)) in faults.iter().zip(control.fault_strikes()).enumerate() {
                        tr {
                            td.what {
                                code { (isolated(&fault.to_string())) }
                                span.why { (about(view, fault.kind())) }
                            }
                            td.number { (struck) "×" }
                            td.act {
                                (view.form("", &[("action", "remove-fault"), ("place", &place.to_string())], &html! {
                                    button type="submit" { (view.say("Desligar", "Switch off")) }
                                }))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn form(view: &View) -> Markup {
    let is_of_deliveries = |kind: &&str| matches!(*kind, "twice" | "late" | "lost" | "shuffled");
    let options = |of_deliveries: bool| {
        let kinds = Fault::KINDS.iter().copied();
        kinds.filter(move |kind| is_of_deliveries(kind) == of_deliveries)
    };
    let field = |name: &str, label: &str, hint: &str, list: Option<&str>| {
        html! {
            label {
                span.label { (label) }
                input name=(name) placeholder=(hint) list=[list] autocomplete="off" dir="auto";
            }
        }
    };
    html! {
        form.fields method="post" action=(PATH) {
            label {
                span.label { (view.say("Tipo", "Kind")) }
                select name="kind" {
                    @for (label, of_deliveries) in [
                        (view.say("Respostas da API", "Answers of the API"), false),
                        (view.say("Entregas de webhooks", "Deliveries of webhooks"), true),
                    ] {
                        optgroup label=(label) {
                            @for kind in options(of_deliveries) { option value=(kind) { (kind) } }
                        }
                    }
                }
            }
            (field("when", view.say("Quando", "When"), view.say("sempre; 3 (cada 3ª); 30%", "always; 3 (every 3rd); 30%"), None))
            (field("on", view.say("Onde", "Where"), view.say("todas as rotas ou eventos", "all routes or events"), Some("routes")))
            (field("after", view.say("Depois de", "After"), "0", None))
            (field("times", view.say("No máximo", "At most"), view.say("sem limite", "no limit"), None))
            (field("wait", view.say("Espera", "Wait"), view.say("5s (slow, late, shuffled)", "5s (slow, late, shuffled)"), None))
            (field("status", "Status", view.say("503 (page, json)", "503 (page, json)"), None))
            (field("retry", "Retry-After", view.say("1; none: sem (429)", "1; none: without (429)"), None))
            datalist #routes {
                @for route in calls::routes() { option value=(route) {} }
                option value="POST /oauth/token" {}
                @for event in event_list::ORIGINS.iter().flat_map(|origin| origin.events.iter().map(move |event| (origin.prefix, event.name))) {
                    option value={ (event.0) "." (event.1) } {}
                }
            }
            button.primary type="submit" { (view.say("Ligar", "Switch on")) }
        }
    }
}

/// Adds the fault of the form: its fields make the fault's text.
pub(super) async fn add(view: View, body: Result<Bytes, BytesRejection>) -> Response {
    let body = body.unwrap_or_default();
    let fields: HashMap<String, String> = form_urlencoded::parse(&body).into_owned().collect();
    let filled = |name: &str| {
        fields
            .get(name)
            .map(|value| value.trim())
            .filter(|value| !value.is_empty())
    };
    let mut text = filled("kind").unwrap_or_default().to_owned();
    if let Some(when) = filled("when") {
        text.push('@');
        text.push_str(when);
    }
    for name in ["on", "after", "times", "wait", "status", "retry"] {
        if let Some(value) = filled(name) {
            text.push_str(&format!(",{name}={value}"));
        }
    }
    let control = SandboxControl::new(view.running.clone());
    let notice = match text.parse() {
        Err(error) => Notice::bad(refusal(&view, &error)),
        Ok(fault) => match control.act(&Action::AddFault { fault }) {
            Ok(_) => Notice::good(format!("{} {text}", view.say("Falha ligada:", "Switched on:"))),
            Err(Refused::Invalid { .. }) => Notice::bad(view.say(
                "Já há 100 falhas ligadas: desligue alguma antes.",
                "100 faults are switched on already: switch one off first.",
            )),
            Err(refused) => Notice::bad(refused.to_string()),
        },
    };
    see_again(PATH, &notice)
}

fn refusal(view: &View, error: &BadFault) -> String {
    match error {
        BadFault::Kind => view
            .say("Escolha um tipo da lista.", "Choose a kind of the list.")
            .to_owned(),
        BadFault::When => view
            .say(
                "Em “Quando”, use um número (3 = uma a cada 3) ou uma porcentagem (30%).",
                "In “When”, use a number (3 = one in 3) or a percentage (30%).",
            )
            .to_owned(),
        BadFault::Option(option) => {
            let option = option.chars().take(80).collect::<String>();
            match view.lang {
                super::Lang::Pt => format!("Este tipo de falha não aceita “{option}”."),
                super::Lang::En => format!("This kind of fault does not take “{option}”."),
            }
        }
    }
}
