//! Serves the default world on a port of choice, to look at the pages: `cargo run -p eduzz-sandbox --example serve -- 8080`.
#![allow(clippy::print_stdout, reason = "a program talks to its user")]

use eduzz_sandbox::{Config, Sandbox, StartError};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), StartError> {
    let mut config = Config::default();
    config.port = std::env::args()
        .nth(1)
        .and_then(|port| port.parse().ok())
        .unwrap_or(0);
    let sandbox = Sandbox::start(config).await?;
    println!("{}", sandbox.url());
    std::future::pending().await
}
