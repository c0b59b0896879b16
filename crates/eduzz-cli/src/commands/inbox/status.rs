//! `eduzz inbox status`: what the inbox holds.

use clap::Args;
use eduzz_store::{Counts, Store};

use super::moments;
use super::records::{Totals, waiting};
use crate::commands::database::{self, Database};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::output::Output;

/// Mostra quantos eventos estão esperando, mortos e tratados
/// | Shows how many events are waiting, dead and done
#[derive(Debug, Args)]
pub(crate) struct Status {
    #[command(flatten)]
    database: Database,
}

impl Status {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        on_store!(self.database.open(output.lang).await?, |store| show(
            output, &store
        )
        .await)
    }
}

async fn show<S: Store>(output: Output, store: &S) -> Result<(), Failure> {
    let lang = output.lang;
    let counts = store
        .counts()
        .await
        .map_err(|error| database::error(lang, &error))?;
    if output.json {
        return output.json(&Totals::of(&counts));
    }
    let oldest = counts.oldest_open.map(moments::time);
    let rows = [
        (lang.counts_waiting(), waiting(&counts).to_string()),
        (lang.counts_oldest(), oldest.unwrap_or_default()),
        (lang.counts_dead(), counts.dead.to_string()),
        (lang.counts_done(), counts.done.to_string()),
        (lang.counts_ignored(), counts.ignored.to_string()),
        (
            lang.counts_copies(),
            copies(lang, counts.copies, counts.differing),
        ),
    ];
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    output.table(&[], rows.map(|(name, value)| vec![name, value]))
}

/// The counts in one line.
pub(super) fn line(lang: Lang, counts: &Counts) -> String {
    let oldest = counts
        .oldest_open
        .map(|oldest| lang.oldest_for(&moments::time(oldest)));
    lang.counts_line(
        waiting(counts),
        &oldest.unwrap_or_default(),
        counts.dead,
        counts.done,
        counts.ignored,
        counts.copies,
    )
}

/// The number of copies, and of those with another body if there are any.
pub(super) fn copies(lang: Lang, copies: u64, differing: u64) -> String {
    match differing {
        0 => copies.to_string(),
        differing => lang.copies_differing(copies, differing),
    }
}
