//! Lists and records: their flags, the calls, and the writing of rows for people and for programs.

mod cells;
mod chosen;
mod cursor;
pub(crate) mod days;
mod export;
mod options;
mod progress;
mod records;
mod target;
pub(crate) mod values;
pub(crate) mod walk;
mod writer;
mod xlsx;

use eduzz_wire::Paged;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) use self::days::{AnyDays, Day, Month, Period, Stretch};
#[cfg(feature = "parquet")]
pub(crate) use self::export::Bytes;
pub(crate) use self::export::{ExportFormat, ExportOptions};
pub(crate) use self::options::{BodyOption, ListOptions, RecordOptions};
pub(crate) use self::progress::clock;
pub(crate) use self::records::Records;
pub(crate) use self::walk::Request;

/// More than about twelve months is answered with an empty success (Q13).
pub(crate) const HALF_A_YEAR: u32 = 182;

/// The fields of a record that are shown. A field is a path in the record's JSON, as the service's
/// documentation names it; `a|b` is `a`, or `b` where there is no `a`.
pub(crate) trait Fields {
    /// The columns of CSV, separated by blanks; stable, so new ones are added at the end.
    const CSV: &'static str;
    /// The columns of a table.
    const TABLE: &'static [Column];
    /// The columns that a narrow terminal leaves out, separated by blanks, the least important
    /// first; those that are not here stay.
    const LEAVES: &'static str;
}

/// A field, and the heading of its column in Portuguese and in English.
pub(crate) type Column = (&'static str, &'static str, &'static str);

/// A paged call that a command lists.
pub(crate) trait Listed: Paged<Row: Fields + Serialize> + Serialize + DeserializeOwned {
    /// The command, as it is typed; a cursor holds it.
    const COMMAND: &'static str;
}

/// The columns of CSV, with the first of their names.
fn csv_columns<R: Fields>() -> impl Iterator<Item = &'static str> {
    R::CSV.split_whitespace().map(values::name)
}

/// The end of the help of a command that lists pages.
pub(crate) fn list_help<R: Fields>() -> String {
    let columns = wrapped::<R>();
    format!(
        "\
Numa tabela, valores e datas aparecem no formato brasileiro, no horário de Brasília; em json,
jsonl e csv, exatamente como vieram. No csv, um texto que uma planilha leria como fórmula
(começa com = + - @, mesmo depois de espaços) recebe um ' na frente. No xlsx, datas são datas (no
horário de Brasília), valores são números, e ids, documentos e telefones são textos. Num terminal
estreito, as colunas menos importantes saem da tabela. Ctrl-C deixa um cursor, e --resume continua a
partir dele.

Colunas do csv e do xlsx, e nomes para --fields:{columns} | \
In a table, amounts and dates are formatted for people, in Brasília's time; in json, jsonl and csv
they are exact, as they came. In csv, a text that a spreadsheet would read as a formula (it starts
with = + - @, also behind blanks) gets a ' in front. In xlsx, dates are dates (in Brasília's time),
amounts are numbers, and ids, documents and telephone numbers are texts. A narrow terminal leaves
out the least important columns of a table. Ctrl-C leaves a cursor, and --resume continues from it.

Columns of csv and xlsx, and names for --fields:{columns}"
    )
}

/// The end of the help of a command that shows records.
pub(crate) fn record_help<R: Fields>() -> String {
    let columns = wrapped::<R>();
    format!(
        "Colunas do csv e do xlsx, e nomes para --fields:{columns} \
         | Columns of csv and xlsx, and names for --fields:{columns}"
    )
}

/// The columns of CSV, over several lines.
fn wrapped<R: Fields>() -> String {
    let mut text = String::new();
    let mut width = "Columns of csv and xlsx, and names for --fields:".len();
    for column in csv_columns::<R>() {
        if width + column.len() > 90 {
            text.push_str("\n ");
            width = 1;
        }
        width += column.len() + 1;
        text.push(' ');
        text.push_str(column);
    }
    text
}
