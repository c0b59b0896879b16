//! Reading of an optional object that must not lose its record.

use core::cell::Cell;
use core::marker::PhantomData;
use core::{fmt, iter, mem};

use serde::de::value::{Error as PlainError, MapDeserializer};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, IntoDeserializer as _, MapAccess,
    SeqAccess, Visitor,
};
use serde_json::Number;

/// Reads an optional object that must not lose its record: a value of another kind is left out, and
/// of a field that comes twice the first is read. Its own fields are to be lenient, too.
///
/// The type is a struct with derived reading, of at most 64 fields.
pub(crate) fn lenient_object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(ObjectVisitor(PhantomData))
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Option<T>, A::Error> {
        let is_number = Cell::new(false);
        let value = T::deserialize(Object {
            fields,
            is_number: &is_number,
        })?;
        Ok((!is_number.get()).then_some(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Option<T>, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }
}

/// An object, for the derived reading of a struct.
struct Object<'a, A> {
    fields: A,
    is_number: &'a Cell<bool>,
}

impl<'de, A: MapAccess<'de>> Deserializer<'de> for Object<'_, A> {
    type Error = A::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        visitor.visit_map(Fields {
            fields: self.fields,
            names,
            read: 0,
            is_first: true,
            is_number: self.is_number,
        })
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_map(self.fields)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// The fields of a struct, each once: derived reading fails at the second.
struct Fields<'a, A> {
    fields: A,
    names: &'static [&'static str],
    /// A bit for each name.
    read: u64,
    is_first: bool,
    is_number: &'a Cell<bool>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Fields<'_, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        loop {
            let key = Key {
                names: self.names,
                is_first: mem::take(&mut self.is_first),
            };
            match self.fields.next_key_seed(key)? {
                None => return Ok(None),
                Some(Found::Field(place, name)) => {
                    let bit = 1_u64.checked_shl(place).unwrap_or_default();
                    if self.read & bit == 0 {
                        self.read |= bit;
                        return seed.deserialize(name.into_deserializer()).map(Some);
                    }
                }
                Some(Found::Number) => self.is_number.set(true),
                Some(Found::Unknown) => {}
            }
            self.fields.next_value::<IgnoredAny>()?;
        }
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.fields.next_value_seed(seed)
    }
}

/// Looks a key up.
struct Key {
    names: &'static [&'static str],
    is_first: bool,
}

enum Found {
    Field(u32, &'static str),
    /// The key in serde_json's map for a number.
    Number,
    Unknown,
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Found, E> {
        let found = (0..).zip(self.names).find(|(_, name)| **name == key);
        Ok(match found {
            Some((place, name)) => Found::Field(place, name),
            None if self.is_first && is_of_number(key) => Found::Number,
            None => Found::Unknown,
        })
    }
}

/// Whether a number arrives as a map with this key: see `ScalarVisitor::visit_map`.
fn is_of_number(key: &str) -> bool {
    let map = MapDeserializer::<_, PlainError>::new(iter::once((key, "0")));
    Number::deserialize(map).is_ok()
}
