//! `eduzz sandbox`: a local Eduzz, until Ctrl-C.

use std::future;
use std::time::Duration;

use clap::{Args, value_parser};
use eduzz_sandbox::{Arrivals, Config, Fault, Sandbox, SignIn, StartError};
use serde::Serialize;

use crate::cli::BadValue;
use crate::failure::Failure;
use crate::files;
use crate::lang::Lang;
use crate::output::Output;
use crate::settings::{TOKEN, WEBHOOK_SECRET};

/// The delay of a slow answer and of a late delivery.
const SLOW: Duration = Duration::from_secs(5);

/// How to receive, to subscribe and to make events, after the lines of the environment. Each line
/// needs those before it: activation pings the receiver, and the receiver needs the secret.
const SUBSCRIBE: &str = "\
eduzz webhook listen --port 9000 &
ID=$(eduzz call CreateWebhookSubscription --set name=teste --set url=http://127.0.0.1:9000/ \\
    --set 'events=[\"myeduzz.invoice_paid\"]' --json | grep -o '\"id\":\"[^\"]*' | cut -d'\"' -f4)
eduzz call SetWebhookSubscriptionStatus --set id=$ID --set status=active
eduzz call SendWebhookSample --set subscription_id=$ID --set event=myeduzz.invoice_paid";

#[derive(Serialize)]
struct Report<'a> {
    origins: Origins<'a>,
    client_id: &'a str,
    client_secret: &'a str,
    return_url: &'a str,
    personal_token: &'a str,
    webhook_secret: &'a str,
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

/// Roda uma Eduzz local e inventada até o Ctrl-C | Runs a local, invented Eduzz until Ctrl-C
#[derive(Debug, Args)]
pub(crate) struct SandboxCommand {
    /// Porta em 127.0.0.1; 0 é qualquer uma livre | Port on 127.0.0.1; 0 is any free one
    #[arg(long, value_name = "PORTA | PORT", default_value_t = 0)]
    port: u16,
    /// A cada N chamadas entra uma venda nova, como numa loja aberta
    /// | A new sale comes in after every N calls, as in an open shop
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..))]
    arrivals: Option<u32>,
    /// O que dá errado de propósito, uma vez a cada N chamadas da API: slow (5 s), cut, html, 401,
    /// 429, 500 ou 502; a cada N entregas de webhooks: twice, late (5 s); pode repetir
    /// | What goes wrong on purpose, once in N calls of the API: slow (5 s), cut, html, 401, 429,
    /// 500 or 502; once in N deliveries of webhooks: twice, late (5 s); may be repeated
    #[arg(long, value_name = "FALHA[@N] | FAULT[@N]", value_parser = fault)]
    fault: Vec<Fault>,
    /// Ativa o backup de eventos nas assinaturas de webhooks
    /// | Turns on the backup of events of webhook subscriptions
    #[arg(long)]
    backup: bool,
    /// Aceita também as formas antigas e genéricas do login: `redirect_uri` na autorização, troca
    /// sem `redirect_uri`, credenciais por HTTP Basic
    /// | Also accepts older and generic forms of the sign-in: `redirect_uri` in the authorization,
    /// an exchange without `redirect_uri`, credentials by HTTP Basic
    #[arg(long)]
    older_sign_in: bool,
}

impl SandboxCommand {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let mut config = Config::default();
        config.port = self.port;
        config.arrivals = self.arrivals.map(Arrivals::AfterRequests);
        config.webhooks.backup = self.backup;
        config.faults = self.fault;
        if self.older_sign_in {
            config.sign_in = SignIn::any();
        }
        let sandbox = start(lang, config).await?;
        let (url, app, person) = (sandbox.url(), sandbox.app(), sandbox.person());
        let secret = sandbox.webhook_secret();
        let return_url = app.return_urls.first().map(String::as_str).unwrap_or_default();
        if output.json {
            output.json(&Report {
                origins: Origins {
                    accounts: &url,
                    accounts_api: &url,
                    api: &url,
                },
                client_id: &app.client_id,
                client_secret: &app.client_secret,
                return_url,
                personal_token: &person.personal_token,
                webhook_secret: secret.expose(),
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
            output.line(&format!("\n{}\n", lang.sandbox_webhooks()))?;
            output.line(&format!("export {TOKEN}={}", person.personal_token))?;
            output.line(&format!("export {WEBHOOK_SECRET}={}", secret.expose()))?;
            output.line(SUBSCRIBE)?;
        }
        future::pending().await
    }
}

/// Reads `cut@5`: a fault of every fifth call or delivery; without a number, of each one.
fn fault(word: &str) -> Result<Fault, BadValue> {
    let (kind, every) = word.split_once('@').unwrap_or((word, "1"));
    let every = every
        .parse()
        .ok()
        .filter(|every| *every > 0)
        .ok_or(BadValue::Fault)?;
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
        _ => return Err(BadValue::Fault),
    };
    Ok(fault.every(every))
}

/// Starts a sandbox.
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
