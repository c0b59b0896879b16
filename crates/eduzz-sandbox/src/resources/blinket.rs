//! Blinket: participants, check-ins and tags.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::{Resources, Turn, is, is_same, list_of, missing, person, set, text, touch};
use crate::problem::Problem;
use crate::state::calendar::Moment;
use crate::state::shop::Sale;

const PARTICIPANTS: &str = "blinket/participants";

/// Adds a participant by hand.
pub(super) fn add(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    let event = all.get("blinket/events", turn.text("eventId"))?.clone();
    let is_it = |ticket: &&Value| text(ticket, "id") == turn.text("ticketId");
    let ticket = list_of(&event, "tickets").iter().find(is_it);
    let ticket = ticket.ok_or(Problem::new(StatusCode::NOT_FOUND, "Ticket not found"))?;
    check_open(&event, turn)?;
    let from_stock = turn.given.get("useStock") == Some(&Value::Bool(true));
    if from_stock && all.is_sold_out(ticket) {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Err(Problem::new(status, "No ticket is left"));
    }
    let number = all.person_at(turn.text("email"));
    let mut who = Value::Object(turn.given.clone());
    set(
        &mut who,
        json!({
            "phone": turn.given.get("phone"), "document": turn.given.get("document"), "eduzzId": number,
            "documentType": turn.given.get("documentType"), "firstEduzzId": number, "_fromStock": from_stock,
            "invoiceId": all.next_id("invoice", 89_000_000),
        }),
    );
    let added = all.add_participant(&event, ticket, who, &turn.now());
    all.tell_participant("blinket.attendance_added", &added, turn.ask.now);
    Ok(all.shown(PARTICIPANTS, &added, turn.ask.now))
}

/// Changes a holder. Another e-mail address is another person.
pub(super) fn change(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    let before = all.get(PARTICIPANTS, turn.last().1)?.clone();
    let email = Some(turn.text("email")).filter(|email| !email.is_empty());
    let number = email.map(|email| all.person_at(email));
    all.change(turn)?;
    let participant = all.get_mut(PARTICIPANTS, turn.last().1)?;
    if let Some(number) = number {
        set(participant, json!({ "eduzzId": number }));
    }
    let changed = participant.clone();
    if text(&changed, "eduzzId") != text(&before, "eduzzId") {
        all.tell_participant("blinket.attendance_assigned", &changed, turn.ask.now);
    }
    all.tell_participant("blinket.attendance_edited", &changed, turn.ask.now);
    all.show(turn)
}

/// Checks participants in, or undoes it: all of them, or none. The first time of a check-in stays.
pub(super) fn check_in(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    let is_in = turn.given.get("checkin") == Some(&Value::Bool(true));
    let at = is_in.then(|| turn.now());
    let is_changed = |one: &Value| one.get("checkinDate").is_some_and(Value::is_string) != is_in;
    let change = |one: &mut Value| set(one, json!({ "checkinDate": at }));
    let keys = turn.texts("attendances").collect();
    all.change_each(turn, keys, "blinket.attendance_checkin", is_changed, change)
}

/// Sends a participant's tickets for an event again by e-mail.
pub(super) fn mail(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    let event = turn.text("eventId");
    all.get("blinket/events", event)?;
    let is_theirs = |one: &&Value| is_same(text(one, "email"), turn.text("userEmail"));
    let theirs = all.records(PARTICIPANTS, Some(event)).filter(is_theirs);
    let theirs: Vec<String> = theirs.map(|one| text(one, "inviteKey").to_owned()).collect();
    if theirs.is_empty() {
        return Err(missing(PARTICIPANTS));
    }
    all.mails.extend(theirs);
    Ok(Value::Null)
}

pub(super) fn create_tag(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    Ok(all.make("blinket/tags", "", &turn.now(), Value::Object(turn.given.clone())))
}

/// Deletes a tag and removes it from all participants.
pub(super) fn delete_tag(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    let tag = all.remove(turn)?;
    let carrying = |one: &&Value| carries(one, text(&tag, "id"));
    let carrying = all.records(PARTICIPANTS, None).filter(carrying).cloned();
    for one in &carrying.collect::<Vec<Value>>() {
        all.tell_participant("blinket.attendance_tag_changed", one, turn.ask.now);
    }
    Ok(tag)
}

/// The participants with a tag, in the order of their creation.
pub(super) fn tagged(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    let carrying = |one: &&Value| carries(one, turn.last().1);
    let carrying = all.records(PARTICIPANTS, None).filter(carrying);
    Ok(json!({ "items": carrying.map(|one| text(one, "id")).collect::<Vec<_>>() }))
}

pub(super) fn tag(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    mark(all, turn, true)
}

pub(super) fn untag(all: &mut Resources, turn: &Turn<'_>) -> Result<Value, Problem> {
    mark(all, turn, false)
}

/// Gives the tag to participants or takes it from them: all of them, or none.
fn mark(all: &mut Resources, turn: &Turn<'_>, carry: bool) -> Result<Value, Problem> {
    let id = turn.last().1;
    let ids: Vec<&str> = turn.texts("attendanceIds").collect();
    for one in &ids {
        let one = all.get(PARTICIPANTS, one)?;
        let event = all.find("blinket/events", text(one, "eventId"));
        check_open(event.unwrap_or(&Value::Null), turn)?;
    }
    let is_changed = |one: &Value| carries(one, id) != carry;
    let change = |one: &mut Value| {
        let mut tags = list_of(one, "_tags").to_vec();
        tags.retain(|tag| text(tag, "id") != id);
        tags.extend(carry.then(|| json!({ "id": id })));
        set(one, json!({ "_tags": tags }));
    };
    all.change_each(turn, ids, "blinket.attendance_tag_changed", is_changed, change)
}

fn carries(participant: &Value, tag: &str) -> bool {
    let mut tags = list_of(participant, "_tags").iter();
    tags.any(|carried| text(carried, "id") == tag)
}

fn check_open(event: &Value, turn: &Turn<'_>) -> Result<(), Problem> {
    let is_over = text(event, "endAt") < turn.now().as_str();
    let closed = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "Event is closed");
    if is_over { Err(closed) } else { Ok(()) }
}

impl Resources {
    /// Changes the named participants, all of them or none, and sends an event for each that is
    /// different afterwards.
    fn change_each(
        &mut self,
        turn: &Turn<'_>,
        names: Vec<&str>,
        event: &'static str,
        is_changed: impl Fn(&Value) -> bool,
        change: impl Fn(&mut Value),
    ) -> Result<Value, Problem> {
        if names.iter().any(|name| self.find(PARTICIPANTS, name).is_none()) {
            return Err(missing(PARTICIPANTS));
        }
        for name in names {
            if let Some(one) = self.find_mut(PARTICIPANTS, name).filter(|one| is_changed(one)) {
                change(one);
                touch(one, turn.ask.now);
                let changed = one.clone();
                self.tell_participant(event, &changed, turn.ask.now);
            }
        }
        Ok(Value::Null)
    }

    /// Gives the buyer of a ticket a participant, and removes it after a refund.
    pub(super) fn settle_blinket(&mut self, sale: &Sale, is_news: bool) {
        let (invoice, product) = (sale.id.to_string(), sale.product.id.to_string());
        let sells = |ticket: &Value| text(ticket, "eduzzProductId") == product;
        let sold_for = |event: &&Value| list_of(event, "tickets").iter().any(sells);
        let Some(event) = self.records("blinket/events", None).find(sold_for).cloned() else {
            return;
        };
        let bought = |one: &Value| text(one, "invoiceId") == invoice && is(one, "_fromStock");
        let known = self.records(PARTICIPANTS, None).find(|one| bought(one)).cloned();
        match (sale.paid.filter(|_| sale.is_paid()), known) {
            (Some(at), None) => {
                let mut tickets = list_of(&event, "tickets").iter();
                let ticket = tickets.find(|ticket| sells(ticket)).unwrap_or(&Value::Null);
                let mut who = person(&sale.recipient);
                set(
                    &mut who,
                    json!({
                        "documentType": "cpf", "eduzzId": sale.recipient.id.to_string(), "_fromStock": true,
                        "firstEduzzId": sale.recipient.id.to_string(), "invoiceId": invoice, "manuallyCreated": false,
                        "invoiceCustomerName": sale.buyer.name, "invoiceCustomerEmail": sale.buyer.email,
                        "invoiceCustomerEduzzId": sale.buyer.id.to_string(), "invoiceCustomerDocument": sale.buyer.document,
                        "_buyerPhone": sale.buyer.flat_phone(), "invoiceCreatedAt": sale.created.plain(),
                        "invoicePaidAt": at.plain(), "invoiceAmount": super::number(sale.gross()),
                    }),
                );
                let added = self.add_participant(&event, ticket, who, &at.plain());
                if is_news {
                    self.tell_participant("blinket.attendance_added", &added, at);
                }
            }
            (None, Some(gone)) => {
                self.drop_where(PARTICIPANTS, bought);
                self.tell_participant("blinket.attendance_canceled", &gone, sale.updated);
            }
            _ => {}
        }
    }

    /// A new participant; one who bought a ticket answered the producer's questions.
    pub(super) fn add_participant(&mut self, event: &Value, ticket: &Value, who: Value, at: &str) -> Value {
        let questions = list_of(event, "_questions").iter();
        let mut answers = Map::new();
        for question in questions.filter(|_| !is(&who, "manuallyCreated")) {
            let answer = self.random.pick(list_of(question, "answers")).cloned();
            answers.insert(text(question, "question").to_owned(), answer.unwrap_or_default());
        }
        let mut members = json!({
            "inviteKey": self.next_id("invite key", 70_000_000), "eventId": text(event, "id"), "ticketId": text(ticket, "id"),
            "ticketName": text(ticket, "name"), "customFields": answers, "_tags": [],
        });
        set(&mut members, who);
        self.make(PARTICIPANTS, text(event, "id"), at, members)
    }

    /// The number of the person with this address: a holder's, or a new one.
    pub(super) fn person_at(&mut self, email: &str) -> String {
        let known = self.at_email(PARTICIPANTS, None, email);
        let known = known.map(|one| text(one, "eduzzId").to_owned());
        known.unwrap_or_else(|| self.next_id("person", 58_000_000))
    }

    /// Whether the lots of a ticket are sold out. A ticket without lots never is.
    fn is_sold_out(&self, ticket: &Value) -> bool {
        let lots = list_of(ticket, "lots");
        let left: u64 = lots.iter().filter_map(|lot| lot.get("quantity")?.as_u64()).sum();
        let is_of_it = |one: &&Value| text(one, "ticketId") == text(ticket, "id") && is(one, "_fromStock");
        let taken = self.records(PARTICIPANTS, None).filter(is_of_it).count();
        !lots.is_empty() && u64::try_from(taken).is_ok_and(|taken| taken >= left)
    }

    pub(super) fn show_participant(&self, one: &mut Value) {
        self.refresh(one, "/_tags", "blinket/tags", "id");
        let titles = list_of(one, "_tags").iter().map(|tag| text(tag, "title"));
        let titles: Vec<&str> = titles.collect();
        // Q145, Q146
        let members = json!({ "tags": titles, "phoneNumber": one.get("phone") });
        set(one, members);
    }

    /// Adds an event of a participant at this moment.
    fn tell_participant(&mut self, name: &'static str, one: &Value, at: Moment) {
        let one = self.shown(PARTICIPANTS, one, at);
        let event = self.find("blinket/events", text(&one, "eventId"));
        let tickets = event.map_or(&[][..], |event| list_of(event, "tickets"));
        let is_it = |ticket: &&Value| text(ticket, "id") == text(&one, "ticketId");
        let ticket = tickets.iter().find(is_it);
        let is_bought = !is(&one, "manuallyCreated");
        let lot = ticket.filter(|_| is_bought);
        let lot = lot.and_then(|ticket| list_of(ticket, "lots").first());
        let phone = |name: &str| one.get(name).and_then(Value::as_str).map(international);
        // A participant who was added by hand bought nothing and is named as the buyer.
        let buyer = if is_bought {
            json!({
                "id": one.get("invoiceCustomerEduzzId"), "name": one.get("invoiceCustomerName"),
                "email": one.get("invoiceCustomerEmail"), "phone": phone("_buyerPhone"),
            })
        } else {
            json!({ "id": one.get("eduzzId"), "name": one.get("name"), "email": one.get("email"), "phone": phone("phone") })
        };
        let number = one.get("document").filter(|number| !number.is_null());
        let is_lost = name == "blinket.attendance_canceled";
        let status = if is_lost { "canceled" } else { "paid" };
        let mut participant = one.clone();
        set(
            &mut participant,
            json!({
                "status": status, "assigned": true, "checkInAt": one.get("checkinDate"), "tags": one.get("_tags"),
                "phone": phone("phone"), "document": number.map(|number| json!({ "type": one.get("documentType"), "number": number })),
                "checkInLink": format!("https://ingressos.example.com/confirmar/{}", text(&one, "inviteKey")),
            }),
        );
        let data = json!({
            "producer": self.producer, "participant": participant, "ticket": ticket, "buyer": buyer, "createdAt": at.plain(),
            "event": event.map(|event| json!({
                "id": event.get("id"), "name": event.get("title"), "type": event.get("type"),
            })),
            "batch": lot.map(|lot| json!({
                "contentId": lot.get("eduzzProductId"), "name": lot.get("name"),
                "price": { "currency": "BRL", "value": lot.get("value") },
            })),
        });
        self.tell(name, &data);
    }
}

/// A telephone number as deliveries write it; one with a plus sign stays.
fn international(text: &str) -> String {
    if text.starts_with('+') {
        text.to_owned()
    } else {
        format!("+55{text}")
    }
}
