//! Texts of the commands that steer a sandbox.

use eduzz_sandbox::Thing;

use crate::lang::Lang;

impl Lang {
    /// A kind of row.
    pub(crate) fn thing(self, thing: Thing) -> String {
        let (pt, en) = match thing {
            Thing::Sale => ("venda", "sale"),
            Thing::Subscription => ("assinatura", "subscription"),
            Thing::Cart => ("carrinho", "cart"),
            Thing::Webhook => ("configuração de webhook", "webhook subscription"),
            Thing::Delivery => ("entrega", "delivery"),
            Thing::Fault => ("falha", "fault"),
            Thing::Account => ("conta", "account"),
            Thing::Application => ("aplicativo", "application"),
            other => (other.as_str(), other.as_str()),
        };
        match self {
            Self::Pt => pt,
            Self::En => en,
        }
        .to_owned()
    }
}

texts! {
    no_sandbox(url: &str) {
        pt: "nenhum sandbox em {url}\ninicie um em outro terminal com `eduzz sandbox`, ou ajuste EDUZZ_SANDBOX",
        en: "there is no sandbox at {url}\nstart one in another terminal with `eduzz sandbox`, or change EDUZZ_SANDBOX",
    }
    state_of_other_version(path: &str, found: u32, known: u32) {
        pt: "{path} é de outra versão do programa (formato {found}; este lê o {known})\nguarde-o para aquela versão e indique outro arquivo: um arquivo novo começa outra loja",
        en: "{path} is of another version of the program (format {found}; this one reads {known})\nkeep it for that version and name another file: a new one begins another shop",
    }
    no_state(path: &str, line: usize, column: usize) {
        pt: "{path} não é um estado do sandbox, ou não está inteiro: linha {line}, coluna {column}\nnada foi alterado; indique outro arquivo, ou mova este para começar outra loja",
        en: "{path} is no state of a sandbox, or not a whole one: line {line}, column {column}\nnothing was changed; name another file, or move this one away to begin another shop",
    }
    state_is_no_file(path: &str) {
        pt: "{path} não é um arquivo comum\nindique outro arquivo",
        en: "{path} is not a regular file\nname another file",
    }
    state_is_read_only(path: &str) {
        pt: "{path} é somente leitura\nlibere a gravação, ou copie-o e indique a cópia",
        en: "{path} is read-only\nmake it writable, or name a copy of it",
    }
    state_in_use(path: &str) {
        pt: "outro sandbox usa {path}\nencerre-o, ou indique outro arquivo",
        en: "another sandbox uses {path}\nend it, or name another file",
    }
    state_of_other_world(setting: &str) {
        pt: "a loja do arquivo de estado começou com outro valor de {setting}\nremova a opção para continuar com ela, ou indique outro arquivo",
        en: "the shop of the state file began with another value of {setting}\nleave the option out to go on with it, or name another file",
    }
    sandbox_network(url: &str, why: &str) {
        pt: "o sandbox em {url} não respondeu: {why}",
        en: "the sandbox at {url} did not answer: {why}",
    }
    not_a_sandbox(url: &str) {
        pt: "o programa em {url} não é um sandbox desta versão\nconfira EDUZZ_SANDBOX, ou reinicie o sandbox com este mesmo programa",
        en: "the program at {url} is not a sandbox of this version\ncheck EDUZZ_SANDBOX, or restart the sandbox with this same program",
    }
    steer_unknown(what: &str) {
        pt: "não encontrado: {what}\nconfira o valor informado",
        en: "not found: {what}\ncheck the value that you gave",
    }
    steer_unknown_row(what: &str) {
        pt: "não encontrado: {what}\nconfira o id; sem id, vale o registro mais recente em que a ação é possível",
        en: "not found: {what}\ncheck the id; without one, the newest that allows it is taken",
    }
    steer_not_now(thing: &str, id: &str, status: &str, allowed: &str) {
        pt: "{thing} {id}: o status `{status}` não permite isso\nações possíveis agora: {allowed}",
        en: "{thing} {id}: the status `{status}` does not allow this\nallowed now: {allowed}",
    }
    steer_never(thing: &str, id: &str, status: &str) {
        pt: "{thing} {id}: com o status `{status}`, nenhuma ação é mais possível",
        en: "{thing} {id}: the status `{status}` allows no action any more",
    }
    steer_nothing(thing: &str) {
        pt: "não há {thing} em que isso seja possível agora\n`eduzz sandbox sell` faz uma venda; `--unpaid` a deixa em aberto",
        en: "there is no {thing} that allows this now\n`eduzz sandbox sell` makes a sale; `--unpaid` leaves it open",
    }
    steer_no_webhook() {
        pt: "não há configuração de webhook no sandbox\n`eduzz webhook listen` cria uma e recebe as entregas",
        en: "the sandbox has no webhook subscription\n`eduzz webhook listen` makes one and receives the deliveries",
    }
    steer_nothing_to_sell() {
        pt: "a loja não tem produto à venda deste tipo",
        en: "the shop has nothing to sell of this kind",
    }
    steer_more(count: u64) { pt: "e mais {count}", en: "and {count} more" }
    steer_no_delivery() { pt: "nenhuma entrega", en: "no delivery" }
    steer_why_no_delivery() {
        pt: "sem entrega: nenhum webhook ativo recebe o evento, ou uma falha o perdeu",
        en: "no delivery: no active webhook subscription takes the event, or a fault lost it",
    }
    steer_one_delivery() { pt: "1 entrega", en: "1 delivery" }
    steer_deliveries(count: u64) { pt: "{count} entregas", en: "{count} deliveries" }
    steer_advanced(now: &str) { pt: "relógio do sandbox: {now}", en: "the sandbox's clock: {now}" }
    steer_mended() { pt: "as entregas voltam a chegar", en: "deliveries arrive again" }
    steer_broken_once() {
        pt: "a próxima tentativa de entrega vai falhar",
        en: "the next attempt to deliver will fail",
    }
    steer_broken(count: u32) {
        pt: "as próximas {count} tentativas de entrega vão falhar",
        en: "the next {count} attempts to deliver will fail",
    }
    steer_cleared_one() { pt: "1 falha retirada", en: "1 failure removed" }
    steer_cleared(count: u64) { pt: "{count} falhas retiradas", en: "{count} failures removed" }
    steer_revoked_one() { pt: "1 token revogado", en: "1 token revoked" }
    steer_revoked(count: u64) { pt: "{count} tokens revogados", en: "{count} tokens revoked" }
    steer_sent(number: &str) {
        pt: "entrega {number} enviada; o resultado está em `eduzz sandbox deliveries`",
        en: "delivery {number} sent; `eduzz sandbox deliveries` shows the outcome",
    }
    steer_no_deliveries() {
        pt: "nenhuma entrega ainda: é preciso ter uma configuração de webhook ativa",
        en: "no delivery yet: an active webhook subscription is needed",
    }
    steer_no_faults() { pt: "nenhuma falha de propósito", en: "no failure on purpose" }
    steer_delivery_columns() {
        pt: "N|EVENTO|ESTADO|TENTATIVAS|ÚLTIMA|RESPOSTA",
        en: "N|EVENT|STATE|ATTEMPTS|LAST|ANSWER",
    }
    steer_fault_columns() { pt: "N|FALHA|VEZES", en: "N|FAULT|STRIKES" }
    bad_sale_kind(kinds: &str) {
        pt: "o valor de `--kind` é inválido; os tipos são {kinds}",
        en: "the value of `--kind` is invalid; the kinds are {kinds}",
    }
    bad_sandbox_pace() {
        pt: "o valor de `--pace` é inválido; use um número de chamadas por minuto, ou off",
        en: "the value of `--pace` is invalid; write a number of calls a minute, or off",
    }
    bad_registered_url() {
        pt: "o valor de `--return-url` é inválido; use um endereço completo, como http://127.0.0.1:3000/retorno",
        en: "the value of `--return-url` is invalid; write a whole address, such as http://127.0.0.1:3000/retorno",
    }
    bad_span() {
        pt: "o tempo é inválido; use por exemplo 90s, 15m, 2h ou 3d",
        en: "the span of time is invalid; write for example 90s, 15m, 2h or 3d",
    }
}
