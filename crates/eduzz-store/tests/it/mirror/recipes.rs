//! Each query of docs/mirror-recipes.md runs and finds rows.

use std::fs;

use super::dialect::Dialect;
use super::rows::{insert, rows};
use super::{databases, workspace};

/// A block of SQL, with its number on the page, and the database if it is for one only.
struct Recipe {
    number: usize,
    only: Option<Dialect>,
    sql: String,
}

/// What a mirror did: windows that are proven, open and doubtful, drift, and a row it cannot read.
fn work(dialect: Dialect) -> String {
    let [one, two] = [1, 2].map(|byte| dialect.bytes(&[byte]));
    format!(
        "insert into eduzz_window (account, kind, parent, first_day, last_day, read_at, row_count, doubt) values
             ('escola', 'sale', '', 20666, 20696, 1795000000000, 400, null),
             ('escola', 'sale', '', 20697, 20700, 1795000000000, 9, 'not_over'),
             ('escola', 'invoice', '601', 0, 0, 1795000000000, 2, 'rows_differ');
         insert into eduzz_change (account, number, kind, key, cause, at, old_digest, new_digest) values
             ('escola', 1, 'sale', '9001', 'back_fill', 1795000000000, null, {one}),
             ('escola', 2, 'sale', '9001', 'check', 1795000001000, {one}, {two});
         insert into eduzz_unreadable (account, kind, parent, hash, seen_at, reason, raw) values
             ('escola', 'sale', '', {one}, 1795000000000, '/total: not an amount', '{{}}');"
    )
}

fn recipes() -> Vec<Recipe> {
    let page = fs::read_to_string(workspace("docs/mirror-recipes.md")).unwrap();
    let blocks = page.split("```sql\n").skip(1);
    let recipe = |(number, block): (usize, &str)| {
        let (sql, _) = block.split_once("```").unwrap();
        let only = Dialect::ALL.into_iter().find(|dialect| {
            let name = match dialect {
                Dialect::Sqlite => "-- SQLite\n",
                Dialect::Postgres => "-- PostgreSQL\n",
            };
            sql.starts_with(name)
        });
        Recipe {
            number: number + 1,
            only,
            sql: sql.to_owned(),
        }
    };
    blocks.enumerate().map(recipe).collect()
}

#[tokio::test]
async fn each_recipe_finds_rows() {
    let rows = rows();
    let recipes = recipes();
    assert!(recipes.len() >= 10);
    let mut answers: Vec<Vec<(usize, Vec<super::Row>)>> = Vec::new();
    for database in databases("recipes").await {
        insert(&database, &rows).await;
        let dialect = database.dialect();
        database.run(&work(dialect)).await;
        let mut found = Vec::new();
        for recipe in &recipes {
            if recipe.only.is_some_and(|only| only != dialect) {
                continue;
            }
            let (_, rows) = database.ask(&recipe.sql).await;
            assert!(!rows.is_empty(), "{dialect:?}: {}", recipe.sql);
            if recipe.only.is_none() {
                found.push((recipe.number, comparable(rows)));
            }
        }
        answers.push(found);
    }
    for other in answers.get(1..).unwrap_or_default() {
        for (first, other) in answers[0].iter().zip(other) {
            assert_eq!(first, other, "the databases differ");
        }
    }
}

/// Sorted, and without blanks: PostgreSQL keeps those of JSON, SQLite does not.
fn comparable(rows: Vec<super::Row>) -> Vec<super::Row> {
    let cell = |cell: Option<String>| cell.map(|cell| cell.split_whitespace().collect());
    let mut rows: Vec<super::Row> = rows
        .into_iter()
        .map(|row| row.into_iter().map(cell).collect())
        .collect();
    rows.sort();
    rows
}

#[test]
fn a_recipe_for_one_database_has_a_twin_for_the_other() {
    let of = |dialect| {
        recipes()
            .iter()
            .filter(|recipe| recipe.only == Some(dialect))
            .count()
    };
    assert_eq!(of(Dialect::Sqlite), of(Dialect::Postgres));
}
