//! Signs in to a sandbox and reads the account, with ureq: no async, no executor below the SDK.
//!
//! `cargo run -p sign-in-ureq`

#![allow(clippy::print_stdout, reason = "an example")]

use std::error::Error;
use std::io;
use std::time::Duration;

use eduzz::api::GetMe;
use eduzz::oauth::{Authorization, State};
use eduzz::sandbox::{Answer, Config, DEFAULT_RETURN_URL, Sandbox};
use eduzz::wire::{EndpointExt as _, Sent};
use eduzz::{App, Origins, Session, Timestamp};

/// A larger body is an error.
const BODY_LIMIT: u64 = 16 * 1024 * 1024;

fn main() -> Result<(), Box<dyn Error>> {
    // Only the sandbox and its visitor need an executor.
    let runtime = tokio::runtime::Runtime::new()?;
    let sandbox = runtime.block_on(Sandbox::start(Config::default()))?;
    let origins = Origins::sandbox(&sandbox.url())?;
    let app = App::new(
        &*sandbox.app().client_id,
        &*sandbox.app().client_secret,
        DEFAULT_RETURN_URL,
    )?;
    let agent = agent();

    let sign_in = begin(&app, &origins)?;
    let visit = runtime.block_on(sandbox.visitor().visit(sign_in.url(), Answer::Approve))?;

    let exchange = sign_in.into_pending().returned(&app, &visit.returned_to)?;
    let reply = match send(&agent, exchange.request(&origins, None)?) {
        Ok(response) => exchange.answered(&response)?,
        // No retry after the code was sent: the code may be spent.
        Err((sent, source)) => return Err(format!("{}: {source}", exchange.unanswered(sent)).into()),
    };
    let mut session = Session::signed_in(reply.received(Timestamp::now()));

    let call = GetMe::new();
    let request = call.request(&origins, Some(session.token(Timestamp::now())?))?;
    let response = send(&agent, request).map_err(|(_, source)| source)?;
    let me = call.response(&response)?;
    println!("signed in as account {}", me.id);
    runtime.block_on(sandbox.stop());
    Ok(())
}

/// Begins a sign-in with a state of 256 bits from the system's random generator.
fn begin(app: &App, origins: &Origins) -> Result<Authorization, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(app.authorize(origins, State::from_random(bytes)))
}

/// A client as the SDK needs it: no redirects, every status a response, a timeout for the whole
/// attempt, no proxy for loopback.
fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(30)))
        .timeout_connect(Some(Duration::from_secs(3)))
        .proxy(None)
        .build()
        .new_agent()
}

/// Sends a request once. The error says whether the request may have been sent.
fn send(
    agent: &ureq::Agent,
    request: http::Request<Vec<u8>>,
) -> Result<http::Response<Vec<u8>>, (Sent, ureq::Error)> {
    let fate = |error: ureq::Error| {
        let refused = matches!(&error, ureq::Error::Io(io) if io.kind() == io::ErrorKind::ConnectionRefused);
        let never = refused || matches!(error, ureq::Error::ConnectionFailed | ureq::Error::HostNotFound);
        (if never { Sent::NotSent } else { Sent::MaybeSent }, error)
    };
    let (parts, mut body) = agent.run(request).map_err(fate)?.into_parts();
    let body = body.with_config().limit(BODY_LIMIT).read_to_vec().map_err(fate)?;
    Ok(http::Response::from_parts(parts, body))
}

#[cfg(test)]
mod tests {
    #[test]
    fn this_client_conforms() {
        eduzz_testkit::conformance::attempt(|request| {
            super::send(&super::agent(), request).map_err(|(sent, _)| sent)
        });
    }
}
