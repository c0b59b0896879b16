//! Every fixture, written by `cargo xtask fixtures`; do not edit.

use crate::{Answer, Fixture};

/// Every fixture, in order of product and endpoint.
pub static ALL: &[Fixture] = &[
    Fixture {
        product: "accounts",
        endpoint: "get_me",
        call: include_str!("../api/accounts/get_me/call.json"),
        request: include_str!("../api/accounts/get_me/request.json"),
        meta: include_str!("../api/accounts/get_me/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-blanks.json",
                body: include_bytes!("../api/accounts/get_me/200-blanks.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/accounts/get_me/200.json"),
            },
            Answer {
                status: 400,
                name: "400-nutror.json",
                body: include_bytes!("../api/accounts/get_me/400-nutror.json"),
            },
            Answer {
                status: 401,
                name: "401.json",
                body: include_bytes!("../api/accounts/get_me/401.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/accounts/get_me/403.json"),
            },
            Answer {
                status: 404,
                name: "404-general.json",
                body: include_bytes!("../api/accounts/get_me/404-general.json"),
            },
            Answer {
                status: 404,
                name: "404-receiver.json",
                body: include_bytes!("../api/accounts/get_me/404-receiver.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/accounts/get_me/404.json"),
            },
            Answer {
                status: 411,
                name: "411.json",
                body: include_bytes!("../api/accounts/get_me/411.json"),
            },
            Answer {
                status: 422,
                name: "422-myeduzz.json",
                body: include_bytes!("../api/accounts/get_me/422-myeduzz.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/accounts/get_me/422.json"),
            },
            Answer {
                status: 429,
                name: "429.json",
                body: include_bytes!("../api/accounts/get_me/429.json"),
            },
            Answer {
                status: 502,
                name: "502.html",
                body: include_bytes!("../api/accounts/get_me/502.html"),
            },
        ],
    },
    Fixture {
        product: "oauth",
        endpoint: "exchange_code",
        call: include_str!("../api/oauth/exchange_code/call.json"),
        request: include_str!("../api/oauth/exchange_code/request.json"),
        meta: include_str!("../api/oauth/exchange_code/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-cut.json",
                body: include_bytes!("../api/oauth/exchange_code/200-cut.json"),
            },
            Answer {
                status: 200,
                name: "200-limited.json",
                body: include_bytes!("../api/oauth/exchange_code/200-limited.json"),
            },
            Answer {
                status: 200,
                name: "200-minimal.json",
                body: include_bytes!("../api/oauth/exchange_code/200-minimal.json"),
            },
            Answer {
                status: 200,
                name: "200-of-2020.json",
                body: include_bytes!("../api/oauth/exchange_code/200-of-2020.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/oauth/exchange_code/200.json"),
            },
            Answer {
                status: 400,
                name: "400.json",
                body: include_bytes!("../api/oauth/exchange_code/400.json"),
            },
            Answer {
                status: 404,
                name: "404-app.json",
                body: include_bytes!("../api/oauth/exchange_code/404-app.json"),
            },
            Answer {
                status: 404,
                name: "404-code.json",
                body: include_bytes!("../api/oauth/exchange_code/404-code.json"),
            },
            Answer {
                status: 404,
                name: "404-spent.json",
                body: include_bytes!("../api/oauth/exchange_code/404-spent.json"),
            },
            Answer {
                status: 404,
                name: "404-unclear.json",
                body: include_bytes!("../api/oauth/exchange_code/404-unclear.json"),
            },
            Answer {
                status: 500,
                name: "500.json",
                body: include_bytes!("../api/oauth/exchange_code/500.json"),
            },
            Answer {
                status: 502,
                name: "502.html",
                body: include_bytes!("../api/oauth/exchange_code/502.html"),
            },
        ],
    },
];
