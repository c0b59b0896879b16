//! Texts about webhooks.

texts! {
    unknown_event() {
        pt: "este evento não está na lista do SDK; um receptor o recebe como `Event::Unknown`, com o nome e o JSON",
        en: "this event is not in the SDK's list; a receiver gets it as `Event::Unknown`, with its name and JSON",
    }
    see_events() { pt: "veja `eduzz webhook events`", en: "see `eduzz webhook events`" }
    body_without_event() {
        pt: "o corpo não diz qual evento é: falta o texto `event`\no corpo de uma entrega é o envelope inteiro: {{\"id\", \"event\", \"data\", \"sentDate\"}}",
        en: "the body does not say which event it is: the text `event` is missing\nthe body of a delivery is the whole envelope: {{\"id\", \"event\", \"data\", \"sentDate\"}}",
    }
    column_event() { pt: "EVENTO", en: "EVENT" }
    column_page() { pt: "PÁGINA", en: "PAGE" }
    help_webhook() {
        pt: "Ferramentas para quem recebe webhooks",
        en: "Tools for those who receive webhooks",
    }
    help_webhook_events() { pt: "Lista os eventos que o SDK conhece", en: "Lists the events that the SDK knows" }
    delivery() { pt: "entrega", en: "delivery" }
}
