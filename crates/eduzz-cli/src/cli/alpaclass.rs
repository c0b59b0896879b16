//! The commands of Alpaclass.

use clap::Command;
use eduzz_types::alpaclass::{Enrollment, Student, Team};

use crate::cli::Help;

impl Help {
    pub(super) fn alpaclass(self) -> Command {
        let lang = self.0;
        let (team, student) = (lang.placeholder_team(), lang.placeholder_student());
        let team_of = || self.positional("team", &team, lang.help_team());
        let sort = || self.filter("sort", &lang.placeholder_order(), lang.help_sort_fields());
        self.group("alpaclass", "eduzz alpaclass", lang.help_alpaclass())
            .subcommands([
                self.record_of::<Team>("teams", "eduzz alpaclass teams", lang.help_teams(), "")
                    .arg(sort()),
                self.group("students", "eduzz alpaclass students", lang.help_students())
                    .subcommands([
                        self.list_in::<Student>(
                            "list",
                            "eduzz alpaclass students list",
                            lang.help_students_list(),
                            [team_of()],
                        )
                        .args(self.days(lang.help_from_any()))
                        .args([
                            self.filter("email", "EMAIL", lang.help_student_email()),
                            self.filter("document", "CPF", lang.help_student_document()),
                            self.filter("frozen", "true|false", lang.help_frozen())
                                .value_parser(["true", "false"]),
                            sort(),
                        ]),
                        self.record_of::<Student>(
                            "add",
                            "eduzz alpaclass students add",
                            lang.help_students_add(),
                            &team,
                        )
                        .arg(team_of().required(true))
                        .args([
                            self.text_of("name", &lang.placeholder_name(), lang.help_student_name())
                                .required(true),
                            self.text_of("email", "EMAIL", lang.help_student_new_email())
                                .required(true),
                            self.text_of("phone", &lang.placeholder_digits(), lang.help_student_phone()),
                            self.text_of("document", "CPF", lang.help_student_new_document()),
                            self.list("tag", "TAG", lang.help_student_tag()),
                        ]),
                        self.list_in::<Enrollment>(
                            "enrollments",
                            "eduzz alpaclass students enrollments",
                            lang.help_students_enrollments(),
                            [
                                team_of(),
                                self.positional("student", &student, lang.help_student()),
                            ],
                        ),
                    ]),
            ])
    }
}
