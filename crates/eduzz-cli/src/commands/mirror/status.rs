//! `eduzz mirror status`: what the mirror has, and how sure that is.

use clap::Args;
use eduzz_mirror::{Proof, State};
use eduzz_store::Store;
use eduzz_store::mirror::{CrossCheck, MirrorStore};
use eduzz_sync::mirror::Verdict;
use serde::Serialize;

use super::copy::{self, Owner};
use crate::commands::database::Database;
use crate::failure::Failure;
use crate::output::Output;

/// Mostra o que o espelho tem, o que está provado e o que é duvidoso
/// | Shows what the mirror has, what is proven and what is doubtful
#[derive(Debug, Args)]
#[command(after_help = "\
Não faz chamadas. Sai com 1 se algo é duvidoso, para o cron. Uma janela (dias de uma lista) está
provada quando o serviço mostrou tantas linhas quantas disse, no começo e no fim da leitura, e o
espelho tem essas e nenhuma outra. Dias que não acabaram há 26 horas ficam abertos, sem dúvida.
 | \n\
Makes no calls. Exits with 1 if something is doubtful, for cron. A window (days of a list) is proven
when the service showed as many rows as it said, at the beginning and the end of the reading, and
the mirror has these and no others. Days that are not over for 26 hours are open, without doubt.")]
pub(crate) struct Status {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    owner: Owner,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    kind: &'static str,
    rows: u64,
    is_proven: bool,
    is_filled: bool,
    proven: u64,
    open: u64,
    doubtful: u64,
    unsettled: u64,
    disagreeing: u64,
    gone: u64,
    unreadable: u64,
    drifted: u64,
    cross_checks: CrossChecks,
}

/// How many proven windows another word of the service agrees with.
#[derive(Serialize)]
struct CrossChecks {
    agree: usize,
    disagree: usize,
    unknown: usize,
}

impl Status {
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
    let proof = Proof::new(store, account);
    let offline = |error| copy::offline(lang, &error);
    let states = proof.state().await.map_err(offline)?;
    let checks = proof.cross_checks().await.map_err(offline)?;
    let records: Vec<Record> = states.iter().map(|state| Record::of(state, &checks)).collect();
    if output.json {
        output.json(&records)?;
    } else {
        let rows = records.iter().map(|record| {
            let mut row = vec![record.kind.to_owned()];
            let counts = [
                record.rows,
                record.proven,
                record.open,
                record.doubtful,
                record.unsettled,
                record.disagreeing,
                record.unreadable,
                record.gone,
                record.drifted,
            ];
            row.extend(counts.map(|count| count.to_string()));
            row.push(match (record.is_proven, record.is_filled) {
                (true, _) => lang.mirror_proven(),
                (_, false) => lang.mirror_unfilled(),
                _ => lang.mirror_doubtful(),
            });
            row
        });
        output.table(&lang.mirror_columns().map(str::to_owned), rows)?;
        let contradicted: usize = records.iter().map(|record| record.cross_checks.disagree).sum();
        if contradicted > 0 {
            output.line(&lang.mirror_contradicted(contradicted))?;
        }
    }
    let doubtful = records.iter().filter(|record| !record.is_proven).count();
    if doubtful == 0 {
        Ok(())
    } else {
        Err(Failure::rejected(lang.mirror_has_doubts(doubtful)))
    }
}

impl Record {
    fn of(state: &State, checks: &[CrossCheck]) -> Self {
        let holding = &state.holding;
        let count = |verdict: Verdict| {
            let of_kind = checks.iter().filter(|check| check.source.kind() == holding.kind);
            of_kind.filter(|check| check.verdict == verdict).count()
        };
        Self {
            kind: holding.kind.as_str(),
            rows: holding.rows,
            is_proven: state.is_proven(),
            is_filled: state.is_filled,
            proven: holding.proven,
            open: holding.open,
            doubtful: holding.doubtful,
            unsettled: holding.unsettled,
            disagreeing: holding.disagreeing,
            gone: holding.gone,
            unreadable: holding.unreadable,
            drifted: holding.drifted,
            cross_checks: CrossChecks {
                agree: count(Verdict::Agree),
                disagree: count(Verdict::Disagree),
                unknown: count(Verdict::Unknown),
            },
        }
    }
}
