//! Signs in to a sandbox and reads the account, with reqwest: the SDK builds the requests and reads
//! the responses, the program sends them.
//!
//! `cargo run -p sign-in-reqwest`

#![allow(clippy::print_stdout, reason = "an example")]

use std::error::Error;
use std::time::Duration;

use eduzz::api::GetMe;
use eduzz::oauth::{Authorization, State};
use eduzz::sandbox::{Answer, Config, DEFAULT_RETURN_URL, Sandbox};
use eduzz::wire::{EndpointExt as _, Sent};
use eduzz::{App, Origins, Session, Timestamp};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start(Config::default()).await?;
    let origins = Origins::sandbox(&sandbox.url())?;
    let app = App::new(
        &*sandbox.app().client_id,
        &*sandbox.app().client_secret,
        DEFAULT_RETURN_URL,
    )?;
    let client = client()?;

    let sign_in = begin(&app, &origins)?;
    let visit = sandbox.visitor().visit(sign_in.url(), Answer::Approve).await?;

    let exchange = sign_in.into_pending().returned(&app, &visit.returned_to)?;
    let reply = match send(&client, exchange.request(&origins, None)?).await {
        Ok(response) => exchange.answered(&response)?,
        // No retry after the code was sent: the code may be spent.
        Err((sent, source)) => return Err(format!("{}: {source}", exchange.unanswered(sent)).into()),
    };
    let mut session = Session::signed_in(reply.received(Timestamp::now()));

    let call = GetMe::new();
    let request = call.request(&origins, Some(session.token(Timestamp::now())?))?;
    let response = send(&client, request).await.map_err(|(_, source)| source)?;
    let me = call.response(&response)?;
    println!("signed in as account {}", me.id);
    sandbox.stop().await;
    Ok(())
}

/// Begins a sign-in with a state of 256 bits from the system's random generator.
fn begin(app: &App, origins: &Origins) -> Result<Authorization, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(app.authorize(origins, State::from_random(bytes)))
}

/// A client as the SDK needs it: no redirects, a timeout for the whole attempt, no proxy for
/// loopback.
fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(30))
        .connect_timeout(Duration::from_secs(3))
        .no_proxy()
        .build()
}

/// Sends a request once. The error says whether the request may have been sent.
async fn send(
    client: &reqwest::Client,
    request: http::Request<Vec<u8>>,
) -> Result<http::Response<Vec<u8>>, (Sent, reqwest::Error)> {
    let fate = |error: reqwest::Error| {
        let sent = if error.is_connect() || error.is_builder() {
            Sent::NotSent
        } else {
            Sent::MaybeSent
        };
        // A URL may hold personal data, so the error does not print it.
        (sent, error.without_url())
    };
    let response = client
        .execute(reqwest::Request::try_from(request).map_err(fate)?)
        .await
        .map_err(fate)?;
    let mut whole = http::Response::new(Vec::new());
    *whole.status_mut() = response.status();
    *whole.headers_mut() = response.headers().clone();
    *whole.body_mut() = response.bytes().await.map_err(fate)?.into();
    Ok(whole)
}

#[cfg(test)]
mod tests {
    #[test]
    fn this_client_conforms() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        eduzz_testkit::conformance::attempt(|request| {
            let client = super::client().unwrap();
            runtime
                .block_on(super::send(&client, request))
                .map_err(|(sent, _)| sent)
        });
    }
}
