//! The request that delivers, over a socket.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::header::{CONTENT_TYPE, HOST, USER_AGENT};
use axum::http::{Method, Request, Response};
use eduzz_webhook::SIGNATURE_HEADER;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::delivery::{Attempt, ReceiverAnswer};
use super::receiver::Receiver;

/// How much of an answer's body is kept.
const KEPT: usize = 16 * 1024;

/// Sends an attempt, and gives the receiver's answer.
pub(crate) async fn deliver(attempt: &Attempt, time_out: Duration) -> ReceiverAnswer {
    match tokio::time::timeout(time_out, post(attempt)).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(reason)) => ReceiverAnswer::none(reason),
        Err(_) => ReceiverAnswer::none(format!("no answer within {} s", time_out.as_secs_f32())),
    }
}

/// One request on its own connection. Redirects are not followed.
async fn post(attempt: &Attempt) -> Result<ReceiverAnswer, String> {
    let receiver = Receiver::read(&attempt.url)?;
    let socket = connect(&receiver).await?;
    let connected = http1::handshake(TokioIo::new(socket)).await;
    let (mut sender, connection) = connected.map_err(|error| format!("no HTTP: {error}"))?;
    let request = request(&receiver, attempt).ok_or("the request cannot be written")?;
    let answered = async {
        let response = sender.send_request(request).await;
        let response = response.map_err(|error| format!("no answer: {error}"))?;
        Ok(read(response).await)
    };
    tokio::pin!(answered, connection);
    let mut is_open = true;
    loop {
        tokio::select! {
            answer = &mut answered => return answer,
            // The receiver may close before the body is read; the rest can still be read.
            _ = &mut connection, if is_open => is_open = false,
        }
    }
}

async fn connect(receiver: &Receiver) -> Result<TcpStream, String> {
    let mut failed = String::from("no address");
    for address in receiver.addresses() {
        match TcpStream::connect(address).await {
            Ok(socket) => {
                // Without it, small requests are only slower.
                let _ = socket.set_nodelay(true);
                return Ok(socket);
            }
            Err(error) => failed = format!("no connection: {error}"),
        }
    }
    Err(failed)
}

fn request(receiver: &Receiver, attempt: &Attempt) -> Option<Request<Full<Bytes>>> {
    let uri = receiver.uri();
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    Request::builder()
        .method(Method::POST)
        .uri(target)
        .header(HOST, uri.authority()?.as_str())
        .header(CONTENT_TYPE, "application/json")
        .header(USER_AGENT, "eduzz-sandbox")
        .header(SIGNATURE_HEADER, &attempt.signature)
        .body(Full::new(Bytes::from_owner(Arc::clone(&attempt.body))))
        .ok()
}

/// The status, and the beginning of the body. A body that breaks off does not matter: the status
/// decides.
async fn read(response: Response<Incoming>) -> ReceiverAnswer {
    let status = response.status().as_u16();
    let mut body = response.into_body();
    let mut kept = Vec::new();
    while let Some(Ok(frame)) = body.frame().await {
        let Ok(data) = frame.into_data() else { break };
        kept.extend_from_slice(&data);
        if kept.len() >= KEPT {
            kept.truncate(KEPT);
            break;
        }
    }
    ReceiverAnswer::Status {
        status,
        body: String::from_utf8_lossy(&kept).into_owned(),
    }
}
