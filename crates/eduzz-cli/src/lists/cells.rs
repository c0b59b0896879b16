//! The cells of a CSV row, gathered in one pass over the row, without a tree of its values.

use std::fmt::{self, Display, Write as _};

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use serde_json::{Error, Value, value};

use crate::lists::values;

/// The fields of the columns, as a tree of their names, and the texts of one row.
#[derive(Default)]
pub(super) struct Cells {
    root: Node,
    places: Vec<Place>,
    /// Of each column, how many fields it has: those of `a|b` are two.
    columns: Vec<usize>,
}

#[derive(Default)]
struct Node {
    inner: Vec<(&'static str, Node)>,
    /// The fields that end here, by their places.
    places: Vec<usize>,
}

/// What a row has at a field.
#[derive(Default)]
struct Place {
    /// The values, with commas between.
    text: String,
    values: usize,
    has_number: bool,
    has_flag: bool,
}

/// The kind of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Flag,
    Text,
}

/// A cell of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell<'c> {
    Number(&'c str),
    /// `true` or `false`.
    Flag(&'c str),
    Text(&'c str),
}

impl Cells {
    /// The cells of these columns, see [`Fields::CSV`](crate::lists::Fields::CSV).
    pub(super) fn new(columns: &[&'static str]) -> Self {
        let mut cells = Self {
            root: Node::default(),
            places: Vec::new(),
            columns: Vec::new(),
        };
        for column in columns {
            let fields = column.split('|');
            cells.columns.push(fields.clone().count());
            for field in fields {
                cells.root.add(field, cells.places.len());
                cells.places.push(Place::default());
            }
        }
        cells
    }

    /// Takes a row in place of the one before.
    pub(super) fn read(&mut self, row: &impl Serialize) -> Result<(), Error> {
        for place in &mut self.places {
            place.text.clear();
            place.values = 0;
            place.has_number = false;
            place.has_flag = false;
        }
        row.serialize(Gather {
            node: &self.root,
            places: &mut self.places,
        })
    }

    /// The cells in the order of the columns.
    pub(super) fn iter(&self) -> impl Iterator<Item = Cell<'_>> {
        let mut places = self.places.iter();
        self.columns.iter().map(move |fields| {
            let found = places
                .by_ref()
                .take(*fields)
                .fold(None, |found: Option<&Place>, place| {
                    found.or((place.values > 0).then_some(place))
                });
            match found {
                Some(place) if place.has_number && place.values == 1 => Cell::Number(&place.text),
                Some(place) if place.has_flag && place.values == 1 => Cell::Flag(&place.text),
                Some(place) => Cell::Text(&place.text),
                None => Cell::Text(""),
            }
        })
    }
}

impl Node {
    /// Adds a field that begins here.
    fn add(&mut self, field: &'static str, place: usize) {
        let (name, rest) = match field.split_once('.') {
            Some((name, rest)) => (name, Some(rest)),
            None => (field, None),
        };
        let known = self.inner.iter_mut().find(|(known, _)| *known == name);
        if let Some((_, node)) = known {
            node.end_or_add(rest, place);
        } else {
            let mut node = Self::default();
            node.end_or_add(rest, place);
            self.inner.push((name, node));
        }
    }

    fn end_or_add(&mut self, rest: Option<&'static str>, place: usize) {
        match rest {
            Some(rest) => self.add(rest, place),
            None => self.places.push(place),
        }
    }
}

/// Gathers the values at a node and below it.
struct Gather<'c> {
    node: &'c Node,
    places: &'c mut [Place],
}

impl Gather<'_> {
    fn add(&mut self, value: impl Display, kind: Kind) {
        for place in &self.node.places {
            if let Some(place) = self.places.get_mut(*place) {
                if place.values > 0 {
                    place.text.push_str(", ");
                }
                // Writing to a string does not fail.
                let _ = write!(place.text, "{value}");
                place.values += 1;
                place.has_number |= kind == Kind::Number;
                place.has_flag |= kind == Kind::Flag;
            }
        }
    }

    fn whole(mut self, value: &Value) {
        self.any(value);
    }

    fn any(&mut self, value: &Value) {
        match value {
            Value::Null => {}
            Value::Array(elements) => elements.iter().for_each(|element| self.any(element)),
            value => {
                let kind = match value {
                    Value::Number(_) => Kind::Number,
                    Value::Bool(_) => Kind::Flag,
                    _ => Kind::Text,
                };
                self.add(values::exact(value), kind);
                for (name, node) in &self.node.inner {
                    if let Some(value) = value.get(name) {
                        let places = &mut *self.places;
                        Gather { node, places }.any(value);
                    }
                }
            }
        }
    }

    /// Takes a field of an object. The fields mostly come in the order of the columns: `next` is
    /// where the last one was.
    fn field(
        &mut self,
        next: &mut usize,
        name: &str,
        value: &(impl Serialize + ?Sized),
    ) -> Result<(), Error> {
        let inner = &self.node.inner;
        let (before, after) = inner.split_at((*next).min(inner.len()));
        let is_it = |(known, _): &&(&'static str, Node)| *known == name;
        let found = (*next..).zip(after).chain((0..).zip(before));
        let Some((at, (_, node))) = found.into_iter().find(|(_, child)| is_it(child)) else {
            return Ok(());
        };
        *next = at + 1;
        let places = &mut *self.places;
        value.serialize(Gather { node, places })
    }
}

/// An object: its fields are gathered one by one, or, where a column shows it whole, it is built.
enum Object<'c> {
    Gathered {
        at: Gather<'c>,
        next: usize,
        key: String,
    },
    Built(Gather<'c>, <value::Serializer as Serializer>::SerializeMap),
}

impl<'c> Gather<'c> {
    fn object(self, length: Option<usize>) -> Result<Object<'c>, Error> {
        if self.node.places.is_empty() {
            return Ok(Object::Gathered {
                at: self,
                next: 0,
                key: String::new(),
            });
        }
        value::Serializer
            .serialize_map(length)
            .map(|built| Object::Built(self, built))
    }
}

/// The number as JSON has it, but without an exponent.
struct Float(f64);

impl Display for Float {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&values::exact(&Value::from(self.0)))
    }
}

macro_rules! numbers {
    ($($method:ident($type:ty)),*) => {$(
        fn $method(mut self, number: $type) -> Result<(), Error> {
            self.add(number, Kind::Number);
            Ok(())
        }
    )*};
}

impl<'c> Serializer for Gather<'c> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Variant<'c, <value::Serializer as Serializer>::SerializeTupleVariant>;
    type SerializeMap = Object<'c>;
    type SerializeStruct = Object<'c>;
    type SerializeStructVariant = Variant<'c, <value::Serializer as Serializer>::SerializeStructVariant>;

    numbers! {
        serialize_i8(i8), serialize_i16(i16), serialize_i32(i32), serialize_i64(i64), serialize_i128(i128),
        serialize_u8(u8), serialize_u16(u16), serialize_u32(u32), serialize_u64(u64), serialize_u128(u128)
    }

    fn serialize_bool(mut self, value: bool) -> Result<(), Error> {
        self.add(value, Kind::Flag);
        Ok(())
    }

    fn serialize_f32(self, number: f32) -> Result<(), Error> {
        self.whole(&Value::from(number));
        Ok(())
    }

    fn serialize_f64(mut self, number: f64) -> Result<(), Error> {
        // JSON has no others.
        if number.is_finite() {
            self.add(Float(number), Kind::Number);
        }
        Ok(())
    }

    fn serialize_char(mut self, value: char) -> Result<(), Error> {
        self.add(value, Kind::Text);
        Ok(())
    }

    fn serialize_str(mut self, text: &str) -> Result<(), Error> {
        self.add(text, Kind::Text);
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Error> {
        self.whole(&value::Serializer.serialize_bytes(bytes)?);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Error> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.whole(&value::Serializer.serialize_newtype_variant(name, index, variant, value)?);
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Error> {
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Error> {
        Ok(self)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Error> {
        Ok(self)
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeTupleVariant, Error> {
        let built = value::Serializer.serialize_tuple_variant(name, index, variant, length)?;
        Ok(Variant(self, built))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Object<'c>, Error> {
        self.object(length)
    }

    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Object<'c>, Error> {
        // serde_json's own structs stand for numbers and raw texts.
        if name.starts_with('$') {
            return value::Serializer
                .serialize_struct(name, length)
                .map(|built| Object::Built(self, built));
        }
        self.object(Some(length))
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeStructVariant, Error> {
        let built = value::Serializer.serialize_struct_variant(name, index, variant, length)?;
        Ok(Variant(self, built))
    }
}

macro_rules! elements {
    ($($trait:ident :: $method:ident),*) => {$(
        impl $trait for Gather<'_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                let (node, places) = (self.node, &mut *self.places);
                value.serialize(Gather { node, places })
            }

            fn end(self) -> Result<(), Error> {
                Ok(())
            }
        }
    )*};
}

elements!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field
);

impl SerializeMap for Object<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Error> {
        match self {
            Self::Gathered { key, .. } => match name.serialize(value::Serializer)? {
                Value::String(name) => *key = name,
                other => *key = other.to_string(),
            },
            Self::Built(_, built) => built.serialize_key(name)?,
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        match self {
            Self::Gathered { at, next, key } => at.field(next, key, value),
            Self::Built(_, built) => SerializeMap::serialize_value(built, value),
        }
    }

    fn end(self) -> Result<(), Error> {
        if let Self::Built(at, built) = self {
            at.whole(&SerializeMap::end(built)?);
        }
        Ok(())
    }
}

impl SerializeStruct for Object<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        match self {
            Self::Gathered { at, next, .. } => at.field(next, name, value),
            Self::Built(_, built) => SerializeStruct::serialize_field(built, name, value),
        }
    }

    fn end(self) -> Result<(), Error> {
        if let Self::Built(at, built) = self {
            at.whole(&SerializeStruct::end(built)?);
        }
        Ok(())
    }
}

/// A variant with data, which no model of the service has: it is built.
struct Variant<'c, B>(Gather<'c>, B);

impl<B: SerializeTupleVariant<Ok = Value, Error = Error>> SerializeTupleVariant for Variant<'_, B> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.1.serialize_field(value)
    }

    fn end(self) -> Result<(), Error> {
        self.0.whole(&self.1.end()?);
        Ok(())
    }
}

impl<B: SerializeStructVariant<Ok = Value, Error = Error>> SerializeStructVariant for Variant<'_, B> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        self.1.serialize_field(name, value)
    }

    fn end(self) -> Result<(), Error> {
        self.0.whole(&self.1.end()?);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use eduzz_api::myeduzz::ListSales;
    use eduzz_wire::Paged;
    use serde_json::json;

    use super::*;
    use crate::lists::Fields;

    /// The cells by the tree of the row's values.
    fn slowly(row: &Value, column: &str) -> String {
        let texts: Vec<String> = values::at(row, column).into_iter().map(values::exact).collect();
        texts.join(", ")
    }

    fn check(row: &impl Serialize, columns: &[&'static str]) {
        let value = serde_json::to_value(row).unwrap();
        let mut cells = Cells::new(columns);
        // A row leaves nothing for the next one.
        cells
            .read(&json!({"a": [1, 2], "b": {"c": "x"}, "id": 7}))
            .unwrap();
        cells.read(row).unwrap();
        for (cell, column) in cells.iter().zip(columns) {
            let found = values::at(&value, column);
            let expected = slowly(&value, column);
            match found.as_slice() {
                [Value::Number(_)] => assert_eq!(cell, Cell::Number(&expected), "{column}"),
                [Value::Bool(_)] => assert_eq!(cell, Cell::Flag(&expected), "{column}"),
                _ => assert_eq!(cell, Cell::Text(&expected), "{column}"),
            }
        }
        assert_eq!(cells.iter().count(), columns.len());
    }

    #[test]
    fn cells_are_the_values_at_the_fields() {
        let columns = ["a", "a.b", "b.c|a", "b|id", "c.d.e", "c", "none|none.x", "id"];
        let scalars = [
            json!(null),
            json!(true),
            json!(-1.5),
            json!(1e-7),
            json!(12),
            json!("x, y"),
            json!([]),
        ];
        for one in &scalars {
            for two in &scalars {
                let objects = [
                    json!({"a": one, "b": two, "id": one}),
                    json!({"id": two, "a": {"b": one, "x": two}, "b": {"c": [one, two, [one]]}}),
                    json!({"b": {"c": null}, "a": [{"b": one}, {"b": two}, one], "c": {"d": [{"e": one}, null]}}),
                    json!([{"a": one}, {"a": two, "c": [[{"d": {"e": two}}]]}]),
                ];
                objects.iter().for_each(|row| check(row, &columns));
            }
        }
    }

    #[test]
    fn cells_of_a_model_are_those_of_its_json() {
        type Row = <ListSales as Paged>::Row;
        let example = eduzz_fixtures::find("myeduzz", "list_sales")
            .unwrap()
            .success()
            .unwrap();
        let page: eduzz_types::Page<Row> = serde_json::from_slice(example.body).unwrap();
        let columns: Vec<_> = Row::CSV.split_whitespace().collect();
        assert!(!page.items.is_empty());
        for row in &page.items {
            check(row, &columns);
        }
    }
}
