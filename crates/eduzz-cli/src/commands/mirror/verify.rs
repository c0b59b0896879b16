//! `eduzz mirror verify`: proves the mirror again.

use clap::Args;
use eduzz_mirror::{Flaw, Proof};
use eduzz_store::Store;
use eduzz_store::mirror::MirrorStore;
use serde::Serialize;

use super::copy::{self, Owner, Place};
use crate::commands::database::Database;
use crate::failure::Failure;
use crate::output::Output;

/// Confere o espelho: cada linha no banco de dados, e depois tudo de novo no serviço
/// | Verifies the mirror: each row in the database, then everything at the service again
#[derive(Debug, Args)]
#[command(after_help = "\
Primeiro, sem chamadas, confere se as colunas batem com o JSON guardado e se as somas de cada janela
são as que foram provadas. Depois relê cada janela no serviço (com --offline, não). Linhas alteradas
por fora no banco de dados são apontadas, e o comando sai com 1.
 | \n\
First, without calls, it checks that the columns match the stored JSON and that the sums of each
window are the proven ones. Then it reads each window from the service again (not with --offline).
Rows that something else changed in the database are named, and the command exits with 1.")]
pub(crate) struct Verify {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    owner: Owner,
    /// Só o banco de dados, sem chamadas | Only the database, without calls
    #[arg(long)]
    offline: bool,
}

#[derive(Serialize)]
struct Record {
    #[serde(flatten)]
    place: Place,
    records: Vec<String>,
}

impl Verify {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        on_store!(self.database.open(output.lang).await?, |store| self
            .verify(output, store)
            .await)
    }

    async fn verify<S: Store + MirrorStore>(self, output: Output, store: S) -> Result<(), Failure> {
        let lang = output.lang;
        let account = self.owner.find(lang, &store).await?;
        let flaws = Proof::new(store.clone(), account).examine().await;
        let flaws = flaws.map_err(|error| copy::offline(lang, &error))?;
        let records: Vec<Record> = flaws.iter().map(record).collect();
        if output.json {
            output.json(&records)?;
        } else if records.is_empty() {
            output.line(&lang.mirror_sound())?;
        } else {
            let rows = records.into_iter();
            output.table(
                &[],
                rows.map(|record| record.place.row(lang, record.records.join(", "))),
            )?;
        }
        if !flaws.is_empty() {
            return Err(Failure::rejected(lang.mirror_has_flaws(flaws.len())));
        }
        if self.offline {
            return Ok(());
        }
        let (api, mirror) = copy::made(output, store).await?;
        let done = mirror.check().await;
        let done = done.map_err(|error| copy::failure(&api, &error))?;
        if !output.json {
            copy::write(output, &done)?;
        }
        Ok(())
    }
}

fn record(flaw: &Flaw) -> Record {
    Record {
        place: Place::new(&flaw.list, flaw.span),
        records: flaw.records.clone(),
    }
}
