//! The command line: how its arguments are read, and the messages about wrong usage.
//!
//! The commands are structs that `clap` derives a parser from. Their texts stand beside them in
//! both languages, as `português | English`: in doc comments, `value_name` and `after_help`.
//! [`command`] picks the user's language.

use std::any::TypeId;
use std::error::Error;
use std::ffi::OsString;
use std::fmt;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, CommandFactory as _, FromArgMatches as _, Parser};
use eduzz_types::Date;
use eduzz_types::blinket::{EventOrder, EventType};
use eduzz_types::heycamp::MemberStatus;
use eduzz_types::myeduzz::{ChargebackStatus, SaleReferenceDate, SaleStatus, SubscriptionDateFilter};

use crate::call_help;
use crate::commands::Command;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::days::{self, Day, Last};
use crate::profile::{self, Profile};
use crate::similar::similar;
use crate::version;

/// The heading of flags that narrow a list; the other flags stand under the heading of options.
pub(crate) const FILTERS: &str = "filters";
/// Undoes [`FILTERS`] in a struct that is flattened into a list's.
pub(crate) const OPTIONS: &str = "options";

const AFTER_HELP: &str = "\
Ambiente:
  EDUZZ_TOKEN          token usado no lugar do login salvo
  EDUZZ_CLIENT_ID      id do aplicativo
  EDUZZ_CLIENT_SECRET  segredo do aplicativo; se faltar, `login` pede
  EDUZZ_RETURN_URL     URL de retorno cadastrada no aplicativo
  EDUZZ_SANDBOX        http://127.0.0.1:PORTA, para usar um sandbox
  EDUZZ_CONFIG_DIR     pasta onde o login fica salvo
  EDUZZ_PROFILE        perfil cujo login é usado
  EDUZZ_WEBHOOK_SECRET segredo que assina os webhooks
  EDUZZ_DB             banco de dados da caixa de entrada e do espelho: sqlite:ARQUIVO ou
                       postgres://…
  EDUZZ_PACE           chamadas por minuto em cada rota (padrão: 30, o limite documentado), ou off

Saída: 0 sucesso · 1 recusado, ou com diferenças · 2 uso errado ou entrada ilegível
       3 rede · 4 sem login · 130 interrompido com Ctrl-C

Comece por `eduzz demo`, que não precisa de conta.
 | \n\
Environment:
  EDUZZ_TOKEN          a token to use instead of the stored sign-in
  EDUZZ_CLIENT_ID      the application's id
  EDUZZ_CLIENT_SECRET  the application's secret; without it `login` asks
  EDUZZ_RETURN_URL     the return URL registered with the application
  EDUZZ_SANDBOX        http://127.0.0.1:PORT, to use a sandbox
  EDUZZ_CONFIG_DIR     the folder that keeps the sign-in
  EDUZZ_PROFILE        the profile whose sign-in is used
  EDUZZ_WEBHOOK_SECRET the secret that signs the webhooks
  EDUZZ_DB             the database of the inbox and the mirror: sqlite:FILE or postgres://…
  EDUZZ_PACE           calls per minute and route (default: 30, the documented limit), or off

Exit: 0 success · 1 rejected, or with differences · 2 wrong usage or unreadable input
      3 network · 4 not signed in · 130 interrupted by Ctrl-C

Begin with `eduzz demo`, which needs no account.";

/// The program's arguments.
#[derive(Debug, Parser)]
#[command(
    name = "eduzz",
    version,
    disable_version_flag = true,
    about = "Faz login na Eduzz, chama a API e roda um sandbox local. Programa não oficial. \
             | Signs in to Eduzz, calls the API, and runs a local sandbox. Unofficial.",
    after_help = AFTER_HELP
)]
pub(crate) struct Cli {
    /// Saída em JSON, para programas | Output in JSON, for programs
    #[arg(long, global = true, display_order = 902)]
    pub(crate) json: bool,
    /// Mostra na saída de erros cada passo das chamadas: esperas, respostas, novas tentativas
    /// | Shows each step of the calls on the standard error: waits, answers, retries
    #[arg(long, short = 'v', global = true, display_order = 903)]
    pub(crate) verbose: bool,
    /// Perfil cujo login é usado (ou EDUZZ_PROFILE; `eduzz profiles` lista)
    /// | Profile whose sign-in is used (or EDUZZ_PROFILE; `eduzz profiles` lists them)
    #[arg(long, global = true, display_order = 904, value_name = "NOME | NAME", value_parser = profile::read)]
    pub(crate) profile: Option<Profile>,
    #[command(subcommand)]
    pub(crate) command: Command,
    /// The command walks a whole list, and leaves a cursor when Ctrl-C ends it.
    #[arg(skip)]
    pub(crate) walks: bool,
}

/// The outcome of arguments that name no command to run.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Help or the version.
    Text(String),
    /// The arguments are wrong.
    Wrong(Failure),
}

/// A value that an option does not take, with a message of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) enum BadValue {
    Blank,
    Day,
    Sort,
    Fault,
    /// No number between these.
    Between(u64, u64),
    /// None of these.
    OneOf(&'static [&'static str]),
    /// None of these, but the service may take more of them.
    Unknown(&'static [&'static str]),
    /// This text.
    Told(fn(Lang) -> String),
}

impl fmt::Display for BadValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bad value")
    }
}

impl Error for BadValue {}

/// Reads a text that is not blank: a blank filter filters nothing, and is likely a variable that
/// was not set.
pub(crate) fn filled<T: for<'t> From<&'t str>>(text: &str) -> Result<T, BadValue> {
    if text.trim().is_empty() {
        Err(BadValue::Blank)
    } else {
        Ok(text.into())
    }
}

/// An enum of the service's texts, which may have more of them than the SDK knows.
pub(crate) trait Texts: for<'t> From<&'t str> {
    const KNOWN: &'static [&'static str];

    fn is_known(&self) -> bool;
}

macro_rules! texts_of {
    ($($name:ty),+ $(,)?) => {$(
        impl Texts for $name {
            const KNOWN: &'static [&'static str] = <$name>::KNOWN;

            fn is_known(&self) -> bool {
                self.is_known()
            }
        }
    )+};
}

texts_of!(
    ChargebackStatus,
    EventOrder,
    EventType,
    MemberStatus,
    SaleReferenceDate,
    SaleStatus,
    SubscriptionDateFilter,
);

/// Reads a text of the service. One that the SDK does not know is refused: it is likely mistyped,
/// and `eduzz call` sends any.
pub(crate) fn one_of<T: Texts>(text: &str) -> Result<T, BadValue> {
    let value: T = filled(text)?;
    if value.is_known() {
        Ok(value)
    } else {
        Err(BadValue::Unknown(T::KNOWN))
    }
}

/// The help of a flag that takes a text of the service, with those that the SDK knows.
pub(crate) fn help_of<T: Texts>(pt: &str, en: &str) -> String {
    let known = T::KNOWN.join(", ");
    format!("{pt}: {known} | {en}: {known}")
}

/// Reads a number that is not outside of these.
pub(crate) fn between<T: TryFrom<u64> + Clone + Send + Sync + 'static>(
    least: u64,
    most: u64,
) -> impl Fn(&str) -> Result<T, BadValue> + Clone + Send + Sync + 'static {
    move |text| {
        let number = text.trim().parse().ok();
        let number = number.filter(|number| (least..=most).contains(number));
        let number = number.and_then(|number| T::try_from(number).ok());
        number.ok_or(BadValue::Between(least, most))
    }
}

/// Reads a day.
pub(crate) fn day(text: &str) -> Result<Day, BadValue> {
    Day::read(text).ok_or(BadValue::Day)
}

/// Reads a month as its first day.
pub(crate) fn month(text: &str) -> Result<Date, BadValue> {
    days::month(text).ok_or(BadValue::Told(Lang::bad_month))
}

/// Reads the days up to today.
pub(crate) fn last(text: &str) -> Result<Last, BadValue> {
    Last::read(text).ok_or(BadValue::Told(Lang::bad_last))
}

/// Reads the arguments; the first is the program's name.
pub(crate) fn read(lang: Lang, args: &[OsString]) -> Result<Cli, Stop> {
    // Users try `eduzz help login`.
    let asked: Vec<OsString>;
    let args = match args {
        [program, help, words @ ..] if help == "help" => {
            asked = [std::slice::from_ref(program), words, &["--help".into()]].concat();
            &asked
        }
        args => args,
    };
    let stop = |error: clap::Error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => match call_of(lang, args) {
            Some(name) if error.kind() == ErrorKind::DisplayHelp => {
                call_help::text(lang, &name).map_or_else(Stop::Wrong, Stop::Text)
            }
            _ => Stop::Text(format!("{}\n", error.to_string().trim_end())),
        },
        _ => Stop::Wrong(Failure::usage(wrong(lang, args, &error))),
    };
    let root = command(lang);
    let global: Vec<clap::Id> = root.get_arguments().map(|arg| arg.get_id().clone()).collect();
    let matches = root.try_get_matches_from(args).map_err(stop)?;
    let mut leaf = &matches;
    while let Some((name, inner)) = leaf.subcommand() {
        let mut own = leaf.ids().filter(|id| !global.contains(id));
        // They would be ignored: `eduzz sandbox --port 1 pay` starts nothing.
        if let Some(id) = own.find(|id| is_flag(id.as_str()) && is_given(leaf, id.as_str())) {
            let flag = format!("--{}", id.as_str().replace('_', "-"));
            let failure = Failure::usage(lang.conflict(&flag, &format!("`{name}`")));
            return Err(Stop::Wrong(failure));
        }
        leaf = inner;
    }
    let is_resumed = is_given(leaf, "resume");
    if is_resumed {
        check_resume(lang, leaf).map_err(Stop::Wrong)?;
    }
    let mut cli = Cli::from_arg_matches(&matches).map_err(stop)?;
    cli.walks = is_resumed || (is_given(leaf, "all") && !matches!(cli.command, Command::Call(_)));
    Ok(cli)
}

/// The call whose help is asked for: `eduzz call NAME --help`.
fn call_of(lang: Lang, args: &[OsString]) -> Option<String> {
    let others = args.iter().filter(|arg| *arg != "--help" && *arg != "-h");
    let matches = command(lang).try_get_matches_from(others).ok()?;
    let (_, call) = matches.subcommand().filter(|(name, _)| *name == "call")?;
    call.get_one::<String>("name").cloned()
}

fn is_given(matches: &ArgMatches, id: &str) -> bool {
    matches.try_contains_id(id).is_ok() && matches.value_source(id) == Some(ValueSource::CommandLine)
}

/// Whether an id is that of a flag: derived groups have the names of their structs, in capitals.
fn is_flag(id: &str) -> bool {
    id.starts_with(|first: char| first.is_ascii_lowercase())
}

/// Refuses other flags beside `--resume`: the cursor holds all of them, so they would be ignored.
fn check_resume(lang: Lang, matches: &ArgMatches) -> Result<(), Failure> {
    let mut flags = matches.ids().map(clap::Id::as_str).filter(|id| is_flag(id));
    let other = flags.find(|id| {
        is_given(matches, id)
            && ![
                "resume",
                "strict",
                "show_body",
                "raw",
                "lang",
                "verbose",
                "profile",
            ]
            .contains(id)
    });
    match other {
        Some(id) => {
            let other = format!("`--{}`", id.replace('_', "-"));
            Err(Failure::usage(lang.conflict("--resume", &other)))
        }
        None => Ok(()),
    }
}

/// The whole command line, in one language.
pub(crate) fn command(lang: Lang) -> clap::Command {
    let option = |name: &'static str, help: &'static str| Arg::new(name).long(name).help(help);
    let root = Cli::command().version(version::long()).args([
        option("version", "Mostra a versão | Shows the version")
            .short('V')
            .action(ArgAction::Version),
        option("help", "Mostra esta ajuda | Shows this help")
            .short('h')
            .action(ArgAction::Help)
            .global(true)
            .display_order(900),
        option(
            "lang",
            "Idioma: pt ou en (padrão: o de LC_ALL, LC_MESSAGES ou LANG) \
             | Language: pt or en (default: from LC_ALL, LC_MESSAGES or LANG)",
        )
        .value_name("pt|en")
        .value_parser(["pt", "en"])
        .global(true)
        .display_order(901),
    ]);
    translate(root, lang, "eduzz")
}

/// A command, with its subcommands, in one language.
fn translate(command: clap::Command, lang: Lang, path: &str) -> clap::Command {
    let mut usage = format!("{path} {}", lang.placeholder_options());
    if command.has_subcommands() {
        let name = lang.placeholder_command();
        usage = match command.is_subcommand_required_set() {
            true => format!("{usage} {name}"),
            false => format!("{usage} [{name}]"),
        };
    }
    // The cursor of `--resume` has the words of a list, so they are optional for clap alone.
    let has_cursor = command.get_arguments().any(|arg| arg.get_id() == "resume");
    for word in command.get_positionals() {
        let name = word.get_value_names().and_then(|names| names.first());
        let name = lang.half(name.map(clap::builder::Str::as_str).unwrap_or_default());
        let more = match word.get_action() {
            ArgAction::Append => "…",
            _ => "",
        };
        usage = match word.is_required_set() || has_cursor {
            true => format!("{usage} {name}{more}"),
            false => format!("{usage} [{name}{more}]"),
        };
    }
    let half = |text: Option<&StyledStr>| {
        text.map(|text| lang.half(&text.to_string()).to_owned())
            .unwrap_or_default()
    };
    let (about, after_help) = (half(command.get_about()), half(command.get_after_help()));
    // Clap's own headings are English.
    let template = format!(
        "{{about}}\n\n{} {{usage}}\n\n{{all-args}}{{after-help}}\n",
        lang.heading_usage()
    );
    command
        .about(about)
        .after_help(after_help)
        .override_usage(usage)
        .help_template(template)
        .subcommand_help_heading(lang.heading_commands())
        .subcommand_value_name(lang.placeholder_command())
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .mut_args(|arg| translate_arg(arg, lang))
        .mut_subcommands(|inner| {
            let path = format!("{path} {}", inner.get_name());
            translate(inner, lang, &path)
        })
}

fn translate_arg(arg: Arg, lang: Lang) -> Arg {
    let heading = match arg.get_help_heading() {
        _ if arg.is_positional() => lang.heading_arguments(),
        Some(FILTERS) => lang.heading_filters(),
        _ => lang.heading_options(),
    };
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let name = arg.get_value_names().and_then(|names| names.first());
    let name = lang
        .half(name.map(clap::builder::Str::as_str).unwrap_or_default())
        .to_owned();
    let arg = arg.help(lang.half(&help).to_owned()).help_heading(heading);
    if arg.get_action().takes_values() {
        arg.value_name(name)
            .hide_possible_values(true)
            .hide_default_value(true)
    } else {
        arg
    }
}

/// The message about wrong arguments. It repeats the names of options and commands alone: a value,
/// or an argument too many, may be a secret.
fn wrong(lang: Lang, args: &[OsString], error: &clap::Error) -> String {
    let argument = || shown(error.get(ContextKind::InvalidArg));
    let bad_value = || {
        let argument = argument();
        let name = argument.split(' ').next().unwrap_or_default();
        match error.source().and_then(|source| source.downcast_ref()) {
            Some(BadValue::Blank) => lang.value_missing(name),
            Some(BadValue::Day) => lang.bad_day(name),
            Some(BadValue::Sort) => lang.bad_sort(),
            Some(BadValue::Fault) => lang.bad_fault(),
            Some(BadValue::Between(least, most)) => lang.not_between(name, *least, *most),
            Some(BadValue::OneOf(known) | BadValue::Unknown(known)) => {
                lang.not_one_of(name, &known.join(", "))
            }
            Some(BadValue::Told(text)) => text(lang),
            None => match error.get(ContextKind::ValidValue) {
                Some(ContextValue::Strings(known)) if !known.is_empty() => {
                    lang.not_one_of(name, &known.join(", "))
                }
                _ => match bounds(args, name, error) {
                    Some((least, most)) => lang.not_between(name, least, most),
                    None => lang.bad_value(&argument),
                },
            },
        }
    };
    // A value is not repeated, only the known one that it is similar to.
    let similar_value = || {
        let Some(ContextValue::String(given)) = error.get(ContextKind::InvalidValue) else {
            return String::new();
        };
        let source = error.source().and_then(|source| source.downcast_ref());
        let names = match (source, error.get(ContextKind::ValidValue)) {
            (Some(BadValue::OneOf(known) | BadValue::Unknown(known)), _) => {
                similar(given, known.iter().copied())
            }
            (_, Some(ContextValue::Strings(known))) => similar(given, known.iter().map(String::as_str)),
            _ => Vec::new(),
        };
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        names.join(", ")
    };
    let what = match error.kind() {
        ErrorKind::UnknownArgument => {
            let given = argument();
            if given.starts_with('-') {
                lang.unknown_option(&given)
            } else {
                lang.too_many_words()
            }
        }
        ErrorKind::InvalidSubcommand => match error.get(ContextKind::InvalidSubcommand) {
            Some(ContextValue::String(given)) if is_plain(given) => lang.unknown_command_named(given),
            _ => lang.unknown_command(),
        },
        ErrorKind::MissingRequiredArgument => lang.missing_arguments(&argument()),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            lang.missing_command()
        }
        ErrorKind::InvalidValue if shown(error.get(ContextKind::InvalidValue)).is_empty() => {
            lang.value_missing(&argument())
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => bad_value(),
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            lang.value_missing(&argument())
        }
        ErrorKind::TooManyValues => lang.value_not_taken(&argument()),
        ErrorKind::ArgumentConflict => {
            let (argument, other) = (argument(), shown(error.get(ContextKind::PriorArg)));
            if other.is_empty() || other == argument {
                lang.given_twice(&argument)
            } else if other.starts_with('`') {
                lang.conflict(&argument, &other)
            } else {
                lang.conflict(&argument, &format!("`{other}`"))
            }
        }
        ErrorKind::InvalidUtf8 => lang.not_text(),
        _ => lang.bad_usage(),
    };
    let suggested = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ];
    let suggested = suggested.into_iter().map(|kind| shown(error.get(kind)));
    let advice = suggested
        .chain([similar_value()])
        .filter(|names| !names.is_empty())
        .map(|names| match names.starts_with('`') {
            true => lang.did_you_mean(&names),
            false => lang.did_you_mean(&format!("`{names}`")),
        })
        .next();
    let advice = advice.or_else(|| match error.source().and_then(|source| source.downcast_ref()) {
        Some(BadValue::Unknown(_)) => Some(lang.new_word()),
        _ if error.kind() == ErrorKind::UnknownArgument && !argument().starts_with('-') => {
            Some(lang.usage_is(&usage(lang, args)))
        }
        _ => None,
    });
    let lines = [Some(what), advice, Some(lang.see_help(&path(args)))];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// The numbers that a flag takes: by clap's own message, which is `0 is not in 1..=100`, else by
/// the type of its value.
fn bounds(args: &[OsString], name: &str, error: &clap::Error) -> Option<(u64, u64)> {
    let told = error.source().map(ToString::to_string).unwrap_or_default();
    let range = told
        .rsplit_once(" is not in ")
        .and_then(|(_, range)| range.split_once("..="));
    let range = range.and_then(|(least, most)| Some((least.parse().ok()?, most.parse().ok()?)));
    range.or_else(|| {
        let root = Cli::command();
        let mut at = &root;
        for word in args.iter().skip(1).filter_map(|arg| arg.to_str()) {
            at = at.find_subcommand(word).unwrap_or(at);
        }
        let flag = name.trim_start_matches('-');
        let arg = at.get_arguments().find(|arg| arg.get_long() == Some(flag))?;
        let kind = arg.get_value_parser().type_id();
        match () {
            () if kind == TypeId::of::<u16>() => Some((0, u16::MAX.into())),
            () if kind == TypeId::of::<u32>() => Some((0, u32::MAX.into())),
            () if kind == TypeId::of::<u64>() => Some((0, u64::MAX)),
            () => None,
        }
    })
}

/// Names of arguments and commands, without a value that was given with them.
fn shown(value: Option<&ContextValue>) -> String {
    let name = |text: &String| format!("`{}`", text.split(['=', ' ']).next().unwrap_or_default());
    match value {
        Some(ContextValue::String(text)) => text.split('=').next().unwrap_or_default().to_owned(),
        Some(ContextValue::Strings(texts)) => texts.iter().map(name).collect::<Vec<_>>().join(", "),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// Whether a word looks like a command, and not like a token.
fn is_plain(word: &str) -> bool {
    word.len() <= 16 && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
}

/// The command whose help is of use: as far as the words name commands.
fn path(args: &[OsString]) -> String {
    let root = Cli::command();
    let mut at = &root;
    let mut path = String::from("eduzz");
    for word in args.iter().skip(1).filter_map(|arg| arg.to_str()) {
        if let Some(found) = at.find_subcommand(word) {
            at = found;
            path = format!("{path} {word}");
        }
    }
    path
}

/// How that command is used.
fn usage(lang: Lang, args: &[OsString]) -> String {
    let root = command(lang);
    let mut at = &root;
    for word in args.iter().skip(1).filter_map(|arg| arg.to_str()) {
        at = at.find_subcommand(word).unwrap_or(at);
    }
    let usage = at.clone().render_usage().to_string();
    usage.strip_prefix("Usage: ").unwrap_or(&usage).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn command_line_is_consistent() {
        command(Lang::Pt).debug_assert();
        command(Lang::En).debug_assert();
    }

    #[test]
    fn every_text_has_both_languages() {
        fn check(command: &clap::Command) {
            let helps = command
                .get_arguments()
                .map(|arg| (arg.get_id().as_str(), arg.get_help()));
            let about = (command.get_name(), command.get_about());
            for (name, text) in helps.chain([about]).filter(|(_, text)| text.is_some()) {
                let text = text.map(ToString::to_string).unwrap_or_default();
                assert_eq!(text.matches(" | ").count(), 1, "{name}: {text}");
            }
            command.get_subcommands().for_each(check);
        }
        check(&Cli::command());
    }

    /// Clap breaks a wider line, and leaves its last word alone on the next one.
    #[test]
    fn no_line_of_the_notes_is_wider_than_100_columns() {
        fn check(command: &clap::Command) {
            let notes = command.get_after_help().map(ToString::to_string);
            for line in notes.unwrap_or_default().lines() {
                assert!(line.chars().count() <= 100, "{}: {line}", command.get_name());
            }
            command.get_subcommands().for_each(check);
        }
        check(&command(Lang::Pt));
        check(&command(Lang::En));
    }

    /// Clap's own words are English.
    #[test]
    fn help_in_one_language_has_no_word_of_the_other() {
        fn check(command: &mut clap::Command, foreign: &[&str]) {
            let text = command.render_help().to_string().to_lowercase();
            for word in foreign {
                assert!(!text.contains(word), "`{word}` in {text}");
            }
            for inner in command.get_subcommands_mut() {
                check(inner, foreign);
            }
        }
        let english = "usage|options|commands|arguments|print|required|possible values|default| the | and |\
                       invalid|for more information| with ";
        let portuguese = "uso:|opções|comandos|argumentos| ou | uma | não | para |padrão";
        for (lang, foreign) in [(Lang::Pt, english), (Lang::En, portuguese)] {
            let mut root = command(lang);
            root.build();
            check(&mut root, &foreign.split('|').collect::<Vec<_>>());
        }
    }
}
