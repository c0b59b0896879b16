//! The five products beside the shop: Alpaclass, Blinket, HeyCamp, Nutror and SafeVideo.
//!
//! Their state is collections of JSON records in the form of the calls' examples. Ids are texts and
//! moments are `2026-03-01T12:00:00Z` in a record, in every call; `_of` is the owner's
//! id, and other members that begin with `_` never leave the sandbox. [`table`] defines what each
//! call does, [`shape`] turns a record into an answer, [`seed`] makes the records of the start, and
//! a file named after a product has the actions of that product.

mod alpaclass;
mod blinket;
mod field;
mod heycamp;
mod list;
mod nutror;
mod safevideo;
mod seed;
mod shape;
mod table;

use std::borrow::Cow;
use std::collections::BTreeMap;

use axum::http::StatusCode;
use eduzz_fixtures::Fixture;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

pub(crate) use self::field::id;
pub(crate) use self::table::Row;
use self::table::{Answer, COLLECTIONS, Collection, Does, ROWS};
use crate::problem::Problem;
use crate::query::Query;
use crate::random::Random;
use crate::render::json::Json;
use crate::state::calendar::Moment;
use crate::state::interned;
use crate::state::money::Cents;
use crate::state::shop::{CannotChange, Human, Shop};
use crate::world::{WorldKind, WorldRow};

/// An event: its name and its data.
pub(crate) type Event = (&'static str, Value);

/// Everything that the five products have.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Resources {
    #[serde(deserialize_with = "interned::keys")]
    collections: BTreeMap<&'static str, Vec<Value>>,
    /// The last id of each kind.
    #[serde(deserialize_with = "interned::keys")]
    ids: BTreeMap<&'static str, u64>,
    random: Random,
    producer: Value,
    born: Moment,
    /// How many of the shop's moves of money were looked at.
    seen: usize,
    /// The tickets that were mailed again, by their numbers.
    mails: Vec<String>,
    #[serde(deserialize_with = "interned::firsts")]
    events: Vec<Event>,
    /// Members of records that were changed silently, by collection and id.
    #[serde(deserialize_with = "interned::keys")]
    patches: BTreeMap<&'static str, BTreeMap<String, Value>>,
}

/// How the rows of a kind are listed: the call, the collection of the records, and that of their
/// owners for a list by owner.
struct Listed {
    product: &'static str,
    endpoint: &'static str,
    of: &'static str,
    owners: Option<&'static str>,
}

/// A call.
pub(crate) struct Ask<'a> {
    pub(crate) parameter: &'a dyn Fn(&str) -> String,
    pub(crate) query: &'a Query,
    pub(crate) body: &'a [u8],
    /// The caller's e-mail address.
    pub(crate) email: &'a str,
    pub(crate) is_producer: bool,
    pub(crate) now: Moment,
}

/// A call whose path and body were read.
pub(crate) struct Turn<'a> {
    ask: &'a Ask<'a>,
    row: &'static Row,
    /// The ids of the records that the path names, each with its collection, the owner first.
    path: Vec<(&'static str, String)>,
    /// The values of the body's fields.
    given: Map<String, Value>,
}

/// An answer: the status and the body, if it has one.
pub(crate) type Answered = (StatusCode, Option<Json>);

/// The row of a call, if it is one of these products'.
pub(crate) fn find(product: &str, endpoint: &str) -> Option<&'static Row> {
    ROWS.iter()
        .find(|row| (row.product, row.endpoint) == (product, endpoint))
}

impl Resources {
    /// The records at the start.
    pub(crate) fn new(seed: u64, born: Moment, shop: &Shop) -> Self {
        let producer = &shop.producer;
        let mut made = Self {
            collections: BTreeMap::new(),
            ids: BTreeMap::new(),
            random: Random::stream(seed, "resources"),
            producer: json!({ "id": producer.id.to_string(), "name": producer.name, "email": producer.email }),
            born,
            seen: 0,
            mails: Vec::new(),
            events: Vec::new(),
            patches: BTreeMap::new(),
        };
        made.seed(shop);
        made.settle_while(shop, |is_news| !is_news);
        made.seed_comments();
        // New records must not depend on how many sales were seeded.
        made.random = Random::stream(seed, "resources/new");
        made
    }

    /// Answers a call.
    pub(crate) fn call(&mut self, row: &'static Row, ask: &Ask<'_>) -> Result<Answered, Problem> {
        self.answer(row, ask).map_err(|problem| match row.product {
            "nutror" => problem.by_example(row.product, row.endpoint),
            _ => problem,
        })
    }

    /// All rows that a list gives, without pages, each with its id; those of one owner, for a list
    /// by owner.
    pub(crate) fn whole(
        &self,
        product: &str,
        endpoint: &str,
        owner: Option<&str>,
        now: Moment,
    ) -> Vec<(String, Json)> {
        let Some(row) = find(product, endpoint) else {
            return Vec::new();
        };
        let Does::List(of) = &row.does else {
            return Vec::new();
        };
        let records = self.records(of, owner).map(Cow::Borrowed);
        list::View::whole(row, records, |record, shape| self.written(of, record, shape, now))
    }

    /// The ids of all records of a collection.
    fn ids_of(&self, of: &str) -> Vec<String> {
        let records = self.records(of, None);
        records.map(|record| text(record, "id").to_owned()).collect()
    }

    /// All rows of a kind of these products.
    pub(crate) fn rows(&self, kind: WorldKind, now: Moment) -> Vec<WorldRow> {
        let Some(Listed {
            product,
            endpoint,
            owners,
            ..
        }) = Listed::of(kind)
        else {
            return Vec::new();
        };
        let of = |owner: Option<&String>| {
            let rows = self
                .whole(product, endpoint, owner.map(String::as_str), now)
                .into_iter();
            let owner = owner.cloned();
            rows.map(move |(id, json)| WorldRow::new(id, owner.clone(), &json))
        };
        match owners {
            None => of(None).collect(),
            Some(owners) => self
                .ids_of(owners)
                .iter()
                .flat_map(|owner| of(Some(owner)))
                .collect(),
        }
    }

    /// Whether the rows of a kind are of these products.
    pub(crate) fn has(kind: WorldKind) -> bool {
        Listed::of(kind).is_some()
    }

    /// Deletes a row with the records that it owns, without an event.
    ///
    /// # Errors
    ///
    /// The row does not exist.
    pub(crate) fn delete(&mut self, kind: WorldKind, id: &str) -> Result<(), CannotChange> {
        let of = self.collection_with(kind, id)?;
        let is_it = |record: &Value| text(record, "id") == id;
        self.drop_where(of, is_it);
        let is_owned = |record: &Value| text(record, "_of") == id;
        let owned = WorldKind::ALL.iter().filter_map(|kind| Listed::of(*kind));
        for listed in owned.filter(|listed| listed.owners == Some(of)) {
            self.drop_where(listed.of, is_owned);
        }
        Ok(())
    }

    /// Changes members of a row as calls show it, or the whole row; `None` ends the change.
    ///
    /// # Errors
    ///
    /// The row does not exist.
    pub(crate) fn set_patch(
        &mut self,
        kind: WorldKind,
        id: &str,
        members: Option<Value>,
    ) -> Result<(), CannotChange> {
        let of = self.collection_with(kind, id)?;
        let patches = self.patches.entry(of).or_default();
        match members {
            Some(members) => patches.insert(id.to_owned(), members),
            None => patches.remove(id),
        };
        Ok(())
    }

    /// The collection of a kind, which has a record with this id.
    fn collection_with(&self, kind: WorldKind, id: &str) -> Result<&'static str, CannotChange> {
        let Listed { of, .. } = Listed::of(kind).ok_or(CannotChange::NotFound)?;
        let mut records = self.records(of, None);
        let is_there = records.any(|record| text(record, "id") == id);
        is_there.then_some(of).ok_or(CannotChange::NotFound)
    }

    /// Takes out the events since the last call.
    pub(crate) fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.events)
    }

    /// Enrols the shop's buyers, and ends the access of refunded sales.
    pub(crate) fn settle(&mut self, shop: &Shop) {
        self.settle_while(shop, |_| true);
    }

    fn settle_while(&mut self, shop: &Shop, goes_on: fn(bool) -> bool) {
        for (sale, is_news) in shop
            .moved_since(self.seen)
            .take_while(|(_, is_news)| goes_on(*is_news))
        {
            self.seen += 1;
            self.settle_alpaclass(sale, is_news);
            self.settle_nutror(sale, is_news);
            self.settle_blinket(sale, is_news);
        }
    }

    fn answer(&mut self, row: &'static Row, ask: &Ask<'_>) -> Result<Answered, Problem> {
        if let Some(status) = row.producer_only.filter(|_| !ask.is_producer) {
            return Err(Problem::new(status, "only the producer may do this"));
        }
        let view = list::View::read(row, ask.query)?;
        let given = field::read(row.fields, row.needs_any, ask.body)?;
        let mut path: Vec<(&'static str, String)> = Vec::new();
        for (parameter, of) in row.path {
            let owner = path.last().map(|(_, id)| id.as_str());
            let found = self.find(of, &(ask.parameter)(parameter));
            let found = found.filter(|found| owner.is_none_or(|owner| text(found, "_of") == owner));
            path.push((of, text(found.ok_or_else(|| missing(of))?, "id").to_owned()));
        }
        let turn = Turn {
            ask,
            row,
            path,
            given,
        };
        let example = eduzz_fixtures::find(row.product, row.endpoint).and_then(Fixture::success);
        let status = example.and_then(|example| StatusCode::from_u16(example.status).ok());
        let status = status.unwrap_or(StatusCode::OK);
        let record = match &row.does {
            Does::List(of) => {
                let records = self.records(of, turn.id()).map(Cow::Borrowed);
                let list = view.answer(records, |row, shape| self.written(of, row, shape, ask.now))?;
                return Ok((status, Some(list)));
            }
            Does::Rows(rows) => {
                let rows = rows(self, &turn).into_iter().map(Cow::Owned);
                let list = view.answer(rows, |row, shape| Json::from(shape::like(row, shape)))?;
                return Ok((status, Some(list)));
            }
            Does::Act(action) => {
                let record = action(self, &turn)?;
                let like =
                    |pointer| shape::like(&record, &shape::of_call(row.product, row.endpoint, pointer));
                match row.answer {
                    Answer::OneInList => json!([like("/0")]),
                    Answer::OneIn(list) => json!({ list: [like(&format!("/{list}/0"))] }),
                    Answer::Whole => record,
                    Answer::Example => {
                        let has_body = example.is_some_and(|example| example.status != 204);
                        let body = || shape::of_call(row.product, row.endpoint, "");
                        has_body.then(body).as_deref().cloned().unwrap_or_default()
                    }
                    Answer::One => {
                        let (of, id) = turn.last();
                        return Ok((status, Some(self.patched(of, id, like("")))));
                    }
                    _ => like(""),
                }
            }
        };
        let body = Some(record).filter(|record| !record.is_null());
        Ok((status, body.map(Json::from)))
    }

    /// The records of a collection, those of this owner if there is one.
    fn records<'a, 'b>(
        &'a self,
        of: &str,
        owner: Option<&'b str>,
    ) -> impl Iterator<Item = &'a Value> + use<'a, 'b> {
        let all = self.collections.get(of).map_or(&[][..], Vec::as_slice);
        all.iter()
            .filter(move |record| owner.is_none_or(|owner| text(record, "_of") == owner))
    }

    /// The record with this name; deleted records are not found.
    fn find(&self, of: &str, id: &str) -> Option<&Value> {
        self.place(of, id)
            .and_then(|place| self.collections.get(of)?.get(place))
    }

    fn find_mut(&mut self, of: &str, id: &str) -> Option<&mut Value> {
        let place = self.place(of, id)?;
        self.collections.get_mut(of)?.get_mut(place)
    }

    /// The record that this names, or the refusal of its collection.
    fn get(&self, of: &str, id: &str) -> Result<&Value, Problem> {
        self.find(of, id).ok_or_else(|| missing(of))
    }

    fn get_mut(&mut self, of: &str, id: &str) -> Result<&mut Value, Problem> {
        self.find_mut(of, id).ok_or_else(|| missing(of))
    }

    fn place(&self, of: &str, id: &str) -> Option<usize> {
        let also = collection(of).map_or(&[][..], |collection| collection.also);
        self.collections.get(of)?.iter().position(|record| {
            let mut also = also.iter().map(|name| text(record, name));
            let is_named = text(record, "id") == id || also.any(|name| name.eq_ignore_ascii_case(id));
            is_named && record.get("deletedAt").is_none_or(Value::is_null)
        })
    }

    /// The owner's record with this e-mail address, in any case; deleted records are not found.
    fn at_email(&self, of: &str, owner: Option<&str>, email: &str) -> Option<&Value> {
        let email = email.trim();
        self.records(of, owner).find(|record| {
            is_same(text(record, "email"), email) && record.get("deletedAt").is_none_or(Value::is_null)
        })
    }

    /// Makes a record of this owner from the examples of its collection, with an id of the same
    /// form, these members, and this moment of creation.
    fn make(&mut self, of: &'static str, owner: &str, at: &str, members: Value) -> Value {
        let mut record = example(of);
        let id = match record.get("id") {
            Some(Value::String(id)) if id.len() == 36 => self.random.uuid(),
            Some(Value::String(id)) if id.len() >= 24 => self.random.hex(id.len() / 2),
            Some(Value::String(id)) if id.parse::<u64>().is_err() => self.random.code(id.len()),
            Some(id) => self.next_id(
                of,
                field::id(id).and_then(|id| id.parse().ok()).unwrap_or_default(),
            ),
            None => String::new(),
        };
        set(&mut record, json!({ "_of": owner, "id": id }));
        for name in ["createdAt", "updatedAt", "modifiedAt"] {
            if let Some(moment) = record.get_mut(name) {
                *moment = Value::from(at);
            }
        }
        set(&mut record, members);
        self.collections.entry(of).or_default().push(record.clone());
        record
    }

    /// The next id of a kind, which begins somewhere above the base.
    fn next_id(&mut self, kind: &'static str, base: u64) -> String {
        let random = &mut self.random;
        let last = self.ids.entry(kind).or_insert_with(|| base + random.below(900));
        *last += 1;
        last.to_string()
    }

    /// Sets members of an existing record.
    fn update(&mut self, of: &str, id: &str, members: Value) -> Option<()> {
        set(self.find_mut(of, id)?, members);
        Some(())
    }

    fn drop_where(&mut self, of: &str, goes: impl Fn(&Value) -> bool) {
        if let Some(records) = self.collections.get_mut(of) {
            records.retain(|record| !goes(record));
        }
    }

    /// Shows the record of the path.
    fn show(&mut self, turn: &Turn<'_>) -> Result<Value, Problem> {
        let (of, id) = turn.last();
        let found = self.get(of, id)?;
        Ok(self.shown(of, found, turn.ask.now))
    }

    /// Writes the fields of the body into the record of the path.
    fn change(&mut self, turn: &Turn<'_>) -> Result<Value, Problem> {
        let (of, id) = turn.last();
        let record = self.get_mut(of, id)?;
        for field in turn.row.fields {
            if let Some(value) = turn.given.get(field.name) {
                field.put(record, value);
            }
        }
        touch(record, turn.ask.now);
        self.show(turn)
    }

    /// Deletes the record of the path, and gives it.
    fn remove(&mut self, turn: &Turn<'_>) -> Result<Value, Problem> {
        let (of, id) = turn.last();
        let place = self.place(of, id).ok_or_else(|| missing(of))?;
        let records = self.collections.get_mut(of).ok_or_else(|| missing(of))?;
        Ok(records.remove(place))
    }

    /// A record as calls show it, with embedded records and derived members up to date.
    fn shown(&self, of: &str, record: &Value, now: Moment) -> Value {
        let mut record = record.clone();
        match of {
            "blinket/participants" => self.show_participant(&mut record),
            "heycamp/posts" => self.refresh(&mut record, "/member", "heycamp/members", "id"),
            "nutror/comments" => self.show_comment(&mut record),
            "nutror/enrollments" => self.show_enrollment(&mut record, now),
            _ => {}
        }
        record
    }

    /// A record as a call with this example writes it.
    fn written(&self, of: &str, record: &Value, shape: &Value, now: Moment) -> Json {
        let shown = shape::like(&self.shown(of, record, now), shape);
        self.patched(of, text(record, "id"), shown)
    }

    /// A row with the members that were changed silently.
    fn patched(&self, of: &str, id: &str, row: Value) -> Json {
        let patch = self.patches.get(of).and_then(|patches| patches.get(id));
        match patch {
            Some(patch) => Json::from(row).changed(patch),
            None => Json::from(row),
        }
    }

    /// Replaces the copies of records at this pointer by the records; a list loses those that were
    /// deleted.
    fn refresh(&self, record: &mut Value, pointer: &str, of: &str, by: &str) {
        let current = |copy: &Value| {
            self.records(of, None)
                .find(|known| text(known, by) == text(copy, by))
        };
        match record.pointer_mut(pointer) {
            Some(Value::Array(copies)) => *copies = copies.iter().filter_map(current).cloned().collect(),
            Some(copy) => {
                if let Some(known) = current(copy) {
                    *copy = known.clone();
                }
            }
            None => {}
        }
    }

    /// Adds an event, with those of the data that the event's example has.
    fn tell(&mut self, event: &'static str, data: &Value) {
        self.events
            .push((event, shape::like(data, &shape::of_event(event))));
    }

    /// Both ids of the communities: the numbers and the UUIDs.
    pub(crate) fn communities(&self) -> impl Iterator<Item = (&str, &str)> {
        self.records("heycamp/communities", None)
            .map(|community| (text(community, "id"), text(community, "uuid")))
    }

    /// The numbers of the tickets that were mailed again.
    pub(crate) fn mails(&self) -> &[String] {
        &self.mails
    }

    /// The domains that alone may show a media.
    pub(crate) fn media_domains(&self, media: &str) -> Option<Vec<String>> {
        let media = self.find("safevideo/medias", media)?;
        Some(texts(media, "_domains").map(str::to_owned).collect())
    }
}

impl Listed {
    /// That of a kind, if its rows are of these products.
    fn of(kind: WorldKind) -> Option<Self> {
        let (endpoint, of, owners) = match kind {
            WorldKind::NutrorStudent => ("list_students", "nutror/students", None),
            WorldKind::NutrorEnrollment => (
                "list_student_enrollments",
                "nutror/enrollments",
                Some("nutror/students"),
            ),
            WorldKind::NutrorCourse => ("list_courses", "nutror/courses", None),
            WorldKind::BlinketEvent => ("list_events", "blinket/events", None),
            WorldKind::BlinketParticipant => (
                "list_participants",
                "blinket/participants",
                Some("blinket/events"),
            ),
            WorldKind::AlpaclassTeam => ("list_teams", "alpaclass/teams", None),
            WorldKind::AlpaclassStudent => (
                "list_team_students",
                "alpaclass/students",
                Some("alpaclass/teams"),
            ),
            WorldKind::AlpaclassEnrollment => (
                "list_team_student_enrollments",
                "alpaclass/enrollments",
                Some("alpaclass/students"),
            ),
            WorldKind::HeycampMember => ("list_members", "heycamp/members", Some("heycamp/communities")),
            _ => return None,
        };
        Some(Self {
            product: of.split('/').next().unwrap_or_default(),
            endpoint,
            of,
            owners,
        })
    }
}

impl Turn<'_> {
    /// The collection and the id of the last record that the path names.
    fn last(&self) -> (&'static str, &str) {
        self.path.last().map_or(("", ""), |(of, id)| (of, id))
    }

    /// The id of the last record that the path names, if it names any.
    fn id(&self) -> Option<&str> {
        self.path.last().map(|(_, id)| id.as_str())
    }

    fn now(&self) -> String {
        self.ask.now.plain()
    }

    /// The text of a field.
    fn text(&self, name: &str) -> &str {
        self.given.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// The texts of a field that is a list.
    fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        let list = self.given.get(name).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str)
    }
}

/// The text of a member; empty for other values.
fn text<'a>(record: &'a Value, name: &str) -> &'a str {
    record.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// The texts of a member that is a list.
fn texts<'a>(record: &'a Value, name: &str) -> impl Iterator<Item = &'a str> {
    list_of(record, name).iter().filter_map(Value::as_str)
}

fn list_of<'a>(record: &'a Value, name: &str) -> &'a [Value] {
    record
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// Sets members of a record.
fn set(record: &mut Value, members: Value) {
    if let (Value::Object(record), Value::Object(members)) = (record, members) {
        record.extend(members);
    }
}

/// Sets the time of the change, if the record has one.
fn touch(record: &mut Value, now: Moment) {
    for name in ["updatedAt", "modifiedAt"] {
        if let Some(at) = record.get_mut(name) {
            *at = Value::from(now.plain());
        }
    }
}

/// Compares texts, ignoring case.
fn is_same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || (!a.is_ascii() && a.to_lowercase() == b.to_lowercase())
}

/// Whether a member is `true`.
fn is(record: &Value, name: &str) -> bool {
    record.get(name) == Some(&Value::Bool(true))
}

fn collection(name: &str) -> Option<&'static Collection> {
    COLLECTIONS.iter().find(|collection| collection.name == name)
}

/// The initial members of a new record of a collection.
fn example(of: &'static str) -> Value {
    let product = of.split('/').next().unwrap_or_default();
    let mut record = json!({});
    for (endpoint, pointer) in collection(of).map_or(&[][..], |collection| collection.examples) {
        set(
            &mut record,
            Value::clone(&shape::of_call(product, endpoint, pointer)),
        );
    }
    record
}

fn missing(of: &str) -> Problem {
    let (status, message) =
        collection(of).map_or((StatusCode::NOT_FOUND, ""), |collection| collection.missing);
    Problem::new(status, message)
}

/// A person of the shop as records have them.
fn person(human: &Human) -> Value {
    json!({
        "name": human.name, "email": human.email, "phone": human.flat_phone(), "document": human.document,
    })
}

/// An amount as a bare number (Q143).
fn number(amount: Cents) -> Value {
    serde_json::to_value(eduzz_types::ExactNumber(amount.decimal())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_of_the_five_products_has_a_row() {
        let products = ["alpaclass", "blinket", "heycamp", "nutror", "safevideo"];
        let calls = eduzz_fixtures::ALL
            .iter()
            .filter(|call| products.contains(&call.product));
        let without: Vec<_> = calls
            .filter(|call| find(call.product, call.endpoint).is_none())
            .collect();
        assert!(without.is_empty(), "{without:?}");
        let known = |row: &&Row| eduzz_fixtures::find(row.product, row.endpoint).is_some();
        assert_eq!(ROWS.iter().filter(known).count(), ROWS.len());
    }
}
