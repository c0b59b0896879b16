//! Ids that a body has as numbers.

use serde::{Serialize, Serializer};

/// The text of an id in a body whose documentation has a number there: what is one is written as one, all else as a text.
pub(super) struct Numeral<'a>(pub(super) &'a str);

impl Serialize for Numeral<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // `007` and `+7` are texts that a number would change.
        let plain = self.0 == "0" || !self.0.starts_with(['0', '+']);
        match self.0.parse() {
            Ok(number) if plain => serializer.serialize_u64(number),
            _ => serializer.serialize_str(self.0),
        }
    }
}
