//! The exchange in the core, compared with minimal hand-written code on the same libraries.
//!
//! `cargo bench -p eduzz-oauth` prints allocations, which are deterministic, and times as a ratio
//! within the run. To count instructions, run one side under callgrind with 0 and 1000 rounds:
//! `valgrind --tool=callgrind <binary> ours 1000` minus `prepare 1000`, and `floor 1000`.

#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a benchmark"
)]

use std::hint::black_box;

use eduzz_oauth::{App, ExchangeCode, State, TokenReply};
use eduzz_testkit::bench;
use eduzz_testkit::counting::Counting;
use eduzz_wire::{EndpointExt as _, Origins};
use http::{HeaderValue, Request, Response, header};
use serde::{Deserialize, Serialize};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const CLIENT_ID: &str = "6f1d4a52-3c0b-4f3e-9d2a-0f1e2d3c4b5a";
const SECRET: &str = "1nvented0000000000000000000000000000000000000000000000000000000a";
const RETURN_URL: &str = "https://shop.example.com/eduzz/callback";
const CODE: &str = "invented-code-0123456789-abcdefghijklmnopqr";

fn body() -> &'static [u8] {
    eduzz_fixtures::find("oauth", "exchange_code")
        .unwrap()
        .success()
        .unwrap()
        .body
}

/// The SDK: the request and the token of the answer.
fn ours(exchange: ExchangeCode, origins: &Origins, response: &Response<&[u8]>) -> TokenReply {
    black_box(exchange.request(origins, None).unwrap());
    exchange.answered(response).unwrap()
}

/// The floor: the same request by hand, the answer into plain structs, no checks.
fn floor(code: &str, response: &Response<&[u8]>) -> FloorToken {
    #[derive(Serialize)]
    struct Body<'a> {
        client_id: &'a str,
        client_secret: &'a str,
        code: &'a str,
        redirect_uri: &'a str,
        grant_type: &'a str,
    }
    let body = serde_json::to_vec(&Body {
        client_id: CLIENT_ID,
        client_secret: SECRET,
        code,
        redirect_uri: RETURN_URL,
        grant_type: "authorization_code",
    })
    .unwrap();
    let request = Request::post("https://accounts-api.eduzz.com/oauth/token")
        .header(header::ACCEPT, HeaderValue::from_static("application/json"))
        .header(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))
        .body(body)
        .unwrap();
    black_box(request);
    serde_json::from_slice(response.body()).unwrap()
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only its reading matters")]
struct FloorToken {
    access_token: String,
    token_type: Option<String>,
    expires_in: Option<u64>,
    refresh_token: Option<String>,
    scope: Option<String>,
    id: Option<String>,
    authenticated_userid: Option<String>,
    credential: Option<FloorCredential>,
    created_at: Option<i64>,
    user: Option<FloorUser>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only its reading matters")]
struct FloorCredential {
    id: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code, non_snake_case, reason = "only its reading matters")]
struct FloorUser {
    id: Option<String>,
    eduzzId: Option<u64>,
    nutrorId: Option<u64>,
    name: Option<String>,
    email: Option<String>,
    picture: Option<String>,
}

fn main() {
    let (side, rounds) = bench::arguments(20_000);

    let origins = Origins::production();
    let app = App::new(CLIENT_ID, SECRET, RETURN_URL).unwrap();
    let callback = format!("code={CODE}&state={}", "07".repeat(32));
    let prepare = || {
        let sign_in = app.authorize(&origins, State::from_random([7; 32]));
        sign_in.into_pending().returned(&app, &callback).unwrap()
    };
    let response = Response::new(body());

    match side.as_deref() {
        Some("prepare") => (0..rounds).for_each(|_| drop(prepare())),
        Some("ours") => (0..rounds).for_each(|_| drop(ours(prepare(), &origins, &response))),
        Some("floor") => (0..rounds).for_each(|_| drop(floor(CODE, &response))),
        _ => {
            let [(our_count, our_time), (floor_count, floor_time)] = bench::measure(
                rounds,
                100,
                [
                    &|meter| {
                        let exchange = black_box(prepare());
                        meter.time(|| ours(exchange, &origins, &response));
                    },
                    &|meter| meter.time(|| floor(CODE, &response)),
                ],
            );
            let ratio = our_time.div_duration_f64(floor_time);
            println!("exchange in the core, build and read   allocations   time");
            println!("floor: http and serde_json by hand     {floor_count:>11}   1.00");
            println!("eduzz-oauth                            {our_count:>11}   {ratio:.2}");
        }
    }
}
