//! The commands of HeyCamp.

use clap::Command;
use eduzz_types::heycamp::Member;

use crate::cli::Help;

impl Help {
    pub(super) fn heycamp(self) -> Command {
        let lang = self.0;
        let community = lang.placeholder_community();
        self.group("heycamp", "eduzz heycamp", lang.help_heycamp())
            .subcommand(
                self.group("members", "eduzz heycamp members", lang.help_members())
                    .subcommand(
                        self.list_in::<Member>(
                            "list",
                            "eduzz heycamp members list",
                            lang.help_members_list(),
                            [self.positional("community", &community, lang.help_community())],
                        )
                        .args(self.days(lang.help_from_any()))
                        .arg(self.filter(
                            "status",
                            "STATUS",
                            lang.help_member_status(),
                        )),
                    ),
            )
    }
}
