//! A receiver of webhooks in axum. `cargo run -p webhook-axum` starts it and sends it every event there is.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::len_without_is_empty,
    clippy::missing_errors_doc,
    clippy::must_use_candidate,
    reason = "an example"
)]

mod inbox;
mod receiver;

pub use inbox::{Inbox, Memory};
pub use receiver::app;
