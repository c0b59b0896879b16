//! Canaries: values that no text of a program may contain.

use std::fmt::{Debug, Display};

/// The canary of a secret.
pub const SECRET: &str = "canary-secret-5f0c1d7e";

/// The canary of personal data.
pub const PERSONAL: &str = "canary-person-91b7@example.com";

/// Asserts that no text of an error, nor of its sources, contains a canary.
///
/// # Panics
///
/// There is a canary.
pub fn error_is_clean(error: &(dyn std::error::Error + 'static)) {
    let mut error = Some(error);
    while let Some(this) = error {
        is_clean(&this.to_string());
        debug_is_clean(&this);
        error = this.source();
    }
}

/// Asserts that neither form of `Debug` contains a canary.
///
/// # Panics
///
/// There is a canary.
pub fn debug_is_clean(value: &dyn Debug) {
    is_clean(&format!("{value:?}"));
    is_clean(&format!("{value:#?}"));
}

/// Asserts that neither `Debug` nor `Display` contains a canary.
///
/// # Panics
///
/// There is a canary.
pub fn value_is_clean(value: &(impl Debug + Display)) {
    is_clean(&value.to_string());
    debug_is_clean(value);
}

/// Asserts that a text contains no canary, nor half of one.
///
/// # Panics
///
/// There is a canary.
pub fn is_clean(text: &str) {
    assert!(is_absent(text), "a canary got out: {text}");
}

/// Whether a text contains no canary, nor half of one.
#[must_use]
pub fn is_absent(text: &str) -> bool {
    let folded = text.to_lowercase();
    // `Debug` of bytes is a list of numbers.
    let bytes: Vec<String> = SECRET.bytes().map(|byte| byte.to_string()).collect();
    let bytes = bytes.join(", ");
    ![SECRET, PERSONAL, "5f0c1d7e", "canary-person", &bytes]
        .iter()
        .any(|canary| folded.contains(canary))
}
