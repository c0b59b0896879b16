//! `eduzz nutror`: courses: list, modules; students: list, show, enrollments.

use clap::ArgMatches;
use eduzz_api::nutror::{GetStudent, ListCourseModules, ListCourses, ListStudentEnrollments, ListStudents};

use crate::client::Caller;
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
            let shown = Shown::read(output, matches)?;
            let caller = Caller::new(output, matches.get_flag("show-body"))?;
            shown.all(&caller.call(&ListCourses::new()).await?)
        }
        Some(("modules", matches)) => {
            let shown = Shown::read(output, matches)?;
            let caller = Caller::new(output, matches.get_flag("show-body"))?;
            let call = ListCourseModules::new(word(matches, "course"));
            shown.all(&caller.call(&call).await?)
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
            let shown = Shown::read(output, matches)?;
            let caller = Caller::new(output, matches.get_flag("show-body"))?;
            shown.one(&caller.call(&GetStudent::new(word(matches, "id"))).await?)
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
