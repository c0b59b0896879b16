//! The profile: which of the stored sign-ins a command uses.

use std::fmt;
use std::sync::OnceLock;

use crate::cli::BadValue;
use crate::config::Config;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::settings;

/// The profile without a name of its own.
const DEFAULT: &str = "default";
/// No name is longer.
const LONGEST: usize = 32;

/// The name of a profile: lower-case letters, digits, `-` and `_`, so that it is a plain name of a
/// folder on every system.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Profile(String);

/// Where the choice of a profile comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Option,
    Variable,
    Config,
    Default,
}

/// The profile of `--profile`.
static GIVEN: OnceLock<Profile> = OnceLock::new();

impl Profile {
    pub(crate) fn default_one() -> Self {
        Self(DEFAULT.to_owned())
    }

    /// Reads a name.
    pub(crate) fn named(text: &str) -> Option<Self> {
        let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
        let starts_plain = text.starts_with(|first: char| first.is_ascii_alphanumeric());
        let is_name = starts_plain && text.len() <= LONGEST && text.bytes().all(is_plain);
        is_name.then(|| Self(text.to_owned()))
    }

    pub(crate) fn is_default(&self) -> bool {
        self.0 == DEFAULT
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Remembers `--profile`.
    pub(crate) fn give(profile: Self) {
        // The command line is read once.
        let _ = GIVEN.set(profile);
    }

    /// The profile to use: of `--profile`, else of `EDUZZ_PROFILE`, else of `eduzz config`.
    pub(crate) fn chosen(lang: Lang) -> Result<(Self, Source), Failure> {
        let read = |name: &str, place: &str| {
            let named = Self::named(name.trim());
            named.ok_or_else(|| Failure::usage(lang.bad_profile(place)))
        };
        if let Some(given) = GIVEN.get() {
            return Ok((given.clone(), Source::Option));
        }
        if let Some(name) = settings::variable(lang, settings::PROFILE)? {
            return Ok((read(&name, settings::PROFILE)?, Source::Variable));
        }
        match Config::load(lang)?.profile {
            Some(name) => Ok((read(&name, "config.json")?, Source::Config)),
            None => Ok((Self::default_one(), Source::Default)),
        }
    }
}

/// Reads `--profile`.
pub(crate) fn read(text: &str) -> Result<Profile, BadValue> {
    Profile::named(text).ok_or(BadValue::Told(|lang| lang.bad_profile("--profile")))
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_plain_names_of_folders() {
        for good in ["default", "loja", "loja-2", "a_b", "0", &"x".repeat(32)] {
            assert_eq!(Profile::named(good).unwrap().as_str(), good);
        }
        for bad in [
            "",
            ".",
            "..",
            "../x",
            "a/b",
            "a\\b",
            "Loja",
            "loja ",
            "-x",
            "_x",
            "é",
            "a.b",
            "a\0",
            &"x".repeat(33),
        ] {
            assert_eq!(Profile::named(bad), None, "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn no_name_leaves_its_folder(text in any::<String>()) {
            if let Some(profile) = Profile::named(&text) {
                let path = std::path::Path::new("profiles").join(profile.as_str());
                prop_assert_eq!(path.components().count(), 2);
                prop_assert!(path.file_name().unwrap().to_str().unwrap() == text);
            }
        }
    }
}
