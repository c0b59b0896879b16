//! Texts of `doctor`.

use crate::lang::Lang;

texts! {
    doctor_ok() { pt: "ok", en: "ok" }
    doctor_warning() { pt: "aviso", en: "warning" }
    doctor_problem() { pt: "problema", en: "problem" }
    doctor_no_commit() { pt: "sem repositório", en: "built without a repository" }
    doctor_sandbox(url: &str) { pt: "um sandbox, {url}", en: "a sandbox, {url}" }
    doctor_service(url: &str) { pt: "a Eduzz, {url}", en: "Eduzz, {url}" }
    doctor_file_closed(path: &str) { pt: "só você lê {path}", en: "only you can read {path}" }
    doctor_no_file(path: &str) { pt: "nenhum login salvo em {path}", en: "no sign-in stored in {path}" }
    doctor_no_token() { pt: "não há token", en: "there is no token" }
    doctor_sign_in() {
        pt: "faça login com `eduzz login`, ou defina EDUZZ_TOKEN",
        en: "sign in with `eduzz login`, or set EDUZZ_TOKEN",
    }
    doctor_of_profile(name: &str) { pt: "do perfil {name}", en: "of the profile {name}" }
    doctor_token_personal() { pt: "informado, talvez pessoal", en: "given, maybe a personal one" }
    doctor_token_application() { pt: "do aplicativo", en: "of the application" }
    doctor_token_sign_in() { pt: "de um login", en: "of a sign-in" }
    doctor_until(moment: &str) { pt: "vale até {moment}", en: "valid until {moment}" }
    doctor_scopes_unknown() { pt: "permissões desconhecidas", en: "scopes unknown" }
    doctor_scopes(count: usize, names: &str) { pt: "permissões ({count}): {names}", en: "scopes ({count}): {names}" }
    doctor_token_taken() { pt: "o token é aceito", en: "the token is accepted" }
    doctor_no_name(host: &str) { pt: "o nome {host} não foi encontrado", en: "the name {host} was not found" }
    doctor_no_connection(url: &str) { pt: "sem conexão com {url}", en: "no connection to {url}" }
    doctor_check_network() {
        pt: "confira a internet, o DNS e o firewall; atrás de um proxy, defina HTTPS_PROXY",
        en: "check the internet, DNS and the firewall; behind a proxy, set HTTPS_PROXY",
    }
    doctor_start_sandbox() {
        pt: "suba o sandbox com `eduzz sandbox`, ou remova EDUZZ_SANDBOX",
        en: "start the sandbox with `eduzz sandbox`, or unset EDUZZ_SANDBOX",
    }
    doctor_reached(url: &str, status: u16) { pt: "{url} responde {status}", en: "{url} answers {status}" }
    doctor_try_later() { pt: "a Eduzz está com problemas; tente mais tarde", en: "Eduzz has problems; try again later" }
    doctor_no_clock() { pt: "nenhuma resposta trouxe a hora", en: "no answer said the time" }
    doctor_clock_right() { pt: "certo, pela hora da Eduzz", en: "right, by Eduzz's time" }
    doctor_clock_ahead(seconds: u64) { pt: "{seconds} s adiantado", en: "{seconds} s ahead" }
    doctor_clock_behind(seconds: u64) { pt: "{seconds} s atrasado", en: "{seconds} s behind" }
    doctor_set_clock() {
        pt: "acerte o relógio do sistema (NTP): sem isso o TLS falha e tokens parecem vencidos",
        en: "set the system's clock (NTP): otherwise TLS fails and tokens look expired",
    }
    doctor_live_not_now() {
        pt: "há um problema acima, então --live não foi feito\nresolva-o e repita",
        en: "there is a problem, so --live was not done\nsolve it and repeat (`eduzz doctor` shows it)",
    }
    doctor_live_step(number: usize, of: usize, quirks: &str) { pt: "{number}/{of}  {quirks}", en: "{number}/{of}  {quirks}" }
    doctor_live_done(calls: usize, path: &str) {
        pt: "{calls} chamadas; relatório em {path}\nSem nomes, e-mails, ids, valores ou textos. Leia-o e envie-o aos autores do SDK.",
        en: "{calls} calls; report in {path}\nWithout names, e-mail addresses, ids, amounts or texts. Read it, and send it to the authors of the SDK.",
    }
    doctor_live_ending(path: &str) {
        pt: "{path} não termina em .json nem .md\nescolha um desses formatos",
        en: "{path} ends neither with .json nor with .md\nchoose one of these formats",
    }
}

impl Lang {
    /// The name of a check.
    pub(crate) fn doctor_name(self, name: &'static str) -> &'static str {
        let (pt, en) = match name {
            "version" => ("versão", "version"),
            "service" => ("destino", "service"),
            "pace" => ("ritmo", "pace"),
            "files" => ("arquivos", "files"),
            "token" => ("token", "token"),
            "accounts" => ("página de login", "sign-in page"),
            "accountsApi" => ("API de login", "sign-in API"),
            "api" => ("API", "API"),
            "clock" => ("relógio", "clock"),
            "call" => ("chamada", "call"),
            other => (other, other),
        };
        self.choose_text(pt, en)
    }
}
