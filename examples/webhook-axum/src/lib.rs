//! A receiver of webhooks in axum. `cargo run -p webhook-axum` starts it, and an Eduzz that sends to it every event there is.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::len_without_is_empty,
    clippy::missing_errors_doc,
    clippy::must_use_candidate,
    clippy::unwrap_used,
    reason = "an example"
)]

mod inbox;
mod receiver;
mod serve;

pub use inbox::{Inbox, Memory};
pub use receiver::app;
pub use serve::serve;

#[cfg(test)]
mod tests {
    /// The pages show what is compiled here: copy a changed file into both.
    #[test]
    fn the_pages_show_this_receiver() {
        let pages = [
            include_str!("../../../docs/webhooks.md"),
            include_str!("../../../docs/webhooks.pt-BR.md"),
        ];
        for file in [include_str!("receiver.rs"), include_str!("serve.rs")] {
            let (title, code) = file.split_once("\n\n").unwrap();
            assert!(file.lines().count() <= 30, "{title}");
            for page in pages {
                assert!(page.contains(code.trim()), "{title}");
            }
        }
    }
}
