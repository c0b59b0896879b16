//! Amounts of money, and other exact numbers.

use alloc::string::ToString as _;
use core::fmt;
use core::str::FromStr as _;

use rust_decimal::Decimal;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
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
/// The value is an exact decimal. It is read from the text of the JSON number, so 0.1 is 0.1, with
/// or without serde_json's `arbitrary_precision`: exact for every number of up to 15 significant
/// digits, and for every number that a server with binary floats prints, down to the 28th decimal
/// place. Writing a value that a JSON number could not carry exactly is an error.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[allow(
    clippy::exhaustive_structs,
    reason = "an amount is a currency and a value, and stays so"
)]
pub struct Money {
    /// The currency.
    pub currency: Currency,
    /// The value, in units of the currency; in a statement, outgoing amounts are negative.
    #[serde(serialize_with = "write_decimal")]
    pub value: Decimal,
}

impl<'de> Deserialize<'de> for Money {
    /// Reads an object only: `["BRL", 1]` is not an amount.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Fields {
            currency: Currency,
            #[serde(deserialize_with = "read_decimal")]
            value: Decimal,
        }

        struct AmountVisitor;

        impl<'de> Visitor<'de> for AmountVisitor {
            type Value = Money;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an amount (currency and value)")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Money, A::Error> {
                let Fields { currency, value } = Fields::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Money { currency, value })
            }
        }

        deserializer.deserialize_map(AmountVisitor)
    }
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

    /// The sum; `None` if the currencies differ, or the sum has more than 28 digits.
    #[must_use]
    pub fn checked_add(&self, other: &Self) -> Option<Self> {
        let value = self.value.checked_add(other.value)?;
        (self.currency == other.currency).then(|| Self {
            currency: self.currency.clone(),
            value,
        })
    }

    /// The sum of the amounts; `None` without any, as [`checked_add`](Self::checked_add) otherwise.
    ///
    /// ```
    /// use eduzz_types::Money;
    ///
    /// let sales = [Money::brl(100.into()), Money::brl(50.into())];
    /// assert_eq!(Money::sum(&sales).map(|sum| sum.to_string()).as_deref(), Some("BRL 150.00"));
    /// ```
    #[must_use]
    pub fn sum<'a>(amounts: impl IntoIterator<Item = &'a Self>) -> Option<Self> {
        let mut amounts = amounts.into_iter();
        let first = amounts.next()?.clone();
        amounts.try_fold(first, |sum, amount| sum.checked_add(amount))
    }

    /// The amount in hundredths of the unit, such as centavos; `None` if it has a smaller part, or
    /// in a currency other than BRL and USD.
    #[must_use]
    pub fn minor_units(&self) -> Option<i64> {
        if !self.currency.is_known() {
            return None;
        }
        let hundredths = self.value.checked_mul(Decimal::ONE_HUNDRED)?;
        hundredths
            .is_integer()
            .then(|| hundredths.try_into().ok())
            .flatten()
    }
}

impl fmt::Display for Money {
    /// Writes the code and the value with two or more places, `BRL 301.50`; for programs, not for
    /// readers of one country.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut value = self.value.normalize();
        if value.scale() < 2 {
            value.rescale(2);
        }
        write!(f, "{} {value}", self.currency)
    }
}

/// A number that is not money, or money without its currency, as an exact decimal: a percentage, a
/// value whose meaning depends on another field.
///
/// It is read and written like the value of a [`Money`]: from the text of the JSON number, or from
/// a JSON text.
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

read_as_scalar!(ExactNumber);

impl Serialize for ExactNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write_decimal(&self.0, serializer)
    }
}

impl FromScalar for ExactNumber {
    const EXPECTED: &'static str = "a decimal number";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        let plain = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
        if !text.bytes().all(plain) {
            return with_comma(text).map(Self).ok_or(NOT_DECIMAL);
        }
        if text.contains(['e', 'E']) {
            Decimal::from_scientific(text).or_else(|_| residue(text))
        } else {
            Decimal::from_str_exact(text)
        }
        .map(Self)
        .map_err(|_| NOT_DECIMAL)
    }

    fn from_number(number: &Number) -> Result<Self, &'static str> {
        match number.as_i64() {
            Some(whole) => Ok(Self(whole.into())),
            None => Self::from_text(&number.to_string()),
        }
    }
}

const NOT_DECIMAL: &str = "not a decimal number of at most 28 digits";

/// An amount as it is written in Brazil, `197,00` (Q180): exactly two decimals after one comma, and
/// no other separator, so that it cannot mean thousands.
fn with_comma(text: &str) -> Option<Decimal> {
    let (whole, cents) = text.split_once(',')?;
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_amount =
        is_number(whole.strip_prefix('-').unwrap_or(whole)) && cents.len() == 2 && is_number(cents);
    is_amount
        .then(|| Decimal::from_str_exact(&alloc::format!("{whole}.{cents}")).ok())
        .flatten()
}

/// The residue of sums in binary floats, such as `5.551115123125783e-17`, has more than the 28
/// places of a decimal. The excess digits are cut off; they are not money.
fn residue(text: &str) -> Result<Decimal, rust_decimal::Error> {
    let parts = text
        .split_once(['e', 'E'])
        .and_then(|(mantissa, exponent)| Some((mantissa, exponent.parse::<i64>().ok()?)));
    match parts {
        Some((mantissa, exponent)) if exponent < 0 => {
            let places = usize::try_from(exponent.unsigned_abs()).unwrap_or(usize::MAX);
            let (sign, digits) = mantissa
                .strip_prefix('-')
                .map_or(("", mantissa), |digits| ("-", digits));
            let whole: alloc::string::String = digits.chars().filter(char::is_ascii_digit).collect();
            let point = digits.find('.').unwrap_or(digits.len());
            let zeros = places.saturating_sub(point).min(28);
            let mut plain = alloc::format!("{sign}0.{}{whole}", "0".repeat(zeros));
            plain.truncate(sign.len() + 2 + 28);
            Decimal::from_str_exact(&plain)
        }
        _ => Decimal::from_scientific(text),
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
