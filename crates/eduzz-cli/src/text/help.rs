//! Headings of the help.

texts! {
    heading_usage() { pt: "Uso:", en: "Usage:" }
    heading_commands() { pt: "Comandos", en: "Commands" }
    heading_arguments() { pt: "Argumentos", en: "Arguments" }
    heading_options() { pt: "Opções", en: "Options" }
    placeholder_command() { pt: "COMANDO", en: "COMMAND" }
    placeholder_options() { pt: "[OPÇÕES]", en: "[OPTIONS]" }
    heading_filters() { pt: "Filtros", en: "Filters" }
}
