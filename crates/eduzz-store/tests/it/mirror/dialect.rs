//! Differences between the databases.

use std::fs;

use eduzz_sync::mirror::{Form, Value};

use super::workspace;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

/// The types of the columns that every table has beside those of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Json,
    Bytes,
    Int,
}

impl Dialect {
    pub(super) const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }

    /// The names of the migrations, in order.
    pub(super) fn migrations(self) -> Vec<String> {
        let files = fs::read_dir(workspace(&self.path(""))).unwrap();
        let name = |file: std::io::Result<fs::DirEntry>| file.unwrap().file_name().into_string().unwrap();
        let mut names: Vec<String> = files.map(name).collect();
        names.sort();
        names
    }

    pub(super) fn migration(self, name: &str) -> String {
        fs::read_to_string(workspace(&self.path(name))).unwrap()
    }

    pub(super) fn path(self, migration: &str) -> String {
        let dialect = self.name();
        format!("crates/eduzz-store/migrations/{dialect}/mirror/{migration}")
    }

    /// The type of a column of this form.
    pub(super) fn of(self, form: Form) -> &'static str {
        match (self, form) {
            (Self::Sqlite, Form::Int | Form::Flag) => "integer",
            (Self::Sqlite, _) | (Self::Postgres, Form::Text) => "text",
            (Self::Postgres, Form::Int) => "bigint",
            (Self::Postgres, Form::Flag) => "boolean",
            (Self::Postgres, Form::Decimal) => "numeric",
            (Self::Postgres, Form::Moment) => "timestamptz",
            (Self::Postgres, Form::Day) => "date",
            (_, form) => panic!("{form:?} has no type"),
        }
    }

    pub(super) const fn ours(self, kind: Type) -> &'static str {
        match (self, kind) {
            (Self::Sqlite, Type::Json) | (_, Type::Text) => "text",
            (Self::Sqlite, Type::Bytes) => "blob",
            (Self::Sqlite, Type::Int) => "integer",
            (Self::Postgres, Type::Json) => "json",
            (Self::Postgres, Type::Bytes) => "bytea",
            (Self::Postgres, Type::Int) => "bigint",
        }
    }

    /// A value in a statement.
    pub(super) fn literal(self, value: &Value) -> String {
        match value {
            Value::Missing => "null".to_owned(),
            Value::Text(value) => quoted(value),
            Value::Int(value) => value.to_string(),
            Value::Flag(value) => match self {
                Self::Sqlite => u8::from(*value).to_string(),
                Self::Postgres => value.to_string(),
            },
            value => quoted(&value.to_text().unwrap()),
        }
    }

    pub(super) fn bytes(self, bytes: &[u8]) -> String {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        match self {
            Self::Sqlite => format!("x'{hex}'"),
            Self::Postgres => format!("'\\x{hex}'"),
        }
    }
}

pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
