//! Fields as `name=value&…`, in a query or a body: for the crates of this SDK.

use alloc::string::String;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986, for a path segment or a query value.
pub(crate) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Appends a field.
pub fn append(form: &mut String, name: &str, value: &str) {
    if !form.is_empty() {
        form.push('&');
    }
    form.extend(utf8_percent_encode(name, RESERVED));
    form.push('=');
    form.extend(utf8_percent_encode(value, RESERVED));
}

/// The fields, decoded as the URL standard does: `+` is a blank, and bytes that are not UTF-8 are
/// replaced.
pub fn fields(form: &str) -> impl Iterator<Item = (String, String)> {
    let decode = |text: &str| {
        let text = text.replace('+', " ");
        percent_decode_str(&text).decode_utf8_lossy().into_owned()
    };
    form.split('&')
        .filter(|field| !field.is_empty())
        .map(move |field| {
            let (name, value) = field.split_once('=').unwrap_or((field, ""));
            (decode(name), decode(value))
        })
}
