//! JSON that keeps the documented order of fields.

use eduzz_types::{Currency, Money};
use rust_decimal::Decimal;
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Map, Value};

use crate::state::money::Cents;

/// A JSON value.
#[derive(Clone, Debug)]
pub(crate) enum Json {
    Null,
    Boolean(bool),
    Whole(u64),
    Number(Decimal),
    Text(String),
    Fixed(&'static str),
    Money(Cents),
    /// An amount in another currency than reais.
    Foreign(Cents, Currency),
    List(Vec<Self>),
    Object(Vec<(&'static str, Self)>),
    /// A value of other code, as it is.
    Echo(Value),
}

/// `object! { "id" => sale.id.to_string(), … }`, in that order.
macro_rules! object {
    ($($name:literal => $value:expr),* $(,)?) => {
        $crate::render::json::Json::Object(vec![$(($name, $crate::render::json::Json::from($value))),*])
    };
}
pub(crate) use object;

/// The word of an enum as the live service spells it: `waitingPayment`, not `waiting_payment`
/// (Q29).
pub(crate) fn camel(word: &str) -> String {
    let mut spelled = String::with_capacity(word.len());
    let mut upper = false;
    for letter in word.chars() {
        match letter {
            '_' => upper = true,
            letter if upper => {
                spelled.push(letter.to_ascii_uppercase());
                upper = false;
            }
            letter => spelled.push(letter),
        }
    }
    spelled
}

impl Json {
    /// The same object with these fields only.
    pub(crate) fn keeping(mut self, is_kept: impl Fn(&str) -> bool) -> Self {
        if let Self::Object(fields) = &mut self {
            fields.retain(|(name, _)| is_kept(name));
        }
        self
    }

    /// The same value with all its amounts in this currency.
    pub(crate) fn in_currency(self, currency: Currency) -> Self {
        if currency == Currency::Brl {
            return self;
        }
        match self {
            Self::Money(value) => Self::Foreign(value, currency),
            Self::List(values) => {
                let values = values.into_iter().map(|value| value.in_currency(currency));
                Self::List(values.collect())
            }
            Self::Object(fields) => {
                let fields = fields.into_iter();
                let fields = fields.map(|(name, value)| (name, value.in_currency(currency)));
                Self::Object(fields.collect())
            }
            other => other,
        }
    }

    /// The same value changed: these members of an object, or all of anything else.
    pub(crate) fn changed(mut self, patch: &Value) -> Self {
        let Value::Object(patch) = patch else {
            return Self::Echo(patch.clone());
        };
        let mut unknown = false;
        for (name, value) in patch {
            let Self::Object(fields) = &mut self else {
                unknown = true;
                break;
            };
            match fields.iter_mut().find(|(known, _)| *known == name.as_str()) {
                Some((_, field)) => {
                    let was = std::mem::replace(field, Self::Null);
                    *field = match (value, was) {
                        (Value::Object(_), was @ (Self::Object(_) | Self::Money(_) | Self::Foreign(..))) => {
                            was.changed(value)
                        }
                        (value, _) => Self::Echo(value.clone()),
                    };
                }
                None => unknown = true,
            }
        }
        if !unknown {
            return self;
        }
        // Members that the row has not by itself; or an amount, whose members are not fields.
        let mut whole = serde_json::to_value(&self).unwrap_or_default();
        merge(&mut whole, patch);
        Self::Echo(whole)
    }

    /// The same object with these fields at its end.
    pub(crate) fn and(mut self, more: Self) -> Self {
        if let (Self::Object(fields), Self::Object(more)) = (&mut self, more) {
            fields.extend(more);
        }
        self
    }
}

fn merge(whole: &mut Value, patch: &Map<String, Value>) {
    let Value::Object(members) = whole else {
        *whole = Value::Object(patch.clone());
        return;
    };
    for (name, value) in patch {
        match (members.get_mut(name), value) {
            (Some(inner @ Value::Object(_)), Value::Object(more)) => merge(inner, more),
            _ => {
                members.insert(name.clone(), value.clone());
            }
        }
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Whole(value) => serializer.serialize_u64(*value),
            Self::Number(value) => eduzz_types::ExactNumber(*value).serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Fixed(text) => serializer.serialize_str(text),
            Self::Money(value) => value.money().serialize(serializer),
            Self::Foreign(value, currency) => {
                let (currency, value) = (*currency, value.decimal());
                Money { currency, value }.serialize(serializer)
            }
            Self::List(values) => serializer.collect_seq(values),
            Self::Object(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
            Self::Echo(value) => value.serialize(serializer),
        }
    }
}

macro_rules! from {
    ($($type:ty: $value:ident => $json:expr;)+) => {
        $(impl From<$type> for Json {
            fn from($value: $type) -> Self {
                $json
            }
        })+
    };
}

from! {
    bool: value => Self::Boolean(value);
    u64: value => Self::Whole(value);
    Decimal: value => Self::Number(value);
    String: text => Self::Text(text);
    &String: text => Self::Text(text.clone());
    &'static str: text => Self::Fixed(text);
    Cents: value => Self::Money(value);
    Vec<Json>: values => Self::List(values);
    Value: value => Self::Echo(value);
}

impl<T: Into<Self>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
