//! An application and the values that its sign-ins are made of.

use eduzz_oauth::{App, ExchangeCode, Pending, State};
use eduzz_wire::Origins;
use http::Response;

pub(crate) const CLIENT_ID: &str = "6f1d4a52-3c0b-4f3e-9d2a-0f1e2d3c4b5a";
pub(crate) const SECRET: &str = "1nvented0000000000000000000000000000000000000000000000000000000a";
pub(crate) const RETURN_URL: &str = "https://shop.example.com/eduzz/callback";
pub(crate) const CODE: &str = "invented-code-0123456789-abcdefghijklmnopqr";

/// The state that [`pending`] waits for.
pub(crate) const STATE: &str = "0707070707070707070707070707070707070707070707070707070707070707";

pub(crate) fn app() -> App {
    App::new(CLIENT_ID, SECRET, RETURN_URL).unwrap()
}

pub(crate) fn pending() -> Pending {
    app()
        .authorize(&Origins::production(), State::from_random([7; 32]))
        .into_pending()
}

pub(crate) fn exchange() -> ExchangeCode {
    pending()
        .returned(&app(), &format!("code={CODE}&state={STATE}"))
        .unwrap()
}

pub(crate) fn answer(status: u16, body: &str) -> Response<Vec<u8>> {
    Response::builder()
        .status(status)
        .body(body.as_bytes().to_vec())
        .unwrap()
}
