//! Headings of the help.

texts! {
    heading_usage() { pt: "Uso:", en: "Usage:" }
    heading_commands() { pt: "Comandos", en: "Commands" }
    heading_arguments() { pt: "Argumentos", en: "Arguments" }
    heading_options() { pt: "Opções", en: "Options" }
    placeholder_command() { pt: "COMANDO", en: "COMMAND" }
    placeholder_options() { pt: "[OPÇÕES]", en: "[OPTIONS]" }
    heading_name() { pt: "NOME", en: "NAME" }
    heading_synopsis() { pt: "SINOPSE", en: "SYNOPSIS" }
    heading_description() { pt: "DESCRIÇÃO", en: "DESCRIPTION" }
    heading_notes() { pt: "OBSERVAÇÕES", en: "NOTES" }
    pages_written(pages: usize, folder: &str) {
        pt: "{pages} páginas em {folder}; leia com `man eduzz`",
        en: "{pages} pages in {folder}; read them with `man eduzz`",
    }
    heading_filters() { pt: "Filtros", en: "Filters" }
}
