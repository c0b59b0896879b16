//! Texts of the lists: pages, walks, cursors and files.

texts! {
    yes() { pt: "sim", en: "yes" }
    no() { pt: "não", en: "no" }

    no_rows() { pt: "nada encontrado", en: "nothing found" }
    long_and_empty() {
        pt: "nenhuma linha veio, mas a API também devolve uma lista vazia para períodos longos; --all lê este em partes",
        en: "no rows came, but the API also answers long periods with an empty list; --all reads this one in parts",
    }
    one_page_of(page: u64, pages: u64, rows: u64) {
        pt: "página {page} de {pages}, {rows} linhas no total; use --page N para outra, ou --all para todas",
        en: "page {page} of {pages}, {rows} rows in total; --page shows another, --all shows them all",
    }
    rows_in_file(rows: u64, path: &str) { pt: "{rows} linhas em {path}", en: "{rows} rows in {path}" }
    rows_of(rows: &str, total: &str) { pt: "{rows} de {total} linhas", en: "{rows} of {total} rows" }
    rows_so_far(rows: &str) { pt: "{rows} linhas", en: "{rows} rows" }
    time_left(time: &str) { pt: "faltam {time}", en: "{time} left" }
    list_moved() {
        pt: "a lista mudou durante a leitura; nenhuma linha que estava lá o tempo todo se perdeu ou se repetiu",
        en: "the list changed while it was read; no row that was there throughout was lost or repeated",
    }
    own_page_size() {
        pt: "o serviço usa um tamanho de página fixo: se uma linha saiu da lista e outra entrou durante a leitura, não dá para saber",
        en: "the service uses a fixed page size: a row that left the list while another came in would go unnoticed",
    }
    rows_may_be_missing() {
        pt: "podem faltar linhas: a lista mudou durante a leitura, ou o serviço conta mais linhas do que entregou; leia-a de novo",
        en: "rows may be missing: the list changed while it was read, or the service counts more rows than it gave; read it again",
    }
    broken_row_left_out(row: u64, why: &str) { pt: "a linha {row} ficou de fora: {why}", en: "row {row} was left out: {why}" }
    broken_row_kept(row: u64, why: &str) { pt: "a linha {row} foi mantida como veio: {why}", en: "row {row} was kept as received: {why}" }
    broken_rows(rows: u64) {
        pt: "no total, não foi possível ler {rows} linhas",
        en: "{rows} rows in total could not be read",
    }
    broken_row_strict(row: u64, why: &str) {
        pt: "não foi possível ler a linha {row}: {why}\nsem --strict, as outras são lidas",
        en: "row {row} cannot be read: {why}\nwithout --strict the others are read",
    }
    row_not_understood() { pt: "não foi possível ler", en: "it cannot be read" }
    row_shape_at(path: &str, reason: &str) { pt: "em {path}, {reason}", en: "at {path}, {reason}" }
    row_too_exact() {
        pt: "um número tem mais dígitos do que o JSON representa com exatidão",
        en: "a number has more digits than JSON carries exactly",
    }

    no_such_day(option: &str) {
        pt: "a data de {option} não existe; use o formato 2026-02-28",
        en: "the day of {option} does not exist; write it as 2026-02-28",
    }
    days_backwards() {
        pt: "o último dia vem antes do primeiro; confira --from e --to",
        en: "the last day is before the first; check --from and --to",
    }
    no_today() {
        pt: "não foi possível saber a data de hoje pelo relógio do sistema; passe --from e --to",
        en: "the system's clock does not say what day it is; give --from and --to",
    }
    newest_would_lose_rows() {
        pt: "pela data da última mudança, uma linha alterada vai para o fim e se perderia com --order newest\nuse --order oldest",
        en: "by the date of the last change, a row that changes moves to the end, and with --order newest it would be lost\nuse --order oldest",
    }
    only_csv(option: &str) { pt: "`{option}` só vale com --format csv", en: "`{option}` goes with --format csv only" }
    bad_pace() {
        pt: "EDUZZ_PACE não é um número de chamadas por minuto, nem off",
        en: "EDUZZ_PACE is neither a number of calls a minute nor off",
    }
    page_with_all() {
        pt: "--all percorre todas as páginas, e não aceita o campo `page`",
        en: "--all reads all pages, and does not take the field `page`",
    }
    summary_currencies() {
        pt: "as somas estão em moedas diferentes e não podem ser combinadas\npeça seis meses por vez, com --from e --to",
        en: "the sums are in different currencies and cannot be added\nrequest six months at a time, with --from and --to",
    }

    out_not_a_file(path: &str) {
        pt: "{path} não é um arquivo comum\nescolha outro em --out, ou `--out -` para a saída padrão",
        en: "{path} is not a plain file\nchoose another with --out, or `--out -` for the standard output",
    }
    cannot_write_file(path: &str, why: &str) {
        pt: "não foi possível gravar {path}: {why}\no arquivo anterior não foi alterado",
        en: "{path} cannot be written: {why}\nthe previous file was not changed",
    }
    part_is_in(path: &str) { pt: "as linhas que já vieram estão em {path}", en: "the rows read so far are in {path}" }
    part_changed(path: &str) {
        pt: "{path} não tem mais as linhas que já tinham sido lidas\ncomece de novo, sem --resume",
        en: "{path} no longer has the rows read before\nstart again, without --resume",
    }
    resume_with(command: &str) { pt: "continue com: {command}", en: "resume with: {command}" }
    cursor_broken(path: &str) {
        pt: "{path} não é um cursor deste programa, ou está danificado\ncomece de novo, sem --resume",
        en: "{path} is not a cursor of this program, or is broken\nbegin again, without --resume",
    }
    cursor_other_command(path: &str, command: &str) {
        pt: "o cursor {path} é de outro comando: {command}",
        en: "the cursor {path} is of another command: {command}",
    }
    cursor_other_account(path: &str) {
        pt: "o cursor {path} é de outra conta, ou de outro endereço da API\nfaça login na conta certa com `eduzz login`, ou confira EDUZZ_TOKEN e EDUZZ_SANDBOX",
        en: "the cursor {path} is of another account, or of another address of the API\nsign in to the right account with `eduzz login`, or check EDUZZ_TOKEN and EDUZZ_SANDBOX",
    }
}
