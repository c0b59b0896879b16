//! Reading of values that the service writes now as text, now as a number.

use alloc::string::String;
use core::fmt;
use core::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

/// A type that is read from a JSON text or a JSON number.
pub(crate) trait FromScalar: Sized {
    /// The expectation in an error message; never a value.
    const EXPECTED: &'static str;

    /// Writes what it reads, for a program that describes what it can be given: the alternate form
    /// (`{:#}`) of serde's expectation.
    fn describe(f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::EXPECTED)
    }

    /// Reads the content of a JSON text; the error is a clause without the value.
    fn from_text(text: &str) -> Result<Self, &'static str>;

    /// Reads a JSON number; the error is a clause without the value.
    fn from_number(number: &Number) -> Result<Self, &'static str>;

    /// The same as [`from_number`](Self::from_number), for types that can do it without a text.
    fn from_float(number: f64) -> Result<Self, &'static str> {
        match Number::from_f64(number) {
            Some(number) => Self::from_number(&number),
            None => Err("the number is not finite"),
        }
    }

    /// The same as [`from_text`](Self::from_text), for types that can take the text over.
    fn from_string(text: String) -> Result<Self, &'static str> {
        Self::from_text(&text)
    }
}

/// Reads a [`FromScalar`] type.
pub(crate) fn deserialize<'de, D: Deserializer<'de>, T: FromScalar>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_any(ScalarVisitor(PhantomData))
}

struct ScalarVisitor<T>(PhantomData<T>);

impl<'de, T: FromScalar> Visitor<'de> for ScalarVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            T::describe(f)
        } else {
            f.write_str(T::EXPECTED)
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::from_text(text).map_err(E::custom)
    }

    fn visit_string<E: Error>(self, text: String) -> Result<T, E> {
        T::from_string(text).map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        T::from_number(&number.into()).map_err(E::custom)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        T::from_number(&number.into()).map_err(E::custom)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        T::from_float(number).map_err(E::custom)
    }

    // With serde_json's `arbitrary_precision` (any crate of the program can turn it on) a number
    // arrives as a map of serde_json's own; only `Number` may know its key.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let number = Number::deserialize(MapAccessDeserializer::new(map))
            .map_err(|_| A::Error::invalid_type(serde::de::Unexpected::Map, &self))?;
        T::from_number(&number).map_err(A::Error::custom)
    }
}

/// Reads an optional field that must not lose its record: a value of another kind, or one that the
/// type refuses, is left out.
pub(crate) fn lenient<'de, D: Deserializer<'de>, T: FromScalar>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_any(LenientVisitor(PhantomData))
}

struct LenientVisitor<T>(PhantomData<T>);

impl<'de, T: FromScalar> Visitor<'de> for LenientVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Option<T>, E> {
        Ok(T::from_text(text).ok())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Option<T>, E> {
        Ok(T::from_string(text).ok())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Option<T>, E> {
        Ok(T::from_number(&number.into()).ok())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Option<T>, E> {
        Ok(T::from_number(&number.into()).ok())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Option<T>, E> {
        Ok(T::from_float(number).ok())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Option<T>, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    // An object, or a number as in `ScalarVisitor::visit_map`.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Option<T>, A::Error> {
        Ok(match Value::deserialize(MapAccessDeserializer::new(map))? {
            Value::Number(number) => T::from_number(&number).ok(),
            _ => None,
        })
    }
}

/// Implements `Deserialize` for a [`FromScalar`] type.
macro_rules! read_as_scalar {
    ($name:ty) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::scalar::deserialize(deserializer)
            }
        }
    };
}

/// Lets a text type be read leniently: a number is not a text.
macro_rules! lenient_text {
    ($($name:ty, |$text:ident| $read:expr;)+) => {$(
        impl $crate::scalar::FromScalar for $name {
            const EXPECTED: &'static str = "a text";

            fn from_text($text: &str) -> Result<Self, &'static str> {
                $read
            }

            fn from_number(_: &serde_json::Number) -> Result<Self, &'static str> {
                Err("a number is no text")
            }
        }
    )+};
}

/// The number as an integer, if it is one.
pub(crate) fn whole(number: &Number) -> Option<i64> {
    number.as_i64().or_else(|| {
        // `3600.0` is a whole number too. The text is exact; a cast would round.
        use alloc::string::ToString as _;
        number.to_string().strip_suffix(".0")?.parse().ok()
    })
}

/// A count that is read from a number or from its text.
pub(crate) struct Count(pub(crate) u64);

impl FromScalar for Count {
    const EXPECTED: &'static str = "a count";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        text.trim()
            .parse()
            .map(Count)
            .map_err(|_| "the text is not a count")
    }

    fn from_number(number: &Number) -> Result<Self, &'static str> {
        number
            .as_u64()
            .or_else(|| whole(number)?.try_into().ok())
            .map(Count)
            .ok_or("the number is not a count")
    }
}

read_as_scalar!(Count);

/// For `#[serde(deserialize_with)]`.
pub(crate) fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    deserialize(deserializer).map(|Count(count)| count)
}

/// For `#[serde(default, deserialize_with)]`: a count that may be missing.
pub(crate) fn optional_count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Ok(Option::deserialize(deserializer)?.map(|Count(count)| count))
}
