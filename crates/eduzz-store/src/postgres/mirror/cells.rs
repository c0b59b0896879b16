//! Values of columns as PostgreSQL takes and gives them.

use std::error::Error;

use eduzz_sync::Moment;
use eduzz_sync::mirror::{Column, Form, Value};
use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, ToSql, Type};

use super::Result;

/// The 1st of January 2000, from which PostgreSQL counts, in days.
const EPOCH: i32 = 10_957;

/// The microseconds of a millisecond.
const MICROS: i64 = 1_000;

/// A column of a form as an array, for a statement that writes many rows. Decimals, moments and
/// days are texts.
pub(super) enum Array<'a> {
    Texts(Vec<Option<&'a str>>),
    Written(Vec<Option<String>>),
    Ints(Vec<Option<i64>>),
    Flags(Vec<Option<bool>>),
}

impl<'a> Array<'a> {
    pub(super) fn of(form: Form, values: impl Iterator<Item = &'a Value>) -> Self {
        match form {
            Form::Text => Self::Texts(
                values
                    .map(|value| match value {
                        Value::Text(text) => Some(&**text),
                        _ => None,
                    })
                    .collect(),
            ),
            Form::Int => Self::Ints(
                values
                    .map(|value| match value {
                        Value::Int(value) => Some(*value),
                        _ => None,
                    })
                    .collect(),
            ),
            Form::Flag => Self::Flags(
                values
                    .map(|value| match value {
                        Value::Flag(value) => Some(*value),
                        _ => None,
                    })
                    .collect(),
            ),
            _ => Self::Written(values.map(Value::to_text).collect()),
        }
    }

    pub(super) fn value(&self) -> &(dyn ToSql + Sync) {
        match self {
            Self::Texts(values) => values,
            Self::Written(values) => values,
            Self::Ints(values) => values,
            Self::Flags(values) => values,
        }
    }
}

/// The type of an [`Array`]'s items.
pub(super) const fn item(form: Form) -> &'static str {
    match form {
        Form::Int => "bigint",
        Form::Flag => "boolean",
        _ => "text",
    }
}

/// An item as the column's type.
pub(super) fn written(column: &Column, item: &str) -> String {
    match column.form {
        Form::Decimal => format!("{item}::numeric"),
        Form::Moment => format!("{item}::timestamptz"),
        Form::Day => format!("{item}::date"),
        _ => item.to_owned(),
    }
}

/// A column in a statement that reads rows.
pub(super) fn read(column: &Column) -> String {
    match column.form {
        Form::Decimal => format!("{}::text", column.name),
        _ => column.name.to_string(),
    }
}

/// The values of the columns of a row, from their place on; `None` if one has another form.
pub(super) fn values(forms: &[Form], row: &Row, from: usize) -> Result<Option<Vec<Value>>> {
    let mut values = Vec::with_capacity(forms.len());
    for (at, form) in forms.iter().enumerate() {
        let cell: Option<Cell> = row.try_get(from + at)?;
        let value = match (cell.map(|Cell(value)| value), form) {
            (None, _) => Some(Value::Missing),
            (Some(Some(Value::Text(text))), Form::Decimal) => Value::from_text(Form::Decimal, &text),
            (Some(value), _) => value,
        };
        match value {
            Some(value) => values.push(value),
            None => return Ok(None),
        }
    }
    Ok(Some(values))
}

/// A value, if it is one of a mirror.
struct Cell(Option<Value>);

impl<'a> FromSql<'a> for Cell {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> std::result::Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(match *kind {
            Type::INT8 => Some(Value::Int(i64::from_sql(kind, raw)?)),
            Type::BOOL => Some(Value::Flag(bool::from_sql(kind, raw)?)),
            Type::TIMESTAMPTZ => {
                let micros = i64::from_sql(&Type::INT8, raw)?;
                let epoch = i64::from(EPOCH) * 86_400_000;
                let is_whole = micros % MICROS == 0;
                is_whole.then(|| Value::Moment(Moment::from_millis(micros / MICROS + epoch)))
            }
            Type::DATE => {
                let days = i32::from_sql(&Type::INT4, raw)?;
                days.checked_add(EPOCH).map(Value::Day)
            }
            _ => Some(Value::Text(<&str>::from_sql(&Type::TEXT, raw)?.into())),
        }))
    }

    fn accepts(kind: &Type) -> bool {
        matches!(
            *kind,
            Type::INT8 | Type::BOOL | Type::TIMESTAMPTZ | Type::DATE | Type::TEXT
        )
    }
}
