//! The account chooser.

use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

use super::{ACCOUNT_PATH, Ticket, avatar, page};
use crate::config::{AppConfig, Person};

pub(crate) fn show(app: &AppConfig, people: &[Person], ticket: Ticket<'_>) -> Response {
    let body = html! {
        main.card {
            h1 { "Quem está entrando?" }
            p.lead { "Escolha a conta com que você vai entrar em " strong { (app.name) } "." }
            form method="post" action=(ACCOUNT_PATH) {
                (ticket.fields())
                ul.choices {
                    @for person in people {
                        li {
                            button.choice type="submit" name="account" value=(person.account_id) {
                                (avatar(&person.name))
                                span.who {
                                    span.name { (person.name) }
                                    span.email { (person.email) }
                                    @if let Some(role) = role(app, person) { span.role { (role) } }
                                }
                            }
                        }
                    }
                }
            }
            p.note { "Estas pessoas são inventadas. Ninguém precisa de senha aqui." }
        }
    };
    page(StatusCode::OK, "Quem está entrando?", &body)
}

fn role(app: &AppConfig, person: &Person) -> Option<&'static str> {
    if app.owner == person.account_id {
        Some("criou o aplicativo")
    } else if app.is_made_by(&person.account_id) {
        Some("desenvolve o aplicativo")
    } else {
        None
    }
}
