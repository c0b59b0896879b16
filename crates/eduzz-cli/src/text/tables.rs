//! Texts of tables, columns, days, and formats.

texts! {
    hidden_columns(names: &str) {
        pt: "não couberam: {names}; alargue a janela, ou use --json",
        en: "these do not fit: {names}; widen the window, or use --json",
    }
    hidden_fields(names: &str, fields: &str) {
        pt: "não couberam: {names}; para escolher as colunas, --fields {fields}; para ver tudo, --json",
        en: "these do not fit: {names}; to choose the columns, --fields {fields}; to see everything, --json",
    }
    no_such_field(field: &str, command: &str) {
        pt: "o campo `{field}` de --fields não existe\n{command}",
        en: "the field `{field}` of --fields does not exist\n{command}",
    }
    known_fields(fields: &str) { pt: "existem: {fields}", en: "these exist: {fields}" }

    xlsx_needs_file() {
        pt: "xlsx precisa de um arquivo: --out ARQUIVO.xlsx",
        en: "xlsx needs a file: --out FILE.xlsx",
    }
    unknown_ending(path: &str, endings: &str) {
        pt: "a extensão de {path} não diz qual é o formato\nuse uma destas: {endings}, ou --format",
        en: "the ending of {path} names no format\nuse one of these: {endings}, or --format",
    }

    not_between(argument: &str, least: u64, most: u64) {
        pt: "o valor de `{argument}` não é um número de {least} a {most}",
        en: "the value of `{argument}` is not a number from {least} to {most}",
    }
    not_one_of(argument: &str, known: &str) {
        pt: "o valor de `{argument}` não é um destes: {known}",
        en: "the value of `{argument}` is not one of these: {known}",
    }
    bad_month() {
        pt: "o valor de `--month` não é um mês; escreva 2026-10 ou 10/2026",
        en: "the value of `--month` is not a month; write 2026-10 or 10/2026",
    }
    bad_last() {
        pt: "o valor de `--last` não é um período; escreva 30d (dias), 4w (semanas) ou 3m (meses)",
        en: "the value of `--last` is not a stretch; write 30d (days), 4w (weeks) or 3m (months)",
    }
    no_such_stretch() {
        pt: "este período começa antes do calendário; peça um mais curto",
        en: "this stretch begins before the calendar; ask for a shorter one",
    }

    field_takes(field: &str, known: &str) {
        pt: "{field} (conhecidos: {known})",
        en: "{field} (known: {known})",
    }
    check_places(places: &str) {
        pt: "o token tem as permissões; confira {places}: pode não existir, ou ser de outra conta",
        en: "the token has the scopes; check {places}: it may not exist, or be of another account",
    }
    maybe_scopes(scopes: &str) {
        pt: "se o token não tem as permissões {scopes}, crie outro que tenha; se tem, a conta não pode",
        en: "if the token lacks the scopes {scopes}, make one that has them; if not, the account may not",
    }
    check_places_or_scopes(places: &str, scopes: &str) {
        pt: "confira {places}: pode não existir, ou ser de outra conta; se o token é pessoal, confira também se tem {scopes}",
        en: "check {places}: it may not exist, or be of another account; of a personal token check also that it has {scopes}",
    }
    bad_day(argument: &str) {
        pt: "o valor de {argument} não é uma data válida; escreva 2026-02-28, 28/02/2026, hoje ou ontem",
        en: "the value of {argument} is not a valid day; write 2026-02-28, 28/02/2026, today or yesterday",
    }
}
