//! The events that the SDK knows, by name: made from its one list, so that an event added there is known here.

use eduzz_types::webhook::{self, Envelope};
use eduzz_webhook::EventName;
use eduzz_wire::ReadError;
use eduzz_wire::fidelity::{self, Report};

use crate::failure::Failure;
use crate::lang::Lang;
use crate::similar::similar;

/// One event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// Its full name: `myeduzz.invoice_paid`.
    pub(crate) name: &'static str,
    check: fn(&[u8]) -> Result<Report, ReadError>,
}

/// The check of a URL, which is no event, but has a body like one.
const PING: Known = Known {
    name: "ping",
    check: fidelity::check::<Envelope<webhook::Ping>>,
};

macro_rules! known {
    ($(($origin:ident, $event:ident, $data:ident, $variant:ident)),* $(,)?) => {
        const ALL: &[Known] = &[$(
            Known {
                name: concat!(stringify!($origin), ".", stringify!($event)),
                check: fidelity::check::<Envelope<webhook::$origin::$data>>,
            },
        )*];
    };
}
eduzz_webhook::for_each_event!(known);

/// Every event, in the order of the list.
pub(crate) const fn all() -> &'static [Known] {
    ALL
}

impl Known {
    /// The page of the documentation that tells of the event.
    pub(crate) fn page(&self) -> String {
        let path = self.name.replace(['.', '_'], "-");
        format!("https://developers.eduzz.com/reference/webhook/{path}")
    }

    /// The event of this name, with or without its origin, or the check of a URL. What is not known is not repeated: nobody
    /// knows what stands in its place.
    pub(crate) fn named(lang: Lang, given: &str) -> Result<Self, Failure> {
        let found = EventName::new(given).and_then(|name| {
            let all = ALL.iter().chain([&PING]);
            all.copied().find(|known| name == known.name)
        });
        found.ok_or_else(|| {
            // Compared as it was given: with the origin, or without.
            let comparable = |known: &Known| match known.name.split_once('.') {
                Some((_, bare)) if !given.contains('.') => bare,
                _ => known.name,
            };
            let names = similar(given, ALL.iter().map(comparable));
            let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let advice = if names.is_empty() {
                lang.see_events()
            } else {
                lang.did_you_mean(&quoted.join(", "))
            };
            Failure::usage(format!("{}\n{advice}", lang.unknown_event()))
        })
    }

    /// Reads a delivery's body with the event's model, writes it back and compares.
    pub(crate) fn check(&self, body: &[u8]) -> Result<Report, ReadError> {
        (self.check)(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_with_and_without_their_origin() {
        for name in ["myeduzz.invoice_paid", "invoice_paid", " invoice_paid "] {
            assert_eq!(
                Known::named(Lang::En, name).map(|known| known.name).ok(),
                Some("myeduzz.invoice_paid"),
                "{name}"
            );
        }
        assert_eq!(
            Known::named(Lang::En, "ping").map(|known| known.name).ok(),
            Some("ping")
        );
        let told = |name: &str| {
            Known::named(Lang::En, name)
                .unwrap_err()
                .text()
                .unwrap()
                .to_owned()
        };
        assert!(told("myeduzz.invoice_payed").contains("`myeduzz.invoice_paid`"));
        assert!(told("invoice_payed").contains("`invoice_paid`"));
        for name in ["", "myeduzz", "someone@example.com"] {
            assert!(told(name).contains("eduzz webhook events"), "{name}");
            assert!(name.is_empty() || !told(name).contains(name), "{name}");
        }
    }
}
