//! The tables have the columns of the code.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use eduzz_sync::mirror::Kind;
use expect_test::expect_file;

use super::databases;
use super::dialect::{Dialect, Type};

/// A column that every table has after those of its kind.
pub(super) struct Ours {
    pub(super) name: &'static str,
    pub(super) kind: Type,
    pub(super) is_needed: bool,
    pub(super) meaning: &'static str,
}

const fn ours(name: &'static str, kind: Type, is_needed: bool, meaning: &'static str) -> Ours {
    Ours {
        name,
        kind,
        is_needed,
        meaning,
    }
}

pub(super) const OURS: &[Ours] = &[
    ours(
        "raw",
        Type::Json,
        false,
        "The JSON of the API's last answer; null while only an event told of the record.",
    ),
    ours(
        "overlay",
        Type::Json,
        false,
        "The fields that an event told after that answer, until a later answer settles it.",
    ),
    ours(
        "m_state",
        Type::Text,
        true,
        "`settled` if an answer confirmed the row after the last news of it; `unsettled` if one is still to \
         come; `doubtful` if answers or events contradict each other and one is still to come; `disagrees` if \
         the API keeps saying less than the event.",
    ),
    ours(
        "m_digest",
        Type::Bytes,
        true,
        "SHA-256 of the kind, the key and the values.",
    ),
    ours(
        "m_asked",
        Type::Int,
        false,
        "When the last answer was asked for; null while only an event told of the record.",
    ),
    ours("m_answered", Type::Int, false, "When it came."),
    ours(
        "m_stated",
        Type::Int,
        false,
        "The record's own moment of change, by that answer.",
    ),
    ours(
        "m_news",
        Type::Int,
        false,
        "When the last event about it was received.",
    ),
    ours(
        "m_news_sent",
        Type::Int,
        false,
        "When the event that is shown was sent, by its own word.",
    ),
    ours(
        "m_news_stated",
        Type::Int,
        false,
        "The record's own moment of change, by that event.",
    ),
    ours("m_news_status", Type::Text, false, "The status, by that event."),
    ours(
        "m_refetch",
        Type::Int,
        false,
        "When to ask for it again; null if nothing is open.",
    ),
    ours(
        "m_window",
        Type::Int,
        false,
        "The first day of the window that read it last, as days since 1970-01-01.",
    ),
    ours(
        "m_gone",
        Type::Int,
        false,
        "When the service was found not to have it any more; null while it has it.",
    ),
    ours("m_change", Type::Int, true, "The number of its last change."),
    ours("m_seen", Type::Int, true, "When it was first seen."),
];

const BEGIN: &str = "-- Tables: begin\n";
const END: &str = "-- Tables: end\n";

/// The migrations with tables of kinds, and how many kinds they have.
const MIGRATIONS: [(&str, usize); 2] = [("0001_mirror.sql", 10), ("0005_sweeps.sql", 7)];

fn tables(dialect: Dialect, kinds: &[Kind]) -> String {
    let mut sql = String::new();
    for kind in kinds {
        let table = kind.table();
        let _ = write!(
            sql,
            "create table {table} (\n    account text not null,\n    key text not null,\n"
        );
        for column in kind.columns() {
            let _ = writeln!(sql, "    {} {},", column.name, dialect.of(column.form));
        }
        for ours in OURS {
            let needed = if ours.is_needed { " not null" } else { "" };
            let _ = writeln!(sql, "    {} {}{needed},", ours.name, dialect.ours(ours.kind));
        }
        let parent = kind
            .parent()
            .map_or_else(String::new, |parent| format!("{parent}, "));
        let strict = if dialect == Dialect::Sqlite { " strict" } else { "" };
        let _ = write!(
            sql,
            "    primary key (account, key)
){strict};

create index {table}_window on {table} (account, {parent}m_window, key);
create index {table}_refetch on {table} (account, m_refetch, key) where m_refetch is not null;
create index {table}_unsettled on {table} (account) where m_state <> 'settled';

"
        );
    }
    sql
}

/// `UPDATE_EXPECT=1` writes the tables into the migrations, which is for a migration that is not
/// released yet.
#[test]
fn the_migrations_have_the_tables_of_the_code() {
    for dialect in Dialect::ALL {
        let mut kinds = Kind::ALL;
        for (name, count) in MIGRATIONS {
            let (ours, rest) = kinds.split_at(count);
            let written = dialect.migration(name);
            let (before, tail) = written.split_once(BEGIN).unwrap();
            let (_, after) = tail.split_once(END).unwrap();
            let expected = format!("{before}{BEGIN}{}{END}{after}", tables(dialect, ours));
            expect_file![super::workspace(&dialect.path(name))].assert_eq(&expected);
            kinds = rest;
        }
        assert_eq!(kinds, [], "kinds without a table");
    }
}

#[tokio::test]
async fn the_databases_have_the_columns_of_the_code() {
    for database in databases("the columns of the mirror").await {
        let dialect = database.dialect();
        let sql = match dialect {
            Dialect::Sqlite => {
                "select t.name, c.name, lower(c.type), c.\"notnull\" from sqlite_schema t, \
                 pragma_table_info(t.name) c where t.type = 'table' order by t.name, c.cid"
            }
            Dialect::Postgres => {
                "select table_name, column_name, case data_type when 'timestamp with time zone' \
                 then 'timestamptz' else data_type end, case is_nullable when 'NO' then 1 else 0 end \
                 from information_schema.columns join information_schema.tables \
                 using (table_schema, table_name) where table_schema = 'public' \
                 and table_type = 'BASE TABLE' order by table_name, ordinal_position"
            }
        };
        let mut found: BTreeMap<String, Vec<(String, String, bool)>> = BTreeMap::new();
        for row in database.ask(sql).await.1 {
            let [table, name, kind, is_needed] = row.try_into().unwrap();
            let is_needed = is_needed.as_deref() == Some("1");
            let columns = found.entry(table.unwrap()).or_default();
            columns.push((name.unwrap(), kind.unwrap(), is_needed));
        }
        for kind in Kind::ALL {
            let mut expected = vec![
                ("account".to_owned(), "text".to_owned(), true),
                ("key".to_owned(), "text".to_owned(), true),
            ];
            for column in kind.columns() {
                let form = dialect.of(column.form).to_owned();
                expected.push((column.name.into_owned(), form, false));
            }
            for ours in OURS {
                let form = dialect.ours(ours.kind).to_owned();
                expected.push((ours.name.to_owned(), form, ours.is_needed));
            }
            assert_eq!(found[kind.table()], expected, "{dialect:?} {kind}");
        }
    }
}
