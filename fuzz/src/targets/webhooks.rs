//! Deliveries: their bodies, and their signatures.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use eduzz_testkit::canary;
use eduzz_types::webhook::WebhookSecret;
use eduzz_types::{read_json, webhook};
use eduzz_webhook::{Key, Keys, Receipt, Stored};

use super::{halves, joined, reads_back};

static KEY: LazyLock<Key> = LazyLock::new(|| Key::new(&WebhookSecret::new(canary::SECRET)).unwrap());

macro_rules! models {
    ($(($origin:ident, $event:ident, $data:ident, $variant:ident)),+ $(,)?) => {
        /// What holds for the data of an event, by its name.
        static MODELS: LazyLock<BTreeMap<&'static str, fn(&[u8])>> = LazyLock::new(|| BTreeMap::from([
            $((
                concat!(stringify!($origin), ".", stringify!($event)),
                (|data| match read_json::<webhook::$origin::$data>(data) {
                    Ok(value) => reads_back(&value),
                    Err(error) => canary::error_is_clean(&error),
                }) as fn(&[u8]),
            ),)+
        ]));
    };
}

eduzz_webhook::for_each_event!(models);

pub(super) fn bodies() -> Vec<Vec<u8>> {
    let fixtures = eduzz_fixtures::EVENTS.iter();
    fixtures
        .flat_map(|fixture| fixture.bodies)
        .map(|body| body.bytes.to_vec())
        .collect()
}

/// Every signed body is an event, and is kept.
pub(super) fn event(input: &[u8]) {
    let delivery = KEY.open(KEY.sign(input).as_str(), input).unwrap();
    let _ = (
        delivery.dedup_key().len(),
        delivery.sent_date(),
        delivery.is_ping(),
    );
    assert_eq!(delivery.body(), input);
    let whole = delivery.event();
    let read = delivery.read();
    let stored = serde_json::to_vec(&*delivery).unwrap();
    let stored: Stored = serde_json::from_slice(&stored).unwrap();
    assert_eq!((stored.body(), stored.read()), (input, read.clone()));
    let _ = read.value.subject();
    assert_eq!(whole.name(), read.value.name());
    // (A delivery prints its id, name and date, and an event its ids.)
    canary::debug_is_clean(&read.left_out);
    let model = delivery.name().and_then(|name| MODELS.get(name.as_str()));
    if let (Some(model), Some(data)) = (model, delivery.data()) {
        model(data);
    }
}

/// The signature, and the body.
pub(super) fn signed() -> Vec<Vec<u8>> {
    let ping = br#"{"event":"ping","data":{"message":"x"}}"#.as_slice();
    [
        ping,
        b"{}",
        b"",
        b"{\"event\":\"myeduzz.invoice_paid\",\"data\":{}}",
    ]
    .into_iter()
    .flat_map(|body| {
        let signature = KEY.sign(body).as_str().to_owned();
        [
            joined(&signature, body),
            joined(format!("sha256={}", signature.to_uppercase()), body),
            joined("", body),
        ]
    })
    .collect()
}

/// A body opens only with its own signature, in a spelling of the same 32 bytes.
pub(super) fn signature(input: &[u8]) {
    let (signature, body) = halves(input);
    let own = KEY.sign(body);
    let shown = String::from_utf8_lossy(signature).trim().to_ascii_lowercase();
    let is_own = shown.strip_prefix("sha256=").unwrap_or(&shown) == own.as_str();
    match KEY.open(signature, body) {
        Ok(delivery) => {
            assert!(is_own, "taken");
            assert_eq!(delivery.signature().as_str(), own.as_str());
        }
        Err(error) => {
            canary::error_is_clean(&error);
            assert!(signature != own.as_str().as_bytes(), "refused");
        }
    }
    let keys = Keys::new("first", KEY.clone());
    match keys.receive("POST", [signature], body) {
        Ok(Receipt::Delivery(_)) => assert!(is_own, "received"),
        Ok(_) => {}
        Err(refusal) => canary::error_is_clean(&refusal),
    }
    let unsigned = keys.receive("POST", std::iter::empty::<&[u8]>(), body);
    assert!(!matches!(unsigned, Ok(Receipt::Delivery(_))), "unsigned");
    let two = keys.receive("POST", [own.as_str(), own.as_str()], body);
    assert!(!matches!(two, Ok(Receipt::Delivery(_))), "two signatures");
}
