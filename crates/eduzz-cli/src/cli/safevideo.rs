//! The commands of SafeVideo.

use clap::Command;
use eduzz_types::safevideo::{Media, MediaSummary};

use crate::cli::Help;

impl Help {
    pub(super) fn safevideo(self) -> Command {
        let lang = self.0;
        let id = "ID";
        self.group("safevideo", "eduzz safevideo", lang.help_safevideo())
            .subcommand(
                self.group("media", "eduzz safevideo media", lang.help_media())
                    .subcommands([
                        self.record_of::<MediaSummary>(
                            "list",
                            "eduzz safevideo media list",
                            lang.help_media_list(),
                            "",
                        ),
                        self.record_of::<Media>(
                            "show",
                            "eduzz safevideo media show",
                            lang.help_media_show(),
                            id,
                        )
                        .arg(self.positional("id", id, lang.help_id_media()).required(true)),
                    ]),
            )
    }
}
