//! `eduzz blinket`: events: list, show; participants: list, check-in.

use clap::ArgMatches;
use eduzz_api::blinket::{CheckIn, GetEvent, ListEvents, ListParticipants};
use eduzz_types::blinket::{EventOrder, EventType};
use eduzz_wire::Days;

use crate::client::Caller;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::show::Shown;
use crate::lists::wanted::{filter, word};
use crate::lists::{days, job};
use crate::output::Output;

pub(super) async fn run(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("events", matches)) => events(output, matches).await,
        Some(("participants", matches)) => participants(output, matches).await,
        _ => Err(Failure::usage(output.lang.missing_command())),
    }
}

async fn events(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("list", matches)) => job::run(output, matches, || list(output.lang, matches)).await,
        Some(("show", matches)) => {
            let (shown, found) = Shown::of(output, matches, &GetEvent::new(word(matches, "event"))).await?;
            shown.one(&found)
        }
        _ => Err(Failure::usage(output.lang.missing_command())),
    }
}

async fn participants(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    match matches.subcommand() {
        Some(("list", matches)) => {
            job::run(output, matches, || {
                Ok((ListParticipants::new(word(matches, "event")), None))
            })
            .await
        }
        Some(("check-in", matches)) => check_in(output, matches).await,
        _ => Err(Failure::usage(output.lang.missing_command())),
    }
}

/// Events are to come as well as past, so a day that is not given is an end that is open.
fn list(lang: Lang, matches: &ArgMatches) -> Result<(ListEvents, Option<Days>), Failure> {
    let given = |name: &str| filter(lang, matches, name);
    let (first, last) = (
        days::option(lang, matches, "from")?,
        days::option(lang, matches, "to")?,
    );
    if let (Some(first), Some(last)) = (&first, &last) {
        Days::new(first.clone(), last.clone()).map_err(|_| Failure::usage(lang.days_backwards()))?;
    }
    let mut list = ListEvents::new();
    list.start_date = first.map(Into::into);
    list.end_date = last.map(Into::into);
    list.kind = given("type")?.as_deref().map(EventType::from);
    list.search = given("search")?.map(Into::into);
    list.order = given("sort")?.as_deref().map(EventOrder::from);
    Ok((list, None))
}

async fn check_in(output: Output, matches: &ArgMatches) -> Result<(), Failure> {
    let lang = output.lang;
    let tickets = matches.get_many::<String>("ticket").into_iter().flatten();
    let tickets = tickets.map(String::as_str);
    let call = if matches.get_flag("undo") {
        CheckIn::undo(tickets)
    } else {
        CheckIn::new(tickets)
    };
    let caller = Caller::new(output, matches.get_flag("show-body"))?;
    caller.call(&call).await?;
    let count = call.invite_keys.len().to_string();
    match (output.json, call.checkin) {
        (true, _) => output.json(&call),
        (false, true) => output.line(&lang.checked_in(&count)),
        (false, false) => output.line(&lang.check_in_undone(&count)),
    }
}
