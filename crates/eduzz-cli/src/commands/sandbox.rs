//! `eduzz sandbox`: a local Eduzz, until Ctrl-C, and the commands that steer it.

mod at;
mod state;
mod steer;

use std::future;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, value_parser};
use eduzz_sandbox::{Arrivals, Config, ConfigError, Fault, Pace, Sandbox, SignIn, StartError};
use serde::Serialize;

use self::state::StateFile;
use self::steer::Steer;
use crate::cli::BadValue;
use crate::failure::Failure;
use crate::files;
use crate::lang::Lang;
use crate::output::Output;
use crate::settings::{TOKEN, WEBHOOK_SECRET};
use crate::signal;

/// The port where a sandbox is when nothing names another.
const DEFAULT_PORT: u16 = 8_400;

/// How to receive, to subscribe and to make events, after the lines of the environment. Each line
/// needs those before it: activation pings the receiver, and the receiver needs the secret.
const SUBSCRIBE: &str = "\
eduzz webhook listen --no-subscribe --port 9000 &
ID=$(eduzz webhook subscriptions create --url http://127.0.0.1:9000/)
eduzz webhook subscriptions sample $ID invoice_paid";

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

/// Roda uma Eduzz local e inventada até o Ctrl-C, e comanda a que está rodando
/// | Runs a local, invented Eduzz until Ctrl-C, and steers the one that runs
#[derive(Debug, Args)]
#[command(after_help = "\
Sem comando, inicia um sandbox. Os comandos valem para o que está rodando: o de EDUZZ_SANDBOX, ou o
da porta 8400. O painel faz o mesmo no navegador: abra o endereço do sandbox.
 | \n\
Without a command, starts a sandbox. The commands steer the one that runs: that of EDUZZ_SANDBOX,
or that of port 8400. The panel, with all of this in pages, is the sandbox's address in a browser.")]
pub(crate) struct SandboxCommand {
    #[command(subcommand)]
    steer: Option<Steer>,
    /// Porta em 127.0.0.1 (padrão: 8400; 0 escolhe uma livre)
    /// | Port on 127.0.0.1 (default: 8400; 0 picks a free one)
    #[arg(long, value_name = "PORTA | PORT", default_value_t = DEFAULT_PORT)]
    port: u16,
    /// A cada N chamadas entra uma venda nova, como numa loja aberta
    /// | A new sale comes in after every N calls, as in an open shop
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..))]
    arrivals: Option<u32>,
    /// Acontecem N coisas por minuto: vendas, pagamentos, reembolsos, chargebacks, cobranças e
    /// cancelamentos de assinaturas, cada uma com seus eventos
    /// | N things happen a minute: sales, payments, refunds, chargebacks, charges and cancellations
    /// of subscriptions, each with its events
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..), conflicts_with = "arrivals")]
    life: Option<u32>,
    /// Arquivo que guarda tudo o que acontece, para continuar na próxima vez: vendas, tokens,
    /// webhooks, a hora, e a semente e o histórico com que a loja começou
    /// | File that keeps everything that happens, to go on the next time: sales, tokens, webhooks,
    /// the time, and the seed and the history that the shop began with
    #[arg(long, value_name = "ARQUIVO | FILE")]
    state: Option<PathBuf>,
    /// Semente de tudo o que é inventado (padrão: 0); a mesma semente dá a mesma loja
    /// | Seed of everything that is invented (default: 0); the same seed gives the same shop
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Dias de histórico da loja (padrão: 365) | Days of the shop's history (default: 365)
    #[arg(long, value_name = "DIAS | DAYS", value_parser = value_parser!(u64).range(..=3_650))]
    history: Option<u64>,
    /// Vendas ainda mais antigas, para medir lojas grandes; no máximo 5.000.000
    /// | Still older sales, to measure large shops; at most 5,000,000
    #[arg(long, value_name = "N", value_parser = value_parser!(u64).range(..=5_000_000))]
    older_sales: Option<u64>,
    /// Chamadas por minuto de cada tipo e token (padrão: 30); off não limita
    /// | Calls a minute of each kind and token (default: 30); off sets no limit
    #[arg(long, value_name = "N|off", value_parser = pace)]
    pace: Option<PaceOption>,
    /// As leituras do MyEduzz mostram a loja de tantos segundos atrás; os eventos saem na hora
    /// | Reads of MyEduzz show the shop as it was this many seconds ago; events are sent at once
    #[arg(long, value_name = "SEGUNDOS | SECONDS", value_parser = value_parser!(u64).range(..=86_400))]
    lag: Option<u64>,
    /// Tamanho fixo das páginas, ignorando o que a chamada pedir
    /// | Fixed size of all pages, whatever the call asks for
    #[arg(long, value_name = "N", value_parser = value_parser!(u64).range(1..=100))]
    page_size: Option<u64>,
    /// O que dá errado de propósito, uma vez a cada N chamadas da API: slow (5 s), cut, html, page,
    /// json, 401, 429, 500 ou 502; revoked, o token é revogado na chamada N; a cada N entregas de
    /// webhooks: twice, late (5 s), lost, shuffled (fora de ordem, dentro de 60 s); com P%, ao
    /// acaso; pode repetir
    /// | What goes wrong on purpose, once in N calls of the API: slow (5 s), cut, html, page, json,
    /// 401, 429, 500 or 502; revoked, the token is revoked at call N; once in N deliveries of
    /// webhooks: twice, late (5 s), lost, shuffled (out of order, within 60 s); with P%, at random;
    /// may be repeated
    #[arg(long, value_name = "FALHA[@N|@P%] | FAULT[@N|@P%]", value_parser = fault)]
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
    /// Mais uma URL de retorno cadastrada nos aplicativos; pode repetir
    /// | Another return URL registered with the applications; may be repeated
    #[arg(long, value_name = "URL", value_parser = return_url)]
    return_url: Vec<String>,
    /// Autoriza sem mostrar páginas, para scripts: a URL de autorização responde com o
    /// redirecionamento; usa a primeira pessoa, ou a de `account=` na URL
    /// | Approves without showing pages, for scripts: the authorize URL answers with the redirect;
    /// the first person signs in, or that of `account=` in the URL
    #[arg(long)]
    approve: bool,
}

/// The limit of calls.
#[derive(Clone, Copy, Debug)]
enum PaceOption {
    Off,
    PerMinute(u32),
}

/// Reads a limit of calls.
fn pace(word: &str) -> Result<PaceOption, BadValue> {
    let minute = || {
        word.parse()
            .ok()
            .filter(|calls| *calls > 0)
            .map(PaceOption::PerMinute)
    };
    match word {
        "off" => Ok(PaceOption::Off),
        _ => minute().ok_or(BadValue::Told(Lang::bad_sandbox_pace)),
    }
}

/// Reads a return URL: http or https, with a host.
fn return_url(text: &str) -> Result<String, BadValue> {
    let url: Option<http::Uri> = text.parse().ok();
    let is_url = url.is_some_and(|url| {
        matches!(url.scheme_str(), Some("http" | "https")) && url.host().is_some_and(|host| !host.is_empty())
    });
    match is_url {
        true => Ok(text.to_owned()),
        false => Err(BadValue::Told(Lang::bad_registered_url)),
    }
}

impl SandboxCommand {
    /// Whether it ends itself after Ctrl-C: it writes its file first.
    pub(super) const fn ends_itself(&self) -> bool {
        self.steer.is_none() && self.state.is_some()
    }

    /// Whether only Ctrl-C ends it.
    pub(super) fn goes_on(&self) -> bool {
        self.steer.as_ref().is_none_or(Steer::goes_on)
    }

    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        if let Some(steer) = self.steer {
            return steer.run(output).await;
        }
        let (state, mut config) = match self.state {
            Some(path) => {
                let (file, config) = StateFile::open(lang, &path)?;
                (Some((file, signal::ended())), config)
            }
            None => (None, Config::default()),
        };
        if let Some(seed) = self.seed.filter(|seed| *seed != config.seed) {
            let snapshot = config.snapshot.take();
            config = Config::seeded(seed);
            config.snapshot = snapshot;
        }
        config.port = self.port;
        let life = self.life.map(|per_minute| Arrivals::Life { per_minute });
        config.arrivals = self.arrivals.map(Arrivals::AfterRequests).or(life);
        if let Some(days) = self.history {
            config.history = Duration::from_secs(days * 86_400);
        }
        config.older_sales = self.older_sales.unwrap_or(config.older_sales);
        config.pace = match self.pace {
            None => config.pace,
            Some(PaceOption::Off) => None,
            Some(PaceOption::PerMinute(requests)) => Some(Pace {
                requests,
                ..Pace::default()
            }),
        };
        config.lag = Duration::from_secs(self.lag.unwrap_or_default());
        config.page_size = self.page_size;
        config.webhooks.backup = self.backup;
        config.faults = self.fault;
        if self.older_sign_in {
            config.sign_in = SignIn::any();
        }
        config.sign_in.approved = self.approve;
        let sandbox = start(lang, config).await?;
        let kept = match state {
            Some((file, ended)) => Some((file.begin(lang, &sandbox)?, ended)),
            None => None,
        };
        for app in &sandbox.config().apps {
            for url in &self.return_url {
                // The list of a world that goes on can be another; the application is known.
                let _ = sandbox.control().add_return_url(&app.client_id, url);
            }
        }
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
        match kept {
            Some((kept, ended)) => kept.keep(output, ended).await,
            None => future::pending().await,
        }
    }
}

/// Reads `cut@5`, a fault of every fifth call or delivery; `lost@30%`, of three in ten at random;
/// without a number, of each one.
fn fault(text: &str) -> Result<Fault, BadValue> {
    text.parse().map_err(|_| BadValue::Fault)
}

/// Starts a sandbox.
pub(super) async fn start(lang: Lang, config: Config) -> Result<Sandbox, Failure> {
    Sandbox::start(config).await.map_err(|error| {
        Failure::usage(match error {
            StartError::PortInUse { port } => lang.sandbox_port_in_use(port),
            StartError::Listen { port, source } => {
                lang.sandbox_cannot_listen(port, &files::why(lang, &source))
            }
            StartError::Config(ConfigError::OtherWorld { setting }) => {
                lang.state_of_other_world(match setting {
                    "seed" => "--seed",
                    "history" => "--history",
                    "older_sales" => "--older-sales",
                    other => other,
                })
            }
            _ => lang.sandbox_failed(),
        })
    })
}
