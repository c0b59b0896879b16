//! `eduzz inbox prune`: deletes old bodies.

use std::time::Duration;

use clap::Args;
use eduzz_store::Store;
use serde::Serialize;

use crate::cli::BadValue;
use crate::commands::database::{self, Database};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::output::Output;

/// Apaga os corpos antigos de eventos tratados ou ignorados
/// | Deletes old bodies of events that are done or ignored
#[derive(Debug, Args)]
#[command(after_help = "\
As linhas ficam, sem dados pessoais, para que uma cópia atrasada ainda seja reconhecida. Eventos
que esperam e eventos mortos ficam inteiros.
 | \n\
The rows stay, without personal data, so that a late copy is still recognised. Events that wait,
and dead ones, stay whole.")]
pub(crate) struct Prune {
    #[command(flatten)]
    database: Database,
    /// Só os recebidos há mais dias que isto: 90d
    /// | Only those received more days ago than this: 90d
    #[arg(long, value_name = "DIAS | DAYS", value_parser = age)]
    older: Duration,
}

#[derive(Serialize)]
struct Pruned {
    pruned: u64,
}

impl Prune {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        on_store!(self.database.open(output.lang).await?, |store| self
            .prune(output, &store)
            .await)
    }

    async fn prune<S: Store>(self, output: Output, store: &S) -> Result<(), Failure> {
        let lang = output.lang;
        let failed = |error| database::error(lang, &error);
        let now = store.now().await.map_err(failed)?;
        let pruned = store.prune(now.before(self.older)).await.map_err(failed)?;
        if output.json {
            output.json(&Pruned { pruned })
        } else {
            output.line(&lang.pruned(pruned))
        }
    }
}

/// Reads `90d`. A day at least: a younger event may still be asked for.
fn age(text: &str) -> Result<Duration, BadValue> {
    let days = text
        .trim()
        .strip_suffix('d')
        .and_then(|days| days.parse::<u32>().ok());
    let days = days.filter(|days| *days > 0);
    let days = days.ok_or(BadValue::Told(Lang::bad_age))?;
    Ok(Duration::from_secs(u64::from(days) * 86_400))
}
