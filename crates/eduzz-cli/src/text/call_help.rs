//! Texts of the help of one call.

texts! {
    help_scopes(names: &str) { pt: "Permissões: {names}", en: "Scopes: {names}" }
    help_no_scopes() { pt: "Permissões: nenhuma, qualquer token serve", en: "Scopes: none, any token will do" }
    help_repeat_safe() {
        pt: "Só lê, e é repetida automaticamente se a rede falhar",
        en: "It only reads, and is retried when the network fails",
    }
    help_repeat_idempotent() {
        pt: "Altera, mas repetir dá no mesmo: é repetida automaticamente se a rede falhar",
        en: "It changes something, but twice is the same as once: it is retried when the network fails",
    }
    help_repeat_once() {
        pt: "Altera, e nunca é repetida depois de enviada",
        en: "It changes something, and is never retried once it was sent",
    }
    help_pages() {
        pt: "Responde em páginas; --all traz todas",
        en: "It answers in pages; --all brings them all",
    }
    help_no_fields() { pt: "Não tem campos", en: "It has no fields" }
    help_fields() { pt: "Campos:", en: "Fields:" }
    help_required() { pt: " (obrigatório)", en: " (required)" }
    help_set() {
        pt: "Passe cada campo com --set CAMPO=VALOR; startDate e start_date são equivalentes. Listas e objetos, em JSON.",
        en: "Each goes into a --set FIELD=VALUE; startDate and start_date are the same. Lists and objects are JSON.",
    }
    help_example() { pt: "Exemplo, com valores inventados:", en: "Example, with invented values:" }
    help_more() { pt: "As outras opções: `eduzz call --help`", en: "The other options: `eduzz call --help`" }
    placeholder_value() { pt: "VALOR", en: "VALUE" }

    field_text() { pt: "texto", en: "text" }
    field_id() { pt: "id", en: "id" }
    field_day() { pt: "dia (2026-01-31)", en: "day (2026-01-31)" }
    field_moment() { pt: "data com hora (2026-01-31T12:00:00Z)", en: "moment (2026-01-31T12:00:00Z)" }
    field_integer() { pt: "número inteiro", en: "whole number" }
    field_number() { pt: "número", en: "number" }
    field_boolean() { pt: "true ou false", en: "true or false" }
    field_json() { pt: "JSON", en: "JSON" }
    field_list(of: &str) { pt: "lista de {of}", en: "list of {of}" }
}
