//! `eduzz inbox serve`: stores deliveries, answers, and forwards them until they succeed.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use clap::Args;
use eduzz_inbox::{Handled, Inbox};
use eduzz_receiver::{Intake, reply};
use eduzz_store::Store;
use eduzz_types::webhook::subscriptions::SigningSecret;
use eduzz_webhook::{Delivery, Keys, Receipt, Verdict};
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::lines::Lines;
use super::{forward, keys, list, watch as pages};
use crate::cli::BadValue;
use crate::commands::database::Database;
use crate::commands::webhook::post::Receiver;
use crate::commands::webhook::serve::{Limits, serve_until, stopped};
use crate::commands::webhook::subscribing::{Place, Subscribing};
use crate::failure::Failure;
use crate::files;
use crate::lang::Lang;
use crate::output::Output;
use crate::settings;
use crate::signal;

/// Recebe entregas, guarda, responde e as repassa ao seu serviço até darem certo
/// | Receives deliveries, stores them, answers, and forwards them to your service until they succeed
#[derive(Debug, Args)]
#[command(after_help = "\
Qualquer caminho serve. Uma entrega autêntica é respondida com 200 depois de gravada no disco, e
com 503 se o banco de dados não a gravar em 8 s: a Eduzz tenta de novo.

Com --url, o programa obtém o segredo pela API, cria ou completa a configuração de webhook dessa
URL pública, e a ativa; ela continua ativa no fim. Os escopos são webhook_read e webhook_write. O
segredo de EDUZZ_WEBHOOK_SECRET ou de --keys, se há um, vale também.

Com --forward-to, cada evento vai ao seu serviço por POST, com os mesmos bytes, a mesma assinatura
(x-signature) e um cabeçalho idempotency-key, igual em toda tentativa desse evento. 2xx aceita;
outro status, ou nenhum em 30 s, é uma falha: há mais 8 tentativas, em até 42 horas, e depois o
evento fica morto (`eduzz inbox retry`). Eventos que o SDK não entende também são repassados.

O segredo vem de EDUZZ_WEBHOOK_SECRET ou, se forem vários, de --keys: um nome=segredo por linha,
num arquivo que outros não podem ler. O arquivo é lido no início; na troca de um segredo, o mesmo
nome pode estar em duas linhas. Cada entrega, e cada tentativa que falha, é uma linha sem
dados pessoais; com --json, um objeto por linha.

Ctrl-C ou SIGTERM: para de receber, termina o que está em andamento e sai com 0
 | \n\
Any path is accepted. A genuine delivery is answered with 200 once it is on the disk, and with 503
if the database does not store it within 8 s: Eduzz retries.

With --url, the program fetches the secret through the API, makes or completes the webhook
subscription of that public URL, and activates it; it stays active at the end. The scopes are
webhook_read and webhook_write. The secret of EDUZZ_WEBHOOK_SECRET or of --keys counts too, if
there is one.

With --forward-to, each event goes to your service by POST, with the same bytes, the same signature
(x-signature) and a header idempotency-key, which is the same in every attempt of that event. 2xx
accepts it; another status, or none within 30 s, is a failure: there are 8 more attempts, in up to
42 hours, and then the event is dead (`eduzz inbox retry`). Events that the SDK cannot read are
forwarded too.

The secret comes from EDUZZ_WEBHOOK_SECRET or, if there are several, from --keys: one label=secret
per line, in a file that others cannot read. The file is read at the start; while a secret is
replaced, one label can be on two lines. Each delivery, and each failed attempt, is a line without
personal data; with --json, one object per line.

Ctrl-C or SIGTERM: stops receiving, finishes the work in progress, and exits with 0")]
pub(crate) struct Serve {
    #[command(flatten)]
    database: Database,
    /// Porta (padrão: 0, que escolhe uma livre) | Port (default: 0, which picks a free one)
    #[arg(long, value_name = "PORTA | PORT", default_value_t = 0)]
    port: u16,
    /// Endereço IP em que recebe (padrão: 127.0.0.1)
    /// | The IP address to receive on (default: 127.0.0.1)
    #[arg(long, value_name = "IP", value_parser = host, default_value = "127.0.0.1")]
    host: IpAddr,
    /// Seu serviço, que recebe os eventos: https, ou http nesta máquina
    /// | Your service, which receives the events: https, or http on this machine
    #[arg(long, value_name = "URL")]
    forward_to: Option<String>,
    /// Arquivo de segredos, um nome=segredo por linha, no lugar de EDUZZ_WEBHOOK_SECRET
    /// | A file of secrets, one label=secret per line, instead of EDUZZ_WEBHOOK_SECRET
    #[arg(long, value_name = "ARQUIVO | FILE")]
    keys: Option<PathBuf>,
    /// Usa o nome da chave que assinou como conta do evento, para segredos de vários produtores
    /// | Uses the label of the key that signed as the event's account, for secrets of several owners
    #[arg(long, requires = "keys")]
    account_by_key: bool,
    /// Um evento por vez para cada fatura, contrato etc., na ordem de chegada
    /// | One event at a time for each invoice, contract etc., in the order of arrival
    #[arg(long, requires = "forward_to")]
    ordered: bool,
    /// Quantos eventos ao mesmo tempo (padrão: 16) | How many events at a time (default: 16)
    #[arg(long, value_name = "N", requires = "forward_to", value_parser = concurrency)]
    concurrency: Option<u32>,
    /// Repassa também as amostras do console, que não são vendas
    /// | Also forwards the console's samples, which are not sales
    #[arg(long)]
    samples: bool,
    /// Porta em 127.0.0.1 para /health e /metrics; 0 escolhe uma livre
    /// | Port on 127.0.0.1 for /health and /metrics; 0 picks a free one
    #[arg(long, value_name = "PORTA | PORT")]
    status_port: Option<u16>,
    #[command(flatten)]
    place: Place,
}

/// The port's and the pages' sockets.
struct Sockets {
    port: TcpListener,
    pages: Option<TcpListener>,
}

impl Serve {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        self.place.chosen.check(lang)?;
        // From here on no signal ends the program by itself.
        let stop = signal::ended();
        let forward = self.forward_to.as_deref();
        let forward = forward
            .map(|url| Receiver::new(lang, "--forward-to", url))
            .transpose()?;
        let (keys, subscribing) = self.keys(output).await?;
        let intake = Intake::new(keys);
        let (opened, place) = self.database.open_or_create(lang).await?;
        let port = bind(lang, (self.host, self.port).into(), "--port").await?;
        let pages = match self.status_port {
            Some(port) => Some(bind(lang, (Ipv4Addr::LOCALHOST, port).into(), "--status-port").await?),
            None => None,
        };
        output.note(&lang.listening(&url(&port)));
        output.note(&lang.inbox_at(&place));
        if !self.host.is_loopback() {
            output.note(&lang.inbox_open_host());
        }
        if forward.is_none() {
            output.note(&lang.inbox_only_stores());
        }
        if let Some(pages) = &pages {
            output.note(&lang.inbox_status_at(&url(pages)));
        }
        let sockets = Sockets { port, pages };
        let subscribing = self.place.url.as_ref().zip(subscribing);
        let subscribe = async {
            if let Some((url, (subscribing, secret))) = subscribing {
                match subscribing.subscribe(url, &self.place.chosen).await {
                    Ok(subscribed) => subscribing.compare_secret(&subscribed.subscription, &secret),
                    // Deliveries that come all the same are stored.
                    Err(failure) => {
                        output.failure(&failure);
                        output.note(&lang.hook_still_receiving());
                    }
                }
            }
        };
        let serve = async {
            on_store!(opened, |store| self
                .serve(output, store, intake, forward, sockets, stop)
                .await)
        };
        let (mut serve, mut subscribe) = (pin!(serve), pin!(subscribe));
        tokio::select! {
            ended = &mut serve => ended,
            () = &mut subscribe => serve.await,
        }
    }

    /// The keys; with `--url`, that of the API among them.
    async fn keys(&self, output: Output) -> Result<(Keys, Option<(Subscribing, SigningSecret)>), Failure> {
        let lang = output.lang;
        let file = self.keys.as_deref();
        if self.place.url.is_none() {
            if !self.place.chosen.event.is_empty() {
                return Err(Failure::usage(lang.hook_event_needs_url()));
            }
            return Ok((keys::keys(lang, file)?, None));
        }
        let is_known = file.is_some() || settings::variable(lang, settings::WEBHOOK_SECRET)?.is_some();
        let known = is_known.then(|| keys::keys(lang, file)).transpose()?;
        let subscribing = Subscribing::new(output)?;
        let secret = subscribing.secret().await?;
        let keys = Subscribing::keys(lang, known, &secret)?;
        Ok((keys, Some((subscribing, secret))))
    }

    async fn serve<S: Store>(
        &self,
        output: Output,
        store: S,
        intake: Intake,
        forward: Option<Receiver>,
        sockets: Sockets,
        signal: impl Future<Output = ()>,
    ) -> Result<(), Failure> {
        let log = Arc::new(Lines::start(output));
        let (is_forwarded, flushing) = (forward.is_some(), store.clone());
        let inbox = self.inbox(store, forward, &log);
        let serving = Arc::new(Serving {
            inbox: inbox.clone(),
            intake,
            log: Arc::clone(&log),
        });
        let (stopping, stop) = watch::channel(false);
        let receiving = serve_until(sockets.port, Limits::RECEIVER, stop.clone(), move |request| {
            answer(Arc::clone(&serving), request)
        });
        let showing = async {
            if let Some(listener) = sockets.pages {
                let inbox = inbox.clone();
                serve_until(listener, Limits::RECEIVER, stop.clone(), move |request| {
                    pages::answer(inbox.clone(), request)
                })
                .await;
            }
        };
        let working = async {
            if is_forwarded {
                // It has a handler.
                let _ = inbox.run(stopped(stop.clone())).await;
            }
        };
        let stopping = async {
            signal.await;
            output.note(&output.lang.inbox_stops());
            stopping.send_replace(true);
            // The others may still look at it.
            stopping
        };
        tokio::join!(receiving, showing, working, stopping);
        // The log beside a file is read at the next start all the same.
        let _is_left = flushing.flush().await;
        log.end();
        Ok(())
    }

    fn inbox<S: Store>(&self, store: S, forward: Option<Receiver>, log: &Arc<Lines>) -> Inbox<S> {
        let mut inbox = Inbox::new(store);
        if self.samples {
            inbox = inbox.with_samples();
        }
        if self.account_by_key {
            inbox = inbox.account_by_key();
        }
        if self.ordered {
            inbox = inbox.ordered();
        }
        if let Some(events) = self.concurrency {
            inbox = inbox.concurrency(events);
        }
        let Some(receiver) = forward.map(Arc::new) else {
            return inbox;
        };
        let log = Arc::clone(log);
        inbox
            .with_unreadable()
            .on_failed(move |inbound, failed| log.failed(inbound, failed))
            .handler(forward::NAME, move |inbound| {
                let receiver = Arc::clone(&receiver);
                async move {
                    forward::send(&receiver, &inbound).await?;
                    Ok(Handled::new())
                }
            })
    }
}

fn concurrency(text: &str) -> Result<u32, BadValue> {
    list::between(text, 1_000).ok_or(BadValue::Told(Lang::bad_concurrency))
}

/// Reads an IP address.
fn host(text: &str) -> Result<IpAddr, BadValue> {
    let bare = text.trim().trim_start_matches('[').trim_end_matches(']');
    bare.parse().map_err(|_| BadValue::Told(Lang::bad_host))
}

async fn bind(lang: Lang, address: SocketAddr, option: &str) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        let address = address.to_string();
        Failure::usage(match error.kind() {
            io::ErrorKind::AddrInUse => lang.address_in_use(&address, option),
            _ => lang.cannot_listen_at(&address, &files::why(lang, &error), option),
        })
    })
}

fn url(listener: &TcpListener) -> String {
    let address = listener.local_addr().map(|address| address.to_string());
    format!("http://{}", address.unwrap_or_default())
}

/// The state that the answers share.
struct Serving<S: Store> {
    inbox: Inbox<S>,
    intake: Intake,
    log: Arc<Lines>,
}

async fn answer<S: Store>(serving: Arc<Serving<S>>, request: Request) -> Response {
    let verdict = match serving.intake.receive(request).await {
        Ok(Receipt::Delivery(delivery)) => {
            // A task of its own: it goes on even if the sender does not wait for the answer.
            let work = tokio::spawn(async move { serving.store(&delivery).await });
            work.await.unwrap_or(Verdict::FAILED)
        }
        Ok(Receipt::Ping(ping)) => {
            serving.log.ping(ping);
            Verdict::PING
        }
        Err(refused) => {
            let verdict = Verdict::from(refused);
            serving.inbox.refused(&refused);
            serving.log.refused(refused, verdict);
            verdict
        }
    };
    reply(verdict).map(Body::new).into_response()
}

impl<S: Store> Serving<S> {
    async fn store(&self, delivery: &Delivery<Bytes>) -> Verdict {
        let put = self.inbox.store(delivery).await;
        let verdict = if put.is_ok() {
            Verdict::ACCEPTED
        } else {
            Verdict::LATER
        };
        self.log.delivery(delivery, verdict.status(), &put);
        verdict
    }
}
