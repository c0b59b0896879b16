//! `eduzz mirror init`: makes the mirror of the token's account.

use clap::Args;
use eduzz_types::Date;

use super::copy;
use crate::cli;
use crate::commands::database::Database;
use crate::failure::Failure;
use crate::output::Output;

/// Cria o espelho da conta do token: as tabelas, e o primeiro dia a copiar
/// | Makes the mirror of the token's account: the tables, and the first day to copy
#[derive(Debug, Args)]
pub(crate) struct Init {
    #[command(flatten)]
    database: Database,
    /// Copia a partir deste dia (padrão: tudo); repita `init` para mudar
    /// | Copies from this day on (default: everything); repeat `init` to change it
    #[arg(long, value_name = "AAAA-MM-DD | YYYY-MM-DD", value_parser = cli::day)]
    since: Option<Date>,
}

impl Init {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let (opened, place) = self.database.open_or_create(lang).await?;
        on_store!(opened, |store| {
            let (api, mirror) = copy::signed_in(output, store).await?;
            let made = mirror.init(self.since.as_ref()).await;
            made.map_err(|error| copy::failure(&api, &error))?;
        });
        if output.json {
            return output.json(&serde_json::json!({ "database": place }));
        }
        output.line(&lang.mirror_made(&place))
    }
}
