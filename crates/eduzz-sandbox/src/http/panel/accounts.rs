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
            div.cards #apps data-live="shop" { @for app in &config.apps { (app_card(&view, app)) } }
        }
        section {
            h2 { (view.say("Pessoas", "People")) }
            p.note {
                (view.say(
                    "Estas pessoas são inventadas. Cada uma tem uma loja própria.",
                    "These people are invented. Each has a shop of their own.",
                ))
            }
            div.cards #people data-live="requests shop" {
                @for person in &config.people { (person_card(&view, person)) }
            }
        }
    };
    view.page(Place::Accounts, title, &body)
}

fn app_card(view: &View, app: &AppConfig) -> Markup {
    let urls = view.running.return_urls(app);
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
            }
            (return_urls(view, app, &urls))
            (secret(view, "client_secret", &app.client_secret))
            details {
                summary { (view.say("Permissões", "Permissions")) " (" (app.scopes.len()) ")" }
                ul.scopes { @for scope in &app.scopes { li { code { (isolated(scope)) } } } }
            }
            @if let Some(url) = urls.first() {
                p {
                    a.button href=(authorize(app, url)) {
                        (view.say("Abrir a página de consentimento", "Open the consent page"))
                    }
                }
            }
        }
    }
}

/// The registered return URLs, each with a button that takes it out, and a field for another.
fn return_urls(view: &View, app: &AppConfig, urls: &[String]) -> Markup {
    let add = html! {
        input name="url" type="url" required placeholder="http://127.0.0.1:3000/callback"
            aria-label=(view.say("Outra URL de retorno", "Another return URL"));
        button type="submit" { (view.say("Cadastrar", "Register")) }
    };
    let one = |url: &str| {
        let fields = [
            ("action", "remove-return-url"),
            ("id", &app.client_id),
            ("url", url),
        ];
        let body = html! {
            code { (isolated(url)) }
            button.small type="submit" { (view.say("Remover", "Remove")) }
        };
        view.form("copied", &fields, &body)
    };
    html! {
        div.urls {
            h4 { (view.say("URLs de retorno", "Return URLs")) }
            @for url in urls { (one(url)) }
            (view.form("copied", &[("action", "add-return-url"), ("id", &app.client_id)], &add))
        }
    }
}

fn person_card(view: &View, person: &Person) -> Markup {
    let (signed_in, is_valid) = view.running.access().valid_tokens(person);
    let revoke = html! {
        p.note { (tokens(view, signed_in, is_valid)) }
        @if signed_in > 0 || is_valid {
            button.danger type="submit" { (view.say("Revogar", "Revoke")) }
        }
    };
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
            (view.form("between", &[("action", "revoke-tokens"), ("id", &person.account_id)], &revoke))
        }
    }
}

/// Which tokens of a person are valid.
fn tokens(view: &View, signed_in: usize, is_valid: bool) -> String {
    let personal = match is_valid {
        true => view.say("token pessoal válido", "personal token valid"),
        false => view.say("token pessoal revogado", "personal token revoked"),
    };
    let of_sign_ins = match signed_in {
        0 => view.say("nenhum login", "no sign-in").to_owned(),
        1 => view.say("1 token de login", "1 token of a sign-in").to_owned(),
        more => format!("{more} {}", view.say("tokens de login", "tokens of sign-ins")),
    };
    format!("{personal}, {of_sign_ins}")
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
