//! `eduzz mirror init`: makes the mirror of the token's account.

use clap::Args;
use eduzz_mirror::{Mirror, MirrorError};
use eduzz_store::Store;
use eduzz_store::mirror::MirrorStore;
use eduzz_sync::mirror::Kind;
use eduzz_types::{Date, PersonalText};

use super::copy;
use crate::cli;
use crate::commands::database::Database;
use crate::commands::webhook::post;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::{Day, days};
use crate::output::Output;

/// Cria o espelho da conta do token: as tabelas e o primeiro dia a copiar
/// | Creates the mirror of the token's account: the tables and the first day to copy
#[derive(Debug, Args)]
pub(crate) struct Init {
    #[command(flatten)]
    database: Database,
    /// Copia a partir deste dia, 2026-10-01 ou 01/10/2026 (padrão: tudo); repita `init` para mudar
    /// | Copies from this day on, 2026-10-01 or 01/10/2026 (default: everything); repeat `init` to
    /// change it
    #[arg(long, value_name = "DIA | DAY", value_parser = cli::day)]
    since: Option<Day>,
    /// Copia só estes tipos, com os nomes de `eduzz mirror status` (padrão: all); repita `init`
    /// para mudar
    /// | Copies only these kinds, by the names of `eduzz mirror status` (default: all); repeat
    /// `init` to change it
    #[arg(long, value_name = "TIPO,… | KIND,…", value_delimiter = ',')]
    only: Vec<String>,
    /// Comunidades do HeyCamp cujos membros devem ser copiados; nenhuma chamada da API as lista
    /// | HeyCamp communities whose members to copy; no call of the API lists them
    #[arg(long, value_name = "ID,…", value_delimiter = ',')]
    community: Vec<String>,
    /// A URL da configuração de webhook por onde chegam os eventos do espelho: `run` a confere toda
    /// noite, e `status` mostra
    /// | The URL of the webhook subscription by which the mirror's events come: `run` checks it
    /// each night, and `status` shows it
    #[arg(long, value_name = "URL", value_parser = post::url)]
    webhook_url: Option<PersonalText>,
    /// Não confere mais a configuração de webhook | Checks the webhook subscription no more
    #[arg(long, conflicts_with = "webhook_url")]
    no_webhook: bool,
}

impl Init {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let only = self.kinds(lang)?;
        let since = self.since.as_ref().map(|day| days::on(lang, day)).transpose()?;
        let (opened, place) = self.database.open_or_create(lang).await?;
        let was_made = on_store!(opened, |store| {
            let (api, mirror) = copy::signed_in(output, store).await?;
            let was_made = mirror.is_made().await;
            let was_made = was_made.map_err(|error| copy::failure(&api, &error))?;
            let made = self.make(&mirror, since.as_ref(), only).await;
            if !made.map_err(|error| copy::failure(&api, &error))? {
                return Err(Failure::usage(lang.mirror_needs_community()));
            }
            was_made
        });
        if output.json {
            return output.json(&serde_json::json!({ "database": place }));
        }
        output.line(&if was_made {
            lang.mirror_already(&place)
        } else {
            lang.mirror_made(&place)
        })
    }

    /// The kinds of `--only`; `None` without it.
    fn kinds(&self, lang: Lang) -> Result<Option<Vec<Kind>>, Failure> {
        if self.only.is_empty() {
            return Ok(None);
        }
        let mut kinds = Vec::new();
        for name in self.only.iter().filter(|name| *name != "all") {
            kinds.push(kind(name).ok_or_else(|| {
                let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.as_str()).collect();
                Failure::usage(lang.mirror_unknown_kind(&known.join(", ")))
            })?);
        }
        Ok(Some(kinds))
    }

    /// What is not given stays as it was. `false` if members are asked for without a community.
    async fn make<S: Store + MirrorStore>(
        &self,
        mirror: &Mirror<S>,
        since: Option<&Date>,
        only: Option<Vec<Kind>>,
    ) -> Result<bool, MirrorError> {
        mirror.init(since).await?;
        let mut choice = mirror.choice().await?;
        if let Some(only) = only {
            choice = choice.only(only);
        }
        if !self.community.is_empty() {
            choice = choice.communities(self.community.iter().cloned());
        }
        if choice.named.contains(&Kind::HeycampMember) && choice.communities.is_empty() {
            return Ok(false);
        }
        mirror.choose(choice).await?;
        match &self.webhook_url {
            Some(url) => mirror.watch_webhook(Some(url.as_str())).await?,
            None if self.no_webhook => mirror.watch_webhook(None).await?,
            None => {}
        }
        Ok(true)
    }
}

/// The kind of a name, also in the plural: `sales`, `statement_entries`.
fn kind(name: &str) -> Option<Kind> {
    let plural = |kind: &Kind| match kind.as_str().strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{kind}s"),
    };
    let is_it = |kind: &&Kind| name == kind.as_str() || name == plural(kind);
    Kind::ALL.iter().find(is_it).copied()
}
