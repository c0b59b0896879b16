//! Canaries: values that must be found in no text that a program prints.

use std::fmt::{Debug, Display};

/// A secret to push through everything.
pub const SECRET: &str = "canary-secret-5f0c1d7e";

/// A person's data to push through everything.
pub const PERSONAL: &str = "canary-person-91b7@example.com";

/// Finds a canary in none of an error's texts: its own, those of its sources, each in both forms.
///
/// # Panics
///
/// A canary is there.
pub fn error_is_clean(error: &(dyn std::error::Error + 'static)) {
    let mut error = Some(error);
    while let Some(this) = error {
        is_clean(&this.to_string());
        debug_is_clean(&this);
        error = this.source();
    }
}

/// Finds a canary in neither form of `Debug`.
///
/// # Panics
///
/// A canary is there.
pub fn debug_is_clean(value: &dyn Debug) {
    is_clean(&format!("{value:?}"));
    is_clean(&format!("{value:#?}"));
}

/// Finds a canary in neither `Debug` nor `Display`.
///
/// # Panics
///
/// A canary is there.
pub fn value_is_clean(value: &(impl Debug + Display)) {
    is_clean(&value.to_string());
    debug_is_clean(value);
}

/// Finds no canary in a text, nor half of one.
///
/// # Panics
///
/// A canary is there.
pub fn is_clean(text: &str) {
    assert!(is_absent(text), "a canary got out: {text}");
}

/// Whether no canary is in a text, nor half of one.
#[must_use]
pub fn is_absent(text: &str) -> bool {
    let folded = text.to_lowercase();
    // A byte list is a text too.
    let bytes: Vec<String> = SECRET.bytes().map(|byte| byte.to_string()).collect();
    let bytes = bytes.join(", ");
    ![SECRET, PERSONAL, "5f0c1d7e", "canary-person", &bytes]
        .iter()
        .any(|canary| folded.contains(canary))
}
