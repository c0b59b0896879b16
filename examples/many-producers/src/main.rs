//! A web application that many producers connect to Eduzz. Several processes can share its
//! database.
//!
//! `cargo run -p many-producers -- app.db`, with the variables `EDUZZ_CLIENT_ID`,
//! `EDUZZ_CLIENT_SECRET` and `EDUZZ_RETURN_URL`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "an example")]

mod database;

use std::env;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::header::{COOKIE, RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use eduzz::api::GetMe;
use eduzz::types::PersonalText;
use eduzz::{Account, App, CallError, Client, Origins, Session};
use maud::html;
use tokio::net::TcpListener;

use crate::database::Database;

/// A page waits no longer than this for the pace.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the pages share: one client for all producers.
#[derive(Clone)]
struct Site {
    client: Client,
    app: Arc<App>,
    database: Arc<Database>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let path = env::args().nth(1).ok_or("name the file of the database")?;
    let mut client = Client::builder();
    if let Ok(sandbox) = env::var("EDUZZ_SANDBOX") {
        client = client.origins(Origins::sandbox(&sandbox)?);
    }
    let id = env::var("EDUZZ_CLIENT_ID")?;
    let app = App::new(
        id,
        env::var("EDUZZ_CLIENT_SECRET")?,
        &env::var("EDUZZ_RETURN_URL")?,
    )?;
    let site = Site {
        client: client.build()?,
        app: Arc::new(app),
        database: Arc::new(Database::open(&path)?),
    };
    let pages = Router::new()
        .route("/", get(home))
        .route("/connect", get(connect))
        .route("/retorno", get(returned))
        .with_state(site);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, pages).await?;
    Ok(())
}

/// The page of the browser's producer.
async fn home(State(site): State<Site>, headers: HeaderMap) -> Result<Response, Failed> {
    let Some(account) = site.account(&headers)? else {
        return Ok(please_connect());
    };
    match account.call(&GetMe::new()).await {
        Ok(me) => {
            let name = me.name.as_ref().map_or("–", PersonalText::as_str);
            Ok(Html(html! { h1 { (name) } }.into_string()).into_response())
        }
        Err(error) if error.needs_sign_in() => Ok(please_connect()),
        Err(CallError::Busy(busy)) => {
            let seconds = (busy.wait.as_secs() + 1).to_string();
            Ok((StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, seconds)]).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Sends the browser to Eduzz.
async fn connect(State(site): State<Site>) -> Result<Response, Failed> {
    let sign_in = site
        .app
        .authorize(site.client.origins(), site.client.new_state()?);
    let url = sign_in.url().to_owned();
    let cookie = site.database.begin(&sign_in.into_pending())?;
    let cookie = format!("browser={cookie}; Path=/; HttpOnly; Secure; SameSite=Lax");
    Ok(([(SET_COOKIE, cookie)], Redirect::to(&url)).into_response())
}

/// The browser comes back, perhaps to another process.
async fn returned(
    State(site): State<Site>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failed> {
    let cookie = cookie(&headers).ok_or("the browser has no cookie")?;
    let pending = site.database.pending(cookie)?.ok_or("no sign-in was begun")?;
    // A forged return leaves the sign-in open.
    let exchange = pending.returned(&site.app, &query.unwrap_or_default())?;
    site.database.end(cookie)?;
    let grant = site.client.exchange(exchange).await?;
    let producer = grant.account_id().ok_or("the grant names no account")?;
    site.database
        .connect(cookie, producer.as_str(), &Session::signed_in(grant))?;
    Ok(Redirect::to("/").into_response())
}

impl Site {
    /// The account of the browser's producer, as it is stored now.
    fn account(&self, headers: &HeaderMap) -> Result<Option<Account>, Failed> {
        let Some(cookie) = cookie(headers) else {
            return Ok(None);
        };
        let Some((producer, session)) = self.database.session(cookie)? else {
            return Ok(None);
        };
        let database = Arc::clone(&self.database);
        let account = self.client.account(session).max_wait(PATIENCE);
        Ok(Some(account.on_change(move |before, after| {
            if let Err(error) = database.replace(&producer, before, after) {
                eprintln!("a session was not stored: {error}");
            }
        })))
    }
}

fn please_connect() -> Response {
    Html(html! { a href="/connect" { "Conectar com a Eduzz" } }.into_string()).into_response()
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get(COOKIE)?.to_str().ok()?;
    cookies
        .split("; ")
        .find_map(|cookie| cookie.strip_prefix("browser="))
}

/// An error that the visitor sees nothing of.
struct Failed(Box<dyn Error + Send + Sync>);

impl<E: Into<Box<dyn Error + Send + Sync>>> From<E> for Failed {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        eprintln!("{}", self.0);
        StatusCode::BAD_GATEWAY.into_response()
    }
}
