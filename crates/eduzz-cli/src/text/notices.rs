//! Texts about calls while they run.

texts! {
    waits_for_turn(wait: &str, rate: &str) { pt: "espera a vez: {wait}{rate}", en: "waits for its turn: {wait}{rate}" }
    rate_a_minute(requests: u32) { pt: ", {requests} por minuto", en: ", {requests} a minute" }
    rate(requests: u32, per: &str) { pt: ", {requests} a cada {per}", en: ", {requests} every {per}" }
    retries_in(wait: &str) { pt: "nova tentativa em {wait}", en: "next attempt in {wait}" }
    was_answered(status: u16, length: usize) {
        pt: "resposta {status}, {length} bytes",
        en: "answer {status}, {length} bytes",
    }
    was_not_sent() { pt: "sem conexão, nada foi enviado", en: "no connection, nothing was sent" }
    was_lost() {
        pt: "sem resposta; a chamada pode ter chegado à Eduzz",
        en: "no answer; the call may have reached Eduzz",
    }
    call_step(route: &str, attempt: u32, step: &str) {
        pt: "{route}, tentativa {attempt}: {step}",
        en: "{route}, attempt {attempt}: {step}",
    }
}
