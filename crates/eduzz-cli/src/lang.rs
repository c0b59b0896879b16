//! The language of the program's texts.

use std::ffi::OsString;

/// A language of the program. Portuguese comes first: its users are Brazilian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lang {
    Pt,
    En,
}

impl Lang {
    /// The language of `--lang`, in any place, else of `eduzz config`, else of the environment.
    /// Help and usage errors need it before the arguments are parsed, so an invalid value is left
    /// for the parser to reject.
    pub(crate) fn choose(
        args: &[OsString],
        configured: impl FnOnce() -> Option<Self>,
        variable: impl Fn(&str) -> Option<OsString>,
    ) -> Self {
        let mut words = args.iter().filter_map(|arg| arg.to_str());
        while let Some(word) = words.next() {
            let value = match word.strip_prefix("--lang") {
                Some("") => words.next(),
                Some(rest) => rest.strip_prefix('='),
                None if word == "--" => break,
                None => None,
            };
            if let Some(lang) = value.and_then(Self::named) {
                return lang;
            }
        }
        if let Some(lang) = configured() {
            return lang;
        }
        // As POSIX orders them; the first that is set decides.
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .filter_map(|name| variable(name))
            .find(|value| !value.is_empty());
        let english =
            locale.is_some_and(|locale| locale.to_string_lossy().to_ascii_lowercase().starts_with("en"));
        if english { Self::En } else { Self::Pt }
    }

    /// The language of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "pt" => Some(Self::Pt),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The text of this language.
    pub(crate) const fn choose_text<'t>(self, pt: &'t str, en: &'t str) -> &'t str {
        match self {
            Self::Pt => pt,
            Self::En => en,
        }
    }

    /// The half of `português | English` in this language; a text without the bar is the same in
    /// both.
    pub(crate) fn half(self, text: &str) -> &str {
        // A long text is divided by a line, and can have pipes of a shell.
        match text.split_once("\n | \n").or_else(|| text.split_once(" | ")) {
            Some((pt, en)) => self.choose_text(pt, en).trim(),
            None => text,
        }
    }

    /// The language's name for a page.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::Pt => "pt-BR",
            Self::En => "en",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The language of a command line after these assignments.
    fn choose(line: &str) -> Lang {
        let (assignments, args): (Vec<&str>, Vec<&str>) = line
            .split(' ')
            .partition(|word| word.contains('=') && !word.starts_with('-'));
        let args: Vec<OsString> = args.iter().map(OsString::from).collect();
        let variables: Vec<_> = assignments
            .iter()
            .filter_map(|pair| pair.split_once('='))
            .collect();
        let configured = || variables.iter().find(|(key, _)| *key == "configured");
        let configured = || Lang::named(configured()?.1);
        Lang::choose(&args, configured, |name| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn option_wins_over_environment() {
        for (line, lang) in [
            ("me", Lang::Pt),
            ("LANG=en_US.UTF-8 me", Lang::En),
            ("LANG=en_US.UTF-8 me --lang pt", Lang::Pt),
            ("LANG=pt_BR --lang=en me", Lang::En),
            ("configured=en me", Lang::En),
            ("configured=pt LANG=en_US me", Lang::Pt),
            ("configured=en me --lang pt", Lang::Pt),
            ("--lang xx me", Lang::Pt),
            ("api -- --lang=en", Lang::Pt),
        ] {
            assert_eq!(choose(line), lang, "{line}");
        }
    }

    #[test]
    fn first_variable_that_is_set_decides() {
        assert_eq!(choose("LC_ALL=C LANG=en_US"), Lang::Pt);
        assert_eq!(choose("LC_ALL= LC_MESSAGES=en LANG=pt_BR"), Lang::En);
        assert_eq!(choose("LANG=de_DE"), Lang::Pt);
    }
}
