//! Rows of a database, written page by page.

#[cfg(feature = "parquet")]
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::cli::{OPTIONS, filled};
use crate::failure::Failure;
use crate::lists::Fields;
use crate::lists::options::{Form, Format, by_known_ending};
use crate::lists::target::Target;
use crate::lists::writer::Writer;
use crate::output::Output;

// Flags of an export.
#[derive(Debug, Args)]
#[command(next_help_heading = OPTIONS)]
pub(crate) struct ExportOptions {
    /// csv, jsonl, xlsx ou parquet (padrão: o da extensão do arquivo, ou csv)
    /// | csv, jsonl, xlsx or parquet (default: that of the file's extension, or csv)
    #[arg(long, value_name = "FORMATO | FORMAT")]
    format: Option<ExportFormat>,
    /// Só estes campos, nesta ordem, em csv, jsonl e xlsx: id,buyer.email
    /// | Only these fields, in this order, in csv, jsonl and xlsx: id,buyer.email
    #[arg(long, value_name = "CAMPO,… | FIELD,…", value_delimiter = ',', value_parser = filled::<String>)]
    fields: Vec<String>,
    /// Grava num arquivo que só você pode ler; o anterior só é substituído no fim (padrão, ou com
    /// -: a saída padrão)
    /// | Writes a file that only you can read, replaced whole at the end (default, or with -: the
    /// standard output)
    #[arg(long, value_name = "ARQUIVO | FILE")]
    out: Option<PathBuf>,
    /// CSV com BOM, a marca pela qual o Excel reconhece UTF-8
    /// | CSV with a BOM, the mark by which Excel knows UTF-8
    #[arg(long)]
    bom: bool,
    /// CSV para o Excel em português: `;` entre as colunas, vírgula decimal e BOM
    /// | CSV for Excel in Portuguese: `;` between columns, decimal comma and a BOM
    #[arg(long)]
    excel: bool,
}

/// A format of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    Csv,
    Jsonl,
    Xlsx,
    Parquet,
}

/// The rows of an export as text.
pub(crate) struct Rows {
    output: Output,
    writer: Writer,
    target: Target,
    count: u64,
}

impl ExportOptions {
    /// The format; without `--format` the extension of the file decides.
    pub(crate) fn format(&self, output: Output) -> Result<ExportFormat, Failure> {
        let lang = output.lang;
        if output.json && self.format.is_some_and(|format| format != ExportFormat::Jsonl) {
            return Err(Failure::usage(lang.conflict("--json", "`--format`")));
        }
        let is_csv = self.bom || self.excel;
        let endings = [
            ("csv", ExportFormat::Csv),
            ("jsonl", ExportFormat::Jsonl),
            ("ndjson", ExportFormat::Jsonl),
            ("xlsx", ExportFormat::Xlsx),
            ("parquet", ExportFormat::Parquet),
        ];
        let format = match self.format {
            Some(format) => format,
            None if output.json => ExportFormat::Jsonl,
            None if is_csv => ExportFormat::Csv,
            None => match self.out() {
                Some(path) => by_known_ending(lang, path, &endings)?,
                None => ExportFormat::Csv,
            },
        };
        if format == ExportFormat::Xlsx && self.out().is_none() {
            return Err(Failure::usage(lang.xlsx_needs_file()));
        }
        if format == ExportFormat::Parquet && !self.fields.is_empty() {
            return Err(Failure::usage(lang.conflict("--fields", "`--format parquet`")));
        }
        if is_csv && format != ExportFormat::Csv {
            let option = if self.bom { "--bom" } else { "--excel" };
            return Err(Failure::usage(lang.only_csv(option)));
        }
        Ok(format)
    }

    /// Begins to write rows of text.
    pub(crate) fn rows<F: Fields>(&self, output: Output) -> Result<Rows, Failure> {
        let form = Form {
            format: match self.format(output)? {
                ExportFormat::Csv => Format::Csv,
                ExportFormat::Xlsx => Format::Xlsx,
                _ => Format::Jsonl,
            },
            bom: self.bom || self.excel,
            excel: self.excel,
            fields: self.fields.clone(),
        };
        let format = form.format;
        Ok(Rows {
            output,
            count: 0,
            writer: Writer::new::<F>(output.lang, form)?,
            target: Target::new(output, self.out(), format)?,
        })
    }

    /// The file to write, if it is not the standard output.
    pub(crate) fn out(&self) -> Option<&Path> {
        self.out.as_deref().filter(|path| *path != Path::new("-"))
    }
}

impl Rows {
    /// Adds a row; `false` if a number has more digits than the format carries exactly.
    pub(crate) fn add(&mut self, row: &impl Serialize) -> bool {
        let is_added = self.writer.row(row).is_ok();
        self.count += u64::from(is_added);
        is_added
    }

    /// Writes the rows that were added. Returns whether the reader is still there.
    pub(crate) fn flush(&mut self) -> Result<bool, Failure> {
        let text = self.writer.take();
        self.target.write(&text)
    }

    /// Puts the file in its place, and says how many rows it has.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        let mut text = self.writer.take();
        text.extend(self.writer.end(self.target.screen()));
        self.target.write(&text)?;
        if let Some(path) = self.target.finish()? {
            self.output
                .note(&self.output.lang.rows_in_file(self.count, &path));
        }
        Ok(())
    }
}

/// A file of bytes that is put in its place at the end.
#[cfg(feature = "parquet")]
pub(crate) struct Bytes(Target);

#[cfg(feature = "parquet")]
impl Bytes {
    pub(crate) fn new(output: Output, out: &Path) -> Result<Self, Failure> {
        Target::bytes(output, out).map(Self)
    }

    /// Puts the file in its place.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        self.0.finish().map(drop)
    }
}

#[cfg(feature = "parquet")]
impl io::Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.0.write(bytes);
        let failed = |failure: Failure| io::Error::other(failure.text().unwrap_or_default().to_owned());
        written.map(|_| bytes.len()).map_err(failed)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
