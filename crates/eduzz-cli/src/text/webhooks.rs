//! Texts about webhooks.

texts! {
    unknown_event() {
        pt: "este evento não está na lista do SDK; um receptor o recebe como `Event::Unknown`, com o nome e o JSON",
        en: "this event is not in the SDK's list; a receiver gets it as `Event::Unknown`, with its name and JSON",
    }
    former_event() {
        pt: "uma documentação anterior o tinha, e o retirou",
        en: "an earlier documentation had it, and dropped it",
    }
    former_event_now(now: &str) {
        pt: "uma documentação anterior o tinha; hoje é `{now}`",
        en: "an earlier documentation had it; today it is `{now}`",
    }
    see_events() { pt: "veja `eduzz webhook events`", en: "see `eduzz webhook events`" }
    body_without_event() {
        pt: "o corpo não diz qual evento é: falta o texto `event`\no corpo de uma entrega é o envelope inteiro: {{\"id\", \"event\", \"data\", \"sentDate\"}}",
        en: "the body does not say which event it is: the text `event` is missing\nthe body of a delivery is the whole envelope: {{\"id\", \"event\", \"data\", \"sentDate\"}}",
    }
    body_with_mark() {
        pt: "o corpo começa com uma marca (BOM), e um receptor não o lê assim\num editor a pôs; guarde os bytes como vieram, ou salve o arquivo em UTF-8 sem BOM",
        en: "the body begins with a mark (BOM), and a receiver does not read it so\nan editor put it there; keep the bytes as they came, or save the file as UTF-8 without a BOM",
    }
    column_event() { pt: "EVENTO", en: "EVENT" }
    column_page() { pt: "PÁGINA", en: "PAGE" }
    help_webhook() {
        pt: "Ferramentas para quem recebe webhooks",
        en: "Tools for those who receive webhooks",
    }
    help_webhook_events() { pt: "Lista os eventos que o SDK conhece", en: "Lists the events that the SDK knows" }
    delivery() { pt: "entrega", en: "delivery" }

    placeholder_event() { pt: "EVENTO", en: "EVENT" }
    placeholder_place() { pt: "/PONTEIRO=VALOR", en: "/POINTER=VALUE" }
    help_webhook_more() {
        pt: "\
O segredo do webhook vem de EDUZZ_WEBHOOK_SECRET; sem ela, o programa pergunta.
Ele nunca é um argumento, e nunca aparece.",
        en: "\
The webhook's secret comes from EDUZZ_WEBHOOK_SECRET; without it, the program asks.
It is never an argument, and never shown.",
    }
    help_webhook_listen() {
        pt: "Recebe entregas nesta máquina, confere, mostra e repassa, até o Ctrl-C",
        en: "Receives deliveries on this machine, verifies, shows and forwards them, until Ctrl-C",
    }
    help_webhook_listen_more() {
        pt: "\
Cada entrega é uma linha: o status respondido, o evento, o id, quando foi enviada e de que
trata, sem dados pessoais; de um evento que o SDK não lê, não se mostra de que trata. Com
--json, o mesmo como um objeto por linha. Com --show-body, também o corpo, com os dados das
pessoas (menos o originSecret).

Com --forward-to, o que é autêntico segue adiante com os mesmos bytes e a mesma assinatura,
e a resposta de lá é a resposta daqui; se ninguém responde lá, 503. O que não é autêntico
recebe 401 e não segue; a verificação de URL (ping) é respondida aqui.

Saída: 0 com o Ctrl-C",
        en: "\
Each delivery is a line: the status that was answered, the event, the id, when it was sent and
what it is about, without personal data; of an event that the SDK does not read, what it is
about is not shown. With --json, the same as an object a line. With --show-body, the body too,
with people's data (but without the originSecret).

With --forward-to, what is genuine goes on with the same bytes and the same signature, and the
answer from there is the answer from here; if nobody answers there, 503. What is not genuine
gets 401 and does not go on; the check of a URL (ping) is answered here.

Exit: 0 by Ctrl-C",
    }
    help_webhook_sign() {
        pt: "Assina um corpo como a Eduzz assinaria (o valor de x-signature)",
        en: "Signs a body as Eduzz would (the value of x-signature)",
    }
    help_webhook_verify() {
        pt: "Confere a assinatura de um corpo capturado",
        en: "Verifies the signature of a captured body",
    }
    help_webhook_verify_more() {
        pt: "\
A assinatura é dos bytes como vieram: nem aparados, nem reescritos, nem com uma quebra de
linha a mais.

Saída: 0 autêntica · 1 não é · 2 uso errado",
        en: "\
The signature is of the bytes as they came: not trimmed, not written again, without a line
break more.

Exit: 0 genuine · 1 it is not · 2 wrong usage",
    }
    help_webhook_trigger() {
        pt: "Envia um exemplo assinado de um evento a um receptor",
        en: "Sends a signed example of an event to a receiver",
    }
    help_webhook_trigger_more() {
        pt: "\
O exemplo tem valores inventados, e um id e um sentDate novos. Vale qualquer evento da lista
de `eduzz webhook events`, e `ping`, a verificação de URL.

Saída: 0 o receptor respondeu 2xx · 1 respondeu outra coisa · 3 não respondeu",
        en: "\
The example has invented values, and a new id and sentDate. Any event of the list of
`eduzz webhook events` will do, and `ping`, the check of a URL.

Exit: 0 the receiver answered 2xx · 1 it answered otherwise · 3 it did not answer",
    }
    help_event() {
        pt: "Nome do evento, com ou sem a origem: myeduzz.invoice_paid",
        en: "The event's name, with or without its origin: myeduzz.invoice_paid",
    }
    help_trigger_to() {
        pt: "Para onde: https, ou http nesta máquina",
        en: "Where to: https, or http on this machine",
    }
    help_forward_to() {
        pt: "Para onde repassar o que é autêntico: https, ou http nesta máquina",
        en: "Where to forward what is genuine: https, or http on this machine",
    }
    help_set_place() {
        pt: "Troca um valor do corpo: /data/status=paid (JSON quando o é, senão texto); pode repetir",
        en: "Changes a value of the body: /data/status=paid (JSON when it is, else text); may be repeated",
    }
    help_show_deliveries() {
        pt: "Mostra também o corpo de cada entrega (tem dados pessoais)",
        en: "Shows the body of each delivery too (it holds personal data)",
    }
    help_signature() { pt: "O valor do cabeçalho x-signature", en: "The value of the header x-signature" }
    help_show_answer() {
        pt: "Se o receptor recusar, mostra o que ele respondeu",
        en: "If the receiver refuses, shows what it answered",
    }

    no_webhook_secret() {
        pt: "falta o segredo do webhook, e não há terminal para perguntar\ndefina EDUZZ_WEBHOOK_SECRET",
        en: "the webhook's secret is missing, and there is no terminal to ask on\nset EDUZZ_WEBHOOK_SECRET",
    }
    empty_webhook_secret() {
        pt: "o segredo veio vazio\ndigite-o quando o programa pedir, ou defina EDUZZ_WEBHOOK_SECRET",
        en: "the secret came empty\ntype it when the program asks for it, or set EDUZZ_WEBHOOK_SECRET",
    }
    ask_webhook_secret() { pt: "Segredo do webhook (não aparece): ", en: "The webhook's secret (it does not show): " }

    genuine(event: &str) { pt: "autêntica: {event}", en: "genuine: {event}" }
    not_genuine(why: &str) { pt: "não é autêntica: {why}", en: "not genuine: {why}" }
    reading_known() { pt: "o SDK a lê", en: "the SDK reads it" }
    reading_unknown() { pt: "evento que o SDK não conhece", en: "an event that the SDK does not know" }
    reading_unusable(why: &str) { pt: "o SDK não a lê: {why}", en: "the SDK cannot read it: {why}" }
    forged_unsigned() {
        pt: "não tem assinatura\na Eduzz a envia no cabeçalho x-signature; algum proxy o descarta?",
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
        pt: "a assinatura é de outro segredo ou de outro corpo\nconfira o segredo desta configuração, e se o corpo tem os bytes como vieram",
        en: "the signature is of another secret or of another body\ncheck the secret of this configuration, and that the body has the bytes as they came",
    }
    signature_of_trimmed() {
        pt: "a assinatura é deste corpo sem o que há em volta dele\num editor ou um `echo` pôs uma quebra de linha ou uma marca; guarde os bytes como vieram",
        en: "the signature is of this body without what is around it\nan editor or an `echo` added a line break or a mark; keep the bytes as they came",
    }

    bad_receiver(option: &str) {
        pt: "o endereço de `{option}` não serve\nescreva https://…, ou http://127.0.0.1:PORTA/… para esta máquina",
        en: "the address of `{option}` will not do\nwrite https://…, or http://127.0.0.1:PORT/… for this machine",
    }
    not_a_place() {
        pt: "`--set` leva um ponteiro JSON e um valor: /data/status=paid",
        en: "`--set` takes a JSON pointer and a value: /data/status=paid",
    }
    no_such_place(pointer: &str) {
        pt: "não há lugar para `{pointer}` no corpo deste evento\nveja o corpo com `eduzz webhook listen --show-body`",
        en: "there is no place for `{pointer}` in the body of this event\nsee the body with `eduzz webhook listen --show-body`",
    }
    no_randomness() { pt: "o sistema não deu números aleatórios", en: "the system gave no random numbers" }
    delivered(event: &str, id: &str, status: u16, milliseconds: u128) {
        pt: "{event}, {id}: o receptor respondeu {status} em {milliseconds} ms",
        en: "{event}, {id}: the receiver answered {status} in {milliseconds} ms",
    }
    not_delivered(event: &str, why: &str) { pt: "{event} não foi entregue: {why}", en: "{event} was not delivered: {why}" }
    not_taken(status: u16) {
        pt: "o receptor não aceitou ({status}); a Eduzz enviaria de novo",
        en: "the receiver did not take it ({status}); Eduzz would send it again",
    }
    receiver_timeout(seconds: u64) {
        pt: "o receptor não respondeu em {seconds} s",
        en: "the receiver did not answer within {seconds} s",
    }
    receiver_connect() {
        pt: "ninguém atende nesse endereço\nconfira se o receptor está no ar, e a porta",
        en: "nobody answers at that address\ncheck that the receiver runs, and the port",
    }

    listening(url: &str) {
        pt: "Recebendo em {url} (qualquer caminho). Ctrl-C encerra.",
        en: "Receiving at {url} (any path). Ctrl-C ends it.",
    }
    not_forwarded(why: &str) { pt: "não repassada: {why}", en: "not forwarded: {why}" }
    refused_line(why: &str) { pt: "recusada: {why}", en: "refused: {why}" }
    refused_method() { pt: "entregas vêm com POST", en: "deliveries come with POST" }
    refused_too_large() { pt: "o corpo é grande demais", en: "the body is too large" }
    refused_too_slow() { pt: "o corpo não veio a tempo", en: "the body did not come in time" }
    refused_cut() { pt: "o corpo acabou no meio", en: "the body ended in the middle" }
    ping_signed() { pt: "verificação de URL, assinada", en: "check of the URL, signed" }
    ping_unsigned() { pt: "verificação de URL, sem assinatura", en: "check of the URL, unsigned" }
    ping_empty() { pt: "verificação de URL, corpo vazio", en: "check of the URL, empty body" }
    ping_visit() { pt: "visita (GET ou HEAD)", en: "visit (GET or HEAD)" }
}
