//! The order of a list.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::text::Text;

/// The requested order of a list of Alpaclass: one or more fields, each ascending or descending
/// (Q124).
///
/// It is written as the service expects it, `name:asc,email:desc`, and parsed from that. It has at
/// least one field, and no field contains a separator.
///
/// ```
/// use eduzz_types::alpaclass::{Sort, SortField};
///
/// let sort = Sort::ascending(SortField::Name).then_descending(SortField::Email);
/// assert_eq!(sort.to_string(), "name:asc,email:desc");
/// assert_eq!("name:asc,email:desc".parse(), Ok(sort));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sort(Vec<(SortField, SortDirection)>);

impl Sort {
    /// By this field, ascending.
    #[must_use]
    pub fn ascending(field: SortField) -> Self {
        Self(vec![(field, SortDirection::Ascending)])
    }

    /// By this field, descending.
    #[must_use]
    pub fn descending(field: SortField) -> Self {
        Self(vec![(field, SortDirection::Descending)])
    }

    /// Then by this field, ascending.
    #[must_use]
    pub fn then_ascending(mut self, field: SortField) -> Self {
        self.0.push((field, SortDirection::Ascending));
        self
    }

    /// Then by this field, descending.
    #[must_use]
    pub fn then_descending(mut self, field: SortField) -> Self {
        self.0.push((field, SortDirection::Descending));
        self
    }

    /// The fields, the most significant first.
    pub fn fields(&self) -> impl Iterator<Item = (&SortField, SortDirection)> {
        self.0.iter().map(|(field, direction)| (field, *direction))
    }
}

/// Sort order of a list of Alpaclass.
///
/// The documentation shows `name` and `email` for students, `name` and `platform` for deliveries
/// and their courses, `name` and `url` for schools, but has no full list (Q124): any other word can
/// be tried with `parse`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SortField {
    /// The name.
    Name,
    /// The e-mail address.
    Email,
    /// The platform of a delivery.
    Platform,
    /// The address of a school.
    Url,
    #[doc(hidden)]
    _Other(OtherField),
}

/// A field that this version of the SDK does not know; made by [`SortField`] alone.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OtherField(Text);

impl SortField {
    /// The name of the field.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Platform => "platform",
            Self::Url => "url",
            Self::_Other(OtherField(name)) => name.as_str(),
        }
    }
}

/// Up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "there is no third")]
pub enum SortDirection {
    /// Ascending: `asc`.
    Ascending,
    /// Descending: `desc`.
    Descending,
}

impl SortDirection {
    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ascending => "asc",
            Self::Descending => "desc",
        }
    }
}

/// The error of a text that is not an order of a list, or not a field of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidSort(());

impl fmt::Display for InvalidSort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an order: write `field:asc` or `field:desc`, several with commas between them")
    }
}

impl core::error::Error for InvalidSort {}

impl FromStr for SortField {
    type Err = InvalidSort;

    /// Takes the name of a field: any word without colon, comma and blanks.
    fn from_str(name: &str) -> Result<Self, InvalidSort> {
        let parts_the_text = |c: char| matches!(c, ':' | ',') || c.is_whitespace() || c.is_control();
        Ok(match name {
            "name" => Self::Name,
            "email" => Self::Email,
            "platform" => Self::Platform,
            "url" => Self::Url,
            _ if name.is_empty() || name.contains(parts_the_text) => return Err(InvalidSort(())),
            _ => Self::_Other(OtherField(name.into())),
        })
    }
}

impl FromStr for Sort {
    type Err = InvalidSort;

    /// Reads `name:asc,email:desc`; blanks around a part are ignored.
    fn from_str(text: &str) -> Result<Self, InvalidSort> {
        text.split(',')
            .map(|part| {
                let (field, direction) = part.split_once(':').ok_or(InvalidSort(()))?;
                let direction = match direction.trim() {
                    "asc" => SortDirection::Ascending,
                    "desc" => SortDirection::Descending,
                    _ => return Err(InvalidSort(())),
                };
                Ok((field.trim().parse()?, direction))
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl fmt::Display for Sort {
    /// Writes `name:asc,email:desc`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (field, direction)) in self.fields().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(f, "{comma}{}:{}", field.as_str(), direction.as_str())?;
        }
        Ok(())
    }
}

impl Serialize for Sort {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Sort {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
