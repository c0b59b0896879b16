//! JSON as a tree that keeps each number as it is written.

use alloc::borrow::ToOwned as _;
use alloc::format;
use alloc::string::{String, ToString as _};
use alloc::vec::Vec;
use core::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::Stay;

/// A value that lies deeper is one text.
const DEPTH: u8 = 64;

/// No address is longer.
const LONGEST: usize = 320;

/// A value of a JSON.
pub(super) enum Tree<'a> {
    Object(Vec<(String, Tree<'a>)>),
    Array(Vec<Tree<'a>>),
    Text(String),
    /// A number, a flag or null; or a text that is no JSON.
    Other(&'a str),
}

/// The members of an object in their order.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;

        impl<'de> Visitor<'de> for Each {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Each)
    }
}

impl<'a> Tree<'a> {
    /// Reads an object or an array; `None` for any other text.
    pub(super) fn read(json: &'a str) -> Option<Self> {
        let raw: &RawValue = serde_json::from_str(json).ok()?;
        match Self::of(raw, DEPTH) {
            tree @ (Self::Object(_) | Self::Array(_)) => Some(tree),
            _ => None,
        }
    }

    fn of(raw: &'a RawValue, depth: u8) -> Self {
        let json = raw.get();
        let tree = match (json.as_bytes().first(), depth.checked_sub(1)) {
            (Some(b'{'), Some(depth)) => serde_json::from_str(json).ok().map(|Members(members)| {
                let members = members.into_iter();
                Self::Object(members.map(|(name, raw)| (name, Self::of(raw, depth))).collect())
            }),
            (Some(b'['), Some(depth)) => serde_json::from_str::<Vec<&RawValue>>(json)
                .ok()
                .map(|items| Self::Array(items.into_iter().map(|raw| Self::of(raw, depth)).collect())),
            (Some(b'"'), _) => serde_json::from_str(json).ok().map(Self::Text),
            _ => None,
        };
        tree.unwrap_or(Self::Other(json))
    }

    /// Visits every text, names of members included.
    pub(super) fn texts(&self, visit: &mut impl FnMut(&str)) {
        match self {
            Self::Object(members) => {
                for (name, value) in members {
                    visit(name);
                    value.texts(visit);
                }
            }
            Self::Array(items) => items.iter().for_each(|item| item.texts(visit)),
            Self::Text(text) => visit(text),
            Self::Other(text) => visit(text),
        }
    }

    /// Visits every object with its place, in which an item of a list has the place of the list.
    pub(super) fn objects<'t>(&'t self, place: &str, visit: &mut impl FnMut(&str, &'t Self)) {
        match self {
            Self::Object(members) => {
                visit(place, self);
                for (name, value) in members {
                    value.objects(&inner(place, name), visit);
                }
            }
            Self::Array(items) => items.iter().for_each(|item| item.objects(place, visit)),
            _ => {}
        }
    }

    pub(super) fn members(&self) -> &[(String, Self)] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }

    /// A member of an object. Of several with one name the last one counts, as for every reader.
    pub(super) fn member(&self, name: &str) -> Option<&Self> {
        let members = self.members().iter();
        members
            .rev()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value)
    }

    /// An id: a text or a number.
    pub(super) fn id(&self) -> Option<&str> {
        let id = match self {
            Self::Text(text) => text.trim(),
            Self::Other(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => text,
            _ => "",
        };
        (!id.is_empty()).then_some(id)
    }

    /// A text or a number for comparing; `None` if it says nothing.
    pub(super) fn folded(&self) -> Option<String> {
        let text = match self {
            Self::Text(text) => text.trim().to_lowercase(),
            Self::Other(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => (*text).to_owned(),
            _ => String::new(),
        };
        (!text.is_empty()).then_some(text)
    }

    /// The JSON of what stays of it; `None` if nothing does.
    pub(super) fn written(&self, place: &str, stays: &impl Fn(&str, &Self) -> Stay) -> Option<String> {
        self.part(place, stays, false)
    }

    /// `is_whole` for a part of a value that stays whole, but for what never stays.
    fn part(&self, place: &str, stays: &impl Fn(&str, &Self) -> Stay, is_whole: bool) -> Option<String> {
        let is_whole = match stays(place, self) {
            Stay::Whole => true,
            Stay::Never => return None,
            Stay::No if !is_whole => return None,
            Stay::No | Stay::Members => is_whole,
        };
        Some(match self {
            Self::Object(members) => {
                let members = members.iter().filter_map(|(name, value)| {
                    let value = value.part(&inner(place, name), stays, is_whole)?;
                    Some(format!("{}:{value}", quoted(name)))
                });
                format!("{{{}}}", members.collect::<Vec<_>>().join(","))
            }
            Self::Array(items) => {
                let items = items.iter().filter_map(|item| item.part(place, stays, is_whole));
                format!("[{}]", items.collect::<Vec<_>>().join(","))
            }
            Self::Text(text) => quoted(text),
            Self::Other(text) => (*text).to_owned(),
        })
    }
}

fn inner(place: &str, name: &str) -> String {
    if place.is_empty() {
        name.to_owned()
    } else {
        format!("{place}.{name}")
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The e-mail addresses in a text, and the text itself if it can be one.
pub(super) fn addresses(text: &str) -> impl Iterator<Item = String> {
    let text = if text.contains("%40") {
        text.replace("%40", "@")
    } else {
        text.to_owned()
    };
    let mut found = Vec::new();
    if text.contains('@') {
        if text.trim().len() <= LONGEST {
            found.push(text.trim().to_owned());
        }
        let is_part = |c: char| c.is_alphanumeric() || "._%+-'@".contains(c);
        let words = text
            .split(|c: char| !is_part(c))
            .filter(|word| word.contains('@'));
        found.extend(words.map(|word| word.trim_matches(['.', '-', '\'', '%']).to_owned()));
    }
    found.into_iter()
}
