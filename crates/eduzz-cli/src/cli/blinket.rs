//! The commands of Blinket.

use clap::{ArgAction, Command};
use eduzz_types::blinket::{Event, Participant};

use crate::cli::Help;

impl Help {
    pub(super) fn blinket(self) -> Command {
        let lang = self.0;
        let (event, ticket) = (lang.placeholder_event(), lang.placeholder_ticket());
        let event_of = || self.positional("event", &event, lang.help_event_of());
        let day = lang.placeholder_day();
        self.group("blinket", "eduzz blinket", lang.help_blinket())
            .subcommands([
                self.group("events", "eduzz blinket events", lang.help_live_events())
                    .subcommands([
                        self.list_in::<Event>(
                            "list",
                            "eduzz blinket events list",
                            lang.help_live_events_list(),
                            [],
                        )
                        .args([
                            self.filter("from", &day, lang.help_events_from()),
                            self.filter("to", &day, lang.help_events_to()),
                            self.filter("type", &lang.placeholder_type(), lang.help_event_type()),
                            self.filter("search", &lang.placeholder_words(), lang.help_event_search()),
                            self.filter("sort", "asc|desc", lang.help_event_sort()),
                        ]),
                        self.record_of::<Event>(
                            "show",
                            "eduzz blinket events show",
                            lang.help_live_events_show(),
                            &event,
                        )
                        .arg(event_of().required(true)),
                    ]),
                self.group(
                    "participants",
                    "eduzz blinket participants",
                    lang.help_participants(),
                )
                .subcommands([
                    self.list_in::<Participant>(
                        "list",
                        "eduzz blinket participants list",
                        lang.help_participants_list(),
                        [event_of()],
                    ),
                    self.command(
                        "check-in",
                        "eduzz blinket participants check-in",
                        lang.help_check_in(),
                        &[format!("{ticket}…")],
                    )
                    .args([
                        self.positional("ticket", &ticket, lang.help_tickets())
                            .required(true)
                            .action(ArgAction::Append)
                            .num_args(1..),
                        self.flag("undo", lang.help_undo()),
                        self.flag("show-body", lang.help_show_body()),
                    ]),
                ]),
            ])
    }
}
