//! Events, their places, and the tickets that are sold for them.

use alloc::boxed::Box;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use serde_json::Number;

use super::{BlinketEventId, BlinketUserId, LotId, TicketId};
use crate::page::filled;
use crate::personal::optional_digits;
use crate::scalar::{FromScalar, count, optional_count};
use crate::{DateTime, ExactNumber, FreeForm, PersonalText, ProductId};

/// An event (docs pages `/reference/api/get-blinket-v1-events` and
/// `/reference/api/get-blinket-v1-events-id`).
///
/// The list and the details have the same record, but only the details have the tickets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Event {
    /// Id of the event.
    pub id: BlinketEventId,
    /// Owner of the event.
    pub user_id: Option<BlinketUserId>,
    /// Kind of event.
    #[serde(rename = "type")]
    pub kind: Option<EventType>,
    /// Its name.
    pub title: Box<str>,
    /// The producer's description; it may have several lines.
    pub description: Option<Box<str>>,
    /// The event's part of the address where its tickets are sold. The table calls it an address;
    /// both examples have a slug, which may hold accents (Q140).
    pub sale_url: Option<Box<str>>,
    /// Where the event is streamed; null in the example. Anyone with the URL may be able to watch.
    pub stream_url: Option<PersonalText>,
    /// How long a ticket stays reserved, in minutes; null in the example of the details.
    #[serde(default, deserialize_with = "optional_count")]
    pub reserve_time: Option<u64>,
    /// Where the event is streamed. Anyone with an address may be able to watch.
    #[serde(default, deserialize_with = "filled")]
    pub transmission_links: Vec<PersonalText>,
    /// Whether it is live.
    pub is_live: Option<bool>,
    /// The attached files; the form of the texts is not documented. Anyone with an address may be
    /// able to read the file.
    #[serde(default, deserialize_with = "filled")]
    pub files: Vec<PersonalText>,
    /// Whether the tool for a check-in before the event is switched on.
    pub active_precheckout: Option<bool>,
    /// Address of its picture.
    pub image_url: Option<Box<str>>,
    /// When it begins.
    pub start_at: Option<DateTime>,
    /// When it ends.
    pub end_at: Option<DateTime>,
    /// When it was made.
    pub created_at: Option<DateTime>,
    /// When it was last changed.
    pub modified_at: Option<DateTime>,
    /// Its place; whether an online event has one is not documented.
    pub address: Option<EventAddress>,
    /// The tickets on sale; details only.
    pub tickets: Option<Vec<Ticket>>,
}

open_enum! {
    /// Kind of event.
    EventType {
        /// At a place.
        Presential = "presential",
        /// Online.
        Online = "online",
        /// Live.
        Live = "live",
    }
}

open_enum! {
    /// The order of a list of events. The sort key is not documented.
    EventOrder {
        /// Upwards.
        Asc = "asc",
        /// Downwards.
        Desc = "desc",
    }
}

/// The place of an event. It may be a private home, so nothing finer than the city prints.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct EventAddress {
    /// Name of the place.
    pub place: Option<PersonalText>,
    /// The country, a free text: `Brasil`.
    pub country: Option<Box<str>>,
    /// The state, two letters in the example.
    pub state: Option<Box<str>>,
    /// The city.
    pub city: Option<Box<str>>,
    /// The quarter (bairro).
    pub district: Option<PersonalText>,
    /// The street.
    pub street: Option<PersonalText>,
    /// Address complement (complemento): flat, block; null in the example.
    pub complement: Option<PersonalText>,
    /// The number in the street.
    #[serde(default, deserialize_with = "optional_digits")]
    pub number: Option<PersonalText>,
    /// The postal code (CEP), with its dash in the example.
    #[serde(default, deserialize_with = "optional_digits")]
    pub zip: Option<PersonalText>,
    /// A landmark; null in the example, and absent from the table.
    pub reference: Option<PersonalText>,
    /// Its coordinates.
    pub geolocation: Option<Geolocation>,
    /// Address of a map that shows it.
    pub map_url: Option<PersonalText>,
}

/// Geographic coordinates.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Geolocation {
    /// Degrees north of the equator; south is negative.
    pub latitude: Option<Coordinate>,
    /// Degrees east of Greenwich; west is negative.
    pub longitude: Option<Coordinate>,
}

/// A latitude or longitude in degrees: a number in the documentation's table, a text of up to 14
/// decimals in its examples (Q141).
///
/// It is read from either form and kept as text, so that another text does not lose the event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Coordinate(PersonalText);

impl Coordinate {
    /// The text. Think before printing or logging it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The degrees; `None` if the text is not a number.
    #[must_use]
    pub fn degrees(&self) -> Option<ExactNumber> {
        ExactNumber::from_text(self.as_str()).ok()
    }
}

impl FromScalar for Coordinate {
    const EXPECTED: &'static str = "degrees (text or number)";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        Ok(Self(text.into()))
    }

    fn from_number(number: &Number) -> Result<Self, &'static str> {
        Ok(Self(number.to_string().into()))
    }

    fn from_string(text: String) -> Result<Self, &'static str> {
        Ok(Self(text.into()))
    }
}

read_as_scalar!(Coordinate);

/// A kind of ticket to an event (docs page `/reference/api/get-blinket-v1-events-id`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Ticket {
    /// Id of the ticket.
    pub id: TicketId,
    /// The event.
    pub event_id: Option<BlinketEventId>,
    /// Its name.
    pub name: Option<Box<str>>,
    /// Whether it costs something.
    pub is_paid: Option<bool>,
    /// Whether the event's page shows it.
    pub show_on_page: Option<bool>,
    /// Maximum number per person; null in the example.
    pub buy_limit: Option<BuyLimit>,
    /// Minimum number per person.
    #[serde(default, deserialize_with = "optional_count")]
    pub buy_minimum: Option<u64>,
    /// Whether their number is unlimited.
    pub is_unlimited: Option<bool>,
    /// Whether it is active; whose meaning is not documented.
    pub is_active: Option<bool>,
    /// The lots in which it is sold.
    #[serde(default, deserialize_with = "filled")]
    pub lots: Vec<Lot>,
    /// When it was made.
    pub created_at: Option<DateTime>,
    /// When it was last changed.
    pub modified_at: Option<DateTime>,
    /// The product of MyEduzz; null in the example, and absent from the table.
    pub eduzz_product_id: Option<ProductId>,
}

/// Maximum number of a ticket per person: a boolean in the documentation's table, null in its
/// example, and a number in the webhooks' reference (Q142).
///
/// Each form is read, and written back unchanged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum BuyLimit {
    /// At most this number of tickets.
    Tickets(#[serde(deserialize_with = "count")] u64),
    /// A boolean, as the table has it; its meaning is not documented.
    Flag(bool),
    /// Another form, which no source has: it is kept, so that the event is not lost.
    Other(FreeForm),
}

impl BuyLimit {
    /// The number, if it is one.
    #[must_use]
    pub const fn tickets(&self) -> Option<u64> {
        match self {
            Self::Tickets(tickets) => Some(*tickets),
            Self::Flag(_) | Self::Other(_) => None,
        }
    }
}

/// A lot of a [`Ticket`]: a quantity, a price, and a sales period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Lot {
    /// Id of the lot.
    pub id: LotId,
    /// The ticket.
    pub ticket_id: Option<TicketId>,
    /// Its name; null in the example.
    pub name: Option<Box<str>>,
    /// The quantity.
    #[serde(default, deserialize_with = "optional_count")]
    pub quantity: Option<u64>,
    /// The unit price, in a currency that the service does not name (Q143).
    pub value: Option<ExactNumber>,
    /// Whether it is active; whose meaning is not documented.
    pub is_active: Option<bool>,
    /// When its sale begins.
    pub start_sale_at: Option<DateTime>,
    /// When its sale ends.
    pub end_sale_at: Option<DateTime>,
    /// When it was made.
    pub created_at: Option<DateTime>,
    /// When it was last changed.
    pub modified_at: Option<DateTime>,
    /// The product of MyEduzz: a number in the table, a text in the example.
    pub eduzz_product_id: Option<ProductId>,
}
