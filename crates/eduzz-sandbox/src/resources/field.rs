//! The fields of a body: their kinds, and the places of their values in the record.

use axum::http::{StatusCode, Uri};
use eduzz_types::blinket::DocumentType;
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::problem::Problem;
use crate::state::calendar::{Day, Moment};

/// A field of a body.
#[derive(Clone, Copy)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    kind: Kind,
    is_needed: bool,
    /// The pointer to its value in the record; `None` for the member of its name.
    to: Option<&'static str>,
    /// Its name in refusals.
    called: &'static str,
}

/// A kind of value: its description in refusals, and its reader. `null` counts as absent.
#[derive(Clone, Copy)]
pub(crate) struct Kind(&'static str, fn(&Value) -> Option<Value>);

pub(super) const TEXT: Kind = Kind("must be a text", |value| value.as_str().map(Value::from));
/// A text that is not blank.
pub(super) const FILLED: Kind = Kind("must not be empty", |value| {
    trimmed(value).filter(|text| !text.is_empty()).map(Value::from)
});
pub(super) const EMAIL: Kind = Kind("must be an e-mail address", |value| {
    trimmed(value).filter(|text| is_email(text)).map(Value::from)
});
pub(super) const FLAG: Kind = Kind("must be true or false", |value| value.as_bool().map(Value::from));
pub(super) const WHOLE: Kind = Kind("must be a whole number, 0 or more", |value| {
    value.as_u64().map(Value::from)
});
pub(super) const NUMBER: Kind = Kind("must be a number, 0 or more", |value| {
    let number = Decimal::from_str_exact(&value.as_number()?.to_string()).ok()?;
    (!number.is_sign_negative()).then(|| value.clone())
});
pub(super) const DAY: Kind = Kind("must be a day, YYYY-MM-DD", |value| {
    trimmed(value)
        .and_then(Day::read)
        .map(|day| Value::from(day.written()))
});
/// A day, which ends with its last second, or a moment with its zone.
pub(super) const END: Kind = Kind("must be a day, or a moment with its zone", |value| {
    trimmed(value).and_then(end).map(|end| Value::from(end.plain()))
});
/// A text or a number.
pub(super) const ID: Kind = Kind("must be an id", |value| id(value).map(Value::from));
pub(super) const TEXTS: Kind = Kind("must be a list of texts", |value| {
    value
        .as_array()?
        .iter()
        .all(Value::is_string)
        .then(|| value.clone())
});
/// Some texts.
pub(super) const IDS: Kind = Kind("must be a list of ids", |value| {
    let list = value.as_array().filter(|list| !list.is_empty())?;
    list.iter().all(Value::is_string).then(|| value.clone())
});
/// Some `http` or `https` addresses.
pub(super) const ADDRESSES: Kind = Kind("must be an array of addresses", |value| {
    let list = value.as_array().filter(|list| !list.is_empty())?;
    list.iter().all(is_address).then(|| value.clone())
});
/// Some `{ inviteKey }`, read as the keys.
pub(super) const INVITE_KEYS: Kind = Kind("must be a list of { inviteKey }", |value| {
    let list = value.as_array().filter(|list| !list.is_empty())?;
    list.iter()
        .map(|one| one.get("inviteKey").and_then(id).map(Value::from))
        .collect()
});
pub(super) const COLOR: Kind = Kind("must be a hexadecimal color", |value| {
    let digits = value.as_str()?.strip_prefix('#')?;
    let is_color = matches!(digits.len(), 6 | 8) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_color.then(|| value.clone())
});
pub(super) const DOCUMENT_TYPE: Kind = Kind("is not a known value", |value| {
    let kind = DocumentType::from(value.as_str()?);
    kind.is_known().then(|| Value::from(kind.as_str()))
});
/// An object whose members are texts.
pub(super) const LINKS: Kind = Kind("must be an object of texts", |value| {
    let links = value.as_object()?.iter().filter(|(_, link)| !link.is_null());
    links
        .map(|(name, link)| link.is_string().then(|| (name.clone(), link.clone())))
        .collect()
});

fn trimmed(value: &Value) -> Option<&str> {
    value.as_str().map(str::trim)
}

/// A field that may be left out.
pub(crate) const fn may(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        is_needed: false,
        to: None,
        called: name,
    }
}

/// A field that must be there.
pub(crate) const fn needs(name: &'static str, kind: Kind) -> Field {
    Field {
        is_needed: true,
        ..may(name, kind)
    }
}

impl Field {
    /// The same, with its value at this pointer of the record.
    pub(crate) const fn to(self, pointer: &'static str) -> Self {
        Self {
            to: Some(pointer),
            ..self
        }
    }

    /// The same, under another name in refusals.
    pub(crate) const fn called(self, called: &'static str) -> Self {
        Self { called, ..self }
    }

    /// Writes the value into the record; the members of an object are merged.
    pub(crate) fn put(self, record: &mut Value, value: &Value) {
        let place = match self.to {
            Some(pointer) => record.pointer_mut(pointer),
            None => record.get_mut(self.name),
        };
        match (place, value) {
            (Some(Value::Object(members)), Value::Object(new)) => members.extend(new.clone()),
            (Some(place), value) => *place = value.clone(),
            (None, _) => {}
        }
    }
}

/// The values of these fields in a body, which must be a JSON object.
pub(crate) fn read(fields: &[Field], needs_any: bool, body: &[u8]) -> Result<Map<String, Value>, Problem> {
    let Some(first) = fields.first() else {
        return Ok(Map::new());
    };
    let bad = |_| Problem::new(StatusCode::BAD_REQUEST, "the body is not a JSON object");
    let body: Map<String, Value> = serde_json::from_slice(body).map_err(bad)?;
    let mut given = Map::new();
    for field in fields {
        match body.get(field.name).filter(|value| !value.is_null()) {
            Some(value) => {
                let Kind(must_be, read) = field.kind;
                let value = read(value).ok_or(Problem::invalid(field.called, must_be))?;
                given.insert(field.name.to_owned(), value);
            }
            None if field.is_needed => return Err(Problem::invalid(field.called, "is required")),
            None => {}
        }
    }
    if needs_any && given.is_empty() {
        return Err(Problem::invalid(first.called, "is required, or another field"));
    }
    Ok(given)
}

/// An id, from a text or a number.
pub(crate) fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(id) => Some(id.trim().to_owned()).filter(|id| !id.is_empty()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// Whether a text has the form of an e-mail address.
fn is_email(text: &str) -> bool {
    let parts = text.rsplit_once('@');
    parts.is_some_and(|(user, host)| !user.is_empty() && !host.is_empty())
        && !text.contains(char::is_whitespace)
}

fn is_address(value: &Value) -> bool {
    let address: Option<Uri> = value.as_str().and_then(|text| text.parse().ok());
    address.is_some_and(|address| matches!(address.scheme_str(), Some("https" | "http")))
}

fn end(text: &str) -> Option<Moment> {
    let day = Day::read(text).map(|day| day.plus(1).at(-1));
    day.or_else(|| Moment::read(text))
}
