//! `/`: the panel's first page: how to point a program here, what to do first, what is in it.

use axum::response::Response;
use maud::{Markup, html};

use super::view::isolated;
use super::{Place, View, accounts, requests};

/// Requests on the first page.
const NEWEST: usize = 8;

pub(super) async fn show(view: View) -> Response {
    let all = view.running.records.all();
    let newest: Vec<_> = all.iter().rev().take(NEWEST).collect();
    let title = view.say(
        "Um sandbox local para a API da Eduzz",
        "A local sandbox for Eduzz's API",
    );
    let body = html! {
        div.head {
            h1 { (title) }
            p.lead {
                (view.say(
                    "Tudo aqui é inventado: pessoas, aplicativos, vendas, códigos e tokens. \
                     Ele responde como a página de consentimento, a troca de código e a API.",
                    "Everything here is invented: people, applications, sales, codes and tokens. \
                     It answers as the consent page, the exchange of codes and the API.",
                ))
            }
        }
        (counts(&view))
        (environment(&view))
        (sign_in(&view))
        section {
            div.between {
                h2 { (view.say("Últimas requisições", "Newest requests")) }
                a href="/panel/requests" { (view.say("Ver todas", "See all")) }
            }
            div #newest data-live="requests" {
                @if newest.is_empty() {
                    p.note { (view.say("Nenhuma ainda: rode um comando acima.", "None yet: run a command above.")) }
                } @else {
                    (requests::table(&view, &newest))
                }
            }
        }
    };
    view.page(Place::Start, view.say("Início", "Start"), &body)
}

/// What is in the sandbox now.
fn counts(view: &View) -> Markup {
    let running = &view.running;
    let shop = running.shop(running.first_account());
    let sales = whole(shop.sales.len()).saturating_add(running.config.older_sales);
    let subscriptions = shop.subscriptions.len();
    drop(shop);
    let webhooks = running.webhooks.borrow();
    let (receivers, deliveries) = (webhooks.all().count(), webhooks.records().count());
    drop(webhooks);
    let requests = running.records.all().last().map_or(0, |last| last.number);
    let faults = running.faults.strikes().len();
    let tiles = [
        (requests, view.say("requisições", "requests"), Place::Requests),
        (sales, view.say("vendas", "sales"), Place::Shop),
        (
            whole(subscriptions),
            view.say("assinaturas", "subscriptions"),
            Place::Shop,
        ),
        (whole(receivers), "webhooks", Place::Webhooks),
        (
            whole(deliveries),
            view.say("entregas", "deliveries"),
            Place::Webhooks,
        ),
        (
            whole(faults),
            view.say("falhas ligadas", "faults switched on"),
            Place::Faults,
        ),
    ];
    html! {
        ul.tiles #counts data-live="requests webhooks shop" {
            @for (count, name, place) in tiles {
                li {
                    strong { (count) }
                    a href=(place.path()) { (name) }
                }
            }
        }
    }
}

fn whole(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn environment(view: &View) -> Markup {
    let Some(app) = view.running.config.apps.first() else {
        return html! {};
    };
    let lines = app.environment(&view.origin);
    let lines: Vec<String> = lines
        .iter()
        .map(|(name, value)| format!("export {name}={value}"))
        .collect();
    html! {
        section {
            h2 { (view.say("No terminal", "In the terminal")) }
            p {
                (view.say("Estas linhas apontam o programa ", "These lines point the program ")) code { "eduzz" }
                (view.say(" para este sandbox:", " to this sandbox:"))
            }
            (view.code_block(&lines.join("\n")))
            p { (view.say("Depois, por exemplo:", "Then, for example:")) }
            (view.code_block("eduzz login\neduzz me\neduzz sales list --from 2026-01-01"))
        }
    }
}

fn sign_in(view: &View) -> Markup {
    let apps = view.running.config.apps.iter();
    let apps = apps.filter_map(|app| Some((app, view.running.return_urls(app).into_iter().next()?)));
    html! {
        section {
            h2 { (view.say("No navegador", "In the browser")) }
            p {
                (view.say("Login com a página de consentimento de ", "Sign in with the consent page of "))
                @for (place, (app, url)) in apps.enumerate() {
                    @if place > 0 { (view.say(" ou ", " or ")) }
                    a href=(accounts::authorize(app, &url)) { (isolated(&app.name)) }
                }
                "."
            }
        }
    }
}
