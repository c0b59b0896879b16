//! Short texts without an allocation.

use alloc::boxed::Box;
use alloc::string::String;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How many bytes fit inline: most names, e-mail addresses and all moments do. With the length and
/// the tag it is four words.
const INLINE: usize = 30;

/// A text that does not change; a short one (a number, a date, a code) is kept inline.
#[derive(Clone)]
pub(crate) struct Text(Repr);

#[derive(Clone)]
enum Repr {
    Inline { length: u8, bytes: [u8; INLINE] },
    Heap(Box<str>),
}

impl Text {
    pub(crate) fn as_str(&self) -> &str {
        match &self.0 {
            // The bytes are a whole text, because only `from` writes them.
            Repr::Inline { length, bytes } => bytes
                .get(..usize::from(*length))
                .and_then(|bytes| str::from_utf8(bytes).ok())
                .unwrap_or(""),
            Repr::Heap(text) => text,
        }
    }
}

impl Text {
    /// The text inline, if it is short enough.
    fn inline(text: &str) -> Option<Self> {
        let mut bytes = [0; INLINE];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        let length = u8::try_from(text.len()).ok()?;
        Some(Self(Repr::Inline { length, bytes }))
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::inline(text).unwrap_or_else(|| Self(Repr::Heap(text.into())))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::inline(&text).unwrap_or_else(|| Self(Repr::Heap(text.into())))
    }
}

impl From<u64> for Text {
    fn from(mut number: u64) -> Self {
        // The longest has 20 digits.
        let length = number.checked_ilog10().map_or(1, |digits| digits + 1);
        let mut bytes = [0; INLINE];
        for place in bytes.iter_mut().take(length as usize).rev() {
            *place = b'0' + (number % 10) as u8;
            number /= 10;
        }
        let length = length as u8;
        Self(Repr::Inline { length, bytes })
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor("a text", "a text"))
    }
}

/// Reads a text; holds the expectation in an error message, and that of the alternate form
/// (`{:#}`), for a program that describes what it can be given.
pub(crate) struct TextVisitor(pub(crate) &'static str, pub(crate) &'static str);

impl Visitor<'_> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if f.alternate() { self.1 } else { self.0 })
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
        Ok(text.into())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Text, E> {
        Ok(text.into())
    }
}

/// The text without the blanks around it. Nearly every text has none and begins and ends with
/// ASCII.
pub(crate) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use proptest::prelude::*;

    use super::{Text, trimmed};

    proptest! {
        #[test]
        fn text_round_trips_inline_and_on_heap(text in ".{0,40}") {
            for kept in [Text::from(&*text), Text::from(text.clone())] {
                prop_assert_eq!(kept.as_str(), &*text);
            }
        }

        #[test]
        fn trimmed_is_trim(text in "[ \t\u{a0}\u{3000}]{0,2}[a-z0-9é ]{0,4}[ \n\u{85}]{0,2}") {
            prop_assert_eq!(trimmed(&text), text.trim());
        }

        #[test]
        fn number_text_is_its_digits(number: u64) {
            let kept = Text::from(number);
            prop_assert_eq!(kept.as_str(), number.to_string());
        }
    }

    #[test]
    fn extreme_numbers_keep_their_digits() {
        for number in [0, 9, 10, u64::MAX] {
            assert_eq!(Text::from(number).as_str(), number.to_string());
        }
        assert_eq!(size_of::<Option<Text>>(), 32);
    }
}
