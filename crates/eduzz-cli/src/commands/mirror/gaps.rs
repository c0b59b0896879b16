//! `eduzz mirror gaps`: the windows that are not proven.

use clap::Args;
use eduzz_mirror::Proof;
use eduzz_store::Store;
use eduzz_store::mirror::{List, MirrorStore, Window};
use eduzz_sync::mirror::Doubt;
use eduzz_types::Date;
use serde::Serialize;

use super::copy::{self, Owner};
use crate::commands::database::Database;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::output::Output;

/// Mostra as janelas que não estão provadas, e por quê | Shows the windows that are not proven, and
/// why
#[derive(Debug, Args)]
pub(crate) struct Gaps {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    owner: Owner,
}

#[derive(Serialize)]
struct Record {
    kind: &'static str,
    of: Option<String>,
    first: Option<String>,
    last: Option<String>,
    doubt: &'static str,
}

impl Gaps {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        on_store!(self.database.open(output.lang).await?, |store| show(
            output, self.owner, store
        )
        .await)
    }
}

async fn show<S: Store + MirrorStore>(output: Output, owner: Owner, store: S) -> Result<(), Failure> {
    let lang = output.lang;
    let account = owner.find(lang, &store).await?;
    let gaps = Proof::new(store, account).gaps().await;
    let gaps = gaps.map_err(|error| copy::offline(lang, &error))?;
    if output.json {
        output.json(&gaps.iter().map(record).collect::<Vec<_>>())?;
    } else if gaps.is_empty() {
        output.line(&lang.mirror_no_gaps())?;
    } else {
        let rows = gaps.iter().map(|gap| {
            let record = record(gap);
            let days = match (record.first, record.last) {
                (Some(first), Some(last)) => format!("{first} – {last}"),
                _ => record.of.unwrap_or_else(|| lang.mirror_whole()),
            };
            let doubt = gap.1.doubt.unwrap_or(Doubt::NotRead);
            vec![record.kind.to_owned(), days, self::doubt(lang, doubt)]
        });
        output.table(&[], rows)?;
    }
    if gaps.is_empty() {
        Ok(())
    } else {
        Err(Failure::rejected(lang.mirror_has_gaps(gaps.len())))
    }
}

fn record((list, window): &(List, Window)) -> Record {
    let day = |day: i32| {
        let day = Date::from_days_since_epoch(day.into()).ok();
        day.filter(|_| list.kind.is_dated())
            .map(|day| day.as_str().to_owned())
    };
    Record {
        kind: list.kind.as_str(),
        of: (!list.parent.is_empty()).then(|| list.parent.clone()),
        first: day(window.span.first),
        last: day(window.span.last),
        doubt: window.doubt.unwrap_or(Doubt::NotRead).as_str(),
    }
}

/// The reason for a person.
fn doubt(lang: Lang, doubt: Doubt) -> String {
    match doubt {
        Doubt::NotRead => lang.doubt_not_read(),
        Doubt::NotOver => lang.doubt_not_over(),
        Doubt::TotalMoved | Doubt::RowsMoved => lang.doubt_moved(),
        Doubt::TotalDiffers => lang.doubt_total(),
        Doubt::RowsDiffer => lang.doubt_rows(),
        Doubt::Unsettled => lang.doubt_unsettled(),
        _ => lang.doubt_changed(),
    }
}
