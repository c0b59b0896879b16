//! `eduzz mirror gaps`: the windows that are not proven.

use clap::Args;
use eduzz_mirror::{Proof, State};
use eduzz_store::Store;
use eduzz_store::mirror::{List, MirrorStore, Window};
use eduzz_sync::mirror::{Doubt, Source, Verdict};
use serde::Serialize;

use super::copy::{self, Owner, Place};
use crate::commands::database::Database;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::output::Output;

/// Mostra as janelas que não estão provadas, e por quê | Shows the windows that are not proven, and
/// why
#[derive(Debug, Args)]
#[command(after_help = "\
Mostra também as janelas provadas que não batem com o resumo das vendas ou com o extrato. Não está
documentado o que o serviço soma: isso é um aviso, não uma dúvida, e não muda o código de saída.
 | \n\
Also shows the proven windows that disagree with the summary of sales or with the statement. What
the service adds up is not documented: this is a warning, not a doubt, and does not change the exit
code.")]
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
    doubt: Option<&'static str>,
    /// What says something else of a proven window.
    contradicts: Option<&'static str>,
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
    let proof = Proof::new(store, &account);
    let offline = |error| copy::offline(lang, &error);
    let gaps = proof.gaps().await.map_err(offline)?;
    let states = proof.state().await.map_err(offline)?;
    let mut checks = proof.cross_checks().await.map_err(offline)?;
    checks.retain(|check| check.verdict == Verdict::Disagree);
    let hints = checks.iter().map(|check| {
        let list = List::new(&account, check.source.kind());
        (Place::new(&list, check.span), check.source)
    });
    if output.json {
        let hints = hints.map(|(place, source)| Record {
            place,
            doubt: None,
            contradicts: Some(source.as_str()),
        });
        output.json(&gaps.iter().map(record).chain(hints).collect::<Vec<_>>())?;
    } else if gaps.is_empty() && checks.is_empty() {
        output.line(&lang.mirror_no_gaps())?;
    } else {
        let rows = gaps.iter().map(|(list, window)| {
            let doubt = window.doubt.unwrap_or(Doubt::NotRead);
            Place::new(list, window.span).row(lang, self::doubt(lang, doubt))
        });
        let hints = hints.map(|(place, source)| place.row(lang, contradicts(lang, source)));
        output.table(&[], rows.chain(hints))?;
    }
    let matters = |(list, window): &&(List, Window)| {
        let is_named = |state: &State| state.holding.kind == list.kind && state.is_named;
        window.doubt != Some(Doubt::Refused) || states.iter().any(is_named)
    };
    match gaps.iter().filter(matters).count() {
        0 => Ok(()),
        count => Err(Failure::rejected(lang.mirror_has_gaps(count))),
    }
}

fn record((list, window): &(List, Window)) -> Record {
    Record {
        place: Place::new(list, window.span),
        doubt: Some(window.doubt.unwrap_or(Doubt::NotRead).as_str()),
        contradicts: None,
    }
}

/// What says something else, for a person.
fn contradicts(lang: Lang, source: Source) -> String {
    match source {
        Source::SalesSummary => lang.contradicts_summary(),
        _ => lang.contradicts_statement(),
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
        Doubt::ListEnds => lang.doubt_list_ends(),
        Doubt::Refused => lang.doubt_refused(),
        _ => lang.doubt_changed(),
    }
}
