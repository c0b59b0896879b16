//! `eduzz login`: signs in through the browser and stores the grant.

use std::time::Duration;

use clap::Args;
use eduzz_hyper::Client;
use eduzz_oauth::{App, AppError, CallbackErrorKind, ExchangeCode, ReturnUrl, Session};
use eduzz_types::auth::TokenUser;
use eduzz_types::{ClientSecret, PersonalText};
use serde::Serialize;
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use webbrowser::{Browser, BrowserOptions};

use crate::ask;
use crate::cli;
use crate::client;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::login::receiver::Receiver;
use crate::login::{self, Outcome, paste};
use crate::notices::Notices;
use crate::output::{self, Output};
use crate::settings;
use crate::store::Store;

#[derive(Serialize)]
struct SignedIn<'a> {
    name: Option<&'a str>,
    account_id: Option<String>,
    eduzz_id: Option<String>,
    scopes: Option<Vec<&'a str>>,
    file: String,
}

/// Faz login pelo navegador e salva o acesso num arquivo que só você pode ler
/// | Signs in through the browser and keeps the grant in a file that only you can read
#[derive(Debug, Args)]
pub(crate) struct Login {
    /// Em vez de aguardar o navegador, pede que você cole o endereço em que ele parou
    /// | Instead of waiting for the browser, asks you to paste the address that it ended on
    #[arg(long)]
    paste: bool,
    /// Id do aplicativo (ou EDUZZ_CLIENT_ID) | The application's id (or EDUZZ_CLIENT_ID)
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    #[arg(
        long,
        value_name = "URL",
        help = "URL de retorno, como está cadastrada no aplicativo (ou EDUZZ_RETURN_URL; padrão: \
                http://127.0.0.1:8484/retorno) \
                | Return URL, as it is registered with the application (or EDUZZ_RETURN_URL; default: \
                http://127.0.0.1:8484/retorno)"
    )]
    return_url: Option<String>,
    /// Não abre o navegador; só mostra o endereço
    /// | Does not open the browser; only shows the address
    #[arg(long)]
    no_browser: bool,
    /// Quanto esperar pelo navegador (padrão: 300)
    /// | How long to wait for the browser (default: 300)
    #[arg(long, value_name = "SEGUNDOS | SECONDS", default_value_t = 300,
        value_parser = cli::between::<u64>(1, 86_400))]
    timeout: u64,
}

impl Login {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let origins = settings::origins(lang)?;
        let or_variable = |given: Option<String>, variable: &str| match given {
            Some(given) => Ok(Some(given)),
            None => settings::variable(lang, variable),
        };
        let client_id = or_variable(self.client_id, settings::CLIENT_ID)?
            .filter(|id| !id.trim().is_empty())
            .ok_or_else(|| Failure::usage(lang.no_client_id()))?;
        let return_url = or_variable(self.return_url, settings::RETURN_URL)?;
        let return_url = ReturnUrl::parse(return_url.as_deref().unwrap_or(settings::DEFAULT_RETURN_URL))
            .map_err(|error| login::return_url_error(lang, error))?;
        let store = Store::find(lang)?;
        let _prepared = store.prepare()?;
        // Find errors before the user is asked for anything.
        let receiver = match self.paste {
            true => None,
            false => Some(Receiver::bind(lang, &return_url).await?),
        };
        let (_, client) = Notices::of(output, &client::client(lang, &origins)?);
        let app = App::new(client_id, client_secret(lang)?, return_url.as_str())
            .map_err(|error| app_error(lang, error))?;

        let state = client
            .new_state()
            .map_err(|_| Failure::usage(lang.cannot_start_sign_in()))?;
        let authorization = app.authorize(&origins, state);
        let opens = receiver.is_some() && !self.no_browser;
        show(output, authorization.url(), opens);
        let time = Duration::from_secs(self.timeout);
        let state = paste::state_of(authorization.url()).to_owned();
        let pending = authorization.into_pending();
        let sign_in = async |code| exchange(output, &client, &store, code).await;
        let Some(receiver) = receiver else {
            let code = timeout(time, paste::callback(output, &app, pending, &state)).await;
            let code = code.map_err(|_| Failure::signed_out(lang.timed_out()))??;
            return sign_in(code).await;
        };
        output.note(&lang.waiting(self.timeout));
        let mut waiting = receiver.start(lang, app, pending);
        let (outcome, ended) = match timeout(time, waiting.callback()).await {
            Err(_) => return Err(Failure::signed_out(lang.timed_out())),
            Ok(Err(kind)) => {
                let outcome = match kind {
                    CallbackErrorKind::Refused => Outcome::Refused,
                    _ => Outcome::Failed,
                };
                (outcome, Err(login::ended(lang, &kind)))
            }
            Ok(Ok(code)) => match sign_in(code).await {
                Ok(()) => (Outcome::Done, Ok(())),
                Err(failure) => (Outcome::Failed, Err(failure)),
            },
        };
        waiting.end(outcome).await;
        ended
    }
}

/// The application's secret.
fn client_secret(lang: Lang) -> Result<ClientSecret, Failure> {
    let texts = [
        lang.ask_client_secret(),
        lang.empty_client_secret(),
        lang.no_client_secret(),
    ];
    ask::secret(lang, settings::CLIENT_SECRET, texts).map(ClientSecret::new)
}

fn app_error(lang: Lang, error: AppError) -> Failure {
    match error {
        AppError::NoClientId => Failure::usage(lang.no_client_id()),
        AppError::NoClientSecret => Failure::usage(lang.no_client_secret()),
        AppError::ReturnUrl(error) => login::return_url_error(lang, error),
        _ => Failure::usage(lang.bad_return_url()),
    }
}

/// Shows the address, and opens the browser on it if `opens`.
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
        // A text browser returns when it is closed.
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

/// Exchanges a code for a grant, and stores it.
async fn exchange(output: Output, client: &Client, store: &Store, code: ExchangeCode) -> Result<(), Failure> {
    let lang = output.lang;
    let grant = client.exchange(code).await;
    let grant = grant.map_err(|failure| login::exchange_failure(lang, failure))?;
    let session = Session::signed_in(grant);
    store.save(client.origins(), &session).map_err(|failure| {
        let why = failure.text().unwrap_or_default();
        Failure::usage(format!("{}\n{why}", lang.signed_in_not_stored()))
    })?;
    let Some(grant) = session.grant() else {
        return Ok(());
    };
    let file = store.path().display().to_string();
    let name = grant.user().and_then(name);
    if output.json {
        return output.json(&SignedIn {
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
    output.line(&format!("{done}\n{}", lang.stored_in(&file)))
}

fn name(user: &TokenUser) -> Option<&str> {
    user.name
        .as_ref()
        .map(PersonalText::as_str)
        .filter(|name| !name.trim().is_empty())
}
