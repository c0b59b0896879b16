//! `eduzz webhook listen`: receives deliveries on this machine, shows them, and hands them on.

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use clap::ArgMatches;
use eduzz_receiver::{Intake, Refused, reply};
use eduzz_webhook::{Delivery, Keys, Ping, Receipt, SIGNATURE_HEADER, Verdict};
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use serde::Serialize;
use serde_json::value::RawValue;
use tokio::net::TcpListener;
use tokio::sync::Notify;

use super::keys;
use super::post::{self, Receiver};
use super::serve::{self, Limits};
use super::told::{self, About, Reading};
use crate::failure::Failure;
use crate::output::Output;
use crate::{files, json};

/// A head is a few hundred bytes; each connection may hold a body of 4 MiB.
const LIMITS: Limits = Limits {
    head_time: Duration::from_secs(10),
    connections: 64,
};
/// A secret that stands in the bodies of some events.
const SECRET: &str = "originSecret";

#[derive(Serialize)]
struct Taken<'a> {
    status: u16,
    #[serde(flatten)]
    reading: Reading<'a>,
    forwarded: bool,
    #[serde(skip_serializing_if = "About::is_nothing")]
    about: About,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a RawValue>,
}

#[derive(Serialize)]
struct Checked {
    status: u16,
    ping: &'static str,
}

#[derive(Serialize)]
struct NotTaken {
    status: u16,
    refused: &'static str,
}

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    let lang = output.lang;
    let forward = matches
        .get_one::<String>("forward-to")
        .map(|url| Receiver::new(lang, "--forward-to", url))
        .transpose()?;
    let intake = Intake::new(Keys::new("", keys::key(lang)?));
    let port = matches.get_one::<u16>("port").copied().unwrap_or(0);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    let (listener, address) = listener
        .and_then(|listener| listener.local_addr().map(|address| (listener, address)))
        .map_err(|error| {
            Failure::usage(match error.kind() {
                io::ErrorKind::AddrInUse => lang.sandbox_port_in_use(port),
                _ => lang.sandbox_cannot_listen(port, &files::why(lang, &error)),
            })
        })?;
    // What comes is the output; where it comes to is not.
    output.note(&lang.listening(&format!("http://{address}")));

    let desk = Arc::new(Desk {
        output,
        intake,
        forward,
        is_body_shown: matches.get_flag("show-body"),
        unread: Notify::new(),
    });
    let answering = Arc::clone(&desk);
    let serving = serve::serve(listener, LIMITS, move |request| {
        answer(Arc::clone(&answering), request)
    });
    tokio::select! {
        never = serving => match never {},
        // Whoever no longer reads has read enough.
        () = desk.unread.notified() => Ok(()),
    }
}

/// What the answers share.
struct Desk {
    output: Output,
    intake: Intake,
    forward: Option<Receiver>,
    /// The person wants the bodies, with what they hold of others.
    is_body_shown: bool,
    /// Nobody reads the output any more.
    unread: Notify,
}

/// What has to be handed on as it came.
struct Head {
    signature: HeaderValue,
    content_type: Option<HeaderValue>,
}

async fn answer(desk: Arc<Desk>, request: Request) -> Response {
    let headers = request.headers();
    let head = headers.get(SIGNATURE_HEADER).map(|signature| Head {
        signature: signature.clone(),
        content_type: headers.get(CONTENT_TYPE).cloned(),
    });
    match desk.intake.receive(request).await {
        Ok(Receipt::Delivery(delivery)) => {
            // A task of its own: what began is handed on and shown, even if the sender does not wait for the answer.
            let work = tokio::spawn(async move { desk.deliver(delivery, head).await });
            work.await.unwrap_or_else(|_| plain(Verdict::FAILED))
        }
        Ok(Receipt::Ping(ping)) => {
            desk.tell_ping(ping);
            plain(Verdict::PING)
        }
        Err(refused) => {
            let verdict = Verdict::from(refused);
            desk.tell_refused(refused, verdict);
            plain(verdict)
        }
    }
}

fn plain(verdict: Verdict) -> Response {
    reply(verdict).map(Body::new).into_response()
}

impl Desk {
    async fn deliver<B: AsRef<[u8]>>(&self, delivery: Delivery<B>, head: Option<Head>) -> Response {
        let (response, trouble) = match (&self.forward, head) {
            (Some(forward), Some(head)) => {
                let body = delivery.body().to_vec();
                match forward.post(head.signature, head.content_type, body).await {
                    Ok(answered) => (handed_back(answered), None),
                    Err(error) => (plain(Verdict::LATER), Some(post::why(self.output.lang, &error))),
                }
            }
            _ => (plain(Verdict::ACCEPTED), None),
        };
        self.tell_delivery(&delivery, response.status().as_u16(), trouble.as_deref());
        response
    }

    fn tell_delivery<B: AsRef<[u8]>>(&self, delivery: &Delivery<B>, status: u16, trouble: Option<&str>) {
        let lang = self.output.lang;
        let event = delivery.event();
        let reading = Reading::of(delivery, &event);
        let about = About::of(delivery);
        let line = if self.output.json {
            let body = self.body(delivery, json::compact);
            let body = body.and_then(|body| RawValue::from_string(body).ok());
            serde_json::to_string(&Taken {
                status,
                reading,
                forwarded: self.forward.is_some() && trouble.is_none(),
                about,
                body: body.as_deref(),
            })
            .unwrap_or_default()
        } else {
            let note = match (reading.reading, trouble) {
                (_, Some(why)) => lang.not_forwarded(why.lines().next().unwrap_or_default()),
                ("known", None) => String::new(),
                (_, None) => reading.in_words(lang, &event),
            };
            let parts = [
                reading.event.unwrap_or("?"),
                reading.id.unwrap_or_default(),
                reading.sent_date.unwrap_or_default(),
                &about.to_string(),
                &note,
            ];
            let line = std::iter::once(in_a_line(status, &parts));
            let body = self.body(delivery, json::pretty).unwrap_or_default();
            let body = body.lines().map(crate::output::printable);
            line.chain(body).collect::<Vec<_>>().join("\n")
        };
        self.print(&line);
    }

    /// The body, if the person wants it and it is JSON, without the secret that stands in some.
    fn body<B: AsRef<[u8]>>(
        &self,
        delivery: &Delivery<B>,
        written: fn(&[u8]) -> Option<Vec<u8>>,
    ) -> Option<String> {
        let body = self.is_body_shown.then(|| written(delivery.body())).flatten()?;
        String::from_utf8(json::masked(&body, SECRET)).ok()
    }

    fn tell_ping(&self, ping: Ping) {
        let status = Verdict::PING.status();
        let line = if self.output.json {
            let ping = told::ping_code(ping);
            serde_json::to_string(&Checked { status, ping }).unwrap_or_default()
        } else {
            in_a_line(status, &["ping", &told::ping(self.output.lang, ping)])
        };
        self.print(&line);
    }

    fn tell_refused(&self, refused: Refused, verdict: Verdict) {
        let (status, lang) = (verdict.status(), self.output.lang);
        let line = if self.output.json {
            let refused = told::refused_code(refused);
            serde_json::to_string(&NotTaken { status, refused }).unwrap_or_default()
        } else {
            let why = told::refused(lang, refused);
            in_a_line(
                status,
                &[&lang.refused_line(why.lines().next().unwrap_or_default())],
            )
        };
        self.print(&line);
    }

    fn print(&self, line: &str) {
        if !matches!(self.output.offer(format!("{line}\n").as_bytes()), Ok(true)) {
            self.unread.notify_one();
        }
    }
}

/// The answer of the receiver behind this one: its status and its words.
fn handed_back(answered: http::Response<Vec<u8>>) -> Response {
    let (head, body) = answered.into_parts();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = head.status;
    if let Some(content_type) = head.headers.get(CONTENT_TYPE) {
        response.headers_mut().insert(CONTENT_TYPE, content_type.clone());
    }
    response
}

/// The status, and what else is to be told, in one line.
fn in_a_line(status: u16, parts: &[&str]) -> String {
    let parts = parts.iter().filter(|part| !part.is_empty());
    let parts = parts.map(|part| crate::output::printable(part));
    let words: Vec<String> = std::iter::once(status.to_string()).chain(parts).collect();
    words.join("  ")
}
