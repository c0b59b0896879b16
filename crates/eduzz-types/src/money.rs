//! Amounts of money, and other exact numbers.

use alloc::string::ToString as _;
use core::fmt;
use core::str::FromStr as _;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Number;

use crate::scalar::{self, FromScalar};

open_enum! {
    /// Currency of an amount, by its ISO 4217 code.
    Currency {
        /// Brazilian real.
        Brl = "BRL",
        /// United States dollar.
        Usd = "USD",
    }
}

/// An amount with its currency: `{ "currency": "BRL", "value": 301.5 }`, in units, not cents.
///
/// The value is an exact decimal. It is read from the text of the JSON number, so 0.1 is 0.1, with or without
/// serde_json's `arbitrary_precision`: exact for every number of up to 15 significant digits, and for every number that a
/// server with binary floats prints. Writing a value that a JSON number could not carry exactly is an error.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(
    clippy::exhaustive_structs,
    reason = "an amount is a currency and a value, and stays so"
)]
pub struct Money {
    /// The currency.
    pub currency: Currency,
    /// The value, in units of the currency; in a statement, what goes out is negative.
    #[serde(serialize_with = "write_decimal", deserialize_with = "read_decimal")]
    pub value: Decimal,
}

impl Money {
    /// An amount in Brazilian reals.
    #[must_use]
    pub const fn brl(value: Decimal) -> Self {
        Self {
            currency: Currency::Brl,
            value,
        }
    }
}

impl fmt::Display for Money {
    /// Writes the code and the value, `BRL 301.50`; for programs, not for a particular country's readers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, self.value)
    }
}

/// A number that is not money, or money without its currency, as an exact decimal: a percentage, a value whose meaning
/// another field tells.
///
/// It is read and written like the value of a [`Money`]: from the text of the JSON number, or from a JSON text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_structs, reason = "a number is a number")]
pub struct ExactNumber(pub Decimal);

impl From<Decimal> for ExactNumber {
    fn from(value: Decimal) -> Self {
        Self(value)
    }
}

impl From<i64> for ExactNumber {
    fn from(value: i64) -> Self {
        Self(value.into())
    }
}

impl fmt::Display for ExactNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for ExactNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        scalar::deserialize(deserializer)
    }
}

impl Serialize for ExactNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_decimal(&self.0, serializer)
    }
}

impl FromScalar for ExactNumber {
    const EXPECTED: &'static str = "a decimal number";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if text.contains(['e', 'E']) {
            Decimal::from_scientific(text)
        } else {
            Decimal::from_str_exact(text)
        }
        .map(Self)
        .map_err(|_| "not a decimal number of at most 28 digits")
    }

    fn from_number(number: &Number) -> Result<Self, &'static str> {
        match number.as_i64() {
            Some(whole) => Ok(Self(whole.into())),
            None => Self::from_text(&number.to_string()),
        }
    }
}

fn read_decimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    scalar::deserialize(deserializer).map(|ExactNumber(value)| value)
}

fn write_decimal<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    let value = value.normalize();
    let exact = |number: Number| {
        ExactNumber::from_number(&number)
            .is_ok_and(|ExactNumber(back)| back == value)
            .then_some(number)
    };
    Number::from_str(&value.to_string())
        .ok()
        .and_then(exact)
        .ok_or_else(|| {
            serde::ser::Error::custom("the number has more digits than a JSON number carries exactly")
        })?
        .serialize(serializer)
}
