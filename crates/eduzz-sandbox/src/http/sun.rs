//! `/sun/v1`: carts.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use eduzz_types::{Currency, ExactNumber, Money};
use serde_json::Value;

use super::call::Call;
use crate::problem::Problem;
use crate::render::json::{Json, object};
use crate::state::money::Cents;
use crate::state::shop::{CartBuyer, CartLine, Shop};

/// `POST /sun/v1/cart`: a cart whose payment page is the sandbox's own.
pub(super) fn create_cart(call: &Call<'_>) -> Result<Response, Problem> {
    let body = call.object()?;
    let text = |name: &'static str| match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(invalid("a field of the cart must be a text and is not")),
    };
    let needed = |text: Option<String>, message| text.filter(|text| !text.is_empty()).ok_or(invalid(message));
    let order = needed(text("orderId")?, "orderId is required")?;
    let postback = needed(text("postbackUrl")?, "postbackUrl is required")?;
    let return_url = text("returnUrl")?;
    let installments = match body.get("installments") {
        None | Some(Value::Null) => None,
        Some(number) => Some(count(number).ok_or(invalid("installments must be a whole number, 1 or more"))?),
    };
    let customer = match body.get("customer") {
        None | Some(Value::Null) => None,
        Some(customer @ Value::Object(_)) => Some(customer.clone()),
        Some(_) => return Err(invalid("customer must be an object")),
    };
    let items = body
        .get("items")
        .and_then(Value::as_array)
        .filter(|items| !items.is_empty());
    let items = items.ok_or(invalid("items must be a list of at least one item"))?;

    let mut shop = call.shop();
    let lines = items
        .iter()
        .map(|item| line(&shop, item))
        .collect::<Result<Vec<_>, _>>()?;
    let member = |name| Some(customer.as_ref()?.get(name)?.as_str()?.to_owned());
    let buyer = CartBuyer {
        name: member("name"),
        email: member("email"),
        cellphone: member("cellphone"),
        document: member("document"),
    };
    let cart = shop.open_cart(lines, buyer);
    let items = cart.lines.iter().map(|line| {
        object! {
            "productId" => line.product.to_string(),
            "description" => &line.description,
            "price" => object! { "value" => line.price.decimal(), "currency" => "BRL" },
            "quantity" => line.quantity,
        }
    });
    let answer = object! {
        "id" => cart.id.to_string(),
        "key" => &cart.key,
        "orderId" => order,
        "paymentUrl" => format!("http://{}/c_{}?contentId={}", call.host, cart.key, cart.id),
        "postbackUrl" => postback,
        "returnUrl" => return_url,
        "installments" => installments,
        "items" => items.collect::<Vec<Json>>(),
        "customer" => customer,
    };
    Ok((StatusCode::CREATED, answer).into_response())
}

/// A line of the cart; without a price it has the product's own.
fn line(shop: &Shop, item: &Value) -> Result<CartLine, Problem> {
    let product = match item.get("productId") {
        Some(Value::String(id)) => id.trim().to_owned(),
        Some(Value::Number(id)) => id.to_string(),
        _ => return Err(invalid("items[].productId is required")),
    };
    let description = item.get("description").and_then(Value::as_str);
    let description = description
        .ok_or(invalid("items[].description is required"))?
        .to_owned();
    let quantity = item.get("quantity").and_then(count);
    let quantity = quantity.ok_or(invalid("items[].quantity must be a whole number, 1 or more"))?;
    let product = shop.product(&product).ok_or(Problem::new(
        StatusCode::NOT_FOUND,
        "the producer has no product of this id",
    ))?;
    let price = match item.get("price").and_then(|price| price.get("value")) {
        None | Some(Value::Null) => product.price,
        Some(value) => price(value).ok_or(invalid(
            "items[].price.value must be an amount with at most two decimals",
        ))?,
    };
    match item.get("price").and_then(|price| price.get("currency")) {
        None | Some(Value::Null) => {}
        Some(Value::String(currency)) if currency.as_str().try_into() == Ok(Currency::Brl) => {}
        Some(_) => return Err(invalid("items[].price.currency must be BRL")),
    }
    Ok(CartLine {
        product: product.id,
        description,
        price,
        quantity,
    })
}

fn price(value: &Value) -> Option<Cents> {
    let ExactNumber(value) = serde_json::from_value(value.clone()).ok()?;
    Cents::of(&Money::brl(value)).filter(|price| (Cents(0)..=Cents(100_000_000_000)).contains(price))
}

fn count(number: &Value) -> Option<u64> {
    number.as_u64().filter(|count| (1..=1_000_000).contains(count))
}

const fn invalid(message: &'static str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, message)
}
