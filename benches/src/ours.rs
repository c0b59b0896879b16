//! The SDK: what its user calls.

use std::sync::LazyLock;

use eduzz_api::accounts::GetMe;
use eduzz_api::myeduzz::ListSales;
use eduzz_hyper::{Client, Pacing, Proxy, Roots};
use eduzz_oauth::{App, Authorization, ExchangeCode, State, TokenReply};
use eduzz_types::{AccessToken, Page, myeduzz};
use eduzz_wire::{Days, EndpointExt as _, Origin, Origins, Row};
use http::{Request, Response};

use crate::bodies::TOKEN;
use crate::server::Server;

pub(crate) const CLIENT_ID: &str = "6f1d4a52-3c0b-4f3e-9d2a-0f1e2d3c4b5a";
pub(crate) const SECRET: &str = "invented0000000000000000000000000000000000000000000";
pub(crate) const RETURN_URL: &str = "https://shop.example.com/callback";
pub(crate) const CODE: &str = "invented-code-0123456789";
pub(crate) const TOKEN_TEXT: &str = "aW52ZW50ZWQgdG9rZW4gb2YgYSBiZW5jaG1hcmssIG9mIHRoZSB1c3VhbCBsZW5ndGg=";

static ORIGINS: LazyLock<Origins> = LazyLock::new(Origins::production);
static APP: LazyLock<App> = LazyLock::new(|| App::new(CLIENT_ID, SECRET, RETURN_URL).unwrap());
static CALLBACK: LazyLock<String> = LazyLock::new(|| format!("code={CODE}&state={}", "07".repeat(32)));

pub(crate) fn authorize_url() -> Authorization {
    APP.authorize(&ORIGINS, State::from_random([7; 32]))
}

/// A code is good for one exchange, so each needs its own; making it is part of no floor.
pub(crate) fn code() -> ExchangeCode {
    authorize_url().into_pending().returned(&APP, &CALLBACK).unwrap()
}

pub(crate) fn exchange(code: ExchangeCode) -> (Request<Vec<u8>>, TokenReply) {
    let request = code.request(&ORIGINS, None).unwrap();
    (request, code.answered(&Response::new(TOKEN)).unwrap())
}

fn list() -> ListSales {
    ListSales::new(Days::new("2025-01-01", "2025-12-31").unwrap())
}

pub(crate) fn page(body: &[u8]) -> Page<myeduzz::Sale> {
    list().response(&Response::new(body)).unwrap()
}

pub(crate) struct Http {
    client: Client,
    token: AccessToken,
}

impl Http {
    pub(crate) fn new(server: &Server, http2: bool) -> Self {
        let origin = || Origin::parse(&server.origin(http2)).unwrap();
        let builder = Client::builder()
            .origins(Origins::new(origin(), origin(), origin()))
            .roots(Roots::only().and_der(server.certificate.clone()))
            .proxy(Proxy::never())
            .pacing(Pacing::off());
        let builder = if http2 { builder } else { builder.http1_only() };
        Self {
            client: builder.build().unwrap(),
            token: AccessToken::new(TOKEN_TEXT),
        }
    }

    pub(crate) async fn me(&self) {
        self.client.call(&GetMe::new(), &self.token).await.unwrap();
    }

    pub(crate) async fn exchange(&self) {
        self.client.exchange(code()).await.unwrap();
    }
}

fn plain(server: &Server) -> Client {
    Client::builder()
        .origins(Origins::sandbox(&server.plain()).unwrap())
        .roots(Roots::only())
        .pacing(Pacing::off())
        .build()
        .unwrap()
}

/// Walks all sales of a shop. Returns how many.
pub(crate) async fn walk(server: &Server) -> usize {
    let mut sales = plain(server).rows(list(), &AccessToken::new(TOKEN_TEXT));
    let mut rows = 0;
    while let Some(row) = sales.next().await {
        assert!(matches!(row.unwrap(), Row::Read(_)));
        rows += 1;
    }
    rows
}

/// Asks for the pages by number, which may lose rows. Returns how many.
pub(crate) async fn pages(server: &Server) -> usize {
    let (client, token) = (plain(server), AccessToken::new(TOKEN_TEXT));
    let mut rows = 0;
    for page in 1.. {
        let mut list = list();
        (list.page, list.items_per_page) = (Some(page), Some(100));
        let found = client.call(&list, &token).await.unwrap();
        rows += found.items.len();
        if u64::from(page) >= found.pages {
            break;
        }
    }
    rows
}
