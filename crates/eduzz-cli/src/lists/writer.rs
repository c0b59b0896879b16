//! Rows as text: a table, JSON, JSON lines, CSV, the lines of a workbook.

use std::borrow::Cow;

use eduzz_wire::Row;
use serde::Serialize;

use crate::client;
use crate::failure::Failure;
use crate::json;
use crate::lang::Lang;
use crate::lists::cells::{Cell, Cells};
use crate::lists::options::{Form, Format};
use crate::lists::{Fields, chosen, values, xlsx};
use crate::output;
use crate::table::{Screen, Table};

/// The mark by which Excel knows UTF-8.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// Makes text of rows, to be taken piece by piece; a table is made at its end.
pub(super) struct Writer {
    lang: Lang,
    form: Form,
    /// The fields that are written; of JSON, none means all.
    fields: Vec<&'static str>,
    /// Of CSV and of a workbook.
    cells: Cells,
    /// The rows of the array or the file.
    rows: u64,
    made: Vec<u8>,
    table: Table,
    /// The rows, and those of the table, when the text was last taken.
    taken: (u64, usize),
}

/// A number has more digits than JSON carries exactly.
#[derive(Debug)]
pub(super) struct TooManyDigits;

impl Writer {
    pub(super) fn new<F: Fields>(lang: Lang, form: Form) -> Result<Self, Failure> {
        let mut writer = Self::resume::<F>(lang, form, 0)?;
        let names = writer.fields.iter().map(|field| values::name(field));
        match writer.form.format {
            Format::Csv => {
                let names: Vec<&str> = names.collect();
                if writer.form.bom {
                    writer.made.extend_from_slice(BOM);
                }
                for (index, column) in names.into_iter().enumerate() {
                    writer.cell(index, Cell::Text(column));
                }
                writer.made.extend_from_slice(b"\r\n");
            }
            Format::Xlsx => xlsx::header(names, &mut writer.made),
            Format::Json => writer.made.push(b'['),
            Format::Table | Format::Jsonl => {}
        }
        Ok(writer)
    }

    /// Continues after `rows` rows of the same file.
    pub(super) fn resume<F: Fields>(lang: Lang, form: Form, rows: u64) -> Result<Self, Failure> {
        let fields = chosen::fields::<F>(lang, form.format, &form.fields)?;
        let are = |is: fn(&str) -> bool| {
            let columns = fields.iter().enumerate();
            columns
                .filter(move |(_, field)| is(field))
                .map(|(column, _)| column)
        };
        // Columns that were asked for stay.
        let leaves = F::LEAVES.split_whitespace().filter(|_| form.fields.is_empty());
        let leaves = leaves.filter_map(|name| fields.iter().position(|field| *field == name));
        let headings = chosen::headings::<F>(lang, &fields);
        Ok(Self {
            lang,
            cells: Cells::new(&fields),
            rows,
            made: Vec::new(),
            table: Table {
                header: headings.into_iter().map(str::to_owned).collect(),
                statuses: are(values::is_status).collect(),
                whole: are(|field| values::is_id(field) || values::is_date(field)).collect(),
                leaves: leaves.collect(),
                ..Table::default()
            },
            form,
            fields,
            taken: (rows, 0),
        })
    }

    /// Adds a row.
    pub(super) fn row(&mut self, row: &impl Serialize) -> Result<(), TooManyDigits> {
        match self.form.format {
            Format::Json | Format::Jsonl => {
                let text = if self.fields.is_empty() {
                    serde_json::to_string(row)
                } else {
                    serde_json::to_value(row).and_then(|row| chosen::part(&row, &self.fields))
                };
                let text = text.map_err(|_| TooManyDigits)?;
                self.object(json::harmless(&text).as_bytes());
            }
            Format::Csv => {
                self.cells.read(row).map_err(|_| TooManyDigits)?;
                let cells = std::mem::take(&mut self.cells);
                for (index, cell) in cells.iter().enumerate() {
                    self.cell(index, cell);
                }
                self.cells = cells;
                self.made.extend_from_slice(b"\r\n");
                self.rows += 1;
            }
            Format::Xlsx => {
                self.cells.read(row).map_err(|_| TooManyDigits)?;
                let cells = self.fields.iter().copied().zip(self.cells.iter());
                xlsx::row(cells, &mut self.made);
                self.rows += 1;
            }
            Format::Table => {
                let row = serde_json::to_value(row).map_err(|_| TooManyDigits)?;
                let mut cells = Vec::with_capacity(self.fields.len());
                for (column, field) in self.fields.iter().enumerate() {
                    if values::at(&row, field).into_iter().any(values::is_number) {
                        self.table.numbers.insert(column);
                    }
                    cells.push(values::shown(self.lang, &row, field));
                }
                self.table.rows.push(cells);
                self.rows += 1;
            }
        }
        Ok(())
    }

    /// Adds a row of a page. Of one that cannot be written in full, returns why, and whether it was
    /// added as it came.
    pub(super) fn row_of_page<R: Serialize>(&mut self, row: Row<R>) -> Result<(), (String, bool)> {
        match row {
            Row::Read(row) => self
                .row(&row)
                .map_err(|TooManyDigits| (self.lang.row_too_exact(), false)),
            Row::Unreadable(row) => {
                let why = client::row_error(self.lang, &row.source);
                Err((why, self.unreadable(&row.json)))
            }
        }
    }

    /// Adds an unreadable row as it came, where the format allows it; returns whether it was added.
    pub(super) fn unreadable(&mut self, text: &str) -> bool {
        let keeps = matches!(self.form.format, Format::Json | Format::Jsonl);
        if keeps {
            let line = json::compact(text.as_bytes()).unwrap_or_else(|| text.as_bytes().to_vec());
            self.object(line.trim_ascii_end());
        }
        keeps
    }

    /// Takes the text that was made since the last time.
    pub(super) fn take(&mut self) -> Vec<u8> {
        self.taken = (self.rows, self.table.rows.len());
        std::mem::take(&mut self.made)
    }

    /// Drops the text that was made since the last time.
    pub(super) fn forget(&mut self) {
        self.made.clear();
        let (rows, cells) = self.taken;
        self.rows = rows;
        self.table.rows.truncate(cells);
    }

    /// The rows when the text was last taken.
    pub(super) const fn rows_taken(&self) -> u64 {
        self.taken.0
    }

    /// The end of the text, for this place.
    pub(super) fn end(&mut self, screen: Screen) -> Vec<u8> {
        match self.form.format {
            Format::Json if self.rows == 0 => b"]\n".to_vec(),
            Format::Json => b"\n]\n".to_vec(),
            Format::Table => self.drawn(screen).into_bytes(),
            Format::Jsonl | Format::Csv | Format::Xlsx => Vec::new(),
        }
    }

    /// The table, and which columns did not fit.
    fn drawn(&mut self, screen: Screen) -> String {
        let table = std::mem::take(&mut self.table);
        let header = table.header.clone();
        let drawn = table.draw(screen);
        if drawn.hidden.is_empty() {
            return format!("{}\n", drawn.text);
        }
        let columns = || drawn.hidden.iter();
        let names = columns().filter_map(|column| header.get(*column).map(String::as_str));
        let names: Vec<&str> = names.collect();
        let first = (0..self.fields.len()).find(|column| !drawn.hidden.contains(column));
        let fields = first.iter().chain(columns());
        let fields = fields.filter_map(|column| self.fields.get(*column).map(|field| values::name(field)));
        let fields: Vec<&str> = fields.collect();
        let note = self.lang.hidden_fields(&names.join(", "), &fields.join(","));
        format!("{}\n{note}\n", drawn.text)
    }

    fn object(&mut self, text: &[u8]) {
        match self.form.format {
            Format::Json if self.rows == 0 => self.made.push(b'\n'),
            Format::Json => self.made.extend_from_slice(b",\n"),
            _ => {}
        }
        self.made.extend_from_slice(text);
        if self.form.format == Format::Jsonl {
            self.made.push(b'\n');
        }
        self.rows += 1;
    }

    /// Adds a cell as RFC 4180 writes it, also in quotes for a separator that a program may guess.
    fn cell(&mut self, index: usize, cell: Cell<'_>) {
        let excel = self.form.excel;
        if index > 0 {
            self.made.push(if excel { b';' } else { b',' });
        }
        let text = match cell {
            Cell::Number(digits) if excel => digits.replace('.', ",").into(),
            Cell::Number(text) | Cell::Flag(text) => Cow::Borrowed(text),
            Cell::Text(text) => harmless(text),
        };
        let is_special = |byte: u8| b"\"\r\n\t;".contains(&byte) || (byte == b',' && !excel);
        if text.bytes().any(is_special) {
            self.made.push(b'"');
            self.made.extend_from_slice(text.replace('"', "\"\"").as_bytes());
            self.made.push(b'"');
        } else {
            self.made.extend_from_slice(text.as_bytes());
        }
    }
}

/// A text that begins like a formula, after any blanks, gets a `'` in front, so that no spreadsheet
/// program runs it.
fn harmless(text: &str) -> Cow<'_, str> {
    const SIGNS: [char; 12] = ['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫'];
    // Most texts begin so, and are harmless.
    if text.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        return text.into();
    }
    let is_formula = text.trim_start_matches(is_blank).starts_with(SIGNS);
    if is_formula || text.starts_with(['\t', '\r', '\n']) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

/// Whether a character shows nothing, so that a program may skip it.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || output::steers(c)
        || matches!(
            c,
            '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::lists::Column;

    struct Any;

    impl Fields for Any {
        const CSV: &'static str = "id name|other total.value total.currency tags.t";
        const TABLE: &'static [Column] = &[("id", "ID", "ID"), ("total", "TOTAL", "TOTAL")];
        const LEAVES: &'static str = "total";
    }

    fn write(form: Form, rows: &[Value]) -> String {
        let mut writer = Writer::new::<Any>(Lang::Pt, form).unwrap();
        let mut text = Vec::new();
        for row in rows {
            writer.row(row).unwrap();
            text.extend(writer.take());
        }
        text.extend(writer.take());
        text.extend(writer.end(Screen::default()));
        String::from_utf8(text).unwrap()
    }

    fn form(format: Format) -> Form {
        Form {
            format,
            ..Form::TABLE
        }
    }

    #[test]
    fn csv_quotes_cells_and_disarms_formulas() {
        let rows = [
            json!({"id": "=1+1", "name": "a,\"b\"\r\nc", "total": {"value": -1.5, "currency": "BRL"}}),
            json!({"id": "+55 11", "other": "-2", "total": {"value": 1234567.89, "currency": "@x"}, "tags": [{"t": 1}, {"t": "b"}]}),
            json!({"id": "\tx", "name": "ação; '"}),
        ];
        assert_eq!(
            write(form(Format::Csv), &rows),
            "id,name,total.value,total.currency,tags.t\r\n\
             '=1+1,\"a,\"\"b\"\"\r\nc\",-1.5,BRL,\r\n\
             '+55 11,'-2,1234567.89,'@x,\"1, b\"\r\n\
             \"'\tx\",\"ação; '\",,,\r\n"
        );
        let excel = Form {
            bom: true,
            excel: true,
            ..form(Format::Csv)
        };
        let expected = "\u{feff}id;name;total.value;total.currency;tags.t\r\n\"'\tx\";\"ação; '\";;;\r\n";
        assert_eq!(write(excel.clone(), &rows[2..]), expected);
        assert!(write(excel, &rows[..1]).contains(";-1,5;BRL;"));
    }

    #[test]
    fn csv_quotes_every_separator_that_a_program_may_guess() {
        for (excel, delimiter) in [(false, ','), (true, ';')] {
            for text in ["a;b", "a\tb", "a;=1+1"] {
                let form = Form {
                    excel,
                    ..form(Format::Csv)
                };
                let text_of = write(form, &[json!({"id": "x", "name": text})]);
                let cell = format!("{delimiter}\"{text}\"{delimiter}");
                assert!(text_of.contains(&cell), "{text_of}");
            }
        }
    }

    #[test]
    fn csv_disarms_formulas_behind_any_blank() {
        let blanks = "\u{a0} \u{200b} \u{feff} \u{b} \u{c} \u{0} \u{85} \u{2003} \u{3000} \u{2060} \u{ad} \u{200e} \
                      \u{202e} \u{2068} \u{2028} \u{180e} \u{1680} \u{200d} \u{fe0f} \u{e0020} \u{2800} \u{3164} \u{1b}";
        let blanks =
            blanks
                .split(' ')
                .map(str::to_owned)
                .chain([" ".into(), "".into(), " \u{a0}\u{200b} ".into()]);
        for blank in blanks {
            for sign in ["=", "+", "-", "@", "＝", "＋", "－", "＠"] {
                let text = format!("{blank}{sign}1+1");
                assert_eq!(harmless(&text), format!("'{text}"), "{text:?}");
                assert_eq!(harmless(&format!("{blank}a{sign}1")), format!("{blank}a{sign}1"));
            }
        }
    }

    #[test]
    fn json_is_valid_for_any_number_of_rows() {
        let rows = [json!({"id": 1}), json!({"id": 2})];
        assert_eq!(write(form(Format::Json), &[]), "[]\n");
        let array = "[\n{\"id\":1},\n{\"id\":2}\n]\n";
        assert_eq!(write(form(Format::Json), &rows), array);
        assert_eq!(write(form(Format::Jsonl), &rows), "{\"id\":1}\n{\"id\":2}\n");
    }

    #[test]
    fn forgotten_rows_are_written_again() {
        let mut writer = Writer::new::<Any>(Lang::Pt, form(Format::Json)).unwrap();
        let mut text = writer.take();
        writer.row(&json!({"id": 1})).unwrap();
        writer.forget();
        writer.row(&json!({"id": 1})).unwrap();
        assert!(writer.unreadable("{\n \"id\": {}}"));
        text.extend(writer.take());
        text.extend(writer.end(Screen::default()));
        assert_eq!(text, b"[\n{\"id\":1},\n{\"id\":{}}\n]\n");
        let mut writer = Writer::new::<Any>(Lang::Pt, form(Format::Csv)).unwrap();
        assert!(!writer.unreadable("{}"));
    }
}
