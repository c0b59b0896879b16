//! `eduzz inbox list`: the stored events, the newest first.

use std::collections::BTreeSet;

use clap::Args;
use eduzz_store::{Filter, Row, Store};
use eduzz_sync::inbox::State;
use eduzz_webhook::EventName;

use super::records::{self, Record};
use super::{moments, status};
use crate::cli::{self, BadValue, FILTERS};
use crate::commands::database::{self, Database};
use crate::events;
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::Day;
use crate::output::Output;
use crate::table::Table;

/// Lista os eventos guardados, os mais novos primeiro | Lists the stored events, the newest first
#[derive(Debug, Args)]
#[command(after_help = "\
Não mostra corpos nem dados pessoais. As datas estão no horário de Brasília; com --json, um array,
em UTC. A tabela termina com os totais, os mesmos de `eduzz inbox status`.
 | \n\
Shows no bodies and no personal data. Dates are in Brasília's time; with --json, an array in UTC.
The table ends with the totals of `eduzz inbox status`.")]
pub(crate) struct List {
    #[command(flatten)]
    database: Database,
    /// Quantos, no máximo (padrão: 50) | How many at most (default: 50)
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = limit)]
    limit: u32,
    /// Só nestes estados: ready, claimed, parked, done, ignored, dead; vários separados por vírgula
    /// | Only in these states: ready, claimed, parked, done, ignored, dead; several with commas
    #[arg(long, value_name = "ESTADO,… | STATE,…", value_delimiter = ',', value_parser = state, help_heading = FILTERS)]
    state: Vec<State>,
    /// Só deste evento, com ou sem a origem: myeduzz.invoice_paid
    /// | Only of this event, with or without its origin: myeduzz.invoice_paid
    #[arg(long, value_name = "NOME | NAME", value_parser = event, help_heading = FILTERS)]
    event: Option<EventName>,
    /// Só os recebidos a partir deste dia, em Brasília: 2026-10-01, 01/10/2026, hoje ou ontem
    /// | Only those received since this day, in Brasília: 2026-10-01, 01/10/2026, today or
    /// yesterday
    #[arg(long, value_name = "DIA | DAY", value_parser = cli::day, help_heading = FILTERS)]
    since: Option<Day>,
}

impl List {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        on_store!(self.database.open(output.lang).await?, |store| self
            .list(output, &store)
            .await)
    }

    async fn list<S: Store>(self, output: Output, store: &S) -> Result<(), Failure> {
        let lang = output.lang;
        let mut filter = Filter::default();
        filter.states = self.state;
        filter.name = self.event.as_ref().map(|name| name.as_str().to_owned());
        filter.since = moments::since(lang, self.since.as_ref())?;
        // One more tells whether there are more.
        filter.limit = Some(self.limit + 1);
        let rows = store.list(filter).await;
        let mut rows = rows.map_err(|error| database::error(lang, &error))?;
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let is_more = rows.len() > limit;
        rows.truncate(limit);
        if let Some(event) = self.event.filter(|_| rows.is_empty()) {
            note_unlisted(output, &event);
        }
        if output.json {
            output.json(&rows.iter().map(Record::of).collect::<Vec<_>>())?;
        } else {
            if rows.is_empty() {
                output.note(&lang.no_rows());
            } else {
                output.draw(table(lang, &rows))?;
            }
            let counts = store.counts().await;
            let counts = counts.map_err(|error| database::error(lang, &error))?;
            output.line(&format!("\n{}", status::line(lang, &counts)))?;
        }
        if is_more {
            output.note(&lang.more_events(self.limit));
        }
        Ok(())
    }
}

fn table(lang: Lang, rows: &[Row]) -> Table {
    let header = [
        lang.column_seq(),
        lang.column_received(),
        lang.column_state(),
        lang.column_event(),
        lang.column_subject(),
        lang.column_attempts(),
        lang.column_error(),
    ];
    let rows = rows.iter().map(|row| {
        vec![
            row.seq.to_string(),
            moments::shown(lang, row.received_at),
            row.state.to_string(),
            row.name.clone().unwrap_or_else(|| String::from("?")),
            records::subject(row).unwrap_or_default(),
            row.attempts.to_string(),
            row.error.clone().unwrap_or_default(),
        ]
    });
    Table {
        header: header.to_vec(),
        rows: rows.collect(),
        numbers: BTreeSet::from([0, 5]),
        whole: BTreeSet::from([1, 2, 3]),
        statuses: BTreeSet::from([2]),
        leaves: vec![5, 4, 1],
    }
}

/// Says so if the SDK does not know a name, which may be mistyped.
pub(super) fn note_unlisted(output: Output, event: &EventName) {
    if events::Known::of(event).is_none() {
        output.note(&output.lang.event_not_listed());
    }
}

fn limit(text: &str) -> Result<u32, BadValue> {
    between(text, 1_000_000).ok_or(BadValue::Told(Lang::bad_limit))
}

/// Reads a number from 1 to this one.
pub(super) fn between(text: &str, most: u32) -> Option<u32> {
    let number = text.trim().parse().ok()?;
    (1..=most).contains(&number).then_some(number)
}

fn state(text: &str) -> Result<State, BadValue> {
    text.trim().parse().map_err(|_| BadValue::Told(Lang::bad_state))
}

/// Reads the name of an event, which the SDK need not know.
pub(super) fn event(text: &str) -> Result<EventName, BadValue> {
    EventName::new(text).ok_or(BadValue::Told(Lang::bad_event_name))
}

/// Reads the number of an event.
pub(super) fn seq(text: &str) -> Result<i64, BadValue> {
    let seq = text.trim_start_matches('#').parse().ok().filter(|seq| *seq > 0);
    seq.ok_or(BadValue::Told(Lang::bad_seq))
}
