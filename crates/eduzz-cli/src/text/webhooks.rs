//! Texts about webhooks.

use eduzz_types::LeftOut;
use eduzz_webhook::Former;

use crate::lang::Lang;

texts! {
    unknown_event() {
        pt: "este evento não está na lista do SDK; um receptor o recebe como `Event::Unknown`, com o nome e o JSON",
        en: "this event is not in the SDK's list; a receiver gets it as `Event::Unknown`, with its name and JSON",
    }
    former_event() {
        pt: "existia numa documentação anterior e foi retirado",
        en: "it was in an earlier documentation and has been removed",
    }
    former_event_now(now: &str) {
        pt: "existia numa documentação anterior; hoje é `{now}`",
        en: "it was in an earlier documentation; now it is `{now}`",
    }
    see_events() { pt: "veja `eduzz webhook events`", en: "see `eduzz webhook events`" }
    body_without_event() {
        pt: "o corpo não diz qual é o evento: falta o texto `event`\no corpo de uma entrega é o envelope inteiro: {{\"id\", \"event\", \"data\", \"sentDate\"}}",
        en: "the body does not say which event it is: the text `event` is missing\nthe body of a delivery is the whole envelope: {{\"id\", \"event\", \"data\", \"sentDate\"}}",
    }
    body_with_mark() {
        pt: "o corpo começa com uma marca (BOM), que um receptor não aceita\nela veio de um editor; guarde os bytes como vieram, ou salve o arquivo em UTF-8 sem BOM",
        en: "the body begins with a BOM, which a receiver does not accept\nan editor added it; keep the bytes as they came, or save the file as UTF-8 without a BOM",
    }
    column_event() { pt: "EVENTO", en: "EVENT" }
    column_page() { pt: "PÁGINA", en: "PAGE" }
    delivery() { pt: "entrega", en: "delivery" }

    no_webhook_secret() {
        pt: "falta o segredo do webhook, e não há um terminal para pedi-lo\ndefina EDUZZ_WEBHOOK_SECRET",
        en: "the webhook's secret is missing, and there is no terminal to ask on\nset EDUZZ_WEBHOOK_SECRET",
    }
    empty_webhook_secret() {
        pt: "o segredo está vazio\ndigite-o quando o programa pedir, ou defina EDUZZ_WEBHOOK_SECRET",
        en: "the secret is empty\ntype it when the program asks for it, or set EDUZZ_WEBHOOK_SECRET",
    }
    ask_webhook_secret() { pt: "Segredo do webhook (não aparece): ", en: "The webhook's secret (hidden): " }

    genuine(event: &str) { pt: "autêntica: {event}", en: "genuine: {event}" }
    not_genuine(why: &str) { pt: "não é autêntica: {why}", en: "not genuine: {why}" }
    delivery_id() { pt: "Id", en: "Id" }
    delivery_sent() { pt: "Enviada em", en: "Sent" }
    delivery_reading() { pt: "Leitura", en: "Reading" }
    reading_known() { pt: "o SDK entende", en: "the SDK reads it" }
    reading_unknown() { pt: "o SDK não conhece este evento", en: "an event that the SDK does not know" }
    reading_unusable(why: &str) { pt: "o SDK não consegue ler: {why}", en: "the SDK cannot read it: {why}" }
    forged_unsigned() {
        pt: "não tem assinatura\na Eduzz a envia no cabeçalho x-signature; algum proxy o remove?",
        en: "it has no signature\nEduzz sends it in the header x-signature; does a proxy drop it?",
    }
    forged_malformed() {
        pt: "a assinatura não tem 64 dígitos hexadecimais\ncopie o cabeçalho x-signature como veio",
        en: "the signature is not 64 hexadecimal digits\ncopy the header x-signature as it came",
    }
    forged_several() {
        pt: "tem mais de uma assinatura\numa entrega autêntica tem um só cabeçalho x-signature",
        en: "it has several signatures\na genuine delivery has one header x-signature",
    }
    forged_other_key() {
        pt: "a assinatura é de outro segredo ou de outro corpo\nconfira o segredo desta configuração e se o corpo tem os bytes exatamente como vieram",
        en: "the signature belongs to another secret or another body\ncheck the secret of this configuration, and that the body has the bytes exactly as they came",
    }
    signature_of_trimmed() {
        pt: "a assinatura é deste corpo sem o que foi acrescentado em volta\num editor ou um `echo` acrescentou uma quebra de linha ou uma marca; guarde os bytes como vieram",
        en: "the signature belongs to this body without what was added around it\nan editor or an `echo` added a line break or a BOM; keep the bytes as they came",
    }

    bad_receiver(option: &str) {
        pt: "o endereço de `{option}` é inválido\nescreva https://…, ou http://127.0.0.1:PORTA/… para esta máquina",
        en: "the address of `{option}` is invalid\nwrite https://…, or http://127.0.0.1:PORT/… for this machine",
    }
    not_a_place() {
        pt: "`--set` espera um ponteiro JSON e um valor: /data/status=paid",
        en: "`--set` takes a JSON pointer and a value: /data/status=paid",
    }
    no_such_place(pointer: &str) {
        pt: "`{pointer}` não existe no corpo deste evento\nveja o corpo com `eduzz webhook listen --show-body`",
        en: "`{pointer}` does not exist in the body of this event\nsee the body with `eduzz webhook listen --show-body`",
    }
    no_randomness() { pt: "o sistema não gerou números aleatórios", en: "the system gave no random numbers" }
    delivered(event: &str, id: &str, status: u16, milliseconds: u128) {
        pt: "{event}, {id}: o receptor respondeu {status} em {milliseconds} ms",
        en: "{event}, {id}: the receiver answered {status} in {milliseconds} ms",
    }
    not_delivered(event: &str, why: &str) { pt: "{event} não foi entregue: {why}", en: "{event} was not delivered: {why}" }
    not_taken(status: u16) {
        pt: "o receptor não aceitou ({status}); a Eduzz enviaria de novo",
        en: "the receiver did not accept it ({status}); Eduzz would send it again",
    }
    receiver_timeout(seconds: u64) {
        pt: "o receptor não respondeu em {seconds} s",
        en: "the receiver did not answer within {seconds} s",
    }
    receiver_connect() {
        pt: "nada responde nesse endereço\nconfira a porta e se o receptor está no ar",
        en: "nothing answers at that address\ncheck the port, and that the receiver runs",
    }

    left_out() { pt: "Não lido", en: "Left out" }
    left_out_parts(parts: &str) { pt: "sem {parts}", en: "without {parts}" }
    and_more(count: usize) { pt: "e mais {count}", en: "and {count} more" }
    check_left_out() {
        pt: "O SDK lê o evento sem estas partes, que não têm o formato documentado:",
        en: "The SDK reads the event without these parts, which do not have the documented form:",
    }
    sample() { pt: "amostra, não é uma venda", en: "sample, not a sale" }
    delivery_sample() { pt: "Amostra", en: "Sample" }

    listening(url: &str) {
        pt: "Recebendo em {url} (qualquer caminho). Ctrl-C encerra.",
        en: "Receiving at {url} (any path). Ctrl-C ends it.",
    }
    not_forwarded(why: &str) { pt: "não repassada: {why}", en: "not forwarded: {why}" }
    refused_line(why: &str) { pt: "recusada: {why}", en: "refused: {why}" }
    refused_method() { pt: "entregas vêm com POST", en: "deliveries come with POST" }
    refused_too_large() { pt: "o corpo é grande demais", en: "the body is too large" }
    refused_too_slow() { pt: "o corpo não chegou a tempo", en: "the body did not come in time" }
    refused_cut() { pt: "o corpo veio cortado", en: "the body ended in the middle" }
    ping_signed() { pt: "verificação de URL, assinada", en: "check of the URL, signed" }
    ping_unsigned() { pt: "verificação de URL, sem assinatura", en: "check of the URL, unsigned" }
    ping_empty() { pt: "verificação de URL, corpo vazio", en: "check of the URL, empty body" }
    ping_visit() { pt: "visita (GET ou HEAD)", en: "visit (GET or HEAD)" }
}

/// The parts that are named in a line.
const NAMED: usize = 3;

impl Lang {
    /// What became of an event's name.
    pub(crate) fn former(self, former: Former) -> String {
        match former {
            Former::Renamed(now) => self.former_event_now(now),
            _ => self.former_event(),
        }
    }

    /// The first parts that were left out, and why.
    pub(crate) fn parts(self, parts: &[LeftOut]) -> String {
        let told = |part: &LeftOut| format!("{} ({})", part.path, self.shape(&part.reason));
        let mut told: Vec<String> = parts.iter().take(NAMED).map(told).collect();
        if let Some(more) = parts.len().checked_sub(NAMED).filter(|more| *more > 0) {
            told.push(self.and_more(more));
        }
        told.join(", ")
    }
}
