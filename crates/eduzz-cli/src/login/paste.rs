//! The address that the browser ended on, pasted by the user.

use std::io::{self, BufRead as _, Read as _};

use eduzz_oauth::{App, CallbackErrorKind, ExchangeCode, Pending};
use tokio::task::spawn_blocking;

use crate::failure::Failure;
use crate::lang::Lang;
use crate::output::{self, Output};

/// The longest line that is read; a real address has some 200 characters.
const LONGEST: u64 = 64 * 1024;
/// The longest address that is put together of lines.
const LONGEST_ADDRESS: usize = 64 * 1024;

/// Reads the address, which may come over several lines; on a terminal, asks again for one that
/// does not answer this sign-in.
pub(crate) async fn callback(
    output: Output,
    app: &App,
    mut pending: Pending,
    state: &str,
) -> Result<ExchangeCode, Failure> {
    let lang = output.lang;
    output.note(&lang.paste_here());
    let mut before = String::new();
    let mut why = None;
    loop {
        let line = match (line(lang).await?, why.take()) {
            (line, None) if line.trim().is_empty() => return Err(Failure::usage(lang.nothing_pasted())),
            (line, Some(why)) if line.is_empty() => return Err(Failure::usage(why)),
            (line, _) => line,
        };
        let line = unwrapped(&line);
        // A line that begins an address, or is whole, stands alone; another one goes on.
        let joined = (!before.is_empty() && !line.contains("://")).then(|| format!("{before}{line}"));
        let mut kind = CallbackErrorKind::NotAQuery;
        for text in [Some(&line), joined.as_ref()].into_iter().flatten() {
            let error = match pending.returned(app, text) {
                Ok(code) => return Ok(code),
                Err(error) => error,
            };
            kind = error.kind().clone();
            match error.into_pending() {
                Some(still) => pending = still,
                None => return Err(super::ended(lang, &kind)),
            }
        }
        before = joined.unwrap_or(line);
        if before.len() > LONGEST_ADDRESS {
            before.clear();
        }
        let now = self::why(lang, &kind, &before, &pending, state);
        if output::is_interactive() {
            output.note(&format!("{now}\n{}", lang.paste_again()));
        }
        why = Some(now);
    }
}

/// A line; an empty one is the end of the input.
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
        Ok(Ok(line)) => Ok(line),
        Ok(Err(_)) | Err(_) => Err(Failure::usage(lang.cannot_read_stdin())),
    }
}

/// The address without blanks, which no address has, without what mail programs and shells put
/// within it, and without the quotes, brackets and stops around it.
fn unwrapped(line: &str) -> String {
    let mut text: String = line
        .chars()
        .filter(|c| {
            !c.is_whitespace()
                && !output::steers(*c)
                && !"\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}".contains(*c)
        })
        .collect();
    for amp in ["&amp;", "&#38;", "&#x26;", "\\u0026"] {
        text = text.replace(amp, "&");
    }
    text = text.replace('\\', "");
    let is_around = |c: char| "\"'`´“”„‘’‹›«»<>()[]{}|*.,;:!…".contains(c);
    text.trim_matches(is_around).to_owned()
}

/// The state of a sign-in's address, which is hexadecimal.
pub(crate) fn state_of(url: &str) -> &str {
    let (_, state) = url.split_once("state=").unwrap_or_default();
    state.split('&').next().unwrap_or_default()
}

fn why(lang: Lang, kind: &CallbackErrorKind, text: &str, pending: &Pending, state: &str) -> String {
    let return_url = pending.return_url().as_str();
    let is_cut = match kind {
        CallbackErrorKind::OtherState => state.starts_with(state_of(text)),
        CallbackErrorKind::NoState => text.contains("code=") || text.contains("error="),
        CallbackErrorKind::NoCode => !text.contains("://"),
        // Within the name of the first parameter.
        CallbackErrorKind::NotAQuery => {
            let begins = text
                .strip_prefix(return_url)
                .is_some_and(|rest| rest.starts_with(['?', '&']));
            begins || (text.contains("://") && text.len() < return_url.len() && return_url.starts_with(text))
        }
        _ => false,
    };
    match kind {
        _ if is_cut => lang.paste_cut(),
        CallbackErrorKind::NoCode => lang.paste_no_code(),
        CallbackErrorKind::NoState
        | CallbackErrorKind::StateTwice
        | CallbackErrorKind::StateUndefined
        | CallbackErrorKind::OtherState
        | CallbackErrorKind::OtherApp => lang.paste_other_sign_in(),
        _ => lang.paste_not_an_address(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrappers_are_taken_off() {
        let address = "http://127.0.0.1:8484/retorno?code=a-b_c%2F.d&state=0f1e";
        for pasted in [
            "  {}\r\n",
            "\"{}\"",
            "'{}'",
            "`{}`",
            "“{}”",
            "«{}»",
            "<{}>",
            "({})",
            "[{}]",
            "<{}>.",
            "({}).",
            "{}.",
            "{},",
            "{};",
            "{}]",
            "\"{}\",",
            "\u{feff}{}\u{200b}",
            "**{}**",
            "\u{202a}{}\u{202c}",
        ] {
            assert_eq!(unwrapped(&pasted.replace("{}", address)), address, "{pasted}");
        }
        for amp in ["&amp;", "&#38;", "\\u0026", "\\&", " &\n"] {
            assert_eq!(unwrapped(&address.replace('&', amp)), address, "{amp}");
        }
        assert_eq!(unwrapped("?code=a&state=b"), "?code=a&state=b");
    }
}
