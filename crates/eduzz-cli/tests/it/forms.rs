//! What holds for every command that lists.

use serde_json::Value;

use crate::lists::{cell, rows};
use crate::support::Home;

/// The records that a command prints as JSON.
pub(crate) async fn json_of(home: &Home, args: &[&str]) -> Vec<Value> {
    let ran = home.run(&[args, &["--json"]].concat()).await;
    ran.ended(0).json().as_array().unwrap().clone()
}

/// A command lists the same in every form; most columns of its CSV hold something.
pub(crate) async fn has_every_form(home: &Home, command: &[&str], is_paged: bool) {
    let all = if is_paged { &["--all"][..] } else { &[] };
    let whole = [command, all].concat();
    let json = json_of(home, &whole).await;
    assert!(json.len() > 1, "{command:?}");
    if is_paged {
        let page = json_of(home, &[command, &["--per-page", "1", "--page", "2"]].concat()).await;
        assert_eq!(page, json[1..2], "{command:?}");
    }
    let lines = home.run(&[&whole[..], &["--format", "jsonl"]].concat()).await;
    let lines: Vec<Value> = lines
        .ended(0)
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines, json, "{command:?}");
    let csv = home.run(&[&whole[..], &["--format", "csv"]].concat()).await;
    let rows = rows(&csv.ended(0).out);
    assert_eq!(rows.len(), json.len(), "{command:?}");
    for (row, json) in rows.iter().zip(&json) {
        assert_eq!(cell(row, "id"), json["id"].as_str().unwrap());
    }
    let filled = rows[0]
        .iter()
        .filter(|(column, _)| rows.iter().any(|row| !cell(row, column).is_empty()));
    assert!(filled.count() * 2 >= rows[0].len(), "{command:?}");
    let table = home.run(&whole).await;
    assert_eq!(table.ended(0).out.lines().count(), json.len() + 1, "{command:?}");
}
