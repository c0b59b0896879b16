//! Prints the SDK's own lists of calls and of events as JSON. `cargo xtask endpoints` makes docs/endpoints.md of it, and a program
//! of yours can make of the two lists whatever it needs in the same way.

use std::io;

use eduzz_oauth::ExchangeCode;
use eduzz_wire::{Endpoint as _, Route};
use serde_json::{Value, json};

fn call(library: &str, product: &str, endpoint: &str, name: &str, route: &Route) -> Value {
    json!({
        "library": library,
        "product": product,
        "endpoint": endpoint,
        "type": name,
        "method": route.method().as_str(),
        "path": route.template(),
        "scopes": route.needed_scopes(),
        "repeat": route.repeatability().as_str(),
    })
}

macro_rules! calls {
    ($(($product:ident, $endpoint:ident, $call:ident)),* $(,)?) => {
        fn calls() -> Vec<Value> {
            vec![
                call("eduzz_oauth", "oauth", "exchange_code", "ExchangeCode", &ExchangeCode::ROUTE),
                $(call(
                    "eduzz_api",
                    stringify!($product),
                    stringify!($endpoint),
                    stringify!($call),
                    &eduzz_api::$product::$call::ROUTE,
                ),)*
            ]
        }
    };
}

eduzz_api::for_each_endpoint!(calls);

macro_rules! events {
    ($(($origin:ident, $event:ident, $data:ident, $variant:ident)),* $(,)?) => {
        fn events() -> Vec<Value> {
            vec![$(json!({
                "origin": stringify!($origin),
                "event": stringify!($event),
                "data": stringify!($data),
                "variant": stringify!($variant),
            }),)*]
        }
    };
}

eduzz_webhook::for_each_event!(events);

fn main() -> io::Result<()> {
    let lists = json!({ "calls": calls(), "events": events() });
    serde_json::to_writer_pretty(io::stdout().lock(), &lists)?;
    Ok(())
}
