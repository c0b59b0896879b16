//! `eduzz webhook listen`: receives deliveries on this machine, shows and forwards them.

use std::io;
use std::net::Ipv4Addr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use clap::Args;
use eduzz_inbox::Subscribed;
use eduzz_receiver::{Intake, Refused, reply};
use eduzz_types::webhook::subscriptions::SigningSecret;
use eduzz_webhook::{Delivery, Key, Keys, Ping, Receipt, SIGNATURE_HEADER, Verdict};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};
use serde::Serialize;
use serde_json::value::RawValue;
use tokio::net::TcpListener;
use tokio::sync::{Notify, OnceCell};

use super::history::History;
use super::keys;
use super::post::{self, Receiver};
use super::report::{self, About, Reading};
use super::serve::{self, Limits};
use super::subscribing::{Place, Subscribing};
use crate::commands::database;
use crate::failure::Failure;
use crate::output::Output;
use crate::{files, json, settings, signal};

/// How long the end waits for the answer to a call that is under way.
const LAST_ANSWER: Duration = Duration::from_secs(5);

/// Recebe entregas nesta máquina, confere, mostra e repassa, até o Ctrl-C
/// | Receives deliveries on this machine, verifies, shows and forwards them, until Ctrl-C
#[derive(Debug, Args)]
#[command(after_help = "\
Cada entrega é uma linha: o status respondido, o evento, o id, quando foi enviada e do que se
trata, sem dados pessoais; se o SDK não consegue ler o evento, o assunto não aparece. Uma
amostra (com o originSecret das amostras) e as partes do evento que não têm o formato
documentado são indicadas. Com --json, o mesmo em um objeto por linha. Com --show-body, também o
corpo, com os dados das pessoas (menos o originSecret).

Com --forward-to, as entregas autênticas são repassadas com os mesmos bytes e a mesma
assinatura, e a resposta do destino é devolvida; se o destino não responde, 503. As outras
recebem 401 e não são repassadas; a verificação de URL (ping) é respondida pelo programa.

Com um token (login ou EDUZZ_TOKEN), o programa faz o resto também: obtém o segredo pela API, cria a
configuração de webhook para --url (num sandbox, para a própria porta), com todos os eventos ou os
de --event, e a ativa; no fim desativa o que criou ou ativou, a não ser com --keep. Com
EDUZZ_WEBHOOK_SECRET valem os dois segredos; sem login, o dela. --no-subscribe só recebe. Escopos:
webhook_read, webhook_write.

As entregas autênticas ficam sete dias num arquivo só seu, com os dados das pessoas, para
`eduzz webhook resend`; --no-history não guarda nada.

Saída: 0 com o Ctrl-C
 | \n\
Each delivery is a line: the answered status, the event, the id, when it was sent and what it is
about, without personal data; of an event that the SDK does not read, what it is about is not
shown. A sample (it has the originSecret of samples) and the parts of the event that have another
form than documented are pointed out. With --json, the same as an object a line. With --show-body,
the body too, with people's data (except originSecret).

With --forward-to, genuine deliveries are forwarded with the same bytes and the same signature,
and the answer from there is the answer from here; if nobody answers there, 503. The others get
401 and are not forwarded; the check of a URL (ping) is answered here.

With a token (a login or EDUZZ_TOKEN), the program does the rest too: it fetches the secret through
the API, makes the webhook subscription for --url (at a sandbox, for its own port), with all events
or those of --event, and activates it; at the end it disables what it made or activated, except with
--keep. With EDUZZ_WEBHOOK_SECRET both secrets count; without a login, that one. --no-subscribe only
receives. Scopes: webhook_read, webhook_write.

Genuine deliveries stay for seven days in a file of yours alone, with people's data, for
`eduzz webhook resend`; --no-history keeps nothing.

Exit: 0 by Ctrl-C")]
pub(crate) struct Listen {
    /// Porta em 127.0.0.1 (padrão: 0, que escolhe uma livre)
    /// | Port on 127.0.0.1 (default: 0, which picks a free one)
    #[arg(long, value_name = "PORTA | PORT", default_value_t = 0)]
    port: u16,
    /// Para onde repassar as entregas autênticas: https, ou http nesta máquina
    /// | Where to forward genuine deliveries: https, or http on this machine
    #[arg(long, value_name = "URL")]
    forward_to: Option<String>,
    /// Mostra também o corpo de cada entrega (tem dados pessoais)
    /// | Shows the body of each delivery too (it holds personal data)
    #[arg(long)]
    show_body: bool,
    #[command(flatten)]
    place: Place,
    /// No fim, deixa ativa a configuração que criou ou ativou
    /// | Leaves the subscription active that it made or activated
    #[arg(long)]
    keep: bool,
    /// Só recebe: não cria nem ativa configuração
    /// | Only receives: makes and activates no subscription
    #[arg(long, conflicts_with_all = ["url", "event", "keep"])]
    no_subscribe: bool,
    /// Não guarda as entregas | Does not keep the deliveries
    #[arg(long)]
    no_history: bool,
}

#[derive(Serialize)]
struct Accepted<'a> {
    status: u16,
    #[serde(flatten)]
    reading: Reading<'a>,
    forwarded: bool,
    #[serde(skip_serializing_if = "About::is_nothing")]
    about: About,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a RawValue>,
}

impl Listen {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let forward = self.forward_to.as_deref();
        let forward = forward
            .map(|url| Receiver::new(lang, "--forward-to", url))
            .transpose()?;
        self.place.chosen.check(lang)?;
        // From here on no signal ends the program by itself.
        let mut signal = signal::ended();
        let known = settings::variable(lang, settings::WEBHOOK_SECRET)?;
        let subscribing = self.subscribing(output, known.is_some())?;
        let keys = match (&subscribing, known) {
            (None, _) => Keys::new("", keys::key(lang)?),
            (Some(subscribing), known) => {
                let known = known.map(|_| keys::key(lang)).transpose()?;
                subscribing.keys(known).await?
            }
        };
        let intake = Intake::new(keys);
        let port = self.port;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
        let (listener, address) = listener
            .and_then(|listener| listener.local_addr().map(|address| (listener, address)))
            .map_err(|error| {
                Failure::usage(match error.kind() {
                    io::ErrorKind::AddrInUse => lang.sandbox_port_in_use(port),
                    _ => lang.sandbox_cannot_listen(port, &files::why(lang, &error)),
                })
            })?;
        let own = format!("http://{address}");
        output.note(&lang.listening(&own));

        let listener_state = Arc::new(Listener {
            output,
            intake,
            forward,
            is_body_shown: self.show_body,
            history: self.history(output).await,
            unread: Notify::new(),
        });
        let answering = Arc::clone(&listener_state);
        let mut serving = pin!(serve::serve(listener, Limits::RECEIVER, move |request| {
            answer(Arc::clone(&answering), request)
        }));
        let mut subscribed = None;
        let mut is_subscribed = false;
        let mut subscribe = pin!(async {
            match &subscribing {
                Some(subscribing) => subscribing.subscribe(&self.place, &own).await,
                None => None,
            }
        });
        loop {
            tokio::select! {
                never = &mut serving => match never {},
                // The reader of the output has closed it.
                () = listener_state.unread.notified() => break,
                () = &mut signal => break,
                done = &mut subscribe, if !is_subscribed => (subscribed, is_subscribed) = (done, true),
            }
        }
        let end = async {
            if !is_subscribed {
                // What is under way may activate it.
                let done = tokio::time::timeout(LAST_ANSWER, subscribe).await;
                subscribed = done.ok().flatten();
            }
            if let (Some(subscribing), Some(subscribed)) = (&subscribing, &subscribed) {
                subscribing.end(output, subscribed, self.keep).await;
            }
        };
        tokio::select! {
            never = &mut serving => match never {},
            () = end => Ok(()),
        }
    }

    /// The account that is subscribed, if there is a token.
    fn subscribing(&self, output: Output, has_secret: bool) -> Result<Option<Wish>, Failure> {
        if self.no_subscribe {
            return Ok(None);
        }
        match Subscribing::new(output) {
            Ok(subscribing) => Ok(Some(Wish {
                subscribing,
                secret: OnceCell::new(),
            })),
            // Without a token there is the secret of the environment.
            Err(failure) if self.place.url.is_none() && has_secret && failure.is_signed_out() => Ok(None),
            Err(failure) if self.place.url.is_none() && has_secret => {
                output.note(&output.lang.hook_not_subscribed(&first_line(&failure)));
                Ok(None)
            }
            Err(failure) if failure.is_signed_out() => {
                Err(failure.with_next(&output.lang.hook_receive_only()))
            }
            Err(failure) => Err(failure),
        }
    }

    /// The history; without one if it cannot be kept.
    async fn history(&self, output: Output) -> Option<History> {
        if self.no_history {
            return None;
        }
        let lang = output.lang;
        match History::open(lang).await {
            Ok((history, path)) => {
                output.note(&lang.history_at(&path.display().to_string()));
                Some(history)
            }
            Err(failure) => {
                output.note(&lang.history_not_kept(&first_line(&failure)));
                None
            }
        }
    }
}

/// An account that is subscribed, and its secret.
struct Wish {
    subscribing: Subscribing,
    secret: OnceCell<SigningSecret>,
}

impl Wish {
    /// The keys of the receiver. Where the environment has one, it does without the API's.
    async fn keys(&self, known: Option<Key>) -> Result<Keys, Failure> {
        let output = self.subscribing.output();
        let known = known.map(|key| Keys::new("", key));
        match (self.subscribing.secret().await, known) {
            (Ok(secret), known) => {
                output.note(&output.lang.hook_secret_fetched());
                let keys = Subscribing::keys(output.lang, known, &secret);
                // It is empty.
                let _ = self.secret.set(secret);
                keys
            }
            (Err(failure), Some(known)) => {
                output.note(&output.lang.hook_not_subscribed(&first_line(&failure)));
                Ok(known)
            }
            (Err(failure), None) => Err(failure),
        }
    }

    /// Subscribes the address, or this machine's at a sandbox. What is missing is said, and the
    /// receiver goes on.
    async fn subscribe(&self, place: &Place, own: &str) -> Option<Subscribed> {
        let output = self.subscribing.output();
        let secret = self.secret.get()?;
        let is_sandbox = self.subscribing.api().origins().api().is_loopback();
        let url = match &place.url {
            Some(url) => url.clone(),
            None if is_sandbox => own.into(),
            None => {
                output.note(&output.lang.hook_needs_url());
                return None;
            }
        };
        match self.subscribing.subscribe(&url, &place.chosen).await {
            Ok(subscribed) => {
                self.subscribing.compare_secret(&subscribed.subscription, secret);
                Some(subscribed)
            }
            Err(failure) => {
                output.failure(&failure);
                output.note(&output.lang.hook_still_receiving());
                None
            }
        }
    }

    /// Disables what was made or activated.
    async fn end(&self, output: Output, subscribed: &Subscribed, is_kept: bool) {
        let is_ours = subscribed.is_new || subscribed.is_activated;
        if !is_ours {
            return;
        }
        if is_kept {
            let id = subscribed.subscription.id.as_str();
            output.note(&output.lang.hook_kept(id));
        } else {
            self.subscribing.end(subscribed).await;
        }
    }
}

fn first_line(failure: &Failure) -> String {
    let text = failure.text().unwrap_or_default();
    text.lines().next().unwrap_or_default().to_owned()
}

/// The state that the answers share.
struct Listener {
    output: Output,
    intake: Intake,
    forward: Option<Receiver>,
    is_body_shown: bool,
    history: Option<History>,
    /// The reader of the output has closed it.
    unread: Notify,
}

/// Headers that are forwarded as they came.
struct Head {
    signature: HeaderValue,
    /// The content type.
    others: HeaderMap,
}

async fn answer(listener: Arc<Listener>, request: Request) -> Response {
    let headers = request.headers();
    let head = headers.get(SIGNATURE_HEADER).map(|signature| Head {
        signature: signature.clone(),
        others: headers
            .get(CONTENT_TYPE)
            .map(|content_type| (CONTENT_TYPE, content_type.clone()))
            .into_iter()
            .collect(),
    });
    match listener.intake.receive(request).await {
        Ok(Receipt::Delivery(delivery)) => {
            // A task of its own: it goes on even if the sender does not wait for the answer.
            let work = tokio::spawn(async move { listener.deliver(delivery, head).await });
            work.await.unwrap_or_else(|_| plain(Verdict::FAILED))
        }
        Ok(Receipt::Ping(ping)) => {
            listener.print_ping(ping);
            plain(Verdict::PING)
        }
        Err(refused) => {
            let verdict = Verdict::from(refused);
            listener.print_refused(refused, verdict);
            plain(verdict)
        }
    }
}

fn plain(verdict: Verdict) -> Response {
    reply(verdict).map(Body::new).into_response()
}

impl Listener {
    async fn deliver<B: AsRef<[u8]> + Send + Sync>(
        &self,
        delivery: Delivery<B>,
        head: Option<Head>,
    ) -> Response {
        let (response, error) = match (&self.forward, head) {
            (Some(forward), Some(head)) => {
                let body = delivery.body().to_vec();
                match forward.post(head.signature, head.others, body).await {
                    Ok(answered) => (passed_back(answered), None),
                    Err(error) => (plain(Verdict::LATER), Some(post::why(self.output.lang, &error))),
                }
            }
            _ => (plain(Verdict::ACCEPTED), None),
        };
        self.print_delivery(&delivery, response.status().as_u16(), error.as_deref());
        if let Some(history) = &self.history
            && let Err(error) = history.keep(&delivery).await
        {
            let lang = self.output.lang;
            let why = database::cause(lang, &error);
            self.output.note(&lang.history_not_kept(&why));
        }
        response
    }

    fn print_delivery<B: AsRef<[u8]>>(&self, delivery: &Delivery<B>, status: u16, error: Option<&str>) {
        let lang = self.output.lang;
        let event = delivery.read();
        let line = if self.output.json {
            let body = self.body(delivery, json::compact);
            let body = body.and_then(|body| RawValue::from_string(body).ok());
            serde_json::to_string(&Accepted {
                status,
                reading: Reading::of(delivery, &event),
                forwarded: self.forward.is_some() && error.is_none(),
                about: About::of(delivery),
                body: body.as_deref(),
            })
            .unwrap_or_default()
        } else {
            let note = error.map(|why| lang.not_forwarded(why.lines().next().unwrap_or_default()));
            let parts = report::parts(lang, delivery, &event, note);
            let line = std::iter::once(report::in_a_line(status, &parts));
            let body = self.body(delivery, json::pretty).unwrap_or_default();
            let body = body.lines().map(crate::output::printable);
            line.chain(body).collect::<Vec<_>>().join("\n")
        };
        self.print(&if self.output.json {
            json::harmless(&line)
        } else {
            line
        });
    }

    /// The body, if it is wanted and is JSON, with the secret masked.
    fn body<B: AsRef<[u8]>>(
        &self,
        delivery: &Delivery<B>,
        written: fn(&[u8]) -> Option<Vec<u8>>,
    ) -> Option<String> {
        let body = self.is_body_shown.then(|| written(delivery.body())).flatten()?;
        String::from_utf8(json::masked(&body, report::SECRET)).ok()
    }

    fn print_ping(&self, ping: Ping) {
        self.print(&report::ping_line(self.output, ping));
    }

    fn print_refused(&self, refused: Refused, verdict: Verdict) {
        self.print(&report::refused_line(self.output, refused, verdict));
    }

    fn print(&self, line: &str) {
        if !matches!(self.output.offer(format!("{line}\n").as_bytes()), Ok(true)) {
            self.unread.notify_one();
        }
    }
}

/// The answer of the receiver behind this one.
fn passed_back(answered: http::Response<Vec<u8>>) -> Response {
    let (head, body) = answered.into_parts();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = head.status;
    if let Some(content_type) = head.headers.get(CONTENT_TYPE) {
        response.headers_mut().insert(CONTENT_TYPE, content_type.clone());
    }
    response
}
