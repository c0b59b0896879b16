//! Events: the content of deliveries.

use alloc::boxed::Box;
use core::fmt;

use eduzz_types::{ReadError, read_partial, webhook};

use crate::name::Known;
use crate::subject::About as _;
use crate::{EventName, Subject};

/// Generates the type of events and the table of their readers from the list.
macro_rules! events {
    ($(($origin:ident, $event:ident, $data:ident, $variant:ident)),+ $(,)?) => {
        /// A documented event, a check of the URL, or an event that this version of the SDK does
        /// not know or cannot read. [`Stored::event`](crate::Stored::event) reads it; tests of
        /// a handler can construct one.
        ///
        /// Every event is genuine, so answer each with 2xx: after any other answer Eduzz retries
        /// it, blocks all later events, and deletes them after two days (see
        /// [`Verdict`](crate::Verdict)).
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Event {
            $(
                #[doc = concat!("`", stringify!($origin), ".", stringify!($event), "`.")]
                $variant(Box<webhook::$origin::$data>),
            )+
            /// `ping`: a check of the URL. There is nothing to do.
            Ping,
            /// An event that is not in the list, older or newer than this version.
            Unknown(Box<UnknownEvent>),
            /// A genuine delivery that cannot be read.
            Unusable(Box<UnusableEvent>),
        }

        /// The full names of the documented events, in the order of the documentation, without
        /// `ping`.
        pub const EVENTS: &[&str] = &[$(concat!(stringify!($origin), ".", stringify!($event))),+];

        pub(crate) static KNOWN: &[Known] = &[$(
            Known {
                full: concat!(stringify!($origin), ".", stringify!($event)),
                bare: stringify!($event),
                read: |data| Ok(read_partial(data)?.map(Event::$variant)),
            },
        )+];

        impl Event {
            /// The event's name. `None` for an unusable event whose name cannot be read.
            #[must_use]
            pub fn name(&self) -> Option<EventName> {
                EventName::new(match self {
                    $(Self::$variant(_) => concat!(stringify!($origin), ".", stringify!($event)),)+
                    Self::Ping => "ping",
                    Self::Unknown(unknown) => return Some(unknown.name.clone()),
                    Self::Unusable(unusable) => return unusable.name.clone(),
                })
            }

            /// The record that the event is about, to keep the order of its events or to read its
            /// current state. `None` for a check of the URL, an unknown or unusable event, and an
            /// event without the id of its record: see [`SubjectKind`](crate::SubjectKind).
            ///
            /// ```
            /// # use eduzz_webhook::{Event, SubjectKind};
            /// fn contract_to_read_again(event: &Event) -> Option<String> {
            ///     let subject = event.subject()?;
            ///     (subject.kind == SubjectKind::Contract).then(|| subject.id.as_str().to_owned())
            /// }
            /// ```
            #[must_use]
            pub fn subject(&self) -> Option<Subject> {
                match self {
                    $(Self::$variant(data) => data.subject(),)+
                    Self::Ping | Self::Unknown(_) | Self::Unusable(_) => None,
                }
            }
        }
    };
}

crate::for_each_event!(events);

impl Event {
    /// The invoice of any of the eleven `myeduzz.invoice_…` events, for a receiver that keeps every
    /// invoice up to date.
    ///
    /// ```
    /// # use eduzz_webhook::Event;
    /// fn keep(event: &Event) {
    ///     if let Some(invoice) = event.invoice() {
    ///         println!("invoice {} is now {:?}", invoice.id, invoice.status);
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn invoice(&self) -> Option<&webhook::myeduzz::Invoice> {
        match self {
            Self::MyeduzzInvoiceCanceled(invoice)
            | Self::MyeduzzInvoiceChargeback(invoice)
            | Self::MyeduzzInvoiceExpired(invoice)
            | Self::MyeduzzInvoiceNegotiated(invoice)
            | Self::MyeduzzInvoiceOpened(invoice)
            | Self::MyeduzzInvoicePaid(invoice)
            | Self::MyeduzzInvoiceRecovering(invoice)
            | Self::MyeduzzInvoiceRefunded(invoice)
            | Self::MyeduzzInvoiceScheduled(invoice)
            | Self::MyeduzzInvoiceWaitingPayment(invoice)
            | Self::MyeduzzInvoiceWaitingRefund(invoice) => Some(invoice),
            _ => None,
        }
    }
}

/// An event that is not in the list. Its data does not print, since it may be personal.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownEvent {
    /// The event's name, as received.
    pub name: EventName,
    /// The JSON text of the delivery's `data`, as received, if any.
    pub data: Option<Box<str>>,
}

impl fmt::Debug for UnknownEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.data.as_ref().map_or(0, |data| data.len());
        f.debug_struct("UnknownEvent")
            .field("name", &self.name)
            .field("data", &format_args!("{length} bytes"))
            .finish()
    }
}

/// A genuine delivery that cannot be read. Its body does not print.
///
/// Store it and answer 2xx. If the event matches the documentation, please report it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnusableEvent {
    /// The event's name, if it can be read.
    pub name: Option<EventName>,
    /// The whole body, as received.
    pub body: Box<[u8]>,
    /// The reason, with the place and without values.
    pub reason: ReadError,
}

impl fmt::Debug for UnusableEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnusableEvent")
            .field("name", &self.name)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("reason", &self.reason)
            .finish()
    }
}

impl fmt::Display for UnusableEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "a genuine delivery of {name} cannot be read"),
            None => f.write_str("a genuine delivery cannot be read"),
        }
    }
}

impl core::error::Error for UnusableEvent {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        Some(&self.reason)
    }
}
