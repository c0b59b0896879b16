//! The past of the events.

use eduzz_types::blinket::EventType;
use eduzz_types::myeduzz::ProductType;

use super::{Agenda, Event, Holder, Lot, Place, Ticket};
use crate::state::calendar::Moment;
use crate::state::next_id;
use crate::state::shop::{Human, Product, Shop};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

const WORKSHOP: Place = Place {
    name: "Ateliê da Serra",
    state: "MG",
    city: "Ouro Preto",
    district: "Centro",
    street: "Rua Inventada",
    number: "45",
    zip: "00000-000",
    reference: Some("Em frente à praça"),
    latitude: "-20.38560000000017",
    longitude: "-43.50350000000091",
};

const TAGS: [(&str, &str); 3] = [
    ("VIP", "#C9A227"),
    ("Imprensa", "#1188CC"),
    ("Palestrante", "#8833AA"),
];

const QUESTIONS: &[(&str, &[&str])] = &[
    ("Tamanho do avental", &["P", "M", "G"]),
    ("Já usou o torno?", &["Sim", "Não", "Uma vez"]),
];

/// So many meetings were there in the past, one a month.
const MEETINGS: i64 = 10;

/// Makes the events, from the first that was to the last that will be.
pub(super) fn invent(agenda: &mut Agenda, born: Moment, shop: &Shop) {
    let opened = born.plus_days(-400);
    for (title, color) in TAGS {
        agenda.make_tag(title, color, opened);
    }
    for number in 1..=MEETINGS {
        let starts = evening(born.plus_days(-30 * (MEETINGS + 1 - number)));
        let title = format!("Roda de Leitura {number}");
        let guests = 2 + agenda.random.below(5);
        let id = agenda.open(EventType::Online, title, "Um conto por noite", starts, 2 * HOUR);
        agenda.crowd(&id, guests, starts);
    }
    let starts = evening(born.plus_days(-21));
    let title = "Noite de Modas de Viola".to_owned();
    let id = agenda.open(
        EventType::Live,
        title,
        "Três violeiros, ao vivo",
        starts,
        3 * HOUR,
    );
    agenda.crowd(&id, 37, starts);
    // Every ticket that the shop sells is to an event of its own, weeks ahead.
    for product in shop
        .products
        .iter()
        .filter(|product| product.kind == ProductType::Ticket)
    {
        agenda.workshop(product, born);
    }
    // Nobody has come to this one yet.
    let starts = evening(born.plus_days(10));
    let title = "Aulão de Fermentação".to_owned();
    agenda.open(
        EventType::Online,
        title,
        "Perguntas e respostas",
        starts,
        2 * HOUR,
    );
}

/// Seven in the evening, in Brasília.
const fn evening(moment: Moment) -> Moment {
    moment.day().at(19 * HOUR)
}

impl Agenda {
    /// An event of some hours with a ticket that costs nothing and never runs out.
    fn open(
        &mut self,
        kind: EventType,
        title: String,
        description: &'static str,
        starts: Moment,
        lasts: i64,
    ) -> String {
        let id = self.random.uuid();
        let created = starts.plus(-self.random.between(30 * DAY, 45 * DAY));
        let room = self.random.hex(5);
        self.events.push(Event {
            id: id.clone(),
            slug: slug(&title),
            stream: (kind != EventType::Presential).then(|| format!("https://ao-vivo.example.com/{room}")),
            kind,
            title,
            description,
            starts,
            ends: starts.plus(lasts),
            created,
            modified: created.plus(self.random.between(HOUR, 9 * DAY)),
            place: None,
            tickets: vec![Ticket {
                id: self.random.uuid(),
                name: "Convidado",
                is_paid: false,
                is_shown: true,
                buy_limit: None,
                lots: Vec::new(),
            }],
            questions: &[],
        });
        id
    }

    /// The event that a product of the shop is the ticket to.
    fn workshop(&mut self, product: &Product, born: Moment) {
        let starts = born.plus_days(24).day().at(9 * HOUR);
        let title = product.name.to_owned();
        let id = self.open(EventType::Presential, title, product.description, starts, 2 * DAY);
        let lot = Lot {
            id: self.random.uuid(),
            name: Some("Lote único"),
            quantity: 400,
            taken: 0,
            value: product.price,
            from: product.created,
            until: starts,
            product: product.id,
        };
        let ticket = Ticket {
            id: self.random.uuid(),
            name: "Inteira",
            is_paid: true,
            is_shown: true,
            buy_limit: Some(4),
            lots: vec![lot],
        };
        if let Some(event) = self.events.iter_mut().find(|event| event.id == id) {
            event.created = product.created;
            event.modified = product.updated;
            event.place = Some(&WORKSHOP);
            event.questions = QUESTIONS;
            for free in &mut event.tickets {
                free.is_shown = false;
            }
            event.tickets.insert(0, ticket);
        }
    }

    /// People who were there, most of them.
    fn crowd(&mut self, event: &str, count: u64, starts: Moment) {
        let ticket = self.event(event).and_then(|event| event.tickets.first());
        let Some(ticket) = ticket.map(|ticket| ticket.id.clone()) else {
            return;
        };
        let tags: Vec<String> = self.tags.iter().map(|tag| tag.id.clone()).collect();
        for _ in 0..count {
            let came = starts.plus(-self.random.between(DAY, 25 * DAY));
            let id = next_id(&mut self.ids.person);
            let number = usize::try_from(id % 100_000).unwrap_or_default();
            let human = Human::invented(&mut self.random, id, number, came);
            let is_there = self.random.percent(80);
            let minutes = self.random.between(-20, 40);
            let tag = match self.random.below(6) {
                0 => self.random.pick(&tags).cloned(),
                _ => None,
            };
            let participant = self.come(event, &ticket, Holder::from(&human), None, came);
            participant.tags.extend(tag);
            if is_there {
                let at = starts.plus(60 * minutes);
                (participant.checked_in, participant.modified) = (Some(at), at);
            }
        }
    }
}

/// The title as a part of an address; it keeps its accents (Q140).
fn slug(title: &str) -> String {
    title.to_lowercase().replace(' ', "-")
}
