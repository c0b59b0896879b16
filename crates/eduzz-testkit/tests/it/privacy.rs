//! No real address and no real token is in a fixture.

use eduzz_fixtures::{ALL, EVENTS};

/// The domains reserved for examples.
const RESERVED: &[&str] = &["example.com", "example.org", "example.net"];

/// The prefixes of Eduzz's tokens and webhook keys.
const TOKENS: &[&str] = &["edzpap_", "edzw_", "edzwg_"];

#[test]
fn fixtures_have_no_real_address_or_token() {
    let calls = ALL.iter().flat_map(|fixture| {
        let bodies = fixture.answers.iter().map(|answer| answer.body);
        bodies.chain([fixture.meta.as_bytes()])
    });
    let events = EVENTS.iter().flat_map(|fixture| {
        let bodies = fixture.bodies.iter().map(|body| body.bytes);
        bodies.chain([fixture.meta.as_bytes()])
    });
    for bytes in calls.chain(events) {
        let text = String::from_utf8_lossy(bytes);
        assert_eq!(
            real(&text),
            [""; 0],
            "use example.com, and tokens with `invented`"
        );
    }
}

/// The domains of addresses, and the prefixes of tokens, that may be real.
fn real(text: &str) -> Vec<&str> {
    let is_word = |c: char| c.is_alphanumeric() || "._%+-\\".contains(c);
    let addresses = ["@", "%40", "\\u0040"].into_iter().flat_map(move |at| {
        text.match_indices(at).filter_map(move |(start, _)| {
            let (before, after) = (&text[..start], &text[start + at.len()..]);
            let domain = leading(after, |c| c.is_alphanumeric() || ".-".contains(c));
            let domain = domain.trim_end_matches(['.', '-']);
            // `package@1.2.3` is a version.
            let (_, last) = domain.rsplit_once('.')?;
            (before.ends_with(is_word) && last.chars().any(char::is_alphabetic)).then_some(domain)
        })
    });
    let is_reserved = |domain: &&str| {
        let domain = format!(".{}", domain.to_lowercase());
        RESERVED
            .iter()
            .any(|reserved| domain.ends_with(&format!(".{reserved}")))
    };
    let tokens = TOKENS.iter().flat_map(|prefix| {
        text.match_indices(prefix).filter_map(|(start, prefix)| {
            let rest = leading(&text[start + prefix.len()..], |c| {
                c.is_ascii_alphanumeric() || "_-".contains(c)
            });
            (!rest.is_empty() && !rest.to_lowercase().contains("invented")).then_some(prefix)
        })
    });
    addresses
        .filter(|domain| !is_reserved(domain))
        .chain(tokens)
        .collect()
}

fn leading(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    &text[..text.find(|c| !belongs(c)).unwrap_or(text.len())]
}

#[test]
fn real_address_or_token_is_found() {
    for (text, found) in [
        ("ana@gmail.com", &["gmail.com"][..]),
        ("ana%40eduzz.com", &["eduzz.com"]),
        ("ana\\u0040uol.com.br", &["uol.com.br"]),
        ("a.b+c@myexample.com", &["myexample.com"]),
        ("x@example.com.br", &["example.com.br"]),
        (
            "ana@example.com, ana@mail.example.org. Ana@Example.NET a%40example.com",
            &[],
        ),
        ("@media print, lib@1.2.3, a @ b.com", &[]),
        ("edzpap_8f3a", &["edzpap_"]),
        ("edzw_8f3a edzwg_8f3a", &["edzw_", "edzwg_"]),
        (
            "edzpap_invented8f3a edzwg_test-Invented, it begins with edzpap_ always",
            &[],
        ),
    ] {
        assert_eq!(real(text), found, "{text}");
    }
}
