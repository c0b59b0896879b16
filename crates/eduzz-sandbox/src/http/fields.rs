//! What a call sends: the fields of a JSON object, one by one.

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::problem::Problem;
use crate::state::calendar::Day;

/// The fields of a body, or of an object in it. What is `null` is not there.
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    pub(super) const fn new(fields: Map<String, Value>) -> Self {
        Self(fields)
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// What is there, read by whoever knows what it must be.
    fn read<'a, T>(
        &'a self,
        name: &'static str,
        must_be: &'static str,
        read: impl FnOnce(&'a Value) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let read = |value| read(value).ok_or(Problem::invalid(name, must_be));
        self.get(name).map(read).transpose()
    }

    pub(super) fn text(&self, name: &'static str) -> Result<Option<&str>, Problem> {
        self.read(name, "must be a text", Value::as_str)
    }

    /// A text that must be there and have something in it.
    pub(super) fn needed(&self, name: &'static str) -> Result<&str, Problem> {
        let text = self.text(name)?.map(str::trim).filter(|text| !text.is_empty());
        text.ok_or(Problem::invalid(name, "is required"))
    }

    /// An e-mail address, as far as one can tell.
    pub(super) fn email(&self, name: &'static str) -> Result<Option<&str>, Problem> {
        self.read(name, "must be an e-mail address", |value| {
            let email = value.as_str()?.trim();
            let (user, host) = email.rsplit_once('@')?;
            (!user.is_empty() && !host.is_empty() && !email.contains(char::is_whitespace)).then_some(email)
        })
    }

    /// An id, as a text or a number.
    pub(super) fn id(&self, name: &'static str) -> Result<Option<String>, Problem> {
        self.read(name, "must be an id", id)
    }

    /// A list of texts; none when it is not there.
    pub(super) fn texts(&self, name: &'static str) -> Result<Vec<String>, Problem> {
        let texts = |value: &Value| {
            let texts = value.as_array()?.iter();
            texts.map(|text| text.as_str().map(str::to_owned)).collect()
        };
        Ok(self
            .read(name, "must be a list of texts", texts)?
            .unwrap_or_default())
    }

    /// The fields of an object.
    pub(super) fn object(&self, name: &'static str) -> Result<Option<Self>, Problem> {
        self.read(name, "must be an object", |value| {
            value.as_object().cloned().map(Self)
        })
    }

    pub(super) fn flag(&self, name: &'static str) -> Result<Option<bool>, Problem> {
        self.read(name, "must be true or false", Value::as_bool)
    }

    pub(super) fn whole(&self, name: &'static str) -> Result<Option<u64>, Problem> {
        self.read(name, "must be a whole number, 0 or more", Value::as_u64)
    }

    pub(super) fn number(&self, name: &'static str) -> Result<Option<Decimal>, Problem> {
        self.read(name, "must be a number, 0 or more", |value| {
            let number = value.as_number()?.to_string();
            let number = Decimal::from_str_exact(&number).ok()?;
            (!number.is_sign_negative()).then_some(number)
        })
    }

    pub(super) fn day(&self, name: &'static str) -> Result<Option<Day>, Problem> {
        self.read(name, "must be a day, YYYY-MM-DD", |value| {
            Day::read(value.as_str()?)
        })
    }

    /// A list of objects; none when it is not there.
    pub(super) fn objects(&self, name: &'static str) -> Result<Vec<Self>, Problem> {
        let objects = |value: &Value| {
            let objects = value.as_array()?.iter();
            objects
                .map(|object| object.as_object().cloned().map(Self))
                .collect()
        };
        Ok(self
            .read(name, "must be a list of objects", objects)?
            .unwrap_or_default())
    }
}

/// The text of an id that came as a text or a number.
pub(super) fn id(value: &Value) -> Option<String> {
    match value {
        Value::String(id) => Some(id.trim().to_owned()).filter(|id| !id.is_empty()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}
