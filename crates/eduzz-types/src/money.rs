//! Amounts of money, and other exact numbers.

use alloc::string::ToString as _;
use core::borrow::Borrow;
use core::fmt;
use core::str::FromStr as _;

use rust_decimal::Decimal;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Number;

use crate::id::number_text;
use crate::scalar::{self, FromScalar};

open_enum! {
    copy InvalidCurrency;
    /// Currency of an amount, by its ISO 4217 code: a text of at most 15 bytes.
    Currency {
        /// Brazilian real.
        Brl = "BRL",
        /// United States dollar.
        Usd = "USD",
    }
}

/// A text of more than 15 bytes, which is not a code of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidCurrency(());

impl fmt::Display for InvalidCurrency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(NO_CURRENCY)
    }
}

impl core::error::Error for InvalidCurrency {}

const NO_CURRENCY: &str = "the code of a currency has more than 15 bytes";

read_as_scalar!(Currency);

impl FromScalar for Currency {
    const EXPECTED: &'static str = "a text or a number";

    fn from_text(text: &str) -> Result<Self, &'static str> {
        text.try_into().map_err(|InvalidCurrency(())| NO_CURRENCY)
    }

    /// Some tables call a currency a number (Q101).
    fn from_number(number: &Number) -> Result<Self, &'static str> {
        Self::from_text(number_text(number)?.as_str())
    }
}

/// An amount with its currency: `{ "currency": "BRL", "value": 301.5 }`, in units, not cents.
///
/// The value is an exact decimal. It is read from the text of the JSON number, so 0.1 is 0.1, with
/// or without serde_json's `arbitrary_precision`: exact for every number of up to 15 significant
/// digits, and for every number that a server with binary floats prints, down to the 28th decimal
/// place. Writing a value that a JSON number could not carry exactly is an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
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
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let value = self.value.checked_add(other.value)?;
        (self.currency == other.currency).then_some(Self { value, ..self })
    }

    /// The sum of the amounts; `None` without any, as [`checked_add`](Self::checked_add) otherwise.
    ///
    /// ```
    /// use eduzz_types::Money;
    ///
    /// let sales = [Money::brl(100.into()), Money::brl(50.into())];
    /// assert_eq!(Money::sum(sales).map(|sum| sum.to_string()).as_deref(), Some("BRL 150.00"));
    /// ```
    #[must_use]
    pub fn sum(amounts: impl IntoIterator<Item: Borrow<Self>>) -> Option<Self> {
        let mut amounts = amounts.into_iter().map(|amount| *amount.borrow());
        let first = amounts.next()?;
        amounts.try_fold(first, Self::checked_add)
    }

    /// The amount in hundredths of the unit, such as centavos; `None` if it has a smaller part, or
    /// in a currency other than BRL and USD.
    #[must_use]
    pub fn minor_units(self) -> Option<i64> {
        if !self.currency.is_known() {
            return None;
        }
        let hundredths = self.value.checked_mul(Decimal::ONE_HUNDRED)?;
        hundredths
            .is_integer()
            .then(|| hundredths.try_into().ok())
            .flatten()
    }

    /// The amount as it is written in Brazil, with two or more places: `R$ 1.234,56`,
    /// `-USD 1.234,56`.
    ///
    /// ```
    /// # use eduzz_types::Money;
    /// assert_eq!(Money::brl((-1234).into()).pt_br().to_string(), "-R$ 1.234,00");
    /// ```
    #[must_use]
    pub fn pt_br(self) -> impl fmt::Display {
        PtBr(self)
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

struct PtBr(Money);

impl fmt::Display for PtBr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(amount) = self;
        let sign = if amount.value < Decimal::ZERO { "-" } else { "" };
        let currency = match &amount.currency {
            Currency::Brl => "R$",
            other => other.as_str(),
        };
        let digits = amount.value.normalize().abs().to_string();
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        let mut text = alloc::format!("{sign}{currency} ");
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                text.push('.');
            }
            text.push(digit);
        }
        f.pad(&alloc::format!("{text},{fraction:0<2}"))
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
        let value = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => scientific(mantissa, exponent),
            None => Decimal::from_str_exact(text).ok(),
        };
        value.map(Self).ok_or(NOT_DECIMAL)
    }

    fn from_number(number: &Number) -> Result<Self, &'static str> {
        match number.as_i64() {
            Some(whole) => Ok(Self(whole.into())),
            None => Self::from_text(&number.to_string()),
        }
    }

    fn from_float(number: f64) -> Result<Self, &'static str> {
        match hundredths(number) {
            Some(value) => Ok(Self(value)),
            None => Number::from_f64(number).map_or(Err(NOT_DECIMAL), |number| Self::from_number(&number)),
        }
    }
}

/// The decimal of a float that is printed with at most two places, without printing it. Of two
/// decimals of at most 15 digits no two are nearest to the same float, so the quotient proves it.
fn hundredths(number: f64) -> Option<Decimal> {
    const LARGEST: f64 = 1e13;
    if number == 0.0 || number.abs() >= LARGEST {
        return None;
    }
    // The cast truncates, so that a half is added first.
    let rounded = (number * 100.0 + 0.5_f64.copysign(number)) as i64;
    let is_exact = rounded as f64 / 100.0 == number;
    is_exact.then(|| match rounded % 10 {
        0 => Decimal::new(rounded / 10, 1),
        _ => Decimal::new(rounded, 2),
    })
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

/// A number with an exponent, exact down to the 28th place.
fn scientific(mantissa: &str, exponent: &str) -> Option<Decimal> {
    let exponent: i64 = exponent.parse().ok()?;
    if exponent < 0 {
        return below_zero(mantissa, exponent.unsigned_abs());
    }
    // `Decimal::from_scientific` would round.
    let mut value = Decimal::from_str_exact(mantissa).ok()?.normalize();
    let places = u32::try_from(exponent).ok()?;
    let shifted = places.min(value.scale());
    value.set_scale(value.scale() - shifted).ok()?;
    (shifted..places.min(shifted + 29)).try_fold(value, |value, _| value.checked_mul(Decimal::TEN))
}

/// A number with a negative exponent. The residue of sums in binary floats, such as
/// `5.551115123125783e-17`, has more than the 28 places of a decimal. The excess digits are cut
/// off; they are not money.
fn below_zero(mantissa: &str, places: u64) -> Option<Decimal> {
    let (sign, mantissa) = mantissa
        .strip_prefix('-')
        .map_or(("", mantissa), |mantissa| ("-", mantissa));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let places = usize::try_from(places).unwrap_or(usize::MAX);
    let zeros = "0".repeat(places.saturating_sub(whole.len()).min(28));
    let (whole, moved) = whole.split_at_checked(whole.len().saturating_sub(places))?;
    let mut plain = alloc::format!("{zeros}{moved}{fraction}");
    if !plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    plain.truncate(28);
    Decimal::from_str_exact(&alloc::format!("{sign}{whole:0>1}.{plain}")).ok()
}

fn read_decimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    scalar::deserialize(deserializer).map(|ExactNumber(value)| value)
}

/// The float of a decimal with one or two places and at most 15 digits, which is read back the
/// same.
fn short_float(value: Decimal) -> Option<f64> {
    let unit = match value.scale() {
        1 => 10.0,
        2 => 100.0,
        _ => return None,
    };
    let digits = i64::try_from(value.mantissa()).ok()?;
    (digits.unsigned_abs() < 1_000_000_000_000_000).then(|| digits as f64 / unit)
}

fn write_decimal<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    let value = value.normalize();
    if let Some(number) = short_float(value) {
        return number.serialize(serializer);
    }
    if let (0, Ok(number)) = (value.scale(), u64::try_from(value.mantissa())) {
        return number.serialize(serializer);
    }
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
