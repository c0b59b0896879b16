//! `/panel/shop`: sales and subscriptions with their states, and everything that can happen to
//! them.

use axum::response::Response;
use maud::{Markup, html};

use super::view::isolated;
use super::{Place, View, names};
use crate::config::Person;
use crate::http::pages::cart::reais;
use crate::render::json::camel;
use crate::state::calendar::Moment;
use crate::state::money::Cents;
use crate::state::shop::{Sale, SaleKind, Shop, Subscription};

/// Rows on a page.
const ON_A_PAGE: usize = 30;
/// Actions of a row that are shown at once; the others are behind a fold.
const AT_ONCE: usize = 2;
/// The leaps of the clock that a button makes.
const LEAPS: [(&str, &str, &str); 5] = [
    ("1h", "1 hora", "1 hour"),
    ("1d", "1 dia", "1 day"),
    ("3d", "3 dias", "3 days"),
    ("7d", "7 dias", "7 days"),
    ("30d", "30 dias", "30 days"),
];

pub(super) async fn show(view: View) -> Response {
    let person = view.asked("account").and_then(|name| {
        let mut people = view.running.config.people.iter();
        people.find(|person| person.is_named(name))
    });
    let owner = person.or_else(|| view.running.config.person(view.running.first_account()));
    let account = owner.map_or_else(
        || view.running.first_account(),
        |person| person.account_id.as_str(),
    );
    let shows_subscriptions = view.asked("show") == Some("subscriptions");
    let title = view.say("Loja", "Shop");
    let list = {
        let shop = view.running.shop(account);
        if shows_subscriptions {
            subscriptions(&view, &shop, account)
        } else {
            sales(&view, &shop, account)
        }
    };
    let body = html! {
        div.head {
            h1 { (title) }
            @if let Some(owner) = owner { (owners(&view, owner)) }
        }
        (forms(&view, account))
        div.tabs {
            div.choices {
                a href=(tab(&view, None)) aria-current=[(!shows_subscriptions).then_some("true")] {
                    (view.say("Vendas", "Sales"))
                }
                a href=(tab(&view, Some("subscriptions"))) aria-current=[shows_subscriptions.then_some("true")] {
                    (view.say("Assinaturas", "Subscriptions"))
                }
            }
        }
        div #rows data-live="shop" { (list) }
    };
    view.page(Place::Shop, title, &body)
}

/// The address of the other list of the same shop.
fn tab(view: &View, show: Option<&str>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    if let Some(account) = view.asked("account") {
        query.append_pair("account", account);
    }
    if let Some(show) = show {
        query.append_pair("show", show);
    }
    match query.finish() {
        query if query.is_empty() => "/panel/shop".to_owned(),
        query => format!("/panel/shop?{query}"),
    }
}

/// The accounts whose shops can be shown.
fn owners(view: &View, owner: &Person) -> Markup {
    html! {
        form.filter method="get" action="/panel/shop" {
            label.note for="account" { (view.say("Loja de", "Shop of")) }
            select #account name="account" {
                @for person in &view.running.config.people {
                    option value=(person.account_id) selected[person.account_id == owner.account_id] { (person.name) }
                }
            }
            button type="submit" { (view.say("Ver", "Show")) }
        }
    }
}

fn forms(view: &View, account: &str) -> Markup {
    let sell = html! {
        h2 { (view.say("Venda nova", "New sale")) }
        div.pair {
            label {
                span.label { (view.say("Tipo", "Kind")) }
                select name="kind" {
                    option value="" { (view.say("Alterna os tipos", "In turns")) }
                    @for kind in SaleKind::ALL {
                        option value=(kind) { (names::sale_kind(view.lang, *kind)) }
                    }
                }
            }
            label {
                span.label { (view.say("Quantas", "How many")) }
                input type="number" name="count" value="1" min="1" max="1000" required;
            }
        }
        label.check {
            input type="checkbox" name="unpaid" value="true";
            (view.say(" aguardando pagamento", " waits for its payment"))
        }
        p { button.primary type="submit" { (view.say("Vender", "Sell")) } }
    };
    let advance = html! {
        h2 { (view.say("Relógio", "Clock")) }
        p.note {
            (view.say(
                "O tempo do sandbox só anda para a frente: novas tentativas de entrega e prazos vencem na hora.",
                "The sandbox's time only moves forward: retries of deliveries and deadlines come due at once.",
            ))
        }
        div.acts {
            @for (by, pt, en) in LEAPS {
                button type="submit" name="by" value=(by) { "+ " (view.say(pt, en)) }
            }
        }
    };
    let cart = html! {
        h2 { (view.say("Carrinho", "Cart")) }
        p.note {
            (view.say(
                "Usa o carrinho aberto mais recente; se não houver, cria um.",
                "Takes the newest open cart; without any, makes one.",
            ))
        }
        div.acts {
            button type="submit" name="action" value="abandon" { (view.say("Abandonar", "Abandon")) }
            button type="submit" name="action" value="order-cart" { (view.say("Fazer o pedido", "Order")) }
        }
    };
    html! {
        div.cards.steer {
            (view.form("card", &[("action", "sell"), ("account", account)], &sell))
            (view.form("card", &[("action", "advance")], &advance))
            (view.form("card", &[("account", account)], &cart))
        }
    }
}

/// The rows of a page, of all that fit: those after the one that the query names.
fn page<'a, T>(
    view: &View,
    rows: impl Iterator<Item = &'a T>,
    id: impl Fn(&T) -> u64,
) -> (Vec<&'a T>, Option<u64>) {
    let before: Option<u64> = view.asked("before").and_then(|id| id.parse().ok());
    let rows = rows.filter(|row| before.is_none_or(|before| id(row) < before));
    let mut shown: Vec<&T> = rows.take(ON_A_PAGE + 1).collect();
    let has_older = shown.len() > ON_A_PAGE;
    shown.truncate(ON_A_PAGE);
    let last = shown.last().filter(|_| has_older).map(|row| id(row));
    (shown, last)
}

fn pages(view: &View, last: Option<u64>) -> Markup {
    html! {
        p.pages {
            @if view.asked("before").is_some() {
                a href=(view.here_but("before", None)) { (view.say("Mais novas", "Newest")) }
            }
            @if let Some(last) = last {
                a href=(view.here_but("before", Some(&last.to_string()))) { (view.say("Mais antigas", "Older")) }
            }
        }
    }
}

/// The statuses that rows have, each with its number of rows.
fn statuses(view: &View, all: impl Iterator<Item = String>) -> Markup {
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for status in all {
        *counts.entry(status).or_default() += 1;
    }
    let chosen = view.asked("status");
    let with = |status: Option<&str>| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for name in ["account", "show"] {
            if let Some(value) = view.asked(name) {
                query.append_pair(name, value);
            }
        }
        if let Some(status) = status {
            query.append_pair("status", status);
        }
        match query.finish() {
            query if query.is_empty() => "/panel/shop".to_owned(),
            query => format!("/panel/shop?{query}"),
        }
    };
    html! {
        div.choices.statuses {
            a href=(with(None)) aria-current=[chosen.is_none().then_some("true")] { (view.say("Todas", "All")) }
            @for (status, count) in &counts {
                a href=(with(Some(status))) aria-current=[(chosen == Some(status)).then_some("true")] {
                    (names::status(view.lang, status).unwrap_or(status)) " " span.note { (count) }
                }
            }
        }
    }
}

fn sales(view: &View, shop: &Shop, account: &str) -> Markup {
    let status = |sale: &Sale| camel(sale.status.as_str());
    let chosen = view.asked("status");
    let fitting = shop.sales.iter().rev();
    let fitting = fitting.filter(|sale| chosen.is_none_or(|chosen| status(sale) == chosen));
    let (shown, last) = page(view, fitting, |sale| sale.id);
    let rows = shown.into_iter().map(|sale| sale_row(view, sale, account));
    html! {
        (statuses(view, shop.sales.iter().map(status)))
        (table(
            view,
            view.say(["Venda", "Valor"], ["Sale", "Amount"]),
            view.say("Nenhuma venda com este status.", "No sale with this status."),
            rows.collect(),
        ))
        (pages(view, last))
    }
}

/// Rows with their moment, status, name, figure and buttons; the sentence if there is no row.
fn table(view: &View, [name, figure]: [&str; 2], none: &str, rows: Vec<Markup>) -> Markup {
    html! {
        @if rows.is_empty() {
            div.empty { p { (none) } }
        } @else {
            table.rows.shop {
                thead {
                    tr {
                        th scope="col" { (view.say("Data", "Date")) }
                        th scope="col" { "Status" }
                        th scope="col" { (name) }
                        th.number scope="col" { (figure) }
                        th scope="col" { (view.say("Ações", "Actions")) }
                    }
                }
                tbody { @for row in rows { (row) } }
            }
        }
    }
}

fn sale_row(view: &View, sale: &Sale, account: &str) -> Markup {
    let mark = match sale.status.as_str() {
        "paid" => "good",
        "refunded" | "chargeback" | "canceled" | "expired" | "duplicated" => "",
        "waiting_refund" | "recovering" | "negotiated" => "bad",
        _ => "plain",
    };
    let allowed: Vec<_> = sale.allowed().collect();
    let buttons = allowed
        .iter()
        .map(|action| (action.as_str(), names::sale_action(view.lang, *action)));
    html! {
        tr id={ "s" (sale.id) } data-row {
            td.time { time { (moment(view, sale.created)) } }
            td.state {
                (status(view, mark, &camel(sale.status.as_str())))
                @if let Some(dispute) = &sale.chargeback {
                    span.why { "chargeback: " (dispute_status(view, &camel(dispute.status.as_str()))) }
                }
            }
            td.what {
                span.method { (sale.id) } " " (isolated(sale.product.name))
                span.why {
                    (isolated(&sale.buyer.name)) " · " (sale.method.as_str())
                    @if sale.installments > 1 { " " (sale.installments) "×" }
                    @if let Some(subscription) = sale.subscription {
                        " · " (view.say("assinatura", "subscription")) " " (subscription)
                    }
                    @if !sale.along.is_empty() { " · order bump" }
                    @if let Some(code) = sale.tracker.first().copied().flatten() { " · tracker " (code) }
                    @if let Some((affiliate, _)) = &sale.affiliate {
                        " · " (view.say("afiliado", "affiliate")) " " (isolated(&affiliate.name))
                    }
                    @if let Some(coupon) = &sale.coupon { " · " (view.say("cupom", "coupon")) " " (coupon.code) }
                }
                @if let Some(sum) = sum(view, sale) { span.why { (sum) } }
            }
            td.number { (amount(sale, sale.paid_amount())) }
            td.deeds {
                (deeds(view, "sale", sale.id, account, buttons))
                @if let Some(why) = ended(view, sale).filter(|_| allowed.is_empty()) { span.why { (why) } }
            }
        }
    }
}

/// The buttons of a row: the first ones, and a fold with the others.
fn deeds<'a>(
    view: &View,
    action: &str,
    id: u64,
    account: &str,
    buttons: impl ExactSizeIterator<Item = (&'a str, &'a str)> + Clone,
) -> Markup {
    let button = |(value, label): (&str, &str)| {
        html! { button type="submit" name="change" value=(value) { (label) } }
    };
    html! {
        @if buttons.len() > 0 {
            (view.form("acts", &[("action", action), ("account", account), ("id", &id.to_string())], &html! {
                @for one in buttons.clone().take(AT_ONCE) { (button(one)) }
                @if buttons.len() > AT_ONCE {
                    details.more id={ "more" (id) } {
                        summary { (view.say("mais", "more")) }
                        div.acts { @for one in buttons.skip(AT_ONCE) { (button(one)) } }
                    }
                }
            }))
        } @else {
            span.note { (view.say("nenhuma ação", "no action")) }
        }
    }
}

fn subscriptions(view: &View, shop: &Shop, account: &str) -> Markup {
    let status = |subscription: &Subscription| subscription.status.as_str().to_owned();
    let chosen = view.asked("status");
    let fitting = shop.subscriptions.iter().rev();
    let fitting = fitting.filter(|subscription| chosen.is_none_or(|chosen| status(subscription) == chosen));
    let (shown, last) = page(view, fitting, |subscription| subscription.id);
    let rows = shown
        .into_iter()
        .map(|subscription| subscription_row(view, shop, subscription, account));
    html! {
        (statuses(view, shop.subscriptions.iter().map(status)))
        (table(
            view,
            view.say(["Assinatura", "Próxima cobrança"], ["Subscription", "Next charge"]),
            view.say("Nenhuma assinatura com este status.", "No subscription with this status."),
            rows.collect(),
        ))
        (pages(view, last))
    }
}

fn subscription_row(view: &View, shop: &Shop, one: &Subscription, account: &str) -> Markup {
    let mark = match one.status.as_str() {
        "upToDate" | "trial" => "good",
        "canceled" | "finished" => "",
        "awaitingPayment" => "plain",
        _ => "bad",
    };
    let charges = shop.charges(one.id);
    let (made, paid) = charges.fold((0_u64, 0_u64), |(made, paid), charge| {
        (made + 1, paid + u64::from(charge.paid.is_some()))
    });
    let allowed: Vec<_> = one.allowed().collect();
    let buttons = allowed
        .iter()
        .map(|action| (action.as_str(), names::subscription_action(view.lang, *action)));
    html! {
        tr id={ "a" (one.id) } data-row {
            td.time { time { (moment(view, one.created)) } }
            td.state { (status(view, mark, one.status.as_str())) }
            td.what {
                span.method { (one.id) } " " (isolated(one.product.name))
                span.why {
                    (isolated(&one.client.name)) " · " (one.method.as_str()) " · "
                    (view.say("cobranças pagas: ", "paid charges: ")) (paid) "/" (made)
                }
            }
            td.number {
                @if one.is_alive() {
                    span.narrow { (view.say("próxima cobrança ", "next charge ")) }
                    (view.lang.day(&one.next_due.written()))
                }
            }
            td.deeds { (deeds(view, "subscription", one.id, account, buttons)) }
        }
    }
}

fn moment(view: &View, moment: Moment) -> String {
    view.lang.moment(moment.time())
}

/// A status as a coloured mark, with the API's word below its name.
fn status(view: &View, mark: &str, word: &str) -> Markup {
    let name = names::status(view.lang, word);
    html! {
        span class={ "mark " (mark) } { (name.unwrap_or(word)) }
        @if name.is_some_and(|name| name != word) { span.why { code { (word) } } }
    }
}

/// A chargeback's status, with the API's word.
fn dispute_status(view: &View, word: &str) -> Markup {
    let name = names::dispute(view.lang, word).filter(|name| *name != word);
    html! { @if let Some(name) = name { (name) " " } code { (word) } }
}

/// An amount in the currency of its sale.
fn amount(sale: &Sale, amount: Cents) -> String {
    match sale.currency.as_str() {
        "BRL" => reais(amount),
        other => reais(amount).replacen("R$", other, 1),
    }
}

/// How the amount that the buyer pays comes about, where it is not the price.
fn sum(view: &View, sale: &Sale) -> Option<String> {
    let mut sum = format!("{} {}", view.say("preço", "price"), amount(sale, sale.total()));
    let parts = [
        ("−", sale.discount, view.say("de desconto", "discount")),
        ("+", sale.interest, view.say("de juros", "interest")),
    ];
    let parts = parts.into_iter().filter(|(_, part, _)| part.0 > 0);
    let parts: Vec<String> = parts
        .map(|(sign, part, name)| format!(" {sign} {} {name}", amount(sale, part)))
        .collect();
    sum.extend(parts.iter().map(String::as_str));
    (!parts.is_empty()).then_some(sum)
}

/// Why nothing can happen to a paid sale any more.
fn ended(view: &View, sale: &Sale) -> Option<&'static str> {
    let text = if sale.chargeback.is_some() {
        view.say("o chargeback já foi decidido", "the chargeback is decided")
    } else if sale.refund.is_some() {
        view.say("já houve um reembolso", "there was a refund")
    } else {
        return None;
    };
    sale.is_paid().then_some(text)
}
