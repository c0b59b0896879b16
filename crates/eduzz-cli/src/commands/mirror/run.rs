//! `eduzz mirror run`: copies what is due.

use std::future::pending;

use clap::Args;
use eduzz_store::Store;
use eduzz_store::mirror::MirrorStore;
use eduzz_sync::mirror::PASS_LEASE;

use super::copy;
use super::progress::Shown;
use crate::commands::database::Database;
use crate::failure::Failure;
use crate::output::Output;

/// Copia o que falta, o que mudou e o que os eventos avisaram, até o Ctrl-C
/// | Copies missing, changed and announced records until Ctrl-C
#[derive(Debug, Args)]
#[command(after_help = "\
Lê primeiro os dias mais recentes. Pode ser interrompido a qualquer momento: a próxima execução
continua de onde esta parou. Cada chamada conta no limite da conta (30 por minuto em cada rota).

Num terminal, uma linha por tipo mostra quanto falta; fora dele, linhas comuns, uma vez por minuto.
O tempo é o mínimo que o limite de chamadas permite.
 | \n\
Reads the newest days first. It can be stopped at any moment: the next run resumes there. Each call
counts against the account's limit (30 per minute and route).

On a terminal, a line for each kind shows how much is left; elsewhere, plain lines do so once a
minute. The time is the least that the limit of calls allows.")]
pub(crate) struct Run {
    #[command(flatten)]
    database: Database,
    /// Lê o que estiver pendente e termina | Does what is due, then exits
    #[arg(long)]
    once: bool,
}

impl Run {
    /// Whether only Ctrl-C ends it.
    pub(crate) const fn goes_on(&self) -> bool {
        !self.once
    }

    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        on_store!(self.database.open(output.lang).await?, |store| self
            .copy(output, store)
            .await)
    }

    async fn copy<S: Store + MirrorStore>(&self, output: Output, store: S) -> Result<(), Failure> {
        let (api, mirror) = copy::made(output, store).await?;
        let shown = Shown::new(output, &api);
        if self.once {
            let done = shown.during(mirror.proof(), api.pace(), mirror.run_once()).await;
            copy::write(output, &done.map_err(|error| copy::failure(&api, &error))?)?;
            let gaps = mirror.proof().gaps().await;
            let gaps = gaps.map_err(|error| copy::failure(&api, &error))?;
            let held = gaps.iter().filter(|(_, window)| window.is_held).count();
            if held > 0 {
                // Another run reads them, or was ended and left them.
                let minutes = PASS_LEASE.as_secs().div_ceil(60);
                output.note(&output.lang.mirror_held(held, minutes));
            }
            return Ok(());
        }
        let mut written = Ok(());
        let ran = mirror.run(pending(), |result| {
            shown.suspend(|| match result {
                Ok(done) => written = copy::write(output, done),
                Err(error) => output.failure(&copy::failure(&api, error)),
            });
        });
        let ran = shown.during(mirror.proof(), api.pace(), ran);
        ran.await.map_err(|error| copy::failure(&api, &error))?;
        written
    }
}
