//! What differs between the databases.

use std::fs;

use eduzz_sync::Moment;
use eduzz_sync::mirror::{Form, Value};
use eduzz_types::Date;

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

    pub(super) fn migration(self) -> String {
        fs::read_to_string(workspace(&self.path())).unwrap()
    }

    pub(super) fn path(self) -> String {
        let name = self.name();
        format!("crates/eduzz-store/migrations/{name}/mirror/0001_mirror.sql")
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
            Value::Decimal(value) => quoted(&value.to_string()),
            Value::Moment(moment) => quoted(&written(*moment)),
            Value::Day(day) => quoted(written_day((*day).into()).as_str()),
            value => panic!("{value:?}"),
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

/// `2026-10-31T12:00:00Z`.
fn written(moment: Moment) -> String {
    let seconds = moment.millis().div_euclid(1_000);
    let (day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}Z", written_day(day).as_str())
}

fn written_day(days: i64) -> Date {
    Date::from_days_since_epoch(days).unwrap()
}
