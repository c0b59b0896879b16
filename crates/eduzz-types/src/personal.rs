//! Texts about a person.

use alloc::string::String;
use core::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Number;

use crate::id::number_text;
use crate::scalar::{self, FromScalar};
use crate::text::{Text, TextVisitor};

/// A text that is, or may hold, a person's data: a name, an e-mail address, a message that quotes a
/// request.
///
/// `Debug` is masked and there is no `Display`, so that it does not get into a log by accident;
/// where it is wanted, [`as_str`](Self::as_str) gives it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct PersonalText(Text);

impl PersonalText {
    /// Takes the text as it is.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into().into())
    }

    /// The text itself. Think before printing or logging it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Debug for PersonalText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonalText(***)")
    }
}

impl<'de> Deserialize<'de> for PersonalText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer
            .deserialize_str(TextVisitor("a string", "a text"))
            .map(Self)
    }
}

impl From<&str> for PersonalText {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for PersonalText {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

/// For `#[serde(default, deserialize_with)]`: digits (a document, a telephone, a foreign id) that
/// may be missing, and that may come as a number.
pub(crate) fn optional_digits<'de, D: Deserializer<'de>, T: for<'a> From<&'a str>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Ok(Option::deserialize(deserializer)?.map(|Digits(text)| text))
}

/// A text, or a number as its text.
pub(crate) struct Digits<T>(pub(crate) T);

impl<T: for<'a> From<&'a str>> FromScalar for Digits<T> {
    const EXPECTED: &'static str = "a text or a number";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        Ok(Self(text.into()))
    }

    fn from_number(number: &Number) -> Result<Self, &'static str> {
        number_text(number).map(|text| Self(text.as_str().into()))
    }
}

impl<'de, T: for<'a> From<&'a str>> Deserialize<'de> for Digits<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        scalar::deserialize(deserializer)
    }
}
