//! `eduzz logout`: forgets the stored grant.

use serde::Serialize;

use crate::failure::Failure;
use crate::output::Output;
use crate::store::Store;

#[derive(Serialize)]
struct SignedOut {
    /// Whether there was something to forget.
    forgotten: bool,
}

pub(super) fn run(output: Output) -> Result<(), Failure> {
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
