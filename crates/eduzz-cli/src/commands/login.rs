//! `eduzz login`: signs in through the browser and keeps the grant.

use std::time::Duration;

use clap::ArgMatches;
use eduzz_hyper::Client;
use eduzz_oauth::{App, AppError, ExchangeCode, Grant, ReturnUrl, Session};
use eduzz_types::auth::TokenUser;
use eduzz_types::{ClientSecret, PersonalText};
use eduzz_wire::Origins;
use serde::Serialize;
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use webbrowser::{Browser, BrowserOptions};

use crate::ask;
use crate::client;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::login::receiver::Receiver;
use crate::login::{self, Outcome, paste};
use crate::output::{self, Output};
use crate::settings;
use crate::store::Store;

/// How long to wait for the browser, when nobody says.
const PATIENCE: u64 = 300;

#[derive(Serialize)]
struct SignedIn<'a> {
    name: Option<&'a str>,
    account_id: Option<String>,
    eduzz_id: Option<String>,
    scopes: Option<Vec<&'a str>>,
    file: String,
}

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    let lang = output.lang;
    let origins = settings::origins(lang)?;
    let option = |name: &str, variable: &str| match matches.get_one::<String>(name) {
        Some(given) => Ok(Some(given.clone())),
        None => settings::variable(lang, variable),
    };
    let client_id = option("client-id", settings::CLIENT_ID)?
        .filter(|id| !id.trim().is_empty())
        .ok_or_else(|| Failure::usage(lang.no_client_id()))?;
    let return_url = option("return-url", settings::RETURN_URL)?;
    let return_url = ReturnUrl::parse(return_url.as_deref().unwrap_or(settings::DEFAULT_RETURN_URL))
        .map_err(|error| login::return_url_error(lang, error))?;
    let store = Store::find(lang)?;
    store.prepare()?;
    // Whatever can be wrong here is found before the person is asked for anything.
    let receiver = match matches.get_flag("paste") {
        true => None,
        false => Some(Receiver::bind(lang, &return_url).await?),
    };
    let client = client::client(lang, &origins)?;
    let app = App::new(client_id, client_secret(lang)?, return_url.as_str())
        .map_err(|error| app_error(lang, error))?;

    let state = client
        .new_state()
        .map_err(|_| Failure::usage(lang.cannot_start_sign_in()))?;
    let authorization = app.authorize(&origins, state);
    show(
        output,
        authorization.url(),
        receiver.is_some() && !matches.get_flag("no-browser"),
    );
    let seconds = matches.get_one::<u64>("timeout").copied().unwrap_or(PATIENCE);
    let patience = Duration::from_secs(seconds);
    let pending = authorization.into_pending();
    let keep = Keep {
        output,
        origins: &origins,
        client: &client,
        store: &store,
    };
    let Some(receiver) = receiver else {
        let code = timeout(patience, paste::callback(output, &app, pending)).await;
        let code = code.map_err(|_| Failure::signed_out(lang.timed_out()))??;
        return keep.grant(code).await;
    };
    output.note(&lang.waiting(seconds));
    let mut waiting = receiver.start(lang, app, pending);
    let (outcome, ended) = match timeout(patience, waiting.callback()).await {
        Err(_) => return Err(Failure::signed_out(lang.timed_out())),
        Ok(Err(kind)) => {
            let refused = matches!(kind, eduzz_oauth::CallbackErrorKind::Refused);
            (
                if refused {
                    Outcome::Refused
                } else {
                    Outcome::Failed
                },
                Err(login::ended(lang, &kind)),
            )
        }
        Ok(Ok(code)) => match keep.grant(code).await {
            Ok(()) => (Outcome::Done, Ok(())),
            Err(failure) => (Outcome::Failed, Err(failure)),
        },
    };
    waiting.end(outcome).await;
    ended
}

/// The application's secret.
fn client_secret(lang: Lang) -> Result<ClientSecret, Failure> {
    let words = ask::Words {
        ask: lang.ask_client_secret(),
        empty: lang.empty_client_secret(),
        missing: lang.no_client_secret(),
    };
    ask::secret(lang, settings::CLIENT_SECRET, &words).map(ClientSecret::new)
}

fn app_error(lang: Lang, error: AppError) -> Failure {
    match error {
        AppError::NoClientId => Failure::usage(lang.no_client_id()),
        AppError::NoClientSecret => Failure::usage(lang.no_client_secret()),
        AppError::ReturnUrl(error) => login::return_url_error(lang, error),
        _ => Failure::usage(lang.bad_return_url()),
    }
}

/// Shows the address, and opens the browser on it if it may. Showing it always helps where a browser opens unseen.
fn show(output: Output, url: &str, opens: bool) {
    let lang = output.lang;
    let heading = if opens {
        lang.opening_browser()
    } else {
        lang.open_this()
    };
    output.note(&format!("{heading}\n\n  {url}\n"));
    if opens {
        let url = url.to_owned();
        // A browser for the terminal comes back only when it is closed.
        drop(spawn_blocking(move || {
            let opened = webbrowser::open_browser_with_options(
                Browser::Default,
                &url,
                BrowserOptions::new().with_suppress_output(true),
            );
            if opened.is_err() {
                output.note(&lang.no_browser_found());
            }
        }));
    }
}

/// What turns a code into a stored grant.
struct Keep<'a> {
    output: Output,
    origins: &'a Origins,
    client: &'a Client,
    store: &'a Store,
}

impl Keep<'_> {
    async fn grant(&self, code: ExchangeCode) -> Result<(), Failure> {
        let lang = self.output.lang;
        let grant = self
            .client
            .exchange(code)
            .await
            .map_err(|failure| login::exchange_failure(lang, failure))?;
        let session = Session::signed_in(grant);
        self.store.save(self.origins, &session).map_err(|failure| {
            let why = failure.text().unwrap_or_default();
            Failure::usage(format!("{}\n{why}", lang.signed_in_not_stored()))
        })?;
        match session.grant() {
            Some(grant) => self.tell(grant),
            None => Ok(()),
        }
    }

    fn tell(&self, grant: &Grant) -> Result<(), Failure> {
        let lang = self.output.lang;
        let file = self.store.path().display().to_string();
        let name = grant.user().and_then(name);
        if self.output.json {
            return self.output.json(&SignedIn {
                name,
                account_id: grant.account_id().map(|id| id.as_str().to_owned()),
                eduzz_id: grant.eduzz_id().map(|id| id.as_str().to_owned()),
                scopes: grant.scopes().map(|scopes| scopes.iter().collect()),
                file,
            });
        }
        let done = match name {
            Some(name) => lang.signed_in_as(&output::printable(name)),
            None => lang.signed_in(),
        };
        self.output.line(&format!("{done}\n{}", lang.stored_in(&file)))
    }
}

fn name(user: &TokenUser) -> Option<&str> {
    user.name
        .as_ref()
        .map(PersonalText::as_str)
        .filter(|name| !name.trim().is_empty())
}
