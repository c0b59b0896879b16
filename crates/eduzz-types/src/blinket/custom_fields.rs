//! Answers to the producer's own questions.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use crate::FreeForm;

/// The answers of a participant to the producer's own questions, each under the name that the
/// producer gave it.
///
/// The tables of the webhooks' reference describe a `key` and a `value`; its examples, and that of
/// the API, are an object with free names, one for each answer (Q110). The object is read as such;
/// anything else is kept as it came. `Debug` shows the names, not the answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CustomFields(Form);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
enum Form {
    Named(#[serde(deserialize_with = "without_nulls")] BTreeMap<Box<str>, FreeForm>),
    Other(FreeForm),
}

impl CustomFields {
    /// The answer under a name, if it is a text.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .find_map(|(key, value)| (key == name).then(|| value.as_str())?)
    }

    /// Every name with its answer; empty if the form differs from the examples.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &FreeForm)> {
        let named = match &self.0 {
            Form::Named(named) => Some(named),
            Form::Other(_) => None,
        };
        named.into_iter().flatten().map(|(name, value)| (&**name, value))
    }

    /// The whole value, if the form differs from the examples.
    #[must_use]
    pub const fn other(&self) -> Option<&FreeForm> {
        match &self.0 {
            Form::Named(_) => None,
            Form::Other(value) => Some(value),
        }
    }
}

/// A null answer counts as missing.
fn without_nulls<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<Box<str>, FreeForm>, D::Error> {
    let all: BTreeMap<Box<str>, Option<FreeForm>> = BTreeMap::deserialize(deserializer)?;
    let given = all.into_iter().filter_map(|(name, value)| Some((name, value?)));
    Ok(given.collect())
}
