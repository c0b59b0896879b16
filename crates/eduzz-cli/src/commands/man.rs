//! `eduzz man`: the manual, a page for each command.

use std::io;
use std::path::PathBuf;

use clap::{Args, Command};
use clap_mangen::Man;
use serde::Serialize;

use crate::cli;
use crate::failure::Failure;
use crate::files;
use crate::lang::Lang;
use crate::output::Output;

/// Mostra a página de manual de um comando, ou grava todas
/// | Prints the manual page of a command, or writes all of them
#[derive(Debug, Args)]
#[command(after_help = "\
Para ler uma:      eduzz man sales list | man -l -
Para instalar:     eduzz man --out ~/.local/share/man/man1
e depois:          man eduzz, man eduzz-sales-list

Se o `man` não as encontrar, ponha ~/.local/share/man em MANPATH.
 | \n\
To read one:       eduzz man sales list | man -l -
To install them:   eduzz man --out ~/.local/share/man/man1
and then:          man eduzz, man eduzz-sales-list

If `man` does not find them, put ~/.local/share/man into MANPATH.")]
pub(crate) struct ManCommand {
    /// O comando: sales list | The command: sales list
    #[arg(value_name = "COMANDO | COMMAND", num_args = 0.., conflicts_with = "out")]
    words: Vec<String>,
    /// Grava todas as páginas nesta pasta | Writes all pages into this folder
    #[arg(long, value_name = "PASTA | FOLDER")]
    out: Option<PathBuf>,
}

#[derive(Serialize)]
struct Written {
    folder: String,
    pages: usize,
}

impl ManCommand {
    pub(super) async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let mut root = cli::command(lang);
        root.build();
        let Some(folder) = self.out else {
            let mut command = &root;
            for word in &self.words {
                let inner = command.find_subcommand(word);
                command = inner.ok_or_else(|| {
                    let (what, advice) = (lang.unknown_command(), lang.see_help("eduzz man"));
                    Failure::usage(format!("{what}\n{advice}"))
                })?;
            }
            let page = page(lang, command).map_err(|_| Failure::usage(lang.cannot_write_output()))?;
            return output.bytes(&page);
        };
        let cannot_write = |error: &io::Error| files::cannot_write(lang, &folder, error);
        std::fs::create_dir_all(&folder).map_err(|error| cannot_write(&error))?;
        let mut pages = 0;
        let mut left = vec![&root];
        while let Some(command) = left.pop() {
            let name = command.get_display_name().unwrap_or(command.get_name());
            let path = folder.join(format!("{name}.1"));
            page(lang, command)
                .and_then(|page| std::fs::write(&path, page))
                .map_err(|error| files::cannot_write(lang, &path, &error))?;
            pages += 1;
            left.extend(command.get_subcommands());
        }
        let folder = folder.display().to_string();
        if output.json {
            return output.json(&Written { folder, pages });
        }
        output.line(&lang.pages_written(pages, &folder))
    }
}

/// The page of a command. Clap's headings of pages are English.
fn page(lang: Lang, command: &Command) -> io::Result<Vec<u8>> {
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    let mut page = String::from_utf8_lossy(&page).into_owned();
    for (heading, translated) in [
        ("NAME", lang.heading_name()),
        ("SYNOPSIS", lang.heading_synopsis()),
        ("DESCRIPTION", lang.heading_description()),
    ] {
        page = page.replace(&format!(".SH {heading}\n"), &format!(".SH {translated}\n"));
    }
    if let Some(notes) = command.get_after_help() {
        // Its tables keep their lines.
        let lines: Vec<String> = notes.to_string().lines().map(line).collect();
        page = format!(
            "{page}.SH {}\n.nf\n{}\n.fi\n",
            lang.heading_notes(),
            lines.join("\n")
        );
    }
    Ok(page.into_bytes())
}

/// A line as roff shows it: without commands and with its minus signs.
fn line(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) {
        format!("\\&{text}")
    } else {
        text
    }
}
