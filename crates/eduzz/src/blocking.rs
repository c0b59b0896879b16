//! The client that blocks its thread, on ureq, without an async runtime. It has the names of the
//! async one.

#[doc(inline)]
pub use eduzz_ureq::{
    Account, Batches, BuildError, Builder, CallError, Client, Error, ExchangeFailure, Pacing, Rows, Turns,
    Ureq,
};
