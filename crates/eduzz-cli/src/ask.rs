//! Secrets: from the environment, else asked for on the terminal. They are never arguments, which
//! other programs can see.

use std::io;

use crate::failure::Failure;
use crate::lang::Lang;
use crate::settings;

/// The texts of a question for a secret.
pub(crate) struct Prompt {
    pub(crate) question: String,
    /// The error of an empty answer.
    pub(crate) empty: String,
    /// The error without a terminal.
    pub(crate) missing: String,
}

/// The secret of this variable.
pub(crate) fn secret(lang: Lang, variable: &str, prompt: &Prompt) -> Result<String, Failure> {
    if let Some(secret) = settings::variable(lang, variable)? {
        return Ok(secret);
    }
    // It blocks: there is nothing else to do, and its own Ctrl-C restores the terminal.
    match rpassword::prompt_password(&prompt.question) {
        Ok(secret) if !secret.trim().is_empty() => Ok(secret),
        Err(error) if error.kind() == io::ErrorKind::Interrupted => {
            Err(Failure::interrupted(lang.interrupted()))
        }
        Ok(_) => Err(Failure::usage(prompt.empty.clone())),
        Err(_) => Err(Failure::usage(prompt.missing.clone())),
    }
}
