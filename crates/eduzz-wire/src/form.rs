//! Fields as `name=value&…`, in a query or a body: for the crates of this SDK.

use alloc::string::String;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986, for a path segment or a query value.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Appends a field to a form, or to a URL that ends with `?`.
pub fn append(form: &mut String, name: &str, value: &str) {
    if !form.is_empty() && !form.ends_with('?') {
        form.push('&');
    }
    encode(form, name);
    form.push('=');
    encode(form, value);
}

/// Appends a text, percent-encoded. Most have nothing to encode.
pub(crate) fn encode(to: &mut String, text: &str) {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    // Without an early end it is compiled for many bytes at once.
    if text.bytes().fold(true, |all, byte| all & is_plain(byte)) {
        to.push_str(text);
    } else {
        to.extend(utf8_percent_encode(text, RESERVED));
    }
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
