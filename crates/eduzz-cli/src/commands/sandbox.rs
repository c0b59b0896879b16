//! `eduzz sandbox`: a local Eduzz, until Ctrl-C.

use std::future;
use std::time::Duration;

use clap::ArgMatches;
use eduzz_sandbox::{Arrivals, Config, Fault, Sandbox, StartError};
use serde::Serialize;

use crate::failure::Failure;
use crate::files;
use crate::lang::Lang;
use crate::output::Output;

/// How much later a slow answer, or a late delivery, comes.
const SLOW: Duration = Duration::from_secs(5);

/// How somebody subscribes, and what then makes events.
const SUBSCRIBE: &str = "\
eduzz call CreateWebhookSubscription --set name=teste --set url=http://127.0.0.1:9000/ --set 'events=[\"myeduzz.invoice_paid\"]'
eduzz call SetWebhookSubscriptionStatus --set id=ID --set status=active
eduzz call GetWebhookSecret
eduzz call SendWebhookSample --set subscription_id=ID --set event=myeduzz.invoice_paid";

#[derive(Serialize)]
struct Told<'a> {
    origins: Origins<'a>,
    client_id: &'a str,
    client_secret: &'a str,
    return_url: &'a str,
    personal_token: &'a str,
    environment: Environment<'a>,
}

#[derive(Serialize)]
struct Origins<'a> {
    accounts: &'a str,
    accounts_api: &'a str,
    api: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct Environment<'a> {
    eduzz_sandbox: &'a str,
    eduzz_client_id: &'a str,
    eduzz_client_secret: &'a str,
}

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    let lang = output.lang;
    let mut config = Config::default();
    config.port = matches.get_one::<u16>("port").copied().unwrap_or(0);
    config.arrivals = matches
        .get_one::<u32>("arrivals")
        .map(|calls| Arrivals::AfterRequests(*calls));
    config.webhooks.backup = matches.get_flag("backup");
    for word in matches.get_many::<String>("fault").into_iter().flatten() {
        let fault = fault(word).ok_or_else(|| Failure::usage(lang.bad_fault()))?;
        config.faults.push(fault);
    }
    // It ends with the program.
    let sandbox = start(lang, config).await?;
    let (url, app, person) = (sandbox.url(), sandbox.app(), sandbox.person());
    let return_url = app.return_urls.first().map(String::as_str).unwrap_or_default();
    if output.json {
        output.json(&Told {
            origins: Origins {
                accounts: &url,
                accounts_api: &url,
                api: &url,
            },
            client_id: &app.client_id,
            client_secret: &app.client_secret,
            return_url,
            personal_token: &person.personal_token,
            environment: Environment {
                eduzz_sandbox: &url,
                eduzz_client_id: &app.client_id,
                eduzz_client_secret: &app.client_secret,
            },
        })?;
    } else {
        output.line(&format!("{}\n", lang.sandbox_up(&url)))?;
        let rows = [
            (lang.sandbox_origins(), url.as_str()),
            (lang.sandbox_client_id(), &app.client_id),
            (lang.sandbox_client_secret(), &app.client_secret),
            (lang.sandbox_return_url(), return_url),
            (lang.sandbox_personal_token(), &person.personal_token),
        ];
        output.table(&[], rows.map(|(name, value)| vec![name, value.to_owned()]))?;
        output.line(&format!("\n{}\n", lang.sandbox_environment()))?;
        for (name, value) in sandbox.environment() {
            output.line(&format!("export {name}={value}"))?;
        }
        output.line(&format!("\n{}", lang.sandbox_then()))?;
        output.line(&format!("\n{}", lang.sandbox_webhooks()))?;
        output.line(SUBSCRIBE)?;
    }
    future::pending().await
}

/// `cut@5`: what goes wrong, and with each how many-eth call of the API or delivery; with each one when no number is given.
fn fault(word: &str) -> Option<Fault> {
    let (kind, every) = match word.split_once('@') {
        Some((kind, every)) => (kind, every.parse().ok().filter(|every| *every > 0)?),
        None => (word, 1),
    };
    let fault = match kind {
        "slow" => Fault::slow(SLOW),
        "cut" => Fault::cut(),
        "html" => Fault::page_instead(),
        "401" => Fault::unauthorized(),
        "429" => Fault::too_many(Some(1)),
        "500" => Fault::server_error(),
        "502" => Fault::bad_gateway(),
        "twice" => Fault::delivered_twice(),
        "late" => Fault::delivered_late(SLOW),
        _ => return None,
    };
    Some(fault.every(every))
}

/// Starts a sandbox, or says what to do.
pub(super) async fn start(lang: Lang, config: Config) -> Result<Sandbox, Failure> {
    Sandbox::start(config).await.map_err(|error| {
        Failure::usage(match error {
            StartError::PortInUse { port } => lang.sandbox_port_in_use(port),
            StartError::Listen { port, source } => {
                lang.sandbox_cannot_listen(port, &files::why(lang, &source))
            }
            _ => lang.sandbox_failed(),
        })
    })
}
