//! Workbooks of Excel. The rows wait in the part of the file, a line of JSON each, so that a walk
//! can be resumed; at the end they become a workbook, row by row.

use std::borrow::Cow;
use std::io::{self, BufRead, Seek, Write};
use std::path::Path;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use serde::{Deserialize, Serialize};

use crate::lists::cells::Cell;
use crate::lists::values;

/// The rows of a sheet; further ones go to the next sheet.
const MOST_ROWS: u32 = 1_048_576;
/// The characters of a cell, as Excel counts them.
const MOST_TEXT: usize = 32_767;
/// The digits that a number of Excel keeps.
const MOST_DIGITS: usize = 15;
/// The width of a column with a moment.
const MOMENT_WIDTH: f64 = 17.0;
/// The width of the other columns.
const WIDTH: f64 = 14.0;

/// A cell of the part.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Kept<'c> {
    #[serde(rename = "t", borrow)]
    Text(Cow<'c, str>),
    #[serde(rename = "n", borrow)]
    Number(Cow<'c, str>),
    #[serde(rename = "b")]
    Flag(bool),
    #[serde(rename = "d", borrow)]
    Date(Cow<'c, str>),
}

/// Adds the line of the headings.
pub(super) fn header<'n>(names: impl Iterator<Item = &'n str>, made: &mut Vec<u8>) {
    line(names.map(|name| Kept::Text(name.into())), made);
}

/// Adds the line of a row: its fields, and what they hold.
pub(super) fn row<'c>(cells: impl Iterator<Item = (&'c str, Cell<'c>)>, made: &mut Vec<u8>) {
    line(cells.map(|(field, cell)| kept(values::name(field), cell)), made);
}

fn line<'c>(cells: impl Iterator<Item = Kept<'c>>, made: &mut Vec<u8>) {
    let cells: Vec<Kept<'c>> = cells.collect();
    // Writing to memory does not fail.
    let _ = serde_json::to_writer(&mut *made, &cells);
    made.push(b'\n');
}

fn kept<'c>(name: &str, cell: Cell<'c>) -> Kept<'c> {
    match cell {
        Cell::Number(digits) if is_label(name) || digit_count(digits) > MOST_DIGITS => {
            Kept::Text(digits.into())
        }
        Cell::Number(digits) => Kept::Number(digits.into()),
        Cell::Flag(text) => Kept::Flag(text == "true"),
        Cell::Text(text) if values::is_date(name) && !text.is_empty() => Kept::Date(text.into()),
        Cell::Text(text) => Kept::Text(text.into()),
    }
}

/// Whether digits of this field only name something: an id, a document, a telephone number.
fn is_label(name: &str) -> bool {
    const LABELS: &str = "account agency areacode bankcode cep countrycode document number phone sku zip";
    let last = name.rsplit('.').next().unwrap_or(name);
    let folded = last.to_ascii_lowercase();
    values::is_id(name) || LABELS.split_whitespace().any(|label| folded.ends_with(label))
}

/// The digits that a number needs.
fn digit_count(digits: &str) -> usize {
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').len()
}

/// Makes a workbook of the lines of a part.
pub(super) fn build(
    lines: impl BufRead,
    folder: &Path,
    out: &mut (impl Write + Seek + Send),
) -> io::Result<()> {
    build_of(lines, folder, out, MOST_ROWS)
}

fn build_of(
    lines: impl BufRead,
    folder: &Path,
    out: &mut (impl Write + Seek + Send),
    most_rows: u32,
) -> io::Result<()> {
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    // Rows are personal data: they stay in the folder of the file, not in that of all users.
    workbook.set_tempdir(folder).map_err(failed)?;
    let mut lines = lines.lines();
    let header = lines.next().transpose()?.unwrap_or_else(|| String::from("[]"));
    let header: Vec<Kept<'_>> = serde_json::from_str(&header)?;
    let mut next = lines.next().transpose()?;
    loop {
        let sheet = workbook.add_worksheet_with_constant_memory().map_err(failed)?;
        formats.header(sheet, &header).map_err(failed)?;
        let mut row = 1;
        while let Some(line) = next.take_if(|_| row < most_rows) {
            let cells: Vec<Kept<'_>> = serde_json::from_str(&line)?;
            for (column, (cell, name)) in (0..).zip(cells.iter().zip(&header)) {
                formats
                    .cell(sheet, (row, column), cell, name.text())
                    .map_err(failed)?;
            }
            row += 1;
            next = lines.next().transpose()?;
        }
        if next.is_none() {
            break;
        }
    }
    workbook.save_to_writer(out).map_err(failed)
}

impl Kept<'_> {
    fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Date(text) => text,
            Self::Flag(_) => "",
        }
    }
}

/// How cells are shown.
struct Formats {
    heading: Format,
    text: Format,
    amount: Format,
    day: Format,
    moment: Format,
}

impl Formats {
    fn new() -> Self {
        Self {
            heading: Format::new().set_bold(),
            text: Format::new().set_num_format("@"),
            amount: Format::new().set_num_format("#,##0.00"),
            day: Format::new().set_num_format("dd/mm/yyyy"),
            moment: Format::new().set_num_format("dd/mm/yyyy hh:mm"),
        }
    }

    fn header(&self, sheet: &mut Worksheet, header: &[Kept<'_>]) -> Result<(), XlsxError> {
        sheet.set_freeze_panes(1, 0)?;
        for (column, name) in (0..).zip(header) {
            let name = name.text();
            let width = if values::is_date(name) {
                MOMENT_WIDTH
            } else {
                WIDTH
            };
            sheet.set_column_width(column, width)?;
            sheet.write_string_with_format(0, column, name, &self.heading)?;
        }
        Ok(())
    }

    fn cell(
        &self,
        sheet: &mut Worksheet,
        (row, column): (u32, u16),
        cell: &Kept<'_>,
        name: &str,
    ) -> Result<(), XlsxError> {
        match cell {
            Kept::Text(text) if text.is_empty() => {}
            Kept::Text(text) => {
                sheet.write_string_with_format(row, column, fitting(text), &self.text)?;
            }
            Kept::Flag(flag) => {
                sheet.write_boolean(row, column, *flag)?;
            }
            Kept::Number(digits) => match digits.parse::<f64>() {
                Ok(number) if name.ends_with(".value") || name.ends_with("Amount") => {
                    sheet.write_number_with_format(row, column, number, &self.amount)?;
                }
                Ok(number) => {
                    sheet.write_number(row, column, number)?;
                }
                Err(_) => {
                    sheet.write_string_with_format(row, column, digits.as_ref(), &self.text)?;
                }
            },
            Kept::Date(text) => match self.date(text) {
                Some((date, format)) => {
                    sheet.write_datetime_with_format(row, column, date, format)?;
                }
                None => {
                    sheet.write_string_with_format(row, column, fitting(text), &self.text)?;
                }
            },
        }
        Ok(())
    }

    /// A day, or a moment in Brasília; none for a text that Excel cannot hold as a date.
    fn date(&self, text: &str) -> Option<(ExcelDateTime, &Format)> {
        let ((year, month, day), second) = values::in_brasilia(text)?;
        let date = ExcelDateTime::from_ymd(year, month, day).ok()?;
        let Some(second) = second else {
            return Some((date, &self.day));
        };
        let (hour, minute) = (second / 3600, second / 60 % 60);
        let date = date.and_hms(
            u16::try_from(hour).ok()?,
            u8::try_from(minute).ok()?,
            u8::try_from(second % 60).ok()?,
        );
        Some((date.ok()?, &self.moment))
    }
}

/// The text, cut if it does not fit into a cell, without what XML cannot hold.
fn fitting(text: &str) -> Cow<'_, str> {
    let is_held = |c: char| !matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.len() <= MOST_TEXT && text.chars().all(is_held) {
        return text.into();
    }
    let mut room = MOST_TEXT - 1;
    let fits = |c: &char| {
        let left = room.checked_sub(c.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    };
    let held = text.chars().map(|c| if is_held(c) { c } else { '\u{fffd}' });
    let mut cut: String = held.take_while(fits).collect();
    if cut.chars().count() < text.chars().count() {
        cut.push('…');
    }
    cut.into()
}

fn failed(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        error => io::Error::other(error),
    }
}
