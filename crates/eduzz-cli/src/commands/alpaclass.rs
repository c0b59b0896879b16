//! `eduzz alpaclass`: teams; students: list, add, enrollments.

use clap::ArgMatches;
use eduzz_api::alpaclass::{CreateTeamStudent, ListTeamStudentEnrollments, ListTeamStudents, ListTeams};
use eduzz_types::alpaclass::Sort;
use eduzz_wire::Days;

use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::show::Shown;
use crate::lists::wanted::{filter, word};
use crate::lists::{days, job};
use crate::output::Output;

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("teams", matches)) => teams(output, matches).await,
        Some(("students", matches)) => match matches.subcommand() {
            Some(("list", matches)) => job::run(output, matches, || list(output.lang, matches)).await,
            Some(("add", matches)) => add(output, matches).await,
            Some(("enrollments", matches)) => {
                job::run(output, matches, || {
                    let (team, student) = (word(matches, "team"), word(matches, "student"));
                    Ok((ListTeamStudentEnrollments::new(team, student), None))
                })
                .await
            }
            _ => Err(Failure::usage(output.lang.missing_command())),
        },
        _ => Err(Failure::usage(output.lang.missing_command())),
    }
}

async fn teams(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    let mut call = ListTeams::new();
    call.sort = sort(output.lang, matches)?;
    let (shown, found) = Shown::of(output, matches, &call).await?;
    shown.all(&found.items)
}

fn list(lang: Lang, matches: &ArgMatches) -> Result<(ListTeamStudents, Option<Days>), Failure> {
    let days = days::if_given(lang, matches)?;
    let mut list = ListTeamStudents::new(word(matches, "team"));
    let given = |name: &str| filter(lang, matches, name);
    list.start_date = days.as_ref().map(|days| days.first().clone().into());
    list.end_date = days.as_ref().map(|days| days.last().clone().into());
    list.email = given("email")?.map(Into::into);
    list.document = given("document")?.map(Into::into);
    list.is_frozen = given("frozen")?.map(|frozen| frozen == "true");
    list.sort = sort(lang, matches)?;
    Ok((list, days))
}

async fn add(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    let lang = output.lang;
    let given = |name: &str| filter(lang, matches, name);
    let needed = |name: &str| given(name).map(Option::unwrap_or_default);
    let tags = matches.get_many::<String>("tag").into_iter().flatten();
    let mut call =
        CreateTeamStudent::new(word(matches, "team"), needed("name")?, needed("email")?).tags(tags.cloned());
    call.phone = given("phone")?.map(Into::into);
    call.document = given("document")?.map(Into::into);
    let (shown, found) = Shown::of(output, matches, &call).await?;
    shown.one(&found)
}

fn sort(lang: Lang, matches: &ArgMatches) -> Result<Option<Sort>, Failure> {
    let read = |text: String| text.parse().map_err(|_| Failure::usage(lang.bad_sort()));
    filter(lang, matches, "sort")?.map(read).transpose()
}
