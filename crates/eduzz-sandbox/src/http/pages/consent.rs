//! The consent page, and the page for a person whom an application in development does not admit.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::{ACCOUNT_PATH, ANSWER_PATH, Ticket, avatar, page, scopes};
use crate::config::{AppConfig, AppState, Person};
use crate::state::access::Asked;

pub(crate) fn show(app: &AppConfig, person: &Person, asked: &Asked, ticket: Ticket<'_>) -> Response {
    let body = html! {
        main.card {
            header.asks {
                span.app-mark aria-hidden="true" { (super::initials(&app.name)) }
                h1 { strong { (app.name) } " quer acessar a sua conta" }
                @if app.state == AppState::Development {
                    p.badge { "Aplicativo em desenvolvimento" }
                }
            }
            (account(person, ticket))
            section aria-labelledby="permissions" {
                h2.counted {
                    span #permissions { "O aplicativo poderá" }
                    span.note { (count(app.scopes.len() + 1)) }
                }
                (permissions(&app.scopes))
            }
            p.note { "Depois da sua resposta você volta para " span.url { (host(&asked.return_url)) } "." }
            form.answer method="post" action=(ANSWER_PATH) {
                (ticket.fields())
                button.primary type="submit" name="answer" value="approve" { "Autorizar" }
                button.secondary type="submit" name="answer" value="refuse" { "Cancelar" }
            }
        }
    };
    page(StatusCode::OK, &format!("Autorizar {}", app.name), &body)
}

/// An application in development, and a person who neither owns it nor was invited.
pub(crate) fn stranger(app: &AppConfig, person: &Person, ticket: Ticket<'_>) -> Response {
    let body = html! {
        main.card {
            p.badge { "Aplicativo em desenvolvimento" }
            h1 { strong { (app.name) } " ainda não está aberto para esta conta" }
            p.lead {
                "Enquanto um aplicativo está em desenvolvimento, só quem o criou e quem foi convidado a desenvolvê-lo "
                "podem autorizá-lo."
            }
            (account(person, ticket))
            section.hint {
                h2 { "Para quem desenvolve" }
                p {
                    "Entre com a conta de quem fez o aplicativo, convide esta conta como desenvolvedora, "
                    "ou passe o aplicativo para produção."
                }
            }
        }
    };
    page(StatusCode::FORBIDDEN, "Aplicativo em desenvolvimento", &body)
}

fn account(person: &Person, ticket: Ticket<'_>) -> Markup {
    html! {
        section.account aria-label="Conta" {
            (avatar(&person.name))
            div.who {
                span.name { (person.name) }
                span.email { (person.email) }
            }
            form method="post" action=(ACCOUNT_PATH) {
                (ticket.fields())
                button.link type="submit" name="account" value="" { "Trocar de conta" }
            }
        }
    }
}

fn permissions(names: &[String]) -> Markup {
    let mut products: BTreeMap<String, Vec<scopes::Permission<'_>>> = BTreeMap::new();
    for permission in names.iter().map(|name| scopes::explain(name)) {
        let of_product = products.entry(permission.product.clone());
        of_product.or_default().push(permission);
    }
    html! {
        ul.permissions {
            li.permission {
                (mark(false))
                div { "Ver o seu nome e o seu e-mail" }
            }
        }
        @for (product, permissions) in &products {
            h3 { (product) }
            ul.permissions {
                @for permission in permissions {
                    li.permission {
                        (mark(permission.writes))
                        div {
                            (permission.sentence)
                            code { (permission.raw) }
                        }
                    }
                }
            }
        }
    }
}

/// The number of permissions: the last may lie below the screen.
fn count(permissions: usize) -> String {
    match permissions {
        1 => "1 permissão".to_owned(),
        more => format!("{more} permissões"),
    }
}

/// An eye for reading, a pencil for writing, as the sentence beside it.
fn mark(writes: bool) -> Markup {
    html! {
        svg.mark.writes[writes] viewBox="0 0 24 24" aria-hidden="true" focusable="false" {
            @if writes {
                path d="M4 20l1-5L16.5 3.5a2.1 2.1 0 0 1 3 0l1 1a2.1 2.1 0 0 1 0 3L9 19l-5 1z M14.5 5.5l4 4" {}
            } @else {
                path d="M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12z" {}
                circle cx="12" cy="12" r="3" {}
            }
        }
    }
}

/// The part of a URL that a person recognizes.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}
