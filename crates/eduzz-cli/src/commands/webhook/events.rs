//! `eduzz webhook events`: every event that the SDK knows.

use clap::Args;
use serde::Serialize;

use crate::events::{self, Known};
use crate::failure::Failure;
use crate::output::Output;

/// Lista os eventos que o SDK conhece | Lists the events that the SDK knows
#[derive(Debug, Args)]
pub(crate) struct Events {}

#[derive(Serialize)]
struct Row {
    name: &'static str,
    page: String,
}

impl Events {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let all = events::all();
        if output.json {
            let row = |known: &Known| Row {
                name: known.name,
                page: known.page(),
            };
            return output.json(&all.iter().map(row).collect::<Vec<_>>());
        }
        let cells = |known: &Known| vec![known.name.to_owned(), known.page()];
        output.table(&[lang.column_event(), lang.column_page()], all.iter().map(cells))
    }
}
