//! Ids that a body has as numbers.

use serde::Serializer;

/// Writes an id that the documented body has as a number: digits as a number, other text as text.
pub(super) fn numeral<S: Serializer>(id: &impl AsRef<str>, serializer: S) -> Result<S::Ok, S::Error> {
    let id = id.as_ref();
    // A number would change `007` and `+7`.
    let plain = id == "0" || !id.starts_with(['0', '+']);
    match id.parse() {
        Ok(number) if plain => serializer.serialize_u64(number),
        _ => serializer.serialize_str(id),
    }
}

/// Writes such an id that may be missing.
pub(super) fn optional_numeral<S: Serializer>(
    id: &Option<impl AsRef<str>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match id {
        Some(id) => numeral(id, serializer),
        None => serializer.serialize_none(),
    }
}
