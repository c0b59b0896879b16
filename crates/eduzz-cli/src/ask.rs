//! Secrets: from the environment, else asked for on the terminal. They are never arguments, which
//! other programs can see.

use std::io;

use crate::failure::Failure;
use crate::lang::Lang;
use crate::settings;

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
