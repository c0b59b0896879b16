//! Names of events.

use alloc::boxed::Box;
use core::fmt;

use eduzz_types::{Partial, ReadError};

use crate::event::{Event, KNOWN};
use crate::{Former, former};

/// The name of an event: `myeduzz.invoice_paid`.
///
/// A known name is read with and without its origin (Q71), and written with it. Any other name is
/// kept as received. A name has only letters, digits, `_`, `.` and `-`, so it is safe to print.
#[derive(Clone)]
pub struct EventName(Inner);

#[derive(Clone)]
enum Inner {
    Known(&'static Known),
    Other(Box<str>),
}

/// An event of the list.
pub(crate) struct Known {
    pub(crate) full: &'static str,
    pub(crate) bare: &'static str,
    pub(crate) read: fn(&[u8]) -> Result<Partial<Event>, ReadError>,
}

/// No event's name is longer.
const LONGEST: usize = 100;

impl EventName {
    /// Reads a name and trims it; `None` if the text is not a valid name.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let known = KNOWN
            .iter()
            .find(|known| known.full == text)
            .or_else(|| KNOWN.iter().find(|known| known.bare == text));
        if let Some(known) = known {
            return Some(Self(Inner::Known(known)));
        }
        let is_name = (1..=LONGEST).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte));
        is_name.then(|| Self(Inner::Other(text.into())))
    }

    /// The name, with its origin if it is known.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Inner::Known(known) => known.full,
            Inner::Other(text) => text,
        }
    }

    /// The part before the first dot, such as `myeduzz`.
    #[must_use]
    pub fn origin(&self) -> Option<&str> {
        self.as_str().split_once('.').map(|(origin, _)| origin)
    }

    /// The part after the origin, such as `invoice_paid`.
    #[must_use]
    pub fn bare(&self) -> &str {
        self.as_str()
            .split_once('.')
            .map_or(self.as_str(), |(_, bare)| bare)
    }

    /// Whether this version's list of events has the name.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        matches!(self.0, Inner::Known(_))
    }

    /// What became of the name, if it is of an event that is gone: older documents and programs
    /// have such names, and no delivery should. `None` for a current name and for any other (Q175).
    ///
    /// ```
    /// # use eduzz_webhook::{EventName, Former};
    /// let name = EventName::new("myeduzz.cart_abandonment").ok_or("no name")?;
    /// assert_eq!(name.former(), Some(Former::Renamed("sun.cart_abandonment")));
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn former(&self) -> Option<Former> {
        match &self.0 {
            Inner::Known(_) => None,
            Inner::Other(text) => former::find(text),
        }
    }

    /// Whether it is a check of the URL.
    #[must_use]
    pub fn is_ping(&self) -> bool {
        self.as_str() == "ping"
    }

    pub(crate) const fn known(&self) -> Option<&'static Known> {
        match self.0 {
            Inner::Known(known) => Some(known),
            Inner::Other(_) => None,
        }
    }
}

impl PartialEq for EventName {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for EventName {}

impl core::hash::Hash for EventName {
    fn hash<H: core::hash::Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl PartialEq<str> for EventName {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for EventName {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Display for EventName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for EventName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EventName({self})")
    }
}
