//! Ids: a type for each kind, so that they are not mixed up.

use alloc::string::ToString as _;

use serde_json::Number;

use crate::text::Text;

/// The text of an id that came as a number: `123` and `123.0` are the same id, and `1.5` is
/// invalid.
pub(crate) fn number_text(number: &Number) -> Result<Text, &'static str> {
    if let Some(number) = number.as_u64() {
        return Ok(number.into());
    }
    let text = number.to_string();
    let whole = text.strip_suffix(".0").unwrap_or(&text);
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    // A number rounded by a binary float has an exponent: its digits are not the service's.
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(whole.into())
    } else {
        Err("the number is not an id")
    }
}

/// Declares newtypes over the text of an id.
macro_rules! id {
    ($($(#[$meta:meta])* $name:ident;)+) => {$(
        $(#[$meta])*
        ///
        /// The service writes it as text or as a number, sometimes with blanks around it (Q25); it
        /// is read from either, without the blanks, and written as text.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($crate::text::Text);

        impl $name {
            /// Makes an id from its text, without the blanks around it.
            #[must_use]
            pub fn new(text: &str) -> Self {
                Self($crate::text::trimmed(text).into())
            }

            /// The text of the id.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.0).finish()
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl From<alloc::string::String> for $name {
            fn from(text: alloc::string::String) -> Self {
                Self::new(&text)
            }
        }

        impl From<u64> for $name {
            fn from(number: u64) -> Self {
                Self(number.into())
            }
        }

        impl $crate::scalar::FromScalar for $name {
            const EXPECTED: &'static str = "an id (text or number)";

            fn from_text(text: &str) -> Result<Self, &'static str> {
                Ok(Self::new(text))
            }

            fn from_number(number: &serde_json::Number) -> Result<Self, &'static str> {
                $crate::id::number_text(number).map(Self)
            }
        }

        read_as_scalar!($name);

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    )+};
}

id! {
    /// Id of an Eduzz account, a UUID: what `GET /accounts/v1/me` and the token answer's `user.id`
    /// give.
    AccountId;
    /// Number of a producer or customer at Eduzz (`eduzzId`): the one that sales and webhooks use.
    ///
    /// Only the token answer links it to the [`AccountId`]; `GET /accounts/v1/me` does not have it.
    EduzzId;
    /// Number of the same person at Nutror (`nutrorId`).
    NutrorId;
    /// Id of an application (`client_id`), a UUID.
    ClientId;
    /// Id of an access token, a UUID; not the token itself.
    TokenId;
    /// Id of the credential (the application) that a token was made for, a UUID.
    CredentialId;
    /// Id of a product of MyEduzz (there also called a content).
    ProductId;
    /// Id of an invoice, with or without a subscription; webhooks use it.
    InvoiceId;
    /// Id of an event that a webhook delivers: the same in each attempt, whatever its form (25
    /// letters and digits, 32 hex digits or a UUID were seen), so it identifies duplicates.
    EventId;
    /// Code of an error, such as `ERR_NF404`, `0010` or `12`; `docs/errors.md` lists them by
    /// product.
    ErrorCode;
}
