//! `/panel/accounts`: the applications and the people of the sandbox.

use axum::response::Response;
use maud::{Markup, html};

use super::view::isolated;
use super::{Place, View};
use crate::config::{AppConfig, AppState, Person};

pub(super) async fn show(view: View) -> Response {
    let config = &view.running.config;
    let title = view.say("Contas e aplicativos", "Accounts and applications");
    let body = html! {
        div.head { h1 { (title) } }
        section {
            h2 { (view.say("Aplicativos", "Applications")) }
            div.cards { @for app in &config.apps { (app_card(&view, app)) } }
        }
        section {
            h2 { (view.say("Pessoas", "People")) }
            p.note {
                (view.say(
                    "Estas pessoas são inventadas. Cada uma tem uma loja própria.",
                    "These people are invented. Each has a shop of their own.",
                ))
            }
            div.cards { @for person in &config.people { (person_card(&view, person)) } }
        }
    };
    view.page(Place::Accounts, title, &body)
}

fn app_card(view: &View, app: &AppConfig) -> Markup {
    html! {
        article.card {
            header.between {
                div {
                    h3 { (isolated(&app.name)) }
                    p.note { (view.say("de ", "of ")) (isolated(view.account(&app.owner))) }
                }
                (state(view, app.state))
            }
            dl.pairs {
                (pair(view, "client_id", &app.client_id))
                div {
                    dt { (view.say("URLs de retorno", "Return URLs")) }
                    @for url in &app.return_urls { dd { code { (isolated(url)) } } }
                }
            }
            (secret(view, "client_secret", &app.client_secret))
            details {
                summary { (view.say("Permissões", "Permissions")) " (" (app.scopes.len()) ")" }
                ul.scopes { @for scope in &app.scopes { li { code { (isolated(scope)) } } } }
            }
            @if let Some(url) = app.return_urls.first() {
                p {
                    a.button href=(authorize(app, url)) {
                        (view.say("Abrir a página de consentimento", "Open the consent page"))
                    }
                }
            }
        }
    }
}

fn person_card(view: &View, person: &Person) -> Markup {
    html! {
        article.card {
            header {
                h3 { (isolated(&person.name)) }
                p.note { (isolated(&person.email)) }
            }
            dl.pairs {
                (pair(view, view.say("Conta", "Account"), &person.account_id))
                (pair(view, "eduzzId", &person.eduzz_id.to_string()))
                (pair(view, "nutrorId", &person.nutror_id.to_string()))
            }
            (secret(view, view.say("token pessoal", "personal token"), &person.personal_token))
        }
    }
}

/// A value that can be copied.
fn pair(view: &View, name: &str, value: &str) -> Markup {
    html! {
        div {
            dt { (name) }
            dd.copied { code { (isolated(value)) } (view.copy(value)) }
        }
    }
}

/// A value that is not to be seen by accident.
fn secret(view: &View, name: &str, value: &str) -> Markup {
    html! {
        details {
            summary { (view.say("Mostrar ", "Show ")) (name) }
            p.copied { code { (isolated(value)) } (view.copy(value)) }
        }
    }
}

/// The address of an application's consent page.
pub(super) fn authorize(app: &AppConfig, url: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("client_id", &app.client_id)
        .append_pair("responseType", "code")
        .append_pair("redirectTo", url)
        .append_pair("state", "experimento")
        .finish();
    format!("/oauth/authorize?{query}")
}

fn state(view: &View, state: AppState) -> Markup {
    match state {
        AppState::Development => {
            html! { span.mark.bad { (view.say("em desenvolvimento", "in development")) } }
        }
        AppState::Production => html! { span.mark.good { (view.say("em produção", "in production")) } },
    }
}
