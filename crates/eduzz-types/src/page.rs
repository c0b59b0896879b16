//! The shapes of a list.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;
use core::ops::Deref;
use core::slice;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeOwned, Error, IgnoredAny, IntoDeserializer as _, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Map;

use crate::reading;
use crate::scalar::count;

/// One page of a paged list: `{ pages, page, itemsPerPage, totalItems, items }` (docs page
/// `/docs/api/response`).
///
/// `pages` is to be read, not computed: the documentation's own samples disagree with their totals.
/// A walk over the pages ends at an empty page too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "T: Deserialize<'de>"))]
#[non_exhaustive]
pub struct Page<T> {
    /// Number of pages; an empty list still says 1.
    #[serde(deserialize_with = "count")]
    pub pages: u64,
    /// The number of this page, counted from 1.
    #[serde(deserialize_with = "count")]
    pub page: u64,
    /// How many items a page may have.
    #[serde(deserialize_with = "count")]
    pub items_per_page: u64,
    /// How many items all pages have together.
    #[serde(deserialize_with = "count")]
    pub total_items: u64,
    /// The items of this page, at most [`Page::MOST_ITEMS`].
    #[serde(deserialize_with = "items_of_a_page")]
    pub items: Vec<T>,
}

impl Page<()> {
    /// The most items that a page is read with. Ten times as many as any page that is asked for;
    /// 16 MiB of `{},` would be five million items, each with the memory of a whole one.
    pub const MOST_ITEMS: usize = 10_000;
}

impl<T> Page<T> {
    /// A list that is all on one page, for tests of programs that read pages.
    #[must_use]
    pub fn of(items: Vec<T>) -> Self {
        let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
        Self {
            pages: 1,
            page: 1,
            items_per_page: count.max(1),
            total_items: count,
            items,
        }
    }

    /// The same page with other items.
    #[must_use]
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page {
            pages: self.pages,
            page: self.page,
            items_per_page: self.items_per_page,
            total_items: self.total_items,
            items: self.items.into_iter().map(change).collect(),
        }
    }
}

/// A list that is not paged: `{ items }` (docs page `/docs/api/response`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
#[non_exhaustive]
pub struct Items<T> {
    /// The items.
    #[serde(deserialize_with = "null_is_empty")]
    pub items: Vec<T>,
}

/// A list that comes as a bare JSON array, as some operations answer against the documented
/// convention, or as `{ items }`, as the convention has it (Q34).
///
/// It keeps its form, so that writing it back changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<T> {
    items: Vec<T>,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Bare,
    Items,
}

/// A list that comes as a [`List`] does, or as its one item alone, as examples of Nutror show lists
/// (Q62).
///
/// It keeps its form, so that writing it back changes nothing. An object that has `items` is a
/// list, so the type of the items must not have a field of that name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListOrOne<T>(Shape<T>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Shape<T> {
    List(List<T>),
    One(T),
}

impl<T> From<Vec<T>> for Items<T> {
    fn from(items: Vec<T>) -> Self {
        Self { items }
    }
}

impl<T> List<T> {
    /// Unwraps the items.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.items
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self {
            items,
            form: Form::Bare,
        }
    }
}

impl<T> From<Items<T>> for List<T> {
    fn from(Items { items }: Items<T>) -> Self {
        Self {
            items,
            form: Form::Items,
        }
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<T> ListOrOne<T> {
    /// Unwraps the items.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        match self.0 {
            Shape::List(list) => list.into_vec(),
            Shape::One(item) => vec![item],
        }
    }
}

impl<T> From<Vec<T>> for ListOrOne<T> {
    fn from(items: Vec<T>) -> Self {
        Self(Shape::List(items.into()))
    }
}

impl<T> Deref for ListOrOne<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Shape::List(list) => list,
            Shape::One(item) => slice::from_ref(item),
        }
    }
}

impl<T> IntoIterator for ListOrOne<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_vec().into_iter()
    }
}

impl<'a, T> IntoIterator for &'a ListOrOne<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EitherForm<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for EitherForm<T> {
            type Value = List<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list, or an object with the list `items`")
            }

            fn visit_unit<E: Error>(self) -> Result<List<T>, E> {
                Ok(Vec::new().into())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<List<T>, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(items)).map(List::from)
            }

            fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<List<T>, A::Error> {
                Items::deserialize(MapAccessDeserializer::new(fields)).map(List::from)
            }
        }

        deserializer.deserialize_any(EitherForm(PhantomData))
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for ListOrOne<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyForm<T>(PhantomData<T>);

        impl<'de, T: DeserializeOwned> Visitor<'de> for AnyForm<T> {
            type Value = ListOrOne<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list, an object with the list `items`, or the one item")
            }

            fn visit_unit<E: Error>(self) -> Result<ListOrOne<T>, E> {
                Ok(Vec::new().into())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<ListOrOne<T>, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(items)).map(ListOrOne::from)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<ListOrOne<T>, A::Error> {
                // The member that shows the form may be anywhere in the object.
                let mut object = Map::new();
                while let Some(name) = fields.next_key::<String>()? {
                    if name == "items" {
                        let items: Option<Vec<T>> = fields.next_value()?;
                        while fields.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                        let items = items.unwrap_or_default();
                        return Ok(ListOrOne(Shape::List(Items { items }.into())));
                    }
                    object.insert(name, fields.next_value()?);
                }
                let one = reading::buffered(&object.into());
                one.map(|one| ListOrOne(Shape::One(one)))
            }
        }

        deserializer.deserialize_any(AnyForm(PhantomData))
    }
}

impl<T: Serialize> Serialize for ListOrOne<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Shape::List(list) => list.serialize(serializer),
            Shape::One(item) => item.serialize(serializer),
        }
    }
}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.form {
            Form::Bare => self.items.serialize(serializer),
            Form::Items => {
                let mut fields = serializer.serialize_struct("Items", 1)?;
                fields.serialize_field("items", &self.items)?;
                fields.end()
            }
        }
    }
}

/// A list that is `null` is an empty one. One that is absent is an error in the shapes above, so
/// that an error body does not pass for an empty list; a model's field adds `default`, where a
/// missing list is plausible.
pub(crate) fn null_is_empty<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// The same for a page, with at most [`Page::MOST_ITEMS`].
fn items_of_a_page<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    struct ItemsVisitor<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for ItemsVisitor<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list")
        }

        fn visit_unit<E: Error>(self) -> Result<Vec<T>, E> {
            Ok(Vec::new())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
            let mut list = Vec::new();
            while let Some(item) = items.next_element()? {
                if list.len() == Page::MOST_ITEMS {
                    return Err(Error::invalid_length(
                        list.len() + 1,
                        &"at most 10000 items on a page",
                    ));
                }
                list.push(item);
            }
            Ok(list)
        }
    }

    deserializer.deserialize_any(ItemsVisitor(PhantomData))
}

/// The same for a record that the form of its list must not lose: a `null` element is skipped, and
/// one object or text in place of the list is its only element.
pub(crate) fn filled<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    struct Filled<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for Filled<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list")
        }

        fn visit_unit<E: Error>(self) -> Result<Vec<T>, E> {
            Ok(Vec::new())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
            let mut list = Vec::new();
            while let Some(item) = items.next_element()? {
                list.extend::<Option<T>>(item);
            }
            Ok(list)
        }

        fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Vec<T>, A::Error> {
            T::deserialize(MapAccessDeserializer::new(fields)).map(|one| vec![one])
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Vec<T>, E> {
            T::deserialize(text.into_deserializer()).map(|one| vec![one])
        }

        fn visit_u64<E: Error>(self, number: u64) -> Result<Vec<T>, E> {
            T::deserialize(number.into_deserializer()).map(|one| vec![one])
        }
    }

    deserializer.deserialize_any(Filled(PhantomData))
}
