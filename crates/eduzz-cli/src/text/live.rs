//! Texts of the commands of Blinket and SafeVideo.

texts! {
    column_starts() { pt: "COMEÇA EM", en: "BEGINS" }
    column_ends() { pt: "TERMINA EM", en: "ENDS" }
    column_city() { pt: "CIDADE", en: "CITY" }
    column_ticket() { pt: "INGRESSO", en: "TICKET" }
    column_kind_of_ticket() { pt: "TIPO DE INGRESSO", en: "KIND OF TICKET" }
    column_checked_in() { pt: "CHECK-IN EM", en: "CHECKED IN" }
    column_tags() { pt: "ETIQUETAS", en: "TAGS" }
    column_video() { pt: "VÍDEO", en: "VIDEO" }
    column_duration() { pt: "DURAÇÃO", en: "DURATION" }

    placeholder_ticket() { pt: "INGRESSO", en: "TICKET" }
    placeholder_type() { pt: "TIPO", en: "TYPE" }
    placeholder_words() { pt: "PALAVRAS", en: "WORDS" }

    help_blinket() { pt: "Blinket: eventos, participantes, check-in", en: "Blinket: events, participants, check-in" }
    help_live_events() { pt: "Eventos: lista, detalhes com os ingressos", en: "Events: list, details with the tickets" }
    help_live_events_list() { pt: "Lista os eventos", en: "Lists the events" }
    help_live_events_show() { pt: "Mostra um evento inteiro, com os ingressos", en: "Shows a whole event, with its tickets" }
    help_event_of() { pt: "Id do evento, como em `eduzz blinket events list`", en: "The event's id, as in `eduzz blinket events list`" }
    help_events_from() {
        pt: "Primeiro dia (sem ela, desde sempre); a documentação não diz de qual data do evento",
        en: "First day (without it, since ever); the documentation does not say of which date of an event",
    }
    help_events_to() { pt: "Último dia (sem ela, sem fim)", en: "Last day (without it, no end)" }
    help_event_type() { pt: "Só deste tipo: online, presential ou live", en: "Only of this type: online, presential or live" }
    help_event_search() {
        pt: "Só onde isto é encontrado (vai no endereço do pedido, que servidores registram)",
        en: "Only where this is found (it goes into the request's address, which servers log)",
    }
    help_event_sort() {
        pt: "Ordem da lista: asc ou desc; a documentação não diz por qual campo",
        en: "Order of the list: asc or desc; the documentation does not say by which field",
    }
    help_participants() { pt: "Participantes de um evento: lista, check-in", en: "Participants of an event: list, check-in" }
    help_participants_list() { pt: "Lista os participantes de um evento", en: "Lists the participants of an event" }
    help_check_in() {
        pt: "Faz, ou desfaz, o check-in de quem tem estes ingressos",
        en: "Checks in who has these tickets, or undoes it",
    }
    help_tickets() {
        pt: "Número do ingresso (inviteKey), como em `eduzz blinket participants list`; pode repetir",
        en: "Number of a ticket (inviteKey), as in `eduzz blinket participants list`; may be repeated",
    }
    help_undo() { pt: "Desfaz o check-in", en: "Undoes the check-in" }
    checked_in(count: &str) { pt: "Check-in feito: {count}", en: "Checked in: {count}" }
    check_in_undone(count: &str) { pt: "Check-in desfeito: {count}", en: "Check-in undone: {count}" }

    help_safevideo() { pt: "SafeVideo: vídeos", en: "SafeVideo: videos" }
    help_media() { pt: "Vídeos: lista, detalhes", en: "Videos: list, details" }
    help_media_list() {
        pt: "Lista os vídeos que a API devolve; ela não diz se há mais",
        en: "Lists the videos that the API answers with; it does not say whether there are more",
    }
    help_media_show() { pt: "Mostra um vídeo inteiro", en: "Shows a whole video" }
    help_id_media() { pt: "Id do vídeo", en: "The video's id" }
}
