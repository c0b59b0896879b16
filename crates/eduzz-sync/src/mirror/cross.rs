//! Cross-checks: what another call of the service, or another table, says of a proven window.

use core::fmt;

use eduzz_types::Money;
use rust_decimal::Decimal;

/// How many windows have to agree before one that does not is a disagreement.
const EVIDENCE: u64 = 3;

/// What a window is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Source {
    /// The gains of its paid sales, with the service's summary of the same days.
    SalesSummary,
    /// The entries of its sales in the statement, with the sales' net gains.
    NetGains,
}

/// What a comparison found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// Both say the same.
    Agree,
    /// They do not, although they did in other windows.
    Disagree,
    /// They cannot be compared, or it is not known whether they mean the same.
    Unknown,
}

/// Judges a comparison. `is_equal` is `None` if nothing can be compared; `agreed` is in how many
/// other windows both said the same of one sale or more.
///
/// What the service sums up is not documented: neither which of the sales' dates the days of the
/// summary are, nor that the entries of a sale add up to its net gain. So a difference says
/// something only where other windows of the account have shown that both mean the same.
#[must_use]
pub fn cross_check(is_equal: Option<bool>, agreed: u64) -> Verdict {
    match is_equal {
        Some(true) => Verdict::Agree,
        Some(false) if agreed >= EVIDENCE => Verdict::Disagree,
        _ => Verdict::Unknown,
    }
}

/// Whether an amount is a sum of ten-thousandths in a currency; in any, if the sum is of nothing.
#[must_use]
pub fn is_sum(amount: Money, e4: i64, currency: Option<&str>) -> bool {
    amount.value == Decimal::new(e4, 4) && currency.is_none_or(|own| own == amount.currency.as_str())
}

macro_rules! texts {
    ($name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        impl $name {
            /// As it is stored. It does not change.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }

            /// That of a stored text.
            #[must_use]
            pub fn from_text(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}

texts!(Source { SalesSummary = "sales_summary", NetGains = "net_gains" });
texts!(Verdict { Agree = "agree", Disagree = "disagree", Unknown = "unknown" });

impl Source {
    /// Every source.
    pub const ALL: &'static [Self] = &[Self::SalesSummary, Self::NetGains];

    /// The kind whose windows are compared.
    #[must_use]
    pub const fn kind(self) -> super::Kind {
        match self {
            Self::SalesSummary => super::Kind::Sale,
            Self::NetGains => super::Kind::StatementEntry,
        }
    }
}
