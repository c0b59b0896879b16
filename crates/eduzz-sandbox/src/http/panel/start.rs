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
                     Ele faz o papel da página de consentimento, da troca do código e da API.",
                    "Everything here is invented: people, applications, sales, codes and tokens. \
                     It plays the part of the consent page, the exchange of the code and the API.",
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
        (
            requests,
            [["requisição", "request"], ["requisições", "requests"]],
            Place::Requests,
        ),
        (sales, [["venda", "sale"], ["vendas", "sales"]], Place::Shop),
        (
            whole(subscriptions),
            [["assinatura", "subscription"], ["assinaturas", "subscriptions"]],
            Place::Shop,
        ),
        (
            whole(receivers),
            [["webhook", "webhook"], ["webhooks", "webhooks"]],
            Place::Webhooks,
        ),
        (
            whole(deliveries),
            [["entrega", "delivery"], ["entregas", "deliveries"]],
            Place::Webhooks,
        ),
        (
            whole(faults),
            [
                ["falha ativa", "fault switched on"],
                ["falhas ativas", "faults switched on"],
            ],
            Place::Faults,
        ),
    ];
    html! {
        ul.tiles #counts data-live="requests webhooks shop" {
            @for (count, [one, more], place) in tiles {
                @let [pt, en] = if count == 1 { one } else { more };
                li {
                    strong { (count) }
                    a href=(place.path()) { (view.say(pt, en)) }
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
            ul.bullets {
                @for (app, url) in apps {
                    li {
                        (view.say("Página de consentimento de ", "Consent page of "))
                        a href=(accounts::authorize(app, &url)) { (isolated(&app.name)) }
                        (view.say("; depois da resposta, o navegador vai para ", "; after the answer the browser goes to "))
                        code { (isolated(&url)) }
                    }
                }
            }
            p.note {
                (view.say(
                    "No endereço de retorno um programa precisa estar escutando; sem ele, o navegador mostra que a conexão foi recusada. ",
                    "A program must be listening at the return URL; without one, the browser says that the connection is refused. ",
                ))
                code { "eduzz login" }
                (view.say(" faz as duas coisas: escuta e abre a página de consentimento.", " does both: it listens and opens the consent page."))
            }
        }
    }
}
