//! Texts that say how to go on after an empty, a partial or a refused result.

texts! {
    no_rows_in(first: &str, last: &str) {
        pt: "nada encontrado de {first} a {last}; para outro período: --last 12m, --month 2026-10 ou --from",
        en: "nothing found from {first} to {last}; for another period: --last 12m, --month 2026-10 or --from",
    }
    no_such_page(page: u32, pages: u64, rows: u64) {
        pt: "a página {page} não existe; a última é a {pages}, de {rows} linhas no total",
        en: "there is no page {page}; the last one is {pages}, of {rows} rows in total",
    }
    page_in_file(rows: usize, total: u64, path: &str, page: u64, pages: u64) {
        pt: "{rows} de {total} linhas em {path} (página {page} de {pages}); --all traz todas",
        en: "{rows} of {total} rows in {path} (page {page} of {pages}); --all brings them all",
    }
    record_in_file(path: &str) { pt: "gravado em {path}", en: "written to {path}" }
    nothing_read_yet() {
        pt: "nada tinha sido lido ainda, e nenhum arquivo foi alterado",
        en: "nothing had been read yet, and no file was changed",
    }
    out_no_folder(folder: &str) {
        pt: "a pasta {folder} não existe; crie-a, ou escolha outra em --out",
        en: "the folder {folder} does not exist; create it, or choose another with --out",
    }
    new_word() {
        pt: "um valor novo do serviço, que o SDK ainda não conhece, vai com `eduzz call`",
        en: "a new value of the service, which the SDK does not know yet, goes with `eduzz call`",
    }
    usage_is(usage: &str) { pt: "uso: {usage}", en: "usage: {usage}" }
    hook_receive_only() {
        pt: "só para receber: --no-subscribe, com o segredo em EDUZZ_WEBHOOK_SECRET",
        en: "to only receive: --no-subscribe, with the secret in EDUZZ_WEBHOOK_SECRET",
    }
    signed_out_of_sandbox() {
        pt: "o sandbox não aceita mais este login: talvez tenha sido reiniciado e perdido os tokens (--state ARQUIVO os guarda)\nfaça login de novo com `eduzz login`",
        en: "the sandbox no longer accepts this sign-in: it was perhaps restarted, and lost its tokens (--state FILE keeps them)\nsign in again with `eduzz login`",
    }
    clock_is_ahead() {
        pt: "o relógio do sandbox agora está à frente do desta máquina, que as listas sem período, --last e o espelho usam",
        en: "the sandbox's clock is now ahead of this machine's, which lists without days, --last and the mirror go by",
    }
    check_place(places: &str) {
        pt: "confira {places}: pode não existir, ou ser de outra conta",
        en: "check {places}: it may not exist, or be of another account",
    }
    profile_removed_signed_out(name: &str) {
        pt: "Perfil {name} apagado; ele não tinha login.",
        en: "Profile {name} removed; it was not signed in.",
    }
    doctor_sign_in_to(name: &str) {
        pt: "faça login com `eduzz login --profile {name}`, ou defina EDUZZ_TOKEN",
        en: "sign in with `eduzz login --profile {name}`, or set EDUZZ_TOKEN",
    }
    mirror_already(place: &str) {
        pt: "O espelho já existia em {place}; as opções que você não indicou ficaram como estavam.",
        en: "The mirror was already in {place}; options that you did not give stay as they were.",
    }
    mirror_held(windows: usize, minutes: u64) {
        pt: "ainda não lidas: {windows} janelas que outra execução reservou; se ela foi encerrada, ficam livres em até {minutes} min\nrode de novo depois; `eduzz mirror gaps` mostra o que falta",
        en: "not read yet: {windows} windows that another run holds; if that one has ended, they are free within {minutes} min\nrun it again then; `eduzz mirror gaps` shows what is left",
    }
}
