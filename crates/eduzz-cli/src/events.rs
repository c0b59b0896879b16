//! The events that the SDK knows, by name, made from its list.

use eduzz_types::{read_partial, webhook};
use eduzz_webhook::EventName;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::failure::Failure;
use crate::lang::Lang;
use crate::similar::advice;

/// One event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known {
    /// Its full name: `myeduzz.invoice_paid`.
    pub(crate) name: &'static str,
    written: fn(&[u8]) -> Option<Value>,
}

/// The check of a URL, which is not an event, but has a body like one.
const PING: Known = Known {
    name: "ping",
    written: written::<webhook::Ping>,
};

macro_rules! known {
    ($(($origin:ident, $event:ident, $data:ident, $variant:ident)),* $(,)?) => {
        const ALL: &[Known] = &[$(
            Known {
                name: concat!(stringify!($origin), ".", stringify!($event)),
                written: written::<webhook::$origin::$data>,
            },
        )*];
    };
}
eduzz_webhook::for_each_event!(known);

fn written<T: DeserializeOwned + Serialize>(data: &[u8]) -> Option<Value> {
    serde_json::to_value(read_partial::<T>(data).ok()?.value).ok()
}

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

    /// The event of this name, or the check of a URL.
    pub(crate) fn of(name: &EventName) -> Option<Self> {
        let all = ALL.iter().chain([&PING]);
        all.copied().find(|known| *name == known.name)
    }

    /// The event of this name, with or without its origin, or the check of a URL. An unknown name
    /// is not repeated: it may be anything.
    pub(crate) fn named(lang: Lang, given: &str) -> Result<Self, Failure> {
        let name = EventName::new(given);
        if let Some(known) = name.as_ref().and_then(Self::of) {
            return Ok(known);
        }
        let advice = match name.and_then(|name| name.former()) {
            Some(former) => lang.former(former),
            None => {
                // Compared as it was given: with the origin, or without.
                let comparable = |known: &Known| match known.name.split_once('.') {
                    Some((_, bare)) if !given.contains('.') => bare,
                    _ => known.name,
                };
                advice(lang, given, ALL.iter().map(comparable), lang.see_events())
            }
        };
        Err(Failure::usage(format!("{}\n{advice}", lang.unknown_event())))
    }

    /// The data of a delivery, as the event's model reads it and writes it back, if it can.
    pub(crate) fn written(&self, data: &[u8]) -> Option<Value> {
        (self.written)(data)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_with_and_without_origin() {
        let named = |name: &str| Known::named(Lang::En, name).map(|known| known.name).ok();
        for name in ["myeduzz.invoice_paid", "invoice_paid", " invoice_paid "] {
            assert_eq!(named(name), Some("myeduzz.invoice_paid"), "{name}");
        }
        assert_eq!(named("ping"), Some("ping"));
    }

    #[test]
    fn unknown_name_gets_advice() {
        let told = |name: &str| {
            let failure = Known::named(Lang::En, name).unwrap_err();
            failure.text().unwrap().to_owned()
        };
        assert!(told("myeduzz.invoice_payed").contains("`myeduzz.invoice_paid`"));
        assert!(told("invoice_payed").contains("`invoice_paid`"));
        for name in ["", "myeduzz", "someone@example.com"] {
            assert!(told(name).contains("eduzz webhook events"), "{name}");
            assert!(name.is_empty() || !told(name).contains(name), "{name}");
        }
        // A former name is not a typing error.
        for (name, quoted) in [
            ("myeduzz.invoice_refused", 2),
            ("invoice_refused", 2),
            ("subscriptions.contract_created", 4),
            ("nutror.complete_lesson_25", 4),
        ] {
            let told = told(name);
            assert!(told.contains("earlier documentation") && !told.contains("did you mean"));
            assert_eq!(told.matches('`').count(), quoted, "{told}");
        }
    }
}
