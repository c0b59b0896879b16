//! Digests of rows and of sets of rows.

use core::fmt;

use sha2::{Digest as _, Sha256};

use super::{Kind, Value};

/// The digest of a row, or the sum of the digests of many, in any order: 256 bits, modulo 2²⁵⁶.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of a row: SHA-256 over its kind, its key and its values. The text of a time that
    /// is a moment is left out, because the service writes one moment in several ways (Q33).
    #[must_use]
    pub fn of(kind: Kind, key: &str, values: &[Value]) -> Self {
        let mut hash = Sha256::new();
        text(&mut hash, kind.as_str());
        text(&mut hash, key);
        // How many values ago a moment was: its day follows it, and then its text.
        let mut since_moment = 3_usize;
        for value in values {
            since_moment = since_moment.saturating_add(1);
            match value {
                Value::Missing => hash.update([0]),
                Value::Text(_) if since_moment == 2 => {}
                Value::Text(value) => {
                    hash.update([1]);
                    text(&mut hash, value);
                }
                Value::Int(value) => {
                    hash.update([2]);
                    hash.update(value.to_be_bytes());
                }
                Value::Flag(value) => hash.update([3, u8::from(*value)]),
                Value::Decimal(value) => {
                    hash.update([4]);
                    hash.update(value.normalize().serialize());
                }
                Value::Moment(value) => {
                    since_moment = 0;
                    hash.update([5]);
                    hash.update(value.millis().to_be_bytes());
                }
                Value::Day(value) => {
                    hash.update([6]);
                    hash.update(value.to_be_bytes());
                }
            }
        }
        Self(hash.finalize().into())
    }

    /// Takes the bytes, the most significant first.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, the most significant first.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The sum modulo 2²⁵⁶.
    #[must_use]
    pub fn plus(mut self, other: Self) -> Self {
        let mut carry = false;
        for (byte, other) in self.0.iter_mut().zip(other.0).rev() {
            let (sum, first) = byte.overflowing_add(other);
            let (sum, second) = sum.overflowing_add(u8::from(carry));
            *byte = sum;
            carry = first || second;
        }
        self
    }

    /// The difference modulo 2²⁵⁶.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        // Two's complement: all bits turned, and one more.
        let mut one = [0; 32];
        one[31] = 1;
        self.plus(Self(other.0.map(|byte| !byte))).plus(Self(one))
    }
}

/// A text after its length, so that no two lists of values have the same bytes.
fn text(hash: &mut Sha256, text: &str) {
    hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
    hash.update(text);
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
