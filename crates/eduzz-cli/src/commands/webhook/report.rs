//! Reports of deliveries, without personal data.

use eduzz_receiver::Refused;
use eduzz_types::{LeftOut, Partial};
use eduzz_webhook::{Event, Forged, Ping, Stored, Verdict};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::client;
use crate::events;
use crate::lang::Lang;
use crate::lists::values;
use crate::output::{Output, printable};

/// A secret in the bodies of some events.
pub(in crate::commands) const SECRET: &str = "originSecret";

/// The envelope of a genuine delivery, and whether the SDK can read it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::commands) struct Reading<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::commands) event: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::commands) id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(in crate::commands) sent_date: Option<&'a str>,
    pub(in crate::commands) reading: &'static str,
    /// Fairly surely no sale.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(in crate::commands) sample: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(in crate::commands) left_out: Vec<Part<'a>>,
}

/// A part of an event that was left out.
#[derive(Clone, Debug, Serialize)]
pub(in crate::commands) struct Part<'a> {
    pointer: &'a str,
    why: String,
}

impl<'a> Part<'a> {
    pub(in crate::commands) fn of(parts: &'a [LeftOut]) -> Vec<Self> {
        let part = |part: &'a LeftOut| Self {
            pointer: &part.path,
            why: part.reason.to_string(),
        };
        parts.iter().map(part).collect()
    }
}

impl<'a> Reading<'a> {
    pub(in crate::commands) fn of<B: AsRef<[u8]>>(
        delivery: &'a Stored<B>,
        event: &'a Partial<Event>,
    ) -> Self {
        Self {
            event: delivery.name().map(eduzz_webhook::EventName::as_str),
            id: delivery.id().map(|id| shown(id.as_str(), "-_", 64)),
            sent_date: delivery.sent_date().map(|date| sent_date(date.as_str())),
            reading: match event.value {
                Event::Unknown(_) => "unknown",
                Event::Unusable(_) => "unusable",
                _ => "known",
            },
            sample: delivery.is_sample(),
            left_out: Part::of(&event.left_out),
        }
    }

    /// When it was sent, for a person.
    pub(in crate::commands) fn sent(&self, lang: Lang) -> Option<String> {
        self.sent_date.map(|date| values::date(lang, date))
    }

    /// Whether the SDK can read it, in the person's language.
    pub(in crate::commands) fn in_words(&self, lang: Lang, event: &Event) -> String {
        match event {
            Event::Unknown(unknown) => match unknown.name.former() {
                Some(former) => format!("{}: {}", lang.reading_unknown(), lang.former(former)),
                None => lang.reading_unknown(),
            },
            Event::Unusable(unusable) => {
                let why = client::read_error(lang, &unusable.reason);
                lang.reading_unusable(why.lines().next().unwrap_or_default())
            }
            _ => lang.reading_known(),
        }
    }
}

/// The date of sending, if it has the form of one; else it could be anything.
pub(in crate::commands) fn sent_date(text: &str) -> &str {
    let is_of_date = |c: char| c.is_ascii_digit() || "-:.+ TZ".contains(c);
    if text.len() <= 40 && text.chars().all(is_of_date) {
        text
    } else {
        "***"
    }
}

/// The parts of a line about a genuine delivery, for a person. The note stands for whether the SDK
/// can read it.
pub(in crate::commands) fn parts<B: AsRef<[u8]>>(
    lang: Lang,
    delivery: &Stored<B>,
    event: &Partial<Event>,
    note: Option<String>,
) -> Vec<String> {
    let reading = Reading::of(delivery, event);
    let note = note.unwrap_or_else(|| match reading.reading {
        "known" => String::new(),
        _ => reading.in_words(lang, &event.value),
    });
    let sample = if reading.sample {
        lang.sample()
    } else {
        String::new()
    };
    let left_out = match event.left_out.as_slice() {
        [] => String::new(),
        parts => lang.left_out_parts(&lang.parts(parts)),
    };
    vec![
        reading.event.unwrap_or("?").to_owned(),
        reading.id.unwrap_or_default().to_owned(),
        reading.sent(lang).unwrap_or_default(),
        About::of(delivery).line(Some(lang)),
        sample,
        left_out,
        note,
    ]
}

/// The status and the other parts in one line.
pub(in crate::commands) fn in_a_line(status: u16, parts: &[String]) -> String {
    let parts = parts.iter().filter(|part| !part.is_empty());
    let parts = parts.map(|part| printable(part));
    let words: Vec<String> = std::iter::once(status.to_string()).chain(parts).collect();
    words.join("  ")
}

/// The text, if it has only letters, digits and these signs, and is no longer than that; else it
/// could be anything.
pub(in crate::commands) fn shown<'a>(text: &'a str, signs: &str, longest: usize) -> &'a str {
    let is_one = |c: char| c.is_ascii_alphanumeric() || signs.contains(c);
    if text.len() <= longest && text.chars().all(is_one) {
        text
    } else {
        "***"
    }
}

/// Places of the data that hold the subject of an event, and no personal data. The types of the SDK
/// print them too.
const ABOUT: &str = "\
    /id /status /price /invoiceId /invoice/id /invoice/status /contract/id /contract/status /reason \
    /transaction/id /course/title /course/name /lesson/title /lesson/name /event/name /filename \
    /lastStep";

/// The subject of an event. Empty unless the SDK can read the event.
#[derive(Debug, Default)]
pub(in crate::commands) struct About(Vec<(String, Value)>);

impl About {
    pub(in crate::commands) fn of<B: AsRef<[u8]>>(delivery: &Stored<B>) -> Self {
        let Some(data) = delivery
            .name()
            .and_then(|name| events::Known::of(name)?.written(delivery.data()?))
        else {
            return Self::default();
        };
        let tell = |pointer: &str| {
            let name = pointer.trim_start_matches('/').replace('/', ".");
            let value = data.pointer(pointer).filter(|value| exact(value).is_some())?;
            // An id of a form that the service does not send could be anything.
            let is_id = name.ends_with("id") || name.ends_with("Id") || name.ends_with("status");
            let value = match value {
                Value::String(text) if is_id => shown(text, "-_", 64).into(),
                value => bare(value),
            };
            Some((name, value))
        };
        Self(ABOUT.split_whitespace().filter_map(tell).collect())
    }

    pub(in crate::commands) const fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }

    /// `id=7 status=paid price=R$ 47,90` for a person; without a language, amounts are exact.
    pub(in crate::commands) fn line(&self, lang: Option<Lang>) -> String {
        let tell = |(name, value): &(String, Value)| {
            let text = match lang {
                Some(lang) => values::one(lang, name, value),
                None => exact(value).unwrap_or_default(),
            };
            format!("{name}={}", short(&text))
        };
        self.0.iter().map(tell).collect::<Vec<_>>().join(" ")
    }
}

impl Serialize for About {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let exact = |value| short(&exact(value).unwrap_or_default());
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, exact(value))))
    }
}

/// A text, a number or an amount.
fn exact(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(amount) => {
            let (currency, value) = (amount.get("currency")?.as_str()?, amount.get("value")?);
            Some(format!("{currency} {}", exact(value)?))
        }
        _ => None,
    }
}

/// An amount without its other members, such as the `paid` of an invoice's price (Q158).
fn bare(value: &Value) -> Value {
    let mut value = value.clone();
    if let Value::Object(amount) = &mut value {
        amount.retain(|name, _| matches!(name.as_str(), "currency" | "value"));
    }
    value
}

/// The text without control characters; a long one is cut.
fn short(text: &str) -> String {
    printable(text).chars().take(60).collect()
}

/// The line about a check of the URL.
pub(in crate::commands) fn ping_line(output: Output, kind: Ping) -> String {
    #[derive(Serialize)]
    struct Checked {
        status: u16,
        ping: &'static str,
    }

    let status = Verdict::PING.status();
    let (ping, words) = ping(output.lang, kind);
    if output.json {
        serde_json::to_string(&Checked { status, ping }).unwrap_or_default()
    } else {
        in_a_line(status, &["ping".into(), words])
    }
}

/// The line about a refused request.
pub(in crate::commands) fn refused_line(output: Output, why: Refused, verdict: Verdict) -> String {
    #[derive(Serialize)]
    struct Rejected {
        status: u16,
        refused: &'static str,
    }

    let (status, lang) = (verdict.status(), output.lang);
    let (refused, why) = refused(lang, why);
    if output.json {
        serde_json::to_string(&Rejected { status, refused }).unwrap_or_default()
    } else {
        let why = why.lines().next().unwrap_or_default();
        in_a_line(status, &[lang.refused_line(why)])
    }
}

/// The kind of a check of the URL: its code for JSON, and in words.
fn ping(lang: Lang, ping: Ping) -> (&'static str, String) {
    match ping {
        Ping::Signed => ("signed", lang.ping_signed()),
        Ping::Unsigned => ("unsigned", lang.ping_unsigned()),
        Ping::Empty => ("empty", lang.ping_empty()),
        _ => ("visit", lang.ping_visit()),
    }
}

/// The reason of a refusal: its code for JSON, and in words.
fn refused(lang: Lang, refused: Refused) -> (&'static str, String) {
    match refused {
        Refused::Forged(why) => forged(lang, why),
        Refused::TooLarge => ("too_large", lang.refused_too_large()),
        Refused::TooSlow => ("too_slow", lang.refused_too_slow()),
        Refused::Cut => ("cut", lang.refused_cut()),
        _ => ("method", lang.refused_method()),
    }
}

/// The reason why a signature is not genuine: its code for JSON, and in words.
pub(in crate::commands) fn forged(lang: Lang, forged: Forged) -> (&'static str, String) {
    match forged {
        Forged::Unsigned => ("unsigned", lang.forged_unsigned()),
        Forged::Malformed => ("malformed", lang.forged_malformed()),
        Forged::Several => ("several", lang.forged_several()),
        _ => ("other_key", lang.forged_other_key()),
    }
}
