//! The producer's events: their tickets, who attends, and the tags that participants carry. All of it is invented, and who paid for
//! a ticket in the shop attends.

mod seed;

use std::sync::Arc;

use eduzz_types::blinket::{DocumentType, EventType};

use super::calendar::Moment;
use super::money::Cents;
use super::shop::{Human, Sale, Shop};
use super::{is_same_email, next_id};
use crate::config::Config;
use crate::random::Random;

/// Everything that Blinket knows.
#[derive(Debug)]
pub(crate) struct Agenda {
    /// Whose events they are, as Blinket calls them.
    pub(crate) user: String,
    /// In the order of their making.
    pub(crate) events: Vec<Event>,
    /// In the order of their making.
    pub(crate) tags: Vec<Tag>,
    /// In the order of their coming.
    pub(crate) participants: Vec<Participant>,
    /// The tickets that were mailed again, by their numbers.
    pub(crate) mails: Vec<u64>,
    ids: Ids,
    random: Random,
    /// How many of the shop's moves of money have been looked at.
    seen: usize,
    /// What happened since it was last told.
    pub(crate) news: Vec<News>,
}

/// A piece of news: what happened to a participant, who stood so then.
#[derive(Debug)]
pub(crate) struct News {
    pub(crate) what: Change,
    pub(crate) who: Participant,
    pub(crate) at: Moment,
}

impl News {
    fn of(what: Change, who: &Participant, at: Moment) -> Self {
        let who = who.clone();
        Self { what, who, at }
    }
}

/// What happened to a participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    Added,
    Assigned,
    Canceled,
    CheckedIn,
    Edited,
    Tagged,
}

/// The last ids that were given.
#[derive(Debug)]
struct Ids {
    invite: u64,
    person: u64,
    invoice: u64,
}

/// An event.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) kind: EventType,
    pub(crate) title: String,
    pub(crate) description: &'static str,
    /// Its part of the address where tickets are sold (Q140).
    pub(crate) slug: String,
    pub(crate) stream: Option<String>,
    pub(crate) starts: Moment,
    pub(crate) ends: Moment,
    pub(crate) created: Moment,
    pub(crate) modified: Moment,
    pub(crate) place: Option<&'static Place>,
    pub(crate) tickets: Vec<Ticket>,
    /// What the producer asks participants, and what they may have answered.
    questions: &'static [(&'static str, &'static [&'static str])],
}

/// Where an event is.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) name: &'static str,
    pub(crate) state: &'static str,
    pub(crate) city: &'static str,
    pub(crate) district: &'static str,
    pub(crate) street: &'static str,
    pub(crate) number: &'static str,
    pub(crate) zip: &'static str,
    pub(crate) reference: Option<&'static str>,
    pub(crate) latitude: &'static str,
    pub(crate) longitude: &'static str,
}

/// A kind of ticket.
#[derive(Debug)]
pub(crate) struct Ticket {
    pub(crate) id: String,
    pub(crate) name: &'static str,
    pub(crate) is_paid: bool,
    pub(crate) is_shown: bool,
    pub(crate) buy_limit: Option<u64>,
    pub(crate) lots: Vec<Lot>,
}

/// So many tickets, for a while.
#[derive(Debug)]
pub(crate) struct Lot {
    pub(crate) id: String,
    pub(crate) name: Option<&'static str>,
    pub(crate) quantity: u64,
    /// How many of them are gone.
    taken: u64,
    pub(crate) value: Cents,
    pub(crate) from: Moment,
    pub(crate) until: Moment,
    /// The product of the shop.
    pub(crate) product: u64,
}

/// A tag.
#[derive(Clone, Debug)]
pub(crate) struct Tag {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) color: String,
    pub(crate) created: Moment,
    pub(crate) modified: Moment,
}

/// Who attends an event.
#[derive(Clone, Debug)]
pub(crate) struct Participant {
    pub(crate) id: String,
    pub(crate) invite_key: u64,
    pub(crate) event: String,
    pub(crate) ticket: String,
    pub(crate) holder: Holder,
    /// Who held the ticket first.
    pub(crate) first_holder: u64,
    pub(crate) invoice: u64,
    /// None of who was added by hand.
    pub(crate) purchase: Option<Purchase>,
    pub(crate) checked_in: Option<Moment>,
    pub(crate) answers: Vec<(&'static str, &'static str)>,
    /// The ids of the tags, in the order in which they were given.
    pub(crate) tags: Vec<String>,
    pub(crate) created: Moment,
    pub(crate) modified: Moment,
}

/// Who holds a ticket.
#[derive(Clone, Debug)]
pub(crate) struct Holder {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) document: Option<String>,
    pub(crate) document_type: Option<DocumentType>,
    pub(crate) phone: Option<String>,
}

/// How a ticket was bought.
#[derive(Clone, Debug)]
pub(crate) struct Purchase {
    pub(crate) buyer: Arc<Human>,
    /// The product of the shop that the ticket is.
    pub(crate) product: u64,
    pub(crate) created: Moment,
    pub(crate) paid: Moment,
    pub(crate) amount: Cents,
}

/// What a caller says of a holder.
#[derive(Debug, Default)]
pub(crate) struct Said {
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) document: Option<String>,
    pub(crate) document_type: Option<DocumentType>,
    pub(crate) phone: Option<String>,
}

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotDone {
    NoEvent,
    NoTicket,
    NoTag,
    NoParticipant,
    /// The event is over.
    Closed,
    /// No ticket is left.
    SoldOut,
}

impl Agenda {
    /// The events of the shop's producer, before anybody of the shop came.
    pub(crate) fn new(config: &Config, born: Moment, shop: &Shop) -> Self {
        let mut random = Random::stream(config.seed, "blinket");
        let mut agenda = Self {
            user: random.uuid(),
            events: Vec::new(),
            tags: Vec::new(),
            participants: Vec::new(),
            mails: Vec::new(),
            ids: Ids {
                invite: 70_000_000 + random.below(9_000),
                person: 58_000_000 + random.below(9_000),
                invoice: 89_000_000 + random.below(9_000),
            },
            random,
            seen: 0,
            news: Vec::new(),
        };
        seed::invent(&mut agenda, born, shop);
        agenda
    }

    /// Lets those in who paid for a ticket, and takes it from who got the money back; what was looked at before is not looked at again.
    pub(crate) fn let_in(&mut self, shop: &Shop) {
        for (sale, is_news) in shop.moved_since(self.seen) {
            let bought = |known: &Participant| known.purchase.is_some() && known.invoice == sale.id;
            let known = self.participants.iter().position(bought);
            match (sale.paid.filter(|_| sale.is_paid()), known) {
                (Some(paid), None) => self.sell(sale, paid, is_news),
                (None, Some(place)) => {
                    let who = self.participants.remove(place);
                    self.tell(Change::Canceled, who, sale.updated);
                }
                _ => {}
            }
        }
        self.seen = shop.moves();
    }

    fn sell(&mut self, sale: &Sale, paid: Moment, is_news: bool) {
        let Some((event, ticket)) = self.take(sale.product.id, paid) else {
            return;
        };
        let who = Holder::from(&*sale.recipient);
        let buyer = Arc::clone(&sale.buyer);
        let purchase = Purchase {
            buyer,
            product: sale.product.id,
            created: sale.created,
            paid,
            amount: sale.gross(),
        };
        let added = self
            .come(&event, &ticket, who, Some((sale.id, purchase)), paid)
            .clone();
        if is_news {
            self.tell(Change::Added, added, paid);
        }
    }

    fn tell(&mut self, what: Change, who: Participant, at: Moment) {
        self.news.push(News { what, who, at });
    }

    /// The ticket that the product is, and one of it taken.
    fn take(&mut self, product: u64, at: Moment) -> Option<(String, String)> {
        for event in &mut self.events {
            for ticket in &mut event.tickets {
                let mut lots = ticket.lots.iter_mut().filter(|lot| lot.product == product);
                if let Some(lot) = lots.find(|lot| lot.is_sold_at(at)) {
                    lot.taken += 1;
                    return Some((event.id.clone(), ticket.id.clone()));
                }
            }
        }
        None
    }

    /// Somebody gets a ticket.
    fn come(
        &mut self,
        event: &str,
        ticket: &str,
        holder: Holder,
        bought: Option<(u64, Purchase)>,
        at: Moment,
    ) -> &mut Participant {
        let questions = self.event(event).map_or(&[][..], |event| event.questions);
        let answers = match bought {
            None => Vec::new(),
            Some(_) => questions
                .iter()
                .filter_map(|(question, answers)| Some((*question, *self.random.pick(answers)?)))
                .collect(),
        };
        let (invoice, purchase) = match bought {
            Some((sale, purchase)) => (sale, Some(purchase)),
            None => (next_id(&mut self.ids.invoice), None),
        };
        let participant = Participant {
            id: self.random.uuid(),
            invite_key: next_id(&mut self.ids.invite),
            event: event.to_owned(),
            ticket: ticket.to_owned(),
            first_holder: holder.id,
            holder,
            invoice,
            purchase,
            checked_in: None,
            answers,
            tags: Vec::new(),
            created: at,
            modified: at,
        };
        let place = self.participants.len();
        self.participants.push(participant);
        #[allow(clippy::indexing_slicing, reason = "it was pushed just now")]
        &mut self.participants[place]
    }

    pub(crate) fn event(&self, id: &str) -> Option<&Event> {
        self.events.iter().find(|event| event.id == id)
    }

    pub(crate) fn tag(&self, id: &str) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.id == id)
    }

    /// Who attends the event, in the order of their coming.
    pub(crate) fn attending<'a>(&'a self, event: &'a str) -> impl Iterator<Item = &'a Participant> {
        self.participants
            .iter()
            .filter(move |participant| participant.event == event)
    }

    /// Makes a tag.
    pub(crate) fn make_tag(&mut self, title: &str, color: &str, now: Moment) -> Tag {
        let tag = Tag {
            id: self.random.uuid(),
            title: title.to_owned(),
            color: color.to_owned(),
            created: now,
            modified: now,
        };
        self.tags.push(tag.clone());
        tag
    }

    /// Gives a tag another title, another colour, or both.
    pub(crate) fn change_tag(
        &mut self,
        id: &str,
        title: Option<&str>,
        color: Option<&str>,
        now: Moment,
    ) -> Result<&Tag, NotDone> {
        let tag = self.tags.iter_mut().find(|tag| tag.id == id);
        let tag = tag.ok_or(NotDone::NoTag)?;
        if let Some(title) = title {
            title.clone_into(&mut tag.title);
        }
        if let Some(color) = color {
            color.clone_into(&mut tag.color);
        }
        tag.modified = now;
        Ok(tag)
    }

    /// Deletes a tag, and takes it from everybody.
    pub(crate) fn delete_tag(&mut self, id: &str, now: Moment) -> Result<(), NotDone> {
        self.tag(id).ok_or(NotDone::NoTag)?;
        self.tags.retain(|tag| tag.id != id);
        for participant in &mut self.participants {
            let before = participant.tags.len();
            participant.tags.retain(|tag| tag != id);
            if participant.tags.len() < before {
                self.news.push(News::of(Change::Tagged, participant, now));
            }
        }
        Ok(())
    }

    /// Gives a tag to participants or takes it from them: all of them, or none.
    pub(crate) fn mark(
        &mut self,
        tag: &str,
        ids: &[String],
        carry: bool,
        now: Moment,
    ) -> Result<(), NotDone> {
        self.tag(tag).ok_or(NotDone::NoTag)?;
        for id in ids {
            let participant = self.participants.iter().find(|known| known.id == *id);
            let participant = participant.ok_or(NotDone::NoParticipant)?;
            let event = self.event(&participant.event).ok_or(NotDone::NoEvent)?;
            if event.is_over(now) {
                return Err(NotDone::Closed);
            }
        }
        for participant in self
            .participants
            .iter_mut()
            .filter(|known| ids.contains(&known.id))
        {
            let carries = participant.tags.iter().any(|carried| carried == tag);
            match (carries, carry) {
                (false, true) => participant.tags.push(tag.to_owned()),
                (true, false) => participant.tags.retain(|carried| carried != tag),
                _ => continue,
            }
            participant.modified = now;
            self.news.push(News::of(Change::Tagged, participant, now));
        }
        Ok(())
    }

    /// Adds somebody by hand.
    pub(crate) fn add(
        &mut self,
        event: &str,
        ticket: &str,
        who: Said,
        from_stock: bool,
        now: Moment,
    ) -> Result<&Participant, NotDone> {
        let known = self.events.iter_mut().find(|known| known.id == event);
        let known = known.ok_or(NotDone::NoEvent)?;
        let over = known.is_over(now);
        let kind = known.tickets.iter_mut().find(|kind| kind.id == ticket);
        let kind = kind.ok_or(NotDone::NoTicket)?;
        if over {
            return Err(NotDone::Closed);
        }
        if from_stock && !kind.is_unlimited() {
            let left = |lot: &&mut Lot| lot.is_sold_at(now) && lot.taken < lot.quantity;
            let lot = kind.lots.iter_mut().find(left).ok_or(NotDone::SoldOut)?;
            lot.taken += 1;
        }
        let email = who.email.unwrap_or_default();
        let holder = Holder {
            id: self.person(&email),
            name: who.name.unwrap_or_default(),
            email,
            document: who.document,
            document_type: who.document_type,
            phone: who.phone,
        };
        let added = self.come(event, ticket, holder, None, now).clone();
        self.tell(Change::Added, added, now);
        self.participants.last().ok_or(NotDone::NoParticipant)
    }

    /// Changes who holds a ticket, or what is known of the holder. Another e-mail address is another person.
    pub(crate) fn change(&mut self, key: &str, said: Said, now: Moment) -> Result<&Participant, NotDone> {
        let place = self.place(key)?;
        let person = said.email.as_deref().map(|email| self.person(email));
        let participant = self.participants.get_mut(place).ok_or(NotDone::NoParticipant)?;
        let before = participant.holder.id;
        let holder = &mut participant.holder;
        if let (Some(person), Some(email)) = (person, said.email) {
            (holder.id, holder.email) = (person, email);
        }
        if let Some(name) = said.name {
            holder.name = name;
        }
        holder.document = said.document.or_else(|| holder.document.take());
        holder.document_type = said.document_type.or_else(|| holder.document_type.take());
        holder.phone = said.phone.or_else(|| holder.phone.take());
        participant.modified = now;
        let changed = participant.clone();
        if changed.holder.id != before {
            self.tell(Change::Assigned, changed.clone(), now);
        }
        self.tell(Change::Edited, changed, now);
        self.participants.get(place).ok_or(NotDone::NoParticipant)
    }

    /// Checks participants in, or undoes it: all of them, or none. Who is in already came when they came.
    pub(crate) fn check_in(&mut self, keys: &[String], is_in: bool, now: Moment) -> Result<(), NotDone> {
        let places = keys
            .iter()
            .map(|key| self.place(key))
            .collect::<Result<Vec<_>, _>>()?;
        for place in places {
            let Some(participant) = self.participants.get_mut(place) else {
                continue;
            };
            if participant.checked_in.is_some() != is_in {
                participant.checked_in = is_in.then_some(now);
                participant.modified = now;
                self.news.push(News::of(Change::CheckedIn, participant, now));
            }
        }
        Ok(())
    }

    /// Mails the tickets again that somebody has to an event.
    pub(crate) fn mail(&mut self, event: &str, email: &str) -> Result<(), NotDone> {
        self.event(event).ok_or(NotDone::NoEvent)?;
        let theirs = self
            .attending(event)
            .filter(|participant| is_same_email(&participant.holder.email, email));
        let theirs: Vec<u64> = theirs.map(|participant| participant.invite_key).collect();
        if theirs.is_empty() {
            return Err(NotDone::NoParticipant);
        }
        self.mails.extend(theirs);
        Ok(())
    }

    fn place(&self, key: &str) -> Result<usize, NotDone> {
        let key: u64 = key.parse().map_err(|_| NotDone::NoParticipant)?;
        let place = self.participants.iter().position(|known| known.invite_key == key);
        place.ok_or(NotDone::NoParticipant)
    }

    /// The number of who has this address: that of the holder whom the address is known of, else a new one.
    fn person(&mut self, email: &str) -> u64 {
        let known = self
            .participants
            .iter()
            .find(|known| is_same_email(&known.holder.email, email));
        match known {
            Some(known) => known.holder.id,
            None => next_id(&mut self.ids.person),
        }
    }
}

impl Event {
    /// Whether it has ended.
    pub(crate) fn is_over(&self, now: Moment) -> bool {
        self.ends < now
    }

    pub(crate) fn ticket(&self, id: &str) -> Option<&Ticket> {
        self.tickets.iter().find(|ticket| ticket.id == id)
    }
}

impl Ticket {
    /// Whether there is no end of them: they come in no lots.
    pub(crate) fn is_unlimited(&self) -> bool {
        self.lots.is_empty()
    }
}

impl Lot {
    pub(crate) fn is_sold_at(&self, moment: Moment) -> bool {
        self.from <= moment && moment <= self.until
    }
}

impl From<&Human> for Holder {
    fn from(human: &Human) -> Self {
        Self {
            id: human.id,
            name: human.name.clone(),
            email: human.email.clone(),
            document: Some(human.document.clone()),
            document_type: Some(DocumentType::Cpf),
            phone: Some(human.flat_phone()),
        }
    }
}
