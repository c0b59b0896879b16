//! The address that the browser ended on, pasted by the user.

use std::io::{self, BufRead as _, Read as _};

use eduzz_oauth::{App, CallbackErrorKind, ExchangeCode, Pending};
use tokio::task::spawn_blocking;

use crate::failure::Failure;
use crate::lang::Lang;
use crate::output::{self, Output};

/// The longest line that is read; a real address has some 200 characters.
const LONGEST: u64 = 64 * 1024;

/// Reads the address; on a terminal, asks again for one that does not answer this sign-in.
pub(crate) async fn callback(
    output: Output,
    app: &App,
    mut pending: Pending,
) -> Result<ExchangeCode, Failure> {
    let lang = output.lang;
    output.note(&lang.paste_here());
    loop {
        let line = line(lang).await?;
        let error = match pending.returned(app, &line) {
            Ok(code) => return Ok(code),
            Err(error) => error,
        };
        let kind = error.kind().clone();
        let Some(still) = error.into_pending() else {
            return Err(super::ended(lang, &kind));
        };
        let why = why(lang, &kind);
        if !output::is_interactive() {
            return Err(Failure::usage(why));
        }
        output.note(&format!("{why}\n{}", lang.paste_again()));
        pending = still;
    }
}

async fn line(lang: Lang) -> Result<String, Failure> {
    let read = spawn_blocking(|| {
        let mut line = String::new();
        io::stdin()
            .lock()
            .take(LONGEST)
            .read_line(&mut line)
            .map(|_| line)
    });
    match read.await {
        Ok(Ok(line)) if !line.trim().is_empty() => Ok(line),
        Ok(Ok(_)) => Err(Failure::usage(lang.nothing_pasted())),
        Ok(Err(_)) | Err(_) => Err(Failure::usage(lang.cannot_read_stdin())),
    }
}

fn why(lang: Lang, kind: &CallbackErrorKind) -> String {
    match kind {
        CallbackErrorKind::NoCode => lang.paste_no_code(),
        CallbackErrorKind::NoState
        | CallbackErrorKind::StateTwice
        | CallbackErrorKind::StateUndefined
        | CallbackErrorKind::OtherState
        | CallbackErrorKind::OtherApp => lang.paste_other_sign_in(),
        _ => lang.paste_not_an_address(),
    }
}
