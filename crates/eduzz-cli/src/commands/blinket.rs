//! `eduzz blinket`: events: list, show; participants: list, check-in.

use clap::Args;
use eduzz_api::blinket::{CheckIn, GetEvent, ListEvents, ListParticipants};
use eduzz_types::PersonalText;
use eduzz_types::blinket::{Event, EventOrder, EventType, InviteKey, Participant};
use eduzz_wire::Days;
use serde::Serialize;

use crate::cli::{self, filled, one_of};
use crate::client::Api;
use crate::failure::Failure;
use crate::lists::{BodyOption, Column, Day, Fields, Request, Stretch, days};
use crate::output::Output;

commands! {
    /// Blinket: eventos, participantes, check-in | Blinket: events, participants, check-in
    Blinket { #[command(subcommand)] Events(Events), #[command(subcommand)] Participants(Participants) }
}
commands! {
    /// Eventos: lista, detalhes com os ingressos | Events: list, details with the tickets
    Events { List(EventsList), Show(EventsShow) }
}
commands! {
    /// Participantes de um evento: lista, check-in | Participants of an event: list, check-in
    Participants { List(ParticipantsList), CheckIn(ParticipantsCheckIn) }
}

list_commands! {
    /// Lista os eventos | Lists the events
    EventsList "blinket events list": ListEvents(
        // Which date of an event the days are of is not documented (Q147), so they are not sliced.
        /// Primeiro dia: 2026-10-01, 01/10/2026, hoje ou ontem (padrão: sem limite); a documentação
        /// não diz de qual data do evento
        /// | First day: 2026-10-01, 01/10/2026, today or yesterday (default: no limit); the
        /// documentation does not say of which date of an event
        #[arg(long, value_name = "DIA | DAY", value_parser = cli::day, conflicts_with_all = ["month", "last"])]
        from: Option<Day>,
        /// Último dia (padrão: sem limite) | Last day (default: no limit)
        #[arg(long, value_name = "DIA | DAY", value_parser = cli::day, conflicts_with_all = ["month", "last"])]
        to: Option<Day>,
        #[command(flatten)]
        stretch: Stretch,
        /// Só deste tipo: online, presential ou live
        /// | Only of this type: online, presential or live
        #[arg(long = "type", value_name = "TIPO | TYPE", value_parser = one_of::<EventType>)]
        kind: Option<EventType>,
        /// Só os que têm estas palavras (elas vão na URL da chamada, que servidores registram em
        /// log)
        /// | Only those with these words (they go into the URL of the call, which servers log)
        #[arg(long, value_name = "PALAVRAS | WORDS", value_parser = filled::<PersonalText>)]
        search: Option<PersonalText>,
        /// Ordem da lista: asc ou desc; a documentação não diz por qual campo
        /// | Order of the list: asc or desc; the documentation does not say by which field
        #[arg(long, value_name = "asc|desc", value_parser = one_of::<EventOrder>)]
        sort: Option<EventOrder>,
    ), |lang| {
        let mut call = ListEvents::new();
        if let Some(days) = stretch.days(lang, &days::today(lang)?)? {
            call.start_date = Some(days.first().clone().into());
            call.end_date = Some(days.last().clone().into());
        } else {
            // Events are past and to come, so an end that is not given stays open.
            let on = |day: Option<Day>| day.map(|day| days::on(lang, &day)).transpose();
            let (from, to) = (on(from)?, on(to)?);
            if let (Some(first), Some(last)) = (&from, &to) {
                let days = Days::new(first.clone(), last.clone());
                days.map_err(|_| Failure::usage(lang.days_backwards()))?;
            }
            call.start_date = from.map(Into::into);
            call.end_date = to.map(Into::into);
        }
        call.kind = kind;
        call.search = search;
        call.order = sort;
        Ok(Request::of(call))
    };

    /// Lista os participantes de um evento | Lists the participants of an event
    ParticipantsList "blinket participants list": ListParticipants(
        /// Id do evento, como em `eduzz blinket events list`
        /// | The event's id, as in `eduzz blinket events list`
        #[arg(value_name = "EVENTO | EVENT", required_unless_present = "resume")]
        event: Option<String>,
    ), |_| Ok(Request::of(ListParticipants::new(event.unwrap_or_default())));
}

impl Fields for Event {
    const CSV: &'static str = "\
        id type title startAt endAt createdAt modifiedAt isLive streamUrl saleUrl address.place \
        address.street address.number address.complement address.district address.city address.state \
        address.country address.zip address.reference address.geolocation.latitude \
        address.geolocation.longitude address.mapUrl reserveTime activePrecheckout transmissionLinks \
        files imageUrl userId description tickets.id tickets.name tickets.lots.id tickets.lots.value \
        tickets.lots.quantity";
    const TABLE: &'static [Column] = &[
        ("id", "ID", "ID"),
        ("startAt", "COMEÇA EM", "BEGINS"),
        ("endAt", "TERMINA EM", "ENDS"),
        ("type", "TIPO", "TYPE"),
        ("title", "EVENTO", "EVENT"),
        ("address.city", "CIDADE", "CITY"),
    ];
    const LEAVES: &'static str = "address.city endAt type startAt";
}

record_commands! {
    /// Mostra um evento inteiro, com os ingressos | Shows a whole event, with its tickets
    EventsShow: GetEvent(
        /// Id do evento, como em `eduzz blinket events list`
        /// | The event's id, as in `eduzz blinket events list`
        #[arg(value_name = "EVENTO | EVENT")]
        event
    ) -> Event, |records, event| records.one(&event);
}

// The questions of `customFields` differ by event: all answers are in one cell, as JSON.
impl Fields for Participant {
    const CSV: &'static str = "\
        id inviteKey name email document documentType phone status statusDescription ticketId \
        ticketName checkinDate tags manuallyCreated fromSqueeze eduzzId firstEduzzId eventId \
        createdAt modifiedAt invoiceId invoiceAmount invoiceCreatedAt invoicePaidAt \
        invoiceCustomerName invoiceCustomerEmail invoiceCustomerEduzzId invoiceCustomerDocument \
        customFields";
    const TABLE: &'static [Column] = &[
        ("inviteKey", "INGRESSO", "TICKET"),
        ("name", "NOME", "NAME"),
        ("email", "E-MAIL", "E-MAIL"),
        ("ticketName", "TIPO DE INGRESSO", "KIND OF TICKET"),
        ("checkinDate", "CHECK-IN EM", "CHECKED IN"),
        ("tags", "ETIQUETAS", "TAGS"),
        ("id", "ID", "ID"),
    ];
    const LEAVES: &'static str = "id tags ticketName email checkinDate";
}

/// Faz, ou desfaz, o check-in de quem tem estes ingressos
/// | Checks in the participants with these tickets, or undoes it
#[derive(Debug, Args)]
pub(crate) struct ParticipantsCheckIn {
    /// Número do ingresso (inviteKey), como em `eduzz blinket participants list`; pode repetir
    /// | Number of a ticket (inviteKey), as in `eduzz blinket participants list`; may be repeated
    #[arg(value_name = "INGRESSO | TICKET", required = true, num_args = 1..)]
    ticket: Vec<InviteKey>,
    /// Desfaz o check-in | Undoes the check-in
    #[arg(long)]
    undo: bool,
    #[command(flatten)]
    body: BodyOption,
}

impl ParticipantsCheckIn {
    async fn run(self, output: Output) -> Result<(), Failure> {
        let lang = output.lang;
        let call = if self.undo {
            CheckIn::undo(self.ticket)
        } else {
            CheckIn::new(self.ticket)
        };
        let api = Api::new(output, self.body)?;
        api.call(&call).await?;
        let count = call.invite_keys.len().to_string();
        match (output.json, call.checkin) {
            (true, checkin) => output.json(&Done {
                checkin,
                invite_keys: &call.invite_keys,
            }),
            (false, true) => output.line(&lang.checked_in(&count)),
            (false, false) => output.line(&lang.check_in_undone(&count)),
        }
    }
}

/// The tickets and their new state, as `--json` prints them.
#[derive(Serialize)]
struct Done<'a> {
    checkin: bool,
    invite_keys: &'a [InviteKey],
}
