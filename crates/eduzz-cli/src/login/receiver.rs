//! The loopback receiver: a server that waits for one browser to come back.
//!
//! Any program on this machine, and any page in the browser, can send it a request. Only a callback
//! with the state of this sign-in counts; other requests get a quiet page, and the sign-in goes on
//! waiting.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::http::{Method, StatusCode, Uri};
use axum::response::Response;
use eduzz_oauth::{App, CallbackErrorKind, ExchangeCode, Pending, ReturnUrl};
use eduzz_wire::Origin;
use tokio::net::TcpListener;
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::failure::Failure;
use crate::files;
use crate::lang::Lang;
use crate::login::{Outcome, pages};

/// The time for the browser to fetch the last page.
const LAST_PAGE: Duration = Duration::from_secs(3);
/// The time for running answers to end.
const STOP: Duration = Duration::from_secs(1);

/// A receiver that listens and does not answer yet.
#[derive(Debug)]
pub(crate) struct Receiver {
    listeners: Vec<TcpListener>,
}

impl Receiver {
    /// Listens where the return URL points, on this machine only.
    pub(crate) async fn bind(lang: Lang, url: &ReturnUrl) -> Result<Self, Failure> {
        let port = url
            .loopback_port()
            .filter(|port| *port != 0)
            .ok_or_else(|| Failure::usage(lang.return_url_not_loopback()))?;
        let cannot = |error: io::Error| {
            Failure::usage(match error.kind() {
                io::ErrorKind::AddrInUse => lang.port_in_use(port),
                _ => lang.cannot_listen(port, &files::why(lang, &error)),
            })
        };
        let mut listeners = Vec::new();
        for (index, address) in addresses(url).into_iter().enumerate() {
            match TcpListener::bind(SocketAddr::new(address, port)).await {
                Ok(listener) => listeners.push(listener),
                // `localhost` has two addresses; a machine may lack the second, but another program
                // must not use it.
                Err(error) if index > 0 && error.kind() != io::ErrorKind::AddrInUse => {}
                Err(error) => return Err(cannot(error)),
            }
        }
        Ok(Self { listeners })
    }

    pub(crate) fn start(self, lang: Lang, app: App, pending: Pending) -> Waiting {
        let path = app.return_url().path().to_owned();
        let (found, callbacks) = mpsc::channel(1);
        let (outcome, told) = watch::channel(None);
        let (running, stopped) = watch::channel(());
        let shared = Arc::new(Shared {
            lang,
            last_path: format!("{}/fim", path.trim_end_matches('/')),
            path,
            app,
            pending: Mutex::new(Some(pending)),
            found,
            told,
            shown: Notify::new(),
        });
        let mut servers = JoinSet::new();
        for listener in self.listeners {
            let router = Router::new().fallback(answer).with_state(Arc::clone(&shared));
            let mut stopped = stopped.clone();
            servers.spawn(async move {
                let stopped = async move {
                    // Nothing is ever sent: the end of the sender stops the server.
                    while stopped.changed().await.is_ok() {}
                };
                axum::serve(listener, router)
                    .with_graceful_shutdown(stopped)
                    .await
            });
        }
        Waiting {
            shared,
            callbacks,
            outcome,
            running,
            servers,
        }
    }
}

/// A receiver that waits for its browser.
pub(crate) struct Waiting {
    shared: Arc<Shared>,
    callbacks: mpsc::Receiver<Result<ExchangeCode, CallbackErrorKind>>,
    outcome: watch::Sender<Option<Outcome>>,
    running: watch::Sender<()>,
    servers: JoinSet<io::Result<()>>,
}

impl Waiting {
    /// The callback that answers this sign-in.
    pub(crate) async fn callback(&mut self) -> Result<ExchangeCode, CallbackErrorKind> {
        // `Shared` holds a sender, so the channel does not end before it.
        self.callbacks
            .recv()
            .await
            .unwrap_or(Err(CallbackErrorKind::NoCode))
    }

    /// Gives the browser its last page, and stops.
    pub(crate) async fn end(self, outcome: Outcome) {
        let Self {
            shared,
            outcome: sender,
            running,
            mut servers,
            ..
        } = self;
        let _ = sender.send(Some(outcome));
        // A browser that was closed does not come for its page.
        let _ = timeout(LAST_PAGE, shared.shown.notified()).await;
        drop(running);
        let _ = timeout(STOP, async { while servers.join_next().await.is_some() {} }).await;
    }
}

/// The state that the answers share.
struct Shared {
    lang: Lang,
    /// The return URL's path.
    path: String,
    /// The path of the last page, without a query.
    last_path: String,
    app: App,
    pending: Mutex<Option<Pending>>,
    found: mpsc::Sender<Result<ExchangeCode, CallbackErrorKind>>,
    told: watch::Receiver<Option<Outcome>>,
    shown: Notify,
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let (uri, lang) = (request.uri(), shared.lang);
    if !is_loopback(&request) {
        return pages::stopped(lang, StatusCode::MISDIRECTED_REQUEST);
    }
    let outcome = *shared.told.borrow();
    match outcome {
        _ if uri.path() == shared.path && request.method() != Method::GET => {
            pages::stopped(lang, StatusCode::METHOD_NOT_ALLOWED)
        }
        _ if uri.path() == shared.path => shared.returned(uri).await,
        Some(outcome) if uri.path() == shared.last_path => {
            shared.shown.notify_one();
            pages::ended(lang, outcome)
        }
        _ => pages::stopped(lang, StatusCode::NOT_FOUND),
    }
}

impl Shared {
    async fn returned(&self, uri: &Uri) -> Response {
        let query = uri.query().unwrap_or_default();
        if self.take(query).is_err() {
            return pages::stopped(self.lang, StatusCode::BAD_REQUEST);
        }
        // A browser that loads the address twice gets the page too.
        let mut told = self.told.clone();
        match told.wait_for(Option::is_some).await {
            Ok(_) => pages::see_other(&self.last_path),
            Err(_) => pages::ended(self.lang, Outcome::Failed),
        }
    }

    /// Passes the callback on, if it answers this sign-in. After it, no other callback does.
    fn take(&self, query: &str) -> Result<(), ()> {
        let mut pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(open) = pending.take() else { return Ok(()) };
        let found = match open.returned(&self.app, query) {
            Ok(code) => Ok(code),
            Err(error) => {
                let kind = error.kind().clone();
                if let Some(still) = error.into_pending() {
                    *pending = Some(still);
                    return Err(());
                }
                Err(kind)
            }
        };
        // The channel has room for one, and only one is sent.
        self.found.try_send(found).map_err(|_| ())
    }
}

/// Whether the request names this machine. A page whose own name resolves here (DNS rebinding)
/// would not.
fn is_loopback(request: &Request) -> bool {
    let mut hosts = request.headers().get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return false;
    };
    let authority = request.uri().authority().map(Authority::as_str);
    let here = |host: &str| Origin::parse(&format!("http://{host}")).is_ok_and(|origin| origin.is_loopback());
    host.to_str().is_ok_and(here) && authority.is_none_or(here)
}

/// The addresses of a loopback URL's host.
fn addresses(url: &ReturnUrl) -> Vec<IpAddr> {
    let uri: Option<Uri> = url.as_str().parse().ok();
    let host = uri.as_ref().and_then(Uri::host).unwrap_or_default();
    match host.trim_start_matches('[').trim_end_matches(']').parse() {
        Ok(address) => vec![address],
        Err(_) => vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
    }
}
