//! Secrets: texts that do not print and are wiped when dropped.

use alloc::boxed::Box;
use alloc::string::String;
use core::hint::black_box;

use zeroize::Zeroizing;

/// The inner type of every secret.
#[derive(Clone)]
pub(crate) struct SecretText(Zeroizing<Box<str>>);

impl SecretText {
    pub(crate) fn new(mut text: String) -> Self {
        if text.trim().len() == text.len() && text.capacity() == text.len() {
            return Self(Zeroizing::new(text.into_boxed_str()));
        }
        // The copy that has blanks, or spare room that a shrinking would leave behind, is wiped.
        let trimmed: Box<str> = text.trim().into();
        zeroize::Zeroize::zeroize(&mut text);
        Self(Zeroizing::new(trimmed))
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }

    /// Compares without stopping at the first difference; its duration reveals only the length.
    pub(crate) fn same(&self, other: &Self) -> bool {
        let (a, b) = (self.0.as_bytes(), other.0.as_bytes());
        a.len() == b.len() && a.iter().zip(b).fold(0, |bits, (a, b)| black_box(bits | (a ^ b))) == 0
    }
}

/// Declares newtypes over a secret text.
macro_rules! secret {
    ($($(#[$meta:meta])* $name:ident;)+) => {$(
        $(#[$meta])*
        ///
        /// `Debug` is masked, there is no `Display`, and the memory is wiped on drop; comparing
        /// takes the same time wherever the difference is. **Serializing writes it in clear**,
        /// because that is how it is sent and stored: do not serialize it into a log.
        #[derive(Clone)]
        pub struct $name($crate::secret::SecretText);

        impl $name {
            /// Takes the secret, without the blanks around it (a file's last line break, say).
            #[must_use]
            pub fn new(text: impl Into<alloc::string::String>) -> Self {
                Self($crate::secret::SecretText::new(text.into()))
            }

            /// The secret itself. Do not print or log it.
            #[must_use]
            pub fn expose(&self) -> &str {
                self.0.expose()
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(concat!(stringify!($name), "(***)"))
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.same(&other.0)
            }
        }

        impl Eq for $name {}

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl From<alloc::string::String> for $name {
            fn from(text: alloc::string::String) -> Self {
                Self::new(text)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let secret = Self::new(<alloc::string::String as serde::Deserialize>::deserialize(deserializer)?);
                if secret.expose().is_empty() {
                    return Err(serde::de::Error::custom("the secret is blank"));
                }
                Ok(secret)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.expose())
            }
        }
    )+};
}

secret! {
    /// A token that the API accepts: one from a sign-in, or a personal token made in the console.
    ///
    /// Personal tokens start with `edzpap_`; tokens of a sign-in have no fixed form, so none is
    /// assumed.
    AccessToken;
    /// The secret of an application (`client_secret`), shown once in the console.
    ClientSecret;
    /// The code that a sign-in's callback carries; it can be exchanged once.
    AuthorizationCode;
    /// The token answer's `refresh_token`: documented as unused and always null.
    RefreshToken;
    /// The second, fixed secret that the events of invoices carry in their body
    /// (`producer.originSecret`). Anyone who reads a body has it, so it proves little; only the
    /// signature does.
    OriginSecret;
}
