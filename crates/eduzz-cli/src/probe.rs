//! What a call can be given, learnt from how serde reads it: no table repeats the calls' fields.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error, Expected, IntoDeserializer as _, MapAccess,
    SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;

/// A field of a call.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) is_required: bool,
}

/// The kind of a field's value.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Id,
    Day,
    Moment,
    Integer,
    Number,
    Boolean,
    /// One of these texts, or another.
    OneOf(Vec<String>),
    List(Box<Self>),
    /// A list of a fixed length.
    Tuple(Vec<Self>),
    Object(Vec<(&'static str, Self)>),
    #[default]
    Json,
}

/// The fields of a call.
pub(crate) fn fields<T: DeserializeOwned>(names: &[&'static str]) -> Vec<Field> {
    let required = required::<T>();
    let field = |name: &&'static str| Field {
        name,
        kind: kind::<T>(name),
        is_required: required.contains(name),
    };
    names.iter().map(field).collect()
}

/// The fields without which the call cannot be read, in the call's order.
pub(crate) fn required<T: DeserializeOwned>() -> Vec<&'static str> {
    let mut given = Vec::new();
    loop {
        let sample = Sample {
            kind: &mut Kind::default(),
            only: Some(&given),
        };
        match T::deserialize(sample) {
            Err(Stop::Missing(field)) if !given.contains(&field) => given.push(field),
            _ => return given,
        }
    }
}

/// The kind of one field.
fn kind<T: DeserializeOwned>(name: &'static str) -> Kind {
    let mut kind = Kind::default();
    let sample = Sample {
        kind: &mut kind,
        only: Some(&[name]),
    };
    // Other fields may be missing; this one was read by then.
    let _ = T::deserialize(sample);
    match kind {
        Kind::Object(fields) => {
            let mut fields = fields.into_iter();
            fields.find(|(other, _)| *other == name).map(|(_, kind)| kind)
        }
        _ => None,
    }
    .unwrap_or_default()
}

/// The reason why a reading ended.
#[derive(Debug)]
enum Stop {
    Missing(&'static str),
    Other,
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no value")
    }
}

impl std::error::Error for Stop {}

impl Error for Stop {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::Other
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }
}

/// Gives a sample of what is asked for, and notes its kind.
struct Sample<'a> {
    kind: &'a mut Kind,
    /// Of a struct, only these fields; `None` for all.
    only: Option<&'a [&'static str]>,
}

/// The text of a sample: an id, a number as text, and a text.
const TEXT: &str = "1";

/// The kind that a visitor describes; types of `eduzz-types` say more in the alternate form.
fn described(expected: &dyn Expected) -> Kind {
    let text = format!("{expected:#}");
    if let Some(known) = text.strip_prefix("one of\n") {
        return Kind::OneOf(known.lines().map(ToOwned::to_owned).collect());
    }
    match text.as_str() {
        "a text" | "a string" | "a text or a number" => Kind::Text,
        "an id (text or number)" => Kind::Id,
        "a day" => Kind::Day,
        "a moment" => Kind::Moment,
        "a decimal number" => Kind::Number,
        _ => Kind::Json,
    }
}

macro_rules! samples {
    ($($method:ident => $kind:ident, $visit:ident($value:expr);)+) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
            *self.kind = Kind::$kind;
            visitor.$visit($value)
        }
    )+};
}

impl<'de> Deserializer<'de> for Sample<'_> {
    type Error = Stop;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        *self.kind = described(&visitor);
        visitor.visit_str(TEXT)
    }

    samples! {
        deserialize_bool => Boolean, visit_bool(true);
        deserialize_u8 => Integer, visit_u8(1);
        deserialize_u16 => Integer, visit_u16(1);
        deserialize_u32 => Integer, visit_u32(1);
        deserialize_u64 => Integer, visit_u64(1);
        deserialize_i8 => Integer, visit_i8(1);
        deserialize_i16 => Integer, visit_i16(1);
        deserialize_i32 => Integer, visit_i32(1);
        deserialize_i64 => Integer, visit_i64(1);
        deserialize_f64 => Number, visit_f64(1.0);
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Stop> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Stop> {
        let mut kinds = Vec::new();
        let read = visitor.visit_seq(Elements {
            kinds: &mut kinds,
            left: 1,
        });
        *self.kind = Kind::List(Box::new(kinds.pop().unwrap_or_default()));
        read
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Stop> {
        let mut kinds = Vec::new();
        let read = visitor.visit_seq(Elements {
            kinds: &mut kinds,
            left: length,
        });
        *self.kind = Kind::Tuple(kinds);
        read
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Stop> {
        let mut kinds = Vec::new();
        let read = visitor.visit_map(Members {
            kinds: &mut kinds,
            names: fields.iter(),
            only: self.only,
        });
        *self.kind = Kind::Object(kinds);
        read
    }

    forward_to_deserialize_any! {
        i128 u128 f32 char str string bytes byte_buf unit unit_struct tuple_struct map enum identifier ignored_any
    }
}

/// The elements of a list.
struct Elements<'a> {
    kinds: &'a mut Vec<Kind>,
    left: usize,
}

impl<'de> SeqAccess<'de> for Elements<'_> {
    type Error = Stop;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Stop> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        let mut kind = Kind::default();
        let read = seed.deserialize(Sample {
            kind: &mut kind,
            only: None,
        });
        self.kinds.push(kind);
        read.map(Some)
    }
}

/// The members of a struct.
struct Members<'a> {
    kinds: &'a mut Vec<(&'static str, Kind)>,
    names: std::slice::Iter<'static, &'static str>,
    only: Option<&'a [&'static str]>,
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = Stop;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Stop> {
        let only = self.only;
        let is_given = |name: &&&'static str| only.is_none_or(|only| only.contains(name));
        let Some(name) = self.names.find(is_given) else {
            return Ok(None);
        };
        self.kinds.push((name, Kind::default()));
        let key: StrDeserializer<'_, Stop> = name.into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Stop> {
        let mut unused = Kind::default();
        let kind = self.kinds.last_mut().map_or(&mut unused, |(_, kind)| kind);
        seed.deserialize(Sample { kind, only: None })
    }
}

#[cfg(test)]
mod tests {
    use eduzz_api::alpaclass::CreateTeamStudent;
    use eduzz_api::myeduzz::{BulkCancelSubscriptions, ListSales};
    use eduzz_api::sun::CreateCart;

    use super::*;
    use crate::fields::names;

    fn kinds<T: DeserializeOwned>() -> Vec<(&'static str, Kind, bool)> {
        let fields = fields::<T>(names::<T>()).into_iter();
        fields
            .map(|field| (field.name, field.kind, field.is_required))
            .collect()
    }

    #[test]
    fn fields_have_kinds_and_required_ones_are_known() {
        let sales = kinds::<ListSales>();
        let kind = |name: &str| {
            let found = sales.iter().find(|(other, ..)| *other == name);
            found.map(|(_, kind, is_required)| (kind, *is_required)).unwrap()
        };
        assert_eq!(kind("start_date"), (&Kind::Day, true));
        assert_eq!(kind("end_date"), (&Kind::Day, true));
        assert_eq!(kind("product_id"), (&Kind::Id, false));
        assert_eq!(kind("buyer_email"), (&Kind::Text, false));
        assert_eq!(kind("page"), (&Kind::Integer, false));
        let (Kind::OneOf(statuses), false) = kind("status") else {
            panic!("{sales:?}");
        };
        assert!(statuses.iter().any(|status| status == "paid"), "{statuses:?}");
        assert_eq!(
            kinds::<BulkCancelSubscriptions>(),
            [
                ("subscriptions", Kind::List(Box::new(Kind::Id)), true),
                ("cancel_reason", Kind::Text, true)
            ]
        );
    }

    #[test]
    fn lists_and_objects_show_their_parts() {
        let student = kinds::<CreateTeamStudent>();
        let tags = ("tags", Kind::List(Box::new(Kind::Text)), false);
        assert!(student.contains(&tags), "{student:?}");
        let cart = kinds::<CreateCart>();
        let items = cart.iter().find(|(name, ..)| *name == "items");
        let Some((_, Kind::List(item), _)) = items else {
            panic!("{cart:?}");
        };
        assert!(
            matches!(&**item, Kind::Object(fields) if !fields.is_empty()),
            "{item:?}"
        );
    }
}
