//! `eduzz mirror forget`: a person leaves the database.

use std::collections::BTreeMap;

use clap::Args;
use eduzz_store::Store;
use eduzz_store::mirror::{Forget as Request, Forgotten, MirrorStore};
use eduzz_types::PersonalText;
use serde::Serialize;

use super::copy::Owner;
use crate::ask;
use crate::cli::BadValue;
use crate::commands::database::{self, Database};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::output::Output;

/// Apaga uma pessoa do banco de dados (LGPD): colunas, JSON, corpos de eventos
/// | Forgets a person (LGPD): columns, JSON, bodies of events
#[derive(Debug, Args)]
#[command(after_help = "\
Vendas, assinaturas e outros registros da pessoa ficam, com ids, datas, valores e produto, mas sem
nome, e-mail, documento, telefone, endereço e outros dados pessoais, nas colunas e no JSON. O mesmo
vale para os registros com o mesmo número de cliente e outro e-mail. Corpos de eventos da pessoa são
apagados; um evento que ainda espera não será mais tratado. O espelho guarda um hash com chave do
e-mail, para que a próxima leitura não traga a pessoa de volta, já que no serviço ela continua.

No fim, o arquivo (ou as tabelas, bloqueadas) é reescrito, sem vestígios do que foi apagado. Se o
banco for SQLite, pare antes `eduzz mirror run` e `eduzz inbox serve`. Se for interrompido, repita o
comando. Backups, arquivos de log do PostgreSQL e exportações anteriores ficam por sua conta.
 | \n\
The person's sales, subscriptions and other records stay, with ids, dates, amounts and product, and
without name, e-mail, document, telephone, address and other personal data, in the columns and in
the JSON. The same applies to records with the same customer number and another e-mail. Bodies of
the person's events are deleted; an event that still waits will not be handled. The mirror keeps a
keyed hash of the e-mail, so that the next reading does not bring the person back, because the
service still has the data.

At the end the file (or the tables, locked) is rewritten, and nothing is left in it. If the database
is SQLite, stop `eduzz mirror run` and `eduzz inbox serve` first. If the command is interrupted,
repeat it. Backups, PostgreSQL's log files and earlier exports are your responsibility.")]
pub(crate) struct Forget {
    /// O e-mail da pessoa | The person's e-mail address
    #[arg(value_name = "EMAIL", value_parser = address)]
    email: PersonalText,
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    owner: Owner,
    /// Só conta o que seria apagado | Only counts what would be forgotten
    #[arg(long)]
    dry_run: bool,
    /// Não pergunta antes | Does not ask before
    #[arg(long)]
    yes: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    records: BTreeMap<&'static str, u64>,
    unreadable: u64,
    events: u64,
    waiting: u64,
    customers: u64,
    other_emails: u64,
    is_trial: bool,
}

impl Forget {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        on_store!(self.database.open(output.lang).await?, |store| self
            .forget(output, store)
            .await)
    }

    async fn forget<S: Store + MirrorStore>(self, output: Output, store: S) -> Result<(), Failure> {
        let lang = output.lang;
        let account = self.owner.find(lang, &store).await?;
        let failed = |error| database::error(lang, &error);
        let request = Request::new(account, self.email.as_str());
        if self.dry_run || !self.yes {
            let found = store.forget(&request.clone().trial()).await.map_err(failed)?;
            if self.dry_run {
                return write(output, &found, true);
            }
            if !output.json {
                write(output, &found, true)?;
            }
            if !ask::is_agreed(output, &lang.forget_question(), lang.forget_needs_yes()).await? {
                return Err(Failure::interrupted(lang.forget_not_agreed()));
            }
        }
        let forgotten = store.forget(&request).await.map_err(failed)?;
        write(output, &forgotten, false)
    }
}

fn write(output: Output, found: &Forgotten, is_trial: bool) -> Result<(), Failure> {
    let lang = output.lang;
    if output.json {
        return output.json(&Record {
            records: found
                .records
                .iter()
                .map(|(kind, count)| (kind.as_str(), *count))
                .collect(),
            unreadable: found.unreadable,
            events: found.events,
            waiting: found.waiting,
            customers: found.customers,
            other_emails: found.other_emails,
            is_trial,
        });
    }
    let rows = found
        .records
        .iter()
        .map(|(kind, count)| (kind.as_str().to_owned(), *count));
    let rows = rows.chain([
        (lang.forget_unreadable(), found.unreadable),
        (lang.forget_events(), found.events),
        (lang.forget_waiting(), found.waiting),
        (lang.forget_customers(), found.customers),
        (lang.forget_other_emails(), found.other_emails),
    ]);
    output.table(&[], rows.map(|(what, count)| vec![what, count.to_string()]))?;
    let is_nothing = *found == Forgotten::default();
    if is_trial {
        Ok(())
    } else if is_nothing {
        output.line(&lang.forget_nothing())
    } else {
        output.line(&lang.forget_done())
    }
}

/// Reads an e-mail address. Errors do not quote it.
fn address(text: &str) -> Result<PersonalText, BadValue> {
    let text = text.trim();
    match text.split_once('@') {
        Some((name, host)) if !name.is_empty() && !host.is_empty() => Ok(text.into()),
        _ => Err(BadValue::Told(Lang::forget_not_an_address)),
    }
}
