//! `eduzz webhook verify`: whether a captured delivery is genuine.

use clap::Args;
use eduzz_webhook::{Forged, Key};
use serde::Serialize;

use super::keys;
use super::report::{self, Reading};
use crate::failure::Failure;
use crate::files;
use crate::output::Output;

/// Confere a assinatura de um corpo capturado | Verifies the signature of a captured body
#[derive(Debug, Args)]
#[command(after_help = "\
A assinatura é dos bytes como vieram: sem cortes, sem reformatação, sem uma quebra de linha a
mais.

Saída: 0 autêntica · 1 não é · 2 uso errado
 | \n\
The signature is of the bytes as they came: not trimmed, not rewritten, without an extra line
break.

Exit: 0 genuine · 1 not genuine · 2 wrong usage")]
pub(crate) struct Verify {
    /// Arquivo com o corpo; sem ele, ou com -, a entrada padrão
    /// | File with the body; without it, or with -, the standard input
    #[arg(value_name = "ARQUIVO | FILE")]
    file: Option<String>,
    /// O valor do cabeçalho x-signature | The value of the header x-signature
    // A value may begin with a minus.
    #[arg(long, value_name = "HEX", allow_hyphen_values = true)]
    signature: String,
}

#[derive(Serialize)]
struct Genuine<'a> {
    genuine: bool,
    #[serde(flatten)]
    reading: Reading<'a>,
}

#[derive(Serialize)]
struct NotGenuine {
    genuine: bool,
    why: &'static str,
}

impl Verify {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let key = keys::key(lang)?;
        let signature = self.signature.as_str();
        let body = files::read(output, self.file.as_deref()).await?;
        let delivery = match key.open(signature, &body) {
            Ok(delivery) => delivery,
            Err(forged) => return Err(refused(output, &key, forged, signature, &body)?),
        };
        let event = delivery.read();
        let reading = Reading::of(&delivery, &event);
        if output.json {
            return output.json(&Genuine {
                genuine: true,
                reading,
            });
        }
        output.line(&lang.genuine(reading.event.unwrap_or("?")))?;
        let rows = [
            (lang.delivery_id(), reading.id.map(str::to_owned)),
            (lang.delivery_sent(), reading.sent(lang)),
            (
                lang.delivery_reading(),
                Some(reading.in_words(lang, &event.value)),
            ),
            (lang.delivery_sample(), reading.sample.then(|| lang.sample())),
            (
                lang.left_out(),
                Some(lang.parts(&event.left_out)).filter(|parts| !parts.is_empty()),
            ),
        ];
        let row = |(name, value): (String, Option<String>)| Some(vec![name, value?]);
        output.table(&[], rows.into_iter().filter_map(row))
    }
}

/// Reports a delivery that is not genuine.
fn refused(
    output: Output,
    key: &Key,
    forged: Forged,
    signature: &str,
    body: &[u8],
) -> Result<Failure, Failure> {
    let lang = output.lang;
    let (code, why) = report::forged(lang, forged);
    if output.json {
        output.json(&NotGenuine {
            genuine: false,
            why: code,
        })?;
        return Ok(Failure::reported());
    }
    let is_trimmed = forged == Forged::OtherKey && is_of_trimmed(key, signature, body);
    let why = if is_trimmed {
        lang.signature_of_trimmed()
    } else {
        why
    };
    Ok(Failure::rejected(lang.not_genuine(&why)))
}

/// Whether the signature fits the body without the mark and blanks that editors and shells put
/// around it.
fn is_of_trimmed(key: &Key, signature: &str, body: &[u8]) -> bool {
    let bare = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii();
    bare.len() < body.len() && key.open(signature, bare).is_ok()
}
