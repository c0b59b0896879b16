//! The signature of a delivery, and the accepted forms of its header.

use core::fmt;

use crate::Forged;

/// The header of the signature, in lower case. Header names are case-insensitive.
pub const SIGNATURE_HEADER: &str = "x-signature";

/// The length of SHA-256.
const BYTES: usize = 32;
const DIGITS: usize = 2 * BYTES;

/// A longer header is malformed: 64 digits, a prefix and some blanks.
const LONGEST: usize = 128;

/// The HMAC-SHA256 of a body, as 64 lower-case hexadecimal digits.
///
/// `Display` writes all digits. They reveal nothing about the key, but since the signature has no
/// timestamp (Q73), anyone with the signature *and the body* can replay the delivery.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Signature([u8; DIGITS]);

impl Signature {
    pub(crate) fn from_bytes(bytes: &[u8; BYTES]) -> Self {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let digit = |value: u8| HEX.get(usize::from(value)).copied().unwrap_or(b'0');
        let mut digits = [0; DIGITS];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(bytes) {
            if let [high, low] = pair {
                *high = digit(byte >> 4);
                *low = digit(byte & 0xf);
            }
        }
        Self(digits)
    }

    /// The 64 digits, in lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// Reads the header's value.
///
/// Upper case, the prefix `sha256=` and surrounding blanks are accepted, since some proxies and
/// older receivers write them. Anything else is malformed.
pub(crate) fn read(header: &[u8]) -> Result<[u8; BYTES], Forged> {
    if header.len() > LONGEST {
        return Err(Forged::Malformed);
    }
    let text = header.trim_ascii();
    if text.is_empty() {
        return Err(Forged::Unsigned);
    }
    let digits = match text.split_at_checked(b"sha256=".len()) {
        Some((prefix, digits)) if prefix.eq_ignore_ascii_case(b"sha256=") => digits,
        _ => text,
    };
    if digits.len() != DIGITS {
        return Err(Forged::Malformed);
    }
    let mut bytes = [0; BYTES];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let [high, low] = pair else {
            return Err(Forged::Malformed);
        };
        let (Some(high), Some(low)) = (value(*high), value(*low)) else {
            return Err(Forged::Malformed);
        };
        *byte = high << 4 | low;
    }
    Ok(bytes)
}

const fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

impl AsRef<[u8]> for Signature {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<str> for Signature {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signature({self})")
    }
}
