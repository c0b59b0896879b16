//! The commands of Nutror.

use clap::Command;
use eduzz_types::nutror::{CourseSummary, Enrollment, Module, Student};

use crate::cli::Help;

impl Help {
    pub(super) fn nutror(self) -> Command {
        let lang = self.0;
        let id = "ID";
        let course = lang.placeholder_course();
        let student_of = || self.positional("id", id, lang.help_learner());
        self.group("nutror", "eduzz nutror", lang.help_nutror())
            .subcommands([
                self.group("courses", "eduzz nutror courses", lang.help_courses())
                    .subcommands([
                        self.record_of::<CourseSummary>(
                            "list",
                            "eduzz nutror courses list",
                            lang.help_courses_list(),
                            "",
                        ),
                        self.record_of::<Module>(
                            "modules",
                            "eduzz nutror courses modules",
                            lang.help_courses_modules(),
                            &course,
                        )
                        .arg(
                            self.positional("course", &course, lang.help_course())
                                .required(true),
                        ),
                    ]),
                self.group("students", "eduzz nutror students", lang.help_learners())
                    .subcommands([
                        self.list_in::<Student>(
                            "list",
                            "eduzz nutror students list",
                            lang.help_learners_list(),
                            [],
                        )
                        .arg(self.filter(
                            "email",
                            "EMAIL",
                            lang.help_student_email(),
                        )),
                        self.record_of::<Student>(
                            "show",
                            "eduzz nutror students show",
                            lang.help_learners_show(),
                            id,
                        )
                        .arg(student_of().required(true)),
                        self.list_in::<Enrollment>(
                            "enrollments",
                            "eduzz nutror students enrollments",
                            lang.help_students_enrollments(),
                            [student_of()],
                        ),
                    ]),
            ])
    }
}
