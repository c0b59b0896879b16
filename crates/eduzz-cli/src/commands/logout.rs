//! `eduzz logout`: removes the stored grant.

use clap::Args;
use serde::Serialize;

use crate::failure::Failure;
use crate::output::Output;
use crate::store::Store;

/// Sai da conta: apaga o login salvo | Signs out: removes the stored sign-in
#[derive(Debug, Args)]
pub(crate) struct Logout {}

#[derive(Serialize)]
struct SignedOut {
    /// Whether there was a grant.
    forgotten: bool,
}

impl Logout {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let forgotten = Store::find(output.lang)?.forget()?;
        if output.json {
            return output.json(&SignedOut { forgotten });
        }
        output.line(&if forgotten {
            output.lang.signed_out()
        } else {
            output.lang.was_signed_out()
        })
    }
}
