//! The command line: commands, options, help, and what is said when they are used wrongly.

mod alpaclass;
mod blinket;
mod heycamp;
mod lists;
mod nutror;
mod safevideo;
mod webhook;

use std::ffi::OsString;

use clap::builder::ValueParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::failure::Failure;
use crate::lang::Lang;

/// How the reading of the arguments ends, when it does not end in a command.
#[derive(Debug)]
pub(crate) enum Stop {
    /// A text was asked for: help, or the version.
    Text(String),
    /// The arguments are wrong.
    Wrong(Failure),
}

/// Reads the arguments; the first is the program's name.
pub(crate) fn read(lang: Lang, args: &[OsString]) -> Result<ArgMatches, Stop> {
    // `eduzz help login` is what people try.
    let asked: Vec<OsString>;
    let args = match args {
        [program, help, words @ ..] if help == "help" => {
            asked = [std::slice::from_ref(program), words, &["--help".into()]].concat();
            &asked
        }
        args => args,
    };
    command(lang)
        .try_get_matches_from(args)
        .map_err(|error| match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                Stop::Text(format!("{}\n", error.to_string().trim_end()))
            }
            _ => Stop::Wrong(Failure::usage(wrong(lang, args, &error))),
        })
}

/// The whole command line.
fn command(lang: Lang) -> Command {
    let help = Help(lang);
    let root = help
        .command("eduzz", "eduzz", lang.about(), &[])
        .after_help(lang.after_help())
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .arg(
            help.option(
                Arg::new("version")
                    .short('V')
                    .long("version")
                    .action(ArgAction::Version),
                lang.help_version(),
            ),
        )
        .arg(
            help.option(
                Arg::new("help").short('h').long("help").action(ArgAction::Help),
                lang.help_help(),
            )
            .global(true)
            .display_order(900),
        )
        .arg(
            help.value("lang", "pt|en", ["pt", "en"].into(), lang.help_lang())
                .global(true)
                .display_order(901),
        )
        .arg(
            help.flag("json", lang.help_json())
                .global(true)
                .display_order(902),
        );
    root.subcommands([
        help.leaf("demo", lang.help_demo(), "", []),
        help.leaf(
            "sandbox",
            lang.help_sandbox(),
            "",
            [
                help.value(
                    "port",
                    &lang.placeholder_port(),
                    value_parser!(u16).into(),
                    lang.help_port(),
                ),
                help.value(
                    "arrivals",
                    &lang.placeholder_number(),
                    value_parser!(u32).range(1..).into(),
                    lang.help_arrivals(),
                ),
                help.list("fault", &lang.placeholder_fault(), lang.help_fault()),
                help.flag("backup", lang.help_backup()),
            ],
        ),
        help.leaf(
            "login",
            lang.help_login(),
            "",
            [
                help.flag("paste", lang.help_paste()),
                help.value("client-id", "ID", ValueParser::string(), lang.help_client_id()),
                help.value("return-url", "URL", ValueParser::string(), lang.help_return_url()),
                help.flag("no-browser", lang.help_no_browser()),
                help.value(
                    "timeout",
                    &lang.placeholder_seconds(),
                    value_parser!(u64).range(1..=86_400).into(),
                    lang.help_timeout(),
                ),
            ],
        ),
        help.leaf("logout", lang.help_logout(), "", []),
        help.leaf(
            "me",
            lang.help_me(),
            "",
            [help.flag("show-body", lang.help_show_body())],
        ),
        help.leaf("endpoints", lang.help_endpoints(), "", []),
        help.leaf(
            "call",
            lang.help_call(),
            &lang.placeholder_name(),
            [
                help.positional("name", &lang.placeholder_name(), lang.help_name())
                    .required(true),
                help.list("set", &lang.placeholder_field(), lang.help_set()),
                help.flag("all", lang.help_all()),
                help.flag("show-body", lang.help_show_body()),
            ],
        ),
        help.leaf(
            "api",
            lang.help_api(),
            &format!("{} {}", lang.placeholder_method(), lang.placeholder_path()),
            [
                help.positional("method", &lang.placeholder_method(), lang.help_method())
                    .required(true),
                help.positional("path", &lang.placeholder_path(), lang.help_path())
                    .required(true),
                help.list("query", &lang.placeholder_query(), lang.help_query()),
                help.value(
                    "body",
                    &lang.placeholder_file(),
                    ValueParser::string(),
                    lang.help_body(),
                ),
                help.flag("show-body", lang.help_show_body()),
            ],
        ),
        help.command(
            "check",
            "eduzz check",
            lang.help_check(),
            &[lang.placeholder_command()],
        )
        .subcommand(
            help.command(
                "event",
                "eduzz check event",
                lang.help_check_event(),
                &[format!("[{}]", lang.placeholder_file())],
            )
            .after_help(lang.help_check_event_more())
            .arg(help.positional("file", &lang.placeholder_file(), lang.help_file())),
        )
        .subcommand(
            help.command(
                "response",
                "eduzz check response",
                lang.help_check_response(),
                &[lang.placeholder_route(), format!("[{}]", lang.placeholder_file())],
            )
            .after_help(lang.help_check_response_more())
            .args([
                help.positional("route", &lang.placeholder_route(), lang.help_route())
                    .required(true),
                help.positional("file", &lang.placeholder_file(), lang.help_file()),
                help.value(
                    "status",
                    "STATUS",
                    value_parser!(u16).range(100..=599).into(),
                    lang.help_status(),
                ),
            ]),
        ),
    ])
    .subcommand(help.webhook())
    .subcommands(help.lists())
    .subcommands([
        help.alpaclass(),
        help.blinket(),
        help.heycamp(),
        help.nutror(),
        help.safevideo(),
    ])
}

/// Makes commands and arguments whose help is in one language throughout.
#[derive(Clone, Copy)]
struct Help(Lang);

impl Help {
    fn command(self, name: &'static str, path: &str, about: String, words: &[String]) -> Command {
        let lang = self.0;
        let mut usage = format!("{path} {}", lang.placeholder_options());
        if name == "eduzz" {
            usage = format!("{usage} {}", lang.placeholder_command());
        }
        for word in words {
            usage = format!("{usage} {word}");
        }
        // Clap's own headings are English; these stand in their place.
        let template = format!(
            "{{about}}\n\n{} {{usage}}\n\n{{all-args}}{{after-help}}\n",
            lang.heading_usage()
        );
        let command = Command::new(name)
            .about(about)
            .override_usage(usage)
            .help_template(template)
            .subcommand_help_heading(lang.heading_commands())
            .subcommand_value_name(lang.placeholder_command())
            .disable_help_flag(true)
            .disable_help_subcommand(true);
        match name {
            "eduzz" | "check" => command.subcommand_required(true),
            _ => command,
        }
    }

    fn leaf<const N: usize>(self, name: &'static str, about: String, words: &str, args: [Arg; N]) -> Command {
        let words: Vec<String> = Some(words.to_owned())
            .filter(|words| !words.is_empty())
            .into_iter()
            .collect();
        self.command(name, &format!("eduzz {name}"), about, &words)
            .args(args)
    }

    fn option(self, arg: Arg, help: String) -> Arg {
        arg.help(help).help_heading(self.0.heading_options())
    }

    fn flag(self, name: &'static str, help: String) -> Arg {
        self.option(Arg::new(name).long(name).action(ArgAction::SetTrue), help)
    }

    fn value(self, name: &'static str, shown: &str, parser: ValueParser, help: String) -> Arg {
        let arg = Arg::new(name)
            .long(name)
            .value_name(shown.to_owned())
            .value_parser(parser);
        self.option(arg, help).hide_possible_values(true)
    }

    fn list(self, name: &'static str, shown: &str, help: String) -> Arg {
        self.value(name, shown, ValueParser::string(), help)
            .action(ArgAction::Append)
    }

    fn positional(self, name: &'static str, shown: &str, help: String) -> Arg {
        self.option(Arg::new(name).value_name(shown.to_owned()), help)
            .help_heading(self.0.heading_arguments())
    }
}

/// What is wrong with the arguments. What was given is told only where it names an option or a command: a value, or a word
/// too many, may be a secret that somebody tried to pass.
fn wrong(lang: Lang, args: &[OsString], error: &clap::Error) -> String {
    let argument = || shown(error.get(ContextKind::InvalidArg));
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
        ErrorKind::InvalidValue => lang.bad_value(&argument()),
        ErrorKind::ValueValidation => lang.bad_value(&argument()),
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            lang.value_missing(&argument())
        }
        ErrorKind::TooManyValues => lang.value_not_taken(&argument()),
        ErrorKind::ArgumentConflict => {
            let (argument, other) = (argument(), shown(error.get(ContextKind::PriorArg)));
            if other.is_empty() || other == argument {
                lang.given_twice(&argument)
            } else {
                lang.conflict(&argument, &other)
            }
        }
        ErrorKind::InvalidUtf8 => lang.not_text(),
        _ => lang.bad_usage(),
    };
    let similar = [
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedArg,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .map(|kind| shown(error.get(kind)))
    .find(|names| !names.is_empty());
    let quoted = |names: String| {
        if names.starts_with('`') {
            names
        } else {
            format!("`{names}`")
        }
    };
    let advice = similar.map(|names| lang.did_you_mean(&quoted(names)));
    let see = lang.see_help(&path(lang, args));
    [Some(what), advice, Some(see)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("\n")
}

/// Names of arguments and commands, without any value that was given with them.
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
fn path(lang: Lang, args: &[OsString]) -> String {
    let root = command(lang);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        command(Lang::Pt).debug_assert();
        command(Lang::En).debug_assert();
    }
}
