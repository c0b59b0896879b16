//! Secrets: from the environment, else asked for on the terminal. They are never arguments, which every program of the machine
//! can see.

use std::io;

use crate::failure::Failure;
use crate::lang::Lang;
use crate::settings;

/// What is said while a secret is asked for.
pub(crate) struct Words {
    /// The question.
    pub(crate) ask: String,
    /// An answer that is empty.
    pub(crate) empty: String,
    /// No terminal to ask on.
    pub(crate) missing: String,
}

/// The secret of this variable.
pub(crate) fn secret(lang: Lang, variable: &str, words: &Words) -> Result<String, Failure> {
    if let Some(secret) = settings::variable(lang, variable)? {
        return Ok(secret);
    }
    // It blocks, and that is well: nothing else is to be done, and its own Ctrl-C gives the terminal back as it was.
    match rpassword::prompt_password(&words.ask) {
        Ok(secret) if !secret.trim().is_empty() => Ok(secret),
        Err(error) if error.kind() == io::ErrorKind::Interrupted => {
            Err(Failure::interrupted(lang.interrupted()))
        }
        Ok(_) => Err(Failure::usage(words.empty.clone())),
        Err(_) => Err(Failure::usage(words.missing.clone())),
    }
}
