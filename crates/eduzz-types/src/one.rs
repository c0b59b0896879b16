//! One record that may come in a list.

use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One record, as itself or as the only one of a bare JSON array: some operations document an
/// object and show an array with one element.
///
/// It keeps its form, so that writing it back changes nothing. An array with no element, or with
/// several, is an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct One<T> {
    value: T,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Itself,
    Listed,
}

impl<T> One<T> {
    /// Unwraps the record.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> From<T> for One<T> {
    fn from(value: T) -> Self {
        Self {
            value,
            form: Form::Itself,
        }
    }
}

impl<T> Deref for One<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for One<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EitherForm<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for EitherForm<T> {
            type Value = One<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object, or a list of one")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<One<T>, A::Error> {
                let value = items
                    .next_element()?
                    .ok_or_else(|| A::Error::custom("the list is empty, where one record is expected"))?;
                if items.next_element::<serde::de::IgnoredAny>()?.is_some() {
                    return Err(A::Error::invalid_length(2, &self));
                }
                Ok(One {
                    value,
                    form: Form::Listed,
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<One<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(fields)).map(One::from)
            }
        }

        deserializer.deserialize_any(EitherForm(PhantomData))
    }
}

impl<T: Serialize> Serialize for One<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.form {
            Form::Itself => self.value.serialize(serializer),
            Form::Listed => [&self.value].serialize(serializer),
        }
    }
}
