//! `eduzz inbox retry` and `replay`: events back into the queue.

use std::collections::BTreeMap;

use clap::Args;
use eduzz_store::{Filter, Reopening, Row, Store};
use eduzz_sync::inbox::{Reading, State};
use eduzz_webhook::EventName;
use serde::Serialize;

use super::{list, moments};
use crate::cli;
use crate::commands::database::{self, Database};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::Day;
use crate::output::Output;

/// Põe eventos mortos de volta na fila, com todas as tentativas
/// | Puts dead events back into the queue, with all attempts again
#[derive(Debug, Args)]
#[command(after_help = "\
Um handler que já aceitou o evento não o recebe de novo. Um evento que espera a próxima tentativa
também pode ser tentado na hora.

Saída: 1 algum dos eventos não existe, ou não voltou à fila
 | \n\
Handlers that accepted the event do not receive it again. An event that waits for its next attempt
can also be tried at once.

Exit: 1 one of the events does not exist, or is not back in the queue")]
pub(crate) struct Retry {
    #[command(flatten)]
    database: Database,
    /// Todos os mortos | All dead events
    #[arg(long)]
    dead: bool,
    /// Números dos eventos | Numbers of the events
    #[arg(value_name = "NÚMERO | NUMBER", value_parser = list::seq, conflicts_with = "dead")]
    seqs: Vec<i64>,
}

/// Repete eventos de qualquer estado: todos os handlers os recebem de novo
/// | Replays events of any state: every handler receives them again
#[derive(Debug, Args)]
#[command(after_help = "\
A chave de idempotência de um evento repetido não muda. Um evento cujo corpo foi apagado, ou que
está com um worker, fica como está.

Saída: 1 algum dos eventos não existe, ou não voltou à fila
 | \n\
A replayed event keeps its idempotency key. An event whose body was deleted, or that a worker has,
stays as it is.

Exit: 1 one of the events does not exist, or is not back in the queue")]
pub(crate) struct Replay {
    #[command(flatten)]
    database: Database,
    /// Todos os que o SDK não entendia quando chegaram (depois de uma atualização)
    /// | All that the SDK could not read when they arrived (after an upgrade)
    #[arg(long)]
    unknown: bool,
    /// Todos deste evento, com ou sem a origem: myeduzz.invoice_paid
    /// | All of this event, with or without its origin: myeduzz.invoice_paid
    #[arg(long, value_name = "NOME | NAME", value_parser = list::event)]
    event: Option<EventName>,
    /// Só os recebidos a partir deste dia, em Brasília: 2026-10-01, 01/10/2026, hoje ou ontem; sem
    /// outra opção, todos eles
    /// | Only those received since this day, in Brasília: 2026-10-01, 01/10/2026, today or
    /// yesterday; without another option, all of them
    #[arg(long, value_name = "DIA | DAY", value_parser = cli::day)]
    since: Option<Day>,
    /// Números dos eventos | Numbers of the events
    #[arg(value_name = "NÚMERO | NUMBER", value_parser = list::seq, conflicts_with_all = ["unknown", "event", "since"])]
    seqs: Vec<i64>,
}

#[derive(Serialize)]
struct Reopened {
    reopened: u64,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    refused: BTreeMap<i64, &'static str>,
}

impl Retry {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        if self.seqs.is_empty() && !self.dead {
            return Err(Failure::usage(output.lang.retry_which()));
        }
        let mut filter = Filter::default();
        filter.seqs = self.seqs;
        if self.dead {
            filter.states = vec![State::Dead];
        }
        on_store!(self.database.open(output.lang).await?, |store| {
            reopen(output, &store, filter, Reopening::Retry).await
        })
    }
}

impl Replay {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let is_narrowed = self.unknown || self.event.is_some() || self.since.is_some();
        if self.seqs.is_empty() && !is_narrowed {
            return Err(Failure::usage(output.lang.replay_which()));
        }
        let mut filter = Filter::default();
        filter.seqs = self.seqs;
        if self.unknown {
            filter.readings = vec![Reading::Unknown, Reading::Unusable];
        }
        filter.name = self.event.as_ref().map(|name| name.as_str().to_owned());
        filter.since = moments::since(output.lang, self.since.as_ref())?;
        if let Some(event) = &self.event {
            list::note_unlisted(output, event);
        }
        on_store!(self.database.open(output.lang).await?, |store| {
            reopen(output, &store, filter, Reopening::Replay).await
        })
    }
}

/// Why an event is not back in the queue.
#[derive(Clone, Copy)]
enum Refused {
    Missing,
    Claimed,
    Ended(State),
    Pruned,
}

async fn reopen<S: Store>(
    output: Output,
    store: &S,
    filter: Filter,
    reopening: Reopening,
) -> Result<(), Failure> {
    let lang = output.lang;
    let failed = |error| database::error(lang, &error);
    let mut refused = Vec::new();
    for seq in &filter.seqs {
        let event = store.get(*seq).await.map_err(failed)?;
        let why = match &event {
            None => Some(Refused::Missing),
            Some(event) if event.body.is_none() => Some(Refused::Pruned),
            Some(event) => refusal(&event.row, reopening),
        };
        refused.extend(why.map(|why| (*seq, why)));
    }
    let reopened = store.reopen(filter, reopening).await.map_err(failed)?;
    if output.json {
        output.json(&Reopened {
            reopened,
            refused: refused.iter().map(|(seq, why)| (*seq, why.code())).collect(),
        })?;
    } else {
        output.line(&lang.reopened(reopened))?;
    }
    if refused.is_empty() {
        return Ok(());
    }
    let list = refused
        .iter()
        .map(|(seq, why)| format!("{seq} ({})", why.in_words(lang)));
    let list = list.collect::<Vec<_>>().join(", ");
    Err(Failure::rejected(lang.not_reopened(&list)))
}

fn refusal(row: &Row, reopening: Reopening) -> Option<Refused> {
    match (reopening, row.state) {
        (_, State::Claimed) => Some(Refused::Claimed),
        (Reopening::Retry, state @ (State::Done | State::Ignored)) => Some(Refused::Ended(state)),
        _ => None,
    }
}

impl Refused {
    const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Claimed => "claimed",
            Self::Ended(state) => state.as_str(),
            Self::Pruned => "pruned",
        }
    }

    fn in_words(self, lang: Lang) -> String {
        match self {
            Self::Missing => lang.not_there(),
            Self::Claimed => lang.is_claimed(),
            Self::Ended(state) => lang.not_dead(state.as_str()),
            Self::Pruned => lang.has_no_body(),
        }
    }
}
