//! Signs in to a sandbox and reads the account, with the SDK's own client, which handles timeouts,
//! retries and pace.
//!
//! `cargo run -p sign-in-hyper`

#![allow(clippy::print_stdout, reason = "an example")]

use std::error::Error;

use eduzz::api::GetMe;
use eduzz::sandbox::{Answer, Config, DEFAULT_RETURN_URL, Sandbox};
use eduzz::{App, Client, Origins};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start(Config::default()).await?;
    let client = Client::builder()
        .origins(Origins::sandbox(&sandbox.url())?)
        .build()?;
    let app = App::new(
        &*sandbox.app().client_id,
        &*sandbox.app().client_secret,
        DEFAULT_RETURN_URL,
    )?;

    let sign_in = app.authorize(client.origins(), client.new_state()?);
    let visit = sandbox.visitor().visit(sign_in.url(), Answer::Approve).await?;

    let exchange = sign_in.into_pending().returned(&app, &visit.returned_to)?;
    let account = client.signed_in(client.exchange(exchange).await?);

    let me = account.call(&GetMe::new()).await?;
    println!("signed in as account {}", me.id);
    sandbox.stop().await;
    Ok(())
}
