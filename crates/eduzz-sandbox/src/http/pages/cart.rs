//! `/c_KEY`: the payment page of a cart. A button pays it, without money.

use axum::http::StatusCode;
use axum::response::Response;
use maud::html;

use super::page;
use crate::running::Running;
use crate::state::money::Cents;
use crate::state::shop::{Cart, SaleAction};

/// The prefix of every payment page's path.
pub(crate) const CART_PATH: &str = "/c_";

pub(crate) fn show(running: &Running, key: &str) -> Response {
    let Some((_, cart)) = running.cart(key) else {
        let body = html! {
            main.card {
                h1 { "Este carrinho não existe" }
                p.lead { "O sandbox esquece os carrinhos quando termina. Crie outro com POST /sun/v1/cart." }
            }
        };
        return page(StatusCode::NOT_FOUND, "Carrinho não encontrado", &body);
    };
    let body = html! {
        main.card {
            h1 { "Carrinho" }
            ul {
                @for line in &cart.lines {
                    li { (line.quantity) " × " strong { (line.description) } " · " (reais(line.price)) }
                }
            }
            p { "Total: " strong { (reais(total(&cart))) } }
            @if let Some(sale) = cart.sale {
                p.lead { "Pedido " strong { (sale) } " feito. A venda está em GET /myeduzz/v1/sales." }
            } @else {
                form method="post" action={ (CART_PATH) (cart.key) } {
                    button.primary type="submit" { "Pagar" }
                }
            }
            p.note { "Nenhum dinheiro de verdade: este é um sandbox local." }
        }
    };
    page(StatusCode::OK, "Carrinho", &body)
}

/// Orders and pays the cart, once, and shows its page again.
pub(crate) fn pay(running: &Running, key: &str) -> Response {
    if let Some((account, cart)) = running.cart(key) {
        let now = running.now();
        let mut shop = running.shop(account);
        // A cart that was ordered stays as it is.
        let ordered = shop.order_cart(cart.id, now);
        let paid = ordered.and_then(|sale| shop.apply(sale, SaleAction::Pay, now));
        drop(shop);
        if paid.is_ok() {
            running.settle(account);
        }
    }
    show(running, key)
}

fn total(cart: &Cart) -> Cents {
    let lines = cart.lines.iter().map(|line| {
        let quantity = i64::try_from(line.quantity).unwrap_or(i64::MAX);
        Cents(line.price.0.saturating_mul(quantity))
    });
    lines.sum()
}

/// An amount as Brazilians write it: `R$ 1.234,50`.
pub(crate) fn reais(amount: Cents) -> String {
    let (whole, cents) = (amount.0 / 100, amount.0 % 100);
    let digits = whole.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    format!("R$ {grouped},{cents:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amount_is_written_in_brazilian_form() {
        assert_eq!(reais(Cents(0)), "R$ 0,00");
        assert_eq!(reais(Cents(99_905)), "R$ 999,05");
        assert_eq!(reais(Cents(123_456_789)), "R$ 1.234.567,89");
    }
}
