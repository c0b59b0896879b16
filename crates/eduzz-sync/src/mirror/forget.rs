//! Forgetting a person: by which marks the records of the person are known, and what of them stays.
//!
//! A mirror reads people again who are still at the service, so it has to remember whom it forgot.
//! It remembers [`Mark`]s: keyed hashes of e-mail addresses, of customers' numbers, and of records.

mod tree;

use alloc::borrow::ToOwned as _;
use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use eduzz_webhook::Stored;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use self::tree::{Tree, addresses};
use super::{Column, Kind, notices};
use crate::Moment;

/// Places without a column whose values are in other columns, or in none, and tell of nobody.
const ALSO_KEPT: &[(Kind, &str)] = &[
    (Kind::Sale, "paymentMethod"),
    (Kind::Offer, "prices"),
    // The seller's labels, such as "speaker"; a column counts them.
    (Kind::BlinketParticipant, "tags"),
];

/// The key of a database's marks: random bytes. It does not print.
#[derive(Clone)]
pub struct ForgetKey([u8; 32]);

/// The keyed hash of an e-mail address, of a customer's number or of a record's key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark([u8; 32]);

/// A record in the JSON of the service, for looking for people in it.
#[derive(Clone, Copy)]
#[allow(
    clippy::exhaustive_structs,
    reason = "a search needs all that is known of a record"
)]
pub struct Sheet<'a> {
    /// What it is.
    pub kind: Kind,
    /// The key; empty if the JSON cannot be read.
    pub key: &'a str,
    /// The product of an offer, the subscription of an invoice.
    pub parent: &'a str,
    /// The JSON of the service, or of an event in the same form.
    pub json: &'a str,
}

/// A record without the person.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Emptied {
    /// What stays of the JSON.
    pub json: Box<str>,
    /// Whether the record is the person's, as buyer, recipient or customer, so that what follows
    /// from it is too.
    pub is_theirs: bool,
}

impl ForgetKey {
    /// Takes random bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The mark of an e-mail address, in any case and with any blanks around it.
    #[must_use]
    pub fn email(&self, address: &str) -> Mark {
        self.mark("e-mail", "", &address.trim().to_lowercase())
    }

    /// The mark of a customer's number.
    #[must_use]
    pub fn customer(&self, id: &str) -> Mark {
        self.mark("customer", "", id)
    }

    /// The mark of a record.
    #[must_use]
    pub fn record(&self, kind: Kind, key: &str) -> Mark {
        self.mark("record", kind.as_str(), key)
    }

    /// The marks by which an event can be one of a forgotten person: of every address in its body,
    /// of its buyer, and of the records that it is about.
    #[must_use]
    pub fn traces_of_event(&self, body: &[u8]) -> BTreeSet<Mark> {
        let mut traces = self.traces_of_text(&String::from_utf8_lossy(body));
        let event = Stored::verified_before(body).event();
        let buyer = event.invoice().and_then(|invoice| invoice.buyer.as_ref());
        if let Some(id) = buyer.and_then(|buyer| buyer.id.as_ref()) {
            traces.insert(self.customer(id.as_str()));
        }
        let notices = notices(&event, None, Moment::default());
        traces.extend(notices.iter().map(|notice| self.record(notice.kind, &notice.key)));
        traces
    }

    /// The marks of every address in a JSON, or in another text.
    fn traces_of_text(&self, text: &str) -> BTreeSet<Mark> {
        let mut traces = BTreeSet::new();
        let tree = Tree::read(text).unwrap_or(Tree::Other(text));
        tree.texts(&mut |text| traces.extend(self.addresses_in(text)));
        traces
    }

    fn addresses_in(&self, text: &str) -> Vec<Mark> {
        addresses(text).map(|address| self.email(&address)).collect()
    }

    fn mark(&self, what: &str, kind: &str, text: &str) -> Mark {
        // HMAC accepts keys of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            return Mark([0; 32]);
        };
        for part in [what, "\0", kind, "\0", text] {
            mac.update(part.as_bytes());
        }
        Mark(mac.finalize().into_bytes().into())
    }
}

impl Mark {
    /// Takes the bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Kind {
    /// The kind whose records these follow from, and the place of its key in the JSON: an entry of
    /// the statement is of a sale.
    #[must_use]
    pub const fn follows(self) -> Option<(Self, &'static str)> {
        match self {
            Self::Invoice => Some((Self::Subscription, "subscriptionId")),
            Self::StatementEntry => Some((Self::Sale, "saleId")),
            Self::Chargeback => Some((Self::Sale, "id")),
            _ => None,
        }
    }

    /// The people in its JSON: objects that have a customer's number, or a name or an address that
    /// is personal.
    fn people(self) -> Vec<Person> {
        let columns = self.columns();
        let split = |source: &'static str| source.rsplit_once('.').unwrap_or(("", source));
        let is_person = |column: &&Column| {
            let (_, member) = split(column.source);
            column.is_customer || (column.is_personal && ["name", "email"].contains(&member))
        };
        let places: BTreeSet<_> = columns
            .iter()
            .filter(is_person)
            .map(|it| split(it.source).0)
            .collect();
        let person = |place| {
            let members = columns.iter().filter(|column| split(column.source).0 == place);
            let mut person = Person {
                place,
                customer: None,
                has_email: false,
                personal: Vec::new(),
            };
            for column in members {
                let (_, member) = split(column.source);
                if column.is_customer {
                    person.customer = Some(member);
                }
                if column.is_personal {
                    person.has_email |= member == "email";
                    person.personal.push(member);
                }
            }
            person
        };
        places.into_iter().map(person).collect()
    }

    /// The places whose values stay.
    fn kept(self) -> Vec<String> {
        let columns = self.columns();
        let columns = columns.iter().filter(|column| !column.is_personal);
        let also = ALSO_KEPT.iter().filter(|(kind, _)| *kind == self);
        let places = columns.map(|it| it.source).chain(also.map(|(_, place)| *place));
        // The number of a list's items is not a place in them.
        let places = places.filter(|place| !place.ends_with("[]"));
        places.map(|place| place.replace("[0]", "")).collect()
    }
}

/// A person in the JSON of a kind.
struct Person {
    place: &'static str,
    /// The member that is the customer's number.
    customer: Option<&'static str>,
    has_email: bool,
    /// The personal members.
    personal: Vec<&'static str>,
}

impl Sheet<'_> {
    /// The marks by which it can be one of a forgotten person: of every address in it, of its
    /// customers, of itself, and of the record that it follows from.
    #[must_use]
    pub fn traces(&self, key: &ForgetKey) -> BTreeSet<Mark> {
        let mut traces = key.traces_of_text(self.json);
        traces.extend(self.own(key));
        if let Some(tree) = Tree::read(self.json) {
            let people = self.kind.people();
            tree.objects("", &mut |place, object| {
                traces.extend(customer(&people, place, object).map(|id| key.customer(id)));
            });
        }
        traces
    }

    /// The numbers and the addresses of the people whose address is forgotten, by which other
    /// records are theirs too.
    #[must_use]
    pub fn customers(&self, key: &ForgetKey, forgotten: &BTreeSet<Mark>) -> BTreeSet<String> {
        let mut customers = BTreeSet::new();
        let people = self.kind.people();
        if let Some(tree) = Tree::read(self.json) {
            tree.objects("", &mut |place, object| {
                if let Some(id) = customer(&people, place, object)
                    && object.has_address(key, forgotten)
                {
                    customers.insert(id.to_owned());
                }
            });
        }
        customers
    }

    /// The marks of the addresses of the people with a forgotten number.
    #[must_use]
    pub fn other_addresses(&self, key: &ForgetKey, forgotten: &BTreeSet<Mark>) -> BTreeSet<Mark> {
        let mut others = BTreeSet::new();
        let people = self.kind.people();
        if let Some(tree) = Tree::read(self.json) {
            tree.objects("", &mut |place, object| {
                let id = customer(&people, place, object);
                if id.is_some_and(|id| forgotten.contains(&key.customer(id))) {
                    object.texts(&mut |text| others.extend(key.addresses_in(text)));
                }
            });
        }
        others
    }

    /// The record without the people whose marks are given; `None` if it has none of them.
    ///
    /// Of a person, and of what belongs to no other, only values of columns stay that are not
    /// personal; a value with a forgotten address does not stay anywhere. Another person of the
    /// record stays whole, unless the two share a name, a document, an address or a telephone. Of a
    /// JSON that cannot be read, only the id stays.
    #[must_use]
    pub fn without(&self, key: &ForgetKey, forgotten: &BTreeSet<Mark>) -> Option<Emptied> {
        let is_known = self.own(key).iter().any(|mark| forgotten.contains(mark));
        let has_address = |text: &str| key.addresses_in(text).iter().any(|mark| forgotten.contains(mark));
        let Some(tree) = Tree::read(self.json) else {
            return (is_known || has_address(self.json)).then(|| Emptied {
                json: "{}".into(),
                is_theirs: is_known,
            });
        };
        if self.key.is_empty() {
            return (!self.traces(key).is_disjoint(forgotten)).then(|| Emptied {
                json: tree
                    .written("", &|place, _| match place {
                        "" => Stay::Members,
                        "id" => Stay::Whole,
                        _ => Stay::No,
                    })
                    .unwrap_or_default()
                    .into(),
                is_theirs: false,
            });
        }
        let people = self.kind.people();
        let mut found: Vec<(&Person, &Tree<'_>, bool)> = Vec::new();
        tree.objects("", &mut |place, object| {
            if let Some(person) = people.iter().find(|person| person.place == place) {
                found.push((person, object, person.is_in(object, key, forgotten, is_known)));
            }
        });
        let is_theirs = |(person, _, is_forgotten): &(&Person, _, bool)| {
            *is_forgotten && (person.customer.is_some() || person.has_email)
        };
        let is_theirs = is_known || found.iter().any(is_theirs);
        if !is_theirs && !tree.has_address(key, forgotten) {
            return None;
        }
        // What the person is called anywhere in the record.
        let mut called = BTreeSet::new();
        tree.objects("", &mut |_, object| {
            if object
                .members()
                .iter()
                .any(|(_, member)| matches!(member, Tree::Text(text) if has_address(text)))
            {
                called.extend(object.members().iter().filter_map(|(_, member)| member.folded()));
            }
        });
        loop {
            for (person, object, _) in found.iter().filter(|(.., is_forgotten)| *is_forgotten) {
                called.extend(person.names(object));
            }
            let before = found.iter().filter(|(.., is_forgotten)| *is_forgotten).count();
            for (person, object, is_forgotten) in &mut found {
                *is_forgotten |= person.names(object).any(|name| called.contains(&name));
            }
            if found.iter().filter(|(.., is_forgotten)| *is_forgotten).count() == before {
                break;
            }
        }
        let kept = self.kind.kept();
        let staying = |value: &Tree<'_>| {
            let mut others = found.iter().filter(|(.., is_forgotten)| !is_forgotten);
            others.any(|(_, object, _)| core::ptr::eq(*object, value))
        };
        let json = tree.written("", &|place, value| match value {
            Tree::Text(text) if has_address(text) => Stay::Never,
            Tree::Object(_) if staying(value) => Stay::Whole,
            _ if kept.iter().any(|kept| kept == place) => Stay::Whole,
            _ if place.is_empty() || is_above(place, &kept, &people) => Stay::Members,
            _ => Stay::No,
        });
        Some(Emptied {
            json: json.unwrap_or_else(|| "{}".into()).into(),
            is_theirs,
        })
    }

    /// The marks of itself and of the record that it follows from.
    fn own(&self, key: &ForgetKey) -> Vec<Mark> {
        let mut own = Vec::new();
        if !self.key.is_empty() {
            own.push(key.record(self.kind, self.key));
        }
        if let Some((kind, place)) = self.kind.follows() {
            let tree = Tree::read(self.json);
            let id = tree.as_ref().and_then(|tree| tree.member(place)?.id());
            let id = id.unwrap_or(self.parent);
            if !id.is_empty() {
                own.push(key.record(kind, id));
            }
        }
        own
    }
}

impl Person {
    /// Whether this is a forgotten person. One without a number and an address is, if the record
    /// is.
    fn is_in(&self, object: &Tree<'_>, key: &ForgetKey, forgotten: &BTreeSet<Mark>, is_known: bool) -> bool {
        let customer = self.customer.and_then(|member| object.member(member)?.id());
        let has_address = || {
            object
                .member("email")
                .is_some_and(|email| email.folded().is_some())
        };
        let is_customer = customer.is_some_and(|id| forgotten.contains(&key.customer(id)));
        let is_record = match self.customer {
            Some(_) => is_known && customer.is_none() && !has_address(),
            None => is_known && self.has_email,
        };
        is_customer || is_record || object.has_address(key, forgotten)
    }

    /// What the person is called: a name, an address, a document, a telephone.
    fn names(&self, object: &Tree<'_>) -> impl Iterator<Item = String> {
        self.personal
            .iter()
            .filter_map(|member| object.member(member)?.folded())
    }
}

impl Tree<'_> {
    /// Whether a text in it has a forgotten address.
    fn has_address(&self, key: &ForgetKey, forgotten: &BTreeSet<Mark>) -> bool {
        let mut has = false;
        self.texts(&mut |text| {
            has = has || key.addresses_in(text).iter().any(|mark| forgotten.contains(mark));
        });
        has
    }
}

/// The number of the customer in an object.
fn customer<'t>(people: &[Person], place: &str, object: &'t Tree<'_>) -> Option<&'t str> {
    let person = people.iter().find(|person| person.place == place)?;
    object.member(person.customer?)?.id()
}

/// Whether a place has members that stay.
fn is_above(place: &str, kept: &[String], people: &[Person]) -> bool {
    let is_above = |inner: &str| {
        inner
            .strip_prefix(place)
            .is_some_and(|rest| rest.starts_with('.'))
    };
    kept.iter().any(|kept| is_above(kept))
        || people
            .iter()
            .any(|person| person.place == place || is_above(person.place))
}

/// What of a value stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stay {
    /// Not even in a value that stays whole.
    Never,
    No,
    /// Its members, as they are asked for by their places.
    Members,
    Whole,
}

impl fmt::Debug for ForgetKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ForgetKey")
    }
}

impl fmt::Debug for Sheet<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sheet")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mark")
    }
}

impl fmt::Debug for Emptied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emptied")
            .field("is_theirs", &self.is_theirs)
            .finish_non_exhaustive()
    }
}
