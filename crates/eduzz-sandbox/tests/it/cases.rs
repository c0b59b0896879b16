//! Cases as tables of text, one a line, with `|` between columns. `{name}` is an id of [`Ids`].

use std::collections::HashMap;

use serde_json::Value;

use crate::client::Client;

pub(crate) type Ids = HashMap<&'static str, String>;

/// The text with the ids in it.
pub(crate) fn fill(ids: &Ids, text: &str) -> String {
    let named = |text: String, (name, id): (&&str, &String)| text.replace(&format!("{{{name}}}"), id);
    ids.iter().fold(text.to_owned(), named)
}

/// The lines of a table, as columns.
pub(crate) fn table<const N: usize>(text: &str) -> Vec<[&str; N]> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let columns = lines.map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
    let rows = columns.map(|row| row.try_into().unwrap_or_else(|row| panic!("{row:?}")));
    rows.collect()
}

/// Reads lists with a query. The answer must be the rows that match a condition, in the same order.
/// The columns are the list, the query and the condition.
pub(crate) async fn check_filters(client: &Client, cases: &str) {
    let mut lists: HashMap<&str, Vec<Value>> = HashMap::new();
    for [list, query, condition] in table(cases) {
        if !lists.contains_key(list) {
            lists.insert(list, client.all(list).await);
        }
        let all = &lists[list];
        let expected: Vec<&Value> = all.iter().filter(|row| holds(row, condition)).collect();
        let is_some = (1..all.len()).contains(&expected.len());
        assert!(
            is_some || ["", "/id = none"].contains(&condition),
            "{list} {query}"
        );
        let sign = if list.contains('?') { '&' } else { '?' };
        let given = client.all(&format!("{list}{sign}{query}")).await;
        assert_eq!(given.iter().collect::<Vec<_>>(), expected, "{list} {query}");
    }
}

/// Whether a row matches: `/pointer = one or other`, `/pointer after text`, `/pointer until text`,
/// `/pointer in day..day`, joined by `and`. Of several pointers the first text counts.
fn holds(row: &Value, condition: &str) -> bool {
    let mut parts = condition.split(" and ").filter(|part| !part.is_empty());
    parts.all(|part| {
        let [pointers, relation, wanted] = part.splitn(3, ' ').collect::<Vec<_>>().try_into().expect(part);
        let mut texts = pointers
            .split(',')
            .filter_map(|pointer| row.pointer(pointer)?.as_str());
        texts.next().is_some_and(|text| match relation {
            "=" => wanted.split(" or ").any(|wanted| wanted == text),
            "after" => text > wanted,
            "until" => text <= wanted,
            _ => {
                let (first, last) = wanted.split_once("..").expect(part);
                (first..=last).contains(&&*brasilia(text))
            }
        })
    })
}

/// The day in Brasília, three hours behind.
pub(crate) fn brasilia(moment: &str) -> String {
    let moment = eduzz_types::DateTime::from_text(moment).timestamp().unwrap();
    eduzz_types::Date::in_brasilia(moment)
        .unwrap()
        .as_str()
        .to_owned()
}
