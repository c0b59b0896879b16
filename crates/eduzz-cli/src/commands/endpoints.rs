//! `eduzz endpoints`: every call that the SDK knows.

use clap::Args;
use eduzz_wire::Repeat;
use serde::Serialize;

use crate::calls::{self, Known};
use crate::failure::Failure;
use crate::output::Output;

/// Lista as chamadas que o SDK conhece | Lists the calls that the SDK knows
#[derive(Debug, Args)]
pub(crate) struct Endpoints {}

#[derive(Serialize)]
struct Row {
    name: &'static str,
    method: &'static str,
    path: &'static str,
    scopes: &'static [&'static str],
    repeat: &'static str,
}

impl Endpoints {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let known = calls::all();
        if output.json {
            return output.json(&known.iter().map(row).collect::<Vec<_>>());
        }
        let header = [
            lang.column_name(),
            lang.column_route(),
            lang.column_scopes(),
            lang.column_repeat(),
        ];
        let cells = |known: &Known| {
            let repeat = match known.route.repeatability() {
                Repeat::Safe => lang.repeat_safe(),
                Repeat::Idempotent => lang.repeat_idempotent(),
                _ => lang.repeat_once(),
            };
            vec![
                known.name.to_owned(),
                known.route.to_string(),
                known.route.needed_scopes().join(" "),
                repeat,
            ]
        };
        output.table(&header, known.iter().map(cells))
    }
}

fn row(known: &Known) -> Row {
    let route = known.route;
    Row {
        name: known.name,
        method: route.method().as_str(),
        path: route.template(),
        scopes: route.needed_scopes(),
        repeat: route.repeatability().as_str(),
    }
}
