//! The program whose size is measured: one call.

#![allow(clippy::print_stdout, reason = "a program that reports to a terminal")]

use eduzz_api::accounts::GetMe;
use eduzz_hyper::{Client, Roots};
use eduzz_types::AccessToken;
use eduzz_wire::{Origin, Origins};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let base = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "https://api.eduzz.com".to_owned());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let me = runtime.block_on(async {
        let api = Origin::parse(&base)?;
        let client = Client::builder()
            .roots(Roots::webpki())
            .origins(Origins::new(api.clone(), api.clone(), api))
            .build()?;
        Ok::<_, Box<dyn std::error::Error>>(client.call(&GetMe::new(), &AccessToken::new("x")).await?)
    })?;
    println!("{me:?}");
    Ok(())
}
