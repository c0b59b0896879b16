//! Questions on the terminal. Secrets come from the environment, else they are asked for; they are
//! never arguments, which other programs can see.

use std::io::{self, BufRead as _, Read as _};

use tokio::task::spawn_blocking;

use crate::failure::Failure;
use crate::lang::Lang;
use crate::output::{self, Output};
use crate::settings;

/// Whether the user says yes; an error without a terminal.
pub(crate) async fn is_agreed(output: Output, question: &str, missing: String) -> Result<bool, Failure> {
    if !output::is_interactive() {
        return Err(Failure::usage(missing));
    }
    output.note(question);
    let read = spawn_blocking(|| {
        let mut line = String::new();
        io::stdin().lock().take(100).read_line(&mut line).map(|_| line)
    });
    match read.await {
        Ok(Ok(line)) => Ok(["s", "sim", "y", "yes"].contains(&line.trim().to_lowercase().as_str())),
        Ok(Err(_)) | Err(_) => Err(Failure::usage(output.lang.cannot_read_stdin())),
    }
}

/// The secret of this variable. The texts are the question, the error of an empty answer, and the
/// error without a terminal.
pub(crate) fn secret(lang: Lang, variable: &str, texts: [String; 3]) -> Result<String, Failure> {
    let [question, empty, missing] = texts;
    if let Some(secret) = settings::variable(lang, variable)? {
        return Ok(secret);
    }
    // It blocks: there is nothing else to do, and its own Ctrl-C restores the terminal.
    match rpassword::prompt_password(&question) {
        Ok(secret) if !secret.trim().is_empty() => Ok(secret),
        Err(error) if error.kind() == io::ErrorKind::Interrupted => {
            Err(Failure::interrupted(lang.interrupted()))
        }
        Ok(_) => Err(Failure::usage(empty)),
        Err(_) => Err(Failure::usage(missing)),
    }
}
