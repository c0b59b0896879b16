//! Keys and signatures.

use eduzz_types::webhook::WebhookSecret;
use eduzz_webhook::{BlankSecret, Forged, Key, Keys};
use proptest::prelude::*;

use crate::support::{BODY, key, ours};

/// The test vector of RFC 4231, 4.3.
#[test]
fn signature_is_hmac_sha256_in_lower_case_hexadecimal() {
    assert_eq!(
        key("Jefe").sign(b"what do ya want for nothing?").as_str(),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
}

#[test]
fn signature_is_its_text_everywhere() {
    let signature = ours().sign(b"x");
    let text: &str = signature.as_ref();
    let bytes: &[u8] = signature.as_ref();
    assert_eq!((text, bytes), (signature.as_str(), text.as_bytes()));
    assert_eq!(format!("{signature:?}"), format!("Signature({text})"));
}

#[test]
fn empty_secret_is_refused() {
    for blank in ["", " ", "\r\n"] {
        assert_eq!(Key::new(&WebhookSecret::new(blank)).err(), Some(BlankSecret));
    }
}

#[test]
fn secret_is_trimmed() {
    assert_eq!(key(" invented-secret\n").sign(b"x"), ours().sign(b"x"));
}

/// Every form of a signature header.
#[test]
fn signature_header_is_accepted_in_its_known_forms_only() {
    let right = ours().sign(BODY.as_bytes()).to_string();
    let base64 = "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=".to_owned();
    let of = |key: &Key, body: &str| key.sign(body.as_bytes()).to_string();
    let table = [
        (right.clone(), None),
        // The same bytes in another form.
        (right.to_uppercase(), None),
        (format!("sha256={right}"), None),
        (format!("SHA256={right}"), None),
        (format!(" \t{right} "), None),
        // No signature.
        (String::new(), Some(Forged::Unsigned)),
        (" ".to_owned(), Some(Forged::Unsigned)),
        // Malformed.
        (right[..63].to_owned(), Some(Forged::Malformed)),
        (format!("{right}0"), Some(Forged::Malformed)),
        (format!("{right}, {right}"), Some(Forged::Malformed)),
        (format!("sha256= {right}"), Some(Forged::Malformed)),
        (format!("sha256=sha256={right}"), Some(Forged::Malformed)),
        (format!("sha1={right}"), Some(Forged::Malformed)),
        (format!("0x{right}"), Some(Forged::Malformed)),
        (format!("g{}", &right[1..]), Some(Forged::Malformed)),
        (base64, Some(Forged::Malformed)),
        ("invented-secret".to_owned(), Some(Forged::Malformed)),
        ("é".to_owned(), Some(Forged::Malformed)),
        ("a".repeat(1_000_000), Some(Forged::Malformed)),
        // Up to 128 bytes with the blanks.
        (format!("{right:<128}"), None),
        (format!("{right:<129}"), Some(Forged::Malformed)),
        (format!("{right:<1000}"), Some(Forged::Malformed)),
        // Of another body: serialized again, with a line break, empty.
        (of(&ours(), &format!("{:#}", json())), Some(Forged::OtherKey)),
        (of(&ours(), &json().to_string()), Some(Forged::OtherKey)),
        (of(&ours(), &format!("{BODY}\n")), Some(Forged::OtherKey)),
        (of(&ours(), ""), Some(Forged::OtherKey)),
        // Of another key: cut, or in another case.
        (of(&key("invented-secre"), BODY), Some(Forged::OtherKey)),
        (of(&key("Invented-secret"), BODY), Some(Forged::OtherKey)),
        ("0".repeat(64), Some(Forged::OtherKey)),
    ];
    let two = Keys::new("a", ours()).and("b", key("other"));
    for (number, (signature, expected)) in table.iter().enumerate() {
        let opened = ours().open(signature, BODY);
        assert_eq!(opened.as_ref().err(), expected.as_ref(), "line {number}");
        // Several keys give the same result.
        let opened = two.open([signature], BODY);
        assert_eq!(opened.as_ref().err(), expected.as_ref(), "line {number}");
        if let Ok(delivery) = opened {
            assert_eq!(delivery.signature().as_str(), right, "written in one form");
        }
    }
}

fn json() -> serde_json::Value {
    serde_json::from_str(BODY).unwrap()
}

#[test]
fn trimmed_body_is_refused() {
    let sent = format!("{BODY}\r\n");
    let signature = ours().sign(sent.as_bytes());
    assert!(ours().open(signature, &sent).is_ok());
    assert_eq!(ours().open(signature, sent.trim()).err(), Some(Forged::OtherKey));
}

#[test]
fn open_requires_exactly_one_signature() {
    let keys = Keys::new("only", ours());
    let right = ours().sign(BODY.as_bytes());
    let none: [&str; 0] = [];
    assert_eq!(keys.open(none, BODY).err(), Some(Forged::Unsigned));
    assert_eq!(keys.open([right, right], BODY).err(), Some(Forged::Several));
    assert_eq!(keys.open([right.as_str(), ""], BODY).err(), Some(Forged::Several));
    let three = keys.open([right, right, right], BODY);
    assert_eq!(three.err(), Some(Forged::Several));
}

#[test]
fn delivery_has_the_label_of_the_matching_key() {
    let keys = Keys::new("2026", key("new"))
        .and("2025", key("old"))
        .and("app", key("edzwgd_invented"))
        .and("twin", key("old"));
    assert!(keys.labels().eq(["2026", "2025", "app", "twin"]));
    for (secret, label) in [("new", "2026"), ("old", "2025"), ("edzwgd_invented", "app")] {
        let delivery = keys.open([key(secret).sign(BODY.as_bytes())], BODY).unwrap();
        assert_eq!(delivery.key(), Some(label));
    }
    let other = keys.open([ours().sign(BODY.as_bytes())], BODY);
    assert_eq!(other.err(), Some(Forged::OtherKey));
    let alone = ours().open(ours().sign(BODY.as_bytes()), BODY).unwrap();
    assert_eq!(alone.key(), None, "a single key has no label");
}

#[test]
fn body_is_moved_and_unchanged() {
    let body = BODY.as_bytes().to_vec();
    let address = body.as_ptr();
    let delivery = ours().open(ours().sign(&body), body).unwrap();
    assert_eq!(delivery.clone().body(), BODY.as_bytes());
    let body = delivery.into_stored().into_body();
    assert_eq!(body.as_ptr(), address, "without a copy");
}

proptest! {
    /// A signed body opens with its key, alone and among others; a changed one does not.
    #[test]
    fn signed_body_opens_and_any_flipped_bit_is_refused(
        secret in "[!-~]{1,100}",
        body in proptest::collection::vec(any::<u8>(), 0..300),
        bit in any::<proptest::sample::Index>(),
    ) {
        let ours = key(&secret);
        let signature = ours.sign(&body);
        let delivery = ours.open(signature, &body).unwrap();
        prop_assert_eq!(delivery.body(), &body);
        prop_assert_eq!(delivery.signature(), &signature);
        let among = Keys::new("other", key("another secret")).and("ours", ours.clone());
        let delivery = among.open([signature], &body).unwrap();
        prop_assert_eq!(delivery.key(), Some("ours"));

        if !body.is_empty() {
            let flipped = flip(&body, bit);
            prop_assert_eq!(ours.open(signature, &flipped).err(), Some(Forged::OtherKey));
            prop_assert!(among.open([signature], &flipped).is_err());
        }
        // A flipped bit may give another digit, no digit, or the same digit in upper case.
        let text = flip(signature.as_str().as_bytes(), bit);
        let same = text.eq_ignore_ascii_case(signature.as_str().as_bytes());
        prop_assert_eq!(ours.open(&text, &body).is_ok(), same);

        // Surrounding blanks do not count, and a secret is text.
        if let Ok(text) = String::from_utf8(flip(secret.as_bytes(), bit))
            && text.trim() != secret.trim() && !text.trim().is_empty()
        {
            prop_assert_eq!(key(&text).open(signature, &body).err(), Some(Forged::OtherKey));
        }
    }

    #[test]
    fn any_bytes_are_refused_without_panic(
        signature in proptest::collection::vec(any::<u8>(), 0..200),
        digits in "[0-9a-fA-F]{64}",
        body in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let keys = Keys::new("only", ours());
        prop_assert!(ours().open(&signature, &body).is_err());
        prop_assert!(keys.open([&digits], &body).is_err());
    }
}

fn flip(bytes: &[u8], bit: proptest::sample::Index) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let bit = bit.index(bytes.len() * 8);
    bytes[bit / 8] ^= 1 << (bit % 8);
    bytes
}
