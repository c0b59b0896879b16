//! `GET /`: the applications and people of the sandbox.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::HOST;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use maud::{Markup, html};

use super::{avatar, page};
use crate::config::{AppConfig, AppState, Config, Person};
use crate::running::Running;

pub(crate) async fn show(State(running): State<Arc<Running>>, headers: HeaderMap) -> Response {
    // `host.rs` has checked that it is a loopback host.
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let host = host.unwrap_or("127.0.0.1");
    let config = &running.config;
    let body = html! {
        main.wide {
            header {
                h1 { "Um sandbox local para a API da Eduzz" }
                p.lead {
                    "Tudo aqui é inventado e vive na memória deste programa: pessoas, aplicativos, códigos e tokens. "
                    "Ele responde como a página de consentimento, a troca de código e a API."
                }
            }
            (environment_section(config, host))
            section {
                h2 { "Aplicativos" }
                div.grid { @for app in &config.apps { (app_card(config, app)) } }
            }
            section {
                h2 { "Pessoas" }
                div.grid { @for person in &config.people { (person_card(person)) } }
            }
        }
    };
    page(StatusCode::OK, "Início", &body)
}

fn environment_section(config: &Config, host: &str) -> Markup {
    html! {
        @if let Some(app) = config.apps.first() {
            section {
                h2 { "No terminal" }
                p { "Estas linhas apontam o programa " code { "eduzz" } " para este sandbox:" }
                pre tabindex="0" {
                    @for (name, value) in app.environment(&format!("http://{host}")) {
                        "export " (name) "=" (value) "\n"
                    }
                }
            }
        }
    }
}

fn app_card(config: &Config, app: &AppConfig) -> Markup {
    let owner = config.person(&app.owner);
    let owner = owner.map_or("", |person| person.name.as_str());
    html! {
        article.panel {
            header.account {
                span.app-mark aria-hidden="true" { (super::initials(&app.name)) }
                div.who {
                    h3.name { (app.name) }
                    span.email { (state(app.state)) " · de " (owner) }
                }
            }
            dl {
                dt { "client_id" } dd { code { (app.client_id) } }
                dt { "URLs de retorno" } @for url in &app.return_urls { dd { code { (url) } } }
                dt { "Permissões" } dd { @for scope in &app.scopes { code { (scope) } " " } }
            }
            details {
                summary { "Mostrar client_secret" }
                code { (app.client_secret) }
            }
            @if let Some(url) = app.return_urls.first() {
                p { a.button href=(authorize(app, url)) { "Abrir a página de consentimento" } }
                p.note { "No fim o navegador vai para " span.url { (url) } "; se nada escuta ali, ele mostra um erro." }
            }
        }
    }
}

fn person_card(person: &Person) -> Markup {
    html! {
        article.panel {
            header.account {
                (avatar(&person.name))
                div.who {
                    h3.name { (person.name) }
                    span.email { (person.email) }
                }
            }
            dl {
                dt { "Conta" } dd { code { (person.account_id) } }
                dt { "eduzzId" } dd { code { (person.eduzz_id) } }
                dt { "nutrorId" } dd { code { (person.nutror_id) } }
            }
            details {
                summary { "Mostrar token pessoal" }
                code { (person.personal_token) }
            }
        }
    }
}

fn authorize(app: &AppConfig, url: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("client_id", &app.client_id)
        .append_pair("responseType", "code")
        .append_pair("redirectTo", url)
        .append_pair("state", "experimento")
        .finish();
    format!("/oauth/authorize?{query}")
}

const fn state(state: AppState) -> &'static str {
    match state {
        AppState::Development => "em desenvolvimento",
        AppState::Production => "em produção",
    }
}
