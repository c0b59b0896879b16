//! An application, its sign-ins and their requests.

use eduzz_oauth::{App, Authorization, ExchangeCode, Pending, State};
use eduzz_wire::{Endpoint, EndpointExt as _, Origins};
use http::{Request, Response};
use serde_json::Value;

pub(crate) const CLIENT_ID: &str = "6f1d4a52-3c0b-4f3e-9d2a-0f1e2d3c4b5a";
pub(crate) const SECRET: &str = "1nvented0000000000000000000000000000000000000000000000000000000a";
pub(crate) const RETURN_URL: &str = "https://shop.example.com/eduzz/callback";
pub(crate) const CODE: &str = "invented-code-0123456789-abcdefghijklmnopqr";

/// The state that [`pending`] waits for.
pub(crate) const STATE: &str = "0707070707070707070707070707070707070707070707070707070707070707";

pub(crate) fn app() -> App {
    App::new(CLIENT_ID, SECRET, RETURN_URL).unwrap()
}

pub(crate) fn begin(app: &App) -> Authorization {
    app.authorize(&Origins::production(), State::from_random([7; 32]))
}

pub(crate) fn pending() -> Pending {
    begin(&app()).into_pending()
}

/// The callback that [`pending`] accepts.
pub(crate) fn callback() -> String {
    format!("code={CODE}&state={STATE}")
}

pub(crate) fn exchange() -> ExchangeCode {
    pending().returned(&app(), &callback()).unwrap()
}

pub(crate) fn request(call: &impl Endpoint) -> Request<Vec<u8>> {
    call.request(&Origins::production(), None).unwrap()
}

/// The JSON body of a request.
pub(crate) fn sent(call: &impl Endpoint) -> Value {
    serde_json::from_slice(request(call).body()).unwrap()
}

pub(crate) fn answer(status: u16, body: &str) -> Response<Vec<u8>> {
    Response::builder()
        .status(status)
        .body(body.as_bytes().to_vec())
        .unwrap()
}
