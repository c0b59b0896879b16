//! Texts about how far a mirror has come.

texts! {
    progress_days(done: &str, all: &str) { pt: "{done} de {all} dias", en: "{done} of {all} days" }
    progress_lists(done: &str, all: &str) { pt: "{done} de {all} listas", en: "{done} of {all} lists" }
    progress_calls(calls: &str) { pt: "{calls} chamadas", en: "{calls} calls" }
    progress_unknown() { pt: "ainda não dá para estimar", en: "no estimate yet" }
    progress_all(time: &str) {
        pt: "falta ler o resto do espelho: pelo menos {time}",
        en: "the rest of the mirror is still to be read: at least {time}",
    }
    progress_all_unknown() {
        pt: "falta ler o resto do espelho; o tempo ainda não dá para estimar",
        en: "the rest of the mirror is still to be read; no estimate of the time yet",
    }
}
