//! `eduzz nutror`: courses: list, modules; students: list, show, enrollments.

use clap::ArgMatches;
use eduzz_api::nutror::{GetStudent, ListCourseModules, ListCourses, ListStudentEnrollments, ListStudents};

use crate::failure::Failure;
use crate::lists::job;
use crate::lists::show::Shown;
use crate::lists::wanted::{filter, word};
use crate::output::Output;

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("courses", matches)) => courses(output, matches).await,
        Some(("students", matches)) => students(output, matches).await,
        _ => Err(Failure::usage(output.lang.missing_command())),
    }
}

async fn courses(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("list", matches)) => {
            let (shown, found) = Shown::of(output, matches, &ListCourses::new()).await?;
            shown.all(&found)
        }
        Some(("modules", matches)) => {
            let call = ListCourseModules::new(word(matches, "course"));
            let (shown, found) = Shown::of(output, matches, &call).await?;
            shown.all(&found)
        }
        _ => Err(Failure::usage(output.lang.missing_command())),
    }
}

async fn students(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("list", matches)) => {
            job::run(output, matches, || {
                let mut list = ListStudents::new();
                list.email = filter(output.lang, matches, "email")?.map(Into::into);
                Ok((list, None))
            })
            .await
        }
        Some(("show", matches)) => {
            let (shown, found) = Shown::of(output, matches, &GetStudent::new(word(matches, "id"))).await?;
            shown.one(&found)
        }
        Some(("enrollments", matches)) => {
            job::run(output, matches, || {
                Ok((ListStudentEnrollments::new(word(matches, "id")), None))
            })
            .await
        }
        _ => Err(Failure::usage(output.lang.missing_command())),
    }
}
