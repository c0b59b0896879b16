//! `eduzz config`: where the program's files are, what is set, and the defaults.

use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;

use crate::config::{self, Config};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::output::{self, Output};
use crate::profile::{Profile, Source};
use crate::settings;
use crate::store::Store;

/// Mostra os arquivos, as variáveis e os padrões do programa, e muda os padrões
/// | Shows the program's files, variables and defaults, and changes the defaults
#[derive(Debug, Args)]
pub(crate) struct ConfigCommand {
    #[command(subcommand)]
    command: Option<Change>,
}

#[derive(Debug, Subcommand)]
enum Change {
    /// Mostra tudo; nunca o valor de um segredo | Shows all of it; never the value of a secret
    Show,
    /// Define um padrão: language pt|en, profile NOME
    /// | Sets a default: language pt|en, profile NAME
    Set(Set),
    /// Volta ao padrão original | Goes back to the original default
    Unset(Unset),
}

#[derive(Debug, Args)]
struct Set {
    /// language ou profile | language or profile
    #[arg(value_name = "CHAVE | KEY")]
    key: Key,
    /// pt ou en; um nome de perfil | pt or en; the name of a profile
    #[arg(value_name = "VALOR | VALUE")]
    value: String,
}

#[derive(Debug, Args)]
struct Unset {
    /// language ou profile | language or profile
    #[arg(value_name = "CHAVE | KEY")]
    key: Key,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Key {
    Language,
    Profile,
}

/// Variables whose values may be shown.
const SHOWN: [&str; 6] = [
    settings::SANDBOX,
    settings::CLIENT_ID,
    settings::RETURN_URL,
    settings::PROFILE,
    settings::CONFIG_DIR,
    settings::PACE,
];

/// Variables that are, or may hold, a secret.
const SECRET: [&str; 4] = [
    settings::TOKEN,
    settings::CLIENT_SECRET,
    settings::WEBHOOK_SECRET,
    settings::DB,
];

/// All of it, as `--json` prints it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown {
    folder: String,
    session_file: String,
    config_file: String,
    language: &'static str,
    profile: String,
    profile_source: &'static str,
    api: String,
    sandbox: bool,
    variables: Vec<Variable>,
}

#[derive(Serialize)]
struct Variable {
    name: &'static str,
    /// None for a secret.
    value: Option<String>,
}

impl ConfigCommand {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        match self.command {
            None | Some(Change::Show) => show(output),
            Some(Change::Set(set)) => set.run(output),
            Some(Change::Unset(unset)) => unset.run(output),
        }
    }
}

fn show(output: Output) -> Result<(), Failure> {
    let lang = output.lang;
    let folder = config::folder(lang)?;
    let (profile, source) = Profile::chosen(lang)?;
    let origins = settings::origins(lang)?;
    let store = Store::of(lang, profile.clone())?;
    let mut variables = Vec::new();
    for name in SHOWN {
        let value = settings::variable(lang, name)?;
        variables.extend(value.map(|value| Variable {
            name,
            value: Some(value),
        }));
    }
    for name in SECRET {
        let value = settings::variable(lang, name)?;
        variables.extend(value.map(|_| Variable { name, value: None }));
    }
    let shown = Shown {
        session_file: store.path().display().to_string(),
        config_file: config::path(&folder).display().to_string(),
        folder: folder.display().to_string(),
        language: lang.choose_text("pt", "en"),
        profile: profile.to_string(),
        profile_source: match source {
            Source::Option => "--profile",
            Source::Variable => settings::PROFILE,
            Source::Config => "config.json",
            Source::Default => "default",
        },
        api: origins.api().to_string(),
        sandbox: origins.api().is_loopback(),
        variables,
    };
    if output.json {
        return output.json(&shown);
    }
    let place = if shown.sandbox {
        lang.config_sandbox()
    } else {
        lang.config_service()
    };
    let rows = [
        (lang.config_folder(), shown.folder),
        (lang.config_session(), shown.session_file),
        (lang.config_file(), shown.config_file),
        (lang.config_language(), shown.language.to_owned()),
        (
            lang.config_profile(),
            format!("{} ({})", shown.profile, source_text(lang, source)),
        ),
        (lang.config_api(), format!("{} ({place})", shown.api)),
    ];
    let variables = shown.variables.into_iter().map(|variable| {
        let value = variable.value.unwrap_or_else(|| lang.config_secret());
        (variable.name.to_owned(), value)
    });
    let rows = rows.into_iter().chain(variables);
    output.table(
        &[],
        rows.map(|(name, value)| vec![name, output::printable(&value)]),
    )
}

fn source_text(lang: Lang, source: Source) -> String {
    match source {
        Source::Option => "--profile".to_owned(),
        Source::Variable => settings::PROFILE.to_owned(),
        Source::Config => "eduzz config".to_owned(),
        Source::Default => lang.config_by_default(),
    }
}

impl Set {
    fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let mut config = Config::load(lang)?;
        let value = self.value.trim().to_owned();
        match self.key {
            Key::Language if Lang::named(&value).is_some() => config.language = Some(value),
            Key::Language => return Err(Failure::usage(lang.bad_language())),
            Key::Profile if Profile::named(&value).is_some() => config.profile = Some(value),
            Key::Profile => return Err(Failure::usage(lang.bad_profile("profile"))),
        }
        saved(output, &config)
    }
}

impl Unset {
    fn run(self, output: Output) -> Result<(), Failure> {
        let mut config = Config::load(output.lang)?;
        match self.key {
            Key::Language => config.language = None,
            Key::Profile => config.profile = None,
        }
        saved(output, &config)
    }
}

fn saved(output: Output, config: &Config) -> Result<(), Failure> {
    config.save(output.lang)?;
    if output.json {
        return output.json(config);
    }
    // A new language is that of the answer.
    let lang = config
        .language
        .as_deref()
        .and_then(Lang::named)
        .unwrap_or(output.lang);
    let file = config::path(&config::folder(output.lang)?).display().to_string();
    output.line(&lang.config_saved(&file))
}
