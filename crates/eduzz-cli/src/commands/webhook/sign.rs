//! `eduzz webhook sign`: the signature that Eduzz would send with a body.

use clap::Args;
use eduzz_webhook::SIGNATURE_HEADER;
use serde::Serialize;

use super::keys;
use crate::failure::Failure;
use crate::files;
use crate::output::Output;

/// Assina um corpo como a Eduzz assinaria (o valor de x-signature)
/// | Signs a body as Eduzz would (the value of x-signature)
#[derive(Debug, Args)]
pub(crate) struct Sign {
    /// Arquivo com o corpo; sem ele, ou com -, a entrada padrão
    /// | File with the body; without it, or with -, the standard input
    #[arg(value_name = "ARQUIVO | FILE")]
    file: Option<String>,
}

#[derive(Serialize)]
struct Signed<'a> {
    header: &'static str,
    signature: &'a str,
}

impl Sign {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let key = keys::key(output.lang)?;
        let body = files::read(output, self.file.as_deref()).await?;
        let signature = key.sign(&body);
        if output.json {
            output.json(&Signed {
                header: SIGNATURE_HEADER,
                signature: signature.as_str(),
            })
        } else {
            output.line(signature.as_str())
        }
    }
}
