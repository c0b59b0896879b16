//! Settings from the environment.

use std::env;
use std::time::Duration;

use eduzz_hyper::Pacing;
use eduzz_wire::{Origins, Pace};

use crate::failure::Failure;
use crate::lang::Lang;

/// Points all three origins to a sandbox.
pub(crate) const SANDBOX: &str = "EDUZZ_SANDBOX";
/// A token, instead of the stored one.
pub(crate) const TOKEN: &str = "EDUZZ_TOKEN";
/// The application's id.
pub(crate) const CLIENT_ID: &str = "EDUZZ_CLIENT_ID";
/// The application's secret.
pub(crate) const CLIENT_SECRET: &str = "EDUZZ_CLIENT_SECRET";
/// The secret that signs the webhooks.
pub(crate) const WEBHOOK_SECRET: &str = "EDUZZ_WEBHOOK_SECRET";
/// The database of the inbox.
pub(crate) const DB: &str = "EDUZZ_DB";
/// The calls a minute of each endpoint.
pub(crate) const PACE: &str = "EDUZZ_PACE";
/// The return URL of the sign-in.
pub(crate) const RETURN_URL: &str = "EDUZZ_RETURN_URL";
/// The profile, whose sign-in is used.
pub(crate) const PROFILE: &str = "EDUZZ_PROFILE";
/// The folder of the stored grant.
pub(crate) const CONFIG_DIR: &str = "EDUZZ_CONFIG_DIR";

/// The default return URL, which is registered with the sandbox.
pub(crate) const DEFAULT_RETURN_URL: &str = "http://127.0.0.1:8484/retorno";

/// The text of a variable; an empty one counts as not set.
pub(crate) fn variable(lang: Lang, name: &str) -> Result<Option<String>, Failure> {
    match env::var(name) {
        Ok(text) => Ok(Some(text).filter(|text| !text.trim().is_empty())),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => Err(Failure::usage(lang.variable_not_text(name))),
    }
}

/// The pace of calls; by default the documented one.
pub(crate) fn pacing(lang: Lang) -> Result<Pacing, Failure> {
    match variable(lang, PACE)?.as_deref().map(str::trim) {
        None => Ok(Pacing::default()),
        Some("off") => Ok(Pacing::off()),
        Some(text) => match text.parse() {
            Ok(requests) if requests > 0 => Ok(Pacing::new(Pace {
                requests,
                per: Duration::from_secs(60),
            })),
            _ => Err(Failure::usage(lang.bad_pace())),
        },
    }
}

/// The origins of the calls.
pub(crate) fn origins(lang: Lang) -> Result<Origins, Failure> {
    match variable(lang, SANDBOX)? {
        Some(url) => Origins::sandbox(&url).map_err(|_| Failure::usage(lang.sandbox_not_loopback())),
        None => Ok(Origins::production()),
    }
}
