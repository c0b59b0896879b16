//! The calls, one type each, with their required values as arguments of `new` and a setter for each
//! optional one.
//!
//! Each product's feature adds its calls. `docs/endpoints.md` of the SDK lists all with their
//! scopes, `eduzz endpoints` prints them, and [`RawCall`](crate::RawCall) makes a call that is not
//! here.

#[cfg(feature = "fixtures")]
#[doc(inline)]
pub use eduzz_api::Sample;
#[cfg(feature = "accounts")]
#[doc(inline)]
pub use eduzz_api::accounts::*;
#[cfg(feature = "alpaclass")]
#[doc(inline)]
pub use eduzz_api::alpaclass::*;
#[cfg(feature = "blinket")]
#[doc(inline)]
pub use eduzz_api::blinket::*;
#[cfg(feature = "heycamp")]
#[doc(inline)]
pub use eduzz_api::heycamp::*;
#[cfg(feature = "myeduzz")]
#[doc(inline)]
pub use eduzz_api::myeduzz::*;
#[cfg(feature = "nutror")]
#[doc(inline)]
pub use eduzz_api::nutror::*;
#[cfg(feature = "safevideo")]
#[doc(inline)]
pub use eduzz_api::safevideo::*;
#[cfg(feature = "sun")]
#[doc(inline)]
pub use eduzz_api::sun::*;
#[cfg(feature = "webhook-subscriptions")]
#[doc(inline)]
pub use eduzz_api::webhook::*;
