//! Enums of texts to which the service may add.

use core::fmt;

use serde::de::Deserializer;
use serde_json::Number;

use crate::id::number_text;
use crate::scalar::{self, FromScalar};
use crate::text::{Text, trimmed};

/// The text of an enum value that this version of the SDK does not know.
///
/// It is read with the enum's `as_str()`; it cannot be made or matched by content, so that a
/// program does not depend on a value being unknown.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownText(Text);

impl UnknownText {
    pub(crate) fn new(text: &str) -> Self {
        Self(text.into())
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Debug for UnknownText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Whether two enum texts are equal except for case and underscores: the service writes
/// `waiting_payment` on old pages and `waitingPayment` on new ones.
pub(crate) fn same_spelling(a: &str, b: &str) -> bool {
    fn fold(text: &str) -> impl Iterator<Item = u8> {
        trimmed(text)
            .bytes()
            .filter(|byte| *byte != b'_')
            .map(|byte| byte.to_ascii_lowercase())
    }
    fold(a).eq(fold(b))
}

/// Reads a text, or a number as its text: a status came as one (Q163).
pub(crate) fn deserialize<'de, D: Deserializer<'de>, T: OpenEnum>(deserializer: D) -> Result<T, D::Error> {
    scalar::deserialize(deserializer).map(|Scalar(value)| value)
}

/// An enum whose unknown texts are kept.
pub(crate) trait OpenEnum: for<'a> From<&'a str> {
    /// The texts of its values.
    const KNOWN: &'static [&'static str];
}

struct Scalar<T>(T);

impl<T: OpenEnum> FromScalar for Scalar<T> {
    const EXPECTED: &'static str = "a text or a number";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        Ok(Self(text.into()))
    }

    fn from_number(number: &Number) -> Result<Self, &'static str> {
        number_text(number).map(|text| Self(text.as_str().into()))
    }

    fn describe(f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one of")?;
        T::KNOWN.iter().try_for_each(|known| write!(f, "\n{known}"))
    }
}

/// A text of at most 15 bytes, of an enum that is `Copy`.
#[cfg(feature = "money")]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShortText {
    /// Followed by zeros.
    bytes: [u8; 15],
    length: u8,
}

#[cfg(feature = "money")]
impl ShortText {
    pub(crate) fn new(text: &str) -> Option<Self> {
        let mut bytes = [0; 15];
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        let length = u8::try_from(text.len()).ok()?;
        Some(Self { bytes, length })
    }

    pub(crate) fn as_str(&self) -> &str {
        // The bytes are a whole text, because only `new` writes them.
        self.bytes
            .get(..usize::from(self.length))
            .and_then(|bytes| str::from_utf8(bytes).ok())
            .unwrap_or("")
    }
}

#[cfg(feature = "money")]
impl fmt::Debug for ShortText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

/// Declares an enum whose unknown texts are kept. Those of an enum declared `printing` with a
/// function print only if the function gives the text; it gives `None` if the text may be data. One
/// declared `copy` is `Copy`, and has no unknown text of more than 15 bytes.
macro_rules! open_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal,)+ }) => {
        open_enum! { @silent $(#[$meta])* #[derive(Debug)] $name { $($(#[$variant_meta])* $variant = $text,)+ } }
        open_enum! { @shown $name }
    };
    (
        copy $invalid:ident;
        $(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal,)+ }
    ) => {
        open_enum! {
            @kept $crate::open_enum::ShortText;
            $(#[$meta])* #[derive(Debug, Copy)] $name { $($(#[$variant_meta])* $variant = $text,)+ }
        }
        open_enum! { @shown $name }

        impl TryFrom<&str> for $name {
            type Error = $invalid;

            fn try_from(text: &str) -> Result<Self, $invalid> {
                Ok(match text {
                    $($text => Self::$variant,)+
                    $(_ if $crate::open_enum::same_spelling(text, $text) => Self::$variant,)+
                    _ => Self::_Unknown($crate::open_enum::ShortText::new(text).ok_or($invalid(()))?),
                })
            }
        }
    };
    (@shown $name:ident) => {
        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
    (
        printing $plain:path;
        $(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal,)+ }
    ) => {
        open_enum! { @silent $(#[$meta])* $name { $($(#[$variant_meta])* $variant = $text,)+ } }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(match self {
                    Self::_Unknown(text) => $plain(text.as_str()).unwrap_or("***"),
                    known => known.as_str(),
                })
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                match self {
                    $(Self::$variant => f.write_str(stringify!($variant)),)+
                    Self::_Unknown(_) => write!(f, "_Unknown({self})"),
                }
            }
        }
    };
    (@silent $(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal,)+ }) => {
        open_enum! {
            @kept $crate::UnknownText;
            $(#[$meta])* $name { $($(#[$variant_meta])* $variant = $text,)+ }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)+
                    $(_ if $crate::open_enum::same_spelling(text, $text) => Self::$variant,)+
                    _ => Self::_Unknown($crate::UnknownText::new(text)),
                }
            }
        }

        impl $crate::open_enum::OpenEnum for $name {
            const KNOWN: &'static [&'static str] = &[$($text),+];
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::open_enum::deserialize(deserializer)
            }
        }
    };
    (
        @kept $unknown:ty;
        $(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $text:literal,)+ }
    ) => {
        $(#[$meta])*
        ///
        /// Known texts match whatever their case and underscores; an unknown text is kept and read
        /// with [`as_str`](Self::as_str).
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
            #[doc(hidden)]
            _Unknown($unknown),
        }

        impl $name {
            /// The texts that this version of the SDK knows, as the service's documentation spells
            /// them.
            pub const KNOWN: &'static [&'static str] = &[$($text),+];

            /// The text, as the service's documentation spells it, or as it came when it is
            /// unknown.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::_Unknown(text) => text.as_str(),
                }
            }

            /// Whether this version of the SDK knows the text.
            #[must_use]
            pub fn is_known(&self) -> bool {
                !matches!(self, Self::_Unknown(_))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}
