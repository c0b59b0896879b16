//! Reports of deliveries, without personal data.

use std::fmt;

use eduzz_receiver::Refused;
use eduzz_webhook::{Delivery, Event, Forged, Ping};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::client;
use crate::events;
use crate::lang::Lang;
use crate::output::printable;

/// The envelope of a genuine delivery, and whether the SDK can read it.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::commands) struct Reading<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) event: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sent_date: Option<&'a str>,
    pub(super) reading: &'static str,
}

impl<'a> Reading<'a> {
    pub(in crate::commands) fn of<B: AsRef<[u8]>>(delivery: &'a Delivery<B>, event: &Event) -> Self {
        Self {
            event: delivery.name().map(eduzz_webhook::EventName::as_str),
            id: delivery.id().map(|id| shown(id.as_str(), "-_", 64)),
            sent_date: delivery.sent_date().map(|date| shown(date.as_str(), "-:.+ ", 40)),
            reading: match event {
                Event::Unknown(_) => "unknown",
                Event::Unusable(_) => "unusable",
                _ => "known",
            },
        }
    }

    /// Whether the SDK can read it, in the person's language.
    pub(super) fn in_words(&self, lang: Lang, event: &Event) -> String {
        match event {
            Event::Unknown(_) => lang.reading_unknown(),
            Event::Unusable(unusable) => {
                let why = client::read_error(lang, &unusable.reason);
                lang.reading_unusable(why.lines().next().unwrap_or_default())
            }
            _ => lang.reading_known(),
        }
    }
}

/// The text, if it has only letters, digits and these signs, and is no longer than that; else it
/// could be anything.
fn shown<'a>(text: &'a str, signs: &str, longest: usize) -> &'a str {
    let is_one = |c: char| c.is_ascii_alphanumeric() || signs.contains(c);
    if text.len() <= longest && text.chars().all(is_one) {
        text
    } else {
        "***"
    }
}

/// Places of the data that say what an event is about, and hold no personal data. The types of the
/// SDK print them too.
const ABOUT: &[&str] = &[
    "/id",
    "/status",
    "/price",
    "/invoiceId",
    "/invoice/id",
    "/invoice/status",
    "/contract/id",
    "/contract/status",
    "/reason",
    "/transaction/id",
    "/course/title",
    "/course/name",
    "/lesson/title",
    "/lesson/name",
    "/event/name",
    "/filename",
    "/lastStep",
];

/// What an event is about, as `id=7 status=paid`; in JSON an object. Empty unless the SDK can read
/// the event.
#[derive(Debug, Default)]
pub(in crate::commands) struct About(Vec<(String, String)>);

impl About {
    pub(in crate::commands) fn of<B: AsRef<[u8]>>(delivery: &Delivery<B>) -> Self {
        let Some(data) = delivery
            .name()
            .and_then(|name| events::Known::of(name)?.written(delivery.data()?))
        else {
            return Self::default();
        };
        let tell = |pointer: &&str| {
            let name = pointer.trim_start_matches('/').replace('/', ".");
            Some((name, short(data.pointer(pointer)?)?))
        };
        Self(ABOUT.iter().filter_map(tell).collect())
    }

    pub(super) const fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for About {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (name, value)) in self.0.iter().enumerate() {
            let space = if index == 0 { "" } else { " " };
            write!(f, "{space}{name}={value}")?;
        }
        Ok(())
    }
}

impl Serialize for About {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// A text, a number or an amount.
fn short(value: &Value) -> Option<String> {
    /// A longer text is cut.
    const MOST: usize = 60;
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Object(amount) => {
            let (currency, value) = (amount.get("currency")?.as_str()?, amount.get("value")?);
            format!("{currency} {}", short(value)?)
        }
        _ => return None,
    };
    Some(printable(&text).chars().take(MOST).collect())
}

/// The kind of a check of the URL.
pub(super) fn ping(lang: Lang, ping: Ping) -> String {
    match ping {
        Ping::Signed => lang.ping_signed(),
        Ping::Unsigned => lang.ping_unsigned(),
        Ping::Empty => lang.ping_empty(),
        _ => lang.ping_visit(),
    }
}

/// The same for JSON.
pub(super) const fn ping_code(ping: Ping) -> &'static str {
    match ping {
        Ping::Signed => "signed",
        Ping::Unsigned => "unsigned",
        Ping::Empty => "empty",
        _ => "visit",
    }
}

/// The reason of a refusal.
pub(super) fn refused(lang: Lang, refused: Refused) -> String {
    match refused {
        Refused::Forged(why) => forged(lang, why),
        Refused::TooLarge => lang.refused_too_large(),
        Refused::TooSlow => lang.refused_too_slow(),
        Refused::Cut => lang.refused_cut(),
        _ => lang.refused_method(),
    }
}

/// The same for JSON.
pub(super) const fn refused_code(refused: Refused) -> &'static str {
    match refused {
        Refused::Forged(forged) => forged_code(forged),
        Refused::TooLarge => "too_large",
        Refused::TooSlow => "too_slow",
        Refused::Cut => "cut",
        _ => "method",
    }
}

/// The reason why a signature is not genuine.
pub(super) fn forged(lang: Lang, forged: Forged) -> String {
    match forged {
        Forged::Unsigned => lang.forged_unsigned(),
        Forged::Malformed => lang.forged_malformed(),
        Forged::Several => lang.forged_several(),
        _ => lang.forged_other_key(),
    }
}

/// The same for JSON.
pub(super) const fn forged_code(forged: Forged) -> &'static str {
    match forged {
        Forged::Unsigned => "unsigned",
        Forged::Malformed => "malformed",
        Forged::Several => "several",
        _ => "other_key",
    }
}
