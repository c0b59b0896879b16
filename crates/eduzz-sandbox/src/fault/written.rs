//! A fault as a line of text: `cut@5`, `lost@30%`, `502@3,on=GET /myeduzz/v1/sales,times=2`.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use axum::http::StatusCode;

use super::{DeliveryHarm, Fault, Harm};

/// The delay of a slow answer and of a late delivery that name none.
const SLOW: Duration = Duration::from_secs(5);
/// The span of shuffled deliveries that name none.
const SHUFFLED: Duration = Duration::from_secs(60);
/// The seconds of `Retry-After` of a 429 that names none.
const RETRY_AFTER: u64 = 1;

/// A text that is not a fault.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadFault {
    /// The kind is unknown.
    #[error("unknown kind of fault; the kinds are {}", Fault::KINDS.join(", "))]
    Kind,
    /// What stands behind `@` is neither a count nor a percentage.
    #[error("after the `@` stands N, for every Nth, or P%, at random: cut@5, lost@30%")]
    When,
    /// An option is unknown, invalid, or not of this kind.
    #[error("`{0}` is no option of this fault; the options are {OPTIONS}")]
    Option(String),
}

const OPTIONS: &str = "on=ROUTE or EVENT, after=N, row=N, times=N, wait=5s (slow, late, shuffled), \
    status=503 (page, json), retry=SECONDS or none (429)";

impl Fault {
    /// The kinds of faults that a text can name.
    pub const KINDS: &[&str] = &[
        "slow", "cut", "html", "page", "json", "401", "429", "500", "502", "revoked", "twice", "late",
        "lost", "shuffled",
    ];

    /// The kind of this fault, one of [`KINDS`](Self::KINDS).
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self.harm {
            Harm::Slow(_) => "slow",
            Harm::Cut => "cut",
            Harm::Page(StatusCode::OK) => "html",
            Harm::Page(StatusCode::BAD_GATEWAY) => "502",
            Harm::Page(_) => "page",
            Harm::Json(StatusCode::INTERNAL_SERVER_ERROR) => "500",
            Harm::Json(_) => "json",
            Harm::TooMany(_) => "429",
            Harm::Unauthorized => "401",
            Harm::Revoked => "revoked",
            Harm::Delivery(DeliveryHarm::Twice) => "twice",
            Harm::Delivery(DeliveryHarm::Late(_)) => "late",
            Harm::Delivery(DeliveryHarm::Never) => "lost",
            Harm::Delivery(DeliveryHarm::Shuffled(_)) => "shuffled",
        }
    }

    /// The fault of a kind, with the defaults of its options.
    fn of_kind(kind: &str) -> Option<Self> {
        Some(match kind {
            "slow" => Self::slow(SLOW),
            "cut" => Self::cut(),
            "html" => Self::page_instead(),
            "page" => Self::page(StatusCode::SERVICE_UNAVAILABLE),
            "json" => Self::json(StatusCode::SERVICE_UNAVAILABLE),
            "401" => Self::unauthorized(),
            "429" => Self::too_many(Some(RETRY_AFTER)),
            "500" => Self::server_error(),
            "502" => Self::bad_gateway(),
            "revoked" => Self::revoked(),
            "twice" => Self::delivered_twice(),
            "late" => Self::delivered_late(SLOW),
            "lost" => Self::delivered_never(),
            "shuffled" => Self::delivered_shuffled(SHUFFLED),
            _ => return None,
        })
    }

    /// Sets an option; `None` when it is not one of this kind, or its value is invalid.
    fn set(&mut self, name: &str, value: &str) -> Option<()> {
        let count = || value.parse::<u64>().ok();
        match (name, &mut self.harm) {
            ("on", _) => self.route = Some(value.to_owned()).filter(|route| !route.trim().is_empty()),
            ("after", _) => self.after = count()?,
            ("row", _) => self.in_a_row = count()?,
            ("times", _) => self.times = Some(count()?),
            ("retry", Harm::TooMany(retry)) => {
                *retry = match value {
                    "none" => None,
                    _ => Some(count()?),
                }
            }
            (
                "wait",
                Harm::Slow(wait) | Harm::Delivery(DeliveryHarm::Late(wait) | DeliveryHarm::Shuffled(wait)),
            ) => *wait = humantime::parse_duration(value).ok()?,
            ("status", Harm::Page(status) | Harm::Json(status)) => {
                let given = StatusCode::from_str(value).ok();
                *status = given.filter(|given| given.as_u16() >= 200)?;
            }
            _ => return None,
        }
        Some(())
    }
}

impl FromStr for Fault {
    type Err = BadFault;

    fn from_str(text: &str) -> Result<Self, BadFault> {
        let mut parts = text.trim().split(',');
        let first = parts.next().unwrap_or_default();
        let (kind, when) = match first.split_once('@') {
            Some((kind, when)) => (kind, Some(when)),
            None => (first, None),
        };
        let mut fault = Self::of_kind(kind.trim()).ok_or(BadFault::Kind)?;
        if let Some(when) = when {
            let when = when.trim();
            match when.strip_suffix('%') {
                Some(percent) => fault.chance = thousandths(percent).ok_or(BadFault::When)?,
                None => {
                    let every = when.parse().ok().filter(|every| *every > 0);
                    fault.every = every.ok_or(BadFault::When)?;
                }
            }
        }
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let bad = || BadFault::Option(part.trim().to_owned());
            fault.set(name.trim(), value.trim()).ok_or_else(bad)?;
        }
        Ok(fault)
    }
}

/// Reads `30` or `33.5` as thousandths, from 1 to 1,000.
fn thousandths(percent: &str) -> Option<u32> {
    let (whole, tenth) = percent.trim().split_once('.').unwrap_or((percent.trim(), "0"));
    let digit = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digit(whole) || !digit(tenth) || tenth.len() != 1 {
        return None;
    }
    let (whole, tenth): (u32, u32) = (whole.parse().ok()?, tenth.parse().ok()?);
    let all = whole.checked_mul(10)?.checked_add(tenth)?;
    (1..=1_000).contains(&all).then_some(all)
}

impl fmt::Display for Fault {
    /// Writes the text that reads as this fault; an option with its default is left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind();
        f.write_str(kind)?;
        if self.chance < 1_000 {
            match (self.chance / 10, self.chance % 10) {
                (whole, 0) => write!(f, "@{whole}%")?,
                (whole, tenth) => write!(f, "@{whole}.{tenth}%")?,
            }
        } else if self.every > 1 {
            write!(f, "@{}", self.every)?;
        }
        let Some(default) = Self::of_kind(kind) else {
            return Ok(());
        };
        if self.harm != default.harm {
            match &self.harm {
                Harm::Slow(wait)
                | Harm::Delivery(DeliveryHarm::Late(wait) | DeliveryHarm::Shuffled(wait)) => {
                    let wait = humantime::format_duration(*wait).to_string();
                    write!(f, ",wait={}", wait.replace(' ', ""))?;
                }
                Harm::Page(status) | Harm::Json(status) => write!(f, ",status={}", status.as_u16())?,
                Harm::TooMany(Some(seconds)) => write!(f, ",retry={seconds}")?,
                Harm::TooMany(None) => f.write_str(",retry=none")?,
                _ => {}
            }
        }
        if let Some(route) = &self.route {
            write!(f, ",on={route}")?;
        }
        let counts = [
            ("after", self.after, default.after),
            ("row", self.in_a_row, default.in_a_row),
        ];
        for (name, count, default) in counts {
            if count != default {
                write!(f, ",{name}={count}")?;
            }
        }
        match self.times {
            Some(times) if self.times != default.times => write!(f, ",times={times}"),
            _ => Ok(()),
        }
    }
}

impl From<Fault> for String {
    fn from(fault: Fault) -> Self {
        fault.to_string()
    }
}

impl TryFrom<String> for Fault {
    type Error = BadFault;

    fn try_from(text: String) -> Result<Self, BadFault> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_reads_as_the_fault_that_it_writes() {
        for (text, fault) in [
            ("cut", Fault::cut()),
            ("cut@5", Fault::cut().every(5)),
            ("lost@30%", Fault::delivered_never().chance(300)),
            ("twice@0.5%", Fault::delivered_twice().chance(5)),
            ("revoked@9", Fault::revoked().every(9)),
            ("revoked,times=2", Fault::revoked().times(2)),
            ("429", Fault::too_many(Some(1))),
            ("429,retry=none", Fault::too_many(None)),
            ("slow,wait=1m30s", Fault::slow(Duration::from_secs(90))),
            ("page", Fault::page(StatusCode::SERVICE_UNAVAILABLE)),
            ("json,status=504", Fault::json(StatusCode::GATEWAY_TIMEOUT)),
            (
                "502@3,on=GET /myeduzz/v1/sales/:id,after=10,row=2,times=4",
                Fault::bad_gateway()
                    .every(3)
                    .on("GET /myeduzz/v1/sales/:id")
                    .after(10)
                    .in_a_row(2)
                    .times(4),
            ),
            (
                "shuffled,on=myeduzz.invoice_paid",
                Fault::delivered_shuffled(SHUFFLED).on("myeduzz.invoice_paid"),
            ),
        ] {
            assert_eq!(text.parse(), Ok(fault.clone()), "{text}");
            assert_eq!(fault.to_string(), text);
        }
        for kind in Fault::KINDS {
            assert_eq!(kind.parse::<Fault>().unwrap().kind(), *kind);
        }
    }

    #[test]
    fn other_text_is_refused() {
        for text in
            "|cut5|503|CUT|cut@0|cut@-1|cut@|cut@x|cut@0%|cut@101%|cut@1.25%|cut@%|cut,wait=5s|slow,wait=x|\
            html,status=503x|page,status=99|page,status=101|cut,times=|cut,nothing|cut,,|429,retry=x"
                .split('|')
        {
            assert!(text.parse::<Fault>().is_err(), "{text}");
        }
    }
}
