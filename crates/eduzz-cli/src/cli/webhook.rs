//! The command line of `eduzz webhook`.

use clap::builder::ValueParser;
use clap::{Arg, Command, value_parser};

use crate::cli::Help;

impl Help {
    pub(super) fn webhook(self) -> Command {
        let lang = self.0;
        let file = format!("[{}]", lang.placeholder_file());
        self.group("webhook", "eduzz webhook", lang.help_webhook())
            .after_help(lang.help_webhook_more())
            .subcommands([
                self.command("events", "eduzz webhook events", lang.help_webhook_events(), &[]),
                self.command("listen", "eduzz webhook listen", lang.help_webhook_listen(), &[])
                    .after_help(lang.help_webhook_listen_more())
                    .args([
                        self.value(
                            "port",
                            &lang.placeholder_port(),
                            value_parser!(u16).into(),
                            lang.help_port(),
                        ),
                        self.url("forward-to", lang.help_forward_to()),
                        self.flag("show-body", lang.help_show_deliveries()),
                    ]),
                self.command(
                    "sign",
                    "eduzz webhook sign",
                    lang.help_webhook_sign(),
                    std::slice::from_ref(&file),
                )
                .arg(self.body_file()),
                self.command(
                    "trigger",
                    "eduzz webhook trigger",
                    lang.help_webhook_trigger(),
                    &[lang.placeholder_event()],
                )
                .after_help(lang.help_webhook_trigger_more())
                .args([
                    self.positional("event", &lang.placeholder_event(), lang.help_event())
                        .required(true),
                    self.url("to", lang.help_trigger_to()).required(true),
                    self.list("set", &lang.placeholder_place(), lang.help_set_place()),
                    self.flag("show-body", lang.help_show_answer()),
                ]),
                self.command(
                    "verify",
                    "eduzz webhook verify",
                    lang.help_webhook_verify(),
                    &[file],
                )
                .after_help(lang.help_webhook_verify_more())
                .args([
                    self.body_file(),
                    self.value("signature", "HEX", ValueParser::string(), lang.help_signature())
                        .required(true)
                        // A header that came with a minus before it is no option.
                        .allow_hyphen_values(true),
                ]),
            ])
    }

    fn body_file(self) -> Arg {
        let lang = self.0;
        self.positional("file", &lang.placeholder_file(), lang.help_file())
    }

    fn url(self, name: &'static str, help: String) -> Arg {
        self.value(name, "URL", ValueParser::string(), help)
    }
}
