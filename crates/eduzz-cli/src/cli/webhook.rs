//! The command line of `eduzz webhook`.

use clap::Command;

use crate::cli::Help;

impl Help {
    pub(super) fn webhook(self) -> Command {
        let lang = self.0;
        self.group("webhook", "eduzz webhook", lang.help_webhook())
            .subcommand(self.command("events", "eduzz webhook events", lang.help_webhook_events(), &[]))
    }
}
