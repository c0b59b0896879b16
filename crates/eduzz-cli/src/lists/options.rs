//! Flags of lists and records: which pages, in which format, and where to.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

use crate::cli::{self, OPTIONS, filled};
use crate::failure::Failure;
use crate::lang::Lang;
use crate::lists::target;
use crate::output::{Output, printable_body};

// A doc comment on a struct of flags would become the text of the commands that flatten it.

// Flags of a command that lists pages.
#[derive(Debug, Args)]
#[command(next_help_heading = OPTIONS)]
pub(crate) struct ListOptions {
    /// Traz tudo: todas as páginas do período inteiro
    /// | Brings everything: all pages of the whole period
    #[arg(long)]
    pub(super) all: bool,
    /// Página a mostrar (padrão: 1) | Which page to show (default: 1)
    #[arg(long, value_name = "N", value_parser = cli::between::<u32>(1, u32::MAX.into()), conflicts_with = "all")]
    pub(super) page: Option<u32>,
    /// Linhas por página (padrão: 20; com --all, 100)
    /// | Rows to a page (default: 20; with --all, 100)
    #[arg(long, value_name = "N", value_parser = cli::between::<u32>(1, u32::MAX.into()))]
    pub(super) per_page: Option<u32>,
    #[command(flatten)]
    pub(super) form: FormOptions,
    /// Continua uma leitura interrompida a partir do cursor que ela deixou
    /// | Resumes an interrupted walk from the cursor that it left
    #[arg(long, value_name = "ARQUIVO | FILE")]
    pub(super) resume: Option<PathBuf>,
    /// Para na primeira linha que não puder ser lida | Stops at the first row that cannot be read
    #[arg(long)]
    pub(super) strict: bool,
    #[command(flatten)]
    pub(super) body: BodyOption,
}

// Flags of a command that shows records without pages.
#[derive(Debug, Args)]
#[command(next_help_heading = OPTIONS)]
pub(crate) struct RecordOptions {
    #[command(flatten)]
    pub(super) form: FormOptions,
    #[command(flatten)]
    pub(crate) body: BodyOption,
}

// The flag of a command that calls the API.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = OPTIONS)]
pub(crate) struct BodyOption {
    /// Se a Eduzz recusar, mostra o corpo que veio (pode ter dados pessoais)
    /// | If Eduzz rejects the call, shows the body that came (it may hold personal data)
    #[arg(long)]
    show_body: bool,
    /// Com --show-body, mostra os bytes como vieram, sem neutralizar os que mudam a cor ou o
    /// título, movem o cursor ou reordenam o texto do terminal
    /// | Together with --show-body, shows the bytes as they came: they may change colours and
    /// title, move the cursor, and reorder the text of the terminal
    #[arg(long, requires = "show_body")]
    raw: bool,
}

impl BodyOption {
    /// For a command with flags of its own.
    pub(crate) const fn new(show_body: bool, raw: bool) -> Self {
        Self { show_body, raw }
    }

    /// The body of an error, if it is wanted.
    pub(crate) fn shown(self, body: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self { show_body: false, .. } => None,
            Self { raw: true, .. } => Some(body.to_vec()),
            Self { raw: false, .. } => Some(printable_body(body).into_bytes()),
        }
    }
}

// Flags of a command that writes rows.
#[derive(Debug, Args)]
#[command(next_help_heading = OPTIONS)]
pub(super) struct FormOptions {
    /// table, json, jsonl, csv ou xlsx (padrão: o da extensão do arquivo, ou table)
    /// | table, json, jsonl, csv or xlsx (default: that of the file's extension, or table)
    #[arg(long, value_name = "FORMATO | FORMAT")]
    format: Option<Format>,
    /// Só estes campos, nesta ordem, em qualquer formato: id,buyer.email
    /// | Only these fields, in this order, in any format: id,buyer.email
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

/// A format of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub(super) enum Format {
    /// For people.
    Table,
    /// One array.
    Json,
    /// One object a line.
    Jsonl,
    /// For spreadsheet programs.
    Csv,
    /// A workbook of Excel.
    Xlsx,
}

/// A format of output with its variations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Form {
    pub(super) format: Format,
    /// CSV begins with the mark by which Excel knows UTF-8.
    pub(super) bom: bool,
    /// CSV as Excel in Portuguese reads it: `;` between the columns, decimal comma.
    pub(super) excel: bool,
    /// The fields that were asked for; without them, those of the format.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) fields: Vec<String>,
}

impl Form {
    pub(super) const TABLE: Self = Self {
        format: Format::Table,
        bom: false,
        excel: false,
        fields: Vec::new(),
    };
}

impl FormOptions {
    /// The form of output; without `--format` the extension of the file decides.
    pub(super) fn form(&self, output: Output) -> Result<Form, Failure> {
        let lang = output.lang;
        if output.json && self.format.is_some_and(|format| format != Format::Json) {
            return Err(Failure::usage(lang.conflict("--json", "`--format`")));
        }
        let is_csv = self.bom || self.excel;
        let format = match self.format {
            Some(format) => format,
            None if output.json => Format::Json,
            None if is_csv => Format::Csv,
            None => match self.out() {
                Some(path) => by_ending(lang, path)?,
                None => Format::Table,
            },
        };
        if format == Format::Xlsx && self.out().is_none() {
            return Err(Failure::usage(lang.xlsx_needs_file()));
        }
        if is_csv && format != Format::Csv {
            let option = if self.bom { "--bom" } else { "--excel" };
            return Err(Failure::usage(lang.only_csv(option)));
        }
        Ok(Form {
            format,
            bom: is_csv,
            excel: self.excel,
            fields: self.fields.clone(),
        })
    }

    /// The file to write, if it is not the standard output.
    pub(super) fn out(&self) -> Option<&Path> {
        self.out.as_deref().filter(|path| *path != Path::new("-"))
    }
}

/// The format of a file by its ending.
fn by_ending(lang: Lang, path: &Path) -> Result<Format, Failure> {
    let endings = [
        ("txt", Format::Table),
        ("csv", Format::Csv),
        ("xlsx", Format::Xlsx),
        ("json", Format::Json),
        ("jsonl", Format::Jsonl),
        ("ndjson", Format::Jsonl),
    ];
    by_known_ending(lang, path, &endings)
}

/// What the ending of a file stands for; an unknown one is an error that lists these.
pub(super) fn by_known_ending<F: Copy>(lang: Lang, path: &Path, endings: &[(&str, F)]) -> Result<F, Failure> {
    let ending = path
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    let found = endings
        .iter()
        .find(|(known, _)| ending.eq_ignore_ascii_case(known));
    if let Some((_, format)) = found {
        return Ok(*format);
    }
    // No ending helps a path that cannot be written.
    target::whole(lang, path)?;
    let known: Vec<String> = endings.iter().map(|(known, _)| format!(".{known}")).collect();
    let path = path.display().to_string();
    Err(Failure::usage(lang.unknown_ending(&path, &known.join(", "))))
}
