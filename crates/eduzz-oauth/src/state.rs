//! The state, which ties a callback to its sign-in.

use alloc::string::String;
use core::fmt;

use eduzz_types::AuthorizationCode;
use serde::{Deserializer, Serializer};
use subtle::ConstantTimeEq as _;

/// At least 128 random bits as hexadecimal text. A callback that has it answers this sign-in.
///
/// It is moved into a [`Pending`](crate::Pending) and used once. It does not print.
pub struct State(
    // This type does not print and is wiped on drop.
    AuthorizationCode,
);

impl State {
    /// Creates a state from at least 16 bytes (checked by the compiler) of the system's random
    /// generator; use 32.
    ///
    /// ```compile_fail
    /// let guessable = eduzz_oauth::State::from_random([0; 8]);
    /// ```
    #[must_use]
    pub fn from_random<const N: usize>(bytes: [u8; N]) -> Self {
        const { assert!(N >= 16, "a state needs at least 128 random bits") };
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |nibble: u8| {
            DIGITS
                .get(usize::from(nibble))
                .map_or('0', |digit| char::from(*digit))
        };
        let mut text = String::with_capacity(N * 2);
        for byte in bytes {
            text.push(digit(byte >> 4));
            text.push(digit(byte & 15));
        }
        Self(AuthorizationCode::new(text))
    }

    pub(crate) fn expose(&self) -> &str {
        self.0.expose()
    }

    /// Compares in constant time.
    pub(crate) fn is(&self, other: &str) -> bool {
        bool::from(self.0.expose().as_bytes().ct_eq(other.as_bytes()))
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("State(***)")
    }
}

/// How a [`Pending`](crate::Pending) stores its state. A `State` itself cannot be deserialized: it
/// might be guessable.
pub(crate) mod stored {
    use super::{AuthorizationCode, Deserializer, Serializer, State};
    use serde::Deserialize as _;
    use serde::de::Error as _;

    pub(crate) fn serialize<S: Serializer>(state: &State, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(state.expose())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<State, D::Error> {
        let text = AuthorizationCode::deserialize(deserializer)?;
        let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        // 128 bits, as `State::from_random` writes them.
        if text.expose().len() >= 32 && text.expose().bytes().all(digit) {
            Ok(State(text))
        } else {
            Err(D::Error::custom(
                "the stored state was not made by this crate; begin the sign-in again",
            ))
        }
    }
}
