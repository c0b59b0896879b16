//! The text that ties a callback to the browser that was sent away.

use alloc::string::String;
use core::fmt;

use eduzz_types::AuthorizationCode;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;

/// At least 128 random bits, as hexadecimal text: proof that a callback answers a sign-in that was begun here.
///
/// It is moved into a [`Pending`](crate::Pending) and used once. It does not print.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct State(
    // A code is a text that does not print and is wiped on drop; so is a state.
    AuthorizationCode,
);

impl State {
    /// Makes a state from bytes of the system's random generator: at least 16, which the compiler checks. 32 are good.
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

    /// Compares in a time that does not tell where a difference is.
    pub(crate) fn is(&self, other: &str) -> bool {
        bool::from(self.0.expose().as_bytes().ct_eq(other.as_bytes()))
    }

    /// Whether it is long enough to be one of [`from_random`](Self::from_random)'s: a stored one may have been tampered with.
    pub(crate) fn is_strong(&self) -> bool {
        self.0.expose().len() >= 32
    }
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("State(***)")
    }
}
