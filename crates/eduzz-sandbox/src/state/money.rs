//! Amounts of the shop: whole cents, so that sums are exact.

use serde::{Deserialize, Serialize};

use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use eduzz_types::Money;
use rust_decimal::Decimal;

/// An amount in Brazilian cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Cents(pub(crate) i64);

impl Cents {
    /// A percentage, rounded half up.
    pub(crate) const fn percent(self, hundredths: i64) -> Self {
        Self((self.0 * hundredths + 50).div_euclid(100))
    }

    /// The amount as the API writes it.
    pub(crate) fn money(self) -> Money {
        Money::brl(self.decimal())
    }

    /// This amount so often.
    pub(crate) fn times(self, count: u64) -> Self {
        Self(self.0.saturating_mul(i64::try_from(count).unwrap_or(i64::MAX)))
    }

    /// The amount in reais.
    pub(crate) fn decimal(self) -> Decimal {
        Decimal::new(self.0, 2)
    }

    /// A caller's amount, if it has at most two decimals.
    pub(crate) fn of(money: &Money) -> Option<Self> {
        let cents = money.value.checked_mul(Decimal::ONE_HUNDRED)?;
        (cents == cents.trunc()).then(|| i64::try_from(cents).ok().map(Self))?
    }
}

impl Add for Cents {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Cents {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Cents {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl AddAssign for Cents {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Cents {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Cents {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), Self::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_rounds_half_up() {
        assert_eq!(Cents(1_050).percent(5), Cents(53));
        assert_eq!(Cents(1_049).percent(5), Cents(52));
        assert_eq!(Cents(0).percent(5), Cents(0));
    }

    #[test]
    fn money_is_written_exactly() {
        let written = serde_json::to_string(&Cents(30_150).money()).unwrap();
        assert_eq!(written, r#"{"currency":"BRL","value":301.5}"#);
        assert_eq!(Cents::of(&Cents(-1).money()), Some(Cents(-1)));
        let half_a_cent = Money::brl(Decimal::new(5, 3));
        assert_eq!(Cents::of(&half_a_cent), None);
    }
}
