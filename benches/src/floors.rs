//! The floors: the least code that one would write by hand on the same libraries, with prepared
//! parts and plain structs.

use std::sync::{Arc, LazyLock};

use http::{HeaderValue, Method, Request, Uri, header};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{self, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use serde::{Deserialize, Serialize};

use crate::bodies::TOKEN;
use crate::ours::{CLIENT_ID, CODE, RETURN_URL, SECRET, TOKEN_TEXT};
use crate::server::Server;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

#[derive(Serialize)]
struct Exchange {
    client_id: &'static str,
    client_secret: &'static str,
    code: &'static str,
    redirect_uri: &'static str,
    grant_type: &'static str,
}

const EXCHANGE: Exchange = Exchange {
    client_id: CLIENT_ID,
    client_secret: SECRET,
    code: CODE,
    redirect_uri: RETURN_URL,
    grant_type: "authorization_code",
};

#[derive(Deserialize)]
#[allow(dead_code, reason = "only its reading matters")]
pub(crate) struct Token {
    access_token: String,
    token_type: String,
    expires_in: u64,
    refresh_token: Option<String>,
    scope: String,
    id: String,
    authenticated_userid: String,
    credential: Credential,
    ttl: Option<String>,
    created_at: i64,
    service: Option<String>,
    user: User,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only its reading matters")]
struct Credential {
    id: String,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only its reading matters")]
struct User {
    id: String,
    #[serde(rename = "eduzzId")]
    eduzz_id: u64,
    #[serde(rename = "nutrorId")]
    nutror_id: Option<u64>,
    name: String,
    email: String,
    picture: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "only its reading matters")]
struct Me {
    id: String,
    name: String,
    email: String,
}

macro_rules! plain_structs {
    ($(struct $name:ident { $($field:ident: $type:ty,)* })*) => {$(
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[allow(dead_code, reason = "only its reading matters")]
        pub(crate) struct $name {
            $($field: $type,)*
        }
    )*};
}

// The fields that the SDK's model keeps, with binary floats, and dates as text.
plain_structs! {
    struct Page {
        pages: u32,
        page: u32,
        items_per_page: u32,
        total_items: u64,
        items: Vec<Sale>,
    }

    struct Sale {
        id: String,
        contract_id: Option<String>,
        status: String,
        gross_gain: Money,
        net_gain: Money,
        partners_gain: Money,
        affiliates_gain: Money,
        fee: Option<Money>,
        total: Money,
        total_interest: Money,
        installments: u32,
        others: Money,
        currency: String,
        locale: String,
        due_date: String,
        paid_at: Option<String>,
        credit_date: Option<String>,
        is_infinite_funnel: bool,
        payment_method: String,
        recovering_status: String,
        tracker: Option<String>,
        tracker2: Option<String>,
        utm: Utm,
        producer: Party,
        affiliate: Option<Party>,
        product: Product,
        buyer: Buyer,
    }

    struct Money {
        currency: String,
        value: f64,
    }

    struct Utm {
        source: Option<String>,
        campaign: Option<String>,
        medium: Option<String>,
        content: Option<String>,
    }

    struct Party {
        id: String,
        name: String,
    }

    struct Product {
        id: String,
        name: String,
        sku: Option<String>,
        r#type: String,
        billing_type: String,
    }

    struct Buyer {
        id: String,
        name: String,
        email: String,
        document: String,
        phone: String,
        address: Address,
    }

    struct Address {
        street: String,
        number: String,
        complement: Option<String>,
        neighborhood: String,
        city: String,
        state: String,
    }
}

fn post(url: Uri) -> Request<Vec<u8>> {
    let mut request = Request::new(serde_json::to_vec(&EXCHANGE).unwrap());
    *request.method_mut() = Method::POST;
    *request.uri_mut() = url;
    request.headers_mut().insert(header::ACCEPT, JSON);
    request.headers_mut().insert(header::CONTENT_TYPE, JSON);
    request
}

pub(crate) fn exchange() -> (Request<Vec<u8>>, Token) {
    static URL: LazyLock<Uri> =
        LazyLock::new(|| Uri::from_static("https://accounts-api.eduzz.com/oauth/token"));
    (post(URL.clone()), serde_json::from_slice(TOKEN).unwrap())
}

pub(crate) fn authorize_url() -> String {
    let mut url = String::with_capacity(256);
    url.push_str("https://accounts.eduzz.com/oauth/authorize");
    let fields = [
        ("client_id", CLIENT_ID),
        ("response_type", "code"),
        ("responseType", "code"),
        ("redirectTo", RETURN_URL),
        (
            "state",
            "0707070707070707070707070707070707070707070707070707070707070707",
        ),
    ];
    for (index, (name, value)) in fields.into_iter().enumerate() {
        url.push(if index == 0 { '?' } else { '&' });
        url.push_str(name);
        url.push('=');
        url.extend(form_urlencoded::byte_serialize(value.as_bytes()));
    }
    url
}

/// hyper-util's client, which has a pool, but no limits or timeouts.
pub(crate) struct Http {
    client: legacy::Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    me: Uri,
    token: Uri,
    bearer: HeaderValue,
}

impl Http {
    pub(crate) fn new(server: &Server, http2: bool) -> Self {
        let mut roots = rustls::RootCertStore::empty();
        roots.add(server.certificate.clone().into()).unwrap();
        let config =
            rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_root_certificates(roots)
                .with_no_client_auth();
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let tls = HttpsConnectorBuilder::new().with_tls_config(config).https_only();
        let connector = if http2 {
            tls.enable_http2().wrap_connector(tcp)
        } else {
            tls.enable_http1().wrap_connector(tcp)
        };
        let url = |path: &str| format!("{}{path}", server.origin(http2)).parse().unwrap();
        Self {
            client: legacy::Client::builder(TokioExecutor::new()).build(connector),
            me: url("/accounts/v1/me"),
            token: url("/oauth/token"),
            bearer: HeaderValue::try_from(format!("Bearer {TOKEN_TEXT}")).unwrap(),
        }
    }

    pub(crate) async fn me(&self) {
        let mut request = Request::new(Full::default());
        *request.uri_mut() = self.me.clone();
        request.headers_mut().insert(header::ACCEPT, JSON);
        request
            .headers_mut()
            .insert(header::AUTHORIZATION, self.bearer.clone());
        let _: Me = serde_json::from_slice(&self.send(request).await).unwrap();
    }

    pub(crate) async fn exchange(&self) {
        let request = post(self.token.clone()).map(|body| Full::new(Bytes::from(body)));
        let _: Token = serde_json::from_slice(&self.send(request).await).unwrap();
    }

    async fn send(&self, request: Request<Full<Bytes>>) -> Bytes {
        let response = self.client.request(request).await.unwrap();
        assert!(response.status().is_success());
        response.into_body().collect().await.unwrap().to_bytes()
    }
}

/// Reads all sales of a shop over plain HTTP, page after page. Returns how many.
pub(crate) async fn walk(server: &Server) -> usize {
    let client: legacy::Client<_, Full<Bytes>> = legacy::Client::builder(TokioExecutor::new()).build_http();
    let mut rows = 0;
    for page in 1.. {
        let url = format!(
            "{}/myeduzz/v1/sales?startDate=2025-01-01&endDate=2025-12-31&page={page}&itemsPerPage=100",
            server.plain()
        );
        let response = client.get(url.parse().unwrap()).await.unwrap();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let found: Page = serde_json::from_slice(&body).unwrap();
        rows += found.items.len();
        if page >= found.pages {
            break;
        }
    }
    rows
}
