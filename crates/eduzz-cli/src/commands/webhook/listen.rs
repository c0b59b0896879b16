//! `eduzz webhook listen`: receives deliveries on this machine, shows and forwards them.

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use clap::Args;
use eduzz_receiver::{Intake, Refused, reply};
use eduzz_webhook::{Delivery, Keys, Ping, Receipt, SIGNATURE_HEADER, Verdict};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};
use serde::Serialize;
use serde_json::value::RawValue;
use tokio::net::TcpListener;
use tokio::sync::Notify;

use super::keys;
use super::post::{self, Receiver};
use super::report::{self, About, Reading};
use super::serve::{self, Limits};
use crate::failure::Failure;
use crate::output::Output;
use crate::{files, json};

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

Exit: 0 by Ctrl-C")]
pub(crate) struct Listen {
    /// Porta em 127.0.0.1; 0 é qualquer uma livre | Port on 127.0.0.1; 0 is any free one
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
        let intake = Intake::new(Keys::new("", keys::key(lang)?));
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
        output.note(&lang.listening(&format!("http://{address}")));

        let listener_state = Arc::new(Listener {
            output,
            intake,
            forward,
            is_body_shown: self.show_body,
            unread: Notify::new(),
        });
        let answering = Arc::clone(&listener_state);
        let serving = serve::serve(listener, Limits::RECEIVER, move |request| {
            answer(Arc::clone(&answering), request)
        });
        tokio::select! {
            never = serving => match never {},
            // The reader of the output has closed it.
            () = listener_state.unread.notified() => Ok(()),
        }
    }
}

/// The state that the answers share.
struct Listener {
    output: Output,
    intake: Intake,
    forward: Option<Receiver>,
    is_body_shown: bool,
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
    async fn deliver<B: AsRef<[u8]>>(&self, delivery: Delivery<B>, head: Option<Head>) -> Response {
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
