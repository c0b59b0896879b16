//! Origins are https, or http on this machine.

use eduzz_wire::{Origin, OriginError, Origins};
use proptest::prelude::*;

#[test]
fn origin_is_https_or_loopback() {
    let valid = "https://api.eduzz.com https://api.eduzz.com/ https://x.example.com:8443 \
        http://localhost http://[::1]:80 http://127.9.9.9";
    for text in valid.split(' ').chain([" http://127.0.0.1:4000 "]) {
        assert!(Origin::parse(text).is_ok(), "{text}");
    }
    let plain = "http://api.eduzz.com http://10.0.0.1 http://localhost.example.com http://[::2] \
        http://127.0.0.1.example.com http://0.0.0.0";
    for text in plain.split(' ') {
        assert_eq!(Origin::parse(text), Err(OriginError::PlainHttp), "{text}");
    }
    let invalid = "api.eduzz.com ftp://api.eduzz.com https:// https://a.example.com/path \
        https://a.example.com?q https://user@a.example.com https://user:pass@127.0.0.1 //a.example.com \
        https://a.example.com: https://a.example.com:0 https://a.example.com:99999";
    for text in invalid.split(' ').chain(["", "https://a b"]) {
        assert_eq!(Origin::parse(text), Err(OriginError::NotAnOrigin), "{text}");
    }
}

#[test]
fn sandbox_elsewhere_is_refused() {
    for elsewhere in ["https://sandbox.example.com", "http://sandbox.example.com"] {
        assert_eq!(Origins::sandbox(elsewhere), Err(OriginError::NotLoopback));
    }
    let origins = Origins::sandbox("http://127.0.0.1:4000").unwrap();
    for origin in [origins.accounts(), origins.accounts_api(), origins.api()] {
        assert_eq!(origin.to_string(), "http://127.0.0.1:4000");
    }
}

proptest! {
    #[test]
    fn any_origin_is_https_or_loopback(text in "(https?://)?[a-z0-9.@:/\\[\\]%?#-]{0,30}") {
        if let Ok(origin) = Origin::parse(&text) {
            prop_assert!(origin.to_string().starts_with("https://") || origin.is_loopback());
            prop_assert!(!origin.to_string().contains('@'));
        }
    }
}
