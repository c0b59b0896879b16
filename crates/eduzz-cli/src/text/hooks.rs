//! Texts about subscriptions to webhooks.

use eduzz_sync::subscription::{Ailment, Unmet};

use crate::lang::Lang;

texts! {
    hook_bad_url() {
        pt: "a URL é inválida; escreva https://…",
        en: "the URL is invalid; write https://…",
    }
    hook_not_public() {
        pt: "a Eduzz não alcança esta URL: ela é desta máquina ou de uma rede privada\nuse a URL de um servidor seu, ou de um túnel até esta máquina (ngrok, cloudflared)",
        en: "Eduzz cannot reach this URL: it is of this machine or of a private network\nuse the URL of a server of yours, or of a tunnel to this machine (ngrok, cloudflared)",
    }
    hook_several(ids: &str) {
        pt: "mais de uma configuração ativa tem esta URL, e cada evento viria mais de uma vez: {ids}\ndeixe uma só: `eduzz webhook subscriptions delete ID`",
        en: "more than one active subscription has this URL, and each event would come more than once: {ids}\nleave one of them: `eduzz webhook subscriptions delete ID`",
    }
    hook_not_activated(id: &str) {
        pt: "a configuração {id} continua desativada: o receptor tem que responder à verificação (ping) com 2xx\nconfira se ele está no ar nessa URL, e depois: `eduzz webhook subscriptions activate {id}`",
        en: "the subscription {id} stays disabled: the receiver has to answer the check (ping) with 2xx\nsee that it runs at that URL, and then: `eduzz webhook subscriptions activate {id}`",
    }
    hook_unmet_other() {
        pt: "o serviço respondeu com outra configuração\nconfira com `eduzz webhook subscriptions list`",
        en: "the service answered another subscription\nlook with `eduzz webhook subscriptions list`",
    }
    hook_unmet_events(events: &str) {
        pt: "o serviço deixou eventos de fora: {events}\nveja os que ele oferece com `eduzz call ListWebhookOrigins`",
        en: "the service left events out: {events}\nsee those that it offers with `eduzz call ListWebhookOrigins`",
    }
    hook_made(id: &str) { pt: "configuração {id} criada", en: "subscription {id} made" }
    hook_changed(id: &str) {
        pt: "configuração {id}: eventos acrescentados; se ela tinha filtros, confira-os no console",
        en: "subscription {id}: events added; if it had filters, look at them in the console",
    }
    hook_activated(id: &str) { pt: "configuração {id} ativada", en: "subscription {id} activated" }
    hook_ready(id: &str, events: usize) {
        pt: "configuração {id} ativa, com {events} eventos",
        en: "subscription {id} is active, with {events} events",
    }
    hook_other_status(id: &str, status: &str) {
        pt: "configuração {id}: o serviço a mostra como {status}",
        en: "subscription {id}: the service shows it as {status}",
    }
    hook_other_secret(id: &str) {
        pt: "a configuração {id} assina com outro segredo, criado no console\npasse-o em EDUZZ_WEBHOOK_SECRET, senão as entregas são recusadas",
        en: "the subscription {id} signs with another secret, made in the console\ngive it in EDUZZ_WEBHOOK_SECRET, else deliveries are refused",
    }
    hook_disabled(id: &str) { pt: "configuração {id} desativada", en: "subscription {id} disabled" }
    hook_kept(id: &str) {
        pt: "configuração {id} continua ativa (--keep); desative com `eduzz webhook subscriptions disable {id}`",
        en: "subscription {id} stays active (--keep); disable it with `eduzz webhook subscriptions disable {id}`",
    }
    hook_not_disabled(id: &str) {
        pt: "a configuração {id} não foi desativada: `eduzz webhook subscriptions disable {id}`",
        en: "the subscription {id} was not disabled: `eduzz webhook subscriptions disable {id}`",
    }
    hook_needs_url() {
        pt: "para receber da Eduzz falta uma URL pública: a de um servidor seu, ou de um túnel até esta porta\npasse-a com --url https://…, e o programa cria e ativa a configuração",
        en: "to receive from Eduzz, a public URL is missing: of a server of yours, or of a tunnel to this port\ngive it with --url https://…, and the program makes the subscription and activates it",
    }
    hook_event_needs_url() {
        pt: "`--event` precisa de `--url`: sem ela, nenhuma configuração é criada",
        en: "`--event` needs `--url`: without it, no subscription is made",
    }
    hook_secret_fetched() {
        pt: "segredo do webhook obtido pela API",
        en: "the webhook secret was fetched through the API",
    }
    hook_not_subscribed(why: &str) {
        pt: "sem configuração de webhook: {why}",
        en: "no webhook subscription: {why}",
    }
    hook_still_receiving() { pt: "continua recebendo", en: "still receiving" }
    hook_deleted(id: &str) { pt: "configuração {id} excluída", en: "subscription {id} deleted" }
    hook_delete_question(id: &str, place: &str) {
        pt: "Excluir a configuração {id} ({place})? Eventos que esperam nela podem se perder. [s/N]",
        en: "Delete the subscription {id} ({place})? Events that wait in it may be lost. [y/N]",
    }
    hook_no_such(id: &str) {
        pt: "não há configuração {id}\nveja as que existem com `eduzz webhook subscriptions list`",
        en: "there is no subscription {id}\nsee those that exist with `eduzz webhook subscriptions list`",
    }
    hook_none() { pt: "nenhuma configuração de webhook", en: "no webhook subscriptions" }
    hook_no_events_left() {
        pt: "uma configuração precisa de pelo menos um evento\npara parar de receber, use `eduzz webhook subscriptions disable`",
        en: "a subscription needs one event at least\nto receive no more, use `eduzz webhook subscriptions disable`",
    }
    hook_sample_taken(event: &str, status: u16, time: &str) {
        pt: "{event}: o receptor respondeu {status} em {time} ms",
        en: "{event}: the receiver answered {status} in {time} ms",
    }
    hook_sample_refused(status: &str) {
        pt: "o receptor não aceitou a amostra ({status})",
        en: "the receiver did not accept the sample ({status})",
    }
    hook_no_answer() { pt: "sem resposta", en: "no answer" }

    history_at(place: &str) {
        pt: "histórico: {place} (reenvie com `eduzz webhook resend ID --to URL`)",
        en: "history: {place} (send again with `eduzz webhook resend ID --to URL`)",
    }
    history_not_kept(why: &str) {
        pt: "sem histórico: {why}",
        en: "no history: {why}",
    }
    history_missing() {
        pt: "ainda não há histórico\nele é gravado por `eduzz webhook listen`; `--db` escolhe o banco de uma caixa de entrada",
        en: "there is no history yet\n`eduzz webhook listen` keeps it; `--db` chooses the database of an inbox",
    }
    history_no_such() {
        pt: "o histórico não tem este evento\nveja os ids com `eduzz inbox list --db sqlite:ARQUIVO`; o arquivo é o que `listen` mostra",
        en: "the history does not have this event\nsee the ids with `eduzz inbox list --db sqlite:FILE`; the file is the one that `listen` shows",
    }
    history_pruned() {
        pt: "o corpo deste evento já foi apagado do histórico",
        en: "the body of this event was deleted from the history",
    }

    mirror_no_webhook() {
        pt: "webhook: nenhum; o espelho só vê mudanças quando lê. `eduzz mirror init --webhook-url URL` passa a conferir um",
        en: "webhook: none; the mirror sees changes only when it reads. `eduzz mirror init --webhook-url URL` has one checked",
    }
    mirror_webhook_unseen(place: &str) {
        pt: "webhook {place}: ainda não conferido; `eduzz mirror run --once` confere",
        en: "webhook {place}: not checked yet; `eduzz mirror run --once` does",
    }
    mirror_webhook_well(place: &str, since: &str, seen: &str) {
        pt: "webhook {place}: em ordem desde {since}, conferido em {seen}",
        en: "webhook {place}: well since {since}, checked at {seen}",
    }
    mirror_webhook_ill(place: &str, what: &str, since: &str) {
        pt: "webhook {place}: {what} (desde {since})",
        en: "webhook {place}: {what} (since {since})",
    }
    mirror_webhook_ails() {
        pt: "a configuração de webhook não está em ordem; a linha dela mostra o comando que resolve\ndepois, `eduzz mirror run --once` confere de novo",
        en: "the webhook subscription is not well; its line says the command that mends it\nafter that, `eduzz mirror run --once` checks it again",
    }
    ailment_missing() {
        pt: "nenhuma configuração tem esta URL; `eduzz webhook subscriptions create --url URL` cria e ativa",
        en: "no subscription has this URL; `eduzz webhook subscriptions create --url URL` makes and activates it",
    }
    ailment_disabled() {
        pt: "a configuração está desativada; `eduzz webhook subscriptions create --url URL` ativa",
        en: "the subscription is disabled; `eduzz webhook subscriptions create --url URL` activates it",
    }
    ailment_status(status: &str) {
        pt: "o serviço a mostra como {status}: confira se o receptor responde 2xx, e o console",
        en: "the service shows it as {status}: see that the receiver answers 2xx, and look at the console",
    }
    ailment_events(events: &str) {
        pt: "faltam eventos ({events}); `eduzz webhook subscriptions create --url URL` acrescenta",
        en: "events are missing ({events}); `eduzz webhook subscriptions create --url URL` adds them",
    }
    ailment_several(count: usize) {
        pt: "{count} configurações têm esta URL e cada evento vem mais de uma vez; `eduzz webhook subscriptions delete ID`",
        en: "{count} subscriptions have this URL and each event comes more than once; `eduzz webhook subscriptions delete ID`",
    }
    ailment_refused() {
        pt: "o serviço não mostra as configurações a este token; ele precisa do escopo webhook_read",
        en: "the service does not show the subscriptions to this token; it needs the scope webhook_read",
    }
    ailment_other() { pt: "não está em ordem", en: "it is not well" }
}

impl Lang {
    /// What is wrong with a subscription, and the command that mends it.
    pub(crate) fn ailment(self, ailment: &Ailment) -> String {
        match ailment {
            Ailment::Missing => self.ailment_missing(),
            Ailment::Disabled => self.ailment_disabled(),
            Ailment::Status(status) => self.ailment_status(status),
            Ailment::Events(events) => self.ailment_events(&events.join(", ")),
            Ailment::Several(count) => self.ailment_several(*count),
            Ailment::Refused => self.ailment_refused(),
            _ => self.ailment_other(),
        }
    }

    /// What the service did not do although it accepted the call.
    pub(crate) fn unmet(self, unmet: &Unmet) -> String {
        match unmet {
            Unmet::Events(events) => self.hook_unmet_events(&events.join(", ")),
            _ => self.hook_unmet_other(),
        }
    }
}
