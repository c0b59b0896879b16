//! Checks for every command that lists, and for every command that shows a record.

use serde_json::Value;

use crate::support::Home;

/// The whole past of the sandbox's shop.
pub(crate) const PAST: &str = "--from 2019-01-01 --to 2026-12-31";

/// Which records of a list one run gives by default.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gives {
    All,
    APage,
    /// A page, of the records between two days.
    APageOfDays,
}

/// A row of a CSV, by its columns.
pub(crate) type Row = Vec<(String, String)>;

/// A record as it is shown in three formats.
pub(crate) struct Shown {
    pub(crate) table: String,
    pub(crate) json: Value,
    pub(crate) row: Row,
}

/// Checks that a command lists the same in every format and language, and that most CSV columns
/// have values.
pub(crate) async fn has_every_form(home: &Home, command: &str, gives: Gives) -> Vec<Row> {
    if gives != Gives::All {
        has_pages(home, command, gives).await;
    }
    let whole = match gives {
        Gives::All => command.to_owned(),
        Gives::APage => format!("{command} --all"),
        Gives::APageOfDays => format!("{command} {PAST} --all"),
    };
    let listed = home.run(&format!("{whole} --json")).await;
    let json = listed.ended(0).json().as_array().unwrap().clone();
    assert!(
        !json.is_empty() && listed.err.is_empty(),
        "{command:?}: {listed:?}"
    );
    let lines = home.run(&format!("{whole} --format jsonl")).await;
    let lines: Vec<Value> = lines
        .ended(0)
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines, json, "{command:?}");
    let csv = home.run(&format!("{whole} --format csv")).await;
    let rows = rows(&csv.ended(0).out);
    assert_eq!(rows.len(), json.len(), "{command:?}");
    for (row, json) in rows.iter().zip(&json) {
        assert_eq!(cell(row, "id"), text(json, "id"));
    }
    // Few columns may be empty in all rows of the sandbox.
    let filled = rows[0]
        .iter()
        .filter(|(column, _)| rows.iter().any(|row| !cell(row, column).is_empty()));
    assert!(filled.count() * 2 >= rows[0].len(), "{command:?}");
    for (lang, foreign) in [("pt", "BRL "), ("en", "R$ ")] {
        let table = home.run(&format!("{whole} --lang {lang}")).await;
        assert_eq!(table.ended(0).out.lines().count(), json.len() + 1, "{command:?}");
        assert!(!table.out.contains(foreign), "{command:?}");
        for json in &json {
            assert!(table.out.contains(text(json, "id")), "{command:?}: {json}");
        }
    }
    rows
}

/// Each page has the records of its place in the whole list.
async fn has_pages(home: &Home, command: &str, gives: Gives) {
    // One answer has no range of several years.
    let days = match gives {
        Gives::APageOfDays => "--from 2026-01-01 --to 2026-12-31",
        Gives::All | Gives::APage => "",
    };
    let command = format!("{command} {days}");
    let whole = json_of(home, &format!("{command} --all")).await;
    assert!(whole.len() > 1, "{command:?}");
    for (size, number, records) in [("1", "2", &whole[1..2]), ("5", "1", &whole[..whole.len().min(5)])] {
        let page = json_of(home, &format!("{command} --per-page {size} --page {number}")).await;
        assert_eq!(page, records, "{command:?}");
    }
}

/// Checks that a command shows the record with this id in every format.
pub(crate) async fn shows_in_every_form(home: &Home, command: &str, id: &str) -> Shown {
    let table = home.run(command).await;
    assert!(table.ended(0).out.to_lowercase().starts_with(" id "), "{table:?}");
    assert!(table.out.contains(id), "{table:?}");
    let json = home.run(&format!("{command} --json")).await;
    let json = json.ended(0).json();
    assert_eq!(text(&json, "id"), id);
    let csv = home.run(&format!("{command} --format csv")).await;
    let mut rows = rows(&csv.ended(0).out);
    assert_eq!((rows.len(), cell(&rows[0], "id")), (1, id));
    Shown {
        table: table.out,
        json,
        row: rows.remove(0),
    }
}

/// The records that a command prints as JSON.
pub(crate) async fn json_of(home: &Home, args: &str) -> Vec<Value> {
    let ran = home.run(&format!("{args} --json")).await;
    ran.ended(0).json().as_array().unwrap().clone()
}

/// The rows of a CSV.
pub(crate) fn rows(csv: &str) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new().from_reader(csv.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(ToOwned::to_owned).collect();
    let rows = reader.records().map(|row| {
        let row = row.unwrap();
        header
            .iter()
            .cloned()
            .zip(row.iter().map(ToOwned::to_owned))
            .collect()
    });
    rows.collect()
}

pub(crate) fn cell<'a>(row: &'a [(String, String)], column: &str) -> &'a str {
    let found = row.iter().find(|(name, _)| name == column);
    &found.unwrap_or_else(|| panic!("no {column}")).1
}

/// A text of a record.
pub(crate) fn text<'a>(record: &'a Value, name: &str) -> &'a str {
    record[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} of {record}"))
}
