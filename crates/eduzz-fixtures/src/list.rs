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
        product: "myeduzz",
        endpoint: "get_customer",
        call: include_str!("../api/myeduzz/get_customer/call.json"),
        request: include_str!("../api/myeduzz/get_customer/request.json"),
        meta: include_str!("../api/myeduzz/get_customer/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-minimal.json",
                body: include_bytes!("../api/myeduzz/get_customer/200-minimal.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/get_customer/200.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/myeduzz/get_customer/404.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "get_sale",
        call: include_str!("../api/myeduzz/get_sale/call.json"),
        request: include_str!("../api/myeduzz/get_sale/request.json"),
        meta: include_str!("../api/myeduzz/get_sale/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-minimal.json",
                body: include_bytes!("../api/myeduzz/get_sale/200-minimal.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/get_sale/200.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/myeduzz/get_sale/404.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "get_sales_summary",
        call: include_str!("../api/myeduzz/get_sales_summary/call.json"),
        request: include_str!("../api/myeduzz/get_sales_summary/request.json"),
        meta: include_str!("../api/myeduzz/get_sales_summary/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/get_sales_summary/200.json"),
            },
            Answer {
                status: 401,
                name: "401.json",
                body: include_bytes!("../api/myeduzz/get_sales_summary/401.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/myeduzz/get_sales_summary/422.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "list_affiliates",
        call: include_str!("../api/myeduzz/list_affiliates/call.json"),
        request: include_str!("../api/myeduzz/list_affiliates/request.json"),
        meta: include_str!("../api/myeduzz/list_affiliates/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-empty.json",
                body: include_bytes!("../api/myeduzz/list_affiliates/200-empty.json"),
            },
            Answer {
                status: 200,
                name: "200-pending.json",
                body: include_bytes!("../api/myeduzz/list_affiliates/200-pending.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/list_affiliates/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/myeduzz/list_affiliates/403.json"),
            },
            Answer {
                status: 404,
                name: "404.json",
                body: include_bytes!("../api/myeduzz/list_affiliates/404.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "list_chargebacks",
        call: include_str!("../api/myeduzz/list_chargebacks/call.json"),
        request: include_str!("../api/myeduzz/list_chargebacks/request.json"),
        meta: include_str!("../api/myeduzz/list_chargebacks/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-minimal.json",
                body: include_bytes!("../api/myeduzz/list_chargebacks/200-minimal.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/list_chargebacks/200.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/myeduzz/list_chargebacks/403.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/myeduzz/list_chargebacks/422.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "list_customers",
        call: include_str!("../api/myeduzz/list_customers/call.json"),
        request: include_str!("../api/myeduzz/list_customers/request.json"),
        meta: include_str!("../api/myeduzz/list_customers/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-minimal.json",
                body: include_bytes!("../api/myeduzz/list_customers/200-minimal.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/list_customers/200.json"),
            },
            Answer {
                status: 401,
                name: "401.json",
                body: include_bytes!("../api/myeduzz/list_customers/401.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/myeduzz/list_customers/403.json"),
            },
        ],
    },
    Fixture {
        product: "myeduzz",
        endpoint: "list_sales",
        call: include_str!("../api/myeduzz/list_sales/call.json"),
        request: include_str!("../api/myeduzz/list_sales/request.json"),
        meta: include_str!("../api/myeduzz/list_sales/meta.toml"),
        answers: &[
            Answer {
                status: 200,
                name: "200-empty.json",
                body: include_bytes!("../api/myeduzz/list_sales/200-empty.json"),
            },
            Answer {
                status: 200,
                name: "200-minimal.json",
                body: include_bytes!("../api/myeduzz/list_sales/200-minimal.json"),
            },
            Answer {
                status: 200,
                name: "200-payment.json",
                body: include_bytes!("../api/myeduzz/list_sales/200-payment.json"),
            },
            Answer {
                status: 200,
                name: "200.json",
                body: include_bytes!("../api/myeduzz/list_sales/200.json"),
            },
            Answer {
                status: 401,
                name: "401.json",
                body: include_bytes!("../api/myeduzz/list_sales/401.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/myeduzz/list_sales/403.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/myeduzz/list_sales/422.json"),
            },
            Answer {
                status: 429,
                name: "429.json",
                body: include_bytes!("../api/myeduzz/list_sales/429.json"),
            },
            Answer {
                status: 502,
                name: "502.html",
                body: include_bytes!("../api/myeduzz/list_sales/502.html"),
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
    Fixture {
        product: "sun",
        endpoint: "create_cart",
        call: include_str!("../api/sun/create_cart/call.json"),
        request: include_str!("../api/sun/create_cart/request.json"),
        meta: include_str!("../api/sun/create_cart/meta.toml"),
        answers: &[
            Answer {
                status: 201,
                name: "201-minimal.json",
                body: include_bytes!("../api/sun/create_cart/201-minimal.json"),
            },
            Answer {
                status: 201,
                name: "201.json",
                body: include_bytes!("../api/sun/create_cart/201.json"),
            },
            Answer {
                status: 403,
                name: "403.json",
                body: include_bytes!("../api/sun/create_cart/403.json"),
            },
            Answer {
                status: 422,
                name: "422.json",
                body: include_bytes!("../api/sun/create_cart/422.json"),
            },
        ],
    },
];
