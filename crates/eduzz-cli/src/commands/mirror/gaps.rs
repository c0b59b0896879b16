//! `eduzz mirror gaps`: the windows that are not proven.

use clap::Args;
use eduzz_mirror::Proof;
use eduzz_store::Store;
use eduzz_store::mirror::{List, MirrorStore, Window};
use eduzz_sync::mirror::Doubt;
use serde::Serialize;

use super::copy::{self, Owner, Place};
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
    #[serde(flatten)]
    place: Place,
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
        let rows = gaps.iter().map(|(list, window)| {
            let doubt = window.doubt.unwrap_or(Doubt::NotRead);
            Place::new(list, window.span).row(lang, self::doubt(lang, doubt))
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
    Record {
        place: Place::new(list, window.span),
        doubt: window.doubt.unwrap_or(Doubt::NotRead).as_str(),
    }
}

/// The reason for a person.
pub(super) fn doubt(lang: Lang, doubt: Doubt) -> String {
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
