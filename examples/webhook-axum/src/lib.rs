//! A receiver of webhooks in axum. `cargo run -p webhook-axum` starts it, and a sandbox that sends
//! every event to it.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::len_without_is_empty,
    clippy::missing_errors_doc,
    clippy::must_use_candidate,
    clippy::unwrap_used,
    reason = "an example"
)]

mod limits;
mod memory;
mod receiver;
mod serve;
mod table;

pub use limits::listen;
pub use memory::Memory;
pub use receiver::{app, work};
pub use serve::serve;
pub use table::Table;

#[cfg(test)]
mod tests {
    /// The Portuguese page has the same code, with comments in Portuguese.
    fn without_comments(text: &str) -> String {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        code.collect::<Vec<_>>().join("\n")
    }

    /// The pages show this compiled code: copy a changed file into both.
    #[test]
    fn webhook_pages_show_this_receiver() {
        let english = include_str!("../../../docs/webhooks.md");
        let portuguese = without_comments(include_str!("../../../docs/webhooks.pt-BR.md"));
        for file in [
            include_str!("receiver.rs"),
            include_str!("serve.rs"),
            include_str!("limits.rs"),
            include_str!("table.rs"),
        ] {
            let (title, code) = file.split_once("\n\n").unwrap();
            assert!(file.lines().count() <= 30, "{title}");
            assert!(english.contains(code.trim()), "{title}");
            assert!(portuguese.contains(without_comments(code).trim()), "{title}");
        }
    }
}
