//! `eduzz mirror back-fill`: reads the days that were not read.

use clap::Args;

use super::copy;
use super::progress::Shown;
use crate::commands::database::Database;
use crate::failure::Failure;
use crate::output::Output;

/// Lê só o que ainda não foi lido, os dias mais novos primeiro
/// | Reads only what has not been read yet, the newest days first
#[derive(Debug, Args)]
pub(crate) struct BackFill {
    #[command(flatten)]
    database: Database,
}

impl BackFill {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        on_store!(self.database.open(output.lang).await?, |store| {
            let (api, mirror) = copy::made(output, store).await?;
            let shown = Shown::new(output, &api);
            let done = shown.during(mirror.proof(), api.pace(), mirror.back_fill());
            let done = done.await;
            copy::write(output, &done.map_err(|error| copy::failure(&api, &error))?)
        })
    }
}
