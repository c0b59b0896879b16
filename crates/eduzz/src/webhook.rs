//! Deliveries of webhooks, verified and typed, without IO.
//!
//! [`Keys`] open a [`Delivery`], which gives an [`Event`]; its [`data`] is typed. The feature
//! `receiver` adds a server for it.

#[doc(inline)]
pub use eduzz_webhook::*;

/// The data of the events.
///
/// That of MyEduzz, SafeVideo and Sun is in this module. The other products have a module each,
/// because they share names.
pub mod data {
    #[doc(inline)]
    pub use eduzz_types::webhook::myeduzz::*;
    #[doc(inline)]
    pub use eduzz_types::webhook::safevideo::*;
    #[doc(inline)]
    pub use eduzz_types::webhook::sun::*;
    #[doc(inline)]
    pub use eduzz_types::webhook::{Amount, Envelope, Ping, alpaclass, blinket, nutror};
}
