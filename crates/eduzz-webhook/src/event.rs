//! Events: what a delivery tells.

use alloc::boxed::Box;
use core::fmt;

use eduzz_types::{ReadError, read_json, webhook};

use crate::EventName;
use crate::name::Known;

/// Makes the type of events, and the table of how each is read, from the one list.
macro_rules! events {
    ($(($origin:ident, $event:ident, $data:ident, $variant:ident)),+ $(,)?) => {
        /// What a delivery tells: one of the events of the documentation, the check of a URL, or what this version of the SDK does
        /// not know or cannot read. They are read by [`Delivery::event`](crate::Delivery::event) and
        /// nothing else; a test of a handler can make one.
        ///
        /// Every one of these is genuine, so every one is answered with 2xx: Eduzz would send what is answered otherwise
        /// again, hold back all that comes behind it, and delete that after two days (see [`Verdict`](crate::Verdict)).
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Event {
            $(
                #[doc = concat!("`", stringify!($origin), ".", stringify!($event), "`.")]
                $variant(Box<webhook::$origin::$data>),
            )+
            /// `ping`: the check of a URL. There is nothing to do.
            Ping,
            /// An event that is not in the list: an older one, or one that came after this version.
            Unknown(Box<UnknownEvent>),
            /// A genuine delivery that cannot be read.
            Unusable(Box<UnusableEvent>),
        }

        /// The full names of the events of the documentation, in its order; `ping` is not one of them.
        pub const EVENTS: &[&str] = &[$(concat!(stringify!($origin), ".", stringify!($event))),+];

        pub(crate) static KNOWN: &[Known] = &[$(
            Known {
                full: concat!(stringify!($origin), ".", stringify!($event)),
                bare: stringify!($event),
                read: |data| read_json(data).map(Event::$variant),
            },
        )+];

        impl Event {
            /// The event's name. `None` is an unusable event whose name cannot be read either.
            #[must_use]
            pub fn name(&self) -> Option<EventName> {
                EventName::new(match self {
                    $(Self::$variant(_) => concat!(stringify!($origin), ".", stringify!($event)),)+
                    Self::Ping => "ping",
                    Self::Unknown(unknown) => return Some(unknown.name.clone()),
                    Self::Unusable(unusable) => return unusable.name.clone(),
                })
            }
        }
    };
}

crate::for_each_event!(events);

impl Event {
    /// The invoice, when the event is one of the eleven `myeduzz.invoice_…`: for a receiver that keeps every invoice up to date,
    /// whatever has just happened to it.
    ///
    /// ```
    /// # use eduzz_webhook::Event;
    /// fn keep(event: &Event) {
    ///     if let Some(invoice) = event.invoice() {
    ///         println!("invoice {} is now {}", invoice.id, invoice.status);
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

/// An event that is not in the list. It does not print its data: what it holds is not known.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownEvent {
    /// The event's name, as it came.
    pub name: EventName,
    /// The JSON text of the delivery's `data`, as it came; `None` when it has none.
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

/// A genuine delivery that cannot be read. It does not print its body.
///
/// Keep it and answer 2xx. When the documentation has the event as it came, please tell us.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnusableEvent {
    /// The event's name, when that can be read.
    pub name: Option<EventName>,
    /// The whole body, as it came.
    pub body: Box<[u8]>,
    /// What is wrong with it, and where, without its values.
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
